//! Which fixes a problem has.

use super::{place, syntax, value};
use crate::api::validate::{ErrorKind, FieldError};
use crate::base::{FieldPath, PathStep, Said, Span, Text, TextEdit};
use crate::manifest::decode::UnknownField;
use crate::manifest::mend;
use crate::manifest::texts::*;
use crate::manifest::{Diagnostic, Document, ProblemKind, Reading};

/// A way to mend a problem.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What it does, in a few words.
    pub title: Said,
    /// How.
    pub edit: TextEdit,
}

impl Fix {
    pub(super) fn new(text: Text, values: &[&str], edit: TextEdit) -> Fix {
        Fix { title: Said::with(text, values), edit }
    }

    /// A value in the place of another one.
    pub(super) fn write(span: Span, value: &str) -> Fix {
        Fix::new(FIX_WRITE, &[value], TextEdit::new(span.start, span.end, value))
    }
}

/// What can be done about a problem of this text; the most likely first.
pub fn fixes(text: &str, reading: &Reading, problem: &Diagnostic) -> Vec<Fix> {
    if let ProblemKind::Syntax(error) = &problem.kind {
        return syntax::fixes(text, reading, error.kind, problem.span).into_iter().collect();
    }
    if let ProblemKind::LostDocument = problem.kind {
        return syntax::separator(text, problem.span).into_iter().collect();
    }
    let holds =
        |d: &&Document| d.span.start <= problem.span.start && problem.span.start <= d.span.end;
    let Some(document) = reading.documents.iter().find(holds) else { return Vec::new() };
    of_document(text, document, problem)
}

fn of_document(text: &str, document: &Document, problem: &Diagnostic) -> Vec<Fix> {
    let root = FieldPath::root();
    let path = problem.path.as_ref().unwrap_or(&root);
    let scalar = |field: &str, value: &str| {
        let spans = document.source_map.get(&root.field(field))?;
        Some(TextEdit::new(spans.value.start, spans.value.end, value))
    };
    let one = match &problem.kind {
        ProblemKind::UnknownField(unknown) => {
            return unknown_field(text, document, (problem.span, path), unknown);
        }
        ProblemKind::UnknownKind { api_version, kind, meant: Some((version, name)) } => {
            let both = [
                scalar("apiVersion", version).filter(|_| api_version != version),
                scalar("kind", name).filter(|_| kind != name),
            ];
            let what = if kind == name { version } else { name };
            several(text, both).map(|edit| Fix::new(FIX_WRITE, &[what], edit))
        }
        ProblemKind::Swapped { api_version, kind } => {
            several(text, [scalar("apiVersion", kind), scalar("kind", api_version)])
                .map(|edit| Fix::new(FIX_SWAP, &[], edit))
        }
        ProblemKind::GoneKind { gone, .. } => {
            gone.now.and_then(|now| Some(Fix::new(FIX_WRITE, &[now], scalar("apiVersion", now)?)))
        }
        ProblemKind::NoApiVersion | ProblemKind::NoKind => place::kind(text, document),
        ProblemKind::NoName => place::name(text, document, "web"),
        ProblemKind::GenerateName(prefix) => {
            let prefix = prefix.trim_end_matches(['-', '.']);
            place::name(text, document, if prefix.is_empty() { "web" } else { prefix })
        }
        ProblemKind::DuplicateKey { .. } => place::line(text, problem.span),
        ProblemKind::LostAnnotations => Some(value::quoted(text, problem.span)),
        ProblemKind::WrongType(wrong) => value::of_type(text, document, path, wrong),
        ProblemKind::BadQuantity => value::amount(text, problem.span),
        ProblemKind::Invalid(error) => return refused(text, document, problem.span, error),
        _ => None,
    };
    one.into_iter().collect()
}

