//! The dialog. What is in it is drawn only while it is open, and comes with the second Wasm file.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::found::Choice;
use super::search::Search;
use crate::base::Lang;
use crate::ui::dialog::Dialog;
use crate::ui::header::scenarios::Entry;
use crate::ui::i18n::picker;

/// What the dialog shows and whom it tells.
#[derive(Properties, PartialEq, Clone)]
pub struct PickerProps {
    /// Whether it is open.
    pub open: bool,
    /// Its language.
    pub lang: Lang,
    /// The scenarios on offer.
    pub scenarios: Rc<Vec<Entry>>,
    /// Whether they could not be loaded.
    pub failed: bool,
    /// The learner's own texts, the newest first.
    pub own: Rc<Vec<String>>,
    /// What is open in the page.
    pub current: Choice,
    /// Something is to be opened.
    pub on_choose: Callback<Choice>,
    /// The scenarios are to be asked for again.
    pub on_again: Callback<()>,
    /// It was closed.
    pub on_close: Callback<()>,
}

/// The picker. Each time it opens it begins anew, at what is open in the page.
#[component]
pub fn Picker(props: &PickerProps) -> Html {
    let lang = props.lang;
    let inside = match props.open {
        true => part! { <Search ..props.clone() /> },
        false => Html::default(),
    };
    part! { <Dialog open={props.open} {lang} name="picker" title={picker::TITLE.get(lang)}
    on_close={props.on_close.clone()}>{ inside }</Dialog> }
}
