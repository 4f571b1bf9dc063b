//! The inspector's pane: what is chosen, its sides as tabs, and the side that is looked at.

use std::rc::Rc;

use crate::ui::markup::prelude::*;
use web_sys::HtmlSelectElement;

use super::yaml::Yaml;
use super::{files, logs, network, resources, tables};
use crate::base::Lang;
use crate::session::Command;
use crate::session::export::Export;
use crate::session::view::{Body, Inspect, InspectorView, Section};
use crate::ui::browser;
use crate::ui::i18n::inspector as t;
use crate::ui::icons::{Icon, icon};
use crate::ui::stage::view_all_processes;

/// What the pane shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct InspectorProps {
    /// The object.
    pub view: Rc<InspectorView>,
    /// The language of what is said.
    pub lang: Lang,
    /// Rises when somebody asks for the pane: it takes the focus.
    pub called: u32,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
    /// A text to copy.
    pub on_copy: Callback<String>,
    /// The run as a file.
    pub on_export: Callback<Export>,
}

/// The pane.
#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let (view, lang) = (&props.view, props.lang);
    use_effect_with(props.called, |called| {
        if *called > 0 {
            browser::focus("#pane-inspector [role=tab][aria-selected=true]");
        }
    });
    let close = props.on_command.reform(|_: MouseEvent| Command::Inspect(None));
    let copy = props.on_copy.reform({
        let view = view.clone();
        move |_: MouseEvent| view.text()
    });
    let title = format!("{} {}", view.chosen.kind, view.chosen.name);
    html! {
        <>
            <div class="pane-head insp-head">
                <h2>{ t::TITLE.get(lang) }</h2>
                { objects(props) }
                { containers(props) }
                <span class="spacer" />
                <button type="button" class="button" data-testid="inspector-copy" onclick={copy}
                    title={t::COPY_MORE.get(lang)}>{ t::COPY.get(lang) }</button>
                <button type="button" class="key" data-testid="inspector-close"
                    aria-label={t::CLOSE.get(lang)} title={t::CLOSE.get(lang)} onclick={close}>
                    { icon(Icon::Close) }
                </button>
            </div>
            { tabs(props) }
            <div class="pane-body insp-body" role="tabpanel" id="inspector-body" tabindex="0"
                aria-label={title} data-testid="inspector-body">
                <p class="command insp-command">
                    <code><span class="prompt">{ "$ " }</span>{ &view.command }</code>
                </p>
                if !view.here {
                    <p class="insp-gone" data-testid="inspector-gone">{ gone(view, lang) }</p>
                }
                { body(props) }
            </div>
            <div class="insp-foot">
                <span>{ t::EXPORT.get(lang) }</span>
                { export(props, Export::Text, "export-text", t::EXPORT_TEXT.get(lang)) }
                { export(props, Export::JsonLines, "export-jsonl", t::EXPORT_JSON.get(lang)) }
            </div>
        </>
    }
}

fn gone(view: &InspectorView, lang: Lang) -> String {
    let what = format!("{} {}", view.chosen.kind, view.chosen.name);
    t::GONE.fill(lang, &[("what", &what)])
}

fn export(props: &InspectorProps, form: Export, id: &'static str, words: &'static str) -> Html {
    let onclick = props.on_export.reform(move |_: MouseEvent| form);
    html! {
        <button type="button" class="link" data-testid={id} {onclick}>{ words }</button>
    }
}

/// The same as `chosen` but for what `change` changes.
fn changed(
    props: &InspectorProps,
    change: impl Fn(&mut Inspect, String) + 'static,
) -> Callback<Event> {
    let chosen = props.view.chosen.clone();
    props.on_command.reform(move |event: Event| {
        let mut chosen = chosen.clone();
        change(&mut chosen, event.target_unchecked_into::<HtmlSelectElement>().value());
        Command::Inspect(Some(chosen))
    })
}

/// The object that is inspected, among those that there are, by kind.
fn objects(props: &InspectorProps) -> Html {
    let (view, lang) = (&props.view, props.lang);
    let onchange = changed(props, |chosen, value| {
        let (kind, name) = value.split_once('/').unwrap_or_default();
        (chosen.kind, chosen.name) = (kind.to_string(), name.to_string());
        chosen.container.clear();
    });
    let mut kinds: Vec<&str> = view.objects.iter().map(|(kind, _)| kind.as_str()).collect();
    kinds.dedup();
    let chosen = (view.chosen.kind.clone(), view.chosen.name.clone());
    let of_kind = |kind: &str| {
        let all = view.objects.iter().filter(|(k, _)| k == kind);
        all.map(|object| option(object, *object == chosen)).collect::<Vec<_>>()
    };
    html! {
        <select class="insp-object" data-testid="inspector-object" {onchange}
            aria-label={t::OBJECT.get(lang)}>
            if !view.here {
                { option(&chosen, true) }
            }
            { for kinds.iter().map(|kind| html! {
                <optgroup label={kind.to_string()} key={kind.to_string()}>
                    { for of_kind(kind) }
                </optgroup>
            }) }
        </select>
    }
}

