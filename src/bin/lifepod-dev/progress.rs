//! Says what is being done and how long it took.

use std::time::{Duration, Instant};

/// Counts the steps of a command.
#[derive(Debug)]
pub struct Progress {
    start: Instant,
    total: usize,
    done: usize,
}

impl Progress {
    /// A command of `total` steps.
    pub fn new(total: usize) -> Progress {
        Progress { start: Instant::now(), total, done: 0 }
    }

    /// Announces the next step.
    pub fn step(&mut self, what: &str) {
        self.done += 1;
        eprintln!("\n[{}/{}] {what} ({} so far)", self.done, self.total, self.elapsed());
    }

    /// Time since the command began, as people write it.
    pub fn elapsed(&self) -> String {
        human(self.start.elapsed())
    }
}

/// `7 s`, `2 min 05 s`.
fn human(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_well() {
        assert_eq!(human(Duration::from_millis(7900)), "7 s");
        assert_eq!(human(Duration::from_secs(125)), "2 min 05 s");
    }
}
