//! # Lifepod: the architecture
//!
//! A page (and a command line) on which a Kubernetes Pod lives in virtual time.
//!
//! Rooms, lower ones first; a room uses only rooms above its line (a test keeps it so):
//!
//! | room | what lives there | may use |
//! |---|---|---|
//! | [`base`] | time, keyed draws, text spans, field paths, names | – |
//! | [`rules`] | the rule table and the typed facts a decision cites | base |
//! | [`yaml`] | text → tree with spans | base |
//! | [`api`] | Kubernetes objects, defaults, validation, printing | base rules |
//! | [`manifest`] | tree → strict decode → objects, source map, diagnostics | base rules yaml api |
//! | [`shell`] | a container's processes and the network below: values that are stepped | base |
//! | [`engine`] | the simulated cluster: a value that is stepped | base rules api shell |
//! | [`course`] | the scenario format | base rules yaml api manifest engine |
//! | [`session`] | the one door for every front end | all above |
//! | `cli`, `ui` | the command line; the page | session |
//!
//! Data flow: manifest text → [`manifest`] → `engine::Action` → [`engine`] world and trace →
//! [`session`] views → `cli` or `ui`. Commands flow the other way.
//!
//! Invariants: the world is a value and one function changes it; history is inputs; every
//! decision cites a rule; integers and ordered maps only; the engine knows no web.

#![recursion_limit = "512"]

pub mod api;
pub mod base;
#[cfg(feature = "cli")]
pub mod cli;
pub mod course;
pub mod engine;
pub mod manifest;
pub mod rules;
pub mod session;
pub mod shell;
#[cfg(feature = "web")]
pub mod ui;
pub mod yaml;
