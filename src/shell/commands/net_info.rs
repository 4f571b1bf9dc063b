//! `netstat -tln`, `ip addr`, `ifconfig`: the namespace's sockets and addresses.
//!
//! Source: what busybox 1.35 prints (recorded).

use crate::shell::commands::call::Call;
use crate::shell::net::NetId;
use crate::shell::net::Network;
use crate::shell::net::socket::Kind;
use crate::shell::net::{Addr, Ip, Link};

/// Lists sockets.
pub fn netstat(call: &mut Call) -> i32 {
    let options = match call.options("latuwxnerp") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let (all, only) = (options.has('a'), options.has('l'));
    let what = match (all, only) {
        (true, _) => "servers and established",
        (_, true) => "only servers",
        _ => "w/o servers",
    };
    let mut text = format!(
        "Active Internet connections ({what})\n\
         Proto Recv-Q Send-Q Local Address           Foreign Address         State       \n"
    );
    if !options.has('u') || options.has('t') {
        text += &lines(call.sys.network(), call.sys.me().net, all || only, all || !only);
    }
    call.out(text);
    0
}

fn lines(network: &Network, space: NetId, servers: bool, others: bool) -> String {
    let end = |addr: Addr| match addr.ip {
        Ip::ANY => format!("0.0.0.0:{}", addr.port),
        ip => format!("{ip}:{}", addr.port),
    };
    let mut text = String::new();
    for (_, socket) in network.sockets_of(space) {
        let (other, waiting, state) = match &socket.kind {
            Kind::Listener(waiting) if servers => {
                ("0.0.0.0:*".to_string(), waiting.len(), "LISTEN")
            }
            Kind::Stream(stream) if others => {
                let state = match stream.link {
                    Link::Connecting => "SYN_SENT",
                    Link::Up if stream.ended => "CLOSE_WAIT",
                    Link::Up if stream.shut => "FIN_WAIT2",
                    Link::Up => "ESTABLISHED",
                    Link::Failed(_) => continue,
                };
                (end(socket.remote), stream.inbox.len(), state)
            }
            _ => continue,
        };
        let own = end(socket.local);
        text += &format!("tcp   {waiting:6} {:6} {own:<23} {other:<23} {state:<12}\n", 0);
    }
    text
}

/// `ip addr`, `ip route`.
pub fn ip(call: &mut Call) -> i32 {
    let own = call.sys.address();
    let words: Vec<&str> = call.args.iter().map(|a| a.as_str()).collect();
    let words: Vec<&str> = words.into_iter().filter(|w| !w.starts_with('-')).collect();
    match words.first().copied().unwrap_or_default() {
        "a" | "ad" | "addr" | "address" => {
            call.out(
                "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000\n    \
                 link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n    \
                 inet 127.0.0.1/8 scope host lo\n       valid_lft forever preferred_lft forever\n",
            );
            if own != Ip::ANY {
                let (mac, broadcast) = (mac(own), Ip(own.0 | 0xff));
                call.out(format!(
                    "2: eth0@if3: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue \
                     qlen 1000\n    link/ether {mac} brd ff:ff:ff:ff:ff:ff\n    \
                     inet {own}/24 brd {broadcast} scope global eth0\n       \
                     valid_lft forever preferred_lft forever\n"
                ));
            }
            0
        }
        "r" | "route" => {
            let gate = Ip(own.0 & !0xff | 1);
            let net = Ip(own.0 & !0xff);
            call.out(format!(
                "default via {gate} dev eth0 \n{net}/24 dev eth0 scope link  src {own} \n"
            ));
            0
        }
        other => {
            call.unsupported(other);
            1
        }
    }
}

fn mac(own: Ip) -> String {
    let [a, b, c, d] = own.0.to_be_bytes();
    format!("0a:58:{a:02x}:{b:02x}:{c:02x}:{d:02x}")
}

/// `ifconfig`
pub fn ifconfig(call: &mut Call) -> i32 {
    let own = call.sys.address();
    let only = call.args.first().cloned().unwrap_or_default();
    let mut shown = 0;
    for (name, ip) in [("eth0", own), ("lo", Ip::LOCALHOST)] {
        if !only.is_empty() && only != name || ip == Ip::ANY {
            continue;
        }
        shown += 1;
        let (link, flags, mask) = match name {
            "lo" => ("Local Loopback  ".to_string(), "UP LOOPBACK RUNNING  MTU:65536", "255.0.0.0"),
            _ => {
                let mac = mac(own).to_ascii_uppercase();
                let link = format!("Ethernet  HWaddr {mac}  ");
                (link, "UP BROADCAST RUNNING MULTICAST  MTU:1500", "255.255.255.0")
            }
        };
        let broadcast = match name {
            "lo" => String::new(),
            _ => format!("  Bcast:{}", Ip(own.0 | 0xff)),
        };
        call.out(format!(
            "{name:<9} Link encap:{link}\n          inet addr:{ip}{broadcast}  Mask:{mask}\n          \
             {flags}  Metric:1\n\n"
        ));
    }
    if shown == 0 && !only.is_empty() {
        return call
            .fail(format!("{only}: error fetching interface information: Device not found"));
    }
    0
}
