//! The acts of the run and the commands of the console, with their answers, by time.

use crate::base::{SimTime, sort_by_key};
use crate::engine::{RowKind, Trace, World};
use crate::session::console::{Console, told};
use crate::session::view::KubectlEcho;
use std::rc::Rc;

/// Commands that are shown at most.
const ECHO_MAX: usize = 50;

/// What was told last, and where in the trace commands are answered.
#[derive(Default)]
pub struct Echo {
    answers: Vec<usize>,
    looked: usize,
    told: Option<(Key, Rc<Vec<KubectlEcho>>)>,
}

/// What the answers depend on while no command is given: how many acts and questions there were,
/// how far a watch has come, and what runs.
type Key = (usize, usize, usize, Vec<SimTime>);

impl Echo {
    /// What was told is to be told anew.
    pub fn forget(&mut self) {
        self.told = None;
    }

    /// All of them up to the moment of `world`.
    pub fn view(
        &mut self,
        console: &Console,
        trace: &Trace,
        world: &World,
    ) -> Rc<Vec<KubectlEcho>> {
        self.look(trace);
        let key = self.key(console, trace, world);
        if let Some((_, told)) = self.told.as_ref().filter(|(of, _)| *of == key) {
            return told.clone();
        }
        let all = Rc::new(self.make(key.0, console, trace, world));
        self.told = Some((key, all.clone()));
        all
    }

    fn look(&mut self, trace: &Trace) {
        let new = trace.rows.iter().enumerate().skip(self.looked);
        let answers = new.filter(|(_, row)| matches!(row.kind, RowKind::Kubectl { .. }));
        self.answers.extend(answers.map(|(nth, _)| nth));
        self.looked = trace.rows.len();
    }

    fn key(&self, console: &Console, trace: &Trace, world: &World) -> Key {
        let now = world.now;
        let acts = self.answers.partition_point(|nth| trace.rows[*nth].at <= now);
        let asked = console.entries.iter().filter(|entry| entry.at <= now);
        let goes_on = asked
            .clone()
            .any(|entry| entry.more.is_some() && entry.until.is_none_or(|until| until > now));
        let to = if goes_on { trace.rows.partition_point(|row| row.at <= now) } else { 0 };
        (acts, asked.count(), to, world.client.running().map(|(at, _)| at).collect())
    }

    fn make(
        &self,
        acts: usize,
        console: &Console,
        trace: &Trace,
        world: &World,
    ) -> Vec<KubectlEcho> {
        let (rows, cursor) = (&trace.rows, world.now);
        let newest = &self.answers[acts.saturating_sub(ECHO_MAX)..acts];
        let mut all: Vec<KubectlEcho> =
            newest.iter().filter_map(|nth| act(rows[*nth].at, &rows[*nth].kind)).collect();
        let asked = console.entries.iter().filter(|entry| entry.at <= cursor);
        all.extend(asked.map(|entry| KubectlEcho {
            at: entry.at,
            args: entry.args.clone(),
            answer: told(entry, rows, cursor),
            code: entry.answer.code,
            running: entry.more.is_some() && entry.until.is_none(),
        }));
        sort_by_key(&mut all, |echo| echo.at);
        all.extend(world.client.running().map(|(at, args)| KubectlEcho {
            at,
            args: args.to_string(),
            answer: String::new(),
            code: 0,
            running: true,
        }));
        all.split_off(all.len().saturating_sub(ECHO_MAX))
    }
}

fn act(at: SimTime, kind: &RowKind) -> Option<KubectlEcho> {
    let RowKind::Kubectl { args, out, err, code } = kind else { return None };
    let answer = [out.as_str(), err].concat();
    Some(KubectlEcho { at, args: args.clone(), answer, code: *code, running: false })
}
