//! What a program does, as a few words: when its port opens, what it answers, how it takes
//! signals, what memory it uses, when it ends. Profiles of servers are written in them, people
//! write them in annotations under `lifepod.dev/` and in a scenario's `images:`.
//!
//! ```text
//! start:   3s                              until its ports open
//! ports:   8080, 9090/grpc, 6379/tcp       where it listens
//! http:    /healthz=200,500@10s; *=404     what it answers by path, and from when on
//! grpc:    serving, not-serving@20s        what its health service says
//! signals: TERM=exit 0 after 3s; HUP=ignore
//! exit:    1 after 30s                     it ends by itself
//! memory:  64Mi, 300Mi@60s                 in a straight line from point to point
//! size:    180Mi                           bytes to pull
//! pull:    12s                             or how long that takes
//! ```

pub mod annotation;
pub mod mistake;
pub mod read;
pub mod words;

pub use annotation::{Key, key};
pub use mistake::{Mistake, Wanted};
pub use words::{Answer, Behaviour, Port, PortKind, Reaction, Reply, Route};
