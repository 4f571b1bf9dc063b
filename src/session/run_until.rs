//! Running until something comes: aims, which are gone to once, and breakpoints, which stop time
//! whenever they come.

use super::aim::{Aim, Lookout};
use super::command::Changed;
use super::core::Session;
use super::journey::{HORIZON, Halt, STOPS_MAX, Stop, Target, Why};
use super::skipped::{held, skipped};
use crate::base::SimTime;

/// A change of what is set up around the run.
pub(super) const LENS: Changed = Changed { text: false, run: false, cursor: false, lens: true };

impl Session {
    /// Lets time run until `aim` comes, or goes there at once. If it does not come, time stays.
    pub(super) fn run_until(&mut self, aim: Aim, at_once: bool) -> Changed {
        self.journey.target = None;
        let seen = self.sight(&aim, self.cursor + HORIZON);
        let why = match (&seen, &aim) {
            (None, _) => Some(Why::Never(aim.clone(), HORIZON)),
            (Some(seen), Aim::At(at)) if seen.at <= self.cursor => Some(Why::Past(*at)),
            _ => None,
        };
        if let Some(why) = why {
            self.set_out();
            self.halt(why, String::new());
            return LENS;
        }
        let Some(seen) = seen else { return LENS };
        self.journey.target = Some(Target { aim, at: seen.at, about: seen.about });
        if at_once {
            self.set_out();
            return self.go_to(seen.at).and(self.arrive());
        }
        self.play(true)
    }

    /// If the aim of the way is here: stops and tells.
    pub(super) fn arrive(&mut self) -> Changed {
        let here = self.cursor;
        match self.journey.target.take_if(|target| target.at <= here) {
            Some(target) if target.at == here => {
                self.halt(Why::Reached(target.aim), target.about);
                LENS
            }
            // It was passed by, by other ways.
            _ => Changed::default(),
        }
    }

    /// After an act the way goes on to the same aim, if it still comes.
    pub(super) fn aim_anew(&mut self) {
        let Some(mut target) = self.journey.target.take() else { return };
        if let Some(seen) = self.sight(&target.aim, self.cursor + HORIZON) {
            (target.at, target.about) = (seen.at, seen.about);
            self.journey.target = Some(target);
        }
    }

    /// Time begins to run, or is about to leap: what happens from here on is told when it stops.
    pub(super) fn set_out(&mut self) {
        self.journey.began = (self.cursor, held(self.world()));
    }

    /// Stops time, and tells why and what happened since it began to run.
    pub(super) fn halt(&mut self, why: Why, about: String) {
        self.playback.playing = false;
        let nth = self.journey.halts;
        self.journey.halts += 1;
        let (from, held) = std::mem::take(&mut self.journey.began);
        let from = from.min(self.cursor);
        let skipped = skipped(&self.history.trace().rows, held, from, self.cursor);
        self.journey.halt = Some(Halt { nth, why, at: self.cursor, about, skipped });
    }

    /// Sets a breakpoint, or takes it away.
    pub(super) fn toggle_stop(&mut self, aim: Aim) -> Changed {
        let stops = &mut self.journey.stops;
        let before = stops.len();
        stops.retain(|stop| stop.aim != aim);
        let lookout = Lookout::of(&aim);
        let known = lookout.is_some() || matches!(aim, Aim::At(_));
        if stops.len() == before && known && before < STOPS_MAX {
            stops.push(Stop { aim, lookout, seen: 0 });
        }
        LENS
    }

    /// The first moment after the cursor, and not after `to`, at which a breakpoint stops time.
    /// The run is simulated no farther than that.
    pub(super) fn next_stop(&mut self, to: SimTime) -> Option<(SimTime, Aim, String)> {
        let here = self.cursor;
        let stops = self.journey.stops.iter();
        let due = stops.filter_map(|stop| match stop.aim {
            Aim::At(at) if at > here && at <= to => Some(at),
            _ => None,
        });
        let due = due.min();
        let to = due.unwrap_or(to);
        if self.journey.stops.iter().any(|stop| stop.lookout.is_some()) {
            self.catch_up();
            loop {
                let found = self.look_on(to);
                if found.is_some() {
                    return found;
                }
                let Some(moment) = self.history.next_moment(to) else { break };
                self.history.extend(moment);
            }
        }
        due.map(|at| (at, Aim::At(at), String::new()))
    }

    /// Brings those that wait up to the cursor. Time went back: they begin anew.
    fn catch_up(&mut self) {
        let rows = &self.history.trace().rows;
        let upto = rows.partition_point(|row| row.at <= self.cursor);
        for stop in &mut self.journey.stops {
            if stop.seen > upto {
                (stop.lookout, stop.seen) = (Lookout::of(&stop.aim), 0);
            }
            if let Some(lookout) = &mut stop.lookout {
                for row in &rows[stop.seen..upto] {
                    lookout.takes(row);
                }
            }
            stop.seen = upto;
        }
    }

    /// Hands on the rows that were not looked at, up to the first that stops time.
    fn look_on(&mut self, to: SimTime) -> Option<(SimTime, Aim, String)> {
        let rows = &self.history.trace().rows;
        let first = self.journey.stops.iter().map(|stop| stop.seen).min()?;
        for (nth, row) in rows.iter().enumerate().skip(first).take_while(|(_, row)| row.at <= to) {
            let mut hit = None;
            for stop in &mut self.journey.stops {
                let Some(lookout) = stop.lookout.as_mut().filter(|_| stop.seen == nth) else {
                    continue;
                };
                stop.seen = nth + 1;
                if lookout.takes(row) && hit.is_none() {
                    hit = Some((row.at, stop.aim.clone(), super::aim::about(row)));
                }
            }
            if hit.is_some() {
                return hit;
            }
        }
        None
    }

    /// Another run is shown: time stands, nothing is on its way.
    pub(super) fn new_ways(&mut self) {
        self.playback.playing = false;
        self.journey.target = None;
        self.forget_seen();
    }

    /// The run is another one: those that wait begin anew.
    pub(super) fn forget_seen(&mut self) {
        for stop in &mut self.journey.stops {
            (stop.lookout, stop.seen) = (Lookout::of(&stop.aim), 0);
        }
    }
}
