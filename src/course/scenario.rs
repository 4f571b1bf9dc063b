//! The scenario file: manifest, actions, until, seed, nodes, images, traffic, controller-manager.
//!
//! A bare manifest is a scenario without actions.

use super::Deed;
use crate::base::json::Value;
use crate::base::{SimTime, sort_by_key};
use crate::engine::runtime::images::Said;
use crate::engine::traffic::Plan;
use crate::engine::{Config, NodeConfig};
use crate::manifest::json::convert;
use crate::yaml;
use std::rc::Rc;

/// A scenario.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scenario {
    /// What `kubectl apply -f` takes at time zero.
    pub manifest: String,
    /// What people do, by time.
    pub actions: Vec<TimedAction>,
    /// How long to look.
    pub until: Option<SimTime>,
    /// Fixes every draw.
    pub seed: Option<u64>,
    /// The nodes, if it names them.
    pub nodes: Option<Rc<Vec<NodeConfig>>>,
    /// How many terminated Pods are kept, if it says so.
    pub finished_most: Option<usize>,
    /// What is said of images.
    pub images: Rc<Vec<Said>>,
    /// What clients outside of the Pods send.
    pub traffic: Rc<Vec<Rc<Plan>>>,
}

/// The keys of a scenario file.
const KEYS: [&str; 8] =
    ["manifest", "actions", "until", "seed", "nodes", "images", "traffic", "controller-manager"];

/// An act at a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimedAction {
    /// When, since the apply.
    pub at: SimTime,
    /// What.
    pub deed: Deed,
}

impl Scenario {
    /// Reads a scenario file, or a bare manifest. The error says what is wrong with the scenario;
    /// what is wrong with its manifest is not looked at here.
    pub fn read(text: &str) -> Result<Self, String> {
        let Some(value) = scenario_of(text) else {
            return Ok(Scenario { manifest: text.to_string(), ..Default::default() });
        };
        Scenario::of(&value)
    }

    /// The scenario that a mapping tells.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn of(value: &Value) -> Result<Self, String> {
        for key in value.as_object().into_iter().flat_map(|map| map.keys()) {
            if !KEYS.contains(&key.as_str()) {
                return Err(format!("scenario: unknown field \"{key}\""));
            }
        }
        let actions = value["actions"].as_array().into_iter().flatten();
        let actions: Result<Vec<_>, String> = actions.map(read_action).collect();
        let mut actions = actions?;
        sort_by_key(&mut actions, |a| a.at);
        Ok(Scenario {
            manifest: value["manifest"].as_str().unwrap_or_default().to_string(),
            actions,
            until: read_until(&value["until"])?,
            seed: value["seed"].as_u64(),
            nodes: super::nodes::read(&value["nodes"])?,
            finished_most: read_manager(&value["controller-manager"])?,
            images: Rc::new(super::images::read(&value["images"])?),
            traffic: Rc::new(super::traffic::read(&value["traffic"])?),
        })
    }

    /// How long to look: as long as it says, else 120 s.
    pub fn until(&self) -> SimTime {
        self.until.unwrap_or(SimTime::secs(120))
    }

    /// The cluster that it starts with.
    pub fn config(&self) -> Config {
        let (images, traffic) = (self.images.clone(), self.traffic.clone());
        let config = Config { seed: self.seed.unwrap_or(1), images, traffic, ..Config::default() };
        let finished_most = self.finished_most.unwrap_or(config.finished_most);
        let config = Config { finished_most, ..config };
        match (self.nodes.clone(), super::nodes::of_manifest(&self.manifest)) {
            (Some(nodes), _) => Config { nodes, others: false, ..config },
            (None, Some(nodes)) => Config { nodes, ..config },
            (None, None) => config,
        }
    }
}

/// The mapping of a scenario file; `None` for a bare manifest, or for no YAML.
fn scenario_of(text: &str) -> Option<Value> {
    let chunks = yaml::split(text);
    let [chunk] = chunks.as_slice() else { return None };
    if !text.contains("manifest:") {
        return None;
    }
    let (tree, problems) = yaml::parse(text, *chunk);
    if problems.iter().any(|p| p.kind.is_error()) {
        return None;
    }
    let value = convert(&tree).value;
    (value["manifest"].is_string() && value["kind"].is_null()).then_some(value)
}

/// The one flag of kube-controller-manager that a scenario sets.
fn read_manager(value: &Value) -> Result<Option<usize>, String> {
    const FLAG: &str = "terminated-pod-gc-threshold";
    for key in value.as_object().into_iter().flat_map(|map| map.keys()) {
        if key != FLAG {
            return Err(format!("scenario: controller-manager: there is {FLAG}, not {key}"));
        }
    }
    match &value[FLAG] {
        Value::Null => Ok(None),
        number => match number.as_u64().and_then(|n| usize::try_from(n).ok()) {
            Some(n) => Ok(Some(n)),
            None => Err(format!("scenario: controller-manager: {FLAG} is a whole number")),
        },
    }
}

