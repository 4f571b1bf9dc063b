//! A text in both languages, and the macro that makes a table of them.

use crate::base::Lang;

/// A text in both languages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// Simplified Chinese.
    pub zh: &'static str,
}

impl Text {
    /// The text in `lang`.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }

    /// The text in `lang` with each `{name}` replaced by its value.
    pub fn fill(self, lang: Lang, values: &[(&str, &str)]) -> String {
        fill(self.get(lang), values)
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

/// Makes a table of texts: `texts! { PLAY: "Play", "播放"; … }` gives a constant each and `ALL`.
macro_rules! texts {
    ($($name:ident: $en:literal, $zh:literal;)+) => {
        $(
            #[doc = $en]
            pub const $name: $crate::ui::i18n::Text = $crate::ui::i18n::Text { en: $en, zh: $zh };
        )+
        /// Every text of this table with its name.
        pub const ALL: &[(&str, $crate::ui::i18n::Text)] = &[$((stringify!($name), $name)),+];
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_braces_are_filled_and_unknown_ones_stay() {
        let text = Text { en: "{n} of {m}, {x}", zh: "{m} 之 {n}" };
        assert_eq!(text.fill(Lang::En, &[("n", "2"), ("m", "3")]), "2 of 3, {x}");
        assert_eq!(text.fill(Lang::Zh, &[("n", "2"), ("m", "3")]), "3 之 2");
        assert_eq!(fill("{", &[]), "{");
    }

    #[test]
    fn both_languages_name_the_same_values() {
        use crate::ui::i18n::{frame, library, reasons, stage, timeline};
        for (name, text) in
            [frame::ALL, library::ALL, reasons::ALL, stage::ALL, timeline::ALL].concat()
        {
            assert!(!text.en.is_empty() && !text.zh.is_empty(), "{name}");
            assert_eq!(braces(text.en), braces(text.zh), "{name}");
        }
    }

    fn braces(text: &str) -> Vec<&str> {
        let mut names: Vec<&str> =
            text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
        names.sort_unstable();
        names
    }
}
