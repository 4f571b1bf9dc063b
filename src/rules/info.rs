//! What a table of rules is made of, and what can be asked of a rule.

use super::table::Rule;

/// A rule as data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RuleInfo {
    /// Its id: `probe.liveness-kills`.
    pub id: &'static str,
    /// The names of its facts, as its texts use them.
    pub facts: &'static [&'static str],
    /// The fields of the manifest that it reads.
    pub fields: &'static [&'static str],
    /// Where upstream has it.
    pub source: &'static str,
    /// The scenario that shows it; `-` while none does.
    pub shown_by: &'static str,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $id:literal [$($fact:literal)*] reads [$($field:literal)*]
       from $source:literal shown $shown:literal;)*) => {
        /// A rule that the engine applies.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum Rule {
            $(#[doc = concat!("`", $id, "`")] $name,)*
        }

        impl Rule {
            /// All rules, in the order of the table.
            pub const ALL: &'static [Rule] = &[$(Rule::$name),*];

            /// What the table says of it.
            pub const fn info(self) -> RuleInfo {
                match self {
                    $(Rule::$name => RuleInfo {
                        id: $id, facts: &[$($fact),*], fields: &[$($field),*],
                        source: $source, shown_by: $shown,
                    },)*
                }
            }
        }
    };
}

pub(super) use rules;

impl Rule {
    /// Its id.
    pub const fn id(self) -> &'static str {
        self.info().id
    }

    /// The rule with this id.
    pub fn by_id(id: &str) -> Option<Rule> {
        Rule::ALL.iter().copied().find(|r| r.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Set;

    #[test]
    fn ids_are_unique_and_found() {
        let ids: Set<_> = Rule::ALL.iter().map(|r| r.id()).collect();
        assert_eq!(ids.len(), Rule::ALL.len());
        assert!(Rule::ALL.iter().all(|r| Rule::by_id(r.id()) == Some(*r)));
    }
}
