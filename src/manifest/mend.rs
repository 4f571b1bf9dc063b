//! How to mend what the validation of the API server refuses.

use super::messages::{pick, tell};
use super::suggest;
use crate::api::validate::{ErrorKind, FieldError};
use crate::base::{Lang, PathStep};

/// What to write instead, where it can be said from the error alone.
pub(super) fn invalid(error: &FieldError, lang: Lang) -> Option<String> {
    let say = |en: &str, zh: &str| Some(pick(lang, en, zh));
    match error.kind {
        ErrorKind::Required => add(error, lang),
        ErrorKind::NotSupported => one_of(error, lang),
        ErrorKind::Duplicate => say(
            "change one of the two; each may stand here once",
            "改掉其中一个，同样的值只能出现一次",
        ),
        ErrorKind::Forbidden => say("remove it", "删掉它"),
        ErrorKind::NotFound => say(
            "declare it, or write the name of one that is declared",
            "先声明它，或写一个已声明的名称",
        ),
        ErrorKind::TooLong | ErrorKind::TooMany => say("shorten it", "写短一些"),
        ErrorKind::Invalid => another(error, lang),
    }
}

fn add(error: &FieldError, lang: Lang) -> Option<String> {
    let PathStep::Field(name) = error.path.0.last()? else { return None };
    if error.detail.contains("handler type") {
        return Some(pick(
            lang,
            "add `exec`, `httpGet`, `tcpSocket` or another below it",
            "在其下添加 `exec`、`httpGet`、`tcpSocket` 等之一",
        ));
    }
    Some(tell(lang, "add `{0}:` with a value", "添加 `{0}:` 并写上值", &[name]))
}

fn write(value: &str, lang: Lang) -> Option<String> {
    (!value.is_empty()).then(|| tell(lang, "write `{0}`", "写成 `{0}`", &[value]))
}

/// The supported values stand in quotes in the detail.
fn one_of(error: &FieldError, lang: Lang) -> Option<String> {
    let supported: Vec<&str> = error.detail.split('"').skip(1).step_by(2).collect();
    let given = error.bad_value.as_str().unwrap_or_default();
    if let Some(near) = suggest::nearest(given, supported.iter().copied()) {
        return write(near, lang);
    }
    let (en, zh) = (supported.join("`, `"), supported.join("`、`"));
    (!en.is_empty()).then(|| tell(lang, "write one of `{0}`", "写成 `{1}` 之一", &[&en, &zh]))
}

/// What upstream says of a number's bounds, and how that is kept.
const BOUNDS: &[(&str, &str, &str)] = &[
    ("must be between ", "write a number from {0} to {1}", "写一个 {0}–{1} 之间的数"),
    ("must be greater than or equal to ", "write at least {0}", "至少写 {0}"),
    ("must be greater than ", "write more than {0}", "要大于 {0}"),
    ("must be less than or equal to ", "write at most {0}", "至多写 {0}"),
    ("must be ", "write {0}", "写成 {0}"),
];

/// A name in the letters that names have; the bound that a number must keep.
fn another(error: &FieldError, lang: Lang) -> Option<String> {
    let detail = error.detail.as_str();
    if detail.contains("RFC 1123") || detail.contains("DNS-1035") {
        return write(&as_name(error.bad_value.as_str().unwrap_or_default(), detail), lang);
    }
    let bound = |(start, en, zh): &(&str, &'static str, &'static str)| {
        detail.strip_prefix(start).map(|rest| (rest, *en, *zh))
    };
    let (rest, en, zh) = BOUNDS.iter().find_map(bound)?;
    // `must be less than or equal to cpu limit of 1`
    let rest = rest.split_once(" limit of ").map_or(rest, |(_, amount)| amount);
    let rest = rest.strip_suffix(", inclusive").unwrap_or(rest);
    let (least, most) = rest.split_once(" and ").unwrap_or((rest, ""));
    let number = least.starts_with(|c: char| c.is_ascii_digit());
    number.then(|| tell(lang, en, zh, &[least, most]))
}

/// `name` in small letters, digits and `-`; empty if nothing is left of it.
fn as_name(name: &str, detail: &str) -> String {
    let dots = detail.contains("subdomain");
    let mut mended = String::new();
    for c in name.chars().map(|c| c.to_ascii_lowercase()) {
        let kept = c.is_ascii_lowercase() || c.is_ascii_digit() || dots && c == '.';
        if kept {
            mended.push(c);
        } else if !mended.is_empty() && !mended.ends_with(['-', '.']) {
            mended.push('-');
        }
    }
    let letters_first = detail.contains("DNS-1035");
    let front = |c: char| !c.is_ascii_lowercase() && (letters_first || !c.is_ascii_digit());
    mended.trim_start_matches(front).trim_end_matches(['-', '.']).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::FieldPath;
    use crate::base::json::json;

    fn check(kind: ErrorKind, value: crate::base::json::Value, detail: &str, want: Option<&str>) {
        let path = FieldPath::parse("spec.restartPolicy");
        let detail = detail.to_string();
        let (bad_value, rule) = (value, "api.name");
        let error = FieldError { kind, path, bad_value, is_structure: false, detail, rule };
        assert_eq!(invalid(&error, Lang::En).as_deref(), want, "{}", error.detail);
        assert_eq!(invalid(&error, Lang::Zh).is_some(), want.is_some());
    }

    #[test]
    fn what_to_write_is_read_from_the_error() {
        let values = "supported values: \"Always\", \"Never\"";
        check(ErrorKind::NotSupported, json!("always"), values, Some("write `Always`"));
        let both = Some("write one of `Always`, `Never`");
        check(ErrorKind::NotSupported, json!("x"), values, both);
        check(ErrorKind::Required, json!(null), "", Some("add `restartPolicy:` with a value"));
        let label = "a lowercase RFC 1123 label must consist of";
        check(ErrorKind::Invalid, json!("My_App-"), label, Some("write `my-app`"));
        check(ErrorKind::Invalid, json!("期望"), label, None);
        check(ErrorKind::Invalid, json!("1.web"), "a DNS-1035 label must", Some("write `web`"));
        let port = "must be between 1 and 65535, inclusive";
        check(ErrorKind::Invalid, json!(0), port, Some("write a number from 1 to 65535"));
        let limit = "must be less than or equal to cpu limit of 1";
        check(ErrorKind::Invalid, json!("2"), limit, Some("write at most 1"));
        check(ErrorKind::Invalid, json!(2), "must be 1", Some("write 1"));
        check(ErrorKind::Invalid, json!("x"), "must be unique", None);
    }
}
