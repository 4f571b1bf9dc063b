//! The run as a file.

use super::core::Session;
use super::{jsonl, table};

/// In which form a run is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Export {
    /// A table for people: rules, log lines, kubectl's answers.
    Text,
    /// The trace, one JSON object a line, as `lifepod run -o jsonl` prints it.
    JsonLines,
}

impl Export {
    /// A name for the file.
    pub const fn file_name(self) -> &'static str {
        match self {
            Export::Text => "lifepod-run.txt",
            Export::JsonLines => "lifepod-run.jsonl",
        }
    }

    /// The type of the file.
    pub const fn media_type(self) -> &'static str {
        match self {
            Export::Text => "text/plain;charset=utf-8",
            Export::JsonLines => "application/x-ndjson;charset=utf-8",
        }
    }
}

impl Session {
    /// The whole run so far.
    pub fn export(&self, form: Export) -> Vec<u8> {
        let (trace, mut out) = (self.history.trace(), Vec::new());
        // Writing to memory does not fail.
        let _ = match form {
            Export::Text => table::print_records(trace, &mut out),
            Export::JsonLines => jsonl::print_jsonl(trace, &mut out),
        };
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SimTime;
    use crate::base::json::parse;
    use crate::session::Command;

    #[test]
    fn a_run_is_written_in_both_forms() {
        let mut session = Session::new();
        session.apply(Command::Seek(SimTime::secs(20)));
        session.apply(Command::Seek(SimTime::secs(5)));
        let text = String::from_utf8(session.export(Export::Text)).expect("a text");
        assert!(text.contains("$ kubectl apply") && text.contains("container.started"), "{text}");
        let lines = String::from_utf8(session.export(Export::JsonLines)).expect("a text");
        let times: Vec<f64> = lines
            .lines()
            .map(|line| parse(line).expect("JSON")["t"].to_string().parse().expect("a number"))
            .collect();
        assert!(times.len() > 20 && times.is_sorted());
        assert!(times.last().is_some_and(|t| *t > 5.0), "the whole run, not up to the cursor");
    }
}
