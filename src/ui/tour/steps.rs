//! The steps: which stretch of the run each shows, and where to look.

use crate::base::SimTime;
use crate::ui::panes::Pane;

/// The scenario of the tour: the one a first visit opens.
pub const SCENARIO: &str = "liveness-classic";

/// What happens while a step is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scene {
    /// What happens anyway.
    AsItIs,
    /// Time runs from one moment to another, at a speed in quarters, and holds there. Those who
    /// want less motion see the end at once.
    Play {
        /// Where it begins.
        from: SimTime,
        /// Where it holds.
        to: SimTime,
        /// Virtual seconds per real second, in quarters.
        speed: u32,
    },
    /// The newest decision by this rule is looked at.
    Look(&'static str),
    /// Time holds at a moment.
    Hold(SimTime),
}

/// A step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Step {
    /// A word for the style sheet, which marks what the step is about.
    pub name: &'static str,
    /// Where that is.
    pub pane: Pane,
    /// What of it is brought into view, as a CSS selector.
    pub look: &'static str,
    /// What happens.
    pub scene: Scene,
}

const fn step(name: &'static str, pane: Pane, look: &'static str, scene: Scene) -> Step {
    Step { name, pane, look, scene }
}

/// The steps, in the order of `static/tour/LANG.json`. A test holds their moments to the run.
pub const STEPS: [Step; 6] = [
    step("yaml", Pane::Stage, ".stage", Scene::AsItIs),
    step("probe", Pane::Stage, ".container", play(33_000, 45_600, 20)),
    step("grace", Pane::Stage, ".container", play(45_300, 61_000, 20)),
    step("why", Pane::Why, ".why-row.selected", Scene::Look("probe.liveness-kills")),
    step("back", Pane::Stage, ".container", Scene::Hold(SimTime::ms(40_500))),
    step("try", Pane::Editor, ".pane-editor", Scene::AsItIs),
];

const fn play(from: u64, to: u64, speed: u32) -> Scene {
    Scene::Play { from: SimTime::ms(from), to: SimTime::ms(to), speed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Command, Session};

    /// When each decision by a rule fell, in the run that a first visit sees.
    fn times(rule: &str) -> Vec<SimTime> {
        let mut session = Session::new();
        session.apply(Command::Seek(SimTime::secs(80)));
        let records = session.records();
        records.rows.iter().filter(|row| row.rule == rule).map(|row| row.at).collect()
    }

    fn moment(name: &str) -> (SimTime, SimTime) {
        let step = STEPS.iter().find(|step| step.name == name).expect("a step");
        match step.scene {
            Scene::Play { from, to, .. } => (from, to),
            Scene::Hold(at) => (at, at),
            Scene::AsItIs | Scene::Look(_) => unreachable!("{name} has no moment of its own"),
        }
    }

    #[test]
    fn the_dots_fill_during_their_step() {
        let (from, to) = moment("probe");
        let failures = times("probe.failure");
        assert_eq!(failures.len(), 3);
        assert!(failures.iter().all(|at| from < *at && *at < to), "{failures:?}");
    }

    #[test]
    fn the_grace_period_begins_during_its_step_and_is_still_running_at_its_end() {
        let (from, to) = moment("grace");
        let (term, kill) = (times("stop.begins")[0], times("stop.killed")[0]);
        assert!(from < term && term < to && to < kill, "{term} {kill}");
        assert!(times("stop.pid1-ignores")[0] < to);
    }

    #[test]
    fn the_rule_was_cited_before_it_is_looked_at_and_the_past_lies_before_the_kill() {
        let kills = times("probe.liveness-kills");
        assert!(kills.len() == 1 && kills[0] < moment("grace").1);
        let (back, failures) = (moment("back").0, times("probe.failure"));
        assert!(failures[1] < back && back < failures[2], "two dots are filled: {failures:?}");
    }

    #[test]
    fn both_languages_tell_every_step_shortly() {
        for lang in ["en", "zh"] {
            let file = format!("{}/static/tour/{lang}.json", env!("CARGO_MANIFEST_DIR"));
            let json = std::fs::read_to_string(file).expect("it is there");
            let told = crate::base::json::parse(&json).expect("JSON");
            let told = told.as_array().expect("a list");
            assert_eq!(told.len(), STEPS.len());
            for step in told {
                let words = ["title", "text"].map(|key| step[key].as_str().expect("words"));
                assert!(words.iter().all(|text| !text.is_empty() && text.chars().count() < 260));
            }
        }
    }

    /// Letters of English and of Chinese that people read in a second, at an easy pace.
    const READ: [(&str, f64); 2] = [("en", 20.0), ("zh", 7.5)];

    #[test]
    fn all_of_it_takes_less_than_a_minute() {
        let scene = |step: &Step| match step.scene {
            Scene::Play { from, to, speed } => {
                (to.as_ms() - from.as_ms()) as f64 / 250.0 / f64::from(speed)
            }
            _ => 0.0,
        };
        for (lang, letters) in READ {
            let file = format!("{}/static/tour/{lang}.json", env!("CARGO_MANIFEST_DIR"));
            let json = std::fs::read_to_string(file).expect("it is there");
            let told = crate::base::json::parse(&json).expect("JSON");
            let told = told.as_array().expect("a list");
            let read = |nth: usize| {
                told[nth]["text"].as_str().expect("words").chars().count() as f64 / letters
            };
            let seconds = STEPS.iter().enumerate().map(|(nth, step)| read(nth).max(scene(step)));
            let seconds: f64 = seconds.sum();
            assert!(seconds < 60.0, "{lang}: {seconds:.0} s");
        }
    }
}
