//! (room yaml: under construction)
