//! The editor, the rich one and the plain one alike: marks in the margin, the card of a problem,
//! quick fixes, undo, input methods, the field under the caret and its knob.

use crate::page::{EDITORS, FIND, Page};

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

fn page(kind: &str, lang: &str) -> Page {
    let page = Page::open(&format!("?lang={lang}&autoplay=0&editor={kind}"));
    assert_eq!(page.attribute("code", "data-editor").as_deref(), Some(kind));
    page
}

fn open(kind: &str, lang: &str) -> Page {
    let page = page(kind, lang);
    page.fill("editor", WRONG);
    page.wait_for("mark-10");
    page
}

/// Puts the caret behind the first `word` of the text, by the page's own ways.
fn caret_behind(page: &Page, word: &str) {
    page.eval(&format!(
        "const e = document.querySelector('[data-testid=editor]'); e.focus(); \
         const at = e.value.indexOf('{word}') + '{word}'.length; e.setSelectionRange(at, at)"
    ));
}

#[test]
fn the_margin_marks_the_lines_that_have_something_to_say() {
    for kind in EDITORS {
        let page = open(kind, "en");
        let label = |line: u32| page.attribute(&format!("mark-{line}"), "aria-label");
        assert!(label(10).is_some_and(|l| l.starts_with("Line 10, error: unknown field")));
        assert!(label(14).is_some_and(|l| l.starts_with("Line 14, error: unknown field")));
        assert_eq!(label(1), None);
        page.eval("document.querySelector('[data-testid=editor]').scrollTop = 1000");
        page.click("mark-14");
        page.wait_for_text("problem-card", |text| text.contains("wrong place"));
        page.wait_until("the place is shown in the text", || page.focus() == "editor");
        let selected = page.eval(
            "const e = document.activeElement; \
             return e.value.slice(e.selectionStart, e.selectionEnd)",
        );
        assert_eq!(selected, "periodSeconds");
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}

#[test]
fn the_card_of_a_problem_says_why_in_both_languages() {
    for (kind, lang, title) in [
        ("plain", "en", "The type has no such field"),
        ("plain", "zh", "没有这个字段"),
        ("rich", "en", "The type has no such field"),
        ("rich", "zh", "没有这个字段"),
    ] {
        let page = open(kind, lang);
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
    for kind in EDITORS {
        let page = open(kind, "en");
        assert!(!page.requests().iter().any(|r| r.contains("/docs/")), "loaded on demand only");
        page.tab_to("field-toggle");
        page.press("Enter");
        // The caret stands behind the text that was typed, below the last field that there is.
        page.wait_for_text("field-help", |text| text.contains("HTTPGetAction"));
        page.eval("document.querySelector('[data-testid=editor]').scrollTop = 170");
        let in_view = format!(
            "{FIND}const box = (id) => find(`[data-testid=${{id}}]`).getBoundingClientRect(), \
             mark = box('mark-10'), area = box('editor');\
             return mark.top >= area.top && mark.bottom <= area.bottom"
        );
        page.wait_until("the mark follows the text", || page.eval(&in_view) == true);
        page.click("mark-10");
        let selected = "const e = document.activeElement; \
                        return e.value?.slice(e.selectionStart, e.selectionEnd)";
        page.wait_until("the place is selected", || page.eval(selected) == "imagee");
        page.press("ArrowLeft");
        page.press("ArrowUp");
        let named = page.wait_for_text("field-help", |text| text.contains("DNS_LABEL"));
        assert!(named.contains("required") && named.contains("container app"), "{named}");
        assert!(page.text("field-ours").contains("unique in the Pod"));
        assert_eq!(page.attribute("field-official", "lang").as_deref(), Some("en"));
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}

#[test]
fn descriptions_that_cannot_be_loaded_are_owned_up_to() {
    for kind in EDITORS {
        let page = open(kind, "zh");
        page.eval("window.fetch = () => Promise.reject(new Error('offline'))");
        page.click("field-toggle");
        page.wait_for_text("field-help", |text| text.contains("官方说明未能加载"));
        page.click("problem-why");
        page.wait_for_text("problem-card", |text| text.contains("解释未能加载"));
    }
}

#[test]
fn a_mistake_is_mended_by_a_button_or_a_key_and_undo_takes_it_back() {
    for kind in EDITORS {
        let page = open(kind, "en");
        page.tab_to("fix");
        assert_eq!(page.text("fix"), "Write image");
        page.press("Enter");
        page.wait_until("it is mended", || page.value("editor").contains("    image: busybox"));
        page.wait_until("the focus", || page.focus() == "editor");
        page.press("Control+z");
        page.wait_until("it is back", || page.value("editor").contains("imagee"));
        caret_behind(&page, "        periodSec");
        page.press("Control+.");
        let moved = "      httpGet:\n        port: 80\n      periodSeconds: 3\n";
        page.wait_until("it is moved", || page.value("editor").contains(moved));
        assert!(!page.has("mark-14"), "nothing is wrong with it now");
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}

#[test]
fn undo_goes_back_beyond_an_apply_and_what_is_not_applied_is_marked() {
    for kind in EDITORS {
        let page = page(kind, "en");
        let before = page.value("editor");
        let changed = || {
            let code = format!(
                "{FIND}return find('.row.changed, .cm-changed') !== undefined \
                                && find('.row.changed, .cm-changed') !== null"
            );
            page.eval(&code) == true
        };
        assert!(!changed());
        caret_behind(&page, "periodSeconds: 5");
        page.insert("0");
        page.wait_until("the line is marked", changed);
        page.press("Control+Enter");
        page.wait_until("it is refused or applied", || page.has("refused") || !changed());
        page.press("Control+z");
        page.wait_until("the text of before", || page.value("editor") == before);
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}

#[test]
fn a_word_that_is_composed_is_left_alone_until_it_is_there() {
    for (kind, lang) in [("plain", "zh"), ("plain", "en"), ("rich", "zh"), ("rich", "en")] {
        let page = page(kind, lang);
        caret_behind(&page, "name: liveness");
        page.press("End");
        page.insert(" # ");
        for begun in ["z", "zh", "zhong", "zhong'wen"] {
            page.compose(begun);
            page.wait_until("the page knows", || page.value("editor").contains(begun));
        }
        page.insert("中文");
        page.wait_until("the word is there", || page.value("editor").contains("# 中文\n"));
        assert!(!page.value("editor").contains("zhong"));
        page.insert("注释");
        page.wait_until("the next too", || page.value("editor").contains("# 中文注释\n"));
        page.press("Control+Enter");
        page.wait_until("applied", || !page.has("dirty"));
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}

#[test]
fn a_number_is_turned_by_keys_and_by_the_knob() {
    for kind in EDITORS {
        let page = page(kind, "en");
        caret_behind(&page, "periodSec");
        page.press("Alt+ArrowUp");
        page.wait_until("one more", || page.value("editor").contains("periodSeconds: 6\n"));
        page.press("Alt+ArrowDown");
        page.press("Alt+ArrowDown");
        page.wait_until("two less", || page.value("editor").contains("periodSeconds: 4\n"));
        page.tab_to("field-toggle");
        page.press("Enter");
        page.tab_to("knob");
        page.press("ArrowRight");
        page.wait_until("the slider", || page.value("editor").contains("periodSeconds: 5\n"));
        page.wait_until("the focus stays on the slider", || page.focus() == "knob");
        page.tab_to("knob-more");
        page.press("Enter");
        page.wait_until("the button", || page.value("editor").contains("periodSeconds: 6\n"));
        page.tab_to("knob-run");
        page.press("Enter");
        page.wait_for_text("compare-dialog", |text| text.contains("6") || text.contains("Same"));
        page.press("Escape");
        page.wait_until("the focus", || page.focus() == "knob-run");
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}

#[test]
fn a_field_leads_to_the_decisions_that_read_it_and_back() {
    for (kind, lang) in [("plain", "zh"), ("rich", "en")] {
        let page = page(kind, lang);
        page.fill("time", "50");
        page.press("Enter");
        caret_behind(&page, "periodSec");
        page.tab_to("field-toggle");
        page.press("Enter");
        page.tab_to("field-rule");
        page.press("Enter");
        let lit = format!("{FIND}return Boolean(find('.row.lit, .cm-lit'))");
        page.wait_until("the lines are lit", || page.eval(&lit) == true);
        let selected = "return Boolean(document.querySelector('.why-row.selected'))";
        page.wait_until("its card is open", || page.eval(selected) == true);
        page.wait_for("field-documents");
        page.tab_to("field-documents");
        let asked = page.attribute("field-documents", "aria-label").unwrap_or_default();
        page.press("Enter");
        page.wait_for("rule");
        let query = page.value("library-search");
        assert!(asked.contains(&query) && query.contains('.'), "{asked}: {query}");
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}

#[test]
fn what_a_value_decides_soon_is_counted_down_beside_it() {
    for (kind, lang, words) in [("plain", "en", "in "), ("rich", "zh", "秒后")] {
        let page = page(kind, lang);
        page.fill("time", "20");
        page.press("Enter");
        let soon = format!("{FIND}return find('.soon, .cm-soon')?.textContent ?? ''");
        page.wait_until("a countdown", || {
            page.eval(&soon).as_str().is_some_and(|text| text.contains(words))
        });
    }
}

#[test]
fn the_rich_editor_completes_folds_and_searches_by_keyboard() {
    let page = page("rich", "en");
    caret_behind(&page, "periodSeconds: 5");
    page.press("End");
    page.press("Enter");
    page.insert("fail");
    let list = format!("{FIND}return find('.cm-tooltip-autocomplete')?.textContent ?? ''");
    page.press("Control+Space");
    page.wait_until("the list", || {
        page.eval(&list).as_str().is_some_and(|text| text.contains("failureThreshold"))
    });
    // CodeMirror takes a choice only some moments after the list has opened.
    std::thread::sleep(std::time::Duration::from_millis(150));
    page.press("Enter");
    page.wait_until("it is written", || page.value("editor").contains("failureThreshold: "));
    page.insert("2");
    page.press("Control+f");
    let search = format!("{FIND}return find('.cm-search input')?.placeholder ?? ''");
    page.wait_until("the search", || page.eval(&search) == "Find");
    page.press("Escape");
    page.press("Control+Home");
    page.press("Control+Shift+[");
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn the_choice_of_the_editor_is_kept() {
    let page = Page::open("?lang=en&autoplay=0");
    assert_eq!(page.attribute("code", "data-editor").as_deref(), Some("rich"), "a wide screen");
    let text = page.value("editor");
    page.tab_to("plain");
    page.press("Space");
    page.wait_until("plain", || page.attribute("code", "data-editor").as_deref() == Some("plain"));
    assert_eq!(page.value("editor"), text);
    page.go("?lang=zh&autoplay=0");
    assert_eq!(page.attribute("code", "data-editor").as_deref(), Some("plain"));
    page.click("plain");
    page.wait_until("rich", || page.attribute("code", "data-editor").as_deref() == Some("rich"));
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn without_its_code_the_plain_editor_stays() {
    let page = Page::open_after(
        "Object.defineProperty(window, 'customElements', { value: undefined })",
        "?lang=en&autoplay=0&editor=rich",
    );
    assert_eq!(page.attribute("code", "data-editor").as_deref(), Some("plain"));
    page.fill("editor", WRONG);
    page.wait_for("mark-10");
}
