//! What the stage shows of a moment.

use std::rc::Rc;

use lifepod::base::Lang;
use lifepod::session::view::{
    CountsView, EndpointView, FLIGHT_AFTERGLOW, MemberView, ObservedState, OwnerView, PodView,
    ProcessView, RequestView, Scope, ServiceView, SharedView, SharingView, SpaceView, StageView,
    TrafficView, UsageView,
};
use lifepod::ui::stage::{Stage, StageProps};
use lifepod::ui::width::Size;
use yew::{Callback, LocalServerRenderer};

use super::sample::{self, ms};

const NOW: u64 = 34_000;

fn render(view: StageView, lang: Lang) -> String {
    let size = Size { width: 900.0, height: 700.0 };
    let props =
        StageProps { view: Rc::new(view), lit: None, lang, on_command: Callback::noop(), size };
    let renderer = LocalServerRenderer::<Stage>::with_props(props).hydratable(false);
    futures::executor::block_on(renderer.render())
}

fn with_pod(pod: PodView) -> String {
    render(sample::stage(ms(NOW), vec![pod]), Lang::En)
}

/// The text of the element with this test id, tags left out.
fn text_of(html: &str, id: &str) -> String {
    let from = html.find(&format!("data-testid=\"{id}\"")).expect("the element is there");
    let rest = &html[from..];
    let inside = &rest[rest.find('>').expect("a tag ends") + 1..];
    inside[..inside.find("</").expect("an element ends")].to_owned()
}

#[test]
fn an_empty_cluster_offers_to_apply() {
    let html = render(sample::stage(ms(0), vec![]), Lang::En);
    assert!(html.contains("stage-empty") && html.contains("Apply the manifest"));
    let html = render(sample::stage(ms(0), vec![]), Lang::Zh);
    assert!(html.contains("应用清单"));
}

#[test]
fn the_scheduler_can_be_stopped_and_started() {
    let view = sample::stage(ms(0), vec![]);
    let html = render(view.clone(), Lang::En);
    assert!(html.contains("Act on scheduler") && html.contains(">scheduler-stop<"));
    let html = render(StageView { scheduler_stopped: true, ..view }, Lang::Zh);
    assert!(html.contains("已停止") && html.contains(">scheduler-start<"));
}

#[test]
fn phase_and_column_stand_side_by_side() {
    let html = with_pod(sample::crashing_pod(ms(NOW)));
    assert_eq!(text_of(&html, "pod-phase"), "Running");
    assert_eq!(text_of(&html, "pod-status"), "CrashLoopBackOff");
    assert_eq!(text_of(&html, "restarts-app"), "3");
    assert!(html.contains("back-off 40s") && html.contains("restart in 28 s"));
}

#[test]
fn what_the_api_has_not_seen_is_told() {
    let mut pod = sample::pod("web", ms(NOW));
    assert!(!with_pod(pod.clone()).contains("the API has not seen it yet"));
    pod.containers[0].observed = ObservedState::Exited(1);
    let html = with_pod(pod);
    assert!(html.contains("exit 1") && html.contains("the API has not seen it yet"));
}

#[test]
fn a_stop_shows_signal_trap_and_the_seconds_until_sigkill() {
    let html = with_pod(sample::deleting_pod(ms(NOW)));
    assert!(html.contains("SIGKILL in 23 s"));
    assert!(html.contains("its trap runs when the child has ended"));
    assert!(html.contains("SIGTERM is pending"));
    assert_eq!(html.matches("data-testid=\"grace\"").count(), 1);
}

#[test]
fn processes_are_a_tree_that_says_what_each_does() {
    let mut pod = sample::pod("web", ms(NOW));
    let app = &mut pod.containers[0];
    app.processes[0].child = Some(8);
    app.processes[0].line = Some(3);
    app.processes[0].traps = vec!["SIGTERM".to_owned()];
    app.processes[1].exec = true;
    app.processes[1].memory = 40 << 20;
    let html = with_pod(pod.clone());
    assert!(html.contains("role=\"tree\"") && html.contains("aria-level=\"2\""));
    assert!(html.contains("waiting for 8 sleep · line 3"));
    assert!(html.contains("sleeping 2s of 600s"), "the countdown follows the clock");
    assert!(html.contains("Has a trap for SIGTERM") && html.contains(">exec<"));
    assert!(html.contains(">40Mi<"));
    pod.containers[0].processes[1].state = "zombie".to_owned();
    pod.containers[0].processes[1].until = None;
    pod.containers[0].processes[1].exit = Some(137);
    let html = render(sample::stage(ms(NOW), vec![pod]), Lang::Zh);
    assert!(html.contains("僵尸，退出码 137"));
}

