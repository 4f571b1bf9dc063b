//! How much a manifest may hold. Beyond a limit the learner gets a message that names it.

/// Bytes of text: some 8,000 lines. (The store of a real cluster takes about 1.5 MB an object.)
pub const MAX_TEXT_BYTES: usize = 256 << 10;

/// Levels of nesting. The deepest field of a Pod is about 15 levels down.
pub const MAX_DEPTH: usize = 100;

/// Nodes of one document, as written; also the commas of a text, since in brackets all is read
/// before the first of it is known.
pub const MAX_NODES: usize = 20_000;

/// Nodes that aliases (`*name`) may add to one document.
pub const MAX_ALIAS_NODES: usize = 10_000;

/// Documents of one text.
pub const MAX_DOCUMENTS: usize = 500;

/// Unknown or wrong fields of one document that are told. Upstream tells 100 unknown fields.
pub const MAX_FINDINGS: usize = 200;
