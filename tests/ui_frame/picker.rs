//! The scenario picker: what is offered, and what is said when nothing is.

use std::rc::Rc;

use lifepod::base::Lang;
use lifepod::ui::header::scenarios::{Entry, Line};
use lifepod::ui::picker::{Choice, Picker, PickerProps};
use yew::Callback;

use crate::{html, tag};

fn props() -> PickerProps {
    let line = |en: &str| Line { en: en.into(), zh: "中".into() };
    let entry = |name: &str| Entry {
        name: name.into(),
        topic: line("Probes"),
        title: line("A title"),
        look: line("Look here"),
    };
    PickerProps {
        open: true,
        lang: Lang::En,
        scenarios: Rc::new(vec![entry("one"), entry("two")]),
        failed: false,
        own: Rc::new(vec!["kind: Pod\nname: mine".to_string()]),
        current: Choice::Scenario("two".to_string()),
        on_choose: Callback::noop(),
        on_again: Callback::noop(),
        on_close: Callback::noop(),
    }
}

#[test]
fn the_list_begins_at_what_is_open_and_tells_what_to_look_for() {
    let html = html::<Picker>(props());
    let field = tag(&html, "pick-field");
    assert!(field.contains("role=\"combobox\"") && field.contains("\"pick-2\""), "{field}");
    assert_eq!(html.matches("role=\"option\"").count(), 3);
    assert_eq!(html.matches("aria-selected=\"true\"").count(), 1);
    assert!(html.contains("Look here") && html.contains("Pod/mine") && html.contains("3 of 3"));
}

#[test]
fn an_empty_list_says_why() {
    let nothing = PickerProps { scenarios: Rc::default(), own: Rc::default(), ..props() };
    assert!(html::<Picker>(nothing.clone()).contains("Loading the scenarios"));
    let failed = html::<Picker>(PickerProps { failed: true, ..nothing });
    assert!(failed.contains("pick-again") && !failed.contains("aria-activedescendant"), "{failed}");
    let closed = html::<Picker>(PickerProps { open: false, ..props() });
    assert!(!closed.contains("pick-field"));
}
