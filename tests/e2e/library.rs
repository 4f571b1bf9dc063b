//! The rules of the documents, by keyboard: from the browser of rules to the moment that shows one.

use crate::page::{EDITORS, FIND, Page};

fn is_open(page: &Page) -> bool {
    let code = "return document.querySelector('[data-testid=library-dialog]').open";
    page.eval(code).as_bool() == Some(true)
}

#[test]
fn a_rule_is_found_and_shown_by_keyboard() {
    for (address, word, shown) in [
        ("?lang=en&autoplay=0", "poststart.failure", "Show me: "),
        ("?lang=zh&autoplay=0", "postStart 失败", "展示："),
    ] {
        let page = Page::open(address);
        assert!(!page.requests().iter().any(|name| name.contains("/catalogue/")));
        page.tab_to("library");
        page.press("Enter");
        page.wait_until("the rules", || is_open(&page));
        page.wait_for("library-search");
        page.tab_to("library-search");
        page.fill("library-search", word);
        page.wait_for("show-me");
        assert!(page.text("rule").contains("hook.poststart.failure-kills"));
        page.tab_to("show-me");
        assert!(page.text("show-me").starts_with(shown));
        page.press("Enter");
        page.wait_until("the rules to close", || !is_open(&page));
        page.wait_for("why-detail");
        let lit = "return document.querySelector('.why-row.selected')?.dataset.rule ?? ''";
        assert_eq!(page.eval(lit).as_str(), Some("hook.post-start-failed"));
        page.tab_to("library");
        page.press("Enter");
        let count = page.wait_for_text("library-count", |text| !text.is_empty());
        assert!(count.contains("1"), "{count}");
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}

fn focused(page: &Page) -> String {
    let code = "const e = document.activeElement;
        return e ? (e.dataset.testid || e.className || e.tagName) : '';";
    page.eval(code).as_str().unwrap_or_default().to_string()
}

fn count(page: &Page, selector: &str) -> u64 {
    let code = format!("return document.querySelectorAll({selector:?}).length");
    page.eval(&code).as_u64().unwrap_or_default()
}

/// From a rule to its moment: the mark, the line and the stage are lit; from the card to the line
/// of the text, and back to the rule.
#[test]
fn the_way_from_a_rule_to_the_lit_line_and_back_needs_no_mouse() {
    for (editor, lang) in EDITORS.into_iter().flat_map(|kind| [(kind, "en"), (kind, "zh")]) {
        let address =
            format!("?lang={lang}&autoplay=0&rule=probe.liveness.restart&editor={editor}");
        let page = Page::open(&address);
        page.wait_for("show-me");
        page.tab_to("show-me");
        page.press("Enter");
        page.wait_until("the rules to close", || !is_open(&page));
        page.wait_until("the card to have the focus", || focused(&page).contains("why-line"));
        assert_eq!(count(&page, ".mk-selected"), 1, "the mark");
        assert!(count(&page, "#pane-stage .container.lit") == 1, "the container");
        assert!(count(&page, "#pane-stage .actor.chosen") == 1, "who decided");
        let lit = format!("{FIND}return Boolean(find('.row.lit, .cm-lit'))");
        page.wait_until("the line", || page.eval(&lit) == true);
        page.wait_for("why-yaml");
        page.tab_to("why-yaml");
        let line = page.text("why-yaml");
        page.press("Enter");
        page.wait_until("the text to have the focus", || page.focus() == "editor");
        let here = "const t = document.activeElement;
            return String(t.value.slice(0, t.selectionStart).split('\\n').length);";
        let here = page.eval(here).as_str().unwrap_or_default().to_string();
        assert!(line.contains(&here), "{line}: {here}");
        page.wait_for("why-rule");
        page.tab_to("why-rule");
        page.press("Enter");
        page.wait_until("the rules", || is_open(&page));
        page.wait_for("rule");
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}

#[test]
fn the_chain_of_causes_is_walked_by_keyboard_to_the_act() {
    let page = Page::open("?lang=en&autoplay=0&rule=probe.liveness.restart");
    page.wait_for("show-me");
    page.tab_to("show-me");
    page.press("Enter");
    page.wait_until("the card to have the focus", || focused(&page).contains("why-line"));
    let rule = || {
        let code = "return document.querySelector('.why-row.selected')?.dataset.rule ?? ''";
        page.eval(code).as_str().unwrap_or_default().to_string()
    };
    let mut walked = vec![rule()];
    while walked.last().unwrap() != "api.created" && walked.len() < 40 {
        assert!(page.text("why-act").contains("kubectl apply"), "{walked:?}");
        page.wait_for("why-chain");
        page.tab_to("why-link");
        page.press("Enter");
        let before = walked.last().unwrap().clone();
        page.wait_until("the next card", || {
            rule() != before && focused(&page).contains("why-line")
        });
        walked.push(rule());
    }
    assert_eq!(walked.last().map(String::as_str), Some("api.created"), "{walked:?}");
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn an_argument_is_predicted_run_and_told_by_keyboard() {
    for lang in ["en", "zh"] {
        let address = format!("?lang={lang}&autoplay=0&settle=contradiction.prestop-overrun");
        let page = Page::open(&address);
        page.wait_for("argument");
        assert!(page.text("settled").trim().is_empty(), "nothing is told before");
        page.tab_to("choice-0");
        page.press(" ");
        page.wait_for_text("settled", |text| !text.trim().is_empty());
        assert!(page.text("settled").contains("pre-exceeds-grace"));
        page.tab_to("settle-run");
        page.press("Enter");
        page.wait_until("the rules to close", || !is_open(&page));
        page.wait_until("the card to have the focus", || focused(&page).contains("why-line"));
        // The card says at once what happened; what the documents say of it is loaded.
        let word = if lang == "en" { "grace" } else { "宽限期" };
        page.wait_for_text("why-documents", |text| text.contains(word));
        page.tab_to("why-settle");
        page.press("Enter");
        page.wait_for("argument");
        assert_eq!(
            page.eval("return document.querySelector('[data-testid=choice-0]').checked").as_bool(),
            Some(true)
        );
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}
