//! (room rules: under construction)
