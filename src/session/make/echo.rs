//! The acts of the run and the commands of the console, with their answers, by time.

use crate::base::{SimTime, sort_by_key};
use crate::engine::trace::Row;
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
        let mut all = acted(newest.iter().map(|nth| &rows[*nth]), world);
        let asked = console.entries.iter().filter(|entry| entry.at <= cursor);
        all.extend(asked.map(|entry| KubectlEcho {
            at: entry.at,
            args: entry.args.clone(),
            answer: told(entry, rows, cursor),
            code: entry.answer.code,
            running: entry.more.is_some() && entry.until.is_none(),
        }));
        sort_by_key(&mut all, |echo| echo.at);
        let silent = world.client.running().filter(|it| !all.iter().any(|echo| is_of(echo, *it)));
        let silent: Vec<KubectlEcho> = silent.map(|(at, args)| begun(at, args)).collect();
        all.extend(silent);
        all.split_off(all.len().saturating_sub(ECHO_MAX))
    }
}

/// The acts of the run. What a command tells while it goes on is told in one place.
fn acted<'a>(rows: impl Iterator<Item = &'a Row>, world: &World) -> Vec<KubectlEcho> {
    let mut all: Vec<(SimTime, KubectlEcho)> = Vec::new();
    for row in rows {
        let RowKind::Kubectl { given, args, out, err, code } = &row.kind else { continue };
        let same = |(of, echo): &&mut (SimTime, KubectlEcho)| of == given && echo.args == *args;
        match all.iter_mut().find(same) {
            Some((_, echo)) => {
                echo.answer.extend([out.as_str(), err]);
                echo.code = *code;
            }
            None => {
                let answer = [out.as_str(), err].concat();
                let (args, code) = (args.clone(), *code);
                let echo = KubectlEcho { at: row.at, args, answer, code, running: false };
                all.push((*given, echo));
            }
        }
    }
    for (given, echo) in &mut all {
        echo.running = world.client.running().any(|it| it == (*given, echo.args.as_str()));
    }
    all.into_iter().map(|(_, echo)| echo).collect()
}

/// A command that has told nothing yet.
fn begun(at: SimTime, args: &str) -> KubectlEcho {
    KubectlEcho { at, args: args.to_string(), answer: String::new(), code: 0, running: true }
}

fn is_of(echo: &KubectlEcho, (_, args): (SimTime, &str)) -> bool {
    echo.running && echo.args == args
}
