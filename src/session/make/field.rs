//! The field under the caret: which rules read it in this run, and when.

use crate::base::{FieldPath, PathStep, SimTime};
use crate::engine::{Record, RowKind, Trace};
use crate::rules::Rule;
use crate::session::field_help;
use crate::session::manifest::Manuscript;
use crate::session::view::{FactView, FieldLevel, FieldView, RuleUse};

/// The field at a place, and what was found of it so far.
#[derive(Default)]
pub struct FieldActs {
    field: Option<Found>,
    place: Option<usize>,
    rows: usize,
}

/// A field of a Pod, or of what makes it.
struct Found {
    view: FieldView,
    /// The field as a Pod has it, and the object that has it.
    of_pod: Option<FieldPath>,
}

impl FieldActs {
    /// The text or the caret is another one.
    pub fn forget(&mut self) {
        *self = FieldActs::default();
    }

    /// The run is another one.
    pub fn forget_run(&mut self) {
        self.rows = 0;
        if let Some(found) = &mut self.field {
            found.view.records.clear();
            for used in &mut found.view.rules {
                *used = RuleUse { times: 0, last: None, facts: Vec::new(), ..used.clone() };
            }
        }
    }

    /// What is known of the field at byte `place` of the text, with the run so far.
    pub fn view(
        &mut self,
        manuscript: &Manuscript,
        place: usize,
        trace: &Trace,
    ) -> Option<FieldView> {
        if self.place != Some(place) {
            self.field = find(manuscript, place);
            self.place = Some(place);
            self.rows = 0;
        }
        let found = self.field.as_mut()?;
        for row in trace.rows.get(self.rows..).into_iter().flatten() {
            if let RowKind::Rule(record) = &row.kind {
                found.take(row.at, record, manuscript);
            }
        }
        self.rows = trace.rows.len();
        Some(found.view.clone())
    }
}

fn find(manuscript: &Manuscript, place: usize) -> Option<Found> {
    let mut view = field_help::of(manuscript.text(), manuscript.reading(), place)?;
    let (kind, _) = manuscript.object_at(view.span.start)?;
    let of_pod = field_help::of_pod(&kind, &view.path);
    let reads = |rule: &&Rule| match &of_pod {
        Some(path) => !of_workload(**rule) && read_by(**rule, path),
        None => of_workload(**rule) && rule.info().fields.contains(&view.path.as_str()),
    };
    let unused = |rule: &Rule| RuleUse { rule: rule.id(), times: 0, last: None, facts: Vec::new() };
    view.rules = Rule::ALL.iter().filter(reads).map(unused).collect();
    Some(Found { view, of_pod })
}

/// Whether a rule is about what makes Pods: its fields are not a Pod's.
fn of_workload(rule: Rule) -> bool {
    ["rollout.", "job."].iter().any(|start| rule.id().starts_with(start))
}

/// Whether a rule's fields, as the table has them, are this one, hold it or are in it.
fn read_by(rule: Rule, path: &FieldPath) -> bool {
    let text = pattern(path);
    let probe = ["livenessProbe", "readinessProbe", "startupProbe"]
        .iter()
        .find(|probe| text.contains(**probe))
        .map(|probe| text.replacen(probe, "{probe}", 1));
    let bare = text.strip_prefix("{c}.").unwrap_or_default();
    let named = [Some(text.as_str()), probe.as_deref(), Some(bare)];
    let near = |field: &&str| named.iter().flatten().any(|name| related(field, name));
    !text.is_empty() && rule.info().fields.iter().any(near)
}

/// `{c}` in the place of the container.
fn pattern(path: &FieldPath) -> String {
    let steps = &path.0;
    let list = match (steps.get(1), steps.get(2)) {
        (Some(PathStep::Field(name)), Some(PathStep::Index(_))) => name.as_str(),
        _ => "",
    };
    if !["containers", "initContainers"].contains(&list) {
        return path.to_string();
    }
    let rest = FieldPath(steps[3..].to_vec()).to_string();
    if rest.is_empty() { "{c}".to_string() } else { ["{c}.", &rest].concat() }
}

