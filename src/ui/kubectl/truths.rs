//! `status.phase`, the conditions and the STATUS column side by side, and why they can differ.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::session::view::{ConditionView, PodView};
use crate::ui::i18n::frame;

/// Of which Pod.
#[derive(Properties, PartialEq)]
pub struct TruthsProps {
    /// The Pod.
    pub pod: Rc<PodView>,
    /// The language of what stands beside Kubernetes' words.
    pub lang: Lang,
}

/// Three truths about one Pod, and the reasons.
#[component]
pub fn Truths(props: &TruthsProps) -> Html {
    let (pod, lang) = (&props.pod, props.lang);
    html! {
        <div class="truths">
            <dl class={if pod.differs { "differ" } else { "same" }}>
                <div>
                    <dt>{ frame::PHASE.get(lang) }</dt>
                    <dd data-testid="phase" class={classes!("word", phase_tone(&pod.phase))}>
                        { &pod.phase }
                    </dd>
                </div>
                <div>
                    <dt>{ frame::COLUMN.get(lang) }</dt>
                    <dd data-testid="status" class={classes!("word", status_tone(&pod.status))}>
                        { &pod.status }
                    </dd>
                </div>
                <div>
                    <dt>{ frame::TRUTH_CONDITIONS.get(lang) }</dt>
                    <dd data-testid="truth-conditions">
                        { for pod.conditions.iter().filter(|c| tells(c)).map(condition) }
                    </dd>
                </div>
            </dl>
            <div class="reason" data-testid="phase-why">
                { for pod.reasons.iter().map(|reason| html! { <p>{ reason.get(lang) }</p> }) }
            </div>
        </div>
    }
}

/// Ready always tells something; of the others those that are not as they should be.
fn tells(condition: &ConditionView) -> bool {
    let well = if condition.kind == "DisruptionTarget" { "False" } else { "True" };
    condition.kind == "Ready" || condition.status != well
}

fn condition(condition: &ConditionView) -> Html {
    let ConditionView { kind, status, reason, .. } = condition;
    let text = match reason.as_str() {
        "" => [kind, "=", status].concat(),
        reason => [kind, "=", status, " ", reason].concat(),
    };
    let tone = if status == "True" { "tone-good" } else { "tone-off" };
    html! { <span key={kind.clone()} class={classes!("word", "truth-condition", tone)}>{ text }</span> }
}

/// The tone of a phase.
pub fn phase_tone(phase: &str) -> &'static str {
    match phase {
        "Pending" => "tone-waiting",
        "Running" => "tone-running",
        "Succeeded" => "tone-done",
        "Failed" => "tone-bad",
        _ => "tone-idle",
    }
}

/// The tone of a word of the STATUS column.
pub fn status_tone(status: &str) -> &'static str {
    match status {
        "Running" => "tone-running",
        "Completed" | "Succeeded" => "tone-done",
        "Terminating" => "tone-terminating",
        "Pending" | "ContainerCreating" | "PodInitializing" => "tone-waiting",
        _ if status.ends_with("BackOff") => "tone-backoff",
        _ if status.starts_with("Init:") && !status.contains("rr") => "tone-waiting",
        _ => "tone-bad",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_tone_of_their_state() {
        assert_eq!(status_tone("CrashLoopBackOff"), "tone-backoff");
        assert_eq!(status_tone("Init:0/2"), "tone-waiting");
        assert_eq!(status_tone("Init:Error"), "tone-bad");
        assert_eq!(status_tone("Error"), "tone-bad");
        assert_eq!(phase_tone("Succeeded"), "tone-done");
    }
}
