//! The list of decisions.

use std::rc::Rc;

use lifepod::base::{Lang, SimTime};
use lifepod::session::view::{FactView, RecordView, RecordsView};
use lifepod::ui::why::{RuleTexts, WhyList, WhyListProps};
use lifepod::ui::width::Size;
use yew::Callback;

use crate::html;

fn record(id: usize, failures: &str) -> Rc<RecordView> {
    Rc::new(RecordView {
        id,
        at: SimTime::secs(id as u64),
        by: "kubelet".to_string(),
        rule: "probe.failure".to_string(),
        subject: "pod/web/app".to_string(),
        facts: vec![FactView { name: "failures".to_string(), value: failures.to_string() }],
        fields: vec!["spec.containers[0].livenessProbe.failureThreshold".to_string()],
        lines: vec![15],
        unwritten: false,
        cause: Some(0),
        source: "kubelet prober/worker.go".to_string(),
    })
}

fn list(view: RecordsView, json: &str, lang: Lang) -> String {
    html::<WhyList>(WhyListProps {
        view: Rc::new(view),
        texts: Rc::new(RuleTexts::parse(json).expect("it is well formed")),
        texts_failed: false,
        lang,
        on_command: Callback::noop(),
        on_place: Callback::noop(),
        on_line: Callback::noop(),
        called: 0,
        size: Size { width: 400.0, height: 600.0 },
    })
}

const TEXTS: &str = r#"{"probe.failure": {"title": "Failed {failures}", "text": "It failed."}}"#;

#[test]
fn the_newest_is_on_top_and_only_the_selected_tells_all() {
    let rows = vec![record(1, "1"), record(2, "2"), record(3, "3")];
    let html =
        list(RecordsView { rows, earlier: 7, selected: Some(2), focus: None }, TEXTS, Lang::En);
    let at = |words: &str| html.find(words).unwrap_or_else(|| panic!("{words}: {html}"));
    assert!(at("Failed 3") < at("Failed 2") && at("Failed 2") < at("Failed 1"));
    assert_eq!(html.matches("data-testid=\"why-detail\"").count(), 1);
    assert_eq!(html.matches("It failed.").count(), 1);
    assert!(html.contains("failureThreshold") && html.contains("why-yaml"));
    assert!(html.contains("7 earlier"));
}

#[test]
fn what_repeats_is_one_line_with_a_count() {
    let rows = vec![record(1, "1"), record(2, "1"), record(3, "1")];
    let html = list(RecordsView { rows, ..Default::default() }, TEXTS, Lang::En);
    assert_eq!(html.matches("data-testid=\"why-row\"").count(), 1);
    assert!(html.contains("and 2 like it since 0:01.0"));
}

#[test]
fn without_texts_the_rule_is_named_and_without_rows_it_says_what_to_do() {
    let rows = vec![record(1, "1")];
    assert!(
        list(RecordsView { rows, ..Default::default() }, "{}", Lang::En).contains("probe.failure")
    );
    let empty = list(RecordsView::default(), "{}", Lang::Zh);
    assert!(empty.contains("尚无任何决定"));
}
