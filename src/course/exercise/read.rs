//! Reading `exercise.yaml`.

use super::format::{Editable, Exercise, Goal, Line};
use crate::base::json::Value;
use crate::base::{FieldPath, LineIndex, SimTime};
use crate::course::{Scenario, goal};
use crate::manifest::json::convert;
use crate::manifest::{self, Document, SourceMap};
use crate::yaml;
use std::fmt;

/// Goals, hints and editable parts at most.
const MANY: usize = 50;
/// How long a submission runs if the exercise does not say.
const UNTIL: SimTime = SimTime::secs(120);
/// A submission runs no longer than this.
const UNTIL_MOST: SimTime = SimTime::secs(24 * 3600);

/// What a scenario says too.
const OF_SCENARIO: [&str; 7] =
    ["actions", "until", "seed", "nodes", "images", "traffic", "controller-manager"];
const OWN: [&str; 4] = ["start", "editable", "goals", "hints"];

/// A mistake in an exercise, and what to do about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mistake {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong, and what to write.
    pub message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

/// Reads an exercise.
///
/// # Errors
/// Everything that is wrong with it, in order of the text.
pub fn read(text: &str) -> Result<Exercise, Vec<Mistake>> {
    let lines = LineIndex::new(text);
    let (value, map) = tree(text, &lines).map_err(|mistake| vec![mistake])?;
    let mut reader = Reader { text, lines, value: &value, map, mistakes: Vec::new() };
    let exercise = reader.exercise();
    let mut mistakes = reader.mistakes;
    crate::base::sort_by_key(&mut mistakes, |m| (m.line, m.column));
    if mistakes.is_empty() { Ok(exercise) } else { Err(mistakes) }
}

fn tree(text: &str, lines: &LineIndex) -> Result<(Value, SourceMap), Mistake> {
    let at = |offset: usize, message: String| {
        let place = lines.place(text, offset);
        Mistake { line: place.line, column: place.column, message }
    };
    let chunks = yaml::split(text);
    let [chunk] = chunks.as_slice() else {
        let second = chunks.get(1).map_or(0, |chunk| chunk.span.start);
        return Err(at(second, "an exercise is one YAML document, with start and goals".into()));
    };
    if text.len() > yaml::limits::MAX_TEXT_BYTES {
        let most = yaml::limits::MAX_TEXT_BYTES;
        return Err(at(0, format!("too long: at most {most} bytes")));
    }
    let (tree, problems) = yaml::parse(text, *chunk);
    if let Some(problem) = problems.iter().find(|p| p.kind.is_error()) {
        let words = match &problem.kind {
            yaml::problem::ProblemKind::Syntax(error) => error.go_text.clone(),
            other => format!("{other:?}"),
        };
        return Err(at(problem.span.start, format!("this is no YAML: {words}")));
    }
    let converted = convert(&tree);
    match converted.problems.first() {
        Some((span, _)) => Err(at(span.start, "a key stands here twice, or is none".into())),
        None => Ok((converted.value, converted.source_map)),
    }
}

struct Reader<'t> {
    text: &'t str,
    lines: LineIndex,
    value: &'t Value,
    map: SourceMap,
    mistakes: Vec<Mistake>,
}

impl<'t> Reader<'t> {
    fn exercise(&mut self) -> Exercise {
        self.keys();
        let documents = self.start();
        let (scenario, source) = self.scenario();
        let until = scenario.until.unwrap_or(UNTIL);
        if until > UNTIL_MOST || until == SimTime::ZERO {
            self.wrong("until", "write a time between 1s and 24h");
        }
        let exercise = Exercise {
            scenario,
            source,
            until,
            editable: self.editable(&documents),
            goals: self.goals(),
            hints: self.hints(),
        };
        for (nth, goal) in exercise.goals.iter().enumerate() {
            if exercise.goals[..nth].iter().any(|earlier| earlier.id == goal.id) {
                let id = &goal.id;
                self.wrong(&format!("goals[{nth}].id"), &format!("\"{id}\" stands above already"));
            }
        }
        exercise
    }

