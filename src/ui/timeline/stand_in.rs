//! Which mark stands for the selected decision.

use crate::session::view::{FocusView, RecordView, TimelineView};

/// How many links of the chain, and how many effects, may lend their mark.
const NEAR: usize = 5;

/// The record whose mark is lit for the selected decision: its own, else that of what led to it or
/// came of it, whichever is nearest in time.
pub fn mark_of(view: &TimelineView, focus: &FocusView) -> Option<usize> {
    let own = &focus.record;
    let causes = focus.chain.iter().take(NEAR).map(|link| &link.record);
    let others = causes.chain(focus.effects.iter().take(NEAR));
    let apart = |record: &RecordView| record.at.as_ms().abs_diff(own.at.as_ms());
    let mut found: Option<&RecordView> = None;
    for record in [own].into_iter().chain(others) {
        let nearer = found.is_none_or(|best| apart(record) < apart(best));
        if nearer && has_mark(view, record.id) {
            found = Some(record);
        }
    }
    found.map(|record| record.id)
}

fn has_mark(view: &TimelineView, id: usize) -> bool {
    view.lanes.iter().any(|lane| lane.marks.iter().any(|mark| mark.record == Some(id)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Command, Session};

    #[test]
    fn a_decision_without_a_mark_lights_the_nearest_of_its_causes_and_effects() {
        let mut session = Session::new();
        let scenario = include_str!("../../../static/scenarios/liveness-classic.yaml");
        let mut marked = |rule: &str| {
            let that = ["{\"rule\": \"", rule, "\"}"].concat();
            session.apply(Command::Show { scenario: scenario.to_string(), that });
            let focus = session.records().focus.clone().expect("it is in the run");
            let id = mark_of(&session.timeline(), &focus).expect("a mark");
            let all = focus.chain.iter().map(|link| &link.record).chain([&focus.record]);
            let found = all.chain(&focus.effects).find(|record| record.id == id);
            found.map(|record| record.rule.clone()).unwrap_or_default()
        };
        assert_eq!(marked("container.started"), "container.started");
        assert_eq!(marked("probe.liveness-kills"), "probe.failure");
    }
}
