//! The session: a text, a run of the cluster, a cursor in time, and what is looked at.

use super::branches::{Branch, Branches};
use super::command::{Changed, Command, DeleteMode};
use super::console::Console;
use super::history::{History, Input};
use super::journey::Journey;
use super::make::field::FieldActs;
use super::make::{Kept, Made, focus, journey, live, records, stage, timeline, transport};
use super::manifest::{Manuscript, action_of, acts_of};
use super::marks;
use super::passing::Passing;
use super::playback::Playback;
use super::sitting::Sitting;
use super::view::{
    AimsView, EditorView, FieldView, Inspect, JourneyView, LiveView, RecordsView, StageView,
    TimelineView, TransportView,
};
use crate::base::SimTime;
use crate::course::Deed;
use crate::course::Scenario;
use crate::engine::{Action, Config, RowKind, World};
use std::rc::Rc;

/// The scenario that a new session shows.
const FIRST: &str = include_str!("../../static/scenarios/liveness-classic.yaml");
/// After an act time moves on so far that kubectl has its answer.
const ANSWER: SimTime = SimTime::ms(15);

/// One person's session.
pub struct Session {
    pub(super) manuscript: Manuscript,
    pub(super) history: History,
    pub(super) branches: Branches,
    pub(super) cursor: SimTime,
    /// The world at the cursor, if that is before the tip.
    pub(super) past: Option<World>,
    pub(super) playback: Playback,
    pub(super) journey: Journey,
    /// What is told as its mark is passed.
    pub(super) passing: Passing,
    pub(super) selected: Option<usize>,
    looked: String,
    /// What is inspected, while the inspector is open.
    pub(super) inspected: Option<Inspect>,
    pub(super) seed: u64,
    pub(super) config: Config,
    /// The scenario file that was opened.
    pub(super) source: String,
    pub(super) console: Console,
    /// The exercise that is open.
    pub(super) sitting: Option<Sitting>,
    timeline: timeline::Builder,
    pub(super) made: Made,
    pub(super) kept: Kept,
    journey_view: Option<Rc<JourneyView>>,
    /// Where the editor's caret was last, in bytes.
    caret: Option<usize>,
    field: FieldActs,
}

impl Default for Session {
    fn default() -> Self {
        Session::new()
    }
}

impl Session {
    /// A session with the first scenario loaded and just applied, paused.
    pub fn new() -> Self {
        let history = History::new(Config::default(), Vec::new());
        let mut session = Session {
            manuscript: Manuscript::default(),
            past: None,
            history,
            branches: Branches::default(),
            cursor: SimTime::ZERO,
            playback: Playback::default(),
            journey: Journey::default(),
            passing: Passing::default(),
            selected: None,
            looked: String::new(),
            inspected: None,
            seed: 1,
            config: Config::default(),
            source: String::new(),
            console: Console::default(),
            sitting: None,
            timeline: timeline::Builder::default(),
            made: Made::default(),
            kept: Kept::default(),
            journey_view: None,
            caret: None,
            field: FieldActs::default(),
        };
        session.load(FIRST);
        session
    }

    /// Does what a command asks.
    pub fn apply(&mut self, command: Command) -> Changed {
        if command.moves_on() {
            self.journey.halt = None;
        }
        self.journey_view = None;
        let changed = self.carry_out(command);
        if changed.cursor || changed.run {
            self.passing.clear();
        }
        self.made.drop(changed);
        self.kept.commanded(changed);
        if let Some(sitting) = self.sitting.as_mut().filter(|_| changed.text) {
            sitting.stale();
        }
        changed
    }

    /// Lets `wall_ms` milliseconds of real time pass.
    pub fn advance(&mut self, wall_ms: u64) -> Changed {
        if let Some(inspected) = &mut self.made.inspector {
            inspected.age += wall_ms;
        }
        self.kept.pods.run(wall_ms);
        let (step, from) = (self.playback.advance(wall_ms), self.cursor);
        let mut changed = self.play_on(step);
        if self.playback.playing {
            let way = (from, self.cursor);
            self.passing.pass(self.history.trace(), way, self.journey.hidden, wall_ms);
        }
        if changed.any()
            && self.history.tip_world().stopped.is_some()
            && self.cursor >= self.history.tip()
        {
            self.playback.playing = false;
            changed.lens = true;
        }
        if !self.playback.playing {
            self.kept.pods.stand();
        }
        self.made.drop(changed);
        changed
    }

