//! An exercise from its list to its solution, by keyboard alone, in both languages.

use crate::page::Page;

const SOLVED: &str = include_str!("../../static/exercises/one-report/solution.yaml");
const WRONG: &str = include_str!("../../static/exercises/one-report/wrong-never.yaml");

/// Puts a text into the editor as a keyboard does: focus, select all, insert.
fn write(page: &Page, text: &str) {
    page.tab_to("editor");
    page.press("Control+a");
    page.type_in(text);
}

fn outcome(page: &Page) -> String {
    page.attribute("verdict", "data-outcome").unwrap_or_default()
}

fn check(page: &Page, wanted: &str) {
    page.tab_back_to("check");
    page.press("Enter");
    page.wait_until("the verdict", || outcome(page) == wanted);
}

#[test]
fn an_exercise_is_solved_by_keyboard() {
    for (lang, title, passed) in [
        ("en", "The report that came again and again", "All 3 goals reached"),
        ("zh", "反复发送的报表", "3 个目标全部达到"),
    ] {
        let page = Page::open(&format!("?lang={lang}&autoplay=0"));
        assert!(!page.requests().iter().any(|name| name.contains("/exercises/")));
        page.tab_to("exercises");
        page.press("Enter");
        page.wait_for("exercise-one-report");
        page.tab_to("exercise-one-report");
        page.press("Enter");
        page.wait_for_text("exercise-title", |text| text == title);
        page.wait_until("the address", || {
            page.eval("return location.search")
                .as_str()
                .is_some_and(|q| q.contains("exercise=one-report"))
        });
        check(&page, "missed");
        page.tab_to("jump-1");
        page.press("Enter");
        page.tab_to("hint");
        page.press("Enter");
        page.wait_for_text("hints", |text| text.lines().count() == 1);
        write(&page, WRONG);
        check(&page, "missed");
        assert!(page.text("goal-sent").contains('✗'));
        write(&page, SOLVED);
        check(&page, "passed");
        assert!(page.text("verdict").contains(passed), "{}", page.text("verdict"));
        page.wait_for("why-it-works");
        page.tab_to("solution");
        page.press("Enter");
        page.wait_for_text("solution-diff", |text| text.lines().count() > 2);
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}

#[test]
fn nothing_that_was_written_is_lost() {
    let page = Page::open("?lang=en&autoplay=0&embed=1&exercise=slow-start");
    page.wait_for("check");
    let start = page.value("editor");
    let mine = start.replace("name: ledger", "name: ledger # mine") + "# and more\n";
    let locked = mine.replace("acme/ledger:1", "acme/ledger:9");
    page.fill("editor", &locked);
    page.wait_for_text("locked", |text| text.contains("line 8: spec.containers[app].image"));
    page.click("check");
    page.wait_until("the verdict", || outcome(&page) == "locked");
    assert_eq!(page.value("editor"), locked, "it is named and kept");
    page.go("?lang=en&autoplay=0&embed=1&exercise=slow-start");
    page.wait_until("the text of before", || page.value("editor") == locked);
    page.click("exercise-reset");
    page.wait_until("the start", || page.value("editor") == start);
    page.click("take-back");
    page.wait_until("the text of before", || page.value("editor") == locked);
    page.click("solution");
    page.wait_for("solution-yes");
    page.click("solution-no");
    page.wait_for("solution");
    assert_eq!(page.errors(), Vec::<String>::new());
}
