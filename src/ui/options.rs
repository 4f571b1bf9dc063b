//! What the page's address and the browser's memory ask for.

use crate::base::{Lang, SimTime};
use crate::ui::clock_text;
use crate::ui::panes::Pane;

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

/// The query options of the page:
/// `?embed=1&scenario=NAME&lang=zh&theme=dark&readonly=1&t=45s&autoplay=0&panes=stage,timeline`
/// and `&editor=plain`.
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
    /// The exercise to open, by name.
    pub exercise: Option<String>,
    /// Whether visitors only look: time moves, the text and the run stay.
    pub readonly: bool,
    /// The moment to open at.
    pub at: Option<SimTime>,
    /// The panes to show in an embed; none: all of them.
    pub panes: Vec<Pane>,
    /// What is asked for and not understood, such as `t=soon`, at most [`BAD_MOST`] of them.
    pub bad: Vec<String>,
    /// The rule to look up, by its id.
    pub rule: Option<String>,
    /// The argument to open, by its rule's id.
    pub settle: Option<String>,
    /// The rich editor or the plain one, if it is asked for.
    pub rich: Option<bool>,
}

/// The latest moment that an address can ask for: what comes before it is simulated at once.
const AT_MAX: SimTime = SimTime::secs(3600);
/// How much of a query is read, in bytes.
const QUERY_BYTES: usize = 4096;
/// How many things that are not understood are told, and how much of each, in letters.
const BAD_MOST: usize = 3;
const BAD_LETTERS: usize = 32;

impl Default for Options {
    fn default() -> Self {
        Options {
            embed: false,
            lang: None,
            theme: None,
            autoplay: true,
            scenario: None,
            exercise: None,
            readonly: false,
            at: None,
            panes: Vec::new(),
            bad: Vec::new(),
            rule: None,
            settle: None,
            rich: None,
        }
    }
}

impl Options {
    /// Reads a query without its `?`. Keys that it does not know it leaves; a value that it does
    /// not understand is told in [`Options::bad`], and the rest holds.
    pub fn from_query(query: &str) -> Options {
        let mut options = Options::default();
        let query = query.get(..QUERY_BYTES).unwrap_or(query);
        for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let value = decoded(value);
            if options.set(key, &value).is_none() && options.bad.len() < BAD_MOST {
                let told = [key, "=", &value].concat();
                options.bad.push(told.chars().take(BAD_LETTERS).collect());
            }
        }
        options
    }

    /// Sets one option; `None` if its value is not understood.
    fn set(&mut self, key: &str, value: &str) -> Option<()> {
        match key {
            "embed" => self.embed = flag(value)?,
            "lang" => self.lang = Some(Lang::from_code(value)?),
            "theme" => self.theme = Some(Theme::from_code(value)?),
            "autoplay" => self.autoplay = flag(value)?,
            "readonly" => self.readonly = flag(value)?,
            "exercise" => self.exercise = Some(is_name(value).then(|| value.to_string())?),
            "scenario" => self.scenario = Some(is_name(value).then(|| value.to_string())?),
            "rule" => self.rule = Some(is_id(value).then(|| value.to_string())?),
            "settle" => self.settle = Some(is_id(value).then(|| value.to_string())?),
            "t" => self.at = Some(clock_text::parse(value).filter(|at| *at <= AT_MAX)?),
            "panes" => self.panes = panes(value)?,
            "editor" => self.rich = Some(is_rich(value)?),
            _ => {}
        }
        Some(())
    }
}

fn is_rich(value: &str) -> Option<bool> {
    ["plain", "rich"].iter().position(|word| *word == value).map(|nth| nth == 1)
}

fn flag(value: &str) -> Option<bool> {
    match value {
        "1" | "true" => Some(true),
        "0" | "false" => Some(false),
        _ => None,
    }
}

