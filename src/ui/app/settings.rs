//! Language and theme: from the address, else as kept, else as the system.

use crate::base::Lang;
use crate::ui::browser;
use crate::ui::options::{Options, Theme};

/// The language to begin with.
pub fn first_lang(options: &Options) -> Lang {
    let kept = || browser::recall("lang").and_then(|code| Lang::from_code(&code));
    let system = || browser::language().and_then(|code| Lang::from_code(&code));
    options.lang.or_else(kept).or_else(system).unwrap_or_default()
}

/// The theme to begin with.
pub fn first_theme(options: &Options) -> Theme {
    let kept = || browser::recall("theme").and_then(|code| Theme::from_code(&code));
    options.theme.or_else(kept).unwrap_or_default()
}

/// Tells the document which language it is in.
pub fn show_lang(lang: Lang) {
    if let Some(root) = browser::root_element() {
        let tag = if lang == Lang::Zh { "zh-CN" } else { "en" };
        let _ = root.set_attribute("lang", tag);
    }
}

/// Gives the document the colours of the theme.
pub fn show_theme(theme: Theme) {
    let dark = match theme {
        Theme::Dark => true,
        Theme::Light => false,
        Theme::Auto => browser::media("(prefers-color-scheme: dark)"),
    };
    if let Some(root) = browser::root_element() {
        let _ = root.set_attribute("data-theme", if dark { "dark" } else { "light" });
    }
}

/// Whether the learner's own text was open last.
pub fn own_was_open() -> bool {
    browser::recall("own").is_some_and(|own| own == "1")
}

/// Keeps whether the own text is what is open.
pub fn keep_is_own(own: bool) {
    browser::keep("own", if own { "1" } else { "0" });
}

/// Keeps the language.
pub fn keep_lang(lang: Lang) {
    browser::keep("lang", lang.code());
}

/// Keeps the theme.
pub fn keep_theme(theme: Theme) {
    browser::keep("theme", theme.code());
}
