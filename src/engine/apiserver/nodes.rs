//! What kubelets and controllers ask about nodes: conditions, taints, Pods of a node.

use super::store::{ApiServer, Watching, observe, set_condition};
use crate::api::node::{NodeCondition, taints_json};
use crate::api::taint::Taint;
use crate::api::{Node, Phase, PlainObject, Pod, Timestamp};
use crate::base::json::Value;
use crate::base::sort_by_key;
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::message::{Call, Component, NodeCall, NodeId, Snapshot};
use crate::engine::trace::WatchType::{self, Added};
use std::cmp::Reverse;
use std::rc::Rc;

impl ApiServer {
    /// Does what is asked about a node.
    pub(super) fn about_node(&mut self, call: NodeCall, from: Component, cx: &mut Cx) {
        match call {
            NodeCall::Conditions { node, set } => self.set_node_conditions(&node, &set, cx),
            NodeCall::Taints { node, add, remove } => self.swap_taints(&node, &add, &remove, cx),
            NodeCall::Register(object) => self.register(&object, cx),
            NodeCall::ListPods(node) => {
                let of = |pod: &&Rc<Pod>| node.is_empty() || pod.spec.node_name == node;
                let pods = Rc::new(self.pods().filter(of).cloned().collect());
                let answer = Call::Node(NodeCall::Pods(node, pods));
                cx.send(from, latency::API_HOP, answer);
            }
            NodeCall::NotReady { name, uid } => self.mark_not_ready(&name, &uid, cx),
            NodeCall::Collect { name, uid, why } => self.collect(&name, &uid, why, cx),
            NodeCall::Pods(..) | NodeCall::Relist(_) => {}
        }
    }

    /// The object of a node.
    pub fn node(&self, name: &str) -> Option<&Rc<PlainObject>> {
        self.plain("Node", name)
    }

    /// All nodes, by name.
    pub fn nodes(&self) -> impl Iterator<Item = Node> {
        self.plain_objects().filter(|o| o.kind == "Node").map(|o| Node::read(o))
    }

    fn write_node(&mut self, name: &str, change: impl FnOnce(&mut Value), cx: &mut Cx) {
        let Some(old) = self.node(name).cloned() else { return };
        let mut object = (*old).clone();
        change(&mut object.body);
        if object.body != old.body {
            self.write_plain(WatchType::Modified, object, cx);
        }
    }

    fn set_node_conditions(&mut self, name: &str, set: &[NodeCondition], cx: &mut Cx) {
        let now = Timestamp::at(cx.now);
        self.write_node(name, |body| set.iter().for_each(|c| put_condition(body, c, now)), cx);
    }

    /// Source: controller/util/node/controller_utils.go SwapNodeControllerTaint
    fn swap_taints(&mut self, name: &str, add: &[Taint], remove: &[Taint], cx: &mut Cx) {
        let is = |a: &Taint, b: &Taint| a.key == b.key && a.effect == b.effect;
        let change = |body: &mut Value| {
            let before = body["spec"]["taints"].as_array().into_iter().flatten();
            let mut list: Vec<Taint> = before.map(Taint::read).collect();
            list.retain(|t| !remove.iter().chain(add).any(|gone| is(t, gone)));
            list.extend(add.iter().cloned());
            match (list.is_empty(), body["spec"].as_object_mut()) {
                (true, Some(spec)) => drop(spec.remove("taints")),
                _ => body["spec"]["taints"] = taints_json(&list),
            }
        };
        self.write_node(name, change, cx);
    }

    /// A kubelet registers its node; one that is there stays as it is.
    /// Source: kubelet_node_status.go tryRegisterWithAPIServer
    fn register(&mut self, object: &PlainObject, cx: &mut Cx) {
        if self.node(&object.meta.name).is_none() {
            let meta = self.new_meta(object.meta.clone(), cx);
            let object = PlainObject { meta, ..object.clone() };
            self.write_plain(WatchType::Added, object, cx);
        }
    }

    /// Only the condition's status changes.
    /// Source: controller/util/node/controller_utils.go MarkPodsNotReady
    fn mark_not_ready(&mut self, name: &str, uid: &str, cx: &mut Cx) {
        let Some(pod) = self.pod_with(name, uid) else { return };
        let mut pod = (*pod).clone();
        let ready = pod.status.conditions.iter_mut().find(|c| c.kind == "Ready");
        let Some(ready) = ready.filter(|c| c.status != "False") else { return };
        ready.status = "False".into();
        ready.last_transition_time = Some(Timestamp::at(cx.now));
        self.write_pod(WatchType::Modified, pod, cx);
    }

