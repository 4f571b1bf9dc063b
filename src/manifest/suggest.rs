//! What may have been meant: the nearest spelling, or the place where the field belongs.

use crate::base::json::{Map, Value};

use super::decode::Owner;
use super::schema::{Schema, Shape};
use crate::base::{FieldPath, PathStep};

/// Of `known`, the word spelt most like `word`, if it is near enough to be meant.
pub fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let lower = word.to_ascii_lowercase();
    let allowed = (word.len() / 3).clamp(1, 4);
    known
        .map(|k| (distance(&lower, &k.to_ascii_lowercase()), k))
        .filter(|(d, _)| *d <= allowed)
        .min_by_key(|(d, _)| *d)
        .map(|(_, k)| k)
}

/// Letters to insert, drop, replace or swap to make `b` of `a`; long words count as far apart.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().max(b.len()) > 64 {
        return usize::MAX;
    }
    let mut two_up: Vec<usize> = Vec::new();
    let mut up: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replace = up[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replace.min(up[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(two_up[j - 2] + 1);
            }
            row.push(best);
        }
        two_up = std::mem::replace(&mut up, row);
    }
    up[b.len()]
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_near_and_another_word_is_not() {
        let known = ["image", "imagePullPolicy", "command", "livenessProbe", "readinessProbe"];
        let rows = [
            ("imagee", Some("image")),
            ("comand", Some("command")),
            ("livenesProbe", Some("livenessProbe")),
            ("imagepullpolicy", Some("imagePullPolicy")),
            ("cmomand", Some("command")),
            ("volumes", None),
            ("x", None),
        ];
        for (word, want) in rows {
            assert_eq!(nearest(word, known.into_iter()), want, "{word}");
        }
    }
}
