//! What can be written at a place of the text. It goes by the lines alone: a text in the making is
//! rarely YAML.

use super::view::{CompletionView, OptionView};
use crate::base::{Span, sort_by_key};
use crate::manifest::kinds;
use crate::manifest::schema::{Field, Schema, Shape, TypeCode};
use crate::shell::behaviour::Behaviour;
use crate::shell::images::catalog;

/// What can be written at byte `offset` of `text`; `None` where nothing is known.
pub fn complete(text: &str, offset: usize) -> Option<CompletionView> {
    let line = Line::at(text, offset)?;
    let schema = Schema::load();
    let around = Around::of(text, &line);
    let (word, options) = match line.key {
        Some(key) => (line.word, values(&schema, &around, key)),
        None => (line.word, keys(&schema, &around, &line)),
    };
    let written = text[offset..].starts_with(':');
    // In the middle of a word, or before one, nothing is begun.
    if text[offset..].starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let mut options: Vec<OptionView> = options.into_iter().filter(|o| o.label != word).collect();
    for option in options.iter_mut().filter(|_| written) {
        option.insert = option.label.clone();
        option.caret = option.insert.len();
    }
    let span = Span::new(offset - word.len(), offset);
    (!options.is_empty()).then_some(CompletionView { span, options })
}

/// A line up to the caret.
struct Line<'t> {
    start: usize,
    /// Columns of the dashes.
    dash: Option<usize>,
    /// Column of the key.
    column: usize,
    /// The key, if the caret stands in its value.
    key: Option<&'t str>,
    /// What is begun at the caret.
    word: &'t str,
}

impl<'t> Line<'t> {
    fn at(text: &'t str, offset: usize) -> Option<Line<'t>> {
        let before = text.get(..offset)?;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = &before[start..];
        let rest = line.trim_start_matches([' ', '-']);
        let column = line.len() - rest.len();
        let dash = line.find('-').filter(|at| *at < column);
        let (key, word) = match rest.split_once(':') {
            Some((key, value)) => (Some(key), value.trim_start()),
            None => (None, rest),
        };
        // What is in quotes, in braces or behind `#` is left alone.
        let plain = !word.contains(['{', '[', '"', '\'', '#', ' ', ':']);
        let spaced = key.is_none() || rest.contains(": ");
        (plain && spaced).then_some(Line { start, dash, column, key, word })
    }
}

/// What is around a line: the keys that lead to it, the keys beside it, the document's head.
#[derive(Default)]
struct Around<'t> {
    path: Vec<&'t str>,
    beside: Vec<&'t str>,
    api_version: &'t str,
    kind: &'t str,
}

/// A line's key and where its value begins to be, its column, its dash.
fn parts(line: &str) -> Option<(Option<usize>, usize, &str, &str)> {
    let rest = line.trim_start_matches([' ', '-']);
    let column = line.len() - rest.len();
    let dash = line.find('-').filter(|at| *at < column);
    if rest.is_empty() || rest.starts_with('#') {
        return None;
    }
    let (key, value) = rest.split_once(':').unwrap_or((rest, ""));
    Some((dash, column, key.trim_matches(['"', '\'']), value.trim()))
}

