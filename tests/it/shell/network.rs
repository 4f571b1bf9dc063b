//! The network below the programs: what connects, what is refused, what never answers.

use lifepod::base::{SimTime, draw};
use lifepod::engine::network::{HttpAction, HttpGet};
use lifepod::shell::http::{Request, Response, Url};
use lifepod::shell::net::{Addr, Answer, Ip, LATENCY, Link, Question, Received, Virtual};
use lifepod::shell::{Errno, NetId, Network};

const PORT: u16 = 8080;

fn ip(text: &str) -> Ip {
    Ip::parse(text).unwrap()
}

/// A node and two Pods.
fn cluster() -> (Network, NetId, NetId) {
    let mut network = Network::new(1, ip("192.0.2.2"));
    let a = network.add_space(NetId::HOST, ip("10.244.0.5"));
    let b = network.add_space(NetId::HOST, ip("10.244.0.6"));
    (network, a, b)
}

/// Lets everything arrive until nothing is under way; when that was.
fn settle(network: &mut Network, mut now: SimTime) -> SimTime {
    while let Some(at) = network.next_at().filter(|at| at.since(now) < SimTime::secs(200)) {
        now = now.max(at);
        network.deliver(now);
    }
    now
}

/// What becomes of a connection from a Pod, and when.
fn attempt(network: &mut Network, from: NetId, to: &str) -> (Link, SimTime) {
    let (host, port) = to.split_once(':').unwrap();
    let to = Addr::new(ip(host), port.parse().unwrap());
    let id = network.connect(SimTime::ZERO, from, to).unwrap();
    let end = settle(network, SimTime::ZERO);
    (network.link(id), end)
}

#[test]
fn a_connection_stands_is_refused_or_never_answered() {
    let (mut network, a, b) = cluster();
    network.listen(b, Addr::new(Ip::ANY, PORT)).unwrap();
    let one = LATENCY + LATENCY;
    let failed = Link::Failed;
    for (to, link, when) in [
        ("10.244.0.6:8080", Link::Up, one),
        ("10.244.0.6:81", failed(Errno::Refused), one),
        ("10.244.0.5:81", failed(Errno::Refused), SimTime::ZERO),
        ("127.0.0.1:8080", failed(Errno::Refused), SimTime::ZERO),
        ("192.0.2.2:8080", failed(Errno::Refused), one),
        ("10.244.0.99:8080", failed(Errno::HostUnreachable), SimTime::secs(3)),
        ("198.51.100.1:80", failed(Errno::TimedOut), SimTime::secs(127)),
    ] {
        assert_eq!(attempt(&mut network, a, to), (link, when), "{to}");
    }
}

#[test]
fn localhost_and_ports_are_the_namespaces_own() {
    let (mut network, a, b) = cluster();
    network.listen(a, Addr::new(Ip::LOCALHOST, PORT)).unwrap();
    assert_eq!(attempt(&mut network, a, "127.0.0.1:8080"), (Link::Up, SimTime::ZERO));
    let (other, _) = attempt(&mut network, b, "10.244.0.5:8080");
    assert_eq!(other, Link::Failed(Errno::Refused), "only localhost was listened on");
    let listen = |network: &mut Network, space, at: &str| {
        network.listen(space, Addr::new(ip(at), PORT)).map(|_| ())
    };
    assert_eq!(listen(&mut network, a, "0.0.0.0"), Err(Errno::AddressInUse));
    assert_eq!(listen(&mut network, a, "10.244.0.5"), Ok(()));
    assert_eq!(listen(&mut network, b, "0.0.0.0"), Ok(()));
    assert_eq!(listen(&mut network, b, "10.244.0.5"), Err(Errno::NoAddress));
}

/// A connection from a to b: both ends.
fn pair(network: &mut Network, a: NetId, b: NetId) -> (u64, u64) {
    let listener = network.listen(b, Addr::new(Ip::ANY, PORT)).unwrap();
    let to = Addr::new(network.address(b), PORT);
    let client = network.connect(SimTime::ZERO, a, to).unwrap();
    settle(network, SimTime::ZERO);
    let server = network.accept(listener).unwrap();
    (client, server)
}

