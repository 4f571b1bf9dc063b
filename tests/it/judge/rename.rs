//! Names and addresses that no two recordings share, put into one form.

use super::scrub::without_addresses;
use super::story::{Story, Track};
use std::collections::BTreeMap;

/// Letters and digits of generated names. Source: apimachinery util/rand/rand.go alphanums
const LETTERS: &str = "bcdfghjklmnpqrstvwxz2456789";

impl Story {
    /// The story with the Pods of each ReplicaSet numbered in the order in which they were first
    /// seen, and log lines without the Pods' addresses.
    pub fn in_one_form(&self) -> Story {
        let names = new_names(&self.phase);
        let renamed = |text: &str| {
            let new = names.iter().find(|(old, _)| text.contains(old.as_str()));
            new.map_or_else(|| text.to_string(), |(old, new)| text.replace(old, new))
        };
        let tracks = |of: &BTreeMap<String, Track>| {
            of.iter().map(|(who, track)| (renamed(who), track.clone())).collect()
        };
        let logs = self.logs.iter().map(|(who, lines)| {
            let line = |(at, text): &(f64, String)| (*at, without_addresses(text));
            (renamed(who), lines.iter().map(line).collect())
        });
        Story {
            phase: tracks(&self.phase),
            containers: tracks(&self.containers),
            conditions: tracks(&self.conditions),
            endpoints: tracks(&self.endpoints),
            events: self.events.iter().map(|(what, seen)| (renamed(what), seen.clone())).collect(),
            logs: logs.collect(),
            end: self.end,
        }
    }
}

/// A new name for each Pod whose name ends in a template's hash and five letters.
fn new_names(phases: &BTreeMap<String, Track>) -> BTreeMap<String, String> {
    let first = |track: &Track| track.first().map_or(0.0, |step| step.at);
    let mut pods: Vec<(&String, f64)> = phases.iter().map(|(p, t)| (p, first(t))).collect();
    pods.sort_by(|a, b| a.1.total_cmp(&b.1));
    let (mut counts, mut names) = (BTreeMap::new(), BTreeMap::new());
    for (pod, _) in pods {
        if let Some(set) = set_of(pod) {
            let count = counts.entry(set).or_insert(0);
            *count += 1;
            names.insert(pod.clone(), format!("{set}, Pod {count}"));
        }
    }
    names
}

fn set_of(pod: &str) -> Option<&str> {
    let (set, random) = pod.rsplit_once('-')?;
    let (_, hash) = set.rsplit_once('-')?;
    let is_generated = |text: &str| text.chars().all(|letter| LETTERS.contains(letter));
    let fits = random.len() == 5 && (5..=10).contains(&hash.len());
    (fits && is_generated(random) && is_generated(hash)).then_some(set)
}

#[test]
fn pods_of_deployments_are_numbered_and_others_keep_their_names() {
    assert_eq!(set_of("web-d7858cfc7-r4jxj"), Some("web-d7858cfc7"));
    assert_eq!(set_of("hostaliases-pod"), None);
    assert_eq!(set_of("web-frontend-first"), None);
    let trace = r#"{"t": 1, "type": "ADDED", "object": {"kind": "Pod", "metadata": {"name": "w-ddddd-zzzzz"}}}
{"t": 2, "type": "ADDED", "object": {"kind": "Pod", "metadata": {"name": "w-ddddd-bbbbb"}}}
{"t": 3, "type": "LOG", "pod": "w-ddddd-bbbbb", "container": "c", "restart": 0, "line": "10.1.2.3 x"}"#;
    let story = Story::of_trace(trace).unwrap().in_one_form();
    let names: Vec<&String> = story.phase.keys().collect();
    assert_eq!(names, ["w-ddddd, Pod 1", "w-ddddd, Pod 2"]);
    assert_eq!(story.logs["w-ddddd, Pod 2/c#0"], [(2.0, "PODIP x".to_string())]);
}
