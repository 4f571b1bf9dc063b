//! Logs by instance, and who still has them.

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::session::view::{LogKept, LogsView};
use crate::ui::clock_text::clock;
use crate::ui::i18n::inspector as t;

/// The instances, the newest of each container first and open.
pub fn view_logs(list: &[LogsView], lang: Lang) -> Html {
    html! {
        <>{ for list.iter().rev().map(|logs| view_instance(logs, lang)) }</>
    }
}

fn view_instance(logs: &LogsView, lang: Lang) -> Html {
    let kept = match logs.kept {
        LogKept::Current => t::KEPT_CURRENT,
        LogKept::Previous => t::KEPT_PREVIOUS,
        LogKept::Gone => t::KEPT_GONE,
    };
    let key = format!("{}-{}", logs.container, logs.instance);
    let open = logs.kept != LogKept::Gone;
    html! {
        <details class="insp-part" key={key.clone()} {open} data-testid={format!("logs-{key}")}>
            <summary>
                <strong>{ &logs.container }{ " #" }{ logs.instance }</strong>
                if let Some(started) = logs.started {
                    <span class="quiet">{ " " }{ clock(started) }{ " –" }</span>
                }
                if let Some((at, how)) = &logs.ended {
                    <span class="quiet">{ " " }{ clock(*at) }{ " " }{ how }</span>
                }
            </summary>
            <p class="quiet">{ kept.get(lang) }</p>
            if logs.earlier > 0 {
                <p class="quiet">{ t::LINES_EARLIER.fill(lang, &[("n", &logs.earlier.to_string())]) }</p>
            }
            if logs.lines.is_empty() {
                <p class="quiet">{ t::LINES_NONE.get(lang) }</p>
            } else {
                <pre class="insp-text" tabindex="0">
                    { for logs.lines.iter().map(|line| html! {
                        <span class={line.stderr.then_some("stderr")}>
                            <time>{ clock(line.at) }{ " " }</time>
                            { &line.line }{ "\n" }
                        </span>
                    }) }
                </pre>
            }
        </details>
    }
}
