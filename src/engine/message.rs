//! What components say to each other.

use super::action::Request;
use super::cri::{RuntimeCall, RuntimeReply};
use super::network::{Dial, Dialed};
use super::trace::WatchType;
use crate::api::{
    EndpointSlice, Event, NodeCondition, PlainObject, Pod, PodStatus, Service, Taint,
};
use crate::base::SimTime;
use std::rc::Rc;

/// A node, by its number: the first is 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct NodeId(pub u16);

/// A part of the cluster.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Component {
    /// The person's command line.
    Kubectl,
    /// kube-apiserver.
    ApiServer,
    /// kube-scheduler.
    Scheduler,
    /// The endpoint slice controller.
    Endpoints,
    /// The taint eviction controller.
    Taints,
    /// The controllers of workloads, quotas, budgets and owners.
    Controllers,
    /// The node lifecycle controller and the garbage collector of Pods.
    Nodes,
    /// The kubelet of a node.
    Kubelet(NodeId),
    /// The container runtime of a node.
    Runtime(NodeId),
    /// What works on a node's network: the kubelet's connections, kube-proxy.
    Network(NodeId),
    /// The clients outside of the Pods.
    Clients,
}

impl Component {
    /// Its name, as its Events and logs have it.
    pub fn name(self) -> &'static str {
        match self {
            Component::Kubectl => "kubectl",
            Component::ApiServer => "apiserver",
            Component::Scheduler => "scheduler",
            Component::Endpoints => "endpointslice-controller",
            Component::Taints => "taint-eviction-controller",
            Component::Controllers => "kube-controller-manager",
            Component::Nodes => "node-controller",
            Component::Kubelet(_) => "kubelet",
            Component::Runtime(_) => "runtime",
            Component::Network(_) => "kube-proxy",
            Component::Clients => "clients",
        }
    }

    /// The node that it is on; the first, for what is on none.
    pub fn node(self) -> NodeId {
        match self {
            Component::Kubelet(node) | Component::Runtime(node) | Component::Network(node) => node,
            _ => NodeId::default(),
        }
    }
}

/// A message under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    /// From.
    pub from: Component,
    /// To.
    pub to: Component,
    /// When it left.
    pub sent: SimTime,
    /// When it arrives.
    pub arrives: SimTime,
    /// What it says.
    pub call: Call,
}

/// What a message says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Call {
    /// kubectl asks.
    Request {
        /// The command's number.
        command: u64,
        /// In which namespace, if kubectl asks about one.
        within: Option<Rc<str>>,
        /// What it asks.
        request: Request,
    },
    /// The API server answers kubectl.
    Answer {
        /// The command's number.
        command: u64,
        /// What it did, or why not.
        answer: Result<Done, Refusal>,
    },
    /// A Pod changed.
    PodChanged(WatchType, Rc<Pod>),
    /// A Service changed.
    ServiceChanged(WatchType, Rc<Service>),
    /// A ConfigMap, Secret or another object changed.
    ObjectChanged(WatchType, Rc<PlainObject>),
    /// The scheduler binds a Pod to a node.
    Bind {
        /// Pod name.
        name: String,
        /// Pod UID.
        uid: String,
        /// Node name.
        node: String,
    },
    /// The kubelet writes a status.
    PatchStatus {
        /// Pod name.
        name: String,
        /// Pod UID.
        uid: String,
        /// The whole status.
        status: Rc<PodStatus>,
    },
    /// The scheduler writes a condition.
    PatchCondition {
        /// Pod name.
        name: String,
        /// Pod UID.
        uid: String,
        /// Reason of PodScheduled=False.
        reason: String,
        /// Its message.
        message: String,
        /// The node on which room is made for it; empty: none. Nothing: as it was.
        nominated: Option<String>,
    },
    /// A controller marks a Pod as disrupted, and deletes it.
    Disrupt {
        /// Pod name.
        name: String,
        /// Pod UID.
        uid: String,
        /// Reason of DisruptionTarget=True.
        reason: String,
        /// Its message.
        message: String,
    },
    /// The kubelet confirms that a deleted Pod has stopped.
    RemovePod {
        /// Pod name.
        name: String,
        /// Pod UID: only this one may go.
        uid: String,
    },
    /// The API server has the kubelet run a command in a container.
    Exec {
        /// The kubectl command's number.
        command: u64,
        /// Pod UID.
        uid: String,
        /// Container name.
        container: String,
        /// What to run.
        argv: Vec<String>,
    },
    /// The kubelet tells how it ended: exit code and output, or why it could not run.
    ExecEnded {
        /// The kubectl command's number.
        command: u64,
        /// Exit code, stdout and stderr.
        result: Result<(i32, [String; 2]), Refusal>,
    },
    /// An Event is written, or its count raised.
    WriteEvent(Rc<Event>),
    /// The endpoint slice controller writes a slice.
    WriteSlice(Rc<EndpointSlice>),
    /// The slice's Service is gone.
    RemoveSlice(String),
    /// A slice changed.
    SliceChanged(WatchType, Rc<EndpointSlice>),
    /// The kubelet makes a request over the network.
    Dial(u64, Rc<Dial>),
    /// What came of a request.
    Dialed(u64, Dialed),
    /// The kubelet asks the runtime.
    Runtime(u64, RuntimeCall),
    /// The runtime answers.
    RuntimeReply(u64, RuntimeReply),
    /// About nodes.
    Node(NodeCall),
}

