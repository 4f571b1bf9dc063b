//! What names and such may look like. Each check gives upstream's complaints, or none.
//!
//! Source: apimachinery util/validation/validation.go, ip.go.

use std::net::IpAddr;

const LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric \
    characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  \
    or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric \
    characters, '-' or '.', and must start and end with an alphanumeric character (e.g. \
    'example.com', regex used for validation is \
    '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const DNS_1035: &str = "a DNS-1035 label must consist of lower case alphanumeric characters or \
    '-', start with an alphabetic character, and end with an alphanumeric character (e.g. \
    'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const QUALIFIED: &str = "must consist of alphanumeric characters, '-', '_' or '.', and must start \
    and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex \
    used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const LABEL_VALUE: &str = "a valid label must be an empty string or consist of alphanumeric \
    characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. \
    'MyValue',  or 'my_value',  or '12345', regex used for validation is \
    '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const CONFIG_KEY: &str = "a valid config key must consist of alphanumeric characters, '-', '_' or \
    '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is \
    '[-._a-zA-Z0-9]+')";
const HTTP_HEADER: &str = "a valid HTTP header must consist of alphanumeric characters or '-' \
    (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')";
const ENV_NAME: &str = "a valid environment variable name must consist only of printable ASCII \
    characters other than '='";
const IP: &str = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";

/// Upstream's complaints about a value.
pub(super) type Complaints = Vec<String>;

fn too_long(text: &str, most: usize) -> Complaints {
    let long = text.len() > most;
    if long { vec![format!("must be no more than {most} characters")] } else { Vec::new() }
}

fn complain(mut complaints: Complaints, fine: bool, words: &str) -> Complaints {
    if !fine {
        complaints.push(words.to_string());
    }
    complaints
}

/// Whether `text` starts and ends with what `edge` takes and holds nothing but what `inside` takes.
fn framed(text: &str, edge: fn(u8) -> bool, inside: fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    let edges = bytes.first().zip(bytes.last()).is_some_and(|(a, z)| edge(*a) && edge(*z));
    edges && bytes.iter().all(|b| inside(*b))
}

