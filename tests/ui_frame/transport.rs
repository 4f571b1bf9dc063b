//! The transport in its states.

use std::rc::Rc;

use lifepod::base::{Lang, SimTime};
use lifepod::session::texts;
use lifepod::session::view::TransportView;
use lifepod::ui::transport::{TransportBar, TransportBarProps};
use yew::Callback;

use crate::{html, tag};

fn bar(view: TransportView, lang: Lang) -> String {
    html::<TransportBar>(TransportBarProps {
        view: Rc::new(view),
        journey: Rc::default(),
        rules: Rc::default(),
        on_until: Callback::noop(),
        on_ways: Callback::noop(),
        on_card: Callback::noop(),
        lang,
        on_command: Callback::noop(),
    })
}

#[test]
fn the_play_key_says_what_it_would_do() {
    let held = bar(TransportView::default(), Lang::En);
    assert!(tag(&held, "play").contains("aria-label=\"Play\""));
    let runs = bar(TransportView { playing: true, ..Default::default() }, Lang::Zh);
    assert!(tag(&runs, "play").contains("aria-label=\"暂停\""));
}

#[test]
fn keys_that_can_do_nothing_say_so() {
    let view = TransportView { can_undo: true, ..Default::default() };
    let html = bar(view, Lang::En);
    for (id, disabled) in [("undo", false), ("redo", true), ("prev-mark", true), ("restart", false)]
    {
        let expected = format!("aria-disabled=\"{disabled}\"");
        assert!(tag(&html, id).contains(&expected), "{id}: {}", tag(&html, id));
    }
}

#[test]
fn the_clock_the_scale_and_the_speed_show_where_time_is() {
    let view = TransportView {
        cursor: SimTime::ms(46_500),
        tip: SimTime::secs(90),
        speed: 40,
        ..Default::default()
    };
    let html = bar(view, Lang::En);
    assert!(tag(&html, "time").contains("value=\"0:46.5\""), "{}", tag(&html, "time"));
    let scrub = tag(&html, "scrub");
    for part in ["max=\"120000\"", "value=\"46500\"", "46.5 s of 1 min 30 s"] {
        assert!(scrub.contains(part), "{part}: {scrub}");
    }
    assert!(tag(&html, "speed-10").contains("aria-pressed=\"true\""));
    assert!(tag(&html, "speed-60").contains("aria-pressed=\"false\""));
    assert!(html.contains("in the past"));
}

#[test]
fn a_run_that_cannot_go_on_says_why() {
    let stopped = Some(texts::STOPPED_EVENTS);
    let view = TransportView { stopped, ..Default::default() };
    assert!(bar(view.clone(), Lang::En).contains("its bound of events"));
    assert!(bar(view, Lang::Zh).contains("事件数上限"));
}
