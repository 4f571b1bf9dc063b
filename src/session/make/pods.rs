//! The Pods as kubectl prints them, kept until they change: a frame prints those that did.

use crate::api::print::table::{head, line, row};
use crate::api::print::tabs::{TABLE, align};
use crate::api::print::{Wish, kinds};
use crate::api::{Pod, Timestamp};
use crate::base::Map;
use crate::base::json::Value;
use crate::engine::World;
use crate::session::view::PodView;
use std::rc::Rc;

/// What was printed of the Pods of a run.
#[derive(Default)]
pub struct Pods {
    all: Map<String, Kept>,
    table: Option<((u64, u64), Rc<str>)>,
    names: Option<(u64, Rc<Vec<String>>)>,
}

/// What was printed of a Pod of this resource version, in this second.
struct Kept {
    version: String,
    object: Rc<Value>,
    row: Option<(u64, Rc<str>)>,
    view: Option<(u64, bool, Rc<PodView>)>,
}

impl Pods {
    /// A Pod as the API gives it.
    pub fn object(&mut self, pod: &Pod) -> Rc<Value> {
        self.kept(pod).object.clone()
    }

    fn kept(&mut self, pod: &Pod) -> &mut Kept {
        let make = || Kept {
            version: pod.meta.resource_version.clone(),
            object: Rc::new(pod.to_json()),
            row: None,
            view: None,
        };
        let kept = self.all.entry(pod.meta.uid.as_str()).or_insert_with(make);
        if kept.version != pod.meta.resource_version {
            *kept = make();
        }
        kept
    }

    /// The view of one of many Pods, which is the same for a second; made by `make` if it is new.
    pub fn view(
        &mut self,
        pod: &Pod,
        (second, in_api): (u64, bool),
        make: impl FnOnce(&Value) -> PodView,
    ) -> Rc<PodView> {
        let kept = self.kept(pod);
        match &kept.view {
            Some((then, there, view)) if (*then, *there) == (second, in_api) => view.clone(),
            _ => {
                let view = Rc::new(make(&kept.object));
                kept.view = Some((second, in_api, view.clone()));
                view
            }
        }
    }

    /// `kubectl get pods` at this moment.
    pub fn table(&mut self, world: &World) -> Rc<str> {
        let key = (world.api.version(), world.now.as_secs());
        if let Some((_, table)) = self.table.as_ref().filter(|(of, _)| *of == key) {
            return table.clone();
        }
        let table = self.print(world);
        self.table = Some((key, table.clone()));
        table
    }

    fn print(&mut self, world: &World) -> Rc<str> {
        let (second, wish) = (world.now.as_secs(), Wish::default());
        let Some(kind) = kinds::of("Pod").filter(|_| world.api.pods().next().is_some()) else {
            return "No resources found in default namespace.\n".into();
        };
        let mut lines = String::new();
        line(&head(kind, wish), &mut lines);
        for pod in world.api.pods() {
            let kept = self.kept(pod);
            if kept.row.as_ref().is_none_or(|(then, _)| *then != second) {
                let cells = row(kind, &kept.object, wish, Timestamp::at(world.now));
                let mut text = String::new();
                line(&cells, &mut text);
                kept.row = Some((second, text.into()));
            }
            lines.push_str(kept.row.as_ref().map_or("", |(_, row)| row));
        }
        align(&lines, TABLE).into()
    }

    /// Their names.
    pub fn names(&mut self, world: &World) -> Rc<Vec<String>> {
        let version = world.api.version();
        if let Some((_, names)) = self.names.as_ref().filter(|(of, _)| *of == version) {
            return names.clone();
        }
        let names: Rc<Vec<String>> =
            Rc::new(world.api.pods().map(|pod| pod.meta.name.clone()).collect());
        self.names = Some((version, names.clone()));
        names
    }

    /// Forgets the Pods that are gone, if they are many.
    pub fn tidy(&mut self, world: &World) {
        if self.all.len() > 64 && self.all.len() > 2 * world.api.pods().count() {
            self.all.clear();
        }
    }
}
