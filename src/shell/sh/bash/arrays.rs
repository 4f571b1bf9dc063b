//! Arrays and the other marks of bash's variables.

use crate::base::Map;
use crate::shell::sh::arith;
use crate::shell::sh::vars::Vars;
use std::rc::Rc;

/// Marks of a variable that only bash knows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Extra {
    /// Its elements, if it is an array.
    pub items: Option<Items>,
    /// `declare -i`
    pub integer: bool,
    /// `declare -u`, `declare -l`
    pub upper: Option<bool>,
    /// `declare -n`: its value is the name of another.
    pub reference: bool,
}

/// The elements of an array: by number, or by a text whose hash comes first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Items {
    /// `declare -A`
    pub keyed: bool,
    /// The elements in the order in which they are listed.
    pub map: Map<(i64, String), String>,
}

impl Items {
    /// An array of these values.
    pub fn listed(values: impl IntoIterator<Item = String>) -> Items {
        let numbered = values.into_iter().enumerate();
        let map = numbered.map(|(at, value)| ((at as i64, String::new()), value)).collect();
        Items { keyed: false, map }
    }

    /// The place of an element by its text. Source: bash, hash_string, and 1024 buckets.
    fn place(text: &str) -> (i64, String) {
        let step = |hash: u32, byte| hash.wrapping_mul(16_777_619) ^ u32::from(byte);
        let hash = text.bytes().fold(2_166_136_261, step);
        (i64::from(hash & 1023), text.to_string())
    }

    /// The number after the last one.
    fn next(&self) -> i64 {
        self.map.last_key_value().map_or(0, |((last, _), _)| last + 1)
    }

    /// The element that stands for the whole.
    pub fn first(&self) -> Option<&String> {
        let first = if self.keyed { Items::place("0") } else { (0, String::new()) };
        self.map.get(&first)
    }

    /// What an element is called.
    pub fn name((number, text): &(i64, String), keyed: bool) -> String {
        if keyed { text.clone() } else { number.to_string() }
    }
}

/// A value for an array: its index, if given, and whether it is appended.
pub type Given = (Option<(String, bool)>, String);

impl Vars {
    /// The variable that a name stands for: another one, if it is a reference.
    pub(in crate::shell::sh) fn real<'a>(&'a self, name: &'a str) -> &'a str {
        let mut name = name;
        for _ in 0..8 {
            let Some(var) = self.raw(name) else { break };
            let refers = var.more.as_ref().is_some_and(|more| more.reference);
            match var.value.as_deref().filter(|_| refers) {
                Some(other) => name = other,
                None => break,
            }
        }
        name
    }

    fn items(&self, name: &str) -> Option<&Items> {
        self.var(name)?.more.as_ref()?.items.as_ref()
    }

    /// Whether it is an array with texts for indices.
    pub fn is_keyed(&self, name: &str) -> bool {
        self.items(name).is_some_and(|items| items.keyed)
    }

    /// All elements with their indices; a plain variable is its own first.
    pub fn elements(&mut self, name: &str) -> Vec<(String, String)> {
        self.refresh(name);
        match self.items(name) {
            Some(items) => {
                let shown =
                    |(at, value): (&_, &String)| (Items::name(at, items.keyed), value.clone());
                items.map.iter().map(shown).collect()
            }
            None => {
                let value = self.get(name).map(|value| ("0".to_string(), value.to_string()));
                value.into_iter().collect()
            }
        }
    }

    fn place(&mut self, name: &str, index: &str) -> Result<(i64, String), String> {
        if self.is_keyed(name) {
            return Ok(Items::place(index));
        }
        let mut number = arith::evaluate(index, self)?;
        if number < 0 {
            number += self.items(name).map_or(0, Items::next);
        }
        if number < 0 {
            return Err(format!("{name}[{index}]: bad array subscript"));
        }
        Ok((number, String::new()))
    }

    /// One element. Errors: the index is none.
    pub fn element(&mut self, name: &str, index: &str) -> Result<Option<String>, String> {
        self.refresh(name);
        let name = self.real(name).to_string();
        let at = self.place(&name, index)?;
        Ok(match self.items(&name) {
            Some(items) => items.map.get(&at).cloned(),
            None if at.0 == 0 => self.get(&name).map(str::to_string),
            None => None,
        })
    }

