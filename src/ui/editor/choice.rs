//! Which editor: the rich one or the plain one, as the address, the learner or the device has it.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::element;
use crate::ui::browser;
use crate::ui::options::Options;

/// Wide screens with a pointer or a keyboard. A phone keeps its own text field, and so does
/// whoever chose the plain editor, for a screen reader or by taste: that is kept.
const WIDE: &str = "(min-width: 720px) and (not (pointer: coarse))";

/// Which editor is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The text area.
    Plain,
    /// The text area, until the element's code is here.
    Waiting,
    /// The element.
    Rich,
}

impl Kind {
    /// `plain`, `waiting`, `rich`.
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Plain => "plain",
            Kind::Waiting => "waiting",
            Kind::Rich => "rich",
        }
    }
}

/// Whether the rich editor is wanted at first.
pub fn wanted() -> bool {
    let options = Options::from_query(&browser::query());
    let kept = || browser::recall("editor").map(|word| word == "rich");
    let device = || browser::media(WIDE) && !options.embed;
    options.rich.or_else(kept).unwrap_or_else(device)
}

/// The editor that is there, and the way to choose another, which is kept.
#[hook]
pub fn use_kind() -> (Kind, Callback<bool>) {
    let rich = use_state_eq(|| None::<bool>);
    let here = use_state_eq(|| false);
    {
        let rich = rich.clone();
        // Not before the page is there: nothing is asked of the browser while it is drawn first.
        use_effect_with((), move |()| rich.set(Some(wanted())));
    }
    {
        let (here, rich) = (here.clone(), rich.clone());
        use_effect_with(*rich == Some(true) && !*here, move |load| {
            if *load {
                spawn_local(async move {
                    match element::load().await {
                        true => here.set(true),
                        false => rich.set(Some(false)),
                    }
                });
            }
        });
    }
    let choose = {
        let rich = rich.clone();
        use_callback((), move |wanted: bool, ()| {
            browser::keep("editor", if wanted { "rich" } else { "plain" });
            rich.set(Some(wanted));
        })
    };
    let kind = match (*rich, *here) {
        (Some(true), true) => Kind::Rich,
        (Some(true), false) | (None, _) => Kind::Waiting,
        (Some(false), _) => Kind::Plain,
    };
    (kind, choose)
}
