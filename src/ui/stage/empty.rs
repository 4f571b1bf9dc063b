//! The cluster before anything was applied.

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::session::Command;
use crate::ui::i18n::stage as t;

/// A capsule that waits, and the way to fill it.
pub fn view_empty(lang: Lang, on_command: &Callback<Command>) -> Html {
    let onclick = on_command.reform(|_: MouseEvent| Command::Apply);
    html! {
        <div class="stage-empty" data-testid="stage-empty">
            <svg viewBox="0 0 220 96" aria-hidden="true">
                <rect class="empty-pod" x="30" y="10" width="160" height="76" rx="24" />
                <rect class="empty-part" x="48" y="30" width="10" height="36" rx="3" />
                <rect class="empty-part" x="70" y="26" width="46" height="44" rx="8" />
                <rect class="empty-part" x="126" y="26" width="46" height="44" rx="8" />
            </svg>
            <h2>{ t::EMPTY_TITLE.get(lang) }</h2>
            <p>{ t::EMPTY_TEXT.get(lang) }</p>
            <button type="button" class="stage-apply" {onclick}>{ t::EMPTY_APPLY.get(lang) }</button>
        </div>
    }
}
