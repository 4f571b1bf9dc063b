//! The tables that the session needs.

use super::{general, reasons};
use crate::base::texts::Table;
use crate::manifest;

/// Those of a manifest, those of the session, and those of a Pod's truths.
pub const TABLES: [Table; 3] = [manifest::texts::TABLE, general::TABLE, reasons::TABLE];
