//! The newest lines of a container's log.

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::session::view::LogView;
use crate::ui::i18n::stage as t;
use crate::ui::timeline::clock;

/// As many as stand in a card.
const LINES: usize = 5;

/// The last lines; nothing before the first.
pub fn view_logs(logs: &[LogView], lang: Lang) -> Html {
    if logs.is_empty() {
        return Html::default();
    }
    let newest = &logs[logs.len().saturating_sub(LINES)..];
    html! {
        <div class="part">
            <h4>{ t::LOGS.get(lang) }</h4>
            <ol class="logs">
                { for newest.iter().map(|log| html! {
                    <li class={log.stderr.then_some("stderr")}>
                        <time>{ clock(log.at, 1) }</time>
                        <code>{ &log.line }</code>
                    </li>
                }) }
            </ol>
        </div>
    }
}