    fn wrong(&mut self, path: &str, message: &str) {
        let span = self.map.head(&FieldPath::parse(path));
        let place = self.lines.place(self.text, span.start);
        let message = [path, ": ", message].concat();
        self.mistakes.push(Mistake { line: place.line, column: place.column, message });
    }

    fn keys(&mut self) {
        let Some(object) = self.value.as_object() else {
            return self.wrong("", "write `start:`, `editable:`, `goals:` and `hints:`");
        };
        for key in
            object.keys().filter(|k| ![&OWN[..], &OF_SCENARIO].concat().contains(&k.as_str()))
        {
            let known = [&OWN[..], &OF_SCENARIO].concat().join(", ");
            self.wrong(key, &format!("there is no such key; there are {known}"));
        }
    }

    fn start(&mut self) -> Vec<Document> {
        let Some(start) = self.value["start"].as_str() else {
            self.wrong("start", "write the manifest that the learner begins with below `start: |`");
            return Vec::new();
        };
        let documents = manifest::read(start).documents;
        if documents.is_empty() {
            self.wrong(
                "start",
                "it holds no object; a manifest begins with `apiVersion` and `kind`",
            );
        }
        documents
    }

    /// Each key by itself, so that a mistake is told at its own.
    fn scenario(&mut self) -> (Scenario, String) {
        let mut all = Value::Object(Default::default());
        all["manifest"] = self.value["start"].clone();
        for key in OF_SCENARIO.into_iter().filter(|key| !self.value[*key].is_null()) {
            let mut one = Value::Object(Default::default());
            one[key] = self.value[key].clone();
            let items = one[key].as_array().filter(|_| key == "actions").cloned();
            let wrong = items.into_iter().flatten().enumerate().find_map(|(nth, item)| {
                one[key] = Value::Array(vec![item]);
                Scenario::of(&one).err().map(|error| (format!("{key}[{nth}]"), error))
            });
            one[key] = self.value[key].clone();
            let wrong = wrong.or(Scenario::of(&one).err().map(|error| (key.to_string(), error)));
            match wrong {
                Some((path, error)) => self.wrong(&path, plain(&error)),
                None => all[key] = one[key].take(),
            }
        }
        (Scenario::of(&all).unwrap_or_default(), yaml::print::print(&all))
    }

    /// The items of a list that has to have some.
    fn list(&mut self, key: &str, needed: &str) -> &'t [Value] {
        let value = &self.value[key];
        let items = value.as_array().map_or(&[][..], Vec::as_slice);
        if items.is_empty() {
            self.wrong(key, needed);
        } else if items.len() > MANY {
            self.wrong(key, &format!("at most {MANY}"));
        }
        &items[..items.len().min(MANY)]
    }

    fn editable(&mut self, documents: &[Document]) -> Vec<Editable> {
        let needed = "write a list of what the learner may change: `- spec.restartPolicy`";
        let mut editable = Vec::new();
        for (nth, item) in self.list("editable", needed).iter().enumerate() {
            let read = match item.as_str() {
                Some(text) => Editable::parse(text.trim(), documents),
                None => Err("write a path, such as pod/web spec.restartPolicy".to_string()),
            };
            match read {
                Ok(one) => editable.push(one),
                Err(error) => self.wrong(&format!("editable[{nth}]"), &error),
            }
        }
        editable
    }

    fn goals(&mut self) -> Vec<Goal> {
        let needed = "write a list of goals, each with `id`, `text` and `that`";
        let mut goals = Vec::new();
        for (nth, item) in self.list("goals", needed).iter().enumerate() {
            let path = format!("goals[{nth}]");
            self.no_others(&path, item, &["id", "text", "that"]);
            let id = item["id"].as_str().filter(|id| is_id(id)).unwrap_or_default().to_string();
            if id.is_empty() {
                self.wrong(&(path.clone() + ".id"), "write a short name of a-z, 0-9 and -");
            }
            let text = self.line(&(path.clone() + ".text"), &item["text"]);
            match goal::read(&item["that"]) {
                Ok(that) => goals.push(Goal { id, text, that }),
                Err(error) => self.wrong(&(path + ".that"), plain(&error)),
            }
        }
        goals
    }

    fn hints(&mut self) -> Vec<Line> {
        let mut hints = Vec::new();
        let needed = "write at least one hint: `- {en: …, zh: …}`";
        for (nth, item) in self.list("hints", needed).iter().enumerate() {
            hints.push(self.line(&format!("hints[{nth}]"), item));
        }
        hints
    }

    fn no_others(&mut self, path: &str, item: &Value, keys: &[&str]) {
        for key in item.as_object().into_iter().flat_map(|map| map.keys()) {
            if !keys.contains(&key.as_str()) {
                let there = keys.join(", ");
                self.wrong(&[path, ".", key].concat(), &format!("no such key; there are {there}"));
            }
        }
    }

    /// `{en: …, zh: …}`.
    fn line(&mut self, path: &str, value: &Value) -> Line {
        let mut get = |lang: &str| match value[lang].as_str().map(str::trim) {
            Some(text) if !text.is_empty() => text.to_string(),
            _ => {
                self.wrong(
                    &[path, ".", lang].concat(),
                    "write this line in both languages, en and zh",
                );
                String::new()
            }
        };
        Line { en: get("en"), zh: get("zh") }
    }
}

