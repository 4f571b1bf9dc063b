//! Stable sorting through one compiled core.
//!
//! The standard library's sorts are compiled anew for each type and order; here each costs a
//! closure and a loop of swaps.

use std::cmp::Ordering;

/// Sorts by the items' own order; equal ones stay in order.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts by a key; items of equal keys stay in order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// Sorts by `order`; equal items stay in order.
pub fn sort_by<T>(items: &mut [T], mut order: impl FnMut(&T, &T) -> Ordering) {
    let swaps = swaps(items.len(), &mut |a, b| order(&items[a], &items[b]));
    for (a, b) in swaps {
        items.swap(a, b);
    }
}

/// The swaps that put `len` items in order, one after the other.
#[inline(never)]
fn swaps(len: usize, order: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<(usize, usize)> {
    let mut from: Vec<usize> = (0..len).collect();
    let mut width = 1;
    while width < len {
        from = from.chunks(2 * width).fold(Vec::new(), |done, run| merged(done, run, width, order));
        width *= 2;
    }
    let mut swaps = Vec::new();
    for to in 0..len {
        // What belongs here may have been swapped away: follow it.
        let mut at = from[to];
        while at < to {
            at = from[at];
        }
        if at != to {
            swaps.push((to, at));
        }
        from[to] = at;
    }
    swaps
}

/// `done` and then the two sorted parts of `run` as one; the second begins at `width`.
fn merged(
    mut done: Vec<usize>,
    run: &[usize],
    width: usize,
    order: &mut dyn FnMut(usize, usize) -> Ordering,
) -> Vec<usize> {
    let (mut left, mut right) = run.split_at(width.min(run.len()));
    while let ([a, left_rest @ ..], [b, right_rest @ ..]) = (left, right) {
        if order(*b, *a).is_lt() {
            done.push(*b);
            right = right_rest;
        } else {
            done.push(*a);
            left = left_rest;
        }
    }
    done.extend_from_slice(left);
    done.extend_from_slice(right);
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::draw;

    #[test]
    fn it_sorts_as_the_standard_library_does() {
        for len in 0..200 {
            let ours: Vec<_> = (0..len).map(|nth| (draw(len, "sort", "", nth, 20), nth)).collect();
            let (mut ours, mut theirs) = (ours.clone(), ours);
            sort_by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            assert_eq!(ours, theirs);
            sort_by(&mut ours, |a, b| b.cmp(a));
            theirs.sort_by(|a, b| b.cmp(a));
            assert_eq!(ours, theirs);
        }
    }
}
