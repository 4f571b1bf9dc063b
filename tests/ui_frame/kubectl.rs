//! kubectl's words beside the phase.

use std::rc::Rc;

use lifepod::base::{Lang, Said, SimTime};
use lifepod::session::texts::reasons::DELETING;
use lifepod::session::view::{KubectlEcho, PodView, StageView, TransportView};
use lifepod::ui::kubectl::{KubectlPanel, KubectlPanelProps};

use yew::Callback;

use crate::{html, tag};

fn pod(phase: &str, status: &str, deleting: bool) -> PodView {
    PodView {
        name: "web".to_string(),
        home: String::new(),
        uid: "1".to_string(),
        phase: phase.to_string(),
        status: status.to_string(),
        ready: "1/1".to_string(),
        restarts: "0".to_string(),
        age: "8s".to_string(),
        ip: String::new(),
        qos: String::new(),
        node: String::new(),
        in_api: true,
        deleting,
        grace: None,
        reasons: vec![Said::with(DELETING, &[phase])],
        differs: true,
        conditions: Vec::new(),
        sandbox: true,
        shared: None,
        sharing: None,
        containers: Vec::new(),
    }
}

fn panel(pods: Vec<PodView>, transport: TransportView, lang: Lang) -> String {
    html::<KubectlPanel>(KubectlPanelProps {
        transport: Rc::new(transport),
        stage: Rc::new(StageView {
            pods: pods.into_iter().map(Rc::new).collect(),
            ..StageView::default()
        }),
        lang,
        called: 0,
        completion: Rc::default(),
        on_complete: Callback::noop(),
        on_command: Callback::noop(),
    })
}

#[test]
fn phase_and_column_stand_side_by_side_with_the_reason_of_their_difference() {
    let pods = || vec![pod("Running", "Terminating", true)];
    let html = panel(pods(), TransportView::default(), Lang::En);
    assert!(tag(&html, "phase").contains("tone-running"));
    assert!(tag(&html, "status").contains("tone-terminating"));
    assert!(html.contains("deletionTimestamp"));
    assert!(panel(pods(), TransportView::default(), Lang::Zh).contains("正在删除"));
}

#[test]
fn without_pods_kubectl_says_so() {
    let html = panel(Vec::new(), TransportView::default(), Lang::En);
    assert!(html.contains("No resources found in default namespace."));
}

#[test]
fn commands_come_newest_first_and_failures_show_their_code() {
    let echo = |secs, args: &str, code| KubectlEcho {
        at: SimTime::secs(secs),
        args: args.to_string(),
        answer: format!("answer to {args}\n"),
        code,
        running: code == 0,
    };
    let echo = vec![echo(0, "apply -f pod.yaml", 0), echo(9, "delete pod web", 1)];
    let html =
        panel(Vec::new(), TransportView { echo: echo.into(), ..Default::default() }, Lang::En);
    let at = |words: &str| html.find(words).unwrap_or_else(|| panic!("{words}"));
    assert!(at("delete pod web") < at("apply -f pod.yaml"));
    assert!(html.contains("exit 1") && !html.contains("exit 0"));
}

#[test]
fn the_command_line_has_a_name_a_hint_and_a_place_for_what_can_follow() {
    let html = panel(Vec::new(), TransportView::default(), Lang::Zh);
    let field = tag(&html, "console");
    assert!(field.contains("aria-label=\"一条 kubectl 命令\""), "{field}");
    assert!(
        field.contains("aria-describedby=\"kubectl-hint\"") && html.contains("id=\"kubectl-hint\"")
    );
    assert!(tag(&html, "console-options").contains("role=\"status\""));
}
