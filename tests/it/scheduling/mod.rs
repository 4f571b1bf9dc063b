//! Where Pods go: what keeps them from a node, which node is the best, who has to make room, and
//! what the kubelet still refuses.
//!
//! What is expected are the texts of kube-scheduler and kubelet 1.36 (scheduler
//! framework/plugins, framework/types.go FitError; kubelet lifecycle/predicate.go).

mod admission;
mod best;
mod filters;
mod nodes;
mod preemption;
mod pressure;
mod queue;

use crate::volumes::{Shown, run};

/// A Pod: name, what else is in its metadata and its spec, and what its container asks for.
fn pod(name: &str, meta: &str, spec: &str, requests: &str) -> String {
    let comma = |s: &str| if s.is_empty() { String::new() } else { format!("{s}, ") };
    let (meta, spec) = (comma(meta), comma(spec));
    format!(
        "{{apiVersion: v1, kind: Pod, metadata: {{{meta}name: {name}}}, spec: {{{spec}\
         containers: [{{name: app, image: 'busybox:1.36', command: [sleep, '9999'], resources: \
         {{requests: {{{requests}}}}}}}]}}}}\n"
    )
}

/// Runs objects on nodes (in YAML on one line each), with actions, for a minute.
fn on(nodes: &[&str], objects: &[String], actions: &str) -> Shown {
    let objects: String =
        objects.iter().map(|object| format!("  {}\n  ---\n", object.trim_end())).collect();
    let nodes = nodes.join(", ");
    run(&format!("manifest: |\n{objects}\nnodes: [{nodes}]\nactions: [{actions}]\nuntil: 60s\n"))
}

/// The message of the first FailedScheduling, or where the Pod went.
fn answer(shown: &Shown, pod: &str) -> String {
    let failed = shown.events_of(pod).into_iter().find(|(reason, _)| reason == "FailedScheduling");
    failed.map_or_else(|| shown.node_of(pod), |(_, message)| message)
}
