//! A knob: the number under the caret, by buttons or a slider.

use crate::ui::markup::prelude::*;
use web_sys::HtmlInputElement;

use crate::base::{Lang, TextEdit};
use crate::session::view::KnobView;
use crate::ui::i18n::editor;
use crate::ui::icons::{Icon, icon};

/// What the knob shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct KnobProps {
    /// The number.
    pub knob: KnobView,
    /// The field's name.
    pub name: String,
    /// The language.
    pub lang: Lang,
    /// The learner turned it.
    pub on_edit: Callback<TextEdit>,
    /// The learner wants to see what it would change.
    pub on_compare: Callback<()>,
}

/// The knob. While it is dragged it shows where it is; let go, it changes the text.
#[component]
pub fn Knob(props: &KnobProps) -> Html {
    let (knob, lang) = (props.knob, props.lang);
    let dragged = use_state_eq(|| None::<i64>);
    {
        let dragged = dragged.clone();
        use_effect_with(knob, move |_| dragged.set(None));
    }
    let value = dragged.unwrap_or(knob.value);
    let least = knob.least.min(knob.value).to_string();
    let most = knob.most.max(knob.value).to_string();
    let name = editor::KNOB.fill(lang, &[("name", &props.name)]);
    let number = |event: &web_sys::Event| {
        event.target_unchecked_into::<HtmlInputElement>().value().parse::<i64>().ok()
    };
    let oninput = {
        let dragged = dragged.clone();
        Callback::from(move |event: InputEvent| dragged.set(number(&event)))
    };
    let on_edit = props.on_edit.clone();
    let set = Callback::from(move |value: i64| {
        if let Some(edit) = knob.to(value) {
            on_edit.emit(edit);
        }
    });
    let onchange = {
        let set = set.clone();
        Callback::from(move |event: Event| number(&event).into_iter().for_each(|n| set.emit(n)))
    };
    let step = |by: i64| set.reform(move |_: MouseEvent| knob.value + by * knob.step);
    html! {
        <div class="knob" role="group" aria-label={name.clone()}>
            <button type="button" class="key" data-testid="knob-less" onclick={step(-1)}
                disabled={knob.value <= knob.least} aria-label={editor::KNOB_LESS.get(lang)}>
                { "−" }
            </button>
            <input type="range" data-testid="knob" min={least} max={most}
                step={knob.step.to_string()} value={value.to_string()} aria-label={name}
                {oninput} {onchange} />
            <output>{ value }</output>
            <button type="button" class="key" data-testid="knob-more" onclick={step(1)}
                disabled={knob.value >= knob.most} aria-label={editor::KNOB_MORE.get(lang)}>
                { "+" }
            </button>
            <button type="button" class="button" data-testid="knob-run"
                title={editor::KNOB_RUN_MORE.get(lang)}
                onclick={props.on_compare.reform(|_: MouseEvent| ())}>
                { icon(Icon::Branch) }{ editor::KNOB_RUN.get(lang) }
            </button>
        </div>
    }
}
