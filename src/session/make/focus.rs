//! The selected record between what led to it, back to what somebody did, and what came of it.

use super::records::row_view as told;
use super::stage::kind_of;
use crate::base::SimTime;
use crate::engine::{Action, Component, Record, RowKind, Trace};
use crate::rules::Rule;
use crate::session::history::Input;
use crate::session::manifest::Manuscript;
use crate::session::view::{FocusView, LinkView, SpotView};

/// Links that are given at most.
const LINKS: usize = 80;
/// Effects that are given at most.
const EFFECTS: usize = 12;
/// What only somebody's act can begin, besides what the API server does.
const ACTS: [Rule; 10] = [
    Rule::NodePowerLost,
    Rule::NodeCutOff,
    Rule::NodeReconnected,
    Rule::NodeBooted,
    Rule::KubeletStopped,
    Rule::KubeletStarted,
    Rule::RuntimeStopped,
    Rule::RuntimeStarted,
    Rule::SchedulerStopped,
    Rule::SchedulerStarted,
];

type At<'a> = (SimTime, &'a Record);

/// The record of this number with its surroundings.
pub fn view(
    trace: &Trace,
    inputs: &[Input],
    selected: Option<usize>,
    manuscript: &Manuscript,
) -> Option<FocusView> {
    let selected = selected?;
    let records: Vec<At> = trace
        .rows
        .iter()
        .filter_map(|row| match &row.kind {
            RowKind::Rule(record) => Some((row.at, record)),
            _ => None,
        })
        .collect();
    let here = place_of(&records, selected as u64)?;
    let (chain, end) = chain(&records, here, manuscript);
    let (at, record) = records[here];
    let effects = records[here..].iter().filter(|(_, other)| other.cause == Some(record.id));
    let act = inputs.iter().rfind(|input| input.at <= records[end].0);
    Some(FocusView {
        record: told(at, record, manuscript),
        chain,
        act: act.map(|input| (input.at, words(input))),
        effects: effects.take(EFFECTS).map(|(at, r)| told(*at, r, manuscript)).collect(),
        spot: SpotView {
            pod: record.subject.pod.clone(),
            container: record.subject.container.clone(),
            node: record.subject.node.clone(),
            actor: kind_of(record.by),
        },
    })
}

/// Records are numbered in their order.
fn place_of(records: &[At], id: u64) -> Option<usize> {
    let at = records.partition_point(|(_, record)| record.id < id);
    records.get(at).filter(|(_, record)| record.id == id).map(|_| at)
}

/// The links, and the place of the record at their end.
fn chain(records: &[At], here: usize, manuscript: &Manuscript) -> (Vec<LinkView>, usize) {
    let (mut links, mut end) = (Vec::new(), here);
    while links.len() < LINKS {
        let noted = records[end].1.cause.and_then(|id| place_of(records, id));
        let Some(next) = noted.or_else(|| before(records, end)) else { break };
        let (at, record) = records[next];
        links.push(LinkView { record: told(at, record, manuscript), noted: noted.is_some() });
        end = next;
    }
    (links, end)
}

/// What came before a record that notes no cause, about the same thing: of a probe the start of
/// its container, of what the kubelet notices what the runtime did, else the Pod's or the node's
/// decision before. Nothing came before what somebody's act begins.
fn before(records: &[At], here: usize) -> Option<usize> {
    let (_, record) = records[here];
    let about = &record.subject;
    let by_act = record.by == Component::ApiServer || ACTS.contains(&record.rule);
    if by_act || (about.pod.is_empty() && about.node.is_empty()) {
        return None;
    }
    let is_probe = |record: &Record| record.rule.id().starts_with("probe.");
    let fits = |other: &Record| match (about.pod.is_empty(), about.container.is_empty()) {
        (true, _) => other.subject.node == about.node,
        (false, true) => other.subject.pod == about.pod && !is_probe(other),
        _ if is_probe(record) => other.subject == *about && other.rule == Rule::ContainerStarted,
        _ => other.subject == *about && matches!(other.by, Component::Runtime(_)),
    };
    records[..here].iter().rposition(|(_, other)| fits(other))
}

