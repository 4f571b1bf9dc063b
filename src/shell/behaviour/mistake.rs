//! What can be wrong with the words.

/// Something that cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mistake {
    /// Where it begins, in bytes of the value.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What should stand there.
    pub wanted: Wanted,
}

/// What should stand somewhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Wanted {
    /// One of the words: `start`, `ports` …
    Word,
    /// `500ms`, `3s`, `1m30s`.
    Time,
    /// A moment after the one before.
    LaterTime,
    /// `64Mi`, `1Gi`.
    Size,
    /// `8080`, `9090/grpc`, `6379/tcp`.
    Port,
    /// `/path=200` or `*=404`.
    Path,
    /// `200`, `302>/there`, `hang`, `reset`.
    Answer,
    /// `serving` or `not-serving`.
    Serving,
    /// `TERM=…`, a signal that can be handled.
    Signal,
    /// `ignore` or `exit 0 after 3s`.
    Reaction,
    /// A code from 0 to 255: `1 after 30s`.
    Exit,
    /// One of the words about requests: `every`, `path` …
    TrafficWord,
    /// `web`, `service/web`, `pod/web`.
    Target,
    /// `8080`.
    PortNumber,
    /// `/path`.
    UrlPath,
    /// `true` or `false`.
    Bool,
}