#[test]
fn bytes_arrive_after_the_latency_and_end_with_the_close() {
    let (mut network, a, b) = cluster();
    let (client, server) = pair(&mut network, a, b);
    let now = SimTime::secs(1);
    assert_eq!(network.send(now, client, b"hello"), Ok(5));
    network.close(now, client);
    assert_eq!(network.receive(server, 9), Received::Wait);
    network.deliver(now + LATENCY);
    assert_eq!(network.receive(server, 2), Received::Data(b"he".to_vec()));
    assert_eq!(network.receive(server, 9), Received::Data(b"llo".to_vec()));
    assert_eq!(network.receive(server, 9), Received::End);
}

#[test]
fn what_is_sent_to_a_closed_socket_or_left_unread_resets_the_connection() {
    let (mut network, a, b) = cluster();
    let (client, server) = pair(&mut network, a, b);
    let now = SimTime::secs(1);
    network.close(now, server);
    settle(&mut network, now);
    assert_eq!(network.receive(client, 9), Received::End);
    assert_eq!(network.send(now, client, b"more"), Ok(4), "it learns that only later");
    settle(&mut network, now);
    assert_eq!(network.receive(client, 9), Received::Failed(Errno::Reset));
    assert_eq!(network.send(now, client, b"more"), Err(Errno::BrokenPipe));

    let (mut network, a, b) = cluster();
    let (client, server) = pair(&mut network, a, b);
    network.send(now, client, b"unread").unwrap();
    settle(&mut network, now);
    network.close(now, server);
    settle(&mut network, now);
    assert_eq!(network.receive(client, 9), Received::Failed(Errno::Reset));
}

#[test]
fn a_slow_reader_stops_the_writer_and_lets_it_go_on() {
    let (mut network, a, b) = cluster();
    let (client, server) = pair(&mut network, a, b);
    let much = vec![7_u8; 100_000];
    let now = SimTime::secs(1);
    let first = network.send(now, client, &much).unwrap();
    assert!(first < much.len() && network.room(client) == Ok(0));
    settle(&mut network, now);
    assert_eq!(network.room(client), Ok(0), "arrived, but not read");
    network.take_woken();
    let Received::Data(read) = network.receive(server, 1_000) else { panic!() };
    assert_eq!((read.len(), network.room(client)), (1_000, Ok(1_000)));
    assert_eq!(network.take_woken(), [a], "the writer is woken");
}

#[test]
fn a_namespace_that_goes_away_is_silent_and_its_address_unknown() {
    let (mut network, a, b) = cluster();
    let (client, _) = pair(&mut network, a, b);
    network.remove_space(b);
    network.send(SimTime::secs(1), client, b"anybody?").unwrap();
    let (link, _) = attempt(&mut network, a, "10.244.0.6:8080");
    assert_eq!(link, Link::Failed(Errno::HostUnreachable));
    let again = network.add_space(NetId::HOST, ip("10.244.0.6"));
    assert!(again != b, "a number is not given twice");
}

#[test]
fn a_full_backlog_lets_clients_wait() {
    let (mut network, a, b) = cluster();
    let listener = network.listen(b, Addr::new(Ip::ANY, PORT)).unwrap();
    let to = Addr::new(ip("10.244.0.6"), PORT);
    let ids: Vec<u64> = (0..129).map(|_| network.connect(SimTime::ZERO, a, to).unwrap()).collect();
    network.deliver(LATENCY);
    network.deliver(LATENCY + LATENCY);
    let up = ids.iter().filter(|id| network.link(**id) == Link::Up).count();
    assert_eq!((up, network.link(ids[128])), (128, Link::Connecting));
    network.accept(listener).unwrap();
    network.deliver(SimTime::secs(2));
    network.deliver(SimTime::secs(2) + LATENCY);
    assert_eq!(network.link(ids[128]), Link::Up);
}

#[test]
fn sockets_of_a_namespace_are_bounded() {
    let (mut network, a, _) = cluster();
    let to = Addr::new(ip("198.51.100.1"), 80);
    let all = (0..600).map(|_| network.connect(SimTime::ZERO, a, to));
    assert_eq!(all.filter(Result::is_err).count(), 600 - 512);
}

