//! The timeline and the stage's nearness, by keyboard alone.

use crate::page::Page;

fn open(lang: &str) -> Page {
    let page = Page::open(&format!("?lang={lang}&autoplay=0"));
    page.wait_for("pod-liveness");
    for _ in 0..8 {
        page.press("ArrowRight");
    }
    page.wait_for("lane-liveness/probe/liveness liveness");
    page
}

fn folds_filters_and_brings_back(lang: &str) {
    let page = open(lang);
    let probe = "lane-liveness/probe/liveness liveness";
    page.tab_to("fold-liveness");
    page.press("Enter");
    page.wait_until("the lanes are folded", || !page.has(probe));
    assert!(page.has("lane-liveness/phase/phase"), "the phase is shown beside the name");
    assert_eq!(page.attribute("fold-liveness", "aria-expanded").as_deref(), Some("false"));
    page.press("Enter");
    page.wait_for(probe);
    let drawn = |page: &Page| {
        let code = format!(
            "return document.querySelector('[data-testid=\"{probe}\"]').querySelectorAll('.mk').length"
        );
        page.eval(&code).as_u64().unwrap_or_default()
    };
    assert!(drawn(&page) > 0);
    page.tab_back_to("marks-1");
    page.press("Enter");
    page.wait_until("probes that passed are not drawn", || drawn(&page) == 0);
    page.press("Enter");
    page.wait_until("they are again", || drawn(&page) > 0);
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn lanes_are_folded_and_marks_chosen_in_english() {
    folds_filters_and_brings_back("en");
}

#[test]
fn lanes_are_folded_and_marks_chosen_in_chinese() {
    folds_filters_and_brings_back("zh");
}

#[test]
fn a_lane_is_put_away_and_brought_back_by_keys() {
    let page = open("en");
    page.eval("document.querySelector('.tl-scroll').focus()");
    page.press("ArrowDown");
    page.press("c");
    page.wait_for("bring-back");
    assert!(!page.has("lane-/actions/kubectl"));
    page.press("x");
    page.wait_until("nothing is away", || !page.has("bring-back"));
    assert!(page.has("lane-/actions/kubectl"));
}

#[test]
fn a_lane_is_put_away_by_pointer_from_its_name() {
    let page = open("en");
    let lane = "liveness/probe/liveness liveness";
    page.click(&format!("title-{lane}"));
    page.click(&format!("away-{lane}"));
    page.wait_for("bring-back");
    assert!(!page.has(&format!("lane-{lane}")));
    page.click("bring-back");
    page.wait_for(&format!("lane-{lane}"));
    page.click(&format!("title-{lane}"));
    page.press("c");
    page.wait_until("the keys were there", || !page.has(&format!("lane-{lane}")));
}

#[test]
fn marks_are_chosen_without_scrolling_at_a_desktop() {
    let page = open("en");
    page.resize(1440, 900);
    let seen = "const chips = [...document.querySelectorAll('.tl-mark-chip')]; \
        return chips.length === 9 && chips.every((chip) => { \
            const box = chip.getBoundingClientRect(); \
            const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2); \
            return chip.contains(at); })";
    page.wait_until("all of them are seen", || page.eval(seen) == true);
}

#[test]
fn bookmarks_and_the_loop_stand_on_the_axis() {
    let page = open("en");
    page.press("m");
    page.press("(");
    let count = |page: &Page, selector: &str| {
        let code = format!("return document.querySelectorAll('{selector}').length");
        page.eval(&code).as_u64()
    };
    page.wait_until("a flag", || count(&page, ".tl-bookmark") == Some(1));
    page.wait_until("an edge", || count(&page, ".tl-stretch path") == Some(1));
    page.press("Escape");
    page.wait_until("no edge", || count(&page, ".tl-stretch path") == Some(0));
}

#[test]
fn one_goes_nearer_from_the_cluster_to_a_container_and_back() {
    let page = open("en");
    page.tab_to("stage");
    let crumbs = |page: &Page| (0..4).filter(|n| page.has(&format!("crumb-{n}"))).count();
    for near in 2..=4 {
        page.press("+");
        page.wait_until("nearer", || crumbs(&page) == near);
    }
    assert!(page.text("crumb-3").contains("liveness"));
    page.press("0");
    page.wait_until("the cluster", || crumbs(&page) == 1);
    page.press_at_once(&["+", "+", "+"]);
    page.wait_until("each key to count", || crumbs(&page) == 4);
}
