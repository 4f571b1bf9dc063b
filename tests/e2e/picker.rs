//! The scenarios, by keyboard and by finger, and the way back to the learner's own text.

use crate::page::Page;

fn is_open(page: &Page) -> bool {
    let code = "return document.querySelector('[data-testid=picker-dialog]').open";
    page.eval(code).as_bool() == Some(true)
}

/// The file of the line that a screen reader is told to be at.
fn active(page: &Page) -> String {
    let code = "const e = document.activeElement;\
                return document.getElementById(e.getAttribute('aria-activedescendant'))?.dataset.file ?? ''";
    page.eval(code).as_str().unwrap_or_default().to_owned()
}

fn search(page: &Page) -> String {
    page.eval("return location.search").as_str().unwrap_or_default().to_owned()
}

fn open(page: &Page) {
    if page.focus() == "editor" {
        page.click("scenario");
    } else {
        page.press("o");
    }
    page.wait_until("the scenarios", || is_open(page));
    page.wait_until("the field", || page.focus() == "pick-field");
}

#[test]
fn a_scenario_is_found_and_opened_by_keyboard_in_both_languages() {
    for (address, words) in [("?lang=en&autoplay=0", "grace"), ("?lang=zh&autoplay=0", "宽限")] {
        let page = Page::open(address);
        open(&page);
        page.wait_until("the scenarios to come", || !active(&page).is_empty());
        assert_eq!(active(&page), "liveness-classic", "it begins at what is open");
        let all = page.text("pick-count");
        page.fill("pick-field", words);
        page.wait_until("fewer", || page.text("pick-count") != all && !active(&page).is_empty());
        let first = active(&page);
        page.press("ArrowDown");
        page.wait_until("the next", || active(&page) != first);
        page.press("ArrowUp");
        page.wait_until("the first", || active(&page) == first);
        page.press("ArrowDown");
        page.wait_until("the second", || active(&page) != first);
        let second = active(&page);
        page.press("Enter");
        page.wait_until("the dialog to close", || !is_open(&page));
        page.wait_until("the address", || search(&page).contains(&format!("scenario={second}")));
        page.wait_until("the focus", || page.focus() == "BODY");
        page.wait_for("look-for");
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}

#[test]
fn words_that_nothing_says_are_answered_and_escape_leaves_all_as_it_was() {
    let page = Page::open("?lang=en&autoplay=0&scenario=liveness-trap");
    page.wait_for("look-for");
    page.tab_to("scenario");
    page.press("Enter");
    page.wait_until("the field", || page.focus() == "pick-field");
    page.fill("pick-field", "no such thing at all");
    page.wait_for_text("pick-count", |text| text.starts_with("0 of"));
    page.press("Enter");
    assert!(is_open(&page));
    page.press("Escape");
    page.wait_until("the dialog to close", || !is_open(&page));
    page.wait_until("the focus", || page.focus() == "scenario");
    assert_eq!(search(&page), "?lang=en&autoplay=0&scenario=liveness-trap");
}

#[test]
fn topics_are_one_stop_and_narrow_the_list() {
    let page = Page::open("?lang=en&autoplay=0");
    open(&page);
    let all = page.text("pick-count");
    page.press("Tab");
    page.press("ArrowDown");
    page.press("ArrowDown");
    page.wait_for_text("pick-count", |text| text != all);
    let heads = "return document.querySelectorAll('.pick-group').length";
    page.wait_until("one topic", || page.eval(heads) == 1);
    page.press("Tab");
    let inside = "return document.activeElement.closest('.pick-body') === null";
    assert!(page.eval(inside) == true, "the list itself is no stop");
}

#[test]
fn the_own_text_is_never_lost_behind_a_scenario() {
    let page = Page::open("?lang=en&autoplay=0&scenario=liveness-trap");
    page.wait_for("look-for");
    for (nth, mine) in ["# my first\nkind: Pod\n", "# my second\nkind: Pod\n"].iter().enumerate() {
        page.fill("editor", mine);
        page.wait_until("the address to let go", || !search(&page).contains("scenario"));
        open(&page);
        page.fill("pick-field", "liveness-classic");
        page.wait_until("it", || active(&page) == "liveness-classic");
        page.press("Enter");
        page.wait_until("the scenario", || page.value("editor").contains("livenessProbe"));
        page.wait_for("way-back");
        if nth == 1 {
            page.click("way-back");
            page.wait_until("the text", || page.value("editor") == *mine);
            assert!(!page.has("way-back"));
        }
    }
    // The first one too, and after a reload.
    page.go("?lang=en&autoplay=0");
    page.wait_until("the last text", || page.value("editor").contains("my second"));
    open(&page);
    let own = "return [...document.querySelectorAll('[data-testid=pick][data-file=\"\"]')].length";
    assert_eq!(page.eval(own), 2);
    page.press_at_once(&["ArrowDown", "Enter"]);
    page.wait_until("the first text", || page.value("editor").contains("my first"));
}

#[test]
fn a_scenario_that_is_not_there_is_owned_up_to() {
    let page = Page::open("?lang=en&autoplay=0&scenario=no-such-one");
    page.wait_for_text("notice", |text| text.contains("cannot be had"));
    assert!(page.value("editor").contains("kind: Pod"));
}