/// What kubelets and controllers say to the API server about nodes, and what it answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NodeCall {
    /// Conditions of a node are written.
    Conditions {
        /// Its name.
        node: String,
        /// The conditions.
        set: Vec<NodeCondition>,
    },
    /// Taints of a node are written.
    Taints {
        /// Its name.
        node: String,
        /// New ones.
        add: Vec<Taint>,
        /// Those that go.
        remove: Vec<Taint>,
    },
    /// A kubelet registers its node.
    Register(Rc<PlainObject>),
    /// Which Pods are on this node, or, with an empty name, anywhere?
    ListPods(String),
    /// These.
    Pods(String, Rc<Vec<Rc<Pod>>>),
    /// The node of a Pod is not ready, so the Pod is not either.
    NotReady {
        /// Pod name.
        name: String,
        /// Pod UID.
        uid: String,
    },
    /// A Pod that nobody looks after goes.
    Collect {
        /// Pod name.
        name: String,
        /// Pod UID.
        uid: String,
        /// Reason and message of DisruptionTarget=True.
        why: Option<(&'static str, &'static str)>,
    },
    /// All that a node watches, after a time without news.
    Relist(Rc<Snapshot>),
}

/// What a node watches.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Snapshot {
    /// Its Pods.
    pub pods: Vec<Rc<Pod>>,
    /// ConfigMaps, Secrets and others, and its own Node.
    pub plain: Vec<Rc<PlainObject>>,
    /// Services.
    pub services: Vec<Rc<Service>>,
    /// Their EndpointSlices.
    pub slices: Vec<Rc<EndpointSlice>>,
}

impl NodeCall {
    fn label(&self) -> String {
        match self {
            NodeCall::Conditions { node, set } => {
                let ready = set.iter().find(|c| c.kind == "Ready");
                format!("PATCH {node} Ready={}", ready.map_or("", |c| c.status))
            }
            NodeCall::Taints { node, .. } => format!("PATCH {node} taints"),
            NodeCall::Register(object) => format!("POST node/{}", object.meta.name),
            NodeCall::ListPods(_) => "LIST pods".into(),
            NodeCall::Pods(_, pods) => format!("{} pods", pods.len()),
            NodeCall::NotReady { name, .. } => format!("PATCH {name} Ready=False"),
            NodeCall::Collect { name, .. } => format!("DELETE {name} grace 0"),
            NodeCall::Relist(_) => "LIST, WATCH".into(),
        }
    }
}

