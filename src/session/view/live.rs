//! What of the text is at work now: lines that a rule has just read, and what happens soon.

/// The lines at work at the cursor.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LiveView {
    /// Lines (from 1) that rules read just before the cursor, in order.
    pub acting: Vec<usize>,
    /// What the values of lines decide soon, by line; one a line.
    pub soon: Vec<SoonView>,
}

/// What a line's value decides soon.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SoonView {
    /// The line, from 1.
    pub line: usize,
    /// What, and when.
    pub what: Soon,
}

/// A countdown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Soon {
    /// Something happens in so many seconds (rounded up).
    In(u64),
    /// Something is over in so many seconds (rounded up).
    Left(u64),
    /// So many of so many in a row.
    Count(u32, u32),
}
