//! The button that opens the inspector.

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::session::Command;
use crate::session::view::{Inspect, Section};
use crate::ui::i18n::inspector as t;
use crate::ui::icons::{Icon, icon};

/// A button that inspects an object.
pub fn view_inspect(kind: &str, name: &str, lang: Lang, on_command: &Callback<Command>) -> Html {
    let chosen = Inspect { kind: kind.to_string(), name: name.to_string(), ..Inspect::default() };
    button(chosen, format!("{kind} {name}"), lang, on_command)
}

/// A button that inspects a container: first of all what it wrote.
pub fn view_inspect_container(
    pod: &str,
    container: &str,
    lang: Lang,
    on_command: &Callback<Command>,
) -> Html {
    let chosen = Inspect {
        kind: "Pod".to_string(),
        name: pod.to_string(),
        container: container.to_string(),
        section: Section::Logs,
        ..Inspect::default()
    };
    button(chosen, format!("{pod}/{container}"), lang, on_command)
}

fn button(chosen: Inspect, what: String, lang: Lang, on_command: &Callback<Command>) -> Html {
    let title = t::OPEN.fill(lang, &[("what", &what)]);
    let id = match chosen.container.as_str() {
        "" => format!("inspect-{}-{}", chosen.kind, chosen.name),
        container => format!("inspect-{container}"),
    };
    let onclick = on_command.reform(move |_: MouseEvent| Command::Inspect(Some(chosen.clone())));
    html! {
        <button type="button" class="key inspect" data-testid={id} aria-label={title.clone()}
            {title} {onclick}>{ icon(Icon::Inspect) }</button>
    }
}
