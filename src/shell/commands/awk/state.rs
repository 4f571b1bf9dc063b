//! What a program keeps while it waits for input: variables, fields, files, and the input itself.

use crate::base::Map;
use crate::shell::commands::awk::syntax::Program;
use crate::shell::commands::awk::value::Value;
use crate::shell::commands::decimal::ONE;
use crate::shell::commands::regex::Regex;
use crate::shell::commands::whole::Text;
use crate::shell::types::Pid;
use std::rc::Rc;

/// What a program is at.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Phase {
    /// The rules before the input.
    #[default]
    Begin,
    /// The next record.
    Input,
    /// The rules over a record.
    Record,
    /// The rules after the input.
    End,
    /// Nothing: it has ended.
    Over,
}

/// Where a program is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Place {
    /// At what.
    pub phase: Phase,
    /// At which rule.
    pub rule: usize,
    /// At which statement of it, from 1; at 0 is its pattern.
    pub step: usize,
    /// The exit code so far.
    pub code: i32,
}

impl Place {
    /// Goes to the beginning of a phase.
    pub fn go(&mut self, phase: Phase) {
        (self.phase, self.rule, self.step) = (phase, 0, 0);
    }
}

/// The state between two pieces of input.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// Variables by name.
    pub vars: Map<String, Value>,
    /// Arrays by name.
    pub arrays: Map<String, Rc<Map<String, Value>>>,
    /// `$0` and the fields after it.
    pub fields: Vec<String>,
    /// For each rule with a range, whether it is inside.
    pub inside: Vec<bool>,
    /// Files being written, with their descriptors.
    pub written: Map<String, u32>,
    /// Commands being written to, with their descriptors and processes.
    pub piped: Map<String, (u32, Pid)>,
    /// What `exit` or `return` gave.
    pub given: Value,
    /// The state of `rand`.
    pub random: u64,
    /// Input that was not looked at yet, by file; more of the last may come.
    pub texts: Vec<Text>,
    /// Whether all input is there.
    pub ended: bool,
    /// Where the program is.
    pub place: Place,
    read: usize,
}

impl State {
    /// Before a program begins.
    pub fn new(program: &Program, environment: Map<String, Value>) -> Self {
        let mut state = State {
            arrays: [("ENVIRON".to_string(), Rc::new(environment))].into(),
            fields: vec![String::new()],
            inside: vec![false; program.rules.len()],
            random: 1,
            ..State::default()
        };
        for (name, value) in
            [("FS", " "), ("OFS", " "), ("ORS", "\n"), ("RS", "\n"), ("SUBSEP", "\u{1c}")]
        {
            state.set(name, value.to_string());
        }
        for counter in ["NR", "FNR"] {
            state.vars.insert(counter.to_string(), Value::Number(0));
        }
        state
    }

    /// Sets a variable.
    pub fn set(&mut self, name: &str, value: String) {
        self.vars.insert(name.to_string(), Value::Text(value));
    }

    /// Sets a variable to what may be a number.
    pub fn set_input(&mut self, name: &str, value: String) {
        self.vars.insert(name.to_string(), Value::Input(value));
    }

    /// A variable as a text.
    pub fn named(&self, name: &str) -> String {
        self.vars.get(name).map(Value::text).unwrap_or_default()
    }

    /// An array, to change.
    pub fn array_mut(&mut self, name: String) -> &mut Map<String, Value> {
        Rc::make_mut(self.arrays.entry(name).or_default())
    }

    /// Takes away the input where nothing but the program's own progress changes it, so that a copy
    /// of the state needs none.
    pub fn held_back(&mut self, fixed: bool) -> Option<Vec<Text>> {
        fixed.then(|| std::mem::take(&mut self.texts))
    }

    /// Puts back what [`State::held_back`] took.
    pub fn put_back(&mut self, texts: Option<Vec<Text>>) {
        if let Some(texts) = texts {
            self.texts = texts;
        }
    }

    /// About the bytes of a copy.
    pub fn weight(&self) -> u64 {
        let vars = self.vars.values().map(|value| match value {
            Value::Text(text) | Value::Input(text) => text.len(),
            _ => 16,
        });
        let fields = self.fields.iter().map(String::len);
        (vars.chain(fields).sum::<usize>() + self.held() + 32 * self.arrays.len()) as u64
    }

