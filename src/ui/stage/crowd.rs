//! Many Pods: a tile each, by node, and one of them in full.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::session::Command;
use crate::session::view::{NodeView, PodView, SpotView, StageView};
use crate::ui::timeline::tone_class;

use super::glyph::view_glyph;
use super::node::{view_cluster_acts, view_node_head};
use super::pod::view_pod;
use super::scene::lit_if;
use super::tone;

/// The Pods of each node as tiles; the one that is looked at stands above them.
pub fn view_crowd(
    view: &StageView,
    lit: Option<&SpotView>,
    lang: Lang,
    on_command: &Callback<Command>,
) -> Html {
    let looked = view.pods.iter().find(|pod| pod.name == view.looked);
    let is_on = |pod: &PodView| view.nodes.iter().any(|node| node.name == pod.node);
    let unplaced: Vec<_> = view.pods.iter().filter(|pod| !is_on(pod)).collect();
    html! {
        <>
            if let Some(pod) = looked {
                <div class="node">{ view_pod(pod, lit, view.now, lang, on_command) }</div>
            }
            { for view.nodes.iter().map(|node| view_node(node, view, lit, lang, on_command)) }
            { view_cluster_acts(view.scheduler_stopped, lang, on_command) }
            <section class="crowd">{ view_tiles(unplaced, view, lit, on_command) }</section>
        </>
    }
}

fn view_node(
    node: &NodeView,
    view: &StageView,
    lit: Option<&SpotView>,
    lang: Lang,
    on_command: &Callback<Command>,
) -> Html {
    let pods: Vec<_> = view.pods.iter().filter(|pod| pod.node == node.name).collect();
    html! {
        <section key={node.name.clone()} class="crowd" data-testid="node">
            { view_node_head(node, lang, on_command) }
            { view_tiles(pods, view, lit, on_command) }
        </section>
    }
}

fn view_tiles(
    pods: Vec<&Rc<PodView>>,
    view: &StageView,
    lit: Option<&SpotView>,
    on_command: &Callback<Command>,
) -> Html {
    html! {
        <ul class="tiles">
            { for pods.into_iter().map(|pod| part! {
                <Tile key={pod.uid.clone()} pod={pod.clone()} pressed={pod.name == view.looked}
                    lit={lit.is_some_and(|lit| lit.pod == pod.name)}
                    on_command={on_command.clone()} />
            }) }
        </ul>
    }
}

/// A Pod of many.
#[derive(Properties, PartialEq)]
struct TileProps {
    pod: Rc<PodView>,
    /// Whether it is the one that is looked at.
    pressed: bool,
    /// Whether the selected decision is about it.
    lit: bool,
    on_command: Callback<Command>,
}

/// Its tile; drawn anew only when the Pod changes.
#[component]
fn Tile(props: &TileProps) -> Html {
    let (pod, pressed) = (&props.pod, props.pressed);
    let tone = tone::pod(pod);
    let name = if pressed { String::new() } else { pod.name.clone() };
    let title = format!("{} {} {}", pod.name, pod.status, pod.ready);
    html! {
        <li>
            <button
                type="button"
                class={classes!("tile", tone_class(tone),
                    lit_if(props.lit))}
                aria-pressed={pressed.to_string()}
                {title}
                onclick={props.on_command.reform(move |_| Command::LookAt(name.clone()))}
            >
                { view_glyph(tone) }
                <span>{ &pod.name }</span>
            </button>
        </li>
    }
}
