//! The processes of a container, as a tree.

use yew::prelude::*;

use crate::base::{Lang, SimTime};
use crate::session::view::ProcessView;
use crate::ui::i18n::stage as t;

use super::tone::secs_left;

/// The tree; nothing for a container without processes.
pub fn view_processes(processes: &[ProcessView], now: SimTime, lang: Lang) -> Html {
    if processes.is_empty() {
        return Html::default();
    }
    html! {
        <div class="part">
            <h4>{ t::PROCESSES.get(lang) }</h4>
            <ul class="processes">
                { for in_tree_order(processes).into_iter().map(|(depth, process)| {
                    view_process(process, depth, now, lang)
                }) }
            </ul>
        </div>
    }
}

fn view_process(process: &ProcessView, depth: usize, now: SimTime, lang: Lang) -> Html {
    let zombie = (process.state == "zombie").then_some("zombie");
    html! {
        <li key={process.pid} class={classes!("process", format!("depth-{}", depth.min(4)), zombie)}>
            <span class="pid">{ process.pid }</span>
            <code title={process.command.clone()}>{ &process.command }</code>
            <span class="process-state">{ state_words(process, now, lang) }</span>
            { for process.pending.iter().map(|signal| html! {
                <span class="signal-pending">{ t::PENDING.fill(lang, &[("signal", signal)]) }</span>
            }) }
        </li>
    }
}

/// A sleeper says how long it still sleeps; that it sleeps is then plain.
fn state_words(process: &ProcessView, now: SimTime, lang: Lang) -> String {
    match process.until {
        Some(until) if until > now => {
            t::WAKES.fill(lang, &[("t", &format!("{}s", secs_left(until, now)))])
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
        let (command, state) = (String::new(), String::new());
        ProcessView { pid, parent, command, state, until: None, pending: vec![] }
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
