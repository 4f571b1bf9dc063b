//! Time running: to aims and breakpoints, round a loop, from mark to mark.

use super::command::{Changed, Edge};
use super::core::Session;
use super::journey::{Span, Why};
use super::playback::Step;
use super::run_until::LENS;
use crate::base::SimTime;

/// How far "to the next mark" looks for one.
const NEXT_MARK_WITHIN: SimTime = SimTime::secs(900);

/// Events that a frame simulates, some ten milliseconds of work. Where more happens at once, as
/// when a hundred Pods start, time runs slower for a moment instead of the picture standing still.
const EVENTS_OF_FRAME: u64 = 600;

impl Session {
    /// A frame's step of time.
    pub(super) fn play_on(&mut self, step: Step) -> Changed {
        let by = match step {
            Step::None => return Changed::default(),
            Step::By(by) => by,
            Step::Mark => return self.play_to_mark(),
        };
        let tip = self.history.tip();
        let to = self.frame_end(self.cursor + by);
        let mut changed = match self.loop_start(to) {
            Some(start) => self.go_to(start),
            None => self.play_to(to),
        };
        changed.run |= self.history.tip() > tip;
        changed
    }

    /// How far a frame comes that is to come to `to`. Where time is to stop at something, it is
    /// looked for moment by moment, and nothing later is simulated.
    fn frame_end(&mut self, to: SimTime) -> SimTime {
        match self.journey.stops.iter().any(|stop| stop.lookout.is_some()) {
            true => to,
            false => self.history.extend_some(self.not_beyond_target(to), EVENTS_OF_FRAME),
        }
    }

    /// Goes on to `to`, or to where time is to stop before it.
    fn play_to(&mut self, to: SimTime) -> Changed {
        let to = self.not_beyond_target(to);
        let Some((at, aim, about)) = self.next_stop(to) else {
            let changed = self.go_to(to);
            return changed.and(self.arrive());
        };
        let changed = self.go_to(at);
        if !self.arrive().any() {
            self.halt(Why::Reached(aim), about);
        }
        changed.and(LENS)
    }

    fn not_beyond_target(&self, to: SimTime) -> SimTime {
        let target = self.journey.target.as_ref().map(|target| target.at);
        target.filter(|at| *at > self.cursor).map_or(to, |at| at.min(to))
    }

    /// From mark to mark: time goes on running.
    fn play_to_mark(&mut self) -> Changed {
        let seen = self.sight_mark(self.journey.hidden, self.cursor + NEXT_MARK_WITHIN);
        let Some(seen) = seen else { return self.next_mark() };
        if let Some(start) = self.loop_start(seen.at) {
            return self.go_to(start);
        }
        self.set_out();
        let changed = self.play_to(seen.at);
        if self.playback.playing {
            self.halt(Why::Mark, seen.about);
            self.playback.playing = true;
        }
        changed.and(LENS)
    }

    /// Where to begin again if time is about to leave the stretch that is played in a loop.
    fn loop_start(&self, to: SimTime) -> Option<SimTime> {
        let (start, end) = self.journey.span.whole()?;
        (to > end || self.cursor < start).then_some(start)
    }

    /// To the next mark, and tells what lies between.
    pub(super) fn next_mark(&mut self) -> Changed {
        self.journey.target = None;
        let seen = self.sight_mark(self.journey.hidden, self.cursor + NEXT_MARK_WITHIN);
        self.set_out();
        let (changed, why) = match &seen {
            Some(seen) => (self.go_to(seen.at), Why::Mark),
            None => (Changed::default(), Why::NoMark(NEXT_MARK_WITHIN)),
        };
        self.halt(why, seen.map(|seen| seen.about).unwrap_or_default());
        changed.and(LENS)
    }

    /// Sets an end of the stretch that is played in a loop.
    pub(super) fn set_edge(&mut self, edge: Edge) -> Changed {
        let here = Some(self.cursor);
        let span = &mut self.journey.span;
        match edge {
            Edge::Start => {
                let end = span.end.filter(|end| Some(*end) > here);
                *span = Span { start: here, end };
            }
            Edge::End => {
                let start = span.start.filter(|start| Some(*start) < here);
                *span = Span { start: start.or(Some(SimTime::ZERO)), end: here };
            }
        }
        LENS
    }

    /// Gives up what is under way: the message and the way to an aim, or else the loop.
    pub(super) fn give_up(&mut self) -> Changed {
        let journey = &mut self.journey;
        if journey.halt.take().is_none() & journey.target.take().is_none() {
            journey.span = Span::default();
        }
        LENS
    }
}
