//! The list of what is found.

use crate::ui::markup::prelude::*;

use super::found::{Choice, Group, Offer};
use crate::base::Lang;
use crate::ui::i18n::picker;
use crate::ui::icons::{Icon, icon};

/// The id of the line at a place of the whole list.
pub fn line_id(place: usize) -> String {
    format!("pick-{place}")
}

/// The list: `active` is the place the arrows are at, `open` what is open in the page.
pub fn list(
    groups: &[Group],
    active: usize,
    open: &Choice,
    lang: Lang,
    on_choose: &Callback<Choice>,
) -> Html {
    let mut place = 0;
    let drawn = groups.iter().enumerate().map(|(nth, group)| {
        let head = format!("pick-topic-{nth}");
        let lines = group.offers.iter().map(|offer| {
            place += 1;
            line(offer, place - 1, place - 1 == active, offer.choice == *open, lang, on_choose)
        });
        html! {
            <div role="group" class="pick-group" aria-labelledby={head.clone()}>
                <h3 id={head.clone()} role="presentation">{ group.title.clone() }</h3>
                { for lines }
            </div>
        }
    });
    html! {
        <div role="listbox" id="pick-list" class="pick-list" data-testid="pick-list"
            aria-label={picker::SCENARIOS.get(lang)}>
            { for drawn }
        </div>
    }
}

fn line(
    offer: &Offer,
    place: usize,
    active: bool,
    open: bool,
    lang: Lang,
    on_choose: &Callback<Choice>,
) -> Html {
    let (id, choice) = (line_id(place), offer.choice.clone());
    html! {
        <div role="option" class="pick" id={id} data-testid="pick" data-file={offer.file.clone()}
            aria-selected={active.to_string()}
            onclick={on_choose.reform(move |_: MouseEvent| choice.clone())}>
            <p class="pick-title">
                <span>{ offer.title.clone() }</span>
                if open {
                    <span class="pick-open">{ icon(Icon::Check) }{ picker::OPEN_NOW.get(lang) }</span>
                }
                <code>{ offer.file.clone() }</code>
            </p>
            <p class="pick-look">{ offer.look.clone() }</p>
        </div>
    }
}
