//! The page: Yew components that draw the session's views and send commands back.
//!
//! `app` owns the [`Session`](crate::session); every other component is a function of plain
//! views. A frame is a function of (view, moment): nothing is animated outside virtual time.
//! The page's Content-Security-Policy allows no inline styles: what moves is SVG geometry.

pub mod markup;

pub mod clock_text;
pub mod i18n;
pub mod icons;
pub mod keys;
pub mod options;

pub mod browser;
pub mod frame_clock;
pub mod load;
pub mod panic_card;
pub mod rest;

pub mod compare;
pub mod dialog;
pub mod fidelity;

pub mod app;
pub mod editor;
pub mod exercise;
pub mod header;
pub mod help;
pub mod inspector;
pub mod journey;
pub mod kubectl;
pub mod library;
pub mod live;
pub mod panes;
pub mod picker;
pub mod scrolled;
pub mod share;
pub mod stage;
pub mod timeline;
pub mod tour;
pub mod transport;
pub mod why;
pub mod width;
