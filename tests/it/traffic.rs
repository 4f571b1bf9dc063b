//! Clients outside of the Pods: what they lose, and why; who shares what on the node.

use crate::content::{SCENARIOS, rows_of};
use lifepod::base::SimTime;
use lifepod::base::json::Value;
use lifepod::session::view::{PodView, Scope, SpaceKind};
use lifepod::session::{Command, Session};
use std::collections::BTreeMap;

/// How many requests for `to` came to what.
fn outcomes(scenario: &str, to: &str) -> BTreeMap<String, u64> {
    let rows = rows_of(scenario).expect("it is a scenario");
    let mut counts = BTreeMap::new();
    for row in (0..rows.len()).filter_map(|at| rows.row(at)).filter(|row| is_for(row, to)) {
        let outcome = row["outcome"].as_str().unwrap().to_string();
        *counts.entry(outcome).or_default() += row["count"].as_u64().unwrap();
    }
    counts
}

fn is_for(row: &Value, to: &str) -> bool {
    row["type"] == "REQUEST" && row["to"] == *to
}

fn lost(counts: &BTreeMap<String, u64>) -> u64 {
    counts.iter().filter(|(outcome, _)| *outcome != "served").map(|(_, count)| count).sum()
}

/// The rules that a scenario cites, with the first moment of each.
fn cited(scenario: &str) -> BTreeMap<String, SimTime> {
    let rows = rows_of(scenario).expect("it is a scenario");
    let mut found = BTreeMap::new();
    for at in 0..rows.len() {
        if let Some(rule) = rows.row(at).and_then(|row| row["rule"].as_str()) {
            found.entry(rule.to_string()).or_insert(rows.time(at));
        }
    }
    found
}

/// The measured picture: both numbers come out of the same rollout, settings apart.
#[test]
fn a_rollout_loses_requests_unless_probe_and_hook_prevent_it() {
    let bad = outcomes("traffic-rollout-loses", "service/web");
    let good = outcomes("traffic-rollout-clean", "service/web");
    let sent: u64 = bad.values().sum();
    assert_eq!(sent, 901);
    assert!(lost(&bad) >= 20, "{bad:?}");
    assert!(bad["refused"] > 0 && bad["cut"] > 0, "{bad:?}");
    assert_eq!(good, BTreeMap::from([("served".to_string(), sent)]));
    let why = cited("traffic-rollout-loses");
    for rule in ["traffic.refused-not-listening", "traffic.refused-stopping", "traffic.cut-by-stop"]
    {
        assert!(why[rule] > SimTime::secs(20), "{rule}");
    }
}

#[test]
fn each_setting_alone_prevents_its_own_losses() {
    assert!(lost(&outcomes("traffic-start", "service/hasty")) > 20);
    assert_eq!(lost(&outcomes("traffic-start", "service/patient")), 0);
    let abrupt = outcomes("traffic-stop", "service/abrupt");
    assert!(["refused", "cut", "timed-out"].iter().all(|o| abrupt[*o] > 0), "{abrupt:?}");
    assert_eq!(lost(&outcomes("traffic-stop", "service/gentle")), 0);
}

#[test]
fn a_long_call_is_cut_by_sigkill_or_ends_in_time() {
    assert_eq!(outcomes("traffic-video-call", "service/short")["cut"], 1);
    assert_eq!(outcomes("traffic-video-call", "service/long")["served"], 1);
    let rules = cited("traffic-video-call");
    assert!(rules["traffic.cut-by-sigkill"] > SimTime::secs(30));
    assert!(rules["traffic.cut-by-sigkill"] < SimTime::secs(31));
}

