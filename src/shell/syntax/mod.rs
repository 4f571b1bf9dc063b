//! The grammar of the POSIX shell with the extensions busybox ash has: text to syntax tree.
//!
//! Why a parser of our own and not brush-parser: a shell reads and runs one complete command at a
//! time (an error in line 3 does not keep line 2 from running), and the machine needs shared,
//! comparable nodes it can keep in frames across a snapshot. brush-parser tokenizes the whole
//! text first, keeps words as raw strings that are parsed again at each expansion, says its
//! errors in its own words instead of ash's, and weighed 30 KB of Wasm.

pub mod ast;
pub mod bash;
pub mod bash_ast;
pub mod brace;
pub mod compound;
pub mod cursor;
pub mod here;
pub mod parser;
pub mod redirect;
pub mod word;

pub use ast::*;
pub use parser::{SyntaxError, next_command};