    /// A Pod that nobody looks after goes at once, marked as failed if it had not ended.
    /// Source: podgc/gc_controller.go markFailedAndDeletePodWithCondition
    fn collect(&mut self, name: &str, uid: &str, why: Option<(&str, &str)>, cx: &mut Cx) {
        let Some(pod) = self.pod_with(name, uid) else { return };
        if !pod.finished() {
            let mut pod = (*pod).clone();
            pod.status.phase = Phase::Failed;
            let now = Timestamp::at(cx.now);
            if let Some((reason, text)) = why {
                let kind = "DisruptionTarget";
                set_condition(&mut pod.status, kind, "True", reason, text, now);
                observe(&mut pod, kind);
            }
            self.write_pod(WatchType::Modified, pod, cx);
        }
        // The answer tells nobody anything: the Pod is there.
        drop(self.delete("Pod", name, Some(0), cx));
    }

    /// Whether the Pod garbage collector has something to do about a Pod.
    pub(super) fn is_garbage(&self, pod: &Pod) -> bool {
        let node = &pod.spec.node_name;
        let finished = || self.pods().filter(|p| p.finished()).count();
        (!node.is_empty() && self.node(node).is_none())
            || (node.is_empty() && pod.deleting() && !pod.meta.finalizers.is_empty())
            || (pod.finished() && finished() > self.finished_most)
    }

    /// From now on the node's kubelet and kube-proxy hear nothing.
    pub(in crate::engine) fn disconnect(&mut self, id: NodeId) {
        self.watching.retain(|w| w.id != id);
    }

    /// From now on the node's kubelet hears nothing; its kube-proxy goes on.
    pub(in crate::engine) fn drop_kubelet(&mut self, id: NodeId) {
        let found = self.watching.iter_mut().filter(|w| w.id == id);
        found.for_each(|w| w.kubelet = false);
    }

    /// The node's kubelet and kube-proxy watch, from all that there is.
    /// Source: client-go tools/cache/reflector.go ListAndWatch
    pub(in crate::engine) fn connect(&mut self, id: NodeId, name: &str, cx: &mut Cx) {
        self.disconnect(id);
        let at = self.watching.partition_point(|w| w.id < id);
        self.watching.insert(at, Watching { name: name.to_string(), id, kubelet: true });
        let on_it = |pod: &&Rc<Pod>| pod.spec.node_name == name;
        let known = |o: &&Rc<PlainObject>| o.kind != "Node" || o.meta.name == name;
        let snapshot = Rc::new(Snapshot {
            pods: self.pods().filter(on_it).cloned().collect(),
            plain: self.plain_objects().filter(known).cloned().collect(),
            services: self.services().cloned().collect(),
            slices: self.slices().cloned().collect(),
        });
        for to in [Component::Kubelet(id), Component::Network(id)] {
            let call = Call::Node(NodeCall::Relist(snapshot.clone()));
            cx.send(to, latency::WATCH_HOP, call);
        }
    }

    /// A scheduler that has just started hears of all that there is: of Pods that wait for a node
    /// last, the most important first.
    pub(in crate::engine) fn tell_scheduler(&self, cx: &mut Cx) {
        let objects = self.plain_objects().cloned().map(|o| Call::ObjectChanged(Added, o));
        let order =
            |pod: &Rc<Pod>| (pod.spec.node_name.is_empty(), Reverse(pod.spec.needs.priority));
        let mut pods: Vec<Rc<Pod>> = self.pods().cloned().collect();
        sort_by_key(&mut pods, order);
        let pods = pods.into_iter().map(|pod| Call::PodChanged(Added, pod));
        for call in objects.chain(pods) {
            cx.send(Component::Scheduler, latency::WATCH_HOP, call);
        }
    }
}

/// Sets a condition; its transition time changes only with its status.
fn put_condition(body: &mut Value, new: &NodeCondition, now: Timestamp) {
    let mut value = new.to_json(now);
    let list = &mut body["status"]["conditions"];
    let Some(list) = list.as_array_mut() else {
        *list = vec![value].into();
        return;
    };
    match list.iter_mut().find(|c| c["type"] == new.kind) {
        Some(old) => {
            if old["status"] == new.status {
                value["lastTransitionTime"] = old["lastTransitionTime"].clone();
            }
            if new.status == "Unknown" {
                // The controller says so, and the kubelet's last word is older.
                value["lastHeartbeatTime"] = old["lastHeartbeatTime"].clone();
            }
            *old = value;
        }
        None => list.push(value),
    }
}
