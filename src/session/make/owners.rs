//! What makes Pods, or bounds them, for the stage.

use crate::api::print::kinds;
use crate::api::print::table::{Wish, head, row};
use crate::api::revision::revision_of;
use crate::api::{PlainObject, Timestamp};
use crate::base::sort_by_key;
use crate::engine::World;
use crate::session::view::OwnerView;
use std::rc::Rc;

/// ReplicaSets of one Deployment that are given at most.
const SETS: usize = 4;

/// Every object that controllers act on and that no other one owns.
pub(super) fn owners(world: &World) -> Vec<OwnerView> {
    let all: Vec<&Rc<PlainObject>> =
        world.api.plain_objects().filter(|o| o.is_controlled()).collect();
    let now = Timestamp::at(world.now);
    let owner = |o: &PlainObject, sets: Vec<OwnerView>| {
        let object = o.to_json();
        let kind = kinds::of(&o.kind).unwrap_or(&kinds::OTHER);
        let wish = Wish::default();
        let cells = row(kind, &object, wish, now);
        let columns = head(kind, wish).into_iter().zip(cells);
        let told = |(name, _): &(String, String)| name != "NAME" && name != "AGE";
        let columns = columns.filter(told).collect();
        OwnerView { kind: o.kind.clone(), name: o.meta.name.clone(), columns, sets }
    };
    let tops = all.iter().filter(|o| o.meta.owner_references.is_empty());
    let with_sets = |top: &&Rc<PlainObject>| {
        let uid = top.meta.uid.as_str();
        let mine = |o: &&&Rc<PlainObject>| o.meta.owner_references.iter().any(|r| r["uid"] == uid);
        let mut sets: Vec<_> = all.iter().filter(mine).collect();
        sort_by_key(&mut sets, |set| -revision_of(set));
        let sets = sets.into_iter().take(SETS).map(|set| owner(set, Vec::new()));
        owner(top, sets.collect())
    };
    tops.map(with_sets).collect()
}
