//! A group of decisions that say the same: the newest, and the others on demand.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::card::Desk;
use super::groups::Group;
use super::row::WhyRow;
use crate::session::view::RecordView;
use crate::ui::clock_text::clock;
use crate::ui::i18n::frame;

/// What the group shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct WhyGroupProps {
    /// The decisions.
    pub group: Group,
    /// The selected decision.
    pub selected: Option<usize>,
    /// What all cards share.
    pub desk: Desk,
}

/// The group.
#[component]
pub fn WhyGroup(props: &WhyGroupProps) -> Html {
    let open = use_state_eq(|| false);
    let row = |record: &Rc<RecordView>| {
        part! {
            <WhyRow key={record.id} record={record.clone()} desk={props.desk.clone()}
                selected={props.selected == Some(record.id)} />
        }
    };
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    html! {
        <>
            { row(&props.group.newest) }
            if let Some(oldest) = props.group.before.last() {
                <li class="why-more" key="more">
                    <button type="button" aria-expanded={open.to_string()} onclick={toggle}
                        data-testid="why-more">
                        { frame::WHY_SAME.fill(props.desk.lang, &[
                            ("n", &props.group.before.len().to_string()),
                            ("t", &clock(oldest.at)),
                        ]) }
                    </button>
                </li>
                if *open {
                    { for props.group.before.iter().map(row) }
                }
            }
        </>
    }
}
