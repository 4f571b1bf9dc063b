//! Stage and timeline, rendered without a browser from views built by hand.

mod sample;
mod stage;
mod timeline;
