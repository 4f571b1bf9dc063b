//! How to mend what the validation of the API server refuses.

use super::suggest;
use super::texts::*;
use crate::api::validate::{ErrorKind, FieldError};
use crate::base::{PathStep, Said, Text};

/// What an error tells to write in the value's place; the nearest alone if one is near.
pub(super) fn values(error: &FieldError) -> Vec<String> {
    match error.kind {
        ErrorKind::NotSupported => {
            let near = suggest::nearest(given(error), supported(error));
            near.map_or_else(|| supported(error).map(str::to_string).collect(), |n| vec![n.into()])
        }
        ErrorKind::Invalid => {
            let name = Some(as_name(given(error), &error.detail)).filter(|_| is_name(error));
            name.filter(|name| !name.is_empty()).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn given(error: &FieldError) -> &str {
    error.bad_value.as_str().unwrap_or_default()
}

fn is_name(error: &FieldError) -> bool {
    error.detail.contains("RFC 1123") || error.detail.contains("DNS-1035")
}

/// The supported values stand in quotes in the detail.
fn supported(error: &FieldError) -> impl Iterator<Item = &str> {
    error.detail.split('"').skip(1).step_by(2)
}

/// What to write instead, where it can be said from the error alone.
pub(super) fn invalid(error: &FieldError) -> Option<Said> {
    let plain = match error.kind {
        ErrorKind::Required => return add(error),
        ErrorKind::NotSupported => return one_of(error),
        ErrorKind::Invalid => return another(error),
        ErrorKind::Duplicate => CHANGE_ONE,
        ErrorKind::Forbidden => REMOVE_IT,
        ErrorKind::NotFound => DECLARE_IT,
        ErrorKind::TooLong | ErrorKind::TooMany => SHORTEN,
    };
    Some(plain.into())
}

fn add(error: &FieldError) -> Option<Said> {
    let PathStep::Field(name) = error.path.0.last()? else { return None };
    if error.detail.contains("handler type") {
        return Some(ADD_HANDLER.into());
    }
    Some(Said::with(ADD_FIELD, &[name]))
}

fn write(value: &str) -> Option<Said> {
    (!value.is_empty()).then(|| Said::with(WRITE_IT, &[value]))
}

fn one_of(error: &FieldError) -> Option<Said> {
    if let Some(near) = suggest::nearest(given(error), supported(error)) {
        return write(near);
    }
    let words = supported(error).map(|word| Said::Word(word.to_string()));
    let all = words.reduce(|all, word| Said::Of(NEXT_OF, vec![all, word]))?;
    Some(Said::Of(WRITE_ONE_OF, vec![all]))
}

/// What upstream says of a number's bounds, and how that is kept.
const BOUNDS: &[(&str, Text)] = &[
    ("must be between ", WRITE_BETWEEN),
    ("must be greater than or equal to ", WRITE_AT_LEAST),
    ("must be greater than ", WRITE_MORE),
    ("must be less than or equal to ", WRITE_AT_MOST),
    ("must be ", WRITE_BARE),
];

/// A name in the letters that names have; the bound that a number must keep.
fn another(error: &FieldError) -> Option<Said> {
    let detail = error.detail.as_str();
    if is_name(error) {
        return write(&as_name(given(error), detail));
    }
    let bound = |(start, text): &(&str, Text)| detail.strip_prefix(start).map(|rest| (rest, *text));
    let (rest, text) = BOUNDS.iter().find_map(bound)?;
    // `must be less than or equal to cpu limit of 1`
    let rest = rest.split_once(" limit of ").map_or(rest, |(_, amount)| amount);
    let rest = rest.strip_suffix(", inclusive").unwrap_or(rest);
    let (least, most) = rest.split_once(" and ").unwrap_or((rest, ""));
    let number = least.starts_with(|c: char| c.is_ascii_digit());
    number.then(|| Said::with(text, &[least, most]))
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
    use crate::base::json::json;
    use crate::base::{FieldPath, Lang, Texts};

    fn check(kind: ErrorKind, value: crate::base::json::Value, detail: &str, want: Option<&str>) {
        let path = FieldPath::parse("spec.restartPolicy");
        let detail = detail.to_string();
        let (bad_value, rule) = (value, "api.name");
        let error = FieldError { kind, path, bad_value, is_structure: false, detail, rule };
        let said = invalid(&error).map(|said| said.tell(&Texts::compiled(Lang::En)));
        assert_eq!(said.as_deref(), want, "{}", error.detail);
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
