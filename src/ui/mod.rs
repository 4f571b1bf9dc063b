//! The page: Yew components that draw the session's views and send commands back.
//!
//! [`app`] owns the [`Session`](crate::session); every other component is a function of plain
//! views. A frame is a function of (view, moment): nothing is animated outside virtual time.

pub mod i18n;
pub mod stage;
pub mod timeline;