/// Whether two fields are one or the one is in the other. What holds nearly all is only itself.
fn related(a: &str, b: &str) -> bool {
    const WIDE: [&str; 5] = ["", "{c}", "spec", "metadata", "spec.containers"];
    let inside = |outer: &str, inner: &str| {
        let rest = inner.strip_prefix(outer).unwrap_or("-");
        !WIDE.contains(&outer) && (rest.starts_with('.') || rest.starts_with('['))
    };
    a == b && !a.is_empty() || inside(a, b) || inside(b, a)
}

fn facts(record: &Record) -> Vec<FactView> {
    let fact = |(name, value): &(&str, crate::rules::Fact)| FactView {
        name: name.to_string(),
        value: value.to_string(),
    };
    record.facts.iter().map(fact).collect()
}

impl Found {
    fn take(&mut self, at: SimTime, record: &Record, manuscript: &Manuscript) {
        let id = record.id as usize;
        let read = match &self.of_pod {
            Some(path) => {
                let text = path.to_string();
                let field = |f: &String| related(f, &text);
                record.fields.iter().any(field)
                    && manuscript.made_at(self.view.span.start, &record.subject.pod)
            }
            None => self.view.rules.iter().any(|used| used.rule == record.rule.id()),
        };
        if !read {
            return;
        }
        self.view.records.push(id);
        let rule = record.rule.id();
        if !self.view.rules.iter().any(|used| used.rule == rule) {
            self.view.rules.push(RuleUse { rule, times: 0, last: None, facts: Vec::new() });
        }
        for used in self.view.rules.iter_mut().filter(|used| used.rule == rule) {
            used.times += 1;
            used.last = Some((id, at));
            used.facts = facts(record);
        }
    }
}

/// Whom a field of a Pod concerns; `name` answers a container's name.
pub fn level(of_pod: Option<&FieldPath>, name: impl Fn(&FieldPath) -> String) -> FieldLevel {
    match of_pod {
        None => FieldLevel::Object,
        Some(path) => match &path.0[..] {
            [PathStep::Field(_), PathStep::Field(list), PathStep::Index(_), _, ..]
                if list.ends_with("ontainers") =>
            {
                FieldLevel::Container(name(&FieldPath(path.0[..3].to_vec())))
            }
            [PathStep::Field(first), ..] if first == "spec" => FieldLevel::Pod,
            _ => FieldLevel::Object,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_read_by_the_rules_that_name_it_or_what_holds_it() {
        let read = |rule, path| read_by(rule, &FieldPath::parse(path));
        let period = "spec.containers[0].livenessProbe.periodSeconds";
        assert!(read(Rule::ProbeSuccess, period), "the rule reads the probe as a whole");
        assert!(read(Rule::StopBegins, "spec.terminationGracePeriodSeconds"));
        assert!(!read(Rule::StopBegins, period) && !read(Rule::ProbeSuccess, "spec.containers"));
        assert!(read(Rule::ImagePull, "spec.initContainers[1].image"));
        assert!(!read(Rule::ImagePull, "spec.containers[0].command"));
    }

    #[test]
    fn the_records_of_a_field_follow_the_run_and_the_caret() {
        use crate::session::{Command, Session};
        let mut session = Session::new();
        let text = session.editor().text.clone();
        session.apply(Command::Seek(SimTime::secs(60)));
        assert_eq!(session.field().path, "", "no caret yet");
        session.apply(Command::Caret(text.find("periodSeconds").expect("it is there")));
        let early = session.field();
        let container = FieldLevel::Container("liveness".to_string());
        assert_eq!(early.level, container);
        assert!(early.rules.iter().any(|r| r.rule == "probe.failure" && r.times > 1), "{early:?}");
        assert!(early.knob.is_some_and(|knob| knob.value == 5));
        session.apply(Command::Seek(SimTime::secs(120)));
        assert!(session.field().records.len() > early.records.len());
        session.apply(Command::Restart);
        assert_eq!(session.field().records, [0usize; 0]);
        session.apply(Command::Caret(text.find("image").unwrap_or(0)));
        assert_ne!(session.field().path, early.path);
    }
}
