//! (room session: under construction)
