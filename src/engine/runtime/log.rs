//! What a container has written to its standard output and error, as the runtime logs it.
//!
//! A program can write far more than anyone can look at, so the log is bounded twice: it keeps its
//! newest lines, as `kubectl logs` shows them, and the timeline shows lines up to a rate.
//!
//! DIFFERENCE: a node keeps what was written until the file is rotated, however much it is.

use crate::base::SimTime;
use crate::engine::limits;
use std::collections::VecDeque;

/// A line of output, or a part of one that was too long for one record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogLine {
    /// When.
    pub at: SimTime,
    /// Whether it is standard error.
    pub stderr: bool,
    /// The text, without its line end.
    pub line: String,
    /// Whether the line ends here.
    pub ends: bool,
}

/// The log of one instance of a container.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Log {
    lines: VecDeque<LogLine>,
    /// Bytes of the lines that are kept.
    kept: usize,
    /// Bytes that were ever written to the log's files.
    written: u64,
    /// What has not yet come to a line end: of standard output, of standard error.
    open: [String; 2],
    rate: Rate,
}

/// How much more the timeline shows now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Rate {
    since: SimTime,
    left: u64,
}

impl Default for Rate {
    fn default() -> Self {
        Rate { since: SimTime::ZERO, left: limits::LOG_ROWS_AT_ONCE }
    }
}

impl Rate {
    /// Whether one more line of this length may be shown. A long one counts as several.
    fn allows(&mut self, now: SimTime, bytes: usize) -> bool {
        let more = now.since(self.since).as_ms() * limits::LOG_ROWS_PER_SECOND / 1000;
        if more > 0 {
            self.left = (self.left + more).min(limits::LOG_ROWS_AT_ONCE);
            self.since = now;
        }
        let cost = 1 + bytes as u64 / limits::LOG_BYTES_PER_ROW;
        let allowed = cost <= self.left;
        self.left -= if allowed { cost } else { 0 };
        allowed
    }
}

/// What of an output the timeline shows.
#[derive(PartialEq, Eq, Debug, Default)]
pub struct Shown {
    /// The lines.
    pub lines: Vec<String>,
    /// Whether there were more.
    pub more: bool,
}

impl Log {
    /// The lines it keeps, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &LogLine> {
        self.lines.iter()
    }

    /// Bytes that its files hold on the node.
    /// Source: kubelet container_log_manager.go; containerLogMaxSize 10Mi, containerLogMaxFiles 5.
    pub fn bytes(&self) -> u64 {
        self.written.min(50 << 20)
    }

    /// Takes what was written.
    pub fn write(&mut self, stderr: bool, text: &str, now: SimTime) -> Shown {
        let mut whole = std::mem::take(&mut self.open[usize::from(stderr)]);
        whole.push_str(text);
        let last = whole.rfind('\n').map_or(0, |at| at + 1);
        let open = pieces(&whole[last..]).last().map_or(0, |(piece, _)| piece.len());
        let (done, open) = whole.split_at(whole.len() - open);
        self.open[usize::from(stderr)] = open.to_string();
        self.take(stderr, done, now)
    }

    /// Ends what has not come to a line end.
    pub fn finish(&mut self, stderr: bool, now: SimTime) -> Shown {
        let rest = std::mem::take(&mut self.open[usize::from(stderr)]);
        self.take(stderr, &rest, now)
    }

    /// Forgets what has not come to a line end: the node has lost its power.
    pub fn lose(&mut self) {
        self.open = Default::default();
    }

    fn take(&mut self, stderr: bool, text: &str, now: SimTime) -> Shown {
        let mut shown = Shown::default();
        let mut rest = text;
        while let Some((piece, ends)) = pieces(rest).next() {
            if !self.rate.allows(now, piece.len()) {
                break;
            }
            self.keep(LogLine { at: now, stderr, line: piece.to_string(), ends });
            shown.lines.push(piece.to_string());
            rest = &rest[piece.len() + usize::from(ends)..];
        }
        shown.more = !rest.is_empty();
        self.skip(stderr, rest, now);
        shown
    }

    /// Takes lines that the timeline does not show; of these only the newest are kept.
    fn skip(&mut self, stderr: bool, text: &str, now: SimTime) {
        let mut from = text.len().saturating_sub(limits::LOG_BYTES_PER_INSTANCE);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let lines = text[..from].bytes().filter(|byte| *byte == b'\n').count();
        self.written += from as u64 + lines as u64 * PREFIX;
        for (piece, ends) in pieces(&text[from..]) {
            self.keep(LogLine { at: now, stderr, line: piece.to_string(), ends });
        }
    }

    fn keep(&mut self, line: LogLine) {
        self.written += line.line.len() as u64 + 1 + PREFIX;
        self.kept += line.line.len();
        self.lines.push_back(line);
        while self.lines.len() > limits::LOG_LINES_PER_INSTANCE
            || self.kept > limits::LOG_BYTES_PER_INSTANCE
        {
            let oldest = self.lines.pop_front();
            self.kept -= oldest.map_or(0, |line| line.line.len());
        }
    }

    /// The last 80 lines, of these the last bytes. What has no line end yet counts.
    /// Source: kuberuntime_container.go readLastStringFromContainerLogs
    pub fn tail(&self) -> String {
        let lines =
            self.lines.iter().map(|l| [l.line.as_str(), if l.ends { "\n" } else { "" }].concat());
        let open = self.open.iter().filter(|text| !text.is_empty()).cloned();
        let all: Vec<String> = lines.chain(open).collect();
        all[all.len().saturating_sub(80)..].concat()
    }
}

