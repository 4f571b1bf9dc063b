//! The processes of a container, as a tree.

use crate::ui::markup::prelude::*;

use crate::base::{Lang, SimTime};
use crate::session::view::{ProcessView, SharedView};
use crate::ui::i18n::stage as t;

use super::tone::secs_left;
use super::usage::size;

/// The tree; nothing for a container without processes.
pub fn view_processes(processes: &[ProcessView], now: SimTime, lang: Lang) -> Html {
    if processes.is_empty() {
        return Html::default();
    }
    html! {
        <div class="part">
            <h4>{ t::PROCESSES.get(lang) }</h4>
            { view_tree(processes, t::PROCESSES.get(lang), now, lang) }
        </div>
    }
}

/// The processes of all containers, each as a tree, and those that are of none.
pub fn view_all(
    containers: &[(String, Vec<ProcessView>)],
    shared: Option<&SharedView>,
    now: SimTime,
    lang: Lang,
) -> Html {
    html! {
        <div data-testid="inspector-processes-list">
            { shared.map(|shared| view_shared(shared, now, lang)) }
            { for containers.iter().map(|(name, processes)| html! {
                <section key={name.clone()}>
                    <h3>{ name }</h3>
                    if processes.is_empty() {
                        <p class="quiet">{ "–" }</p>
                    } else {
                        { view_tree(processes, t::PROCESSES.get(lang), now, lang) }
                    }
                </section>
            }) }
        </div>
    }
}

/// The processes of a shared process table that are of no container.
pub fn view_shared(shared: &SharedView, now: SimTime, lang: Lang) -> Html {
    let words = if shared.node { t::SHARED_NODE } else { t::SHARED_POD }.get(lang);
    html! {
        <div class="part shared" data-testid="shared-processes">
            <h4>{ words }</h4>
            { view_tree(&shared.processes, words, now, lang) }
        </div>
    }
}

fn view_tree(processes: &[ProcessView], label: &'static str, now: SimTime, lang: Lang) -> Html {
    html! {
        <ul class="processes" role="tree" aria-label={label}>
            { for in_tree_order(processes).into_iter().map(|(depth, process)| {
                view_process(process, processes, depth, now, lang)
            }) }
        </ul>
    }
}

fn view_process(
    process: &ProcessView,
    all: &[ProcessView],
    depth: usize,
    now: SimTime,
    lang: Lang,
) -> Html {
    let zombie = (process.state == "zombie").then_some("zombie");
    let traps = process.traps.join(", ");
    let level = (depth + 1).to_string();
    html! {
        <li
            key={process.pid}
            role="treeitem"
            aria-level={level}
            class={classes!("process", format!("depth-{}", depth.min(4)), zombie)}
        >
            <span class="pid">{ process.pid }</span>
            <code title={process.command.clone()}>{ &process.command }</code>
            if process.exec {
                <span class="process-mark" title={t::PROCESS_EXEC.get(lang)}>{ "exec" }</span>
            }
            if !traps.is_empty() {
                <span class="process-mark" title={t::TRAPS.fill(lang, &[("signals", &traps)])}>{ "trap" }</span>
            }
            <span class="process-state">{ state_words(process, all, now, lang) }</span>
            if process.memory >= WORTH_TELLING {
                <span class="process-memory">{ size(process.memory) }</span>
            }
            { for process.pending.iter().map(|signal| html! {
                <span class="signal-pending">{ t::PENDING.fill(lang, &[("signal", signal)]) }</span>
            }) }
        </li>
    }
}

/// A process with less memory is not worth a number.
const WORTH_TELLING: u64 = 2 << 20;

/// What a process does, and the line of its script.
fn state_words(process: &ProcessView, all: &[ProcessView], now: SimTime, lang: Lang) -> String {
    let words = activity_words(process, all, now, lang);
    match process.line {
        Some(line) => {
            let line = t::PROCESS_LINE.fill(lang, &[("n", &line.to_string())]);
            format!("{words} · {line}")
        }
        None => words,
    }
}

/// A sleeper says how long it sleeps; that it sleeps is then plain.
fn activity_words(process: &ProcessView, all: &[ProcessView], now: SimTime, lang: Lang) -> String {
    let waited = process.child.and_then(|pid| all.iter().find(|p| p.pid == pid));
    match (process.until, process.exit, waited) {
        (Some(until), ..) if until > now => match process.since {
            Some(since) => {
                let spent = format!("{}s", now.since(since).as_secs());
                let total = format!("{}s", until.since(since).as_ms().div_ceil(1000));
                t::SLEEPS.fill(lang, &[("t", &spent), ("total", &total)])
            }
            None => t::WAKES.fill(lang, &[("t", &format!("{}s", secs_left(until, now)))]),
        },
        (_, Some(code), _) => t::PROCESS_ZOMBIE_OF.fill(lang, &[("code", &code.to_string())]),
        (_, _, Some(child)) => {
            let name = child.command.split(' ').next().unwrap_or_default();
            let name = name.rsplit('/').next().unwrap_or(name);
            t::PROCESS_WAITING_FOR.fill(lang, &[("pid", &child.pid.to_string()), ("name", name)])
        }
        _ => t::process_state(&process.state)
            .map_or(process.state.as_str(), |text| text.get(lang))
            .to_owned(),
    }
}

/// Children below their parents; what has no parent here stands at the left.
fn in_tree_order(processes: &[ProcessView]) -> Vec<(usize, &ProcessView)> {
    let is_root = |p: &&ProcessView| !processes.iter().any(|q| q.pid == p.parent && q.pid != p.pid);
    let mut ordered = Vec::new();
    let mut open: Vec<(usize, &ProcessView)> =
        processes.iter().filter(is_root).rev().map(|process| (0, process)).collect();
    while let Some((depth, process)) = open.pop() {
        // A process that names itself or its descendant as parent must not hang the page.
        if ordered.len() >= processes.len() {
            break;
        }
        ordered.push((depth, process));
        let children = processes.iter().filter(|p| p.parent == process.pid && p.pid != process.pid);
        open.extend(children.rev().map(|child| (depth + 1, child)));
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn process(pid: u32, parent: u32) -> ProcessView {
        ProcessView { pid, parent, ..ProcessView::default() }
    }

    #[test]
    fn children_follow_their_parents() {
        let processes =
            [process(1, 0), process(7, 1), process(9, 1), process(12, 7), process(30, 99)];
        let order: Vec<(usize, u32)> =
            in_tree_order(&processes).iter().map(|(depth, p)| (*depth, p.pid)).collect();
        assert_eq!(order, [(0, 1), (1, 7), (2, 12), (1, 9), (0, 30)]);
    }
}
