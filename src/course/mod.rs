//! (room course: under construction)
