//! Why: the decisions up to this moment, each with its rule, its numbers and its cause.

mod card;
mod cards;
mod groups;
mod in_view;
mod lines;
mod list;
mod row;
mod seat;
mod texts;

pub use list::{WhyList, WhyListProps};
pub use texts::{RuleText, RuleTexts};
