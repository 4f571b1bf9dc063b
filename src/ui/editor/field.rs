//! The field under the caret: what it is, whom it concerns, which rules read it in this run, and
//! its number to be turned. Closed it costs nothing; descriptions are loaded when it is opened.

use std::rc::Rc;

use crate::ui::markup::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::knob::Knob;
use super::problem::coded;
use super::{docs, shown};
use crate::base::json::Value;
use crate::base::{Lang, TextEdit};
use crate::session::view::{CompletionView, EditorView, FieldView, OptionView, RuleUse};
use crate::session::{Command, completion};
use crate::ui::browser;
use crate::ui::clock_text::clock;
use crate::ui::i18n::{editor, frame};
use crate::ui::icons::{Icon, icon};
use crate::ui::library::Place;
use crate::ui::load::{Load, use_json};
use crate::ui::why::RuleTexts;

/// Words on offer at most; the first letters narrow them down.
const WORDS: usize = 40;

/// What the help shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct FieldHelpProps {
    /// The field; one without a path if there is none.
    pub field: Rc<FieldView>,
    /// The editor, for what can be written at the caret.
    pub view: Rc<EditorView>,
    /// Where the caret is, in bytes of the text.
    pub caret: usize,
    /// Counts how often what can be written here was asked for.
    pub asked: u32,
    /// What the rules say.
    pub rules: Rc<RuleTexts>,
    /// The language of our own words.
    pub lang: Lang,
    /// A number the learner turns; the focus stays.
    pub on_turn: Callback<TextEdit>,
    /// A word the learner wants written.
    pub on_edit: Callback<TextEdit>,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
    /// The learner wants to see what the changed text would change.
    pub on_compare: Callback<()>,
    /// A place of the rule browser is wanted.
    pub on_place: Callback<Place>,
}

/// The help.
#[component]
pub fn FieldHelp(props: &FieldHelpProps) -> Html {
    let (field, lang) = (&props.field, props.lang);
    let open = use_state_eq(|| false);
    let texts = use_texts(field, lang, *open);
    let carried = use_json("./static/catalogue/engine.json", *open);
    let options = use_memo((props.view.clone(), props.caret, *open), |(view, caret, open)| {
        if *open { completion::complete(&view.text, *caret) } else { None }
    });
    use_asked(props.asked, &open);
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let is_field = !field.path.is_empty();
    html! {
        <section class="field-help">
            <button type="button" class="field-toggle" data-testid="field-toggle"
                aria-expanded={open.to_string()} aria-controls="field-help" onclick={toggle}>
                { icon(if *open { Icon::Down } else { Icon::On }) }{ frame::FIELD.get(lang) }
                if is_field {
                    <code data-testid="field-path">{ &field.path }</code>
                }
            </button>
            <div id="field-help" class="field-body" hidden={!*open} data-testid="field-help">
                if *open {
                    { words(props, &options) }
                }
                if is_field && *open {
                    { knob(props) }
                    { told(field, lang) }
                    { rules(props, &carried) }
                    { described(&texts, lang) }
                } else {
                    <p class="quiet-text">{ frame::FIELD_NONE.get(lang) }</p>
                }
            </div>
        </section>
    }
}

/// Opens the help when it is asked what can be written, and goes to the first word.
#[hook]
fn use_asked(asked: u32, open: &UseStateHandle<bool>) {
    let answered = use_mut_ref(|| asked);
    let open = open.clone();
    use_effect_with((asked, *open), move |(asked, is_open)| {
        if *answered.borrow() == *asked {
            return;
        }
        match is_open {
            false => open.set(true),
            true => {
                *answered.borrow_mut() = *asked;
                browser::focus("[data-testid=option]");
            }
        }
    });
}

/// Words that can be written at the caret, as buttons.
fn words(props: &FieldHelpProps, options: &Option<CompletionView>) -> Html {
    let Some(found) = options else { return Html::default() };
    let option = |option: &OptionView| {
        let edit = TextEdit { span: found.span, text: option.insert.clone() };
        html! {
            <button type="button" class="fix" data-testid="option" title={option.of_type.clone()}
                onclick={props.on_edit.reform(move |_: MouseEvent| edit.clone())}>
                <code>{ &option.label }</code>
            </button>
        }
    };
    html! {
        <>
            <h3>{ editor::FIELD_CAN.get(props.lang) }</h3>
            <p class="options">{ for found.options.iter().take(WORDS).map(option) }</p>
        </>
    }
}

fn knob(props: &FieldHelpProps) -> Html {
    match props.field.knob {
        None => Html::default(),
        Some(knob) => part! {
            <Knob {knob} name={props.field.name.clone()} lang={props.lang}
                on_edit={props.on_turn.clone()} on_compare={props.on_compare.clone()} />
        },
    }
}

/// What the schema and the defaults tell.
fn told(field: &FieldView, lang: Lang) -> Html {
    let rows = shown::rows(field, lang).into_iter();
    let row = |(name, value): (&'static str, String)| {
        html! { <><dt>{ name }</dt><dd>{ coded(&value) }</dd></> }
    };
    html! {
        <>
            <dl>{ for rows.map(row) }</dl>
            if field.not_simulated {
                <p class="quiet-text">{ frame::FIELD_NOT_SIMULATED.get(lang) }</p>
            }
        </>
    }
}

