//! One decision: closed it is a line, selected it tells all.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::texts::RuleTexts;
use crate::base::Lang;
use crate::session::Command;
use crate::session::view::RecordView;
use crate::ui::clock_text::clock;
use crate::ui::i18n::frame;
use crate::ui::icons::{Icon, icon};

/// What the row shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct WhyRowProps {
    /// The decision.
    pub record: Rc<RecordView>,
    /// What the rules say.
    pub texts: Rc<RuleTexts>,
    /// Whether it is the selected one.
    pub selected: bool,
    /// The language of the row.
    pub lang: Lang,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
}

/// The row.
#[component]
pub fn WhyRow(props: &WhyRowProps) -> Html {
    let record = &props.record;
    let (id, selected) = (record.id, props.selected);
    let select = props.on_command.reform(move |_| Command::Select((!selected).then_some(id)));
    html! {
        <li class={classes!("why-row", selected.then_some("selected"))} data-testid="why-row"
            data-rule={record.rule.clone()}>
            <button type="button" class="why-line" aria-expanded={selected.to_string()}
                onclick={select}>
                <time>{ clock(record.at) }</time>
                <span class="why-title">
                    { props.texts.title(&record.rule, &record.facts) }
                    if let Some(gist) = props.texts.gist(&record.rule, &record.facts) {
                        <span class="why-gist">{ gist }</span>
                    }
                </span>
                <span class="why-by">
                    { &record.by }
                    <span class="why-subject">{ &record.subject }</span>
                </span>
            </button>
            if selected {
                { detail(props) }
            }
        </li>
    }
}

fn detail(props: &WhyRowProps) -> Html {
    let (record, lang) = (&props.record, props.lang);
    let at = record.at;
    html! {
        <div class="why-detail" data-testid="why-detail">
            if let Some(text) = props.texts.text(&record.rule, &record.facts) {
                <p>{ text }</p>
            }
            if let Some(older) = props.texts.older(&record.rule, &record.facts) {
                <p class="older"><strong>{ frame::WHY_OLDER.get(lang) }</strong>{ older }</p>
            }
            <dl>
                <dt>{ frame::WHY_RULE.get(lang) }</dt><dd><code>{ &record.rule }</code></dd>
                { for record.facts.iter().map(|fact| html! {
                    <><dt>{ &fact.name }</dt><dd><code>{ &fact.value }</code></dd></>
                }) }
                if !record.fields.is_empty() {
                    <dt>{ frame::WHY_FIELDS.get(lang) }</dt>
                    <dd>
                        { for record.fields.iter().map(|field| html! { <code>{ field }</code> }) }
                    </dd>
                }
                if !record.source.is_empty() {
                    <dt>{ frame::WHY_SOURCE.get(lang) }</dt><dd>{ &record.source }</dd>
                }
            </dl>
            <div class="why-acts">
                <button type="button" class="link" data-testid="why-goto"
                    onclick={props.on_command.reform(move |_| Command::Seek(at))}>
                    { frame::WHY_GOTO.get(lang) }
                </button>
                if let Some(cause) = record.cause {
                    <button type="button" class="link" data-testid="why-cause"
                        onclick={props.on_command.reform(move |_| Command::Select(Some(cause)))}>
                        { icon(Icon::Cause) }{ frame::WHY_CAUSE_GOTO.get(lang) }
                    </button>
                }
            </div>
        </div>
    }
}