#[test]
fn a_kept_connection_stays_and_new_ones_are_refused() {
    let rows = rows_of("traffic-kept-connection").unwrap();
    let (mut kept, mut anew) = (0, 0);
    for at in 0..rows.len() {
        let Some(row) = rows.row(at).filter(|row| row["type"] == "REQUEST") else { continue };
        let between = rows.time(at) > SimTime::secs(21) && rows.time(at) < SimTime::secs(39);
        match (between, row["path"].as_str(), row["outcome"].as_str()) {
            (true, Some("/kept"), outcome) => {
                assert_eq!(outcome, Some("served"));
                kept += 1;
            }
            (true, _, outcome) => {
                assert_eq!(outcome, Some("refused"));
                anew += 1;
            }
            _ => {}
        }
    }
    assert!(kept > 30 && anew > 30, "{kept} {anew}");
    assert!(cited("traffic-kept-connection").contains_key("traffic.stays"));
}

#[test]
fn readiness_gates_and_the_last_endpoint_decide_who_is_asked() {
    assert_eq!(lost(&outcomes("traffic-readiness", "service/web")), 0);
    let gate = cited("traffic-gate");
    assert!(gate["traffic.served"] > SimTime::secs(20), "{gate:?}");
    let last = cited("traffic-last-one");
    assert!(last["proxy.fallback"] < last["traffic.refused-stopping"]);
    let annotated = outcomes("traffic-annotation", "service/web");
    assert!(annotated["served"] > 40 && annotated["timed-out"] == 1, "{annotated:?}");
    assert!(cited("traffic-annotation").contains_key("traffic.no-rules"));
}

/// The session at a moment of a scenario.
fn session(scenario: &str, at: SimTime) -> Session {
    let mut session = Session::new();
    session.apply(Command::Load(SCENARIOS[scenario].clone()));
    session.apply(Command::Seek(at));
    session
}

/// What the stage counts is what the rows tell, at any moment and in either direction of time.
#[test]
fn the_stage_counts_what_the_trace_tells() {
    let rows = rows_of("traffic-rollout-loses").unwrap();
    let mut session = session("traffic-rollout-loses", SimTime::secs(55));
    for secs in [22, 24, 57, 30] {
        let at = SimTime::secs(secs);
        session.apply(Command::Seek(at));
        let view = session.stage().traffic[0].clone();
        let ended = (0..rows.len()).filter(|i| rows.time(*i) <= at);
        let ended: Vec<&Value> =
            ended.filter_map(|i| rows.row(i)).filter(|r| r["type"] == "REQUEST").collect();
        let served = ended.iter().filter(|row| row["outcome"] == "served").count() as u64;
        assert_eq!((view.total.served, view.total.lost()), (served, ended.len() as u64 - served));
        assert_eq!(view.total.sent, ended.len() as u64 + view.total.open, "at {at}");
        let of_pods: u64 = view.pods.iter().map(|(_, counts)| counts.sent).sum();
        assert_eq!(of_pods, view.total.sent, "at {at}");
    }
}

fn pod(session: &mut Session, name: &str) -> PodView {
    let stage = session.stage();
    PodView::clone(stage.pods.iter().find(|pod| pod.name == name).expect("the Pod is there"))
}

/// The namespaces of `kind`: of pause, then of each container.
fn spaces(pod: &PodView, kind: SpaceKind) -> Vec<(Scope, u64)> {
    let at = SpaceKind::ALL.iter().position(|k| *k == kind).unwrap();
    let sharing = pod.sharing.as_ref().expect("it has a sandbox");
    sharing.members.iter().map(|m| (m.spaces[at].scope, m.spaces[at].number)).collect()
}

#[test]
fn containers_share_network_and_ipc_and_keep_processes_and_files() {
    let mut session = session("net-one-address", SimTime::secs(15));
    let three = pod(&mut session, "three");
    for kind in [SpaceKind::Net, SpaceKind::Ipc, SpaceKind::Uts] {
        let all = spaces(&three, kind);
        assert_eq!(all.len(), 4);
        assert!(all.iter().all(|space| *space == all[0] && space.0 == Scope::Pod), "{all:?}");
    }
    for kind in [SpaceKind::Pid, SpaceKind::Mnt] {
        let all = spaces(&three, kind);
        let numbers: std::collections::BTreeSet<u64> = all.iter().map(|(_, n)| *n).collect();
        assert_eq!(numbers.len(), 4, "{all:?}");
    }
    let sharing = three.sharing.unwrap();
    assert_eq!(sharing.ports, [(80, "web".to_string())]);
    assert_eq!(sharing.devices[1], ("eth0".to_string(), three.ip));
}

