//! What is said of a diagnostic: what is wrong, and what to do about it. The words themselves are
//! data (`static/texts`).

use super::decode::{UnknownField, WrongType};
use super::diagnostic::{Diagnostic, ProblemKind};
use super::kinds::Gone;
use super::schema::Shape;
use super::texts::*;
use crate::api::validate::{ErrorKind, FieldError};
use crate::base::{Said, Text};
use crate::yaml::limits::{MAX_ALIAS_NODES, MAX_DEPTH, MAX_DOCUMENTS, MAX_NODES, MAX_TEXT_BYTES};
use crate::yaml::problem::SyntaxKind;

/// What is wrong.
// tidy: dispatch
pub(super) fn message(diagnostic: &Diagnostic) -> Said {
    let number = |text, n: usize| Said::with(text, &[&n.to_string()]);
    match &diagnostic.kind {
        ProblemKind::Syntax(error) => syntax(error.kind).into(),
        ProblemKind::TooLarge { bytes } => {
            Said::with(TOO_LARGE, &[&bytes.to_string(), &MAX_TEXT_BYTES.to_string()])
        }
        ProblemKind::TooManyDocuments => number(TOO_MANY_DOCUMENTS, MAX_DOCUMENTS),
        ProblemKind::TooDeep => number(TOO_DEEP, MAX_DEPTH),
        ProblemKind::TooManyNodes => number(TOO_MANY_NODES, MAX_NODES),
        ProblemKind::TooManyAliases => number(TOO_MANY_ALIASES, MAX_ALIAS_NODES),
        ProblemKind::UnknownAlias(name) => Said::with(UNKNOWN_ALIAS, &[name]),
        ProblemKind::AliasOfItself => ALIAS_OF_ITSELF.into(),
        ProblemKind::MergeOfNoMap => MERGE_OF_NO_MAP.into(),
        ProblemKind::KeyNotText => KEY_NOT_TEXT.into(),
        ProblemKind::DuplicateKey { key, .. } => Said::with(DUPLICATE_KEY, &[key]),
        ProblemKind::LostDocument => LOST_DOCUMENT.into(),
        ProblemKind::Empty => EMPTY.into(),
        ProblemKind::NotAnObject(found) => Said::Of(NOT_AN_OBJECT, vec![found_type(found).into()]),
        ProblemKind::NoApiVersion => NO_API_VERSION.into(),
        ProblemKind::NoKind => NO_KIND.into(),
        ProblemKind::UnknownKind { api_version, kind, .. } => {
            Said::with(UNKNOWN_KIND, &[kind, api_version])
        }
        ProblemKind::GoneKind { api_version, kind, gone } => {
            Said::with(GONE_KIND, &[kind, api_version, gone.since])
        }
        ProblemKind::Swapped { api_version, kind } => Said::with(SWAPPED, &[api_version, kind]),
        ProblemKind::NoName => NO_NAME.into(),
        ProblemKind::SameName { name, .. } => Said::with(SAME_NAME, &[name]),
        ProblemKind::LostAnnotations => LOST_ANNOTATIONS.into(),
        ProblemKind::Warned(words) => Said::with(WARNED, &[words]),
        ProblemKind::NotModelled(kind) => Said::with(NOT_MODELLED, &[kind]),
        ProblemKind::GenerateName(_) => GENERATE_NAME.into(),
        ProblemKind::UnknownField(unknown) => {
            let path = diagnostic.path.as_ref().map(ToString::to_string).unwrap_or_default();
            Said::with(UNKNOWN_FIELD, &[&path, unknown.owner])
        }
        ProblemKind::WrongType(wrong) => wrong_type(wrong),
        ProblemKind::BadQuantity => BAD_QUANTITY.into(),
        ProblemKind::BadTime => BAD_TIME.into(),
        ProblemKind::BadBase64 => BAD_BASE64.into(),
        ProblemKind::Invalid(error) => invalid(error),
    }
}

