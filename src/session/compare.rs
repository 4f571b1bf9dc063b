//! Comparing runs: this one, one that was left, one that a text would give.

use super::core::Session;
use super::history::{History, Input};
use super::make::compare::{Names, difference, pairs};
use super::make::timeline::Builder;
use super::manifest::{acts_of, apply_action};
use super::view::{CompareView, Side};
use crate::base::SimTime;
use crate::course::{Deed, Scenario};
use crate::engine::{Action, Config};

/// Runs are compared at least so far.
const LEAST: SimTime = SimTime::secs(30);
/// And at most so far.
const MOST: SimTime = SimTime::secs(2 * 3600);

impl Session {
    /// Both runs up to the same moment: as far as the longer one was simulated.
    ///
    /// # Errors
    /// What kubectl says of a text that it refuses, or what is wrong with a scenario.
    pub fn compare(&self, left: &Side, right: &Side) -> Result<CompareView, String> {
        let mut runs = [self.run_of(left)?, self.run_of(right)?];
        let longest = runs.iter().map(History::tip).max().unwrap_or_default();
        let horizon = longest.max(LEAST).min(MOST);
        runs.iter_mut().for_each(|run| run.extend(horizon));
        let [left, right] = &runs;
        let traces = [left.trace(), right.trace()];
        let names = Names::of(traces);
        let lanes = |run: &History| Builder::default().view(run);
        Ok(CompareView {
            horizon,
            pairs: pairs(lanes(left), lanes(right), &names, horizon),
            first: difference(traces, &names, horizon),
        })
    }

    /// What would be otherwise if this text had been applied in the place of the last one.
    ///
    /// # Errors
    /// As [`Session::compare`].
    pub fn what_if(&self, text: &str) -> Result<CompareView, String> {
        self.compare(&Side::Applied, &Side::Text(text.to_string()))
    }

    fn run_of(&self, side: &Side) -> Result<History, String> {
        match side {
            Side::Now => Ok(self.history.clone()),
            Side::Branch(id) => {
                let branch = self.branches.get(*id).ok_or("no such run")?;
                Ok(branch.history.clone())
            }
            Side::Applied => match self.manuscript.applied() {
                Some(text) => self.run_with(text),
                None => Ok(self.history.clone()),
            },
            Side::Text(text) => self.run_with(text),
            Side::Scenario(text) => {
                let mut scenario = Scenario::read(text).map_err(|e| format!("error: {e}\n"))?;
                scenario.seed = Some(scenario.seed.unwrap_or(1));
                let mut inputs =
                    vec![Input::authored(SimTime::ZERO, apply_action(&scenario.manifest)?)];
                inputs.extend(acts_of(&scenario));
                let mut run = History::new(scenario.config(), inputs);
                run.extend(scenario.until());
                Ok(run)
            }
        }
    }

    /// The run that is shown, if this text had stood in the place of what was applied first; later
    /// applies of a person are left out, all other acts stay.
    fn run_with(&self, text: &str) -> Result<History, String> {
        let applied = apply_action(text)?;
        let mut inputs: Vec<Input> = self.history.inputs().to_vec();
        let first = inputs.iter().position(is_apply);
        let at = first.map_or(SimTime::ZERO, |nth| inputs[nth].at);
        let mut nth = 0;
        inputs.retain(|input| {
            nth += 1;
            first != Some(nth - 1) && !matches!(input.deed, Some(Deed::Apply(_)))
        });
        inputs.insert(0, Input::authored(at, applied));
        let config = Config { seed: self.seed, ..self.config.clone() };
        let mut run = History::new(config, inputs);
        run.extend(self.history.tip().min(MOST));
        Ok(run)
    }
}

/// Whether an act applies a text from the editor or the scenario's manifest.
fn is_apply(input: &Input) -> bool {
    let authored =
        matches!(&input.action, Action::Kubectl { args, .. } if args.starts_with("apply "));
    authored || matches!(input.deed, Some(Deed::Apply(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Command;
    use crate::session::view::{HappeningView, LaneKind};

    const POD: &str = "apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: app
    image: busybox:1.36
    command: [sh, -c, 'touch /tmp/ok; sleep 12; rm /tmp/ok; sleep 600']
    livenessProbe: {exec: {command: [cat, /tmp/ok]}, periodSeconds: 5, failureThreshold: 3}
";

    fn session(text: &str, secs: u64) -> Session {
        let mut session = Session::new();
        session.apply(Command::Load(text.to_string()));
        session.apply(Command::Seek(SimTime::secs(secs)));
        session
    }

    fn rules(view: &CompareView) -> [Option<String>; 2] {
        let first = view.first.as_ref().expect("they differ");
        [0, 1].map(|side| match &first.sides[side] {
            Some(HappeningView::Rule(record)) => Some(record.rule.clone()),
            _ => None,
        })
    }

    #[test]
    fn the_same_text_is_the_same_run() {
        let session = session(POD, 60);
        let view = session.what_if(POD).expect("it is taken");
        assert_eq!(view.first, None);
        assert!(view.pairs.iter().all(|pair| pair.differs.is_none()), "{:?}", view.pairs);
        assert_eq!(view.horizon, SimTime::secs(60));
        let named = POD.replace("name: web", "name: other").replace("name: app", "name: main");
        let view = session.what_if(&named).expect("it is taken");
        assert_eq!(view.first, None, "another name is no other life");
    }

    #[test]
    fn a_higher_threshold_differs_where_the_lower_one_kills() {
        let session = session(POD, 60);
        let view = session.what_if(&POD.replace("Threshold: 3", "Threshold: 5")).expect("taken");
        let first = view.first.clone().expect("they differ");
        assert!(first.at > SimTime::secs(24) && first.at < SimTime::secs(29), "{first:?}");
        assert_eq!(rules(&view)[0].as_deref(), Some("probe.liveness-kills"));
        let of_container = view.pairs.iter().find(|p| p.kind == LaneKind::Container);
        assert!(of_container.is_some_and(|pair| pair.differs.is_some_and(|at| at > first.at)));
        assert_eq!(view.pairs.len(), view.pairs.iter().filter(|p| p.lanes[0].is_some()).count());
    }

    #[test]
    fn a_branch_differs_from_the_act_on() {
        let mut session = session(POD, 60);
        session.apply(Command::Seek(SimTime::secs(8)));
        session.apply(Command::Kubectl("delete pod web --wait=false".to_string()));
        session.apply(Command::Seek(SimTime::secs(20)));
        let left = session.branches.ids().next().expect("the run before is kept");
        let view = session.compare(&Side::Branch(left), &Side::Now).expect("both are there");
        let first = view.first.clone().expect("they differ");
        assert!(first.at >= SimTime::secs(8) && first.at < SimTime::ms(8_100), "{first:?}");
        assert_eq!(view.horizon, SimTime::secs(60), "the longer one counts");
    }

    #[test]
    fn a_refused_text_is_refused_in_kubectls_words() {
        let session = session(POD, 5);
        let refused = session.what_if("apiVersion: v1\nkind: Pod\n").expect_err("it has no name");
        assert!(refused.contains("error"), "{refused}");
        let scenario = Side::Scenario(POD.replace("sleep 12", "sleep 40"));
        let view = session.compare(&Side::Now, &scenario).expect("it is a manifest");
        assert!(view.first.is_some_and(|first| first.at < SimTime::secs(40)));
    }
}