/// What somebody did, as a line.
fn words(input: &Input) -> String {
    if let Some(deed) = &input.deed {
        let (kind, line) = deed.parts();
        return match kind {
            "apply" => "kubectl apply".to_string(),
            "kubectl" => ["kubectl ", line].concat(),
            _ => line.to_string(),
        };
    }
    match &input.action {
        Action::Kubectl { args, .. } | Action::Read { args, .. } | Action::Refused { args, .. } => {
            ["kubectl ", args].concat()
        }
        Action::Kill { pod, container, signal } => {
            ["kill ", pod, "/", container, " ", signal].concat()
        }
        Action::Oom { pod, container } => ["oom ", pod, "/", container].concat(),
        Action::Node { node, .. } => node.clone(),
        Action::Scheduler(on) => if *on { "scheduler-start" } else { "scheduler-stop" }.to_string(),
        Action::Image { image, gone } => {
            [if *gone { "image-gone " } else { "image-back " }, image].concat()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::session::view::FocusView;
    use crate::session::{Command, Session};
    use std::rc::Rc;

    /// The card of the first decision by `rule` in the first scenario.
    fn focus(rule: &str) -> Rc<FocusView> {
        let mut session = Session::new();
        session.apply(Command::Show {
            scenario: include_str!("../../../static/scenarios/liveness-classic.yaml").to_string(),
            that: ["{\"rule\": \"", rule, "\"}"].concat(),
        });
        session.records().focus.clone().expect("it is in the run")
    }

    #[test]
    fn the_chain_leads_back_to_the_act_and_on_to_what_came_of_it() {
        for rule in ["probe.liveness-kills", "stop.killed", "container.exited"] {
            let focus = focus(rule);
            let first = focus.chain.last().map(|link| link.record.rule.clone());
            assert_eq!(first.as_deref(), Some("api.created"), "{rule}: {:?}", focus.chain);
            let act = focus.act.as_ref().map(|(_, words)| words);
            assert_eq!(act.map(String::as_str), Some("kubectl apply -f pod.yaml"), "{rule}");
        }
        let kills = focus("probe.liveness-kills");
        assert!(kills.chain.iter().any(|link| link.record.rule == "container.started"));
        assert!(kills.effects.iter().any(|record| record.rule == "stop.begins"));
        assert_eq!(
            (kills.spot.pod.as_str(), kills.spot.container.as_str()),
            ("liveness", "liveness")
        );
    }

    #[test]
    fn a_link_that_the_trace_does_not_note_says_so() {
        let failure = focus("probe.failure");
        assert!(!failure.chain[0].noted && failure.chain[0].record.rule == "container.started");
        assert!(failure.chain[1].noted);
    }

    #[test]
    fn what_is_read_but_not_written_lights_the_line_it_would_stand_under() {
        let text = include_str!("../../../static/scenarios/liveness-classic.yaml");
        let that = r#"{"rule": "probe.liveness-kills"}"#.to_string();
        let read = |text: &str| {
            let mut session = Session::new();
            session.apply(Command::Show { scenario: text.to_string(), that: that.clone() });
            let record = session.records().focus.clone().expect("it is in the run").record.clone();
            let editor = session.editor();
            assert_eq!(editor.lit_lines, record.lines);
            let lines: Vec<&str> = editor.text.lines().collect();
            let lit = record.lines.iter().map(|line| lines[line - 1].trim().to_string());
            (lit.collect::<Vec<_>>(), record.unwritten)
        };
        assert_eq!(read(text), (vec!["livenessProbe:".to_string()], true));
        let written = text.replace("periodSeconds: 5", "failureThreshold: 3");
        assert_eq!(read(&written), (vec!["failureThreshold: 3".to_string()], false));
    }
}