#[test]
fn memory_and_processor_stand_against_their_limits() {
    let mut pod = sample::pod("web", ms(NOW));
    pod.containers[0].usage = Some(UsageView {
        memory: 24 << 20,
        memory_limit: Some(32 << 20),
        cpu: 200,
        cpu_wanted: 1000,
        cpu_limit: Some(200),
        throttled: 80,
    });
    let html = with_pod(pod.clone());
    assert!(html.contains("24Mi of 32Mi") && html.contains("aria-valuenow=\"75\""));
    assert!(
        html.contains("<rect width=\"75\""),
        "a style attribute would be refused by the policy"
    );
    assert!(html.contains("200m of the 1 it wants; throttled in 80 % of the time"));
    pod.containers[0].usage = Some(UsageView { memory: 300 << 10, ..UsageView::default() });
    assert!(!with_pod(pod).contains("data-testid=\"usage\""), "nothing worth a bar");
}

#[test]
fn a_shared_process_table_is_shown_once() {
    let mut pod = sample::pod("web", ms(NOW));
    let pause = ProcessView { pid: 1, command: "/pause".to_owned(), ..ProcessView::default() };
    pod.shared = Some(SharedView { node: false, processes: vec![pause] });
    let html = with_pod(pod);
    assert_eq!(html.matches("shareProcessNamespace").count(), 2, "a heading and its label");
    assert!(html.contains(">/pause<"));
}

#[test]
fn what_force_deletion_leaves_on_the_node_is_shown_so() {
    let mut pod = sample::deleting_pod(ms(NOW));
    pod.in_api = false;
    let html = with_pod(pod);
    assert!(html.contains("Gone from the API"));
    assert!(html.contains("container-app") && !html.contains("pod-phase"));
}

#[test]
fn probes_fill_towards_their_threshold() {
    let html = with_pod(sample::pod("web", ms(NOW)));
    let from = html.find("probe-liveness").expect("the probe is there");
    let to = html.find("probe-readiness").expect("the other probe is there");
    let probe = &html[from..to];
    assert_eq!(probe.matches("dot filled").count(), 2);
    assert_eq!(probe.matches("r=\"5\"").count(), 3);
    assert!(probe.contains("failed 2 of 3") && probe.contains("Next attempt in 3s"), "{probe}");
}

#[test]
fn a_message_is_drawn_from_sending_until_its_trace_has_faded() {
    use lifepod::session::view::ActorKind::{ApiServer, Kubectl};
    let flight = sample::flight(1, Kubectl, ApiServer, "POST pods/web", 1000, 1020);
    let times =
        [999, 1000, 1010, 1020, 1019 + FLIGHT_AFTERGLOW.as_ms(), 1020 + FLIGHT_AFTERGLOW.as_ms()];
    let shown = times.map(|now| {
        let view = StageView { flights: vec![flight.clone()], ..sample::stage(ms(now), vec![]) };
        render(view, Lang::En).contains("POST pods/web")
    });
    assert_eq!(shown, [false, true, true, true, true, false]);
}

#[test]
fn nothing_is_drawn_by_inline_style() {
    for pod in [sample::deleting_pod(ms(NOW)), sample::crashing_pod(ms(NOW))] {
        assert!(!with_pod(pod).contains("style="));
    }
}

#[test]
fn a_probe_that_waits_for_its_first_tick_does_not_deny_that_the_container_runs() {
    let mut pod = sample::pod("web", ms(NOW));
    let probe = &mut pod.containers[0].probes[0];
    (probe.last_ok, probe.run, probe.idle_because) = (None, 0, "not-running".to_owned());
    assert!(with_pod(pod.clone()).contains("not tried yet"));
    pod.containers[0].observed = ObservedState::Exited(0);
    assert!(with_pod(pod).contains("the container does not run"));
}