#[test]
fn a_pod_may_be_in_the_nodes_namespaces() {
    let mut hosted = session("ns-host-network", SimTime::secs(15));
    let first = pod(&mut hosted, "first");
    assert!(spaces(&first, SpaceKind::Net).iter().all(|space| space.0 == Scope::Node));
    assert!(spaces(&first, SpaceKind::Uts).iter().all(|space| space.0 == Scope::Node));
    assert_eq!(first.sharing.unwrap().devices[1].1, "192.0.2.2");
    let mut hosted = session("ns-host-ipc", SimTime::secs(15));
    let (own, node) = (pod(&mut hosted, "own"), pod(&mut hosted, "hosted"));
    assert!(spaces(&own, SpaceKind::Ipc).iter().all(|space| space.0 == Scope::Pod));
    assert!(spaces(&node, SpaceKind::Ipc).iter().all(|space| space.0 == Scope::Node));
    let mut shared = session("ns-shared-or-not", SimTime::secs(10));
    let (shared, private) = (pod(&mut shared, "shared"), pod(&mut shared, "private"));
    assert!(spaces(&shared, SpaceKind::Pid).iter().all(|space| space.0 == Scope::Pod));
    assert!(spaces(&private, SpaceKind::Pid).iter().all(|space| space.0 == Scope::Own));
}

#[test]
fn bandwidth_is_told_and_unreasonable_bandwidth_makes_no_sandbox() {
    let mut run = session("bandwidth-annotations", SimTime::secs(20));
    let asked = pod(&mut run, "limited").sharing.unwrap().bandwidth;
    assert_eq!(asked, Some(["10M".to_string(), "1M".to_string()]));
    let tiny = pod(&mut run, "tiny");
    assert_eq!((tiny.sharing, tiny.status.as_str()), (None, "ContainerCreating"));
    let rows = rows_of("bandwidth-annotations").unwrap();
    let event = (0..rows.len())
        .filter_map(|at| rows.row(at))
        .find(|row| row["object"]["reason"] == "FailedCreatePodSandBox");
    let message = event.unwrap()["object"]["message"].as_str().unwrap();
    assert!(message.starts_with("Failed to create pod sandbox: rpc error: code = Unknown desc = "));
    assert!(message.ends_with("annotations: resource is unreasonably small (< 1kbit)"));
}

/// A hundred Pods with clients: only the one that is looked at is told in full.
#[test]
fn of_many_pods_one_is_told_in_full() {
    let service = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector:\n    \
                   app: web\n  ports:\n  - port: 80\n";
    let pod = |n: u32| {
        format!(
            "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web-{n}\n  labels:\n    app: web\n\
             spec:\n  containers:\n  - name: app\n    image: nginx:1.27\n"
        )
    };
    let manifest: String = (0..100).map(pod).fold(service.to_string(), |all, one| all + &one);
    let text: String = manifest.lines().map(|line| format!("  {line}\n")).collect();
    let text = format!("manifest: |\n{text}traffic:\n- {{to: web, every: 50ms, from: 20s}}\n");
    let mut session = Session::new();
    session.apply(Command::Load(text));
    session.apply(Command::Seek(SimTime::secs(40)));
    let stage = session.stage();
    assert_eq!(stage.pods.len(), 100);
    assert!(stage.pods.iter().all(|pod| pod.containers.is_empty() && pod.ready == "1/1"));
    let counts = stage.traffic[0].total;
    assert!(counts.served >= 395 && counts.lost() == 0, "{counts:?}");
    session.apply(Command::LookAt("web-7".to_string()));
    let stage = session.stage();
    let full: Vec<&str> =
        stage.pods.iter().filter(|p| !p.containers.is_empty()).map(|p| p.name.as_str()).collect();
    assert_eq!((full, stage.looked.as_str()), (vec!["web-7"], "web-7"));
}
