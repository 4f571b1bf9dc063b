//! The card that tells a step. It lies over the page and takes nothing: no focus, no key of others.

use crate::ui::markup::prelude::*;

use super::steps::STEPS;
use crate::base::Lang;
use crate::ui::browser;
use crate::ui::i18n::tour;
use crate::ui::icons::{Icon, icon};
use crate::ui::load::{Load, use_json};

/// What the card shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct TourProps {
    /// The step; `None`: there is no tour.
    pub step: Option<usize>,
    /// Its language.
    pub lang: Lang,
    /// Another step, or `None`: it was left.
    pub on_step: Callback<Option<usize>>,
}

/// The card.
#[component]
pub fn Tour(props: &TourProps) -> Html {
    let address = ["./static/tour/", props.lang.code(), ".json"].concat();
    let told = use_json(&address, props.step.is_some());
    use_effect_with((props.step, told != Load::Waiting), |(step, _)| {
        if let Some(step) = step.and_then(|step| STEPS.get(step)) {
            browser::show(step.look);
        }
    });
    match (props.step, told) {
        (Some(step), Load::Here(told)) => {
            let words = |key: &str| told[step][key].as_str().unwrap_or_default().to_string();
            card(props, step, &words("title"), &words("text"))
        }
        _ => Html::default(),
    }
}

fn card(props: &TourProps, step: usize, title: &str, text: &str) -> Html {
    let lang = props.lang;
    let (n, all) = ((step + 1).to_string(), STEPS.len().to_string());
    let said = tour::STEP.fill(lang, &[("n", &n), ("all", &all)]);
    let last = step + 1 == STEPS.len();
    let go = |to: Option<usize>| props.on_step.reform(move |_: MouseEvent| to);
    let onkeydown = {
        let on_step = props.on_step.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.prevent_default();
                on_step.emit(None);
            }
        })
    };
    let next = (!last).then_some(step + 1);
    let words = if last { tour::DONE } else { tour::NEXT };
    html! {
        <section class="tour" role="dialog" aria-labelledby="tour-title" data-testid="tour"
            data-step={STEPS[step].name} onkeydown={onkeydown}>
            <div role="status">
                <p class="tour-count">{ said }</p>
                <h2 id="tour-title">{ title }</h2>
                <p>{ text }</p>
            </div>
            <div class="tour-acts">
                if !last {
                    <button type="button" class="link" data-testid="tour-skip" onclick={go(None)}>
                        { tour::SKIP.get(lang) }
                    </button>
                }
                <span class="spacer"></span>
                if step > 0 {
                    <button type="button" class="button" data-testid="tour-back"
                        onclick={go(step.checked_sub(1))}>
                        { icon(Icon::Back) }{ tour::BACK.get(lang) }
                    </button>
                }
                <button type="button" class="button primary" data-testid="tour-next"
                    onclick={go(next)}>
                    { words.get(lang) }{ icon(if last { Icon::Check } else { Icon::On }) }
                </button>
            </div>
        </section>
    }
}
