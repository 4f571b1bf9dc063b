//! Nodes that the manifest itself describes, and what the API server stores about scheduling.

use super::pod;
use crate::volumes::{Shown, run};

const A: &str = "{apiVersion: v1, kind: Node, metadata: {name: a, labels: {disk: ssd}}, spec: \
    {taints: [{key: k, value: v, effect: NoSchedule}]}, status: {capacity: {cpu: 1, pods: 10}}}";
const B: &str = "{apiVersion: v1, kind: Node, metadata: {name: b}, status: {capacity: {cpu: 4}}}";

fn on(objects: &[&str], actions: &str) -> Shown {
    let objects: String = objects.iter().map(|o| format!("  {}\n  ---\n", o.trim_end())).collect();
    run(&format!("manifest: |\n{objects}\nactions: [{actions}]\nuntil: 60s\n"))
}

#[test]
fn each_node_of_a_manifest_has_a_machine() {
    let tolerant = "tolerations: [{key: k, operator: Exists}], nodeSelector: {disk: ssd}";
    let [web, db] = [pod("web", "", "", "cpu: 2"), pod("db", "", tolerant, "")];
    for objects in [[A, B, &web, &db], [&web, &db, A, B]] {
        let shown = on(&objects, "");
        assert_eq!((shown.node_of("web").as_str(), shown.node_of("db").as_str()), ("b", "a"));
        for name in ["web", "db"] {
            assert_eq!(shown.status(name)["phase"], "Running", "{name}");
        }
    }
}

#[test]
fn a_node_that_goes_leaves_its_pods_failed() {
    let held = pod("web", "finalizers: [a.b/c]", "terminationGracePeriodSeconds: 1", "");
    let held = held.replace("[sleep, '9999']", "[sh, -c, 'trap \"exit 0\" TERM; sleep 99 & wait']");
    let gone = "{at: 2s, kubectl: delete node b}";
    let shown = run(&format!(
        "manifest: |\n  {B}\n  ---\n  {}\nactions: [{gone}]\nuntil: 120s\n",
        held.trim_end()
    ));
    let status = shown.status("web");
    assert_eq!(status["phase"], "Failed", "the kubelet does not make it Succeeded");
    let conditions = status["conditions"].as_array().expect("there are some");
    let told = conditions.iter().find(|c| c["type"] == "DisruptionTarget").expect("it is told");
    assert_eq!(
        (&told["reason"], &told["observedGeneration"]),
        (&"DeletionByPodGC".into(), &1.into())
    );
}

#[test]
fn the_scheduler_tells_the_generation_it_looked_at() {
    let shown = on(&[&pod("web", "", "", "cpu: 9999")], "");
    let condition = &shown.status("web")["conditions"][0];
    assert_eq!(
        (&condition["reason"], &condition["observedGeneration"]),
        (&"Unschedulable".into(), &1.into())
    );
}

#[test]
fn a_negative_grace_period_is_stored_as_a_second() {
    let web = pod("web", "", "terminationGracePeriodSeconds: -1", "");
    let patch = "kubectl patch pod web -p '{\"spec\":{\"terminationGracePeriodSeconds\":-5}}'";
    let shown = on(&[&web], &format!("{{at: 5s, kubectl: {:?}}}", patch.replace("kubectl ", "")));
    let last = shown.last("web");
    assert_eq!(last["spec"]["terminationGracePeriodSeconds"], 1);
    assert_eq!(last["metadata"]["generation"], 1);
}
