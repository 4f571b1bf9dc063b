//! Shell variables.

use crate::base::Map;
use std::rc::Rc;

/// One variable.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Var {
    /// Its value; `None` if it is only marked (`export x`).
    pub value: Option<String>,
    /// Whether children get it.
    pub exported: bool,
    /// Whether it cannot be changed.
    pub read_only: bool,
}

/// All variables; copies share until one changes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Vars {
    map: Rc<Map<String, Var>>,
}

impl Vars {
    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.map.get(name)?.value.as_deref()
    }

    /// A variable with its marks.
    pub fn var(&self, name: &str) -> Option<&Var> {
        self.map.get(name)
    }

    /// All variables by name.
    pub fn all(&self) -> impl Iterator<Item = (&String, &Var)> {
        self.map.iter()
    }

    /// The variable to change, made if missing.
    pub fn entry(&mut self, name: &str) -> &mut Var {
        Rc::make_mut(&mut self.map).entry(name.to_string()).or_default()
    }

    /// Sets a value, keeping the marks. Errors: the variable is read-only.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        let var = self.entry(name);
        if var.read_only {
            return Err(format!("{name}: is read only"));
        }
        var.value = Some(value.to_string());
        Ok(())
    }

    /// Puts a variable back as it was.
    pub fn restore(&mut self, name: &str, old: Option<Var>) {
        let map = Rc::make_mut(&mut self.map);
        match old {
            Some(old) => map.insert(name.to_string(), old),
            None => map.remove(name),
        };
    }

    /// The environment for a child.
    pub fn environment(&self) -> Vec<(String, String)> {
        self.map
            .iter()
            .filter(|(_, var)| var.exported)
            .filter_map(|(name, var)| Some((name.clone(), var.value.clone()?)))
            .collect()
    }
}
