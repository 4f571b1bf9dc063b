//! The command line.

use std::io::{BufWriter, Write, stderr, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mut out = BufWriter::new(stdout().lock());
    let code = lifepod::cli::main(&args, &mut out, &mut stderr().lock());
    let _ = out.flush();
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}
