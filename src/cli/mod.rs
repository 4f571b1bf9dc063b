//! (room cli: under construction)
