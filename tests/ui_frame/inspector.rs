//! The inspector, drawn natively.

use std::rc::Rc;

use lifepod::base::{Lang, SimTime};
use lifepod::session::view::{Body, Inspect, InspectorView, LogKept, Section, Since};
use lifepod::session::{Command, Session};
use lifepod::ui::inspector::{Inspector, InspectorProps};
use yew::Callback;

use crate::{html, tag};

fn view(section: Section, secs: u64) -> Rc<InspectorView> {
    let mut session = Session::new();
    session.apply(Command::Seek(SimTime::secs(secs)));
    let chosen = Inspect { section, since: Since::Change, ..Inspect::default() };
    session.apply(Command::Inspect(Some(chosen)));
    session.inspector().expect("it is open")
}

fn drawn(view: Rc<InspectorView>, lang: Lang) -> String {
    html::<Inspector>(InspectorProps {
        view,
        lang,
        called: 0,
        on_command: Callback::noop(),
        on_copy: Callback::noop(),
        on_export: Callback::noop(),
    })
}

#[test]
fn every_side_is_drawn_in_both_languages_and_named() {
    for lang in [Lang::En, Lang::Zh] {
        for section in Section::ALL {
            let html = drawn(view(section, 36), lang);
            let tab = tag(&html, &format!("inspector-{}", section.code()));
            assert!(tab.contains("aria-selected=\"true\""), "{tab}");
            assert!(tag(&html, "inspector-body").contains("role=\"tabpanel\""));
            assert!(html.contains("$ ") && html.contains("kubectl "));
        }
    }
}

#[test]
fn what_changed_is_told_by_sign_and_word_not_by_colour_only() {
    let html = drawn(view(Section::Yaml, 36), Lang::En);
    for (class, sign, words) in [
        ("diff-added", "+", "added:"),
        ("diff-removed", "−", "removed:"),
        ("diff-changed", "~", "changed:"),
    ] {
        let at = html.find(&format!("class=\"{class}\"")).unwrap_or_else(|| panic!("{class}"));
        let line = &html[at..at + 260];
        assert!(line.contains(sign) && line.contains(words), "{line}");
    }
    assert!(html.contains("was "), "the value before");
}

#[test]
fn instances_say_who_still_has_their_logs() {
    let view = view(Section::Logs, 400);
    let Body::Logs(logs) = &view.body else { panic!("logs") };
    assert!(logs.iter().any(|l| l.kept == LogKept::Gone));
    let html = drawn(view.clone(), Lang::En);
    assert!(html.contains("kubectl logs --previous gives these lines."));
    assert!(html.contains("only the simulation still knows it"));
}
