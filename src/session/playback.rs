//! Playback: how real time becomes virtual time.

use crate::base::SimTime;

/// The speed that is none: from mark to mark, one in [`MARK_EVERY_MS`].
pub const MARK_BY_MARK: u32 = 0;
/// Slowest and fastest speed, in quarters.
pub const SPEED_RANGE: std::ops::RangeInclusive<u32> = 1..=2400;
/// A frame never counts for more real time than this: a page that slept does not leap.
const FRAME_MAX_MS: u64 = 250;
/// Real milliseconds from mark to mark: enough to read one.
const MARK_EVERY_MS: u64 = 1200;

/// Whether time runs, and how fast.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Playback {
    /// Whether time runs.
    pub playing: bool,
    /// Virtual seconds per real second, in quarters: 4 = 1×; 0: [`MARK_BY_MARK`].
    pub speed: u32,
    /// What is left over, in quarters of a millisecond.
    rest: u64,
}

/// What a frame does to virtual time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Nothing.
    None,
    /// So much of it passes.
    By(SimTime),
    /// It goes on to the next mark.
    Mark,
}

impl Default for Playback {
    fn default() -> Self {
        Playback { playing: false, speed: 4, rest: 0 }
    }
}

impl Playback {
    /// Sets the speed, within its range.
    pub fn set_speed(&mut self, quarters: u32) {
        self.rest = 0;
        self.speed = quarters.clamp(MARK_BY_MARK, *SPEED_RANGE.end());
    }

    /// What `wall_ms` of real time do.
    pub fn advance(&mut self, wall_ms: u64) -> Step {
        if !self.playing {
            return Step::None;
        }
        let wall_ms = wall_ms.min(FRAME_MAX_MS);
        if self.speed == MARK_BY_MARK {
            let waited = self.rest + wall_ms;
            self.rest = waited % MARK_EVERY_MS;
            return if waited < MARK_EVERY_MS { Step::None } else { Step::Mark };
        }
        let quarters = wall_ms * u64::from(self.speed) + self.rest;
        self.rest = quarters % 4;
        match quarters / 4 {
            0 => Step::None,
            ms => Step::By(SimTime::ms(ms)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(step: Step) -> u64 {
        match step {
            Step::By(by) => by.as_ms(),
            Step::None | Step::Mark => 0,
        }
    }

    #[test]
    fn quarters_add_up() {
        let mut playback = Playback { playing: true, ..Playback::default() };
        playback.set_speed(1);
        let total: u64 = (0..40).map(|_| passed(playback.advance(1))).sum();
        assert_eq!(total, 10);
        playback.set_speed(40);
        assert_eq!(playback.advance(16), Step::By(SimTime::ms(160)));
    }

    #[test]
    fn a_page_that_slept_does_not_leap() {
        let mut playback = Playback { playing: true, ..Playback::default() };
        assert_eq!(playback.advance(60_000), Step::By(SimTime::ms(250)));
        playback.playing = false;
        assert_eq!(playback.advance(16), Step::None);
    }

    #[test]
    fn from_mark_to_mark_each_can_be_read() {
        let mut playback = Playback { playing: true, ..Playback::default() };
        playback.set_speed(MARK_BY_MARK);
        let steps: Vec<Step> = (0..300).map(|_| playback.advance(16)).collect();
        assert_eq!(steps.iter().filter(|step| **step == Step::Mark).count(), 4);
        assert!(steps[..74].iter().all(|step| *step == Step::None));
    }
}
