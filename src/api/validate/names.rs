//! What a name may look like. Each check gives upstream's complaints, or none.
//!
//! Source: apimachinery util/validation/validation.go.

const LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric \
    characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  \
    or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric \
    characters, '-' or '.', and must start and end with an alphanumeric character (e.g. \
    'example.com', regex used for validation is \
    '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

fn lower(c: u8) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit()
}

fn is_label(text: &str) -> bool {
    let bytes = text.as_bytes();
    match (bytes.first(), bytes.last()) {
        (Some(first), Some(last)) => {
            lower(*first) && lower(*last) && bytes.iter().all(|b| lower(*b) || *b == b'-')
        }
        _ => false,
    }
}

/// A word such as `my-name`, of 63 characters at most.
pub(super) fn dns_label(text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    if text.len() > 63 {
        complaints.push("must be no more than 63 characters".into());
    }
    if !is_label(text) {
        let only_dots = text.contains('.') && text.split('.').all(is_label);
        complaints.push(if only_dots { "must not contain dots".into() } else { LABEL.into() });
    }
    complaints
}

/// Words with dots between them, of 253 characters at most.
pub(super) fn dns_subdomain(text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    if text.len() > 253 {
        complaints.push("must be no more than 253 characters".into());
    }
    if !text.split('.').all(is_label) {
        complaints.push(SUBDOMAIN.into());
    }
    complaints
}