fn read_until(value: &Value) -> Result<Option<SimTime>, String> {
    match value {
        Value::Null => Ok(None),
        value => read_time(value).map(Some),
    }
}

fn read_action(value: &Value) -> Result<TimedAction, String> {
    let at = read_time(&value["at"])?;
    let said = |kind: &'static str| value[kind].as_str().map(|line| Deed::of(kind, line));
    let mut said = Deed::KINDS.into_iter().filter_map(said);
    match (said.next(), said.next()) {
        (Some(deed), None) => Ok(TimedAction { at, deed: deed? }),
        _ => Err("scenario: an action has one of \"kubectl\", \"fault\" and \"apply\"".into()),
    }
}

fn read_time(value: &Value) -> Result<SimTime, String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(n) => format!("{n}s"),
        other => return Err(format!("scenario: {other} is no time; write it like 20s")),
    };
    parse_time(&text).ok_or_else(|| format!("scenario: \"{text}\" is no time; write it like 20s"))
}

/// Reads `20s`, `1m30s`, `1.5s`, `250ms`, `2h`; a bare number is seconds.
pub fn parse_time(text: &str) -> Option<SimTime> {
    let (mut rest, mut total) = (text.trim(), 0_u64);
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, tail) = rest.split_at(digits);
        let unit_end = tail.find(|c: char| c.is_ascii_digit()).unwrap_or(tail.len());
        let (unit, next) = tail.split_at(unit_end);
        let ms_of_one: u64 = match unit {
            "ms" => 1,
            "s" | "" => 1000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => return None,
        };
        total = total.checked_add(scaled(number, ms_of_one)?)?;
        rest = next;
    }
    Some(SimTime::ms(total))
}

fn scaled(number: &str, unit: u64) -> Option<u64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole: u64 = whole.parse().ok()?;
    let mut part = 0;
    let mut scale = unit;
    for digit in fraction.chars() {
        scale /= 10;
        part += u64::from(digit.to_digit(10)?) * scale;
    }
    whole.checked_mul(unit)?.checked_add(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read() {
        let ms = |text| parse_time(text).map(SimTime::as_ms);
        assert_eq!(ms("20s"), Some(20_000));
        assert_eq!(ms("1m30s"), Some(90_000));
        assert_eq!(ms("1.25s"), Some(1_250));
        assert_eq!(ms("250ms"), Some(250));
        assert_eq!(ms("45"), Some(45_000));
        assert_eq!((ms(""), ms("soon"), ms("5 weeks")), (None, None, None));
    }

    #[test]
    fn a_scenario_is_read() {
        let text = "manifest: |\n  kind: Pod\nactions:\n- at: 6s\n  kubectl: delete pod web\n\
                    until: 25s\nseed: 3\n";
        let scenario = Scenario::read(text).expect("it is one");
        assert_eq!(scenario.manifest, "kind: Pod\n");
        assert_eq!(scenario.actions[0].at, SimTime::secs(6));
        assert_eq!((scenario.until, scenario.seed), (Some(SimTime::secs(25)), Some(3)));
    }

    #[test]
    fn an_action_is_one_of_three() {
        let read = |action: &str| {
            Scenario::read(&format!("manifest: |\n  kind: Pod\nactions:\n- {{at: 6s, {action}}}\n"))
        };
        let apply = read("apply: 'kind: Pod'").expect("it is one").actions.remove(0).deed;
        assert_eq!(apply, Deed::Apply("kind: Pod".into()));
        assert!(read("kubectl: version, apply: x").expect_err("two").contains("one of"));
        assert!(read("aply: x").is_err());
    }

    #[test]
    fn a_bare_manifest_is_a_scenario() {
        let text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: manifest\n";
        let scenario = Scenario::read(text).expect("it is one");
        assert_eq!((scenario.manifest.as_str(), scenario.actions.len()), (text, 0));
    }

    #[test]
    fn mistakes_are_named() {
        let with = |rest: &str| Scenario::read(&format!("manifest: |\n  kind: Pod\n{rest}"));
        let error = with("utnil: 3s\n").expect_err("misspelt");
        assert!(error.contains("utnil"), "{error}");
        let error = with("controller-manager: {x: 1}\n").expect_err("no such flag");
        assert!(error.contains("terminated-pod-gc-threshold"), "{error}");
        let error = with("until: soon\n").expect_err("no time");
        assert!(error.contains("20s"), "{error}");
        let error = with("actions:\n- at: 3s\n").expect_err("empty action");
        assert!(error.contains("kubectl"), "{error}");
    }
}
