//! The states.

use super::findings;
use crate::page::Page;

/// A state: how it is reached, and what it is called.
type State = (&'static str, fn(&Page));

fn press_and_wait(page: &Page, key: &str, part: &str) {
    page.press(key);
    page.wait_for(part);
}

fn is_open(page: &Page, dialog: &str) -> bool {
    let code = format!("return document.querySelector('[data-testid={dialog}]').open");
    page.eval(&code).as_bool() == Some(true)
}

fn close(page: &Page, dialog: &str) {
    page.press("Escape");
    page.wait_until("it to close", || !is_open(page, dialog));
}

fn fail(page: &Page) {
    page.eval("document.activeElement.blur()");
    page.eval("document.querySelectorAll('.why-row').forEach((row) => row.remove())");
    for _ in 0..3 {
        page.press(".");
    }
    page.wait_for("panic");
}

/// Each state goes on from the one before it.
const STATES: [State; 12] = [
    ("the first page", |page| page.wait_for("look-for")),
    ("the scenarios", |page| press_and_wait(page, "o", "pick")),
    ("no scenario found", |page| {
        page.fill("pick-field", "zzzz");
        page.wait_for_text("pick-count", |text| text.contains('0'));
        page.fill("pick-field", "");
        close(page, "picker-dialog");
    }),
    ("the rules", |page| {
        page.click("library");
        page.wait_for("library-search");
        page.fill("library-search", "postStart");
        page.wait_for("show-me");
    }),
    ("the help", |page| {
        page.click("library-close");
        page.wait_until("the rules to close", || !is_open(page, "library-dialog"));
        press_and_wait(page, "?", "fidelity");
        page.wait_until("the help", || is_open(page, "help-dialog"));
    }),
    ("the ledger", |page| {
        page.click("fidelity");
        page.wait_until("the ledger", || is_open(page, "fidelity-dialog"));
        page.wait_for_text("fidelity-dialog", |text| text.len() > 2000);
    }),
    ("the delete menu", |page| {
        close(page, "fidelity-dialog");
        close(page, "help-dialog");
        page.click("delete-menu");
    }),
    ("a rule is selected after 80 s", |page| {
        page.press("Escape");
        page.eval("document.activeElement.blur()");
        page.fill("time", "80");
        page.press("Enter");
        page.eval("document.activeElement.blur()");
        page.wait_until("the kill", || {
            page.eval(
                "return document.querySelector('[data-rule=\"probe.liveness-kills\"]') !== null",
            ) == true
        });
        page.eval("document.querySelector('[data-rule=\"probe.liveness-kills\"] button').click()");
        page.wait_for("why-detail");
    }),
    ("the console answered", |page| {
        page.press("k");
        page.eval("document.getElementById('kubectl-line').focus()");
        page.press("Control+a");
        for key in ["g", "e", "t", " ", "x"] {
            page.press(key);
        }
        page.press("Enter");
        page.wait_for_text("echo", |text| text.contains("get x"));
    }),
    ("a run was handed on", |page| {
        page.click("share");
        page.wait_for("notice");
    }),
    ("a text with mistakes", |page| {
        page.fill("editor", "kind: Pod\nspec:\n  contianers: []\n  restartPolicy: Sometimes\n");
        page.wait_for_text("problems", |text| text.len() > 40);
    }),
    ("our own mistake", fail),
];

fn visit(page: &Page, place: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (name, reach) in STATES {
        reach(page);
        all.extend(findings(page, &format!("{place}, {name}")));
    }
    all
}

#[test]
fn no_state_has_a_serious_finding_in_english_and_light() {
    let page = Page::open("?lang=en&autoplay=0&theme=light");
    let all = visit(&page, "light, en");
    assert_eq!(all, Vec::<String>::new());
}

#[test]
fn no_state_has_a_serious_finding_in_chinese_and_dark() {
    let page = Page::open("?lang=zh&autoplay=0&theme=dark");
    let all = visit(&page, "dark, zh");
    assert_eq!(all, Vec::<String>::new());
}

#[test]
fn nor_has_a_phone_its_tabs_its_menu_or_its_sheet() {
    let page = Page::open("?lang=en&autoplay=0&t=80s");
    let mut all = Vec::new();
    page.resize(390, 844);
    for tab in ["editor", "stage", "timeline", "why", "kubectl"] {
        page.click(&format!("tab-{tab}"));
        all.extend(findings(&page, &format!("phone, {tab}")));
    }
    page.click("menu");
    all.extend(findings(&page, "phone, menu"));
    page.press("Escape");
    page.click("scenario");
    page.wait_for("pick");
    all.extend(findings(&page, "phone, scenarios"));
    assert_eq!(all, Vec::<String>::new());
}

#[test]
fn nor_has_a_first_visit_an_embed_or_more_contrast() {
    let page = Page::open_first("?lang=en");
    page.wait_for("tour");
    let mut all = findings(&page, "first visit");
    page.resize(800, 450);
    for (state, address) in [
        ("embed", "?embed=1&lang=en&autoplay=0&t=50s"),
        ("embed of two panes", "?embed=1&lang=zh&theme=dark&autoplay=0&t=50s&panes=stage,timeline"),
        ("embed to read", "?embed=1&lang=en&autoplay=0&readonly=1&panes=editor,why&t=x"),
    ] {
        page.go(address);
        all.extend(findings(&page, state));
    }
    page.resize(820, 1180);
    page.emulate(&[("prefers-contrast", "more")]);
    for theme in ["light", "dark"] {
        page.go(&format!("?lang=en&autoplay=0&t=80s&theme={theme}"));
        all.extend(findings(&page, &format!("more contrast, {theme}")));
    }
    assert_eq!(all, Vec::<String>::new());
}
