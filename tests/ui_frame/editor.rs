//! The editor: its text, its problems, its acts.

use std::rc::Rc;

use lifepod::base::{Lang, Said, Span, TextEdit};
use lifepod::manifest::texts;
use lifepod::session::view::{EditorView, FixView, Level, ProblemView, TransportView};
use lifepod::ui::editor::{EditorPane, EditorPaneProps, Goto};
use yew::Callback;

use crate::{html, tag};

fn problem(line: usize, error: bool) -> ProblemView {
    of_level(line, if error { Level::Error } else { Level::Warning })
}

fn of_level(line: usize, level: Level) -> ProblemView {
    ProblemView {
        rule: "manifest.unknown-field".to_string(),
        level,
        span: Span::new(0, 4),
        line,
        column: 3,
        message: Said::with(texts::UNKNOWN_FIELD, &["imge", "Container"]),
        help: Some(Said::with(texts::DID_YOU_MEAN, &["image"])),
        known: Vec::new(),
        fixes: vec![FixView {
            title: Said::with(texts::FIX_WRITE, &["image"]),
            edit: TextEdit::new(0, 4, "image"),
        }],
        related: None,
    }
}

#[test]
fn a_fix_is_a_button_and_a_line_that_is_not_applied_is_marked() {
    let view =
        EditorView { changed_lines: vec![2], ..view("a: 1\nb: 2\n", vec![problem(1, true)]) };
    for (lang, title) in
        [(Lang::En, "Write <code>image</code>"), (Lang::Zh, "改为 <code>image</code>")]
    {
        let html = pane(view.clone(), TransportView::default(), lang);
        assert!(tag(&html, "fix").starts_with("<button"), "{html}");
        assert!(html.contains(title), "{html}");
        assert_eq!(html.matches("row changed").count(), 1, "{html}");
    }
}

fn pane(view: EditorView, transport: TransportView, lang: Lang) -> String {
    html::<EditorPane>(EditorPaneProps {
        view: Rc::new(view),
        live: Rc::default(),
        field: Rc::default(),
        rules: Rc::default(),
        transport: Rc::new(transport),
        lang,
        goto: Goto::default(),
        texts: 0,
        readonly: false,
        on_command: Callback::noop(),
        on_goto: Callback::noop(),
        on_compare: Callback::noop(),
        exercise: None,
        on_place: Callback::noop(),
    })
}

fn view(text: &str, problems: Vec<ProblemView>) -> EditorView {
    EditorView { text: text.to_string(), problems, ..EditorView::default() }
}

#[test]
fn each_problem_has_its_place_and_words_in_both_languages() {
    let two = || view("kind: Pod\nimge: x\n", vec![problem(2, true), problem(7, false)]);
    let english = pane(two(), TransportView::default(), Lang::En);
    let strip = &english[english.find("data-testid=\"problems\"").expect("the strip")..];
    for words in ["2:3", "unknown field", "did you mean", "error", "7:3", "warning"] {
        assert!(strip.contains(words), "{words}: {strip}");
    }
    let chinese = pane(two(), TransportView::default(), Lang::Zh);
    for words in ["未知字段", "是否想写", "错误", "警告", "应用"] {
        assert!(chinese.contains(words), "{words}: {chinese}");
    }
    assert!(!chinese.contains("did you mean"));
}

#[test]
fn the_text_area_says_that_it_is_wrong_only_when_it_is() {
    let wrong = pane(view("a", vec![problem(1, true)]), TransportView::default(), Lang::En);
    assert!(tag(&wrong, "editor").contains("aria-invalid=\"true\""));
    let warned = pane(view("a", vec![problem(1, false)]), TransportView::default(), Lang::En);
    assert!(tag(&warned, "editor").contains("aria-invalid=\"false\""));
}

#[test]
fn a_thousand_problems_are_counted_not_listed() {
    let many = (1..=1000).map(|line| problem(line, true)).collect();
    let html = pane(view("a", many), TransportView::default(), Lang::En);
    assert_eq!(html.matches("data-testid=\"problem\"").count(), 50);
    assert!(html.contains("and 950 more"));
}