/// The rules that read it; one that did in this run leads to its card.
fn rules(props: &FieldHelpProps, carried: &Load) -> Html {
    let (field, lang) = (&props.field, props.lang);
    if field.rules.is_empty() {
        return Html::default();
    }
    let marks = field.records.len().to_string();
    html! {
        <>
            <h3>{ editor::FIELD_RULES.get(lang) }</h3>
            <ul class="field-rules" data-testid="field-rules">
                { for field.rules.iter().map(|used| rule(used, props, carried)) }
            </ul>
            if !field.records.is_empty() {
                <p class="quiet-text" data-testid="field-marks">
                    { editor::FIELD_MARKS.fill(lang, &[("n", &marks)]) }
                </p>
            }
        </>
    }
}

fn rule(used: &RuleUse, props: &FieldHelpProps, carried: &Load) -> Html {
    let lang = props.lang;
    let title = props.rules.title(used.rule, &used.facts);
    let Some((record, at)) = used.last else {
        let title = without_facts(&title);
        return html! {
            <li>
                <span>{ title }</span>
                <span class="quiet-text">{ editor::RULE_NEVER.get(lang) }</span>
                { documents(used.rule, props, carried) }
            </li>
        };
    };
    let times = [("n", used.times.to_string()), ("t", clock(at))];
    let times = times.each_ref().map(|(name, value)| (*name, value.as_str()));
    let look = props.on_command.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        look.emit(Command::Seek(at));
        look.emit(Command::Select(Some(record)));
    });
    html! {
        <li>
            <button type="button" class="link" data-testid="field-rule" {onclick}>{ title }</button>
            <span class="quiet-text">{ editor::RULE_TIMES.fill(lang, &times) }</span>
            { documents(used.rule, props, carried) }
        </li>
    }
}

/// The way to what the documents say of a rule, if they speak of it.
fn documents(rule: &'static str, props: &FieldHelpProps, carried: &Load) -> Html {
    let Load::Here(engine) = carried else { return Html::default() };
    let of_rule = |ids: &&Value| {
        let ids = ids.as_array().map_or(&[][..], Vec::as_slice);
        ids.iter().any(|id| id.as_str() == Some(rule))
    };
    let count = engine.as_object().map_or(0, |all| all.values().filter(of_rule).count());
    if count == 0 {
        return Html::default();
    }
    let words = editor::FIELD_IN_RULES.fill(props.lang, &[("n", &count.to_string())]);
    let label = editor::FIELD_IN_RULES_OF.fill(props.lang, &[("id", rule)]);
    let onclick = props.on_place.reform(move |_: MouseEvent| Place::Rule(rule.to_string()));
    html! {
        <button type="button" class="link" data-testid="field-documents" aria-label={label}
            {onclick}>{ words }</button>
    }
}

/// A title with dots where a fact would stand.
fn without_facts(title: &str) -> String {
    let mut out = String::new();
    let mut rest = title;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        out.push('…');
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    out + rest
}

/// Descriptions of a field, or that they are not here.
#[derive(Clone, PartialEq, Debug, Default)]
struct Texts {
    path: String,
    lang: Option<Lang>,
    ours: Option<String>,
    official: Option<Result<Option<String>, ()>>,
}

/// The descriptions of a field, once they are wanted.
#[hook]
fn use_texts(field: &Rc<FieldView>, lang: Lang, wanted: bool) -> Texts {
    let texts = use_state_eq(Texts::default);
    {
        let texts = texts.clone();
        let key = (wanted, field.owner.clone(), field.path.clone(), lang);
        let field = field.clone();
        use_effect_with(key, move |(wanted, ..)| {
            if *wanted && !field.path.is_empty() {
                spawn_local(async move {
                    let ours = docs::ours(&field, lang).await;
                    let official = Some(docs::official(&field).await);
                    let path = field.path.clone();
                    texts.set(Texts { path, lang: Some(lang), ours, official });
                });
            }
        });
    }
    let fits = texts.path == field.path && texts.lang == Some(lang);
    if fits { (*texts).clone() } else { Texts::default() }
}

/// Our words and Kubernetes' own.
fn described(texts: &Texts, lang: Lang) -> Html {
    let ours = texts.ours.as_ref().map(|text| {
        html! { <p data-testid="field-ours">{ coded(text) }</p> }
    });
    let words = match &texts.official {
        Some(Ok(Some(text))) => html! {
            <>
                <p class="label">{ frame::FIELD_OFFICIAL.get(lang) }</p>
                <p lang="en" data-testid="field-official">{ text }</p>
            </>
        },
        Some(Ok(None)) => quiet(frame::FIELD_UNTOLD.get(lang)),
        Some(Err(())) => quiet(frame::FIELD_FAILED.get(lang)),
        None => quiet(frame::FIELD_LOADING.get(lang)),
    };
    html! { <>{ ours }{ words }</> }
}

fn quiet(words: &'static str) -> Html {
    html! { <p class="quiet-text">{ words }</p> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_without_its_facts_has_dots() {
        assert_eq!(without_facts("{kind} probe failed ({run} of {n})"), "… probe failed (… of …)");
        assert_eq!(without_facts("plain"), "plain");
    }
}
