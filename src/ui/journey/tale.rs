//! What is told of time: where it runs to, why it stopped, what lay between, what is looped.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::words::{aim_words, halt_words, skipped_words};
use crate::base::Lang;
use crate::session::Command;
use crate::session::view::{PassingView, Span, TransportView, Why};
use crate::ui::clock_text::clock;
use crate::ui::i18n::{frame, timeline as t};
use crate::ui::icons::{Icon, icon};
use crate::ui::why::RuleTexts;

/// What the line tells and whom.
#[derive(Properties, PartialEq)]
pub struct TaleProps {
    /// The transport.
    pub view: Rc<TransportView>,
    /// The stretch that is played in a loop.
    pub span: Span,
    /// The titles of rules.
    pub rules: Rc<RuleTexts>,
    /// The language.
    pub lang: Lang,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
    /// The card of a decision is wanted, by its number.
    pub on_card: Callback<usize>,
}

/// The line. It has its place also when there is nothing to tell.
#[component]
pub fn Tale(props: &TaleProps) -> Html {
    let (words, class) = match told(props) {
        Told::Words(words, class) => (words, class),
        Told::Passing(decision) => return passing(&decision, props),
        Told::Nothing => return html! { <p class="tale" data-testid="tale"></p> },
    };
    let close = props.on_command.reform(|_: MouseEvent| Command::GiveUp);
    html! {
        <p class={classes!("tale", "told", class)} data-testid="tale">
            <span class="tale-words" title={words.clone()}>{ words }</span>
            <button type="button" class="key" data-testid="tale-close"
                aria-label={frame::CLOSE.get(props.lang)} title={frame::CLOSE.get(props.lang)}
                aria-keyshortcuts="Escape" onclick={close}>
                { icon(Icon::Close) }
            </button>
        </p>
    }
}

/// What there is to tell.
enum Told {
    Nothing,
    /// In words, and in which manner.
    Words(String, &'static str),
    /// A decision whose mark was passed.
    Passing(Rc<PassingView>),
}

/// A decision as its mark is passed: what, with which numbers, and the way to its card. It is not
/// said aloud: a screen reader has the list of decisions, at its own pace.
fn passing(decision: &PassingView, props: &TaleProps) -> Html {
    let (rules, lang, record) = (&props.rules, props.lang, decision.record);
    let title = rules.title(&decision.rule, &decision.facts);
    let gist = rules.gist(&decision.rule, &decision.facts);
    let whole = [&title, " · ", &decision.subject].concat();
    html! {
        <p class="tale told passing" data-testid="tale">
            <span class="tale-words" title={whole} data-testid="passing"
                data-rule={decision.rule.clone()}>
                <time>{ clock(decision.at) }</time>{ " " }{ title }
                if let Some(gist) = gist {
                    <span class="why-gist">{ gist }</span>
                }
                <span class="tale-about">{ &decision.subject }</span>
            </span>
            <button type="button" class="link tale-card" data-testid="passing-card"
                onclick={props.on_card.reform(move |_: MouseEvent| record)}>
                { t::PASSING_CARD.get(lang) }
            </button>
        </p>
    }
}

fn told(props: &TaleProps) -> Told {
    let (view, lang) = (&props.view, props.lang);
    if let Some(halt) = &view.halt {
        // A mark speaks for itself: only what was skipped is told.
        let words = match halt.why {
            Why::Mark => skipped_words(&halt.skipped, lang),
            _ => Some(halt_words(halt, &props.rules, lang)),
        };
        if let Some(words) = words {
            return Told::Words(words, "halt");
        }
    }
    if let Some((aim, at)) = &view.aim {
        let (aim, at) = (aim_words(aim, &props.rules, lang), clock(*at));
        return Told::Words(t::RUNNING_TO.fill(lang, &[("aim", &aim), ("t", &at)]), "way");
    }
    if let Some(decision) = &view.passing {
        return Told::Passing(decision.clone());
    }
    let (start, end) = (props.span.start, props.span.end);
    let text = match (start, end) {
        (None, None) => return Told::Nothing,
        (Some(_), Some(_)) => t::LOOPED,
        _ => t::LOOP_OPEN,
    };
    let said = |at: Option<_>| at.map(clock).unwrap_or_default();
    Told::Words(text.fill(lang, &[("from", &said(start)), ("to", &said(end))]), "loop")
}
