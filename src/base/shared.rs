//! A map whose values are shared with its copies until one of them changes.

use super::Map;
use std::borrow::Borrow;
use std::rc::Rc;

/// A map ordered by its keys. A copy costs a pointer a value; who changes a value that others have
/// too gets one of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shared<K, V> {
    map: Map<K, Rc<V>>,
}

impl<K, V> Default for Shared<K, V> {
    fn default() -> Self {
        Shared { map: Map::new() }
    }
}

impl<K: Ord, V: Clone> Shared<K, V> {
    /// Nothing yet.
    pub const fn new() -> Self {
        Shared { map: Map::new() }
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.map.get(key).map(|value| &**value)
    }

    /// The value of a key, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.map.get_mut(key).map(Rc::make_mut)
    }

    /// Whether the key is there.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.map.contains_key(key)
    }

    /// Sets a key's value.
    pub fn insert(&mut self, key: K, value: V) {
        self.map.insert(key, Rc::new(value));
    }

    /// Takes a key and its value away.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.map.remove(key).map(Rc::unwrap_or_clone)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.map.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }

    /// Takes all away.
    pub fn clear(&mut self) {
        self.map.clear();
    }

    /// The entries in the order of their keys.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + Clone {
        self.map.iter().map(|(key, value)| (key, &**value))
    }

    /// The entries with values to be changed; each gets a value of its own.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&K, &mut V)> {
        self.map.iter_mut().map(|(key, value)| (key, Rc::make_mut(value)))
    }

    /// The keys in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + ExactSizeIterator + Clone {
        self.map.keys()
    }

    /// The values in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator + Clone {
        self.map.values().map(|value| &**value)
    }

    /// The values, to be changed; each gets a value of its own.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut V> {
        self.map.values_mut().map(Rc::make_mut)
    }

    /// Keeps the entries for which `keep` holds.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &V) -> bool) {
        self.map.retain(|key, value| keep(key, value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_shares_what_neither_changes() {
        let mut one: Shared<u32, Vec<u32>> = Shared::new();
        (0..3).for_each(|key| one.insert(key, vec![key]));
        let mut other = one.clone();
        other.get_mut(&1).unwrap().push(9);
        assert_eq!((one.get(&1), other.get(&1)), (Some(&vec![1]), Some(&vec![1, 9])));
        assert!(std::ptr::eq(one.get(&0).unwrap(), other.get(&0).unwrap()));
        assert_eq!(other.remove(&2), Some(vec![2]));
        assert_eq!((one.len(), other.len()), (3, 2));
    }
}
