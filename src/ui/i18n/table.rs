//! The messages that the page has, and their words in the language that is wanted.
//!
//! The catalogue of a language is loaded when the language is chosen ([`install`]); what is
//! native has both compiled in.

use std::cell::Cell;

use crate::base::{Lang, Said, Text, Texts};
use crate::session;
use crate::ui::i18n::{
    compare, editor, exercise, frame, inspector, library, picker, stage, timeline, tour,
};

thread_local! {
    /// The catalogues that came, by language. They stay for as long as the page does.
    static HERE: Cell<[Option<&'static Texts>; 2]> = const { Cell::new([None; 2]) };
}

/// Takes the catalogue of a language.
///
/// # Errors
/// When it is no catalogue, or that of another version of the page.
pub fn install(lang: Lang, json: &str) -> Result<(), String> {
    let texts = Texts::parse(json)?;
    let ours = [
        frame::TABLE,
        stage::TABLE,
        timeline::TABLE,
        library::TABLE,
        picker::TABLE,
        inspector::TABLE,
        tour::TABLE,
        compare::TABLE,
        exercise::TABLE,
        editor::TABLE,
    ];
    if !texts.fits(&session::texts::TABLES) || !texts.fits(&ours) {
        return Err("a catalogue of another version".to_string());
    }
    put(lang, texts);
    Ok(())
}

fn put(lang: Lang, texts: Texts) {
    let mut here = HERE.get();
    here[lang as usize] = Some(Box::leak(Box::new(texts)));
    HERE.set(here);
}

/// Whether the catalogue of a language is here.
pub fn is_here(lang: Lang) -> bool {
    HERE.get()[lang as usize].is_some()
}

/// The catalogue of a language; an empty one before it came.
fn texts(lang: Lang) -> &'static Texts {
    static NONE: Texts = Texts::NONE;
    #[cfg(feature = "cli")]
    if !is_here(lang) {
        put(lang, Texts::compiled(lang));
    }
    HERE.get()[lang as usize].unwrap_or(&NONE)
}

impl Text {
    /// The text in `lang`.
    pub fn get(self, lang: Lang) -> &'static str {
        texts(lang).get(self)
    }

    /// The text in `lang` with each `{name}` replaced by its value.
    pub fn fill(self, lang: Lang, values: &[(&str, &str)]) -> String {
        fill(self.get(lang), values)
    }
}

impl Said {
    /// It in words of `lang`.
    pub fn get(&self, lang: Lang) -> String {
        self.tell(texts(lang))
    }
}

/// Replaces each `{name}` of `template` by its value; unknown names stay as they are.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let Some(close) = rest.find('}') else { break };
        let name = &rest[1..close];
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => out.push_str(value),
            None => out.push_str(&rest[..=close]),
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_braces_are_filled_and_unknown_ones_stay() {
        let values = [("n", "2"), ("m", "3")];
        assert_eq!(fill("{n} of {m}, {x}", &values), "2 of 3, {x}");
        assert_eq!(fill("{", &[]), "{");
        assert_eq!(frame::PAST.get(Lang::Zh), "位于过去；已模拟到 {tip}");
    }

    #[test]
    fn a_catalogue_of_another_version_is_not_taken() {
        assert!(install(Lang::En, "[[\"manifest\", [\"X\", \"x\"]]]").is_err());
        for lang in [Lang::En, Lang::Zh] {
            let file = format!("{}/static/texts/{}.json", env!("CARGO_MANIFEST_DIR"), lang.code());
            let json = std::fs::read_to_string(file).expect("it is there");
            assert_eq!(install(lang, &json), Ok(()), "the order is that of the tables in the code");
        }
    }
}
