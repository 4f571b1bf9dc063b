//! sim: reads files named on the command line (each a script), prints one JSON line each: {"file","stdout","stderr","exit"}
use lifepod::base::SimTime;
use lifepod::base::json::Value;
use lifepod::shell::{Kernel, Network, Pid, Spawn, Stream, Volumes};
fn main() {
    let shell = std::env::var("SIM_SHELL").unwrap_or("sh".into());
    for file in std::env::args().skip(1) {
        let script = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        let f2 = file.clone();
        let sh = shell.clone();
        let r = std::thread::Builder::new()
            .stack_size(64 << 20)
            .spawn(move || {
                let mut kernel = Kernel::new("web");
                let mut volumes = Volumes::new();
                let mut network = Network::default();
                let mut now = SimTime::ZERO;
                let (mut out, mut err) = (String::new(), String::new());
                let mut spawn = Spawn::command([sh.as_str(), "-c", &script]);
                spawn.env =
                    vec![("HOME".into(), "/root".into()), ("HOSTNAME".into(), "web".into())].into();
                kernel.spawn(now, &spawn, &mut volumes).expect("command");
                for _ in 0..20_000 {
                    let mut fuel = 1_000_000;
                    network.deliver(now);
                    kernel.run(now, &mut fuel, &mut volumes, &mut network);
                    for o in kernel.take_output() {
                        match o.stream {
                            Stream::Stdout => out.push_str(&o.text),
                            Stream::Stderr => err.push_str(&o.text),
                        }
                    }
                    let next = if kernel.is_out_of_fuel() {
                        Some(now)
                    } else {
                        kernel.next_wake().into_iter().chain(network.next_at()).min()
                    };
                    match next {
                        Some(w) if w <= SimTime::secs(300) => now = now.max(w),
                        _ => break,
                    }
                }
                let exit = kernel.exit(Pid::INIT).map(|e| e.code).map_or(-1, i64::from);
                (out, err, exit)
            })
            .unwrap()
            .join();
        let (out, err, exit) = r.unwrap_or_else(|_| ("PANIC".into(), String::new(), -99));
        println!(
            "{{\"file\":{},\"stdout\":{},\"stderr\":{},\"exit\":{}}}",
            Value::from(f2.as_str()),
            Value::from(out.as_str()),
            Value::from(err.as_str()),
            exit
        );
    }
}