/// `stage,timeline`: each pane once, in the order asked for. The inspector opens on an object, so
/// it is not among them.
fn panes(value: &str) -> Option<Vec<Pane>> {
    let mut panes = Vec::new();
    for code in value.split(',').take(Pane::ALL.len()) {
        let known =
            |pane: &Pane| ![Pane::Inspector, Pane::Exercise].contains(pane) && pane.code() == code;
        let pane = Pane::ALL.into_iter().find(known)?;
        if !panes.contains(&pane) {
            panes.push(pane);
        }
    }
    Some(panes)
}

/// A value without its `%2C` and the like; what is no such code stays.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend(before.bytes());
        let code = after.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(code.unwrap_or(b'%'));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    bytes.extend(rest.bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The query with another scenario or exercise (`("scenario", name)`), or none.
pub fn with_open(query: &str, open: Option<(&str, &str)>) -> String {
    let of_it = |pair: &str| pair.starts_with("scenario=") || pair.starts_with("exercise=");
    let others = query.split('&').filter(|pair| !pair.is_empty() && !of_it(pair));
    let named = open.map(|(kind, name)| [kind, "=", name].concat());
    let pairs: Vec<&str> = others.chain(named.as_deref()).collect();
    pairs.join("&")
}

/// Names of files that we wrote: no paths, no other hosts.
fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty() && text.len() <= 64 && text.chars().all(plain)
}

/// Ids of rules: names with dots between them.
fn is_id(text: &str) -> bool {
    text.split('.').all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_and_the_unknown_left() {
        let options = Options::from_query(
            "embed=1&lang=zh-CN&theme=dark&autoplay=0&scenario=a-1&x=y&z\
             &readonly=1&t=1m30s&panes=timeline%2Cstage,stage&rule=probe.http.get",
        );
        assert_eq!(
            options,
            Options {
                embed: true,
                lang: Some(Lang::Zh),
                theme: Some(Theme::Dark),
                autoplay: false,
                scenario: Some("a-1".to_string()),
                exercise: None,
                readonly: true,
                at: Some(SimTime::secs(90)),
                panes: vec![Pane::Timeline, Pane::Stage],
                bad: Vec::new(),
                rule: Some("probe.http.get".to_string()),
                settle: None,
                rich: None,
            }
        );
        assert_eq!(Options::from_query(""), Options::default());
    }

    #[test]
    fn what_is_not_understood_is_told_in_bounds_and_the_rest_holds() {
        for (query, told) in [
            ("t=soon&lang=zh", "t=soon"),
            ("t=99h&lang=zh", "t=99h"),
            ("t=-5&lang=zh", "t=-5"),
            ("panes=stage,moon&lang=zh", "panes=stage,moon"),
            ("theme=blue&lang=zh", "theme=blue"),
            ("readonly=yes&lang=zh", "readonly=yes"),
            ("scenario=%3Cimg%20src%3Dx%3E&lang=zh", "scenario=<img src=x>"),
            ("scenario=..%2F..%2Fx&lang=zh", "scenario=../../x"),
            ("t=%ff%zz&lang=zh", "t=\u{fffd}%zz"),
        ] {
            let options = Options::from_query(query);
            let expected =
                Options { lang: Some(Lang::Zh), bad: vec![told.to_string()], ..Options::default() };
            assert_eq!(options, expected, "{query}");
        }
        let hostile = format!("theme={}&", "é".repeat(3000)).repeat(50);
        let bad = Options::from_query(&hostile).bad;
        assert!(
            bad.len() <= BAD_MOST && bad.iter().all(|told| told.chars().count() <= BAD_LETTERS)
        );
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
            ("", Some(("scenario", "a-1")), "scenario=a-1"),
            ("lang=zh&scenario=b&t=4s", Some(("scenario", "a")), "lang=zh&t=4s&scenario=a"),
            ("scenario=b&t=4s", Some(("exercise", "c")), "t=4s&exercise=c"),
            ("exercise=b", None, ""),
        ];
        for (before, name, after) in rows {
            assert_eq!(with_open(before, name), after);
        }
    }

    #[test]
    fn the_theme_button_comes_round() {
        assert_eq!(Theme::Auto.next().next().next(), Theme::Auto);
    }
}
