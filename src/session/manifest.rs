//! The editor's text: what it holds, what is wrong with it, and what was applied of it.

use super::changes::kept;
use super::findings::{Finding, findings};
use super::history::Input;
use super::view::{EditorView, FixView, Level, ProblemView};
use super::{apply_answer, not_simulated};
use crate::base::{FieldPath, LineIndex, TextEdit, sort, sort_by_key};
use crate::course::{Deed, Scenario, TimedAction, kubectl};
use crate::engine::{Action, Request};
use crate::manifest::{self, Diagnostic, FieldSpans, ProblemKind, Reading, Severity};
use crate::rules::Rule;
use std::rc::Rc;

/// The command line of an apply.
const APPLY: &str = "apply -f pod.yaml";

/// Problems that are shown at most.
const PROBLEMS_MAX: usize = 100;
/// Problems that are looked at for a quick fix at most: the rest has its turn later.
const FIXED_MAX: usize = 20;

/// The editor's text and its reading.
#[derive(Clone, PartialEq, Debug)]
pub struct Manuscript {
    text: String,
    lines: Rc<LineIndex>,
    reading: Rc<Reading>,
    applied: Option<Applied>,
    refused: Option<String>,
}

/// What was applied last, and where its lines are in the text now.
#[derive(Clone, PartialEq, Debug)]
struct Applied {
    text: Rc<str>,
    lines: Rc<LineIndex>,
    reading: Rc<Reading>,
    kept: Rc<Vec<Option<usize>>>,
}

impl Default for Manuscript {
    fn default() -> Self {
        Manuscript {
            text: String::new(),
            lines: Rc::new(LineIndex::new("")),
            reading: Rc::default(),
            applied: None,
            refused: None,
        }
    }
}

impl Manuscript {
    /// Takes a new text. The text is kept whatever it is.
    pub fn set(&mut self, text: String) {
        self.reading = Rc::new(manifest::read(&text));
        self.lines = Rc::new(LineIndex::new(&text));
        if let Some(applied) = &mut self.applied {
            applied.kept = Rc::new(kept(&applied.text, &text));
        }
        self.text = text;
        self.refused = None;
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The namespaces that the text puts its objects into, one for each that is in one.
    pub fn homes(&self) -> impl Iterator<Item = &str> {
        let objects = self.reading.documents.iter();
        let placed = objects.filter(|object| manifest::kinds::is_namespaced(&object.kind));
        placed.map(|object| object.namespace.as_deref().unwrap_or("default"))
    }

    /// The text that was applied last.
    pub fn applied(&self) -> Option<&str> {
        self.applied.as_ref().map(|applied| &*applied.text)
    }

    /// What `kubectl apply -f` of the text does; nothing reaches the cluster if it is refused.
    pub fn apply(&mut self) -> Option<Action> {
        self.apply_in(false)
    }

    /// The same; `elsewhere`: in a cluster that has more than the text says.
    pub fn apply_in(&mut self, elsewhere: bool) -> Option<Action> {
        let answer = apply_answer::answer_in(&self.text, "pod.yaml", elsewhere);
        if answer.code != 0 {
            self.refused = Some(answer.stderr);
            return None;
        }
        self.refused = None;
        self.applied = Some(Applied {
            text: Rc::from(self.text.as_str()),
            lines: self.lines.clone(),
            reading: self.reading.clone(),
            kept: Rc::new((0..self.lines.lines()).map(Some).collect()),
        });
        let request = |d: &manifest::Document| Request::Apply(Rc::new(sent(d)));
        let requests = self.reading.documents.iter().map(request).collect();
        let namespace = "default".into();
        Some(Action::Kubectl { args: APPLY.into(), namespace, requests: Rc::new(requests) })
    }

    /// A refusal that came from the cluster.
    pub fn refuse(&mut self, error: Option<String>) {
        self.refused = error;
    }

    /// Lines (from 1) of the text that hold these fields of a Pod, or of what makes it; those that
    /// are no longer as they were applied are left out.
    pub fn lines_of(&self, pod: &str, fields: &[String]) -> Vec<usize> {
        self.lines_where(pod, fields, |document, path| document.source_map.get(&path))
    }

    /// Of those fields that are not written, the lines they would stand under.
    pub fn lines_above(&self, pod: &str, fields: &[String]) -> Vec<usize> {
        self.lines_where(pod, fields, |document, path| {
            let (above, spans) = document.source_map.nearest(&path)?;
            (above != path && above != FieldPath::root()).then_some(spans)
        })
    }

    /// Lines of the text, as they were applied, in which a field's place is.
    fn lines_where(
        &self,
        pod: &str,
        fields: &[String],
        place: impl Fn(&manifest::Document, FieldPath) -> Option<FieldSpans>,
    ) -> Vec<usize> {
        let Some(applied) = &self.applied else { return Vec::new() };
        let Some((document, prefix)) = applied.maker(pod) else { return Vec::new() };
        let mut lines: Vec<usize> = Vec::new();
        for field in fields {
            let path = FieldPath::parse(&[prefix, field].concat());
            let Some(spans) = place(document, path) else { continue };
            let key = spans.key.unwrap_or(spans.value);
            let line = applied.lines.line(key.start) - 1;
            lines.extend(applied.kept.iter().position(|k| *k == Some(line)).map(|now| now + 1));
        }
        sort(&mut lines);
        lines.dedup();
        lines
    }

    /// What the editor shows.
    pub fn view(&self, lit_lines: Vec<usize>) -> EditorView {
        let objects = self.reading.documents.iter();
        let told = self.reading.diagnostics.iter().take(PROBLEMS_MAX).enumerate();
        let mut problems: Vec<ProblemView> = told.map(|(nth, d)| self.problem(nth, d)).collect();
        problems.extend(self.without_effect());
        problems.extend(self.findings());
        sort_by_key(&mut problems, |p| p.span);
        EditorView {
            text: self.text.clone(),
            problems,
            dirty: self.applied.as_ref().is_none_or(|applied| *applied.text != *self.text),
            changed_lines: self.changed_lines(),
            lit_lines,
            refused: self.refused.clone(),
            objects: objects.map(|d| format!("{}/{}", d.kind, d.name)).collect(),
        }
    }
}

impl Applied {
    /// The document that is this Pod or makes it, and what leads to the Pod's fields in it.
    fn maker(&self, pod: &str) -> Option<(&manifest::Document, &'static str)> {
        let documents = &self.reading.documents;
        let itself = documents.iter().find(|d| d.kind == "Pod" && d.name == pod);
        let made = |d: &&manifest::Document| {
            let rest = pod.strip_prefix(d.name.as_str()).unwrap_or_default();
            !d.name.is_empty() && rest.starts_with('-') && template_of(&d.kind).is_some()
        };
        let maker = || documents.iter().filter(made).max_by_key(|d| d.name.len());
        itself.map(|d| (d, "")).or_else(|| maker().and_then(|d| Some((d, template_of(&d.kind)?))))
    }
}

/// What leads to the fields of the Pods that an object of this kind makes.
pub fn template_of(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" | "Job" => "spec.template.",
        "CronJob" => "spec.jobTemplate.spec.template.",
        _ => return None,
    })
}