fn lower(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn is_label(text: &str) -> bool {
    framed(text, lower, |b| lower(b) || b == b'-')
}

fn is_qualified(text: &str) -> bool {
    framed(
        text,
        |b| b.is_ascii_alphanumeric(),
        |b| b.is_ascii_alphanumeric() || b"-_.".contains(&b),
    )
}

/// A word such as `my-name`.
pub(super) fn dns_label(text: &str) -> Complaints {
    complain(too_long(text, 63), is_label(text), LABEL)
}

/// As [`dns_label`], for names that people often write with dots.
pub(super) fn container_name(text: &str) -> Complaints {
    if text.contains('.') && text.split('.').all(is_label) {
        return complain(too_long(text, 63), false, "must not contain dots");
    }
    dns_label(text)
}

/// A word such as `my-name` that starts with a letter: the name of a Service.
pub(super) fn dns_1035(text: &str) -> Complaints {
    let letter_first = text.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
    complain(too_long(text, 63), letter_first && is_label(text), DNS_1035)
}

/// Words with dots between them.
pub(super) fn dns_subdomain(text: &str) -> Complaints {
    complain(too_long(text, 253), text.split('.').all(is_label), SUBDOMAIN)
}

/// As [`dns_subdomain`], for the beginning of a name, which may end in a dash.
pub(super) fn prefix_of_subdomain(text: &str) -> Complaints {
    match text.strip_suffix('-') {
        Some(front) if !front.is_empty() => dns_subdomain(&format!("{front}a")),
        _ => dns_subdomain(text),
    }
}

/// A name such as `app` or `example.com/app`.
pub(super) fn qualified(text: &str) -> Complaints {
    let mut complaints = Vec::new();
    let name = match text.split('/').collect::<Vec<_>>()[..] {
        [name] => name,
        [prefix, name] => {
            let about_prefix = if prefix.is_empty() {
                vec!["must be non-empty".into()]
            } else {
                dns_subdomain(prefix)
            };
            complaints.extend(about_prefix.into_iter().map(|c: String| format!("prefix part {c}")));
            name
        }
        _ => {
            let words = "with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
            return vec![format!("a qualified name {QUALIFIED} {words}")];
        }
    };
    let mut about_name = too_long(name, 63);
    if name.is_empty() {
        about_name.push("must be non-empty".into());
    } else {
        about_name = complain(about_name, is_qualified(name), QUALIFIED);
    }
    complaints.extend(about_name.into_iter().map(|c| format!("name part {c}")));
    complaints
}

/// The value of a label.
pub(super) fn label_value(text: &str) -> Complaints {
    complain(too_long(text, 63), text.is_empty() || is_qualified(text), LABEL_VALUE)
}

/// The name of a port.
pub(super) fn port_name(text: &str) -> Complaints {
    let charset = !text.is_empty() && text.bytes().all(|b| lower(b) || b == b'-');
    let letter = text.bytes().any(|b| b.is_ascii_lowercase());
    let words = "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)";
    let complaints = complain(too_long(text, 15), charset, words);
    let complaints = complain(complaints, letter, "must contain at least one letter (a-z)");
    let apart = !text.contains("--");
    let complaints = complain(complaints, apart, "must not contain consecutive hyphens");
    let edges = !text.starts_with('-') && !text.ends_with('-');
    complain(complaints, edges, "must not begin or end with a hyphen")
}

/// The number of a port.
pub(super) fn port_number(number: i64) -> Complaints {
    let fine = (1..=65535).contains(&number);
    complain(Vec::new(), fine, "must be between 1 and 65535, inclusive")
}

/// The name of an environment variable.
pub(super) fn env_name(text: &str) -> Complaints {
    let fine = !text.is_empty() && text.bytes().all(|b| (b' '..=b'~').contains(&b) && b != b'=');
    complain(Vec::new(), fine, ENV_NAME)
}

/// A key of a ConfigMap or Secret.
pub(super) fn config_key(text: &str) -> Complaints {
    let charset = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
    let fine = !text.is_empty() && text.bytes().all(charset);
    let complaints = complain(too_long(text, 253), fine, CONFIG_KEY);
    match text {
        "." => complain(complaints, false, "must not be '.'"),
        ".." => complain(complaints, false, "must not be '..'"),
        _ => complain(complaints, !text.starts_with(".."), "must not start with '..'"),
    }
}

/// The name of an HTTP header.
pub(super) fn http_header(text: &str) -> Complaints {
    let fine = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    complain(Vec::new(), fine, HTTP_HEADER)
}

/// An address.
pub(super) fn ip(text: &str) -> Complaints {
    complain(Vec::new(), text.parse::<IpAddr>().is_ok(), IP)
}

/// A user or group number.
pub(super) fn id(number: i64) -> Complaints {
    let fine = (0..=2_147_483_647).contains(&number);
    complain(Vec::new(), fine, "must be between 0 and 2147483647, inclusive")
}

/// A path without `..` in it.
pub(super) fn no_backsteps(path: &str) -> Complaints {
    complain(Vec::new(), path.split('/').all(|p| p != ".."), "must not contain '..'")
}

/// A path below a folder.
pub(super) fn descending(path: &str) -> Complaints {
    let relative = complain(Vec::new(), !path.starts_with('/'), "must be a relative path");
    relative.into_iter().chain(no_backsteps(path)).collect()
}

/// A path below a folder whose names that start with `..` are taken.
pub(super) fn not_reserved(path: &str) -> Complaints {
    let reserved = path.starts_with("..") && !path.starts_with("../") && path != "..";
    complain(descending(path), !reserved, "must not start with '..'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_names_have_no_complaints_and_others_have_all_of_them() {
        type Check = fn(&str) -> Complaints;
        let rows: [(Check, &str, usize); 14] = [
            (dns_label, "my-name", 0),
            (dns_label, "My_Name", 1),
            (container_name, "a.b", 1),
            (dns_subdomain, "a.b-c.d", 0),
            (dns_subdomain, "a..b", 1),
            (dns_1035, "1a", 1),
            (qualified, "example.com/app", 0),
            (qualified, "/app", 1),
            (qualified, "a/b/c", 1),
            (label_value, "", 0),
            (port_name, "Bad_Name!", 1),
            (port_name, "--1--------------", 4),
            (ip, "10.0.0.1", 0),
            (config_key, "..", 1),
        ];
        for (check, text, want) in rows {
            assert_eq!(check(text).len(), want, "{text}: {:?}", check(text));
        }
    }
}
