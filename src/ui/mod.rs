//! (room ui: under construction)