impl Manuscript {
    /// The reading of the text.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Whether anything was applied.
    pub fn is_applied(&self) -> bool {
        self.applied.is_some()
    }

    /// Kind and name of the object at byte `place` of the text.
    pub fn object_at(&self, place: usize) -> Option<(String, String)> {
        let holds = |d: &&manifest::Document| d.span.start <= place && place <= d.span.end;
        let document = self.reading.documents.iter().find(holds)?;
        Some((document.kind.clone(), document.name.clone()))
    }

    /// Whether the object at byte `place` of the text is this Pod, or makes it.
    pub fn made_at(&self, place: usize, pod: &str) -> bool {
        let maker = self.applied.as_ref().and_then(|applied| applied.maker(pod));
        let here = self.object_at(place);
        maker.zip(here).is_some_and(|((d, _), (kind, name))| d.kind == kind && d.name == name)
    }

    /// Lines (from 1) that are not as they were applied.
    fn changed_lines(&self) -> Vec<usize> {
        let kept = self.applied.as_ref().map_or(&[][..], |applied| &applied.kept);
        let lines = kept.iter().enumerate().filter(|(_, line)| line.is_none());
        lines.map(|(nth, _)| nth + 1).collect()
    }

    fn problem(&self, nth: usize, d: &Diagnostic) -> ProblemView {
        let fixes = match nth < FIXED_MAX {
            true => manifest::fixes(&self.text, &self.reading, d),
            false => Vec::new(),
        };
        let fix = |fix: manifest::Fix| FixView { title: fix.title, edit: fix.edit };
        let fixes = fixes.into_iter().map(fix).collect();
        ProblemView { fixes, ..problem(d, &self.text, &self.lines) }
    }

