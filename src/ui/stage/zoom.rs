//! How near one looks: the cluster, a node, a Pod, a container.
//!
//! No web types here, so all of it is tested natively.

use std::rc::Rc;

use crate::session::view::{PodView, StageView};

/// What is looked at.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Focus {
    /// Everything.
    #[default]
    Cluster,
    /// One node and its Pods.
    Node(String),
    /// One Pod.
    Pod(String),
    /// One container of a Pod.
    Container(String, String),
}

impl Focus {
    /// One step nearer: to the first that is there.
    pub fn nearer(&self, view: &StageView) -> Focus {
        let first_container = |pod: &PodView| {
            // The app's container says more than what ran before it.
            pod.containers.last().map(|c| Focus::Container(pod.name.clone(), c.name.clone()))
        };
        let next = match self {
            Focus::Cluster => view.nodes.first().map(|node| Focus::Node(node.name.clone())),
            Focus::Node(node) => {
                let pod = view.pods.iter().find(|pod| pod.node == *node);
                pod.or(view.pods.first()).map(|pod| Focus::Pod(pod.name.clone()))
            }
            Focus::Pod(name) => find(view, name).and_then(first_container),
            Focus::Container(..) => None,
        };
        next.unwrap_or_else(|| self.clone())
    }

    /// One step farther.
    pub fn farther(&self, view: &StageView) -> Focus {
        match self {
            Focus::Cluster | Focus::Node(_) => Focus::Cluster,
            Focus::Pod(pod) => match find(view, pod).filter(|pod| !pod.node.is_empty()) {
                Some(pod) => Focus::Node(pod.node.clone()),
                None => Focus::Cluster,
            },
            Focus::Container(pod, _) => Focus::Pod(pod.clone()),
        }
    }

    /// The one beside it, as near; the ends meet.
    pub fn beside(&self, view: &StageView, by: isize) -> Focus {
        let turn = |names: Vec<&String>, name: &String| {
            let here = names.iter().position(|other| *other == name);
            let count = names.len() as isize;
            let next = (here.unwrap_or(0) as isize + by).rem_euclid(count.max(1));
            names.get(next as usize).map(|name| name.to_string())
        };
        let next = match self {
            Focus::Cluster => None,
            Focus::Node(name) => {
                turn(view.nodes.iter().map(|n| &n.name).collect(), name).map(Focus::Node)
            }
            Focus::Pod(name) => {
                turn(view.pods.iter().map(|p| &p.name).collect(), name).map(Focus::Pod)
            }
            Focus::Container(pod, name) => find(view, pod).and_then(|found| {
                let names = found.containers.iter().map(|c| &c.name).collect();
                turn(names, name).map(|name| Focus::Container(pod.clone(), name))
            }),
        };
        next.unwrap_or_else(|| self.clone())
    }

    /// The way to it: what is farther, from the cluster on, and itself.
    pub fn path(&self, view: &StageView) -> Vec<Focus> {
        let mut path = vec![self.clone()];
        while path[path.len() - 1] != Focus::Cluster {
            path.push(path[path.len() - 1].farther(view));
        }
        path.reverse();
        path
    }

    /// Its name; empty for the cluster.
    pub fn name(&self) -> &str {
        match self {
            Focus::Cluster => "",
            Focus::Node(name) | Focus::Pod(name) | Focus::Container(_, name) => name,
        }
    }

    /// The nearest focus on the way that is still there.
    pub fn kept(&self, view: &StageView) -> Focus {
        let there = match self {
            Focus::Cluster => true,
            Focus::Node(name) => view.nodes.iter().any(|node| node.name == *name),
            Focus::Pod(name) => find(view, name).is_some(),
            Focus::Container(pod, name) => {
                find(view, pod).is_some_and(|pod| pod.containers.iter().any(|c| c.name == *name))
            }
        };
        if there { self.clone() } else { self.farther(view).kept(view) }
    }
}

fn find<'a>(view: &'a StageView, pod: &str) -> Option<&'a PodView> {
    view.pods.iter().map(AsRef::as_ref).find(|other: &&PodView| other.name == pod)
}

/// What of the cluster is seen from so near; `None`: all of it.
pub fn seen(view: &StageView, focus: &Focus) -> Option<StageView> {
    let mut seen = match focus {
        Focus::Cluster => return None,
        _ => view.clone(),
    };
    seen.owners.clear();
    let pod = match focus {
        Focus::Cluster => return None,
        Focus::Node(name) => {
            seen.nodes.retain(|node| node.name == *name);
            seen.pods.retain(|pod| pod.node == *name);
            return Some(seen);
        }
        Focus::Pod(pod) | Focus::Container(pod, _) => pod,
    };
    // So near, the ways between the cluster's parts are out of sight.
    seen.actors.clear();
    seen.services.clear();
    seen.pods.retain(|other| other.name == *pod);
    let node = seen.pods.first().map(|pod| pod.node.clone()).unwrap_or_default();
    seen.nodes.retain(|other| other.name == node);
    if let (Focus::Container(_, name), Some(pod)) = (focus, seen.pods.first_mut()) {
        Rc::make_mut(pod).containers.retain(|container| container.name == *name);
    }
    Some(seen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Command, Session};

    const TWO: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  \
                       - {name: app, image: 'nginx:1.27'}\n  - {name: side, image: 'nginx:1.27'}\n\
                       ---\napiVersion: v1\nkind: Pod\nmetadata: {name: db}\nspec:\n  \
                       containers:\n  - {name: db, image: 'redis:7'}\n";

    fn view() -> Rc<StageView> {
        let mut session = Session::new();
        session.apply(Command::Load(TWO.to_string()));
        session.apply(Command::StepBy(5000));
        session.stage()
    }

    #[test]
    fn one_goes_nearer_step_by_step_and_back() {
        let view = view();
        let mut focus = Focus::default();
        let mut names = Vec::new();
        for _ in 0..4 {
            names.push(focus.name().to_string());
            focus = focus.nearer(&view);
        }
        assert_eq!(names[..2], ["", "node-1"]);
        assert!(matches!(focus, Focus::Container(..)) && focus.nearer(&view) == focus);
        let path = focus.path(&view);
        assert_eq!(path.iter().map(|f| f.name().to_string()).collect::<Vec<_>>(), names);
    }

    #[test]
    fn so_near_only_it_is_seen_and_the_one_beside_is_a_step_away() {
        let view = view();
        let focus = Focus::Container("web".into(), "app".into());
        let near = seen(&view, &focus).expect("not all");
        assert_eq!((near.pods.len(), near.pods[0].containers.len()), (1, 1));
        assert!(near.actors.is_empty() && near.nodes.len() == 1);
        assert_eq!(focus.beside(&view, 1), Focus::Container("web".into(), "side".into()));
        assert_eq!(focus.beside(&view, 2), focus, "the ends meet");
        let pod = Focus::Pod("web".into());
        assert_eq!(pod.beside(&view, 1).name(), "db");
        assert_eq!(seen(&view, &Focus::Cluster), None);
    }

    #[test]
    fn what_is_gone_leaves_one_a_step_farther() {
        let view = view();
        let gone = Focus::Container("web".into(), "no".into());
        assert_eq!(gone.kept(&view), Focus::Pod("web".into()));
        assert_eq!(Focus::Pod("no".into()).kept(&view), Focus::Cluster);
    }
}
