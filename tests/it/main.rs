//! All integration tests, in one binary.

mod apply;
#[cfg(feature = "cli")]
mod arguments;
#[cfg(feature = "cli")]
mod bad_input;
mod cards;
#[cfg(feature = "cli")]
mod catalogue;
#[cfg(feature = "cli")]
mod cites;
#[cfg(feature = "cli")]
mod content;
#[cfg(feature = "cli")]
mod controllers;
mod determinism;
mod editor;
#[cfg(feature = "cli")]
mod engine_links;
#[cfg(feature = "cli")]
mod exercises;
mod float;
#[cfg(feature = "cli")]
mod glossary;
#[cfg(feature = "cli")]
mod go_print;
mod goals;
#[cfg(feature = "cli")]
mod golden;
mod goyaml;
#[cfg(feature = "cli")]
mod images;
mod judge;
mod lanes;
mod ledger;
mod lifecycle;
#[cfg(feature = "cli")]
mod manifest;
mod namespaces;
#[cfg(feature = "cli")]
mod network;
mod playing;
mod processes;
mod reading;
#[cfg(feature = "cli")]
mod rule_table;
mod rules;
#[cfg(feature = "cli")]
mod scheduling;
mod seek;
mod share;
mod shell;
#[cfg(feature = "cli")]
mod status_column;
mod tables;
#[cfg(feature = "cli")]
mod texts;
mod tidy;
#[cfg(feature = "cli")]
mod traffic;
mod views;

#[cfg(feature = "cli")]
mod traces;
#[cfg(feature = "cli")]
mod volumes;
