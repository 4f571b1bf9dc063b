//! The table of server programs.

use crate::shell::behaviour::Behaviour;

const TABLE: &str = include_str!("programs.txt");

/// A line of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Program {
    /// The directory that it serves; empty if it serves none.
    pub root: &'static str,
    words: &'static str,
    /// Lines when it begins.
    pub begin: &'static str,
    /// Lines when its ports are open.
    pub up: &'static str,
    /// Lines at its end; the first of them when the signal comes.
    pub end: &'static str,
    answers: &'static str,
}

impl Program {
    /// The program of this name.
    pub fn find(name: &str) -> Option<Program> {
        TABLE.lines().find_map(|line| match line.split('|').collect::<Vec<_>>()[..] {
            [names, root, words, begin, up, end, answers]
                if names.split(' ').any(|n| n == name) =>
            {
                Some(Program { root, words, begin, up, end, answers })
            }
            _ => None,
        })
    }

    /// What it does by itself.
    pub fn behaviour(&self) -> Behaviour {
        let mut behaviour = Behaviour::default();
        for word in self.words.split(' ') {
            let (name, value) = word.split_once('=').unwrap_or((word, ""));
            // A test reads the whole table.
            let _ = behaviour.set(name, &value.replace('~', " "));
        }
        behaviour
    }

    /// What it answers on a path: a status and a text that is still to be filled in.
    pub fn answer(&self, path: &str) -> Option<(u16, &'static str)> {
        self.answers.split(';').find_map(|answer| {
            let (at, said) = answer.split_once('=')?;
            let (status, text) = said.split_once(' ').unwrap_or((said, ""));
            (at == path || at == "*").then(|| (status.parse().unwrap_or(200), text))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_can_be_read() {
        for line in TABLE.lines() {
            let row: Vec<&str> = line.split('|').collect();
            assert_eq!(row.len(), 7, "{line}");
            for word in row[2].split(' ').filter(|w| !w.is_empty()) {
                let (name, value) = word.split_once('=').expect(line);
                Behaviour::default().set(name, &value.replace('~', " ")).expect(line);
            }
            for answer in row[6].split(';').filter(|a| !a.is_empty()) {
                let (path, said) = answer.split_once('=').expect(line);
                assert!(path == "*" || path.starts_with('/'), "{line}");
                assert!(said.split(' ').next().is_some_and(|s| s.parse::<u16>().is_ok()), "{line}");
            }
        }
    }
}
