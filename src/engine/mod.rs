//! (room engine: under construction)