    /// Bytes of input that are held.
    pub fn held(&self) -> usize {
        self.texts.iter().map(|(_, text)| text.len()).sum()
    }

    /// The next whole record of the input; `None` if there is none yet, or no more.
    pub fn take_record(&mut self) -> Option<String> {
        loop {
            let open = self.texts.len() == 1 && !self.ended;
            let (name, text) = self.texts.first_mut()?;
            let mark = self.vars.get("RS").map(Value::text).unwrap_or_default();
            let Some((len, gap)) = cut(&text[self.read..], mark.as_bytes(), open) else {
                text.drain(..std::mem::take(&mut self.read));
                if open {
                    return None;
                }
                self.texts.remove(0);
                self.vars.remove("FNR");
                continue;
            };
            let record = String::from_utf8_lossy(&text[self.read..self.read + len]).into_owned();
            let name = if name == "-" { String::new() } else { name.clone() };
            self.read += len + gap;
            if len > 0 || !mark.is_empty() {
                self.count(name);
                return Some(record);
            }
        }
    }

    /// Counts a record of the file of this name.
    fn count(&mut self, name: String) {
        for counter in ["NR", "FNR"] {
            let value = self.vars.entry(counter.to_string()).or_default();
            *value = Value::Number(value.number() + ONE);
        }
        self.set("FILENAME", name);
    }

    /// Makes a line the record.
    pub fn set_record(&mut self, line: String) {
        let mut fields = self.split(&line, None);
        fields.insert(0, line);
        self.fields = fields;
    }

    /// Makes the record of its fields.
    pub fn rebuild(&mut self) {
        self.fields[0] = self.fields[1..].join(&self.named("OFS"));
    }

    /// A text cut at a separator, or at `FS`.
    pub fn split(&self, text: &str, separator: Option<&Regex>) -> Vec<String> {
        let fs = self.named("FS");
        if separator.is_none() && fs == " " {
            return text.split_whitespace().map(str::to_string).collect();
        }
        if text.is_empty() {
            return Vec::new();
        }
        if separator.is_none() && text.contains('\n') && self.named("RS").is_empty() {
            // Where records are paragraphs, a newline separates fields too.
            return text.lines().flat_map(|line| self.split(line, None)).collect();
        }
        if separator.is_none() && fs.is_empty() {
            return text.chars().map(String::from).collect();
        }
        let regex = match (separator, fs.chars().count()) {
            (Some(regex), _) => regex.clone(),
            (None, 1) => Regex::literal(&fs, false),
            _ => match Regex::new(&fs, true, false) {
                Some(regex) => regex,
                None => return vec![text.to_string()],
            },
        };
        let mut parts = Vec::new();
        let (mut at, mut from) = (0, 0);
        while let Some((start, end)) = regex.find(text, from) {
            if end == start {
                from = end + text[end..].chars().next().map_or(1, char::len_utf8);
                if from > text.len() {
                    break;
                }
                continue;
            }
            parts.push(text[at..start].to_string());
            (at, from) = (end, end);
        }
        parts.push(text[at..].to_string());
        parts
    }
}

/// The length of the first record and of what ends it; `None` if nothing is left, or if the
/// record may still grow.
pub fn cut(rest: &[u8], mark: &[u8], open: bool) -> Option<(usize, usize)> {
    if rest.is_empty() {
        return None;
    }
    let Some(byte) = mark.first() else {
        let (len, gap) = paragraph(rest);
        return (!open || len + gap < rest.len()).then_some((len, gap));
    };
    match rest.iter().position(|b| b == byte) {
        Some(end) => Some((end, 1)),
        None => (!open).then_some((rest.len(), 0)),
    }
}

/// The length of a paragraph and of the empty lines after it.
fn paragraph(text: &[u8]) -> (usize, usize) {
    let len = text.windows(2).position(|pair| pair == b"\n\n").unwrap_or(text.len());
    let gap = text[len..].iter().take_while(|b| **b == b'\n').count();
    let last = usize::from(gap == 0 && text.ends_with(b"\n"));
    (len - last, gap + last)
}
