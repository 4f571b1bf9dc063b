//! The editor: marks in the margin, the card of a problem, help on the field under the caret.

use crate::page::Page;

/// A misspelt field, a misplaced one, and one that nothing here acts on.
const WRONG: &str = "\
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  priority: 5
  activeDeadlineSeconds: 60
  containers:
  - name: app
    imagee: busybox
    livenessProbe:
      httpGet:
        port: 80
        periodSeconds: 3
";

fn open(lang: &str) -> Page {
    let page = Page::open(&format!("?lang={lang}&autoplay=0"));
    page.fill("editor", WRONG);
    page.wait_for("mark-10");
    page
}

#[test]
fn the_margin_marks_the_lines_that_have_something_to_say() {
    let page = open("en");
    let label = |line: u32| page.attribute(&format!("mark-{line}"), "aria-label");
    assert!(label(10).is_some_and(|l| l.starts_with("Line 10, error: unknown field")));
    assert!(label(14).is_some_and(|l| l.starts_with("Line 14, error: unknown field")));
    assert_eq!(label(1), None);
    page.eval("document.querySelector('[data-testid=editor]').scrollTop = 1000");
    page.click("mark-14");
    page.wait_for_text("problem-card", |text| text.contains("wrong place"));
    assert_eq!(page.focus(), "editor", "the place is shown in the text");
    let selected = page.eval(
        "const e = document.activeElement; return e.value.slice(e.selectionStart, e.selectionEnd)",
    );
    assert_eq!(selected, "periodSeconds");
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn the_card_of_a_problem_says_why_in_both_languages() {
    for (lang, title) in [("en", "The type has no such field"), ("zh", "没有这个字段")] {
        let page = open(lang);
        let loaded = |page: &Page| page.requests().iter().any(|r| r.contains("rules/manifest"));
        assert!(!loaded(&page), "cards are loaded when one is opened");
        page.tab_to("problem-why");
        page.press("Enter");
        page.wait_for_text("problem-card", |text| text.contains(title));
        assert!(loaded(&page) && page.text("problem-card").contains("imagePullPolicy"));
        page.press("Enter");
        page.wait_until("the card is closed", || !page.has("problem-card"));
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}

#[test]
fn the_field_under_the_caret_is_told_when_asked_for() {
    let page = open("en");
    assert!(!page.requests().iter().any(|r| r.contains("/docs/")), "loaded on demand only");
    page.tab_to("field-toggle");
    page.press("Enter");
    // The caret stands behind the text that was typed, below the last field that there is.
    page.wait_for_text("field-help", |text| text.contains("HTTPGetAction"));
    page.eval("document.querySelector('[data-testid=editor]').scrollTop = 170");
    let in_view = "const box = (id) => document.querySelector(`[data-testid=${id}]`)\
                   .getBoundingClientRect(), mark = box('mark-10'), area = box('editor');\
                   return mark.top >= area.top && mark.bottom <= area.bottom";
    page.wait_until("the mark follows the text", || page.eval(in_view) == true);
    page.click("mark-10");
    page.press("ArrowUp");
    let named = page.wait_for_text("field-help", |text| text.contains("DNS_LABEL"));
    assert!(named.contains("required"), "{named}");
    assert_eq!(page.attribute("field-official", "lang").as_deref(), Some("en"));
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn descriptions_that_cannot_be_loaded_are_owned_up_to() {
    let page = open("zh");
    page.eval("window.fetch = () => Promise.reject(new Error('offline'))");
    page.click("field-toggle");
    page.wait_for_text("field-help", |text| text.contains("官方说明未能加载"));
    page.click("problem-why");
    page.wait_for_text("problem-card", |text| text.contains("解释未能加载"));
}