fn option((kind, name): &(String, String), selected: bool) -> Html {
    let value = format!("{kind}/{name}");
    html! { <option key={value.clone()} {value} {selected}>{ format!("{kind} {name}") }</option> }
}

/// The container that is looked at, where there are several.
fn containers(props: &InspectorProps) -> Html {
    let (view, lang) = (&props.view, props.lang);
    if !view.chosen.section.is_of_containers() || view.containers.len() < 2 {
        return Html::default();
    }
    let onchange = changed(props, |chosen, value| chosen.container = value);
    let one = |name: &String, words: &str| {
        let selected = view.chosen.container == *name;
        html! { <option value={name.clone()} {selected}>{ words }</option> }
    };
    html! {
        <select class="insp-container" data-testid="inspector-container" {onchange}
            aria-label={t::CONTAINER.get(lang)}>
            { one(&String::new(), t::CONTAINERS_ALL.get(lang)) }
            { for view.containers.iter().map(|name| one(name, name)) }
        </select>
    }
}

fn tabs(props: &InspectorProps) -> Html {
    let (view, lang) = (&props.view, props.lang);
    let sections = Section::of(&view.chosen.kind);
    let go = |section: Section| {
        let chosen = Inspect { section, ..view.chosen.clone() };
        props.on_command.reform(move |()| Command::Inspect(Some(chosen.clone())))
    };
    let (on_command, chosen) = (props.on_command.clone(), view.chosen.clone());
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let steps = match event.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => sections.len() - 1,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        let section = beside(sections, chosen.section, steps);
        on_command.emit(Command::Inspect(Some(Inspect { section, ..chosen.clone() })));
        browser::focus(&["[data-testid=inspector-", section.code(), "]"].concat());
    });
    let tab = |section: &Section| {
        let chosen = *section == view.chosen.section;
        let onclick = go(*section).reform(|_: MouseEvent| ());
        html! {
            <button type="button" role="tab" key={section.code()}
                data-testid={format!("inspector-{}", section.code())}
                aria-selected={chosen.to_string()} aria-controls="inspector-body"
                tabindex={if chosen { "0" } else { "-1" }} {onclick}>
                { t::section(*section).get(lang) }
            </button>
        }
    };
    html! {
        <div class="insp-tabs" role="tablist" aria-label={t::SECTIONS.get(lang)} {onkeydown}>
            { for sections.iter().map(tab) }
        </div>
    }
}

/// The section `steps` tabs further, around the ends, from the tab with the focus, else from
/// `chosen`: a tab that was gone to may not be drawn as the chosen one yet.
fn beside(sections: &[Section], chosen: Section, steps: usize) -> Section {
    let here = browser::focused_after("inspector-");
    let at = |found: &dyn Fn(&Section) -> bool| sections.iter().position(found);
    let focused = at(&|section| here.as_deref() == Some(section.code()));
    let from = focused.or_else(|| at(&|section| *section == chosen)).unwrap_or(0);
    sections[(from + steps) % sections.len()]
}

fn body(props: &InspectorProps) -> Html {
    let (view, lang, on_command) = (&props.view, props.lang, &props.on_command);
    let nothing = |text: crate::ui::i18n::Text| html! { <p class="quiet">{ text.get(lang) }</p> };
    match &view.body {
        Body::Gone => Html::default(),
        Body::Text(text) => {
            html! { <pre class="insp-text" tabindex="0" data-testid="inspector-text">{ text }</pre> }
        }
        Body::Yaml(_) => part! {
            <Yaml view={view.clone()} {lang} on_command={on_command.clone()} />
        },
        Body::Conditions(list, _) if list.is_empty() => nothing(t::NO_CONDITIONS),
        Body::Conditions(list, reasons) => {
            tables::view_conditions(list, reasons, view.now, lang, on_command)
        }
        Body::Events(list) if list.is_empty() => nothing(t::NO_EVENTS),
        Body::Events(list) => tables::view_events(list, lang, on_command),
        Body::Logs(list) if list.is_empty() => nothing(t::NO_LOGS),
        Body::Logs(list) => logs::view_logs(list, lang),
        Body::Files(list) => html! { <>{ for list.iter().map(|f| files::view_files(f, lang)) }</> },
        Body::Processes(list, shared) => {
            if list.is_empty() && shared.is_none() {
                return nothing(t::NO_INSTANCE);
            }
            view_all_processes(list, shared.as_ref(), view.now, lang)
        }
        Body::Network(network) => network::view_network(network, lang),
        Body::Resources(resources) => resources::view_resources(resources, lang),
    }
}
