//! Descriptions of fields: ours in both languages for those that decide something here, and
//! Kubernetes' own in English. Loaded when the first is asked for, and kept.

use std::cell::RefCell;
use std::rc::Rc;

use crate::base::json::{Value, parse};
use crate::base::{Lang, Map};
use crate::session::view::FieldView;
use crate::ui::browser::fetch_text;

/// The descriptions of Pods and what is in them.
const POD: &str = "./static/docs/pod.json";
/// Those of all other objects.
const OTHERS: &str = "./static/docs/others.json";

thread_local! {
    /// Files that came. They stay for as long as the page does.
    static HERE: RefCell<Map<String, Rc<Value>>> = RefCell::default();
}

async fn file(address: &str) -> Option<Rc<Value>> {
    if let Some(here) = HERE.with_borrow(|here| here.get(address).cloned()) {
        return Some(here);
    }
    let value = Rc::new(parse(&fetch_text(address).await.ok()?).ok()?);
    HERE.with_borrow_mut(|here| here.insert(address.to_string(), value.clone()));
    Some(value)
}

/// Our words for a field, if there are some, else Kubernetes'; each with its language.
pub async fn told(field: &FieldView, lang: Lang) -> Vec<(&'static str, String)> {
    match (ours(field, lang).await, official(field).await) {
        (Some(text), _) => vec![(lang.code(), text)],
        (None, Ok(Some(text))) => vec![("en", text)],
        _ => Vec::new(),
    }
}

/// Our words for a field.
pub async fn ours(field: &FieldView, lang: Lang) -> Option<String> {
    let all = file(&["./static/docs/fields.", lang.code(), ".json"].concat()).await?;
    all[&field.owner][&field.name].as_str().map(str::to_string)
}

/// Kubernetes' own words for a field.
///
/// # Errors
/// When they could not be loaded.
pub async fn official(field: &FieldView) -> Result<Option<String>, ()> {
    let pod = file(POD).await.ok_or(())?;
    if !pod[&field.owner].is_null() {
        return Ok(description(field, &pod, &Value::Null));
    }
    Ok(description(field, &*file(OTHERS).await.ok_or(())?, &pod))
}

/// `@Type` stands for the text of the same name at that type, in either file.
fn description(field: &FieldView, docs: &Value, other: &Value) -> Option<String> {
    let text = docs[&field.owner][&field.name].as_str()?;
    let Some(at) = text.strip_prefix('@') else { return Some(text.to_string()) };
    let there = |file: &Value| file[at][&field.name].as_str().map(str::to_string);
    there(docs).or_else(|| there(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[test]
    fn a_shared_description_is_found_at_the_other_type() {
        let docs = json!({"EphemeralContainer": {"image": "@Container", "args": "Here."}});
        let pod = json!({"Container": {"image": "There."}});
        let of = |name: &str| {
            let (owner, name) = ("EphemeralContainer".to_string(), name.to_string());
            description(&FieldView { owner, name, ..FieldView::default() }, &docs, &pod)
        };
        assert_eq!(of("image").as_deref(), Some("There."));
        assert_eq!(of("args").as_deref(), Some("Here."));
        assert_eq!(of("none"), None);
    }
}
