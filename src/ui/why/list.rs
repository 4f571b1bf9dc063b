//! The list of decisions, the newest on top.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::group::WhyGroup;
use super::groups::fold;
use super::texts::RuleTexts;
use crate::base::Lang;
use crate::session::Command;
use crate::session::view::RecordsView;
use crate::ui::i18n::frame;

/// What the list shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct WhyListProps {
    /// The decisions.
    pub view: Rc<RecordsView>,
    /// What the rules say.
    pub texts: Rc<RuleTexts>,
    /// Whether their texts could not be loaded.
    pub texts_failed: bool,
    /// The language of the list.
    pub lang: Lang,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
}

/// The list.
#[component]
pub fn WhyList(props: &WhyListProps) -> Html {
    let (view, lang) = (&props.view, props.lang);
    let list = use_node_ref();
    use_shown(&list, view.selected);
    let groups = fold(&view.rows, &props.texts, view.selected);
    html! {
        <>
            <div class="pane-head">
                <h2>{ frame::WHY.get(lang) }</h2>
                <span class="count">{ view.rows.len() + view.earlier }</span>
            </div>
            if props.texts_failed {
                <p class="quiet note" data-testid="texts-failed">
                    { frame::WHY_TEXTS_FAILED.get(lang) }
                </p>
            }
            if view.rows.is_empty() {
                <p class="empty">{ frame::WHY_EMPTY.get(lang) }</p>
            }
            <ol class="pane-body why-list" ref={list} data-testid="why-list"
                aria-label={frame::WHY.get(lang)}>
                { for groups.into_iter().map(|group| part! {
                    <WhyGroup key={group.key()} group={group.clone()} texts={props.texts.clone()}
                        selected={view.selected} {lang} on_command={props.on_command.clone()} />
                }) }
                if view.earlier > 0 {
                    <li class="quiet">
                        { frame::WHY_EARLIER.fill(lang, &[("n", &view.earlier.to_string())]) }
                    </li>
                }
            </ol>
        </>
    }
}

/// Brings a row into view when it was selected elsewhere.
#[hook]
fn use_shown(list: &NodeRef, selected: Option<usize>) {
    let list = list.clone();
    use_effect_with(selected, move |selected| {
        let Some(list) = list.cast::<web_sys::Element>().filter(|_| selected.is_some()) else {
            return;
        };
        if let Ok(Some(row)) = list.query_selector(".selected") {
            let nearest = web_sys::ScrollIntoViewOptions::new();
            nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
            row.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    });
}
