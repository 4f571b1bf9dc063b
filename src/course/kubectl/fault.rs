//! Faults: what happens to the cluster without anybody asking the API server.

use crate::base::json::{Map, Value};
use crate::course::{nodes, scenario};
use crate::engine::{Action, NodeFault};
use std::rc::Rc;

/// What there is, as the error says it.
const ALL: &str = "kill POD/CONTAINER SIGNAL, oom POD/CONTAINER, image-gone IMAGE, \
    image-back IMAGE, partition NODE on|off, node-down NODE, node-up NODE, reboot NODE [TIME], \
    kubelet-stop NODE, kubelet-start NODE, containerd-stop NODE, containerd-start NODE, \
    scheduler-stop, scheduler-start, \
    memory-pressure NODE on|off, disk-pressure NODE on|off, \
    node-add NODE [cpu=N memory=N pods=N ephemeral-storage=N zone=Z]";
/// How long a machine takes to start anew, if nothing is said.
const REBOOT: &str = "60s";

/// What a fault of a scenario does.
///
/// The error says which faults there are.
pub fn parse_fault(line: &str) -> Result<Action, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (verb, rest) = words.split_first().unwrap_or((&"", &[]));
    let pod = |target: &str| {
        let (pod, container) = target.split_once('/').unwrap_or((target, ""));
        (pod.to_string(), container.to_string())
    };
    let unknown = || format!("fault \"{line}\" is not simulated; there are: {ALL}");
    Ok(match (*verb, rest) {
        ("kill", [target, signal]) => {
            let (pod, container) = pod(target);
            Action::Kill { pod, container, signal: signal.to_string() }
        }
        ("oom", [target]) => {
            let (pod, container) = pod(target);
            Action::Oom { pod, container }
        }
        ("scheduler-stop" | "scheduler-start", []) => Action::Scheduler(*verb == "scheduler-start"),
        ("image-gone" | "image-back", [image]) => {
            Action::Image { image: image.to_string(), gone: *verb == "image-gone" }
        }
        (verb, [node, rest @ ..]) => {
            let fault = node_fault(verb, node, rest)?.ok_or_else(unknown)?;
            Action::Node { node: node.to_string(), fault }
        }
        _ => return Err(unknown()),
    })
}

fn node_fault(verb: &str, node: &str, rest: &[&str]) -> Result<Option<NodeFault>, String> {
    Ok(Some(match (verb, rest) {
        ("partition", ["on"]) => NodeFault::Partition(true),
        ("partition", ["off"]) => NodeFault::Partition(false),
        ("memory-pressure", ["on"]) => NodeFault::Pressure(0, true),
        ("memory-pressure", ["off"]) => NodeFault::Pressure(0, false),
        ("disk-pressure", ["on"]) => NodeFault::Pressure(1, true),
        ("disk-pressure", ["off"]) => NodeFault::Pressure(1, false),
        ("node-down", []) => NodeFault::Power(false),
        ("node-up", []) => NodeFault::Power(true),
        ("kubelet-stop", []) => NodeFault::Kubelet(false),
        ("kubelet-start", []) => NodeFault::Kubelet(true),
        ("containerd-stop", []) => NodeFault::Runtime(false),
        ("containerd-start", []) => NodeFault::Runtime(true),
        ("reboot", [] | [_]) => {
            let text = rest.first().copied().unwrap_or(REBOOT);
            let wrong = || format!("fault: \"{text}\" is no time; write it like 60s");
            NodeFault::Reboot(scenario::parse_time(text).ok_or_else(wrong)?)
        }
        ("node-add", sizes) => {
            let mut fields: Map<String, Value> = [("name".to_string(), node.into())].into();
            for size in sizes {
                let wrong = || format!("fault: \"{size}\" is no FIELD=VALUE");
                let (field, value) = size.split_once('=').ok_or_else(wrong)?;
                fields.insert(field.to_string(), value.into());
            }
            let config = nodes::read_one(&Value::Object(fields));
            NodeFault::Join(Rc::new(config.map_err(|e| format!("fault: {e}"))?))
        }
        _ => return Ok(None),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_of_nodes_are_read() {
        for (line, want) in [
            ("partition node-1 on", NodeFault::Partition(true)),
            ("node-up node-1", NodeFault::Power(true)),
            ("kubelet-stop node-1", NodeFault::Kubelet(false)),
            ("containerd-start node-1", NodeFault::Runtime(true)),
            ("reboot node-1 3m", NodeFault::Reboot(crate::base::SimTime::secs(180))),
        ] {
            let Ok(Action::Node { node, fault }) = parse_fault(line) else { panic!("{line}") };
            assert_eq!((node.as_str(), fault), ("node-1", want));
        }
        let Ok(Action::Node { fault: NodeFault::Join(config), .. }) =
            parse_fault("node-add node-2 cpu=4 zone=b")
        else {
            panic!("it is a fault")
        };
        assert_eq!((config.capacity["cpu"].clone(), config.labels.len()), ("4".into(), 1));
    }

    #[test]
    fn the_scheduler_stops_and_starts() {
        assert_eq!(parse_fault("scheduler-stop"), Ok(Action::Scheduler(false)));
        assert_eq!(parse_fault("scheduler-start"), Ok(Action::Scheduler(true)));
        assert!(parse_fault("scheduler-stop now").is_err());
    }

    #[test]
    fn mistakes_are_named() {
        for (line, part) in [
            ("partition node-1", "partition NODE on|off"),
            ("meteor node-1", "\"meteor node-1\" is not simulated"),
            ("", "there are: kill"),
            ("reboot node-1 soon", "\"soon\" is no time"),
            ("node-add node-2 cores=4", "unknown field \"cores\""),
            ("node-add node-2 cpu", "\"cpu\" is no FIELD=VALUE"),
        ] {
            let error = parse_fault(line).expect_err(part);
            assert!(error.contains(part), "{error}");
        }
    }
}
