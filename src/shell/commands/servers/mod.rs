//! The server programs that images bring: when their ports open, what they answer, how they take
//! signals, what they log.
//!
//! What most of them do is data: `programs.txt` has a line a program, its columns parted by `|`:
//! names · directory it serves · words of [`behaviour`](crate::shell::behaviour) (`~` is a space) ·
//! lines when it begins · lines when its ports are open · lines at its end, the first of them when
//! the signal comes · answers by path, parted by `;`. `^` is an end of line, `!` before a line
//! sends it to standard error, `%…` is the time as `date` formats it, `{…}` a value of
//! [`text`](text::fill). What a Pod or a scenario says of the program goes before all of it.
//!
//! Source: the programs' own output and signal handling; recordings of nginx
//! (`golden` live-http-404, post-http-nginx). DIFFERENCE: log lines are cut to the usual ones.

pub mod agnhost;
pub mod agnhost_answers;
pub mod begin;
pub mod client;
pub mod daemon;
pub mod grpc_probe;
pub mod netexec;
pub mod netexec_jobs;
pub mod nginx;
mod perl;
pub mod program;
pub mod redis;
pub mod site;
pub mod tcp;
pub mod text;

pub use begin::start;
pub use daemon::Daemon;
pub use program::Program;