#[test]
fn a_refusal_is_shown_word_for_word() {
    let answer = "The Pod \"web\" is invalid: spec.containers: Required value";
    let refused = EditorView { refused: Some(answer.to_string()), ..view("a", Vec::new()) };
    let html = pane(refused, TransportView::default(), Lang::Zh);
    assert!(html.contains("The Pod &quot;web&quot; is invalid") || html.contains(answer), "{html}");
}

#[test]
fn only_lines_in_view_are_made_of_a_large_text() {
    let html =
        pane(view(&"a: b\n".repeat(100_000), Vec::new()), TransportView::default(), Lang::En);
    assert!(html.matches("class=\"number\"").count() < 200);
    assert!(html.contains("digits-8"));
}

#[test]
fn lit_lines_are_marked() {
    let lit = EditorView { lit_lines: vec![2], ..view("a: 1\nb: 2\n", Vec::new()) };
    let html = pane(lit, TransportView::default(), Lang::En);
    assert_eq!(html.matches("class=\"row lit\"").count(), 1, "{html}");
}

#[test]
fn delete_waits_for_a_pod_and_an_act_in_the_past_is_announced() {
    let none = pane(view("a", Vec::new()), TransportView::default(), Lang::En);
    assert!(tag(&none, "delete").contains("disabled"));
    assert!(!none.contains("fork-note"));
    let past = TransportView {
        pods: vec!["web".to_string()].into(),
        would_fork: true,
        ..Default::default()
    };
    let some = pane(view("a", Vec::new()), past, Lang::En);
    assert!(!tag(&some, "delete").contains("disabled"));
    assert!(some.contains("fork-note"));
}

#[test]
fn a_text_of_megabytes_is_kept_but_not_laid_out() {
    let large = pane(view(&"x".repeat(600_000), Vec::new()), TransportView::default(), Lang::En);
    assert!(large.contains("too-large-card") && large.contains("585 KB"));
    assert!(!large.contains("class=\"number\""));
    let small = pane(view("a: 1", Vec::new()), TransportView::default(), Lang::En);
    assert!(!small.contains("too-large"));
}

#[test]
fn the_margin_marks_each_line_by_its_worst_and_names_the_mark() {
    let problems = vec![of_level(1, Level::Note), of_level(2, Level::Note), problem(2, true)];
    let english = pane(view("a: 1\nb: 2\n", problems.clone()), TransportView::default(), Lang::En);
    assert!(tag(&english, "mark-1").contains("class=\"mark kept\""), "{english}");
    assert!(tag(&english, "mark-1").contains("Line 1, not simulated: "));
    assert!(tag(&english, "mark-2").contains("class=\"mark error\""));
    let chinese = pane(view("a: 1\nb: 2\n", problems), TransportView::default(), Lang::Zh);
    assert!(tag(&chinese, "mark-1").contains("第 1 行，未模拟"), "{chinese}");
}

#[test]
fn what_is_not_simulated_is_no_alarm() {
    let notes = vec![of_level(1, Level::Note), of_level(2, Level::Note)];
    let html = pane(view("a: 1\nb: 2\n", notes), TransportView::default(), Lang::En);
    assert!(html.contains("No problems") && html.contains("Accepted, but not simulated: 2"));
    assert_eq!(html.matches("data-testid=\"problem\"").count(), 0, "folded until asked for");
    assert!(!html.contains("has-warning") && !html.contains("class=\"y-key wrong\""));
    assert!(tag(&html, "notes").contains("aria-expanded=\"false\""));
}

#[test]
fn field_help_is_closed_until_asked_for() {
    let html = pane(view("a: 1\n", Vec::new()), TransportView::default(), Lang::Zh);
    assert!(tag(&html, "field-toggle").contains("aria-expanded=\"false\""));
    assert!(tag(&html, "field-help").contains("hidden") && html.contains("字段说明"));
}
