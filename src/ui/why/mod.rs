//! Why: the decisions up to this moment, each with its rule, its numbers and its cause.

mod card;
mod cards;
mod group;
mod groups;
mod list;
mod row;
mod texts;

pub use list::{WhyList, WhyListProps};
pub use texts::{RuleText, RuleTexts};
