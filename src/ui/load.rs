//! Content that a part of the page loads when it is first looked at.

use std::rc::Rc;

use crate::base::json::Value;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::ui::browser::fetch_text;

/// A file beside the page.
#[derive(Clone, PartialEq, Debug)]
pub enum Load {
    /// Not here yet, or not wanted.
    Waiting,
    /// It could not be had.
    Failed,
    /// It is here.
    Here(Rc<Value>),
}

/// The file at `address`, loaded once it is `wanted`. One that failed is tried again when it is
/// wanted anew.
#[hook]
pub fn use_json(address: &str, wanted: bool) -> Load {
    use_file(address, wanted, |text| crate::base::json::parse(text).ok())
}

/// The same with a text, which is kept as it is.
#[hook]
pub fn use_text(address: &str, wanted: bool) -> Load {
    use_file(address, wanted, |text| Some(Value::from(text)))
}

#[hook]
fn use_file(address: &str, wanted: bool, read: fn(&str) -> Option<Value>) -> Load {
    let load = use_state(|| (String::new(), Load::Waiting));
    {
        let load = load.clone();
        use_effect_with((address.to_string(), wanted), move |(address, wanted)| {
            if *wanted && (load.0 != *address || load.1 == Load::Failed) {
                let address = address.clone();
                spawn_local(async move {
                    let text = fetch_text(&address).await;
                    let json = text.ok().and_then(|text| read(&text));
                    load.set((address, json.map_or(Load::Failed, |v| Load::Here(Rc::new(v)))));
                });
            }
        });
    }
    if load.0 == address { load.1.clone() } else { Load::Waiting }
}
