//! What a machine tells about itself: `free df du uptime tty groups top` …

use crate::shell::cgroup::NODE_MEMORY;
use crate::shell::commands::call::Call;
use crate::shell::commands::find::walk;
use crate::shell::tree::NodeKind;

/// `free -m`: a node with 8 GiB of which a quarter is used. DIFFERENCE: memory is not simulated
/// byte by byte, so the figures stand still.
pub fn free(call: &mut Call) -> i32 {
    let options = match call.options("bkmgh") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let shift = [('b', 0), ('m', 20), ('g', 30)]
        .into_iter()
        .find(|(l, _)| options.has(*l))
        .map_or(10, |(_, s)| s);
    let unit = |kib: u64| (kib << 10 >> shift).to_string();
    let row = |name: &str, cells: &[u64]| {
        let cells: String = cells.iter().map(|kib| format!(" {:>11}", unit(*kib))).collect();
        format!("{name:<7}{cells}\n")
    };
    let head = "              total        used        free      shared  buff/cache   available\n";
    // The node's, as /proc/meminfo has it: the container's limit does not show.
    let total = 24_684_084;
    let used = call.sys.processes().map(|p| call.sys.memory_of(p) >> 10).sum::<u64>();
    let used = used + (total - (NODE_MEMORY >> 10));
    let free = total.saturating_sub(used);
    let memory = row("Mem:", &[total, used, free, 0, 0, free]);
    call.out([head, &memory, &row("Swap:", &[0, 0, 0])].concat());
    0
}

/// `uptime`
pub fn uptime(call: &mut Call) -> i32 {
    let (wall, up) = (call.sys.wall_secs(), call.sys.now().as_secs());
    let day = wall % 86_400;
    let text = format!(
        " {:02}:{:02}:{:02} up {} min,  0 users,  load average: 0.00, 0.00, 0.00\n",
        day / 3600,
        day / 60 % 60,
        day % 60,
        up / 60
    );
    call.out(text);
    0
}

/// `df -h path…`
pub fn df(call: &mut Call) -> i32 {
    let options = match call.options("hkmPTa") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let human = options.has('h');
    let size = |kib: u64| if human { short(kib << 10) } else { kib.to_string() };
    let blocks = if human { "     Size" } else { "1K-blocks" };
    let head = if human {
        format!("Filesystem              {blocks}      Used Available Use% Mounted on\n")
    } else {
        format!("Filesystem           {blocks}      Used Available Use% Mounted on\n")
    };
    let mut out = head;
    let mounts = if options.rest.is_empty() { vec!["/".to_string()] } else { options.rest.clone() };
    let mut status = 0;
    for path in mounts {
        if !call.sys.exists(&path) {
            status = call.fail([&path, ": can't find mount point"].concat());
            continue;
        }
        let (all, used) = (65_792_556_u64, 19_737_764_u64);
        out.push_str(&format!(
            "{:<20} {:>9} {:>9} {:>9} {:>3}% /\n",
            "overlay",
            size(all),
            size(used),
            size(all - used),
            used * 100 / all
        ));
    }
    call.out(out);
    status
}

/// `1.5M`, as `-h` shows a size.
pub fn short(bytes: u64) -> String {
    let (mut tenths, mut unit) = (bytes.saturating_mul(10), 0);
    while tenths >= 10_240 && unit < 5 {
        tenths = (tenths + 512) / 1024;
        unit += 1;
    }
    let letter = ["", "K", "M", "G", "T", "P"][unit];
    match unit {
        0 => bytes.to_string(),
        _ => format!("{}.{}{letter}", tenths / 10, tenths % 10),
    }
}

