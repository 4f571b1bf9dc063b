//! All integration tests, in one binary.

mod apply;
mod bad_input;
#[cfg(feature = "cli")]
mod catalogue;
#[cfg(feature = "cli")]
mod cites;
#[cfg(feature = "cli")]
mod content;
mod determinism;
mod float;
mod goals;
#[cfg(feature = "cli")]
mod golden;
mod goyaml;
#[cfg(feature = "cli")]
mod images;
mod judge;
mod ledger;
mod manifest;
#[cfg(feature = "cli")]
mod network;
mod processes;
mod rules;
mod seek;
mod shell;
mod tables;
mod tidy;
mod views;

#[cfg(feature = "cli")]
mod traces;
#[cfg(feature = "cli")]
mod volumes;
