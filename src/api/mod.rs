//! (room api: under construction)