/// `du -s -h -a -k path…`
pub fn du(call: &mut Call) -> i32 {
    let options = match call.options("shakmcd:x") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let roots = if options.rest.is_empty() { vec![".".to_string()] } else { options.rest.clone() };
    let mut status = 0;
    let size = |kib: u64| match (options.has('h'), options.has('m')) {
        (true, _) => short(kib << 10),
        (_, true) => (kib >> 10).to_string(),
        _ => kib.to_string(),
    };
    for root in roots {
        if !call.sys.exists(&root) {
            status = call.fail([&root, ": No such file or directory"].concat());
            continue;
        }
        let mut all: Vec<(String, u64, bool)> = Vec::new();
        walk(call, &root, &mut |path, node| {
            let blocks = match &node.kind {
                NodeKind::Directory(_) => 4,
                NodeKind::File(content) => content.len().div_ceil(4096) * 4,
                _ => 0,
            };
            all.push((path.to_string(), blocks, node.is_dir()));
        });
        let total = |path: &str| -> u64 {
            let below = [path.trim_end_matches('/'), "/"].concat();
            all.iter().filter(|(p, ..)| p == path || p.starts_with(&below)).map(|(_, b, _)| b).sum()
        };
        let most = options.value('d').and_then(|d| d.parse().ok());
        let most = if options.has('s') { Some(0) } else { most };
        let depth = |path: &str| path[root.len()..].matches('/').count();
        // A directory comes after what is in it.
        let mut shown: Vec<&(String, u64, bool)> =
            all.iter().filter(|(p, _, dir)| *dir || options.has('a') || *p == root).collect();
        crate::base::sort_by(&mut shown, |(a, ..), (b, ..)| {
            let (x, y) = ([a.as_str(), "/"].concat(), [b.as_str(), "/"].concat());
            if x.starts_with(&y) {
                std::cmp::Ordering::Less
            } else if y.starts_with(&x) {
                std::cmp::Ordering::Greater
            } else {
                a.cmp(b)
            }
        });
        let mut out = String::new();
        for (path, ..) in
            shown.into_iter().filter(|(p, ..)| most.is_none_or(|m: usize| depth(p) <= m))
        {
            out.push_str(&[&size(total(path)), "\t", path, "\n"].concat());
        }
        call.out(out);
    }
    status
}

/// `tty`: there is none.
pub fn tty(call: &mut Call) -> i32 {
    call.out("not a tty\n");
    1
}

/// `logname`: nobody has logged in.
pub fn logname(call: &mut Call) -> i32 {
    call.fail("getlogin: No such device or address")
}

/// `groups`
pub fn groups(call: &mut Call) -> i32 {
    call.out("root\n");
    0
}

/// `clear`, `reset`
pub fn clear(call: &mut Call) -> i32 {
    call.out("\u{1b}[H\u{1b}[J");
    0
}

/// `hostid`
pub fn hostid(call: &mut Call) -> i32 {
    call.out("0a00a8c0\n");
    0
}

/// `stty`, `who`, `mount` and others that say nothing here.
pub fn nothing(call: &mut Call) -> i32 {
    let name = call.name.to_string();
    call.unsupported(&name);
    0
}

/// `vi`, `more` and others that need a terminal.
pub fn terminal(call: &mut Call) -> i32 {
    let name = call.name.to_string();
    call.unsupported(&[&name, " needs a terminal"].concat());
    call.fail("standard input is not a terminal")
}

/// `top -b -n 1`: one frame.
pub fn top(call: &mut Call) -> i32 {
    let mut out = String::from(
        "Mem: 4073400K used, 4073400K free, 10240K shrd, 102400K buff, 1934300K cached\n\
         CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq\n\
         Load average: 0.00 0.00 0.00 1/99 1\n  \
         PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND\n",
    );
    let me = call.sys.pid();
    for process in call.sys.processes().filter(|p| p.is_alive()) {
        let state = if process.pid == me { 'R' } else { 'S' };
        out.push_str(&format!(
            "{:>5} {:>5} root     {state}     4400   0%   0   0% {}\n",
            process.pid.0,
            process.ppid.0,
            process.argv.join(" ")
        ));
    }
    call.out(out);
    0
}

/// `truncate -s size file`
pub fn truncate(call: &mut Call) -> i32 {
    use crate::shell::sys_files::OpenMode;
    let options = match call.options("cs:") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let size = options.value('s').and_then(crate::shell::commands::numbers::size);
    let Some(size) = size.filter(|_| !options.rest.is_empty()) else {
        return call.usage("truncate [-c] -s SIZE FILE...");
    };
    let mut status = 0;
    for path in &options.rest {
        let kept = call.sys.read_whole(path).unwrap_or_default();
        let file = match call.sys.open(path, OpenMode::Write) {
            Ok(file) => file,
            Err(error) => {
                status = call.fail([path, ": open: ", error.text()].concat());
                continue;
            }
        };
        let fd = call.sys.free_descriptor(3);
        call.sys.set_descriptor(fd, file);
        let len = kept.len().min(size as usize);
        let _ = call.sys.write(fd, &kept[..len]);
        let _ = call.sys.write_filler(fd, size - len as u64);
        call.sys.close(fd);
    }
    status
}