#[test]
fn a_virtual_address_spreads_over_its_endpoints_or_refuses() {
    let (mut network, a, b) = cluster();
    let service = Addr::new(ip("10.96.7.7"), 80);
    network.virtuals.push(Virtual {
        host: NetId::HOST,
        at: service,
        to: Vec::new(),
        sticky: false,
    });
    let refused = (Link::Failed(Errno::Refused), SimTime::ZERO);
    assert_eq!(attempt(&mut network, a, "10.96.7.7:80"), refused);
    let (silent, _) = attempt(&mut network, a, "10.96.7.7:81");
    assert_eq!(silent, Link::Failed(Errno::TimedOut), "a port that no rule knows");
    let c = network.add_space(NetId::HOST, ip("10.244.0.7"));
    let ends = [ip("10.244.0.6"), ip("10.244.0.7")].map(|ip| Addr::new(ip, PORT));
    network.virtuals[0].to = ends.to_vec();
    let [mut got_b, mut got_c] = [0, 0];
    let at = |space, network: &mut Network| network.listen(space, Addr::new(Ip::ANY, PORT));
    let (at_b, at_c) = (at(b, &mut network).unwrap(), at(c, &mut network).unwrap());
    for _ in 0..40 {
        assert_eq!(attempt(&mut network, a, "10.96.7.7:80").0, Link::Up);
        got_b += u32::from(network.accept(at_b).is_some());
        got_c += u32::from(network.accept(at_c).is_some());
    }
    assert!(got_b > 8 && got_c > 8 && got_b + got_c == 40, "{got_b} and {got_c}");
    network.virtuals[0].sticky = true;
    (0..20).for_each(|_| _ = attempt(&mut network, a, "10.96.7.7:80"));
    let count = |at, network: &mut Network| (0..20).filter_map(|_| network.accept(at)).count();
    let [of_b, of_c] = [count(at_b, &mut network), count(at_c, &mut network)];
    assert!(of_b == 20 || of_c == 20, "session affinity: {of_b} and {of_c}");
}

#[test]
fn a_port_of_the_node_leads_to_a_pod_until_the_pod_is_gone() {
    let (mut network, a, b) = cluster();
    network.listen(b, Addr::new(Ip::ANY, PORT)).unwrap();
    network.host_ports.push((80, Addr::new(network.address(b), PORT)));
    assert_eq!(attempt(&mut network, a, "192.0.2.2:80").0, Link::Up);
    assert_eq!(attempt(&mut network, NetId::HOST, "192.0.2.2:80").0, Link::Up);
    network.remove_space(b);
    let refused = Link::Failed(Errno::Refused);
    assert_eq!(attempt(&mut network, a, "192.0.2.2:80").0, refused);
}

#[test]
fn the_name_server_knows_names_and_nobody_else_answers() {
    let (mut network, a, _) = cluster();
    let name = "web.default.svc.cluster.local";
    network.names.addresses.insert(name.into(), vec![ip("10.96.7.7")]);
    let ask = |network: &mut Network, server: &str, name: &str, six| {
        let question = Question { name: name.to_string(), six };
        let id = network.ask(SimTime::ZERO, a, ip(server), question).unwrap();
        settle(network, SimTime::ZERO);
        network.answer(id).cloned()
    };
    let found = |ips: &[Ip]| Some(Answer::Found(None, ips.to_vec()));
    assert_eq!(ask(&mut network, "10.96.0.10", name, false), found(&[ip("10.96.7.7")]));
    let upper = name.to_uppercase();
    assert_eq!(ask(&mut network, "10.96.0.10", &upper, false), found(&[ip("10.96.7.7")]));
    assert_eq!(ask(&mut network, "10.96.0.10", name, true), found(&[]));
    assert_eq!(ask(&mut network, "10.96.0.10", "svc.cluster.local", false), found(&[]));
    assert_eq!(ask(&mut network, "10.96.0.10", "web", false), Some(Answer::Missing));
    let pod = "10-244-0-5.default.pod.cluster.local";
    assert_eq!(ask(&mut network, "10.96.0.10", pod, false), found(&[ip("10.244.0.5")]));
    let pointer = Some(Answer::Pointer(name.to_string()));
    assert_eq!(ask(&mut network, "10.96.0.10", "7.7.96.10.in-addr.arpa", false), pointer);
    assert_eq!(ask(&mut network, "192.0.2.53", name, false), None);
}

