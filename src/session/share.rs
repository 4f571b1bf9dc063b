//! What a link holds: the scenario that was opened, what was done since, the text, and the moment.

use super::bookmarks;
use super::branches::Branches;
use super::command::Changed;
use super::core::Session;
use super::history::Input;
use super::journey::Bookmark;
use super::manifest::action_of;
use crate::base::SimTime;
use crate::base::json::{Value, json, parse};
use crate::course::Deed;

/// A longer payload is not read.
pub const PAYLOAD_MAX: usize = 512 * 1024;
/// A later moment is not gone to.
const AT_MAX: SimTime = SimTime::secs(24 * 3600);
/// More acts than these are not read.
const ACTS_MAX: usize = 2000;

/// A run that can be handed on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Shared {
    /// The scenario file, or bare manifest, that was opened.
    pub scenario: String,
    /// Whether the cluster was emptied since: the scenario's manifest and acts are not wanted.
    pub emptied: bool,
    /// The text that was applied at time zero in the place of the scenario's manifest.
    pub begun: Option<String>,
    /// What was done since, by time.
    pub acts: Vec<(SimTime, Deed)>,
    /// The text in the editor.
    pub text: String,
    /// The moment that was looked at.
    pub at: SimTime,
    /// Moments to come back to.
    pub bookmarks: Vec<Bookmark>,
}

impl Shared {
    /// A scenario from its start.
    pub fn of_scenario(scenario: &str) -> Self {
        let text = crate::course::Scenario::read(scenario).map(|s| s.manifest);
        let text = text.unwrap_or_else(|_| scenario.to_string());
        Shared { scenario: scenario.to_string(), text, ..Shared::default() }
    }

    /// As a link's payload.
    pub fn write(&self) -> String {
        let act = |(at, deed): &(SimTime, Deed)| {
            let (kind, line) = deed.parts();
            json!([at.as_ms(), kind, line])
        };
        let acts: Vec<Value> = self.acts.iter().map(act).collect();
        let mut value = json!({"scenario": self.scenario, "emptied": self.emptied, "acts": acts,
                               "text": self.text, "at": self.at.as_ms()});
        if let Some(begun) = &self.begun {
            value["begun"] = Value::from(begun.as_str());
        }
        if !self.bookmarks.is_empty() {
            value["bookmarks"] = bookmarks::write(&self.bookmarks);
        }
        value.to_string()
    }

    /// From a link's payload; `None` if it is none, or larger than one may be.
    pub fn read(payload: &str) -> Option<Self> {
        let value = parse(payload).ok().filter(|_| payload.len() <= PAYLOAD_MAX)?;
        let acts = value["acts"].as_array()?;
        if acts.len() > ACTS_MAX {
            return None;
        }
        Some(Shared {
            scenario: value["scenario"].as_str()?.to_string(),
            emptied: value["emptied"].as_bool()?,
            begun: value["begun"].as_str().map(str::to_string),
            acts: acts.iter().map(read_act).collect::<Option<_>>()?,
            text: value["text"].as_str()?.to_string(),
            at: SimTime::ms(value["at"].as_u64()?),
            bookmarks: bookmarks::read(&value["bookmarks"]),
        })
    }
}

fn read_act(value: &Value) -> Option<(SimTime, Deed)> {
    let at = SimTime::ms(value[0].as_u64()?);
    Some((at, Deed::of(value[1].as_str()?, value[2].as_str()?).ok()?))
}

impl Session {
    /// The run, to be handed on.
    pub fn shared(&self) -> Shared {
        let inputs = self.history.inputs();
        let begun = inputs.first().and_then(Input::begins);
        let since = inputs.iter().skip(usize::from(begun.is_some()));
        let act = |input: &Input| input.deed.clone().map(|deed| (input.at, deed));
        Shared {
            scenario: self.source.clone(),
            emptied: inputs.iter().all(|input| input.deed.is_some()),
            begun: begun.map(str::to_string),
            acts: since.filter_map(act).collect(),
            text: self.manuscript.text().to_string(),
            at: self.cursor,
            bookmarks: self.journey.bookmarks.clone(),
        }
    }

    /// Begins anew with a run that was handed on, at its moment.
    pub(super) fn open(&mut self, shared: &Shared) -> Changed {
        let changed = self.load(&shared.scenario);
        let kept = if shared.emptied { &[][..] } else { self.history.inputs() };
        let mut inputs = kept.to_vec();
        if let Some(begun) = &shared.begun {
            // It stands where the scenario's own manifest would be applied.
            let own = !shared.emptied && self.manuscript.is_applied();
            inputs.drain(..usize::from(own));
            let action = action_of(&Deed::Apply(begun.clone()));
            inputs.splice(..0, action.map(|action| Input::begun_with(begun, action)));
        }
        for (at, deed) in &shared.acts {
            let Some(action) = action_of(deed) else { continue };
            let deed = Some(deed.clone());
            inputs.push(Input { at: *at, action, authored: false, deed });
        }
        let changed = changed.and(self.restart(inputs));
        self.branches = Branches::default();
        self.journey.bookmarks.clone_from(&shared.bookmarks);
        self.take_texts(shared);
        changed.and(self.go_to(shared.at.min(AT_MAX)))
    }

    /// The text that was applied last, then the one that was in the editor.
    fn take_texts(&mut self, shared: &Shared) {
        let applied = shared.acts.iter().rev().find_map(|(_, deed)| match deed {
            Deed::Apply(text) => Some(text.clone()),
            _ => None,
        });
        if let Some(text) = applied.or(shared.begun.clone()) {
            self.manuscript.set(text);
            self.manuscript.apply();
        }
        if self.manuscript.text() != shared.text {
            self.manuscript.set(shared.text.clone());
        }
    }
}
