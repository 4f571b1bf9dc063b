//! The keyboard map: which key asks for what.

use crate::base::SimTime;
use crate::session::{Bookmarking, Command, DeleteMode, Edge};

/// What a key asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wish {
    /// A command to the session.
    Command(Command),
    /// Delete the (first) Pod with its own grace period.
    Delete,
    /// One speed slower (`false`) or faster (`true`).
    Speed(bool),
    /// To the editor.
    Editor,
    /// To the kubectl command line.
    Console,
    /// Open the inspector, or close it.
    Inspect,
    /// Compare two runs.
    Compare,
    /// The help.
    Help,
    /// The scenarios.
    Scenarios,
    /// What the run can be let go on to.
    Until,
    /// Branches and bookmarks.
    Ways,
}

/// The wish of `key` (as the browser names it), pressed outside of any text field.
pub fn wish(key: &str) -> Option<Wish> {
    Some(match key {
        " " => Wish::Command(Command::TogglePlay),
        "." => Wish::Command(Command::NextMark),
        "," => Wish::Command(Command::PreviousMark),
        "ArrowRight" => Wish::Command(Command::StepBy(1000)),
        "ArrowLeft" => Wish::Command(Command::StepBy(-1000)),
        "Home" => Wish::Command(Command::Seek(SimTime::ZERO)),
        "u" => Wish::Command(Command::Undo),
        "r" => Wish::Command(Command::Redo),
        "g" => Wish::Until,
        "b" => Wish::Ways,
        "m" => Wish::Command(Command::Bookmark(Bookmarking::Set)),
        ">" => Wish::Command(Command::Bookmark(Bookmarking::Next)),
        "<" => Wish::Command(Command::Bookmark(Bookmarking::Previous)),
        "(" => Wish::Command(Command::SetEdge(Edge::Start)),
        ")" => Wish::Command(Command::SetEdge(Edge::End)),
        "Escape" => Wish::Command(Command::GiveUp),
        "[" => Wish::Speed(false),
        "]" => Wish::Speed(true),
        "e" => Wish::Editor,
        "k" => Wish::Console,
        "d" => Wish::Delete,
        "o" => Wish::Scenarios,
        "i" => Wish::Inspect,
        "c" => Wish::Compare,
        "?" => Wish::Help,
        _ => return None,
    })
}

/// The speeds on offer, in quarters (4 = 1×).
pub const SPEEDS: [u32; 8] = [1, 4, 8, 20, 40, 240, 1200, 2400];

/// The speed next to `speed`, slower or faster; the ends stay.
pub fn next_speed(speed: u32, faster: bool) -> u32 {
    let next = if faster {
        SPEEDS.into_iter().find(|s| *s > speed)
    } else {
        SPEEDS.into_iter().rev().find(|s| *s < speed)
    };
    next.unwrap_or(speed)
}

/// `10×`, or `¼×` for what is slower than one.
pub fn speed_text(quarters: u32) -> String {
    match quarters {
        0 => "⇥".to_string(),
        1 => "¼×".to_string(),
        2 => "½×".to_string(),
        q if q.is_multiple_of(4) => format!("{}×", q / 4),
        q => format!("{}.{}×", q / 4, q % 4 * 25),
    }
}

/// The words that `kubectl` would get to delete `pod` so.
pub fn delete_args(pod: &str, home: Option<&String>, mode: DeleteMode) -> String {
    let args = match mode {
        DeleteMode::Default => format!("delete pod {pod}"),
        DeleteMode::Grace(seconds) => format!("delete pod {pod} --grace-period={seconds}"),
        DeleteMode::Now => format!("delete pod {pod} --now"),
        DeleteMode::Force => format!("delete pod {pod} --grace-period=0 --force"),
    };
    home.map_or(args.clone(), |home| [&args, " -n ", home].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_go_step_by_step_and_stop_at_the_ends() {
        assert_eq!(next_speed(4, true), 8);
        assert_eq!(next_speed(40, false), 20);
        assert_eq!(next_speed(2400, true), 2400);
        assert_eq!(next_speed(4, false), 1);
        assert_eq!(next_speed(1, false), 1);
        assert_eq!(next_speed(0, true), 1, "from mark to mark is the slowest of all");
        assert_eq!(speed_text(40), "10×");
        assert_eq!(speed_text(5), "1.25×");
    }

    #[test]
    fn each_key_of_the_map_has_one_wish() {
        assert_eq!(wish(" "), Some(Wish::Command(Command::TogglePlay)));
        assert_eq!(wish("ArrowLeft"), Some(Wish::Command(Command::StepBy(-1000))));
        assert_eq!(wish("q"), None);
    }
}
