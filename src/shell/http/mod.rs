//! HTTP/1 for simulated programs: messages, and a server that any task can be.
//!
//! A server program is a value with a [`Server`] in it, stepped like every task:
//!
//! ```text
//! start:  let mut server = Server::default();
//!         server.listen(sys, Addr::new(Ip::ANY, 80), false)?;      // Errno::AddressInUse …
//!         sys.set_disposition(Signal::Term, Some(Disposition::Handle));
//! step:   for signal in sys.take_signals() {
//!             server.stop_listening(sys);                          // graceful: finish requests
//!         }
//!         if stopping && server.is_idle() { return Step::Exit(0); }
//!         let until = server.step(sys, &mut app);                  // accept, read, answer, write
//!         sys.wait(until)
//! app:    impl App for … { fn answer(&mut self, sys, request, peer) -> Reply }
//! ```
//!
//! [`Server::step`] does all that can be done without waiting and says when it wants to be stepped
//! next; [`Sys::wait`](super::sys::Sys::wait) wakes the task earlier if something comes from the
//! network. A [`Reply`] may be due later ([`Reply::At`], a slow handler), never come
//! ([`Reply::Never`], a deadlock), be a closed connection ([`Reply::Drop`]) or come from another
//! process that got the descriptor ([`Reply::Taken`], as CGI needs it), or take time
//! ([`Reply::Later`]). When the process
//! dies, its sockets close by themselves: a request under way then fails at the client with a reset
//! or an empty answer, as in reality. The first user is busybox
//! [`httpd`](super::commands::httpd).

pub mod message;
pub mod multipart;
pub mod server;
pub mod url;

pub use message::{Parsed, Request, Response, reason};
pub use server::{App, Peer, Reply, Server};
pub use url::Url;
