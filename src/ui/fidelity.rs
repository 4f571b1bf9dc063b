//! How true the simulation is: the ledger `docs/FIDELITY.md` in both languages, loaded when it is
//! opened first. A test holds its file to the ledger.

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::base::json::Value;
use crate::ui::dialog::Dialog;
use crate::ui::i18n::frame;
use crate::ui::load::{Load, use_json};

/// What the ledger's dialog shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct FidelityProps {
    /// Whether it is open.
    pub open: bool,
    /// Its language.
    pub lang: Lang,
    /// It was closed.
    pub on_close: Callback<()>,
}

/// The ledger.
#[component]
pub fn Fidelity(props: &FidelityProps) -> Html {
    let lang = props.lang;
    let ledger = use_json("./static/fidelity.json", props.open);
    let quiet = |text: &'static str| html! { <p class="quiet" role="status">{ text }</p> };
    html! { { part! { <Dialog open={props.open} {lang} name="fidelity" title={frame::FIDELITY.get(lang)}
            on_close={props.on_close.clone()}>{ html! {
            <p>{ frame::HELP_TRUTH.get(lang) }</p>
            { match &ledger {
                Load::Waiting => quiet(frame::FIDELITY_LOADING.get(lang)),
                Load::Failed => quiet(frame::FIDELITY_FAILED.get(lang)),
                Load::Here(ledger) => list(&ledger["sections"]).iter().map(|s| section(s, lang)).collect(),
            } }
         } }</Dialog> } }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn section(section: &Value, lang: Lang) -> Html {
    let code = lang.code();
    html! {
        <section>
            <h3>{ section["title"][code].as_str().unwrap_or_default().to_string() }</h3>
            { for list(&section["text"][code]).iter().map(|text| html! { <p>{ told(text) }</p> }) }
            { for list(&section["tables"]).iter().map(|rows| table(list(rows), code)) }
        </section>
    }
}

/// A table whose first row is its head. On a narrow page each row stands alone, so that its cells
/// carry the words of the head.
fn table(rows: &[Value], code: &str) -> Html {
    let Some((head, rows)) = rows.split_first() else { return Html::default() };
    let heads = list(&head[code]);
    let row = |row: &Value| {
        let cells = list(&row[code]).iter().zip(heads);
        html! { <tr role="row">{ for cells.enumerate().map(|(at, (cell, head))| one(at, cell, head)) }</tr> }
    };
    html! {
        <table role="table">
            <thead role="rowgroup"><tr role="row">
                { for heads.iter().map(|h| html! { <th scope="col" role="columnheader">{ told(h) }</th> }) }
            </tr></thead>
            <tbody role="rowgroup">{ for rows.iter().map(row) }</tbody>
        </table>
    }
}

fn one(at: usize, cell: &Value, head: &Value) -> Html {
    if at == 0 {
        return html! { <th scope="row" role="rowheader">{ told(cell) }</th> };
    }
    let head = head.as_str().unwrap_or_default().to_string();
    html! { <td role="cell" data-head={head}>{ told(cell) }</td> }
}

/// A text; what stands between backticks is code.
fn told(text: &Value) -> Html {
    let parts = text.as_str().unwrap_or_default().split('`').enumerate();
    let one = |(at, part): (usize, &str)| match at % 2 {
        1 => html! { <code>{ part.to_string() }</code> },
        _ => html! { { part.to_string() } },
    };
    parts.map(one).collect()
}
