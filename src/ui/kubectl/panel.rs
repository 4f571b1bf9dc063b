//! The kubectl pane.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::console::{Completion, Console};
use super::echo::Echoes;
use super::truths::Truths;
use crate::base::Lang;
use crate::session::Command;
use crate::session::view::{PodView, STAGE_MANY, StageView, TransportView};
use crate::ui::i18n::frame;

/// What the pane shows.
#[derive(Properties, PartialEq)]
pub struct KubectlPanelProps {
    /// `kubectl get pods` and the commands so far.
    pub transport: Rc<TransportView>,
    /// The Pods and their phases.
    pub stage: Rc<StageView>,
    /// The language of the pane.
    pub lang: Lang,
    /// Rises when a key asks for the command line.
    pub called: u32,
    /// A line, and how the word at its end can go on.
    pub completion: Rc<Completion>,
    /// How a line can go on is asked for.
    pub on_complete: Callback<String>,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
}

/// The pane.
#[component]
pub fn KubectlPanel(props: &KubectlPanelProps) -> Html {
    let lang = props.lang;
    let pods = told(&props.stage);
    let history = props.transport.echo.iter().map(|echo| echo.args.clone()).collect::<Vec<_>>();
    html! {
        <>
            <div class="pane-head">
                <h2>{ frame::KUBECTL.get(lang) }</h2>
            </div>
            <div class="pane-body terminal">
                <div class="get-pods" role="group" aria-label={frame::GET_PODS.get(lang)}>
                    <div class="command">
                        <code>
                            <span class="prompt">{ "$ kubectl " }</span>
                            { &props.transport.get_pods_args }
                        </code>
                    </div>
                    <pre data-testid="get-pods" tabindex="0"
                        aria-label={frame::GET_PODS.get(lang)}>{ get_pods(&props.transport) }</pre>
                </div>
                { part! {
                    <Console {history} {lang} called={props.called}
                        completion={props.completion.clone()}
                        on_complete={props.on_complete.clone()}
                        on_command={props.on_command.clone()} />
                } }
                { for pods.into_iter().map(|pod| part! {
                    <Truths key={pod.uid.clone()} pod={pod.clone()} {lang} />
                }) }
                { part! { <Echoes echo={props.transport.echo.clone()} {lang} /> } }
            </div>
        </>
    }
}

/// The Pods whose phase, conditions and column are told: all, or of very many the one that is
/// looked at and some of which they differ.
fn told(stage: &StageView) -> Vec<&Rc<PodView>> {
    let pods: Vec<_> = stage.pods.iter().filter(|pod| pod.in_api).collect();
    if pods.len() <= STAGE_MANY {
        return pods;
    }
    let (mut told, others): (Vec<_>, Vec<_>) =
        pods.into_iter().partition(|pod| pod.name == stage.looked);
    told.extend(others.into_iter().filter(|pod| pod.differs).take(STAGE_MANY));
    told
}

/// kubectl's own words are never translated.
fn get_pods(transport: &TransportView) -> String {
    let text = transport.get_pods.trim_end();
    let none = "No resources found in default namespace.";
    if text.is_empty() { none.to_string() } else { text.to_string() }
}