    /// What Lifepod itself says of the text.
    fn findings(&self) -> Vec<ProblemView> {
        let documents = self.reading.documents.iter().take(PROBLEMS_MAX);
        let found = documents.flat_map(|document| findings(&self.text, document));
        let view = |finding: Finding| {
            let place = self.lines.place(&self.text, finding.span.start);
            ProblemView {
                rule: finding.rule.to_string(),
                level: Level::Warning,
                span: finding.span,
                line: place.line,
                column: place.column,
                message: finding.message,
                help: finding.help,
                known: finding.known,
                fixes: finding
                    .instead
                    .into_iter()
                    .map(|word| written(finding.span, word))
                    .collect(),
                related: None,
            }
        };
        found.take(PROBLEMS_MAX).map(view).collect()
    }

    /// Fields that have no effect here, as warnings.
    fn without_effect(&self) -> Vec<ProblemView> {
        let mut views = Vec::new();
        for document in self.reading.documents.iter().take(PROBLEMS_MAX) {
            for path in not_simulated::fields(&document.value).into_iter().take(PROBLEMS_MAX) {
                let span = document.source_map.head(&path);
                let place = self.lines.place(&self.text, span.start);
                let (message, help) = not_simulated::said(&path);
                views.push(ProblemView {
                    rule: Rule::NoteNotSimulated.id().to_string(),
                    level: Level::Note,
                    span,
                    line: place.line,
                    column: place.column,
                    message,
                    help: Some(help),
                    known: Vec::new(),
                    fixes: Vec::new(),
                    related: None,
                });
            }
        }
        views
    }
}

/// The fix that writes a word in the place of what stands there.
fn written(span: crate::base::Span, word: String) -> FixView {
    let title = crate::base::Said::with(manifest::texts::FIX_WRITE, &[&word]);
    FixView { title, edit: TextEdit { span, text: word } }
}

fn problem(d: &Diagnostic, text: &str, index: &LineIndex) -> ProblemView {
    let place = index.place(text, d.span.start);
    ProblemView {
        rule: d.rule.to_string(),
        level: match (&d.kind, d.severity) {
            (ProblemKind::NotModelled(_), _) => Level::Note,
            (_, Severity::Warning) => Level::Warning,
            (_, Severity::Error) => Level::Error,
        },
        span: d.span,
        line: place.line,
        column: place.column,
        message: d.message(),
        help: d.help(),
        known: d.known().to_vec(),
        fixes: Vec::new(),
        related: d.related().map(|span| (span, index.line(span.start))),
    }
}

/// What kubectl sends: the object with the note of what was applied.
/// Source: kubectl util/apply.go GetModifiedConfiguration
fn sent(document: &manifest::Document) -> crate::base::json::Value {
    let mut object = apply_answer::as_kubectl_sends(&document.value);
    let namespaced = manifest::kinds::is_namespaced(object["kind"].as_str().unwrap_or_default());
    let metadata = &mut object["metadata"];
    if namespaced && metadata["namespace"].is_null() {
        metadata["namespace"] = "default".into();
    }
    if metadata["annotations"].is_null() {
        metadata["annotations"] = crate::base::json::json!({});
    }
    let note = manifest::json::print(&object) + "\n";
    object["metadata"]["annotations"]["kubectl.kubernetes.io/last-applied-configuration"] =
        note.into();
    object
}

/// The action that applies a text, for front ends without an editor.
///
/// The error is what kubectl says on standard error.
pub fn apply_action(text: &str) -> Result<Action, String> {
    let mut manuscript = Manuscript::default();
    manuscript.set(text.to_string());
    manuscript.apply_in(true).ok_or_else(|| manuscript.refused.clone().unwrap_or_default())
}

/// The act of applying a text, which may be refused.
pub fn applied(text: &str) -> Action {
    apply_action(text).unwrap_or_else(|error| Action::Refused { args: APPLY.into(), error })
}

/// What the author of a scenario has people do, by time.
pub fn acts_of(scenario: &Scenario) -> impl Iterator<Item = Input> {
    let act = |a: &TimedAction| Some(Input::authored(a.at, action_of(&a.deed)?));
    scenario.actions.iter().filter_map(act)
}

/// What a person does, as an act on the cluster. A text that kubectl does not send stays an act:
/// its refusal is what happens. `None` for a fault that there is none of.
pub fn action_of(deed: &Deed) -> Option<Action> {
    match deed {
        Deed::Kubectl(line) => Some(kubectl::parse(line)),
        Deed::Fault(line) => kubectl::parse_fault(line).ok(),
        Deed::Apply(text) => Some(applied(text)),
    }
}
