//! (room shell: under construction)
