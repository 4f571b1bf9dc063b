//! What a Pod asks for, may use and uses.

use crate::ui::markup::prelude::*;

use super::tables::head;
use crate::base::Lang;
use crate::session::view::{ResourceRow, ResourcesView};
use crate::ui::i18n::inspector as t;
use crate::ui::stage::{milli, size};

/// The resources.
pub fn view_resources(view: &ResourcesView, lang: Lang) -> Html {
    let [cpu, memory] = &view.counted;
    let node = view.node.as_ref().map(|(name, [cpu, memory])| {
        t::ALLOCATABLE.fill(lang, &[("node", name), ("cpu", cpu), ("memory", memory)])
    });
    html! {
        <div data-testid="resources">
            <p class="insp-note">
                <strong>{ "QoS " }{ &view.qos }</strong>
                { " · " }
                { t::COUNTED.fill(lang, &[("cpu", cpu), ("memory", memory)]) }
                if let Some(node) = node {
                    <>{ " · " }{ node }</>
                }
            </p>
            <table class="insp-table">
                { head(&["container", "requests", "limits", "use", "oom_score_adj"]) }
                <tbody>{ for view.rows.iter().map(|row| view_row(row, lang)) }</tbody>
            </table>
            <p class="insp-note">{ t::OOM_NOTE.get(lang) }</p>
        </div>
    }
}

fn view_row(row: &ResourceRow, lang: Lang) -> Html {
    let pair = |[cpu, memory]: &[String; 2]| {
        let said = |what: &str, value: &str| match value {
            "" => [what, " –"].concat(),
            value => [what, " ", value].concat(),
        };
        html! { <td><code>{ said("cpu", cpu) }</code><br /><code>{ said("memory", memory) }</code></td> }
    };
    let used = match &row.usage {
        Some(usage) => html! {
            <td>
                <code>{ "cpu " }{ milli(usage.cpu) }</code>
                if usage.cpu < usage.cpu_wanted {
                    <span class="quiet">{ " " }{ t::HELD_BACK.fill(lang, &[("n", &usage.throttled.to_string())]) }</span>
                }
                <br />
                <code>{ "memory " }{ size(usage.memory) }</code>
            </td>
        },
        None => html! { <td class="quiet">{ t::NOT_RUNNING.get(lang) }</td> },
    };
    let score = row.oom_score_adj.map_or("–".to_string(), |score| score.to_string());
    html! {
        <tr key={row.container.clone()}>
            <th scope="row">{ &row.container }</th>
            { pair(&row.requests) }
            { pair(&row.limits) }
            { used }
            <td><code>{ score }</code></td>
        </tr>
    }
}
