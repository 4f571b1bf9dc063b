//! `dd if=/dev/zero of=file bs=1M count=5`

use crate::shell::commands::call::Call;
use crate::shell::commands::numbers;
use crate::shell::errno::Errno;
use crate::shell::limits;
use crate::shell::sys::Read;
use crate::shell::sys_files::OpenMode;

struct Plan {
    input: Option<String>,
    output: Option<String>,
    block: u64,
    count: Option<u64>,
}

/// Copies blocks. Blocks of an endless device are counted, not made.
pub fn run(call: &mut Call) -> i32 {
    let plan = match plan(call) {
        Ok(plan) => plan,
        Err(code) => return code,
    };
    if let Err(code) = open(call, &plan) {
        return code;
    }
    match copy(call, &plan) {
        Ok((full, part, bytes)) => {
            let parts = part;
            call.sys.err(format!(
                "{full}+{parts} records in\n{full}+{parts} records out\n{bytes} bytes ({}) copied, \
                 0.000000 seconds, 0B/s\n",
                human(bytes)
            ));
            0
        }
        Err(error) => call.fail(format!("error writing: {error}")),
    }
}

fn plan(call: &mut Call) -> Result<Plan, i32> {
    let mut plan = Plan { input: None, output: None, block: 512, count: None };
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
            "conv" | "status" | "oflag" | "iflag" => {}
            "ibs" | "obs" | "skip" | "seek" => call.unsupported(name),
            _ => return Err(call.usage("dd [if=FILE] [of=FILE] [bs=N] [count=N]")),
        }
    }
    Ok(plan)
}

fn open(call: &mut Call, plan: &Plan) -> Result<(), i32> {
    let ends = [(0, &plan.input, OpenMode::Read), (1, &plan.output, OpenMode::Write)];
    for (fd, path, mode) in ends {
        let Some(path) = path else { continue };
        match call.sys.open(path, mode) {
            Ok(file) => call.sys.set_descriptor(fd, file),
            Err(error) => return Err(call.fail_path("can't open ", path, error)),
        }
    }
    Ok(())
}

fn copy(call: &mut Call, plan: &Plan) -> Result<(u64, u64, u64), Errno> {
    let endless =
        matches!(plan.input.as_deref(), Some("/dev/zero" | "/dev/urandom" | "/dev/random"));
    if let (true, Some(count)) = (endless, plan.count) {
        let bytes = plan.block.saturating_mul(count);
        call.sys.write_filler(1, bytes)?;
        return Ok((count, 0, bytes));
    }
    let (mut full, mut part, mut total) = (0, 0, 0_u64);
    let block = plan.block.min(limits::TEXT_BYTES as u64) as usize;
    while plan.count.is_none_or(|count| full + part < count) && total < limits::OUTPUT_BYTES as u64
    {
        let Read::Data(data) = call.sys.read(0, block) else { break };
        total += data.len() as u64;
        if data.len() == block {
            full += 1
        } else {
            part += 1
        }
        call.sys.write(1, data)?;
    }
    Ok((full, part, total))
}

fn human(bytes: u64) -> String {
    let (mut tenths, mut unit) = (bytes.saturating_mul(10), 0);
    while tenths >= 10_240 && unit < 4 {
        tenths /= 1_024;
        unit += 1;
    }
    format!("{}.{}{}", tenths / 10, tenths % 10, ["B", "KB", "MB", "GB", "TB"][unit])
}