/// Both edits as one, in the order of the text.
fn several<const N: usize>(text: &str, edits: [Option<TextEdit>; N]) -> Option<TextEdit> {
    let mut edits: Vec<TextEdit> = edits.into_iter().flatten().collect();
    crate::base::sort_by_key(&mut edits, |edit| edit.span);
    TextEdit::joined(text, &edits)
}

/// Another spelling, else its place, else away with it.
fn unknown_field(
    text: &str,
    document: &Document,
    (span, path): (Span, &FieldPath),
    unknown: &UnknownField,
) -> Vec<Fix> {
    let spelt = unknown.nearest.map(|name| Fix::write(span, name));
    let moved = || {
        let [place] = &unknown.elsewhere[..] else { return None };
        place::moved(text, document, path, place)
    };
    let away = place::removed(text, document, path);
    spelt.or_else(moved).into_iter().chain(away).collect()
}

/// The values that it may have; without it, if it may not be there; with it, where its value is
/// known.
fn refused(text: &str, document: &Document, span: Span, error: &FieldError) -> Vec<Fix> {
    let removed = || place::removed(text, document, &error.path);
    match error.kind {
        ErrorKind::Forbidden => removed().into_iter().collect(),
        ErrorKind::Required => required(text, document, error).into_iter().collect(),
        _ if error.bad_value.is_string() => {
            mend::values(error).iter().take(VALUES).map(|value| Fix::write(span, value)).collect()
        }
        _ => Vec::new(),
    }
}

/// At most so many values are offered.
const VALUES: usize = 4;

/// Names of items, and the selector that the template's labels tell.
fn required(text: &str, document: &Document, error: &FieldError) -> Option<Fix> {
    let (last, owner) = (error.path.0.last()?, error.path.parent()?);
    let PathStep::Field(name) = last else { return None };
    match (name.as_str(), &owner.0[..]) {
        ("name", [.., PathStep::Field(list), PathStep::Index(nth)]) => {
            let word = NAMED.iter().find(|(of, _)| of == list)?.1;
            let number = if *nth == 0 { String::new() } else { format!("-{}", nth + 1) };
            place::added(text, document, &owner, &format!("name: {word}{number}"), true)
        }
        ("selector", [PathStep::Field(_)]) => {
            let labels = document.value["spec"]["template"]["metadata"]["labels"].as_object()?;
            let mut lines = String::from("selector:\n  matchLabels:\n");
            for (key, value) in labels {
                let plain = value.as_str().filter(|v| v.starts_with(|c: char| c.is_alphabetic()));
                let plain = plain.filter(|v| !["true", "false", "null"].contains(v));
                let value = plain.map_or_else(|| value.to_string(), str::to_string);
                lines += &format!("    {key}: {value}\n");
            }
            place::added(text, document, &owner, lines.trim_end(), false)
        }
        _ => None,
    }
}

