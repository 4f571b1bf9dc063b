//! The stage: the cluster at one moment, drawn.

use std::rc::Rc;

use crate::ui::markup::prelude::*;
use web_sys::Element;

use crate::base::Lang;
use crate::session::Command;
use crate::session::view::{PodView, STAGE_MANY, SpotView, StageView};
use crate::ui::browser;
use crate::ui::i18n::stage as t;
use crate::ui::width::{Size, use_measure, use_size};

use super::crowd::view_crowd;
use super::crumbs::{key_focus, view_crumbs};
use super::empty::view_empty;
use super::layout::{Form, MapLayout, is_low};
use super::map::view_map;
use super::node::{view_cluster_acts, view_node_head};
use super::owners::view_owners;
use super::pod::view_pod;
use super::service::view_services;
use super::zoom::{Focus, seen};

/// What the stage draws and whom it tells.
#[derive(Properties, PartialEq)]
pub struct StageProps {
    /// The cluster at the cursor.
    pub view: Rc<StageView>,
    /// What the selected decision is about.
    #[prop_or_default]
    pub lit: Option<SpotView>,
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
    let measured = use_measure(inner.clone());
    let width = measured.unwrap_or(props.size).width;
    // A guess is not shown: what stands there would shift when the size is known.
    let guessed = measured.is_none().then_some("guessed");
    let layout = MapLayout::fitting(width, height);
    let focus = use_state_eq(Focus::default);
    let (whole, lang, lit) = (&props.view, props.lang, props.lit.as_ref());
    use_lit_in_view(lit);
    let at = focus.kept(whole);
    let near = seen(whole, &at).map(Rc::new);
    let view = near.as_ref().unwrap_or(whole);
    let on_focus = focus_setter(focus.clone(), &props.on_command);
    let onkeydown = {
        let (whole, on_focus) = (whole.clone(), on_focus.clone());
        move |event: KeyboardEvent| {
            let plain = !(event.ctrl_key() || event.meta_key() || event.alt_key());
            let target = event.target_dyn_into::<Element>();
            let typing = target.is_some_and(|target| target.tag_name() == "INPUT");
            // The key before may have gone somewhere that is not drawn yet.
            let at = focus.kept(&whole);
            if let Some(to) = key_focus(&event.key(), &at, &whole).filter(|_| plain && !typing) {
                event.prevent_default();
                event.stop_propagation();
                on_focus.emit(to);
            }
        }
    };
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
            aria-description={t::ZOOM_KEYS.get(lang)}
            {onkeydown}
            data-testid="stage"
        >
            <div class={classes!("stage-inner", guessed)} ref={inner}>
                { view_crumbs(whole, &at, lang, &on_focus) }
                if !view.actors.is_empty() {
                    { view_map(view, &layout, lit, lang) }
                }
                { view_pods(view, lit, lang, &props.on_command) }
                { view_owners(&view.owners, lang, &props.on_command) }
                { view_services(view, lang, &props.on_command) }
            </div>
        </div>
    }
}

/// Goes nearer or farther; of many Pods the one that is gone to must be told in full.
fn focus_setter(focus: UseStateHandle<Focus>, on_command: &Callback<Command>) -> Callback<Focus> {
    let on_command = on_command.clone();
    Callback::from(move |to: Focus| {
        if let Focus::Pod(pod) | Focus::Container(pod, _) = &to {
            on_command.emit(Command::LookAt(pod.clone()));
        }
        focus.set(to);
    })
}

/// The Pods: none, each in full, or many.
fn view_pods(
    view: &StageView,
    lit: Option<&SpotView>,
    lang: Lang,
    on_command: &Callback<Command>,
) -> Html {
    match view.pods.len() {
        0 => html! {
            <>
                <div class="node">{ view_empty(lang, on_command) }</div>
                { view_cluster_acts(view.scheduler_stopped, lang, on_command) }
            </>
        },
        count if count > STAGE_MANY => view_crowd(view, lit, lang, on_command),
        _ => view_places(view, lit, lang, on_command),
    }
}

/// The nodes, each with its Pods, and below them the Pods that have none yet.
fn view_places(
    view: &StageView,
    lit: Option<&SpotView>,
    lang: Lang,
    on_command: &Callback<Command>,
) -> Html {
    let each = |pod: &PodView| view_pod(pod, lit, view.now, lang, on_command);
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
                        class={classes!("node", (nth > 0).then_some("node-more"),
                            lit_if(lit.is_some_and(|lit| lit.node == node.name)))}>
                        { view_node_head(node, lang, on_command) }
                        if pods.is_empty() {
                            <p class="quiet">{ t::NODE_EMPTY.get(lang) }</p>
                        }
                        { for pods.into_iter().map(each) }
                    </div>
                }
            }) }
            { view_cluster_acts(view.scheduler_stopped, lang, on_command) }
            if !unplaced.is_empty() {
                <div class="unplaced">
                    <h2>{ t::UNPLACED.get(lang) }</h2>
                    { for unplaced.into_iter().map(each) }
                </div>
            }
        </>
    }
}

/// The class of what the selected decision is about.
pub(super) fn lit_if(lit: bool) -> Option<&'static str> {
    lit.then_some("lit")
}

/// Brings what the selected decision is about into view, once.
#[hook]
fn use_lit_in_view(lit: Option<&SpotView>) {
    use_effect_with(lit.cloned(), |lit| {
        if lit.is_some() {
            browser::bring_into_view(".container.lit, .pod.lit, .node.lit");
        }
    });
}
