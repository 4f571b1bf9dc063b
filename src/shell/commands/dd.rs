//! `dd if=/dev/zero of=file bs=1M count=5`

use crate::base::SimTime;
use crate::shell::commands::call::Call;
use crate::shell::commands::numbers;
use crate::shell::commands::task::Work;
use crate::shell::errno::Errno;
use crate::shell::limits;
use crate::shell::process::{State, Step};
use crate::shell::sys::{Read, Sys};
use crate::shell::sys_files::OpenMode;

struct Plan {
    input: Option<String>,
    output: Option<String>,
    block: u64,
    count: Option<u64>,
    /// Blocks of the input and of the output that are passed over.
    skip: u64,
    seek: u64,
    /// The output is not emptied.
    keep: bool,
}

/// `dd` and how far it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dd {
    block: usize,
    count: Option<u64>,
    full: u64,
    part: u64,
    total: u64,
    /// When the blocks that are only counted are through.
    until: SimTime,
    output: String,
}

/// How many bytes of a device go through in a millisecond: about a gigabyte a second.
const BYTES_PER_MS: u64 = 1 << 20;

/// Bytes of a device that really go through a pipe, and that really go anywhere else but to a file.
const PASSED: u64 = 16 << 20;
const NOTED: u64 = limits::PIPE_BYTES as u64;

/// Opens the files. Blocks of an endless device are counted, not made.
pub fn start(call: &mut Call) -> Result<Work, Option<i32>> {
    let plan = plan(call)?;
    open(call, &plan)?;
    let input = plan.input.as_deref();
    let endless = matches!(input, Some("/dev/zero" | "/dev/urandom" | "/dev/random"));
    let block = plan.block.min(limits::TEXT_BYTES as u64) as usize;
    let until = call.sys.now();
    let output = plan.output.clone().unwrap_or_default();
    let mut dd = Dd { block, count: plan.count, full: 0, part: 0, total: 0, until, output };
    call.sys.hold(plan.block);
    let total = plan.count.map_or(u64::MAX, |count| plan.block.saturating_mul(count));
    let to_file = plan.output.as_ref().is_some_and(|path| path != "/dev/null");
    if !endless {
        skip(call, plan.skip.saturating_mul(plan.block));
    } else if total > PASSED || !call.sys.is_pipe(1) && (to_file || total > NOTED) {
        let Some(count) = plan.count else {
            if plan.output.as_deref() != Some("/dev/null") {
                call.unsupported("without an end: it runs on and writes nothing");
            }
            call.sys.burn(1000);
            return Ok(Work::Forever);
        };
        (dd.full, dd.total) = (count, total);
        dd.count = Some(count);
        dd.until = until + SimTime::ms(dd.total / BYTES_PER_MS);
        if let Err(error) = call.sys.write_filler(1, dd.total) {
            let size = call.sys.stat(&dd.output, true).map_or(0, |node| node.size());
            dd.full = (size / plan.block).min(count) + 1;
            return Err(Some(dd.failed(call.sys, error)));
        }
    }
    Ok(Work::Dd(dd))
}

/// Reads bytes of a file that nobody wants.
fn skip(call: &mut Call, bytes: u64) {
    let mut left = bytes.min(limits::FILE_BYTES as u64) as usize;
    while left > 0 {
        let Read::Data(data) = call.sys.read(0, left) else { return };
        left -= data.len();
    }
}

impl Dd {
    /// Copies a block, or ends with the figures on standard error.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        if sys.now() < self.until {
            sys.burn(1000);
            return Step::Block(State::Sleeping(self.until));
        }
        if self.count.is_some_and(|count| self.full + self.part >= count) {
            return self.end(sys);
        }
        let data = match sys.read(0, self.block) {
            Read::Data(data) => data,
            Read::Wait(state) => return Step::Block(state),
            Read::End | Read::Failed(_) => return self.end(sys),
        };
        self.total += data.len() as u64;
        if data.len() == self.block {
            self.full += 1;
        } else {
            self.part += 1;
        }
        match sys.write(1, data) {
            Ok(()) => Step::Continue,
            Err(error) => Step::Exit(self.failed(sys, error)),
        }
    }

    /// The last block that was read could not be written. Source: busybox, dd.c, as it ran.
    fn failed(&self, sys: &mut Sys, error: Errno) -> i32 {
        let (full, part) = (self.full.saturating_sub(1), self.part.min(self.full));
        sys.err(format!(
            "dd: error writing '{}': {error}\n{}+{part} records in\n{full}+{part} records out\n",
            self.output, self.full
        ));
        1
    }

    fn end(&self, sys: &mut Sys) -> Step {
        let (records, bytes) = (format!("{}+{} records", self.full, self.part), self.total);
        let size = human(bytes);
        sys.err(format!(
            "{records} in\n{records} out\n{bytes} bytes ({size}) copied, 0.000000 seconds, 0B/s\n"
        ));
        Step::Exit(0)
    }
}

fn plan(call: &mut Call) -> Result<Plan, i32> {
    let mut plan =
        Plan { input: None, output: None, block: 512, count: None, skip: 0, seek: 0, keep: false };
    for arg in call.args {
        let (name, value) = arg.split_once('=').unwrap_or((arg, ""));
        match name {
            "if" => plan.input = Some(value.to_string()),
            "of" => plan.output = Some(value.to_string()),
            "bs" | "count" => match numbers::size(value) {
                Some(size) if name == "bs" && size > 0 => plan.block = size,
                Some(size) if name == "count" => plan.count = Some(size),
                _ => return Err(call.fail(format!("invalid number '{value}'"))),
            },
            "conv" if value.contains("notrunc") => plan.keep = true,
            "conv" | "status" | "oflag" | "iflag" => {}
            "skip" => plan.skip = numbers::size(value).unwrap_or(0),
            "seek" => plan.seek = numbers::size(value).unwrap_or(0),
            "ibs" | "obs" => call.unsupported(name),
            _ => return Err(call.usage("dd [if=FILE] [of=FILE] [bs=N] [count=N]")),
        }
    }
    Ok(plan)
}

fn open(call: &mut Call, plan: &Plan) -> Result<(), i32> {
    let (seek, keep) = (plan.seek.saturating_mul(plan.block), plan.keep);
    let write = if keep || seek > 0 { OpenMode::ReadWrite } else { OpenMode::Write };
    let ends = [(0, &plan.input, OpenMode::Read), (1, &plan.output, write)];
    for (fd, path, mode) in ends {
        let Some(path) = path else { continue };
        match call.sys.open(path, mode) {
            Ok(file) => call.sys.set_descriptor(fd, file),
            Err(error) => return Err(call.fail_path("can't open ", path, error)),
        }
    }
    if seek > 0 {
        call.sys.seek(1, seek);
    }
    Ok(())
}

fn human(bytes: u64) -> String {
    let (mut tenths, mut unit) = (bytes.saturating_mul(10), 0);
    while tenths >= 10_240 && unit < 4 {
        tenths /= 1_024;
        unit += 1;
    }
    format!("{}.{}{}", tenths / 10, tenths % 10, ["B", "KB", "MB", "GB", "TB"][unit])
}