/// Lists whose items need a name, and one.
const NAMED: [(&str, &str); 3] =
    [("containers", "app"), ("initContainers", "init"), ("volumes", "data")];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::read;

    const HEAD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n";
    const CONTAINER: &str = "  containers:\n  - name: app\n    image: busybox\n";

    /// The text after the first fix of its first problem.
    fn mended(text: &str) -> String {
        let reading = read(text);
        let problem = reading.diagnostics.first().unwrap_or_else(|| panic!("all is well: {text}"));
        let fixes = fixes(text, &reading, problem);
        let fix = fixes.first().unwrap_or_else(|| panic!("no fix: {problem:?}\n{text}"));
        fix.edit.applied(text)
    }

    fn check(wrong: &str, right: &str) {
        let (wrong, right) = ([HEAD, wrong].concat(), [HEAD, right].concat());
        assert_eq!(mended(&wrong), right);
        assert!(!read(&right).has_errors(), "{right}");
    }

    fn check_container(wrong: &str, right: &str) {
        check(&[CONTAINER, wrong].concat(), &[CONTAINER, right].concat());
    }

    #[test]
    fn fields_are_spelt_moved_and_removed() {
        check_container("    comand: [a]\n", "    command: [a]\n");
        let probe = "    livenessProbe:\n      httpGet:\n        port: 80\n";
        check_container(
            &[probe, "        periodSeconds: 3\n        path: /\n"].concat(),
            &[probe, "        path: /\n      periodSeconds: 3\n"].concat(),
        );
        check_container(
            "    limits:\n      cpu: 1\n",
            "    resources:\n      limits:\n        cpu: 1\n",
        );
        check(
            "  containers:\n  - name: app\n    image: busybox\n    restartPolcy: Never\n",
            "  containers:\n  - name: app\n    image: busybox\n    restartPolicy: Never\n",
        );
        check_container("    somethingElse:\n      a: 1\n    tty: true\n", "    tty: true\n");
    }

    #[test]
    fn values_are_written_as_their_field_wants_them() {
        check_container(
            "    env:\n    - {name: A, value: 1}\n",
            "    env:\n    - {name: A, value: \"1\"}\n",
        );
        check_container("    tty: \"yes\"\n", "    tty: true\n");
        check_container("    command: sleep 10\n", "    command: [\"sh\", \"-c\", \"sleep 10\"]\n");
        check_container("    args: now\n", "    args: [\"now\"]\n");
        check_container(
            "    ports:\n      containerPort: 80\n      name: http\n",
            "    ports:\n      - containerPort: 80\n        name: http\n",
        );
        check_container(
            "    livenessProbe:\n      exec: {command: [a]}\n      periodSeconds: 10s\n",
            "    livenessProbe:\n      exec: {command: [a]}\n      periodSeconds: 10\n",
        );
        check_container(
            "    resources: {limits: {memory: 64MB}}\n",
            "    resources: {limits: {memory: 64M}}\n",
        );
        check_container("    imagePullPolicy: always\n", "    imagePullPolicy: Always\n");
        check(
            "  containers:\n  - image: busybox\n",
            "  containers:\n  - name: app\n    image: busybox\n",
        );
    }

    #[test]
    fn what_is_no_yaml_is_mended_where_that_is_certain() {
        check_container("   tty: true\n", "    tty: true\n");
        check_container("\ttty: true\n    stdin: true\n", "    tty: true\n    stdin: true\n");
        check_container("    tty true\n    stdin: true\n", "    tty: true\n    stdin: true\n");
        check_container("    command: [sh\n", "    command: [sh]\n");
        check_container("    command: [\"sh]\n", "    command: [\"sh\"]\n");
    }

    #[test]
    fn the_head_of_an_object_is_completed() {
        let right = [HEAD, CONTAINER].concat();
        assert_eq!(
            mended(&right.replace("kind: Pod\n", "")),
            right.replace("apiVersion: v1\nkind: Pod", "kind: Pod\napiVersion: v1")
        );
        assert_eq!(mended(&right.replace("apiVersion: v1\n", "")), right);
        assert_eq!(mended(&right.replace("v1\nkind: Pod", "Pod\nkind: v1")), right);
        assert_eq!(mended(&right.replace("kind: Pod", "kind: pod")), right);
        assert_eq!(mended(&right.replace("metadata:\n  name: web\n", "")), right);
        assert_eq!(mended(&right.replace("  name: web\n", "")), right);
        assert_eq!(
            mended(&right.replace("  name: web\n", "  labels: {}\n")),
            right.replace("  name: web\n", "  name: web\n  labels: {}\n")
        );
    }

    #[test]
    fn a_deployment_selects_what_its_template_makes() {
        let spec = "spec:\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      \
                    containers:\n      - name: app\n        image: busybox\n";
        let text =
            ["apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n", spec].concat();
        let right = [&text, "  selector:\n    matchLabels:\n      app: web\n"].concat();
        assert_eq!(mended(&text), right);
        assert!(!read(&right).has_errors());
    }
}
