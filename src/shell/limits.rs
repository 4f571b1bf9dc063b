//! Every bound of this room. Hitting one is a [`Note`](super::Note), never a panic or a hang.
//!
//! DIFFERENCE: a node has gigabytes for its processes; a page has one memory for all of them, and
//! for every moment that one can go back to.

/// Processes alive or zombie at once in one PID namespace.
pub const PROCESSES: usize = 256;
/// Bytes a pipe holds before its writer blocks. Source: pipe(7), default capacity.
pub const PIPE_BYTES: usize = 65_536;
/// Bytes of content kept of one file; what is written beyond is counted but not kept.
pub const FILE_BYTES: usize = 1 << 20;
/// Bytes of content kept of all files of one tree together.
pub const TREE_KEPT_BYTES: usize = 16 << 20;
/// Bytes the files of one tree may count: what is written beyond fails with `ENOSPC`.
pub const TREE_BYTES: u64 = 16 << 30;
/// Files, directories and links in one tree.
pub const NODES: usize = 10_000;
/// Bytes of output kept between two calls of `take_output`; more is dropped.
pub const OUTPUT_BYTES: usize = 4 << 20;
/// Bytes that the runtime copies to a container's log in the time of a step: 250 MB a second.
pub const LOGGED_PER_STEP: u64 = 64;
/// Bytes of one variable, word or captured output.
pub const TEXT_BYTES: usize = 1 << 20;
/// Bytes of text that one command becomes when its words are expanded.
pub const COMMAND_BYTES: usize = 4 << 20;
/// Bytes of text that all shells of one PID namespace hold: variables, parameters of functions that
/// have called others, words and output that wait to be used.
pub const HELD_BYTES: usize = 32 << 20;
/// Bytes of one argument or variable handed to a program. Source: execve(2), MAX_ARG_STRLEN.
pub const ARGUMENT_BYTES: usize = 131_072;
/// Bytes of arguments and variables handed to a program. Source: execve(2), a quarter of the usual
/// stack of 8 MiB.
pub const ARGUMENTS_BYTES: usize = 2 << 20;
/// Nesting of commands and words in one script.
pub const PARSE_DEPTH: usize = 80;
/// Nested function calls, `eval`s and traps while running.
pub const FRAMES: usize = 2_000;
/// Nested parentheses in one arithmetic expression.
pub const ARITH_DEPTH: usize = 60;
/// Symbolic links followed in one path. Source: path_resolution(7).
pub const LINKS: usize = 40;
/// Open file descriptors of one process.
pub const DESCRIPTORS: u32 = 1_024;
/// Arguments one command may get after expansion.
pub const ARGUMENTS: usize = 20_000;
/// Steps one process runs before the next has its turn.
pub const SLICE: u32 = 500;
/// Notes kept between two calls of `take_notes`.
pub const NOTES: usize = 100;
/// Sockets of one network namespace.
pub const SOCKETS: usize = 512;
/// Connections that wait to be accepted by one listener.
pub const BACKLOG: usize = 128;
/// Bytes that wait to be read, or are under way, at one end of a connection.
pub const SOCKET_BYTES: usize = 65_536;
/// The first port for connections from a namespace. Source: ip_local_port_range.
pub const FIRST_PORT: u16 = 32_768;
/// The last port for connections from a namespace.
pub const LAST_PORT: u16 = 60_998;
/// Bytes of the first line and headers of an HTTP message.
pub const HTTP_HEAD: usize = 16_384;
/// Bytes of an HTTP request that a server keeps; a longer one is no request.
pub const HTTP_REQUEST: usize = 1 << 20;