    fn carry_out(&mut self, command: Command) -> Changed {
        let lens = Changed { lens: true, ..Changed::default() };
        match command {
            Command::SetText(text) => {
                self.manuscript.set(text);
                self.field.forget();
                Changed { text: true, ..Changed::default() }
            }
            Command::Caret(place) => self.look_at_text(place),
            Command::Apply => self.apply_text(),
            Command::Delete { pod, mode } => self.delete(&pod, mode),
            Command::Kubectl(line) => self.console(&line),
            Command::Say(deed) => self.say(deed),
            Command::Play => self.play(true),
            Command::Pause => self.play(false),
            Command::TogglePlay => self.play(!self.playback.playing),
            Command::SetSpeed(quarters) => {
                self.playback.set_speed(quarters);
                lens
            }
            Command::NextMark => self.next_mark().and(self.pass()),
            Command::PreviousMark => {
                self.playback.playing = false;
                self.journey.target = None;
                let hidden = self.journey.hidden;
                let back = marks::previous_of(self.history.trace(), self.cursor, hidden);
                self.go_to(back.unwrap_or(SimTime::ZERO)).and(lens).and(self.pass())
            }
            Command::StepBy(ms) => {
                let at = self.cursor.as_ms().saturating_add_signed(ms);
                self.go_to(SimTime::ms(at)).and(self.arrive())
            }
            Command::Seek(at) => self.go_to(at).and(self.arrive()),
            Command::RunUntil { aim, at_once } => self.run_until(aim, at_once),
            Command::ToggleStop(aim) => self.toggle_stop(aim),
            Command::SetEdge(edge) => self.set_edge(edge),
            Command::GiveUp => self.give_up(),
            Command::Bookmark(what) => self.bookmark(what),
            Command::ToggleMarks(group) => {
                self.journey.hidden.toggle(group);
                lens
            }
            Command::LookAt(pod) => {
                self.looked = pod;
                self.made.stage = None;
                lens
            }
            Command::Inspect(chosen) => {
                self.inspected = chosen;
                self.made.inspector = None;
                lens
            }
            Command::Select(record) => {
                self.selected = record;
                Changed { lens: true, text: true, ..Changed::default() }
            }
            Command::Undo => self.switch(Branches::undo),
            Command::Redo => self.switch(Branches::redo),
            Command::Branch(id) => self.switch(|branches, now| branches.go(id, now)),
            Command::Restart => self.restart(Vec::new()),
            Command::Rerun => self.rerun(),
            Command::Load(text) => self.load(&text),
            Command::Open(shared) => self.open(&shared),
            Command::Exercise(act) => self.exercise_act(act),
            Command::Show { scenario, that } => self.load_and_show(&scenario, &that),
        }
    }

    pub(super) fn play(&mut self, playing: bool) -> Changed {
        self.playback.playing = playing;
        if playing {
            self.set_out();
        }
        Changed { lens: true, ..Changed::default() }
    }

    /// Moves the cursor; later than the tip means: simulate on.
    pub(super) fn go_to(&mut self, at: SimTime) -> Changed {
        let tip = self.history.tip();
        self.history.extend(at);
        let at = at.min(self.history.tip());
        let from = self.past.take().filter(|world| world.now <= at);
        self.past = match from {
            _ if at >= self.history.tip() => None,
            Some(world) => Some(self.history.onward(world, at)),
            None => Some(self.history.at(at)),
        };
        self.cursor = at;
        Changed { cursor: true, run: self.history.tip() > tip, ..Changed::default() }
    }

    /// The world at the cursor: a copy is made only of what is past.
    pub(super) fn world(&self) -> &World {
        let world = self.past.as_ref().unwrap_or(self.history.tip_world());
        debug_assert_eq!(world.now, self.cursor, "who simulates on goes there");
        world
    }

    /// The run is another one: what was made of its rows goes.
    fn forget_run(&mut self) {
        self.past = None;
        self.timeline = timeline::Builder::default();
        self.kept = Kept::default();
        self.field.forget_run();
        self.selected = None;
    }

    /// Does what these words say.
    fn say(&mut self, deed: Deed) -> Changed {
        match action_of(&deed) {
            Some(action) => self.act(action, deed),
            None => Changed::default(),
        }
    }

    fn delete(&mut self, pod: &str, mode: DeleteMode) -> Changed {
        let home = self.world().api.namespace_of("Pod", pod);
        let line = delete_line(pod, mode) + &in_namespace(home);
        self.say(Deed::Kubectl(line))
    }

