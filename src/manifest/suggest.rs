//! What may have been meant: the nearest spelling, or the place where the field belongs.

use crate::base::json::{Map, Value};

use super::decode::Owner;
use super::schema::{Schema, Shape};
use crate::base::{FieldPath, PathStep};

pub use crate::base::nearest;

/// Where a field called `name` may belong when the type at the end of `owners` has none: in the
/// nearest object around it that has one, else in those just below it. Of several places below,
/// those that `here` holds already come alone.
pub(super) fn elsewhere(
    schema: &Schema,
    owners: &[Owner],
    path: &FieldPath,
    here: &Map<String, Value>,
    name: &str,
) -> Vec<FieldPath> {
    let Some((inner, around)) = owners.split_last() else { return Vec::new() };
    let above = around.iter().rev().find(|o| schema.field(o.name, name).is_some());
    if let Some(owner) = above {
        return vec![at(path, owner.depth).field(name)];
    }
    let below: Vec<&str> = schema
        .fields(inner.name)
        .filter(|field| match field.code.shape() {
            // `metadata` and `status` hold words that are common elsewhere: a guess misleads.
            _ if ["metadata", "status"].contains(&field.name) && name != "labels" => false,
            Shape::Object(inner) => schema.field(inner, name).is_some(),
            _ => false,
        })
        .map(|field| field.name)
        .collect();
    let there: Vec<&str> = below.iter().copied().filter(|f| here.contains_key(*f)).collect();
    let places = if there.is_empty() { below } else { there };
    // A word that is at home in many places says nothing.
    let few = if places.len() > 4 { Vec::new() } else { places };
    few.iter().map(|place| at(path, inner.depth).field(place).field(name)).collect()
}

fn at(path: &FieldPath, depth: usize) -> FieldPath {
    FieldPath(path.0.iter().take(depth).cloned().collect::<Vec<PathStep>>())
}
