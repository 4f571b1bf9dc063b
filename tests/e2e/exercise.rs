//! An exercise from its list to its solution, by keyboard alone, in both languages and editors.

use crate::page::{EDITORS, FIND, Page};

const SOLVED: &str = include_str!("../../static/exercises/one-report/solution.yaml");
const WRONG: &str = include_str!("../../static/exercises/one-report/wrong-never.yaml");

/// Puts a text into the editor as a keyboard does: focus, select all, paste.
fn write(page: &Page, text: &str) {
    page.tab_to("editor");
    page.replace_all(text);
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
    let english = ("en", "The report that came again and again", "All 3 goals reached");
    let chinese = ("zh", "反复发送的报表", "3 个目标全部达到");
    for (editor, (lang, title, passed)) in
        EDITORS.into_iter().flat_map(|editor| [(editor, english), (editor, chinese)])
    {
        let page = Page::open(&format!("?lang={lang}&autoplay=0&editor={editor}"));
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
    for editor in EDITORS {
        kept_at_the_exercise(editor);
    }
}

fn kept_at_the_exercise(editor: &str) {
    let address = format!("?lang=en&autoplay=0&embed=1&exercise=slow-start&editor={editor}");
    let page = Page::open(&address);
    page.wait_for("check");
    let start = page.value("editor");
    let mine = start.replace("name: ledger", "name: ledger # mine") + "# and more\n";
    let locked = mine.replace("acme/ledger:1", "acme/ledger:9");
    page.fill("editor", &locked);
    page.wait_for_text("locked", |text| text.contains("line 8: spec.containers[app].image"));
    page.click("check");
    page.wait_until("the verdict", || outcome(&page) == "locked");
    assert_eq!(page.value("editor"), locked, "it is named and kept");
    page.go(&address);
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

/// How many lines are shown as open and as locked, and what is said beside one.
fn shown(page: &Page, css: &str) -> u64 {
    let all = format!(
        "{FIND}const root = document.querySelector('lifepod-editor')?.shadowRoot ?? document;
         return root.querySelectorAll({css:?}).length"
    );
    page.eval(&all).as_u64().unwrap_or_default()
}

#[test]
fn what_may_be_changed_is_shown_and_what_may_not_is_said() {
    for (editor, lang, said) in [("plain", "zh", "已锁定"), ("rich", "en", "locked")] {
        let page =
            Page::open(&format!("?lang={lang}&autoplay=0&exercise=slow-start&editor={editor}"));
        page.wait_for("check");
        let (open, locked) = (".row.open, .cm-open", ".row.locked, .cm-locked");
        page.wait_until("open and locked lines", || {
            shown(&page, open) == 6 && shown(&page, locked) > 10
        });
        let start = page.value("editor");
        page.fill("editor", &start.replace("periodSeconds: 5", "periodSeconds: 50"));
        page.eval("document.querySelector('[data-testid=editor]').scrollTop = 0");
        page.wait_until("the lines again", || shown(&page, open) == 6);
        let broken = ".soon.broken, .cm-broken";
        assert_eq!(shown(&page, broken), 0, "that may be changed");
        page.fill("editor", &start.replace("acme/ledger:1", "acme/ledger:9"));
        page.eval("document.querySelector('[data-testid=editor]').scrollTop = 0");
        page.wait_until("it is said", || shown(&page, broken) == 1);
        let words = format!("{FIND}return find({broken:?}).textContent");
        let words = page.eval(&words).as_str().unwrap_or_default().to_string();
        assert!(words.contains(said) && words.contains("acme/ledger:1"), "{words}");
        let live = "return document.querySelector('[data-testid=live]').textContent";
        page.wait_until("it is said aloud", || {
            page.eval(live).as_str().is_some_and(|text| text.contains("acme/ledger:1"))
        });
        page.click("exercise-leave");
        page.wait_until("no longer", || shown(&page, locked) == 0);
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}

#[test]
fn an_exercise_that_is_handed_on_is_opened_as_one() {
    let page = Page::open("?lang=en&autoplay=0&exercise=one-report");
    page.wait_for("check");
    page.fill("editor", WRONG);
    check(&page, "missed");
    page.click("share");
    page.wait_for_text("notice", |text| text.contains("address bar"));
    let clock = page.value("time");
    let link = page.eval("return location.search + location.hash");
    let link = link.as_str().expect("an address").to_string();
    let mine = SOLVED.replace("name: report", "name: report # mine");
    page.fill("editor", &mine);
    page.wait_until("it is kept", || {
        page.eval("return localStorage.getItem('lifepod.exercise.one-report.text')") == *mine
    });
    page.go(&link);
    page.wait_for_text("exercise-title", |text| text.contains("report"));
    assert_eq!((page.value("editor").as_str(), page.value("time")), (WRONG, clock));
    page.wait_for_text("notice", |text| text.contains("Bring back"));
    check(&page, "missed");
    page.click("take-back");
    page.wait_until("the own text", || page.value("editor") == mine);
    check(&page, "passed");
    assert_eq!(page.errors(), Vec::<String>::new());
}