/// What one end has sent and the other has read, and the sockets.
#[derive(Default)]
struct Talk {
    ends: Vec<(u64, u64)>,
    sent: Vec<u64>,
    read: Vec<u64>,
}

#[test]
fn whatever_is_done_bytes_arrive_once_and_in_order() {
    for seed in 0..60 {
        let (mut network, a, b) = cluster();
        let listener = network.listen(b, Addr::new(Ip::ANY, PORT)).unwrap();
        let to = Addr::new(network.address(b), PORT);
        let mut talk = Talk::default();
        let mut now = SimTime::ZERO;
        for nth in 0..300 {
            let pick = |what: &str, bound| draw(seed, what, "network", nth, bound);
            now = now + SimTime::ms(pick("wait", 3));
            network.deliver(now);
            let at = pick("which", talk.ends.len().max(1) as u64) as usize;
            match pick("act", 8) {
                0 if talk.ends.len() < 20 => {
                    let client = network.connect(now, a, to).unwrap();
                    now = now + LATENCY + LATENCY;
                    network.deliver(now);
                    let server = network.accept(listener).unwrap();
                    talk.ends.push((client, server));
                    talk.sent.push(0);
                    talk.read.push(0);
                }
                1 if pick("close", 6) == 0 && at < talk.ends.len() => {
                    network.close(now, talk.ends[at].0);
                    talk.ends.remove(at);
                    talk.sent.remove(at);
                    talk.read.remove(at);
                }
                2..=4 if at < talk.ends.len() => {
                    let size = pick("size", 40_000);
                    let data: Vec<u8> =
                        (talk.sent[at]..talk.sent[at] + size).map(|n| n as u8).collect();
                    talk.sent[at] += network.send(now, talk.ends[at].0, &data).unwrap() as u64;
                }
                _ if at < talk.ends.len() => {
                    let max = 1 + pick("max", 30_000) as usize;
                    if let Received::Data(data) = network.receive(talk.ends[at].1, max) {
                        for byte in data {
                            assert_eq!(byte, talk.read[at] as u8, "seed {seed}");
                            talk.read[at] += 1;
                        }
                    }
                    assert!(talk.sent[at] - talk.read[at] <= 65_536, "seed {seed}: bounded");
                }
                _ => {}
            }
        }
        settle(&mut network, now);
        for (at, (_, server)) in talk.ends.iter().enumerate() {
            while let Received::Data(data) = network.receive(*server, 100_000) {
                talk.read[at] += data.len() as u64;
            }
            assert_eq!(talk.read[at], talk.sent[at], "seed {seed}: nothing is lost");
        }
    }
}

#[test]
fn messages_with_any_bytes_are_read_without_a_panic() {
    let samples: [&[u8]; 4] = [
        b"POST /a?b HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 302 Found\r\nLocation: http://[::1]:99999/\xc3\xa9\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc\r\n0\r\n\r\n",
        b"\x16\x03\x01\x00\x07hello\r\nPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ];
    for nth in 0..4_000 {
        let pick = |what: &str, bound| draw(7, what, "bytes", nth, bound);
        let mut bytes = samples[pick("sample", 4) as usize].to_vec();
        for change in 0..pick("changes", 6) {
            bytes.push(b'\n');
            let at = draw(7, "at", "bytes", nth * 8 + change, bytes.len() as u64) as usize;
            match draw(7, "how", "bytes", nth * 8 + change, 3) {
                0 => bytes[at] = draw(7, "byte", "bytes", nth * 8 + change, 256) as u8,
                1 => drop(bytes.remove(at)),
                _ => bytes.truncate(at.max(1)),
            }
        }
        let _ = Request::parse(&bytes);
        let ended = pick("ended", 2) == 0;
        let _ = Response::parse(&bytes, ended, pick("head", 2) == 0);
        let text = String::from_utf8_lossy(&bytes);
        if let Some(url) = Url::parse(&text) {
            let _ = url.join(&text);
        }
        for url in ["http://10.0.0.1:80/x", "https://10.0.0.1:80/x"] {
            let (url, headers) = (url.to_string(), Vec::new());
            let action = HttpAction { url, headers, timeout: None, purpose: "probe" };
            let mut get = HttpGet::new(&action);
            get.connected();
            let _ = get.received(&bytes, ended);
            let _ = get.received(b"more", true);
        }
    }
}
