//! The stage: the cluster at one moment, drawn.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::session::Command;
use crate::session::view::{PodView, STAGE_MANY, StageView};
use crate::ui::i18n::stage as t;
use crate::ui::width::{Size, use_size};

use super::crowd::view_crowd;
use super::empty::view_empty;
use super::layout::{Form, MapLayout, is_low};
use super::map::view_map;
use super::node::{view_add_node, view_node_head};
use super::owners::view_owners;
use super::pod::view_pod;
use super::service::view_services;

/// What the stage draws and whom it tells.
#[derive(Properties, PartialEq)]
pub struct StageProps {
    /// The cluster at the cursor.
    pub view: Rc<StageView>,
    /// The language of what is said.
    pub lang: Lang,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
    /// The size to draw for until the browser has measured it.
    #[prop_or(Size { width: 800.0, height: 600.0 })]
    pub size: Size,
}

/// The stage.
#[component]
pub fn Stage(props: &StageProps) -> Html {
    let (node, inner) = (use_node_ref(), use_node_ref());
    let height = use_size(node.clone(), props.size).height;
    let width = use_size(inner.clone(), props.size).width;
    let layout = MapLayout::fitting(width, height);
    let (view, lang) = (&props.view, props.lang);
    let form = match layout.form {
        Form::Wide => "stage-wide",
        Form::Row => "stage-row",
    };
    html! {
        <div
            class={classes!("stage", form, is_low(height).then_some("stage-low"))}
            ref={node}
            tabindex="0"
            role="group"
            aria-label={t::TITLE.get(lang)}
            data-testid="stage"
        >
            <div class="stage-inner" ref={inner}>
                if !view.actors.is_empty() {
                    { view_map(view, &layout, lang) }
                }
                { view_pods(view, lang, &props.on_command) }
                { view_owners(&view.owners, lang, &props.on_command) }
                { view_services(view, lang, &props.on_command) }
            </div>
        </div>
    }
}

/// The Pods: none, each in full, or many.
fn view_pods(view: &StageView, lang: Lang, on_command: &Callback<Command>) -> Html {
    match view.pods.len() {
        0 => html! { <div class="node">{ view_empty(lang, on_command) }</div> },
        count if count > STAGE_MANY => view_crowd(view, lang, on_command),
        _ => view_places(view, lang, on_command),
    }
}

/// The nodes, each with its Pods, and below them the Pods that have none yet.
fn view_places(view: &StageView, lang: Lang, on_command: &Callback<Command>) -> Html {
    let known = |pod: &&PodView| view.nodes.iter().any(|node| node.name == pod.node);
    let (placed, unplaced): (Vec<&PodView>, Vec<&PodView>) =
        view.pods.iter().map(|pod| &**pod).partition(known);
    html! {
        <>
            { for view.nodes.iter().enumerate().map(|(nth, node)| {
                let pods = placed.iter().filter(|pod| pod.node == node.name);
                let pods: Vec<&PodView> = pods.copied().collect();
                html! {
                    <div key={node.name.clone()} data-testid="node"
                        class={classes!("node", (nth > 0).then_some("node-more"))}>
                        { view_node_head(node, lang, on_command) }
                        if pods.is_empty() {
                            <p class="quiet">{ t::NODE_EMPTY.get(lang) }</p>
                        }
                        { for pods.into_iter().map(|pod| view_pod(pod, view.now, lang, on_command)) }
                    </div>
                }
            }) }
            { view_add_node(lang, on_command) }
            if !unplaced.is_empty() {
                <div class="unplaced">
                    <h2>{ t::UNPLACED.get(lang) }</h2>
                    { for unplaced.into_iter().map(|pod| view_pod(pod, view.now, lang, on_command)) }
                </div>
            }
        </>
    }
}
