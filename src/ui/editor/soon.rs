//! Countdowns in words.

use crate::base::Lang;
use crate::session::view::Soon;
use crate::ui::i18n::editor;

/// A countdown, short: `in 4 s`.
pub fn soon_text(soon: Soon, lang: Lang) -> String {
    match soon {
        Soon::In(n) => editor::SOON_IN.fill(lang, &[("n", &n.to_string())]),
        Soon::Left(n) => editor::SOON_LEFT.fill(lang, &[("n", &n.to_string())]),
        Soon::Count(n, m) => {
            editor::SOON_COUNT.fill(lang, &[("n", &n.to_string()), ("m", &m.to_string())])
        }
    }
}