/// What the API server did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Done {
    /// Stored for the first time.
    Created,
    /// Stored for the first time, under a name of the API server's making.
    Named(String),
    /// What was read.
    Listed(Vec<Rc<Pod>>, Vec<Rc<PlainObject>>),
    /// Changed.
    Configured,
    /// Already so.
    Unchanged,
    /// Being deleted, or gone.
    Deleted,
    /// Changed, these of several.
    All(Vec<String>),
    /// A command ran in a container.
    Executed {
        /// Its exit code.
        code: i32,
        /// What it wrote to stdout and stderr.
        output: [String; 2],
        /// The container kubectl chose, and all there are; none if it was named.
        defaulted: Option<(String, Vec<String>)>,
    },
}

/// Why the API server did not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// `NotFound`, `Invalid`, `Forbidden` …
    pub reason: String,
    /// The message.
    pub message: String,
}

impl Call {
    /// A short label in the words of the API or the CRI.
    pub fn label(&self) -> String {
        match self {
            Call::Request { request: Request::Create(object), .. } => {
                format!("create {}", named(object))
            }
            Call::Request { request: Request::Apply(object), .. } => {
                format!("apply {}", named(object))
            }
            Call::Request { request: Request::Delete { kind, name, .. }, .. } => {
                format!("delete {}/{name}", kind.to_ascii_lowercase())
            }
            Call::Request { request: Request::Patch(patch), .. } => {
                format!("PATCH {}/{}", patch.kind.to_ascii_lowercase(), patch.name)
            }
            Call::Request { request: Request::Exec(exec), .. } => format!("exec {}", exec.name),
            Call::Request { request: Request::Evict { name, .. }, .. } => format!("evict {name}"),
            Call::Request { request: Request::Drain(drain), .. } => {
                format!("drain {}", drain.nodes.join(" "))
            }
            Call::Request { request: Request::List(kind), .. } => format!("GET {kind}s"),
            Call::Request { request: Request::Look(_) | Request::Attach { .. }, .. } => {
                "GET".into()
            }
            Call::Exec { argv, .. } => format!("exec {}", argv.join(" ")),
            Call::ExecEnded { result, .. } => match result {
                Ok((code, _)) => format!("exit {code}"),
                Err(refusal) => refusal.reason.clone(),
            },
            Call::Answer { answer: Ok(_), .. } => "200 OK".into(),
            Call::Answer { answer: Err(refusal), .. } => refusal.reason.clone(),
            Call::PodChanged(kind, pod) => format!("{} {}", kind.as_str(), pod.meta.name),
            Call::ServiceChanged(kind, service) => {
                format!("{} svc/{}", kind.as_str(), service.meta.name)
            }
            Call::ObjectChanged(kind, object) => {
                format!(
                    "{} {}",
                    kind.as_str(),
                    crate::api::resource::shown(&object.kind, &object.meta.name)
                )
            }
            Call::Bind { name, node, .. } => format!("bind {name} → {node}"),
            Call::PatchStatus { status, .. } => format!("PATCH status {}", status.phase.as_str()),
            Call::PatchCondition { reason, .. } => format!("PATCH PodScheduled {reason}"),
            Call::Disrupt { name, .. } => format!("DELETE {name}"),
            Call::RemovePod { name, .. } => format!("DELETE {name} grace 0"),
            Call::WriteEvent(event) => format!("Event {}", event.reason),
            Call::WriteSlice(slice) => format!("EndpointSlice {}", slice.meta.name),
            Call::RemoveSlice(name) => format!("DELETE EndpointSlice {name}"),
            Call::SliceChanged(kind, slice) => format!("{} {}", kind.as_str(), slice.meta.name),
            Call::Dial(_, dial) => dial.label(),
            Call::Dialed(_, dialed) => dialed.label.clone(),
            Call::Runtime(_, call) => call.label(),
            Call::RuntimeReply(_, reply) => reply.label(),
            Call::Node(call) => call.label(),
        }
    }
}

fn named(object: &crate::base::json::Value) -> String {
    let text = |v: &crate::base::json::Value| v.as_str().unwrap_or_default().to_ascii_lowercase();
    format!("{}/{}", text(&object["kind"]), text(&object["metadata"]["name"]))
}