/// What stands before each record: a moment, the stream and a mark.
/// Source: containerd internal/cri/io/logger.go
const PREFIX: u64 = 40;

/// The records a text makes, each with whether its line ends there.
/// Source: containerd internal/cri/io/logger.go redirectLogs, max_container_log_line_size 16384
fn pieces(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut most = rest.len().min(limits::LOG_LINE_BYTES);
        while !rest.is_char_boundary(most) {
            most -= 1;
        }
        let end = rest.as_bytes()[..rest.len().min(most + 1)].iter().position(|b| *b == b'\n');
        let piece = &rest[..end.unwrap_or(most)];
        rest = &rest[piece.len() + usize::from(end.is_some())..];
        Some((piece, end.is_some()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> SimTime {
        SimTime::secs(5)
    }

    #[test]
    fn a_line_may_come_in_parts_and_is_shown_when_it_ends() {
        let mut log = Log::default();
        assert!(log.write(false, "a", now()).lines.is_empty());
        assert_eq!(log.write(false, "b\nc\n\nd", now()).lines, ["ab", "c", ""]);
        assert_eq!(log.tail(), "ab\nc\n\nd");
        assert_eq!(log.finish(false, now()).lines, ["d"]);
        assert!(log.finish(false, now()).lines.is_empty());
    }

    #[test]
    fn a_long_line_becomes_several_records() {
        let mut log = Log::default();
        let long = "é".repeat(limits::LOG_LINE_BYTES + 1);
        let shown = log.write(false, &[&long, "\n"].concat(), now());
        assert_eq!(shown.lines.concat(), long);
        let ends: Vec<bool> = log.iter().map(|line| line.ends).collect();
        assert_eq!(ends, [false, false, true]);
        let mut endless = Log::default();
        endless.write(true, &"\0".repeat(10 << 20), now());
        assert!(endless.open[1].len() <= limits::LOG_LINE_BYTES);
        assert!(endless.kept <= limits::LOG_BYTES_PER_INSTANCE);
    }

    #[test]
    fn a_flood_is_shown_up_to_a_rate_and_its_end_is_kept() {
        let mut log = Log::default();
        let flood: String = (0..100_000).map(|n| format!("{n}\n")).collect();
        let shown = log.write(false, &flood, now());
        assert_eq!(shown.lines.len() as u64, limits::LOG_ROWS_AT_ONCE);
        assert!(shown.more);
        assert_eq!(log.iter().count(), limits::LOG_LINES_PER_INSTANCE);
        assert_eq!(log.iter().last().map(|line| line.line.as_str()), Some("99999"));
        assert_eq!(log.bytes(), flood.len() as u64 + 100_000 * PREFIX);
        let later = now() + SimTime::secs(1);
        assert_eq!(log.write(false, &flood, later).lines.len() as u64, limits::LOG_ROWS_PER_SECOND);
        let calm = later + SimTime::secs(60);
        assert_eq!(
            log.write(false, "calm\n", calm),
            Shown { lines: vec!["calm".into()], more: false }
        );
    }
}