    pub(super) fn apply_text(&mut self) -> Changed {
        let elsewhere = self.world().api.has_grounds();
        match self.manuscript.apply_in(elsewhere) {
            Some(action) => {
                let deed = Deed::Apply(self.manuscript.text().to_string());
                self.act(action, deed)
            }
            None => Changed { text: true, ..Changed::default() },
        }
    }

    /// Acts at the cursor and waits for the answer; the run before is kept for undo.
    pub(super) fn act(&mut self, action: Action, deed: Deed) -> Changed {
        self.keep_branch();
        let rows = self.history.trace().rows.partition_point(|row| row.at <= self.cursor);
        self.history.act_at(self.cursor, action, Some(deed));
        self.forget_run();
        self.forget_seen();
        self.go_to(self.cursor + ANSWER);
        self.aim_anew();
        self.manuscript.refuse(self.refusal_since(rows));
        Changed { run: true, cursor: true, lens: true, text: true }
    }

    /// What kubectl said on standard error since row `from` of the trace, if a command failed.
    fn refusal_since(&self, from: usize) -> Option<String> {
        let rows = &self.history.trace().rows;
        rows[from.min(rows.len())..].iter().find_map(|row| match &row.kind {
            RowKind::Kubectl { err, code, .. } if *code != 0 => Some(err.clone()),
            _ => None,
        })
    }

    fn keep_branch(&mut self) {
        let branch = Branch { history: self.history.clone(), cursor: self.cursor };
        self.branches.keep(branch);
    }

    fn switch(&mut self, to: impl FnOnce(&mut Branches, Branch) -> Option<Branch>) -> Changed {
        let now = Branch { history: self.history.clone(), cursor: self.cursor };
        let Some(other) = to(&mut self.branches, now) else { return Changed::default() };
        self.put(other)
    }

    /// Another run, at a moment of it; the one before is kept for undo.
    pub(super) fn take(&mut self, history: History, cursor: SimTime) -> Changed {
        self.keep_branch();
        self.put(Branch { history, cursor })
    }

    fn put(&mut self, branch: Branch) -> Changed {
        self.history = branch.history;
        self.forget_run();
        self.new_ways();
        let changed = self.go_to(branch.cursor);
        Changed { run: true, lens: true, text: true, ..changed }
    }

    pub(super) fn restart(&mut self, inputs: Vec<Input>) -> Changed {
        self.keep_branch();
        let config = Config { seed: self.seed, ..self.config.clone() };
        self.history = History::new(config, inputs);
        self.forget_run();
        self.cursor = SimTime::ZERO;
        self.new_ways();
        Changed { run: true, cursor: true, lens: true, text: true }
    }

    /// A new run of the text: what may not change on a live Pod may change so.
    fn rerun(&mut self) -> Changed {
        let text = Changed { text: true, ..Changed::default() };
        let Some(action) = self.manuscript.apply() else { return text };
        let mut inputs = vec![Input::begun_with(self.manuscript.text(), action)];
        // At an exercise its author goes on acting.
        inputs.extend(self.sitting.iter().flat_map(Sitting::acts));
        let changed = self.restart(inputs);
        let changed = changed.and(self.go_to(ANSWER));
        self.playback.playing = true;
        changed
    }

    /// Begins anew with a scenario. A scenario that cannot be read is shown as it is written.
    pub(super) fn load(&mut self, text: &str) -> Changed {
        let scenario = Scenario::read(text)
            .unwrap_or_else(|_| Scenario { manifest: text.to_string(), ..Scenario::default() });
        self.begin(text, scenario)
    }

    /// The same with a scenario that was read. An exercise that was open is left.
    pub(super) fn begin(&mut self, text: &str, scenario: Scenario) -> Changed {
        self.sitting = None;
        self.seed = scenario.seed.unwrap_or(1);
        self.config = scenario.config();
        self.source = text.to_string();
        let acts: Vec<Input> = acts_of(&scenario).collect();
        self.manuscript.set(scenario.manifest);
        self.caret = None;
        self.field.forget();
        let applied = self.manuscript.apply().map(|action| Input::authored(SimTime::ZERO, action));
        let inputs = applied.into_iter().chain(acts).collect();
        let changed = self.restart(inputs);
        self.branches = Branches::default();
        self.journey = Journey { halts: self.journey.halts, ..Journey::default() };
        self.console = Console::default();
        changed.and(self.go_to(ANSWER))
    }

    fn load_and_show(&mut self, scenario: &str, that: &str) -> Changed {
        let Ok(read) = Scenario::read(scenario) else { return self.load(scenario) };
        let until = read.until();
        let changed = self.begin(scenario, read);
        let Some(seen) = self.show(until, that) else {
            return changed.and(self.go_to(self.cursor));
        };
        let changed = changed.and(self.go_to(seen.at));
        self.selected = seen.record;
        changed
    }

