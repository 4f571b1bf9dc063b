//! What the timeline shows of a run.

use std::rc::Rc;

use lifepod::base::Lang;
use lifepod::session::view::{MarkKind, TimelineView};
use lifepod::ui::timeline::{Timeline, TimelineProps};
use lifepod::ui::width::Size;
use yew::{Callback, LocalServerRenderer};

use super::sample::{self, ms};

fn render(view: TimelineView, cursor: u64, selected: Option<usize>, lang: Lang) -> String {
    let props = TimelineProps {
        view: Rc::new(view),
        cursor: ms(cursor),
        selected,
        field: Rc::default(),
        lang,
        on_command: Callback::noop(),
        size: Size { width: 900.0, height: 400.0 },
        journey: Default::default(),
    };
    let renderer = LocalServerRenderer::<Timeline>::with_props(props).hydratable(false);
    futures::executor::block_on(renderer.render())
}

#[test]
fn every_lane_is_there_and_says_what_it_holds() {
    let view = sample::timeline();
    let html = render(view.clone(), 60_000, None, Lang::En);
    for lane in &view.lanes {
        assert!(html.contains(&format!("data-testid=\"lane-{}\"", lane.id)), "{}", lane.id);
    }
    assert!(html.contains("condition Ready: 4 states, True, since 1:17.500"), "{html}");
    assert!(html.contains("aria-label=\"Now at 1:00\""));
}

#[test]
fn both_languages_are_spoken() {
    let html = render(sample::timeline(), 0, None, Lang::Zh);
    assert!(html.contains("时间线") && html.contains("探针"));
    assert!(render(TimelineView::default(), 0, None, Lang::Zh).contains("尚无事件发生"));
}

#[test]
fn the_selected_record_is_ringed() {
    let selected = |record| {
        let html = render(sample::timeline(), 0, record, Lang::En);
        html.matches("mk-selected").count()
    };
    assert_eq!(selected(None), 0);
    assert_eq!(selected(Some(8)), 1);
}

#[test]
fn ten_thousand_marks_are_few_on_the_page() {
    let mut view = sample::timeline();
    let marks = (0..10_000).map(|n| sample::mark(n * 360, MarkKind::ProbeFailure, "1/3", 0));
    Rc::make_mut(&mut view.lanes[4]).marks = marks.map(Rc::new).collect();
    view.tip = ms(3_600_000);
    let html = render(view, 0, None, Lang::En);
    let drawn = html.matches("mk-failure").count();
    assert!((50..130).contains(&drawn), "{drawn} marks");
    assert!(!html.contains("style="));
}
