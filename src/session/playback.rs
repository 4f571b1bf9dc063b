//! Playback: how real time becomes virtual time.

use crate::base::SimTime;

/// Slowest and fastest speed, in quarters.
pub const SPEED_RANGE: std::ops::RangeInclusive<u32> = 1..=2400;
/// A frame never counts for more real time than this: a page that slept does not leap.
const FRAME_MAX_MS: u64 = 250;

/// Whether time runs, and how fast.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Playback {
    /// Whether time runs.
    pub playing: bool,
    /// Virtual seconds per real second, in quarters: 4 = 1×.
    pub speed: u32,
    /// What is left over, in quarters of a millisecond.
    rest: u64,
}

impl Default for Playback {
    fn default() -> Self {
        Playback { playing: false, speed: 4, rest: 0 }
    }
}

impl Playback {
    /// Sets the speed, within its range.
    pub fn set_speed(&mut self, quarters: u32) {
        self.speed = quarters.clamp(*SPEED_RANGE.start(), *SPEED_RANGE.end());
    }

    /// How much virtual time passes in `wall_ms` of real time.
    pub fn advance(&mut self, wall_ms: u64) -> SimTime {
        if !self.playing {
            return SimTime::ZERO;
        }
        let quarters = wall_ms.min(FRAME_MAX_MS) * u64::from(self.speed) + self.rest;
        self.rest = quarters % 4;
        SimTime::ms(quarters / 4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_add_up() {
        let mut playback = Playback { playing: true, ..Playback::default() };
        playback.set_speed(1);
        let total: u64 = (0..40).map(|_| playback.advance(1).as_ms()).sum();
        assert_eq!(total, 10);
        playback.set_speed(40);
        assert_eq!(playback.advance(16).as_ms(), 160);
    }

    #[test]
    fn a_page_that_slept_does_not_leap() {
        let mut playback = Playback { playing: true, ..Playback::default() };
        assert_eq!(playback.advance(60_000).as_ms(), 250);
        playback.playing = false;
        assert_eq!(playback.advance(16).as_ms(), 0);
    }
}
