//! Field help: what the field under the caret is. Closed it costs nothing; its descriptions are
//! loaded when it is opened first.

use std::rc::Rc;

use crate::base::json::Value;
use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::session::field_help;
use crate::session::view::{EditorView, FieldView};
use crate::ui::i18n::frame;
use crate::ui::icons::{Icon, icon};
use crate::ui::load::{Load, use_json};

/// What the help shows.
#[derive(Properties, PartialEq)]
pub struct FieldHelpProps {
    /// The editor.
    pub view: Rc<EditorView>,
    /// The language of our own words.
    pub lang: Lang,
    /// Where the caret is, in bytes of the text.
    pub caret: usize,
}

/// The help.
#[component]
pub fn FieldHelp(props: &FieldHelpProps) -> Html {
    let lang = props.lang;
    let open = use_state_eq(|| false);
    let field = use_memo((props.view.clone(), props.caret, *open), |(view, caret, open)| {
        if *open { field_help::at(&view.text, *caret) } else { None }
    });
    let pod = use_json("./static/docs/pod.json", *open);
    let elsewhere = match (&pod, &*field) {
        (Load::Here(docs), Some(field)) => docs.get(&field.owner).is_none(),
        _ => false,
    };
    let others = use_json("./static/docs/others.json", *open && elsewhere);
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    html! {
        <section class="field-help">
            <button type="button" class="field-toggle" data-testid="field-toggle"
                aria-expanded={open.to_string()} aria-controls="field-help" onclick={toggle}>
                { icon(if *open { Icon::Down } else { Icon::On }) }{ frame::FIELD.get(lang) }
                if let Some(field) = &*field {
                    <code>{ &field.path }</code>
                }
            </button>
            <div id="field-help" class="field-body" hidden={!*open} data-testid="field-help">
                if let Some(field) = &*field {
                    { told(field, lang) }
                    { official(field, &pod, if elsewhere { &others } else { &pod }, lang) }
                } else {
                    <p class="quiet-text">{ frame::FIELD_NONE.get(lang) }</p>
                }
            </div>
        </section>
    }
}

/// What the schema and the defaults tell.
fn told(field: &FieldView, lang: Lang) -> Html {
    html! {
        <>
            <dl>
                <dt>{ frame::FIELD_TYPE.get(lang) }</dt>
                <dd>
                    <code>{ &field.of_type }</code>
                    if field.required {
                        <span class="label">{ frame::FIELD_REQUIRED.get(lang) }</span>
                    }
                </dd>
                if !field.values.is_empty() {
                    <dt>{ frame::FIELD_VALUES.get(lang) }</dt>
                    <dd>{ for field.values.iter().map(|v| html! { <><code>{ *v }</code>{ " " }</> }) }</dd>
                }
                if !field.default.is_empty() {
                    <dt>{ frame::FIELD_DEFAULT.get(lang) }</dt>
                    <dd><code>{ &field.default }</code></dd>
                }
            </dl>
            if field.not_simulated {
                <p class="quiet-text">{ frame::FIELD_NOT_SIMULATED.get(lang) }</p>
            }
        </>
    }
}

/// Kubernetes' own words.
fn official(field: &FieldView, pod: &Load, docs: &Load, lang: Lang) -> Html {
    let words = match (docs, pod) {
        (Load::Waiting, _) => frame::FIELD_LOADING.get(lang).to_string(),
        (Load::Failed, _) => frame::FIELD_FAILED.get(lang).to_string(),
        (Load::Here(docs), pod) => match description(field, docs, pod) {
            Some(text) => {
                return html! {
                    <>
                        <p class="label">{ frame::FIELD_OFFICIAL.get(lang) }</p>
                        <p lang="en" data-testid="field-official">{ text }</p>
                    </>
                };
            }
            None => frame::FIELD_UNTOLD.get(lang).to_string(),
        },
    };
    html! { <p class="quiet-text">{ words }</p> }
}

/// `@Type` stands for the text of the same name at that type, in either file.
fn description(field: &FieldView, docs: &Value, pod: &Load) -> Option<String> {
    let text = docs[&field.owner][&field.name].as_str()?;
    let Some(other) = text.strip_prefix('@') else { return Some(text.to_string()) };
    let in_pod = match pod {
        Load::Here(pod) => pod[other][&field.name].as_str(),
        _ => None,
    };
    docs[other][&field.name].as_str().or(in_pod).map(str::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[test]
    fn a_shared_description_is_found_at_the_other_type() {
        let docs = json!({"EphemeralContainer": {"image": "@Container", "args": "Here."}});
        let pod = Load::Here(Rc::new(json!({"Container": {"image": "There."}})));
        let of = |name: &str| {
            let (owner, name) = ("EphemeralContainer".to_string(), name.to_string());
            description(&FieldView { owner, name, ..FieldView::default() }, &docs, &pod)
        };
        assert_eq!(of("image").as_deref(), Some("There."));
        assert_eq!(of("args").as_deref(), Some("Here."));
        assert_eq!(of("none"), None);
    }
}
