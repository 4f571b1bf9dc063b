//! A node's head: what the API says of it, how its machine is, and what can be done to it.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use crate::base::Lang;
use crate::session::view::{ActorKind, NodeView};
use crate::session::{Command, Deed};
use crate::ui::i18n::{Text, stage as t};

use super::inspect::view_inspect;

/// Name, status, taints and the list of acts.
pub fn view_node_head(node: &NodeView, lang: Lang, on_command: &Callback<Command>) -> Html {
    let status = match node.status.as_str() {
        "" => t::NODE_MISSING.get(lang),
        status => status,
    };
    let lacks = [
        (!node.powered, t::NODE_POWERLESS),
        (node.cut, t::NODE_CUT),
        (node.powered && !node.kubelet, t::NODE_NO_KUBELET),
        (node.powered && !node.runtime, t::NODE_NO_RUNTIME),
    ];
    let ready = node.status.starts_with("Ready");
    html! {
        <div class="node-head">
            <p class="node-title">
                <strong>{ &node.name }</strong>
                { view_inspect("Node", &node.name, lang, on_command) }
                <span class={classes!("node-status", (!ready).then_some("bad"))}>{ status }</span>
                { for lacks.iter().filter(|(yes, _)| *yes).map(|(_, word)| html! {
                    <span class="node-status bad">{ word.get(lang) }</span>
                }) }
                <span class="quiet">{ &node.capacity }</span>
                { for node.taints.iter().map(|taint| html! { <code>{ taint }</code> }) }
            </p>
            <details class="node-acts" data-testid={format!("node-acts-{}", node.name)}>
                <summary>{ t::NODE_ACTS.fill(lang, &[("node", &node.name)]) }</summary>
                { view_acts(node, lang, on_command) }
            </details>
        </div>
    }
}

/// Commands and faults that fit the node as it is.
fn acts(node: &NodeView) -> (Vec<String>, Vec<String>) {
    let name = &node.name;
    let turn = |on: bool, verbs: [&str; 2]| format!("{} {name}", verbs[usize::from(on)]);
    let short = |of: &str| {
        let taint = ["node.kubernetes.io/", of, "-pressure"].concat();
        let on = node.taints.iter().any(|t| t.starts_with(&taint));
        format!("{of}-pressure {name} {}", if on { "off" } else { "on" })
    };
    let kubectl = vec![
        turn(node.cordoned, ["cordon", "uncordon"]),
        format!("drain {name} --ignore-daemonsets --delete-emptydir-data --force"),
        format!("taint node {name} maint=1:NoExecute"),
        format!("delete node {name}"),
    ];
    let faults = vec![
        format!("partition {name} {}", if node.cut { "off" } else { "on" }),
        turn(!node.powered, ["node-down", "node-up"]),
        format!("reboot {name} 60s"),
        turn(!node.kubelet, ["kubelet-stop", "kubelet-start"]),
        turn(!node.runtime, ["containerd-stop", "containerd-start"]),
        short("memory"),
        short("disk"),
    ];
    (kubectl, faults)
}

fn view_acts(node: &NodeView, lang: Lang, on_command: &Callback<Command>) -> Html {
    let (kubectl, faults) = acts(node);
    let label = format!("label node {} disk=ssd --overwrite", node.name);
    html! {
        <>
            <h3>{ t::NODE_KUBECTL.get(lang) }</h3>
            { for kubectl.into_iter().map(|line| button(Deed::Kubectl(line), on_command)) }
            { view_line(t::NODE_LINE, label, lang, &say(on_command, Deed::Kubectl)) }
            <h3>{ t::NODE_FAULTS.get(lang) }</h3>
            { for faults.into_iter().map(|line| button(Deed::Fault(line), on_command)) }
        </>
    }
}

fn button(words: Deed, on_command: &Callback<Command>) -> Html {
    let line = match words.parts() {
        ("kubectl", line) => format!("kubectl {line}"),
        (_, line) => line.to_string(),
    };
    let onclick = on_command.reform(move |_: MouseEvent| Command::Say(words.clone()));
    html! { <button type="button" class="button node-act" {onclick}><code>{ line }</code></button> }
}

fn say(on_command: &Callback<Command>, words: fn(String) -> Deed) -> Callback<String> {
    on_command.reform(move |line| Command::Say(words(line)))
}

fn added(line: String) -> Deed {
    Deed::Fault(format!("node-add {line}"))
}

/// A line to write, and the button that runs it.
fn view_line(label: Text, value: String, lang: Lang, on_line: &Callback<String>) -> Html {
    let on_line = on_line.clone();
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let form = event.target_dyn_into::<Element>();
        let field = form.and_then(|form| form.query_selector("input").ok().flatten());
        let field = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
        let line = field.map(|field| field.value()).unwrap_or_default();
        if !line.trim().is_empty() {
            on_line.emit(line.trim().to_string());
        }
    });
    html! {
        <form class="node-line" {onsubmit}>
            <label>
                { label.get(lang) }
                <input type="text" {value} spellcheck="false" autocomplete="off" />
            </label>
            <button type="submit" class="button">{ t::NODE_RUN.get(lang) }</button>
        </form>
    }
}

/// What can be done to the cluster: the form that adds a machine, the scheduler's switch.
pub fn view_cluster_acts(stopped: bool, lang: Lang, on_command: &Callback<Command>) -> Html {
    let scheduler = t::actor(ActorKind::Scheduler).get(lang);
    let line = if stopped { "scheduler-start" } else { "scheduler-stop" };
    html! {
        <div class="cluster-acts">
            <details class="node-acts" data-testid="node-add">
                <summary>{ t::NODE_ADD.get(lang) }</summary>
                { view_line(t::NODE_NAME, "node-2 cpu=2 memory=8Gi".into(), lang,
                    &say(on_command, added)) }
            </details>
            <details class="node-acts" data-testid="scheduler-acts">
                <summary>
                    { t::NODE_ACTS.fill(lang, &[("node", scheduler)]) }
                    if stopped {
                        { " " }<span class="node-status bad">{ t::SCHEDULER_OFF.get(lang) }</span>
                    }
                </summary>
                { button(Deed::Fault(line.into()), on_command) }
            </details>
        </div>
    }
}