/// What to do about it.
pub(super) fn help(diagnostic: &Diagnostic) -> Option<Said> {
    let plain = match &diagnostic.kind {
        ProblemKind::UnknownField(unknown) => return Some(unknown_field_help(unknown)),
        ProblemKind::UnknownKind { api_version, kind, meant } => {
            return Some(unknown_kind_help((api_version, kind), (*meant)?));
        }
        ProblemKind::GoneKind { kind, gone, .. } => return gone_help(kind, *gone),
        ProblemKind::Swapped { api_version, kind } => return Some(write_both(kind, api_version)),
        ProblemKind::UnknownAlias(name) => return Some(Said::with(SET_ANCHOR, &[name])),
        ProblemKind::Invalid(error) => return super::mend::invalid(error),
        ProblemKind::GenerateName(prefix) => return Some(Said::with(WRITE_NAME, &[prefix])),
        ProblemKind::Syntax(error) => syntax_help(error.kind)?,
        ProblemKind::WrongType(wrong) => wrong_type_help(wrong)?,
        ProblemKind::DuplicateKey { .. } => KEEP_ONE,
        ProblemKind::LostDocument => SEPARATE,
        ProblemKind::Empty | ProblemKind::NotAnObject(_) => BEGIN_SO,
        ProblemKind::NoApiVersion => ADD_API_VERSION,
        ProblemKind::NoKind => ADD_KIND,
        ProblemKind::NoName => ADD_NAME,
        ProblemKind::SameName { .. } => RENAME_ONE,
        ProblemKind::LostAnnotations => QUOTE_IT,
        ProblemKind::AliasOfItself => WRITE_OUT,
        ProblemKind::MergeOfNoMap => ANCHOR_A_MAP,
        ProblemKind::KeyNotText => WRITE_A_KEY,
        ProblemKind::TooLarge { .. }
        | ProblemKind::TooManyDocuments
        | ProblemKind::TooDeep
        | ProblemKind::TooManyNodes
        | ProblemKind::TooManyAliases => REMOVE_THE_REST,
        ProblemKind::BadQuantity => WRITE_QUANTITY,
        ProblemKind::BadTime => WRITE_TIME,
        ProblemKind::BadBase64 => ENCODE,
        ProblemKind::Warned(_) | ProblemKind::NotModelled(_) => return None,
    };
    Some(plain.into())
}

fn syntax(kind: SyntaxKind) -> Text {
    match kind {
        SyntaxKind::Tab => TAB,
        SyntaxKind::UnclosedQuote => UNCLOSED_QUOTE,
        SyntaxKind::TrailingText => TRAILING_TEXT,
        SyntaxKind::UnclosedBracket => UNCLOSED_BRACKET,
        SyntaxKind::StrayBracket => STRAY_BRACKET,
        SyntaxKind::Indentation => INDENTATION,
        SyntaxKind::UnexpectedColon => UNEXPECTED_COLON,
        SyntaxKind::MissingColon => MISSING_COLON,
        SyntaxKind::UnexpectedDash => UNEXPECTED_DASH,
        SyntaxKind::ReservedCharacter => RESERVED_CHARACTER,
        SyntaxKind::Escape => ESCAPE,
        SyntaxKind::TooManyBrackets => TOO_MANY_BRACKETS,
        SyntaxKind::ControlCharacter => CONTROL_CHARACTER,
        SyntaxKind::Other => NOT_YAML,
    }
}

fn syntax_help(kind: SyntaxKind) -> Option<Text> {
    Some(match kind {
        SyntaxKind::Tab => USE_SPACES,
        SyntaxKind::UnclosedQuote => CLOSE_QUOTE,
        SyntaxKind::TrailingText => QUOTE_WHOLE,
        SyntaxKind::UnclosedBracket => CLOSE_BRACKET,
        SyntaxKind::StrayBracket => REMOVE_OR_QUOTE,
        SyntaxKind::Indentation => ALIGN_KEYS,
        SyntaxKind::UnexpectedColon => NEW_LINE_OR_QUOTE,
        SyntaxKind::MissingColon => WRITE_COLON,
        SyntaxKind::UnexpectedDash => NEW_LINE,
        SyntaxKind::ReservedCharacter => QUOTE_VALUE,
        SyntaxKind::Escape => WRITE_BACKSLASH,
        SyntaxKind::ControlCharacter => REMOVE_IT,
        SyntaxKind::TooManyBrackets | SyntaxKind::Other => return None,
    })
}

