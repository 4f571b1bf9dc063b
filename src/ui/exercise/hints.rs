//! The hints, one at a time.

use crate::ui::markup::prelude::*;

use super::prose::line;
use crate::base::Lang;
use crate::session::exercise::Act;
use crate::session::view::ExerciseView;
use crate::ui::i18n::exercise;

/// The hints that were given, and a way to the next.
pub fn hints(view: &ExerciseView, lang: Lang, on_act: &Callback<Act>) -> Html {
    let left = view.hints_left.to_string();
    html! {
        <>
            <ol class="hints" aria-live="polite" data-testid="hints">
                { for view.hints.iter().map(|hint| html! { <li>{ line(hint.get(lang)) }</li> }) }
            </ol>
            if view.hints_left > 0 {
                <button type="button" class="button" data-testid="hint"
                    onclick={on_act.reform(|_: MouseEvent| Act::Hint)}>
                    { exercise::HINT.fill(lang, &[("n", &left)]) }
                </button>
            } else {
                <p class="quiet">{ exercise::HINTS_OVER.get(lang) }</p>
            }
        </>
    }
}
