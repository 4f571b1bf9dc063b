//! The Pods as kubectl prints them, kept until they change: a frame prints those that did.

use crate::api::print::table::{head, line, row};
use crate::api::print::tabs::{TABLE, align};
use crate::api::print::{Wish, kinds};
use crate::api::query::Place;
use crate::api::{Pod, Timestamp};
use crate::base::json::Value;
use crate::base::{Map, SimTime, sort_by_key};
use crate::engine::World;
use crate::session::core::in_namespace;
use crate::session::view::{PodView, STAGE_MANY};
use std::rc::Rc;

/// While time runs many Pods are printed anew so often at most, in milliseconds of real time, but
/// for those that changed: their ages change faster than anybody reads.
const EVERY_MS: u64 = 250;

/// What was printed of the Pods of a run.
#[derive(Default)]
pub struct Pods {
    all: Map<String, Kept>,
    /// The moment that many Pods were printed for, and how long ago that was in real time; `None`:
    /// they are printed for the moment that is shown.
    held: Option<(SimTime, u64)>,
    table: Option<((u64, u64), Rc<str>)>,
    names: Option<(u64, Rc<Vec<String>>)>,
}

/// What was printed of a Pod of this resource version, in this second.
struct Kept {
    version: String,
    object: Rc<Value>,
    row: Option<((u64, bool), Rc<str>)>,
    view: Option<(u64, bool, Rc<PodView>)>,
}

impl Pods {
    /// Time runs: so much of it passed, in milliseconds of real time.
    pub fn run(&mut self, wall_ms: u64) {
        match &mut self.held {
            Some((_, age)) => *age += wall_ms,
            None => self.held = Some((SimTime::ZERO, EVERY_MS)),
        }
    }

    /// Time stands: what is printed is of the moment that is shown.
    pub fn stand(&mut self) {
        self.held = None;
    }

    /// The moment that many Pods are printed for.
    pub fn moment(&mut self, now: SimTime) -> SimTime {
        let Some((then, age)) = &mut self.held else { return now };
        if *age >= EVERY_MS || *then > now {
            (*then, *age) = (now, 0);
        }
        *then
    }

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
            before => {
                let view = make(&kept.object);
                // What looks the same keeps its pointer: nobody draws it anew.
                let same = before.as_ref().map(|(.., before)| before);
                let same = same.filter(|before| ***before == view).cloned();
                let view = same.unwrap_or_else(|| Rc::new(view));
                kept.view = Some((second, in_api, view.clone()));
                view
            }
        }
    }

    /// `kubectl get pods` at this moment.
    pub fn table(&mut self, world: &World) -> Rc<str> {
        let many = world.api.pods().count() > STAGE_MANY;
        let now = if many { self.moment(world.now) } else { world.now };
        let key = (world.api.version(), now.as_secs());
        if let Some((_, table)) = self.table.as_ref().filter(|(of, _)| *of == key) {
            return table.clone();
        }
        let table = self.print(world, now);
        self.table = Some((key, table.clone()));
        table
    }

    fn print(&mut self, world: &World, now: SimTime) -> Rc<str> {
        let namespace = place(world) == Place::Everywhere;
        let (second, wish) = (now.as_secs(), Wish { namespace, ..Wish::default() });
        let Some(kind) = kinds::of("Pod").filter(|_| world.api.pods().next().is_some()) else {
            return "No resources found in default namespace.\n".into();
        };
        let mut lines = String::new();
        line(&head(kind, wish), &mut lines);
        let mut pods: Vec<&Rc<Pod>> = world.api.pods().collect();
        if namespace {
            sort_by_key(&mut pods, |pod| pod.meta.home());
        }
        for pod in pods {
            let kept = self.kept(pod);
            if kept.row.as_ref().is_none_or(|(then, _)| *then != (second, namespace)) {
                let cells = row(kind, &kept.object, wish, Timestamp::at(now));
                let mut text = String::new();
                line(&cells, &mut text);
                kept.row = Some(((second, namespace), text.into()));
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
/// Where the Pods are: in one namespace, or in several.
fn place(world: &World) -> Place {
    let mut homes = world.api.pods().map(|pod| pod.meta.home());
    let first = homes.next().unwrap_or("default");
    match homes.all(|home| home == first) {
        true => Place::In(first.to_string()),
        false => Place::Everywhere,
    }
}

/// The words that ask kubectl for all Pods.
pub fn args(world: &World) -> String {
    match place(world) {
        Place::In(home) => ["get pods", &in_namespace(Some(&home))].concat(),
        Place::List | Place::Everywhere => "get pods -A".into(),
    }
}
