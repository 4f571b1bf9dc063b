//! The commands a container finds in `/bin`: one file each. What they print and how they end is
//! busybox's (1.35).
//!
//! A command is of one of four kinds: done at once (a function over the system calls), a filter
//! (fed with its input piece by piece), a sleeper, or one that becomes another command.

pub mod call;
pub mod decimal;
pub mod filter;
pub mod lines;
pub mod net_task;
pub mod numbers;
pub mod regex;
pub mod servers;
pub mod table;
pub mod task;

pub mod cat;
pub mod cut;
pub mod grep;
pub mod head;
pub mod sed;
pub mod sed_script;
pub mod tail;
pub mod tee;
pub mod tr;
pub mod wc;

pub mod curl;
pub mod curl_request;
pub mod fetch;
pub mod httpd;
pub mod nc;
pub mod net_info;
pub mod nslookup;
mod nslookup_small;
pub mod ping;
pub mod resolve;
pub mod wget;

pub mod awk;
pub mod base64;
pub mod compare;
pub mod digest;
pub mod dos2unix;
pub mod dump;
pub mod expand;
pub mod factor;
pub mod gzip;
pub mod inflate;
pub mod nl;
pub mod paste;
pub mod reverse;
pub mod sort;
pub mod split;
pub mod strings;
pub mod tar;
pub mod whole;

pub mod basename;
pub mod chmod;
pub mod constant;
pub mod cp;
pub mod date;
pub mod dd;
pub mod echo;
pub mod env;
pub mod expr;
pub mod find;
pub mod find_expression;
pub mod id;
pub mod init;
pub mod kill;
pub mod ln;
pub mod ls;
pub mod mkdir;
pub mod mkfifo;
pub mod mktemp;
pub mod mv;
pub mod pgrep;
pub mod printf;
pub mod ps;
pub mod readlink;
pub mod rm;
pub mod seq;
pub mod sleep;
pub mod stat;
pub mod stress;
pub mod system;
pub mod test;
pub mod timeout;
pub mod touch;
pub mod uname;
pub mod which;
pub mod xargs;
pub mod yes;

pub use call::{Call, Plain};
pub use table::{base_name, instant, names, without_dash};
pub use task::Task;
