//! `status.phase` beside the STATUS column, and why they can differ.

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::session::view::PodView;
use crate::ui::i18n::frame;
use crate::ui::i18n::reasons::{SAME, why_they_differ};

/// Two words for one Pod, and the reason.
pub fn truths(pod: &PodView, lang: Lang) -> Html {
    let reason = why_they_differ(&pod.phase, &pod.status, pod.deleting);
    let differ = reason != SAME;
    html! {
        <div class="truths" key={pod.uid.clone()}>
            <dl class={if differ { "differ" } else { "same" }}>
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
            </dl>
            <p class="reason" data-testid="phase-why">{ reason.get(lang) }</p>
        </div>
    }
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
