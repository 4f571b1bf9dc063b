//! The clock, which is also the field in which a moment is typed.

use crate::ui::markup::prelude::*;
use web_sys::HtmlInputElement;

use crate::base::{Lang, SimTime};
use crate::session::Command;
use crate::ui::clock_text::{clock, parse};
use crate::ui::i18n::frame;

/// What the clock shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct ClockFieldProps {
    /// The moment that is shown.
    pub cursor: SimTime,
    /// The language of its name.
    pub lang: Lang,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
}

/// The clock.
#[component]
pub fn ClockField(props: &ClockFieldProps) -> Html {
    // What is being typed; `None` while the field shows the clock.
    let draft = use_state_eq(|| None::<String>);
    let shown = (*draft).clone().unwrap_or_else(|| clock(props.cursor));
    let bad = draft.as_ref().is_some_and(|text| parse(text).is_none());
    let oninput = {
        let draft = draft.clone();
        Callback::from(move |event: InputEvent| {
            draft.set(Some(event.target_unchecked_into::<HtmlInputElement>().value()));
        })
    };
    let onkeydown = {
        let (draft, on_command) = (draft.clone(), props.on_command.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => {
                if let Some(at) = draft.as_deref().and_then(parse) {
                    draft.set(None);
                    on_command.emit(Command::Seek(at));
                }
            }
            "Escape" => draft.set(None),
            _ => {}
        })
    };
    let onblur = {
        let draft = draft.clone();
        Callback::from(move |_| draft.set(None))
    };
    let onfocus = Callback::from(|event: FocusEvent| {
        event.target_unchecked_into::<HtmlInputElement>().select();
    });
    let hint = frame::TIME_BAD.get(props.lang);
    html! {
        <div class={classes!("clock", bad.then_some("bad"))}>
            <input type="text" inputmode="text" class="clock-field" data-testid="time"
                aria-label={frame::TIME_FIELD.get(props.lang)} aria-invalid={bad.to_string()}
                title={hint} value={shown} size="9" autocomplete="off" spellcheck="false"
                {oninput} {onkeydown} {onblur} {onfocus} />
            if bad {
                <span class="clock-hint" role="status">{ hint }</span>
            }
        </div>
    }
}
