//! Where two runs first differ: in a sentence, and what happens on each side.

use crate::ui::markup::prelude::*;

use super::choice::Choice;
use crate::base::Lang;
use crate::session::Command;
use crate::session::view::{CompareView, HappeningView};
use crate::ui::clock_text::{clock, spoken};
use crate::ui::i18n::compare as t;
use crate::ui::why::RuleTexts;

/// The names of the sides.
pub const NAMES: [&str; 2] = ["A", "B"];

/// The sentence, and both sides' cards.
pub fn view_first(
    view: &CompareView,
    chosen: &[Choice; 2],
    texts: &RuleTexts,
    lang: Lang,
    on_leave: &Callback<Vec<Command>>,
) -> Html {
    let said = summary(view, texts, lang);
    let Some(first) = &view.first else {
        return html! { <p class="cmp-summary" role="status" data-testid="compare-summary">{ said }</p> };
    };
    let card = |nth: usize| {
        let happening = first.sides[nth].as_ref();
        let title = match happening {
            Some(happening) => words(happening, texts),
            None => t::NOTHING.get(lang).to_string(),
        };
        let go = happening.and_then(|h| commands(&chosen[nth], h));
        html! {
            <div class="cmp-card" data-testid={format!("compare-first-{nth}")}>
                <p><span class="cmp-name">{ NAMES[nth] }</span>
                    if let Some(happening) = happening {
                        <time>{ clock(happening.at()) }</time>
                    }
                </p>
                <p><strong>{ title }</strong></p>
                if let Some(HappeningView::Rule(record)) = happening {
                    <p class="quiet"><code>{ &record.rule }</code>{ " " }{ &record.subject }</p>
                }
                if let Some(go) = go {
                    <button type="button" class="link" data-testid={format!("compare-go-{nth}")}
                        onclick={on_leave.reform(move |_: MouseEvent| go.clone())}>
                        { t::GO.get(lang) }
                    </button>
                }
            </div>
        }
    };
    html! {
        <>
            <p class="cmp-summary" role="status" data-testid="compare-summary">{ said }</p>
            <div class="cmp-cards">{ card(0) }{ card(1) }</div>
        </>
    }
}

/// `Same until 12 s; then A: …; B: …`
pub fn summary(view: &CompareView, texts: &RuleTexts, lang: Lang) -> String {
    let Some(first) = &view.first else {
        return t::SAME.fill(lang, &[("t", &spoken(view.horizon, lang))]);
    };
    let side = |nth: usize| match &first.sides[nth] {
        Some(happening) => words(happening, texts),
        None => t::NOTHING.get(lang).to_string(),
    };
    t::UNTIL.fill(lang, &[("t", &spoken(first.at, lang)), ("a", &side(0)), ("b", &side(1))])
}

fn words(happening: &HappeningView, texts: &RuleTexts) -> String {
    match happening {
        HappeningView::Rule(record) => {
            let title = texts.title(&record.rule, &record.facts);
            match texts.gist(&record.rule, &record.facts) {
                Some(gist) => format!("{title} ({gist})"),
                None => title,
            }
        }
        HappeningView::Log { of, line, .. } => format!("{of}: {line}"),
        HappeningView::Kubectl { args, code: 0, .. } => format!("kubectl {args}"),
        HappeningView::Kubectl { args, code, .. } => format!("kubectl {args} (exit {code})"),
    }
}

/// What leads to a moment of a run that can be gone to.
fn commands(choice: &Choice, happening: &HappeningView) -> Option<Vec<Command>> {
    let mut all = match choice {
        Choice::Now => Vec::new(),
        Choice::Branch(id) => vec![Command::Branch(*id)],
        Choice::Applied | Choice::Editor | Choice::Scenario(_) => return None,
    };
    all.extend([Command::Pause, Command::Seek(happening.at())]);
    if let HappeningView::Rule(record) = happening {
        all.push(Command::Select(Some(record.id)));
    }
    Some(all)
}
