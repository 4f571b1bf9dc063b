//! What the page's address and the browser's memory ask for.

use crate::base::Lang;

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// As the system has it.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// `auto`, `light`, `dark`.
    pub const fn code(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of a code; `None` if there is none.
    pub fn from_code(code: &str) -> Option<Theme> {
        [Theme::Auto, Theme::Light, Theme::Dark].into_iter().find(|t| t.code() == code)
    }

    /// The one after this, in the order the button goes through them.
    pub const fn next(self) -> Theme {
        match self {
            Theme::Auto => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::Auto,
        }
    }
}

/// The query options of the page: `?embed=1&lang=zh&theme=dark&autoplay=0&scenario=NAME`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// A compact frame for an `<iframe>`.
    pub embed: bool,
    /// The language, if it is asked for.
    pub lang: Option<Lang>,
    /// The theme, if it is asked for.
    pub theme: Option<Theme>,
    /// Whether time runs from the start.
    pub autoplay: bool,
    /// The scenario to open, by name.
    pub scenario: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Options { embed: false, lang: None, theme: None, autoplay: true, scenario: None }
    }
}

impl Options {
    /// Reads a query without its `?`; what it does not know, it leaves.
    pub fn from_query(query: &str) -> Options {
        let mut options = Options::default();
        for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            match key {
                "embed" => options.embed = value == "1",
                "lang" => options.lang = Lang::from_code(value),
                "theme" => options.theme = Theme::from_code(value),
                "autoplay" => options.autoplay = value != "0",
                "scenario" if is_name(value) => options.scenario = Some(value.to_string()),
                _ => {}
            }
        }
        options
    }
}

/// The query with another scenario, or none.
pub fn with_scenario(query: &str, name: Option<&str>) -> String {
    let others = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("scenario="));
    let named = name.map(|name| ["scenario=", name].concat());
    let pairs: Vec<&str> = others.chain(named.as_deref()).collect();
    pairs.join("&")
}

/// Names of files that we wrote: no paths, no other hosts.
fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty() && text.len() <= 64 && text.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_and_the_unknown_left() {
        let options =
            Options::from_query("embed=1&lang=zh-CN&theme=dark&autoplay=0&scenario=a-1&x=y&z");
        assert_eq!(
            options,
            Options {
                embed: true,
                lang: Some(Lang::Zh),
                theme: Some(Theme::Dark),
                autoplay: false,
                scenario: Some("a-1".to_string()),
            }
        );
        assert_eq!(Options::from_query(""), Options::default());
    }

    #[test]
    fn a_scenario_is_a_plain_name() {
        for name in ["../secret", "https://x", "A b", ""] {
            assert_eq!(Options::from_query(&format!("scenario={name}")).scenario, None, "{name}");
        }
    }

    #[test]
    fn the_address_follows_what_is_open() {
        let rows = [
            ("", Some("a-1"), "scenario=a-1"),
            ("lang=zh&scenario=b&t=4s", Some("a"), "lang=zh&t=4s&scenario=a"),
            ("scenario=b", None, ""),
        ];
        for (before, name, after) in rows {
            assert_eq!(with_scenario(before, name), after);
        }
    }

    #[test]
    fn the_theme_button_comes_round() {
        assert_eq!(Theme::Auto.next().next().next(), Theme::Auto);
    }
}
