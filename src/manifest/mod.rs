//! (room manifest: under construction)
