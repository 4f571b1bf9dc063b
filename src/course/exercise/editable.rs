//! Which parts of a manifest may be changed.

use super::format::Editable;
use crate::course::goal::place::{Place, Step};
use crate::manifest::Document;

/// The way to the parts that may be changed below the place one has come to.
pub type Open<'e> = Vec<&'e [Step]>;

impl Editable {
    /// Reads `spec.restartPolicy` (of the only object of `start`), `pod/web spec.restartPolicy`,
    /// or `pod/web` (the whole object).
    ///
    /// # Errors
    /// What is wrong with it, and what to write instead.
    pub fn parse(text: &str, start: &[Document]) -> Result<Self, String> {
        let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
        let named = first.split_once('/').filter(|(kind, _)| is_kind(kind));
        let (object, path) = match (named, start) {
            (Some((kind, name)), _) => ((kind.to_string(), name.to_string()), rest.trim()),
            (None, [only]) => ((only.kind.to_ascii_lowercase(), only.name.clone()), text),
            _ => return Err(format!("\"{text}\": which object? write it like pod/web PATH")),
        };
        let known = start.iter().any(|document| is_it(&object, document));
        if !known && !path.is_empty() {
            let (kind, name) = object;
            return Err(format!("start has no {kind}/{name}"));
        }
        let place = Place::parse(path).ok_or_else(|| format!("\"{path}\": a ] is missing"))?;
        Ok(Editable { object, steps: place.0, path: path.to_string() })
    }

    /// Whether it speaks of this object.
    pub fn is_of(&self, document: &Document) -> bool {
        is_it(&self.object, document)
    }
}

fn is_kind(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase())
}

fn is_it((kind, name): &(String, String), document: &Document) -> bool {
    document.kind.eq_ignore_ascii_case(kind) && document.name == *name
}

/// The ways that lead on through the field `name`.
pub fn into_field<'e>(open: &Open<'e>, name: &str) -> Open<'e> {
    let leads = |step: &Step| matches!(step, Step::Field(field) if field == name);
    onward(open, leads)
}

/// The ways that lead on through an item of a list: its place, and its name if it has one.
pub fn into_item<'e>(open: &Open<'e>, index: usize, name: Option<&str>) -> Open<'e> {
    let leads = |step: &Step| match step {
        Step::Each => true,
        Step::Index(at) => *at == index,
        Step::Named(wanted) => name == Some(wanted.as_str()),
        Step::Field(_) => false,
    };
    onward(open, leads)
}

fn onward<'e>(open: &Open<'e>, leads: impl Fn(&Step) -> bool) -> Open<'e> {
    let firsts = open.iter().filter_map(|steps| steps.split_first());
    firsts.filter(|(first, _)| leads(first)).map(|(_, rest)| rest).collect()
}