fn unknown_field_help(unknown: &UnknownField) -> Said {
    if let Some(nearest) = unknown.nearest {
        return Said::with(DID_YOU_MEAN, &[nearest]);
    }
    let places = unknown.elsewhere.iter().map(|place| Said::Word(format!("`{place}`")));
    if let Some(places) = places.reduce(|all, place| Said::Of(EITHER_OR, vec![all, place])) {
        return Said::Of(PROBABLY_MEANT, vec![places]);
    }
    Said::with(KNOWN_FIELDS, &[unknown.owner, &unknown.known.join(", ")])
}

fn found_type(word: &str) -> Text {
    match word {
        "string" => FOUND_TEXT,
        "bool" => FOUND_BOOL,
        "array" => FOUND_LIST,
        "object" => FOUND_MAPPING,
        "null" => FOUND_NOTHING,
        _ => FOUND_NUMBER,
    }
}

fn wanted(shape: Shape) -> Text {
    match shape {
        Shape::Text => TEXT,
        Shape::Bytes => BASE64_TEXT,
        Shape::Bool => TRUE_FALSE,
        Shape::Int32 | Shape::Int64 => WHOLE_NUMBER,
        Shape::Quantity => AMOUNT,
        Shape::Time => A_TIME,
        Shape::IntOrString => NUMBER_OR_NAME,
        Shape::Object(_) | Shape::Map(_) => MAPPING,
        Shape::List(_) => LIST,
        Shape::Any => ANYTHING,
    }
}

fn wrong_type(wrong: &WrongType) -> Said {
    // `number 1.5` names the number that does not fit.
    let found = match wrong.found.strip_prefix("number ") {
        Some(number) => Said::Word(number.to_string()),
        None => found_type(&wrong.found).into(),
    };
    Said::Of(WRONG_TYPE, vec![wanted(wrong.wanted).into(), found])
}

fn wrong_type_help(wrong: &WrongType) -> Option<Text> {
    Some(match (wrong.wanted, wrong.found.as_str()) {
        (Shape::Text | Shape::Bytes, "number" | "bool") => QUOTE_IT,
        (Shape::Int32 | Shape::Int64, "string") => BARE_NUMBER,
        (Shape::Bool, "string") => UNQUOTE,
        (Shape::List(_), "object") => DASH_BEFORE_KEY,
        (Shape::List(_), "string" | "number") => WRITE_LIST,
        (Shape::Object(_) | Shape::Map(_), "array") => REMOVE_DASH,
        _ => return None,
    })
}

fn write_both(api_version: &str, kind: &str) -> Said {
    Said::with(WRITE_BOTH, &[api_version, kind])
}

fn unknown_kind_help(given: (&str, &str), meant: (&str, &str)) -> Said {
    match (given.0 == meant.0, given.1 == meant.1) {
        (true, _) => Said::with(WRITE_ONE, &["kind", meant.1]),
        (_, true) => Said::with(WRITE_ONE, &["apiVersion", meant.0]),
        _ => write_both(meant.0, meant.1),
    }
}

/// What has it now; for what nothing has, what to do instead.
fn gone_help(kind: &str, gone: Gone) -> Option<Said> {
    match (gone.now, kind) {
        (Some(now), _) => Some(Said::with(WRITE_ONE, &["apiVersion", now])),
        (None, "PodPreset") => Some(INSTEAD_OF_PRESET.into()),
        (None, "PodSecurityPolicy") => Some(INSTEAD_OF_POLICY.into()),
        _ => None,
    }
}

/// Upstream's detail stays in English: it is what kubectl prints, and can be searched for. Of a
/// change of a Pod it goes on with all that differs.
fn invalid(error: &FieldError) -> Said {
    let kind = match error.kind {
        ErrorKind::Required => KIND_REQUIRED,
        ErrorKind::Invalid => KIND_INVALID,
        ErrorKind::NotSupported => KIND_NOT_SUPPORTED,
        ErrorKind::Duplicate => KIND_DUPLICATE,
        ErrorKind::Forbidden => KIND_FORBIDDEN,
        ErrorKind::NotFound => KIND_NOT_FOUND,
        ErrorKind::TooLong => KIND_TOO_LONG,
        ErrorKind::TooMany => KIND_TOO_MANY,
    };
    let body = error.body();
    let body = body.lines().next().unwrap_or_default().to_string();
    Said::Of(INVALID, vec![Said::Word(error.path.to_string()), Said::Word(body), kind.into()])
}