fn is_id(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// A message without the name of the part that speaks: the path says more.
fn plain(error: &str) -> &str {
    error.trim_start_matches("scenario: ").trim_start_matches("goal: ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = "start: |\n  apiVersion: v1\n  kind: Pod\n  metadata: {name: web}\n\
        editable:\n- spec.restartPolicy\ngoals:\n- id: runs\n  text: {en: It runs, zh: 运行}\n  \
        that: {object: pod/web, path: status.phase, is: Running}\nhints:\n- {en: Look, zh: 看}\n\
        actions:\n- {at: 5s, kubectl: delete pod web}\nuntil: 30s\nseed: 4\n";

    fn check(change: (&str, &str), at: &str, words: &str) {
        let text = SOUND.replacen(change.0, change.1, 1);
        assert_ne!(text, SOUND);
        let mistakes = read(&text).expect_err("it has a mistake");
        let told: Vec<String> = mistakes.iter().map(Mistake::to_string).collect();
        assert!(told.iter().any(|m| m.starts_with(at) && m.contains(words)), "{told:?}");
    }

    #[test]
    fn a_sound_exercise_is_read() {
        let exercise = read(SOUND).expect("it is sound");
        assert_eq!(exercise.until, SimTime::secs(30));
        assert_eq!((exercise.scenario.seed, exercise.scenario.actions.len()), (Some(4), 1));
        assert_eq!(exercise.editable[0].object, ("pod".to_string(), "web".to_string()));
        assert_eq!(exercise.goals[0].text.zh, "运行");
        assert_eq!(exercise.hints.len(), 1);
    }

    #[test]
    fn mistakes_have_a_place_and_say_what_to_do() {
        check(("start:", "stat:"), "1:1", "no such key");
        check(("start:", "stat:"), "1:1", "below `start: |`");
        check(("kind: Pod", "- ["), "1:1", "no object");
        check(("spec.restart", "pod/api spec."), "6:3", "start has no pod/api");
        check(("spec.restart", "spec.containers[a."), "6:3", "] is missing");
        check(("runs", "It Runs"), "8:3", "short name");
        check(("zh: 运行", "fr: court"), "9:3", "both languages");
        check(("is: Running", "iz: 1"), "10:3", "cannot stand");
        check(("zh: 看", "zh: ''"), "12:", "both languages");
        check(("kubectl: ", "kubektl: "), "14:4", "one of");
        check(("30s", "soon"), "15:1", "write it like 20s");
        check(("30s", "48h"), "15:1", "between");
        check(("editable:", "editable: ["), "5:11", "YAML");
        check(("seed: 4", "goals: []"), "7:1", "twice");
        check(("until: 30s\n", "---\na: 1\n"), "", "one YAML document");
        assert_eq!(read("[]").expect_err("no mapping")[0].line, 1);
        assert!(read("").is_err());
    }
}
