//! Shell variables.

use crate::base::Map;
use crate::shell::sh::bash::{Extra, State};
use crate::shell::sh::random::Random;
use std::rc::Rc;

const RANDOM: &str = "RANDOM";
const OPTIND: &str = "OPTIND";

/// Where `getopts` is: the next argument, from 1, and how many letters of the one before were
/// taken; 0 if all.
pub type OptionPlace = (usize, usize);

/// One variable.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Var {
    /// Its value; `None` if it is only marked (`export x`).
    pub value: Option<String>,
    /// Whether children get it.
    pub exported: bool,
    /// Whether it cannot be changed.
    pub read_only: bool,
    /// Marks that only bash knows.
    pub more: Option<Box<Extra>>,
}

/// All variables; copies share until one changes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Vars {
    map: Rc<Map<String, Var>>,
    /// What `RANDOM` draws from, unless it was unset.
    pub random: Option<Random>,
    /// The place `getopts` keeps to itself; who sets `OPTIND` sets it too.
    pub options: OptionPlace,
    /// What bash knows of itself; another shell has none.
    pub bash: Option<Rc<State>>,
}

impl Vars {
    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&str> {
        let var = self.var(name)?;
        let items = var.more.as_ref().and_then(|more| more.items.as_ref());
        items.map_or(var.value.as_deref(), |items| items.first().map(String::as_str))
    }

    /// Makes the value of a variable what reading it gives: `RANDOM` has another each time.
    pub fn refresh(&mut self, name: &str) {
        self.reckon(name);
        if let Some(random) = self.random.as_mut().filter(|_| name == RANDOM) {
            let value = random.draw().to_string();
            self.entry(name).value = Some(value);
        }
    }

    /// A variable with its marks.
    pub fn var(&self, name: &str) -> Option<&Var> {
        self.map.get(self.real(name))
    }

    /// A variable with its marks, even if it stands for another.
    pub fn raw(&self, name: &str) -> Option<&Var> {
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
        if self.var(name).is_some_and(|var| var.more.is_some()) {
            let name = self.real(name).to_string();
            if self.entry(&name).read_only {
                return Err([&name, ": is read only"].concat());
            }
            return self.set_marked(&name, value);
        }
        let name = &self.real(name).to_string();
        let var = self.entry(name);
        if var.read_only {
            return Err(format!("{name}: is read only"));
        }
        var.value = Some(value.to_string());
        if name == RANDOM && self.random.is_some() {
            self.random = Some(Random::seeded(value.parse().unwrap_or(0)));
        }
        self.note_options(name);
        if name == "SECONDS"
            && let Some(state) = self.state()
        {
            state.since = state.now.0 as i64 - value.parse().unwrap_or(0_i64).saturating_mul(1000);
        }
        Ok(())
    }

    fn note_options(&mut self, name: &str) {
        if name == OPTIND {
            let given = self.get(OPTIND).and_then(|value| value.parse().ok());
            self.options = (given.unwrap_or(1).max(1), 0);
        }
    }

    /// Removes a variable. `RANDOM` is then one like any other.
    pub fn unset(&mut self, name: &str) {
        self.restore(name, None);
        self.random = self.random.filter(|_| name != RANDOM);
    }

    /// Puts a variable back as it was.
    pub fn restore(&mut self, name: &str, old: Option<Var>) {
        let map = Rc::make_mut(&mut self.map);
        match old {
            Some(old) => map.insert(name.to_string(), old),
            None => map.remove(name),
        };
        self.note_options(name);
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