/// A Service with one endpoint and a client, `late` milliseconds after a request was sent.
fn with_client(served: Option<bool>, late: u64) -> String {
    let mut view = sample::stage(ms(NOW), vec![sample::pod("web", ms(NOW))]);
    let (pod, address) = ("web".to_owned(), "10.244.0.5".to_owned());
    let endpoint = EndpointView { pod, address, ready: true, serving: true, terminating: false };
    view.services = vec![ServiceView { name: "web".to_owned(), endpoints: vec![endpoint] }];
    let counts = CountsView { sent: 40, served: 36, refused: 3, open: 1, ..CountsView::default() };
    let (pod, sent) = ("web".to_owned(), ms(NOW - late));
    view.traffic = vec![TrafficView {
        to: "service/web".to_owned(),
        path: "/".to_owned(),
        total: counts,
        pods: vec![(String::new(), counts), ("web".to_owned(), counts)],
        recent: vec![RequestView { nth: 40, pod, sent, served, outcome: "" }],
        ..TrafficView::default()
    }];
    render(view, Lang::En)
}

#[test]
fn a_deployment_is_shown_with_its_replica_sets() {
    let columns = |ready: &str| vec![("READY".to_owned(), ready.to_owned())];
    let set = OwnerView { name: "web-5d7".to_owned(), columns: columns("2"), ..Default::default() };
    let (kind, name) = ("Deployment".to_owned(), "web".to_owned());
    let mut view = sample::stage(ms(NOW), vec![sample::pod("web", ms(NOW))]);
    assert!(!render(view.clone(), Lang::En).contains("owner-web"));
    view.owners = vec![OwnerView { kind, name, columns: columns("2/3"), sets: vec![set] }];
    let html = render(view, Lang::En);
    for part in ["owner-web", "Deployment", "web-5d7", "READY", "2/3"] {
        assert!(html.contains(part), "{part}");
    }
}

#[test]
fn clients_show_what_became_of_their_requests() {
    let html = with_client(None, 100);
    assert!(html.contains("data-testid=\"clients-service-web\""), "{html}");
    assert!(html.contains("36 served") && html.contains("3 lost"));
    assert!(html.contains("<dt>refused</dt><dd>3</dd>") && !html.contains("<dt>cut</dt>"));
    assert!(html.contains("no Pod reached"));
}

#[test]
fn a_request_travels_and_what_is_lost_stays_a_while() {
    assert!(with_client(None, 100).contains("request moving"));
    assert!(with_client(Some(false), 100).contains("request moving"));
    assert!(with_client(Some(false), 800).contains("request lost"));
    assert!(!with_client(Some(true), 800).contains("class=\"request"));
}

#[test]
fn who_shares_what_is_a_table() {
    let space = |scope, number| SpaceView { scope, number };
    let own = space(Scope::Own, 4_026_540_001);
    let of_pod = space(Scope::Pod, 4_026_532_205);
    let member = |name: &str| MemberView {
        name: name.to_owned(),
        spaces: [space(Scope::Node, 4_026_531_840), of_pod, of_pod, own, own],
    };
    let mut pod = sample::pod("web", ms(NOW));
    pod.sharing = Some(SharingView {
        members: vec![member("pause"), member("app")],
        devices: vec![("eth0".to_owned(), "10.244.0.5".to_owned())],
        ports: vec![(80, "app".to_owned())],
        bandwidth: Some(["1M".to_owned(), String::new()]),
    });
    let html = with_pod(pod);
    assert_eq!(html.matches("…32205").count(), 4);
    assert!(html.contains(">pause</th>") && html.contains("eth0 10.244.0.5"));
    assert!(html.contains(":80 app") && html.contains("1M in, – out"));
}

#[test]
fn many_pods_are_tiles_and_one_is_told_in_full() {
    let pods = (0..40).map(|n| sample::pod(&format!("web-{n}"), ms(NOW))).collect();
    let mut view = sample::stage(ms(NOW), pods);
    let html = render(view.clone(), Lang::En);
    assert_eq!(html.matches("class=\"tile ").count(), 40);
    assert!(!html.contains("data-testid=\"pod-web-7\""));
    view.looked = "web-7".to_owned();
    let html = render(view, Lang::En);
    assert!(html.contains("data-testid=\"pod-web-7\""));
}