impl<'t> Around<'t> {
    fn of(text: &'t str, line: &Line) -> Around<'t> {
        let above = &text[..line.start];
        let above = &above[above.rfind("\n---").map_or(0, |at| at + 1)..];
        let below = &text[line.start..];
        let below = &below[..below.find("\n---").unwrap_or(below.len())];
        let mut around = Around::default();
        around.read_head(above.lines().chain(below.lines()));
        around.read_above(above, line);
        around.read_below(below, line);
        around
    }

    fn read_head(&mut self, lines: impl Iterator<Item = &'t str>) {
        for line in lines {
            match line.split_once(": ") {
                Some(("apiVersion", version)) => self.api_version = version.trim(),
                Some(("kind", kind)) => self.kind = kind.trim(),
                _ => {}
            }
        }
    }

    /// Up the lines: a key that stands less deep leads here; behind a dash, one as deep does too.
    fn read_above(&mut self, above: &'t str, line: &Line) {
        let mut below = line.dash.map_or(line.column, |dash| dash + 1);
        let mut siblings = line.dash.is_none();
        for (dash, column, key, _) in above.lines().rev().filter_map(parts) {
            let first = dash.unwrap_or(column);
            if siblings && column == line.column {
                self.beside.push(key);
            }
            if column < below {
                self.path.push(key);
                below = first + usize::from(dash.is_some());
                siblings = false;
            } else if first < below && dash.is_some() {
                below = first + 1;
                siblings = false;
            }
        }
        self.path.reverse();
    }

    fn read_below(&mut self, below: &'t str, line: &Line) {
        let rest = below.lines().skip(1).filter_map(parts);
        let inside = rest.take_while(|(dash, column, ..)| {
            *column >= line.column && dash.is_none_or(|dash| dash >= line.column)
        });
        let beside = inside.filter(|(dash, column, ..)| *column == line.column && dash.is_none());
        self.beside.extend(beside.map(|(_, _, key, _)| key));
    }

    /// The type of the mapping that the line is in.
    fn holder(&self, schema: &Schema) -> Option<Holder> {
        let kind = schema.kind(self.api_version, self.kind)?;
        self.path.iter().try_fold(Holder::Type(kind), |holder, key| match holder {
            Holder::Type(owner) => Some(Holder::of(schema.field(owner, key)?.code)),
            Holder::Free => None,
        })
    }
}

/// What a mapping holds.
#[derive(Clone, Copy)]
enum Holder {
    /// The fields of a type.
    Type(&'static str),
    /// Keys of one's own.
    Free,
}

impl Holder {
    fn of(code: TypeCode) -> Holder {
        match code.shape() {
            Shape::Object(name) => Holder::Type(name),
            Shape::List(item) => Holder::of(item),
            _ => Holder::Free,
        }
    }
}

fn keys(schema: &Schema, around: &Around, line: &Line) -> Vec<OptionView> {
    let new = |label: &str| !around.beside.contains(&label);
    match around.holder(schema) {
        Some(Holder::Type(owner)) => {
            let fields = schema.fields(owner).filter(|f| new(f.name) && f.name != "status");
            let mut options: Vec<OptionView> =
                fields.map(|f| of_field(owner, f, line.column)).collect();
            sort_by_key(&mut options, |option| !option.required);
            options
        }
        Some(Holder::Free) if around.path.last() == Some(&"annotations") => {
            let words = Behaviour::WORDS.into_iter().map(|word| ["lifepod.dev/", word].concat());
            words
                .filter(|word| new(word))
                .map(|word| plain(&word, &[&word, ": "].concat()))
                .collect()
        }
        None if around.path.is_empty() && line.column == 0 => {
            let head = ["apiVersion", "kind"].into_iter().filter(|word| new(word));
            head.map(|word| plain(word, &[word, ": "].concat())).collect()
        }
        _ => Vec::new(),
    }
}

fn plain(label: &str, insert: &str) -> OptionView {
    let (label, insert) = (label.to_string(), insert.to_string());
    let caret = insert.len();
    OptionView { label, caret, insert, of_type: String::new(), owner: "", required: false }
}

/// A field with what begins its value.
fn of_field(owner: &'static str, field: Field, column: usize) -> OptionView {
    let deeper = |more: usize, end: &str| [":\n", &" ".repeat(column + more), end].concat();
    let (start, end) = match field.code.shape() {
        Shape::Object(_) | Shape::Map(_) => (deeper(2, ""), ""),
        Shape::List(item) if matches!(item.shape(), Shape::Object(_)) => (deeper(0, "- "), ""),
        Shape::List(_) => (": [".to_string(), "]"),
        _ => (": ".to_string(), ""),
    };
    let caret = field.name.len() + start.len();
    OptionView {
        label: field.name.to_string(),
        insert: [field.name, &start, end].concat(),
        caret,
        of_type: field.code.go_type(),
        owner,
        required: field.required,
    }
}

fn values(schema: &Schema, around: &Around, key: &str) -> Vec<OptionView> {
    let all = |words: Vec<&str>| words.into_iter().map(|word| plain(word, word)).collect();
    if around.path.is_empty() && key == "kind" {
        let version = |v: &str| around.api_version.is_empty() || around.api_version == v;
        return all(kinds::all(schema).filter(|(v, _)| version(v)).map(|(_, k)| k).collect());
    }
    if around.path.is_empty() && key == "apiVersion" {
        let kind = |k: &str| around.kind.is_empty() || around.kind == k;
        let mut versions: Vec<&str> =
            kinds::all(schema).filter(|(_, k)| kind(k)).map(|(v, _)| v).collect();
        versions.dedup();
        return all(versions);
    }
    let Some(Holder::Type(owner)) = around.holder(schema) else { return Vec::new() };
    let Some(field) = schema.field(owner, key) else { return Vec::new() };
    match field.code.shape() {
        Shape::Bool => all(vec!["true", "false"]),
        Shape::Text if (owner, key) == ("Container", "image") => all(catalog::official().collect()),
        _ => all(field.code.values().collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n";

    /// The words on offer at `^`.
    fn offered(text: &str) -> Vec<String> {
        let text = [HEAD, text].concat();
        let at = text.find('^').expect("a place");
        let found = complete(&text.replace('^', ""), at);
        found.into_iter().flat_map(|c| c.options).map(|o| o.label).collect()
    }

    fn check(text: &str, has: &[&str], has_not: &[&str]) {
        let offered = offered(text);
        for word in has {
            assert!(offered.iter().any(|o| o == word), "{word} is missing in {offered:?}: {text}");
        }
        for word in has_not {
            assert!(!offered.iter().any(|o| o == word), "{word} is in {offered:?}: {text}");
        }
    }

    #[test]
    fn fields_of_the_place_are_offered_without_those_that_stand_there() {
        check("spec:\n  ^", &["containers", "restartPolicy"], &["image"]);
        check("spec:\n  containers:\n  - name: a\n    im^", &["image", "livenessProbe"], &["name"]);
        check("spec:\n  containers:\n  - name: a\n    ^\n    image: b\n", &["command"], &["image"]);
        check("spec:\n  containers:\n    - ^", &["name", "image"], &["containers"]);
        check("spec:\n  containers:\n  - name: a\n  - ^\n", &["name", "image"], &[]);
        check(
            "spec:\n  containers:\n  - image: a\n    livenessProbe:\n      httpGet:\n        port: 80\n      ^",
            &["periodSeconds", "exec"],
            &["httpGet", "path"],
        );
        check(
            "spec:\n  containers:\n  - env:\n    - name: A\n      value: b\n    ^",
            &["image", "name"],
            &["valueFrom", "env"],
        );
        check("  annotations:\n    ^", &["lifepod.dev/start"], &[]);
        check("^", &["spec"], &["metadata", "kind", "status"]);
        assert_eq!(
            offered("spec:\n  containers:\n  - ^").first().map(String::as_str),
            Some("name")
        );
    }

    #[test]
    fn values_of_the_field_are_offered() {
        check("spec:\n  restartPolicy: ^", &["Always", "Never", "OnFailure"], &[]);
        check("spec:\n  hostNetwork: t^", &["true", "false"], &[]);
        check("spec:\n  containers:\n  - image: ngi^", &["nginx"], &[]);
        check("spec:\n  containers:\n  - image: \"ngi^", &[], &["nginx"]);
        check("spec:\n  # a ^", &[], &["containers"]);
        check("spec:\n  ^dnsPolicy: None", &[], &["containers"]);
        assert!(complete("kind: ^", 6).is_some_and(|c| c.options.iter().any(|o| o.label == "Pod")));
        assert!(complete("", 0).is_some_and(|c| c.options.len() == 2));
    }

    #[test]
    fn what_is_put_in_begins_the_value() {
        let text = [HEAD, "spec:\n  cont"].concat();
        let found = complete(&text, text.len()).expect("something");
        let containers = found.options.iter().find(|o| o.label == "containers").expect("it is");
        assert_eq!(containers.insert, "containers:\n  - ");
        assert_eq!(&text[found.span.start..found.span.end], "cont");
        let other = [HEAD, "spec:\n  cont: 1"].concat();
        let found = complete(&other, other.len() - 3).expect("something");
        assert!(found.options.iter().all(|o| o.insert == o.label), "the colon stands there");
    }
}