    /// The editor.
    pub fn editor(&mut self) -> Rc<EditorView> {
        let Session { made, manuscript, history, selected, .. } = self;
        made.editor
            .get_or_insert_with(|| {
                let lit = records::lit_lines(history.trace(), *selected, manuscript);
                Rc::new(manuscript.view(lit))
            })
            .clone()
    }

    fn look_at_text(&mut self, place: usize) -> Changed {
        if self.caret.replace(place) != Some(place) {
            self.made.field = None;
        }
        Changed::default()
    }

    /// The field under the editor's caret; one without a path if there is none.
    pub fn field(&mut self) -> Rc<FieldView> {
        let Session { made, field, manuscript, history, caret, .. } = self;
        let make = |at: usize| field.view(manuscript, at, history.trace());
        made.field.get_or_insert_with(|| Rc::new(caret.and_then(make).unwrap_or_default())).clone()
    }

    /// What of the text is at work at the cursor.
    pub fn live(&mut self) -> Rc<LiveView> {
        if self.made.live.is_none() {
            let (trace, speed) = (self.history.trace(), self.playback.speed);
            let view = live::view(self.world(), trace, &self.manuscript, speed);
            self.made.live = Some(Rc::new(view));
        }
        self.made.live.clone().unwrap_or_default()
    }

    /// The cluster at the cursor.
    pub fn stage(&mut self) -> Rc<StageView> {
        if self.made.stage.is_none() {
            let mut pods = std::mem::take(&mut self.kept.pods);
            let view = stage::view(self.world(), self.history.trace(), &self.looked, &mut pods);
            self.kept.pods = pods;
            self.made.stage = Some(Rc::new(view));
        }
        self.made.stage.clone().unwrap_or_default()
    }

    /// All lanes of the run.
    pub fn timeline(&mut self) -> Rc<TimelineView> {
        let Session { made, timeline, history, .. } = self;
        made.timeline.get_or_insert_with(|| Rc::new(timeline.view(history))).clone()
    }

    /// Which rules decided, up to the cursor.
    pub fn records(&mut self) -> Rc<RecordsView> {
        let Session { made, kept, cursor, selected, history, manuscript, .. } = self;
        let make = || {
            let trace = history.trace();
            let focus = focus::view(trace, history.inputs(), *selected, manuscript);
            kept.records.view(trace, *cursor, *selected, focus, manuscript)
        };
        made.records.get_or_insert_with(make).clone()
    }

    /// The transport.
    pub fn transport(&mut self) -> Rc<TransportView> {
        if self.made.transport.is_none() {
            let mut kept = std::mem::take(&mut self.kept);
            self.made.transport = Some(Rc::new(transport::view(self, &mut kept)));
            self.kept = kept;
        }
        self.made.transport.clone().unwrap_or_default()
    }

    /// What the learner set up around the run; it changes with commands only, not with time.
    pub fn journey(&mut self) -> Rc<JourneyView> {
        if self.journey_view.is_none() {
            self.journey_view = Some(Rc::new(journey::view(self)));
        }
        self.journey_view.clone().unwrap_or_default()
    }

    /// What can be waited for.
    pub fn aims(&self) -> AimsView {
        journey::aims(self.world(), self.history.trace())
    }

    /// The run.
    pub fn history(&self) -> &History {
        &self.history
    }
}

/// ` -n shop`; nothing for the namespace that kubectl means anyway.
pub(in crate::session) fn in_namespace(namespace: Option<&str>) -> String {
    let other = namespace.filter(|namespace| *namespace != "default");
    other.map_or_else(String::new, |namespace| [" -n ", namespace].concat())
}

fn delete_line(pod: &str, mode: DeleteMode) -> String {
    match mode {
        DeleteMode::Default => format!("delete pod {pod} --wait=false"),
        DeleteMode::Grace(secs) => format!("delete pod {pod} --grace-period={secs} --wait=false"),
        DeleteMode::Now => format!("delete pod {pod} --now --wait=false"),
        DeleteMode::Force => format!("delete pod {pod} --grace-period=0 --force"),
    }
}

impl Changed {
    /// What either changed.
    pub fn and(self, other: Changed) -> Changed {
        Changed {
            text: self.text || other.text,
            run: self.run || other.run,
            cursor: self.cursor || other.cursor,
            lens: self.lens || other.lens,
        }
    }
}