    /// Sets an element, or adds to it.
    pub fn put(&mut self, name: &str, index: &str, value: &str, add: bool) -> Result<(), String> {
        let name = self.real(name).to_string();
        let at = self.place(&name, index)?;
        let old = if add { self.element(&name, index)? } else { None };
        let value = self.marked(&name, value, old)?;
        self.writable(&name)?.map.insert(at, value);
        Ok(())
    }

    /// Adds to a variable as `+=` does.
    pub fn append(&mut self, name: &str, value: &str) -> Result<(), String> {
        let name = self.real(name).to_string();
        if self.items(&name).is_some() {
            return self.put(&name, "0", value, true);
        }
        let old = self.get(&name).map(str::to_string);
        let value = self.marked(&name, value, old)?;
        self.set(&name, &value)
    }

    /// What a value becomes by the marks of its variable, after what was there.
    fn marked(&mut self, name: &str, value: &str, old: Option<String>) -> Result<String, String> {
        let (integer, upper) = match self.var(name).and_then(|var| var.more.as_ref()) {
            Some(more) => (more.integer, more.upper),
            None => (false, None),
        };
        if integer {
            let sum = arith::evaluate(&old.unwrap_or_default(), self)?;
            return Ok(sum.wrapping_add(arith::evaluate(value, self)?).to_string());
        }
        let value = old.unwrap_or_default() + value;
        Ok(match upper {
            Some(true) => value.to_uppercase(),
            Some(false) => value.to_lowercase(),
            None => value,
        })
    }

    /// Sets a variable that has marks of bash.
    pub(in crate::shell::sh) fn set_marked(
        &mut self,
        name: &str,
        value: &str,
    ) -> Result<(), String> {
        if self.items(name).is_some() {
            return self.put(name, "0", value, false);
        }
        let value = self.marked(name, value, None)?;
        self.entry(name).value = Some(value);
        Ok(())
    }

    /// The elements of an array to be changed; a plain variable becomes one.
    fn writable(&mut self, name: &str) -> Result<&mut Items, String> {
        let var = self.entry(name);
        if var.read_only {
            return Err([name, ": readonly variable"].concat());
        }
        let before = var.value.take();
        let items = var.more.get_or_insert_default().items.get_or_insert_default();
        if let Some(value) = before {
            items.map.insert((0, String::new()), value);
        }
        Ok(items)
    }

    /// Makes a variable an array.
    pub fn make_array(&mut self, name: &str, keyed: bool) -> Result<(), String> {
        let name = self.real(name).to_string();
        match self.items(&name) {
            Some(items) if items.keyed != keyed && keyed => {
                Err([&name, ": cannot convert indexed to associative array"].concat())
            }
            Some(items) if items.keyed != keyed => {
                Err([&name, ": cannot convert associative to indexed array"].concat())
            }
            Some(_) => Ok(()),
            None => {
                self.writable(&name)?.keyed = keyed;
                Ok(())
            }
        }
    }

    /// `a=(…)`, `a+=(…)`
    pub fn fill(&mut self, name: &str, given: Vec<Given>, add: bool) -> Result<(), String> {
        let name = self.real(name).to_string();
        let items = self.writable(&name)?;
        if !add {
            items.map.clear();
        }
        let mut next = items.next().to_string();
        let pairs = items.keyed && given.iter().all(|(index, _)| index.is_none());
        if pairs {
            for pair in given.chunks(2) {
                self.put(&name, &pair[0].1, pair.get(1).map_or("", |(_, v)| v), false)?;
            }
            return Ok(());
        }
        for (index, value) in given {
            let (at, append) = index.unwrap_or((next, false));
            self.put(&name, &at, &value, append)?;
            next = match self.is_keyed(&name) {
                true => String::new(),
                false => (self.place(&name, &at)?.0 + 1).to_string(),
            };
        }
        Ok(())
    }

    /// `unset 'a[1]'`
    pub fn remove_element(&mut self, name: &str, index: &str) -> Result<(), String> {
        let name = self.real(name).to_string();
        if matches!(index, "@" | "*") && !self.is_keyed(&name) {
            self.unset(&name);
            return Ok(());
        }
        let at = self.place(&name, index)?;
        if self.items(&name).is_some() {
            self.writable(&name)?.map.remove(&at);
        } else if at.0 == 0 {
            self.unset(&name);
        }
        Ok(())
    }

    /// The state of bash, to be changed.
    pub(in crate::shell::sh) fn state(&mut self) -> Option<&mut super::State> {
        self.bash.as_mut().map(Rc::make_mut)
    }
}
