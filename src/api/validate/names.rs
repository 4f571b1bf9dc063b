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
const CIDR: &str = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
const PERCENT: &str = "a valid percent string must be a numeric string followed by an ending '%' \
    (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
const SYSCTL: &str = "must have at most 253 characters and match regex \
    ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";

/// Upstream's complaints about a value.
pub(super) type Complaints = Vec<String>;

/// Complaints, gathered.
struct Of(Complaints);

impl Of {
    fn most(text: &str, most: usize) -> Of {
        let long = text.len() > most;
        Of(if long { vec![format!("must be no more than {most} characters")] } else { Vec::new() })
    }

    fn must(mut self, fine: bool, words: &str) -> Of {
        if !fine {
            self.0.push(words.to_string());
        }
        self
    }
}

/// Whether `byte` is in a class: `a` stands for lower case letters and digits, `A` for letters
/// of both cases and digits, anything else for itself.
fn is_in(byte: u8, class: &str) -> bool {
    class.bytes().any(|c| match c {
        b'a' => byte.is_ascii_lowercase() || byte.is_ascii_digit(),
        b'A' => byte.is_ascii_alphanumeric(),
        c => c == byte,
    })
}

/// Whether `text` is not empty and of bytes of `class` only, its ends letters or digits of it.
fn framed(text: &str, class: &str) -> bool {
    let bytes = text.as_bytes();
    let edges = bytes.first().zip(bytes.last());
    edges.is_some_and(|(a, z)| is_in(*a, &class[..1]) && is_in(*z, &class[..1])) && of(text, class)
}

/// Whether `text` is not empty and of bytes of `class` only.
fn of(text: &str, class: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| is_in(b, class))
}

fn labels(text: &str) -> bool {
    text.split('.').all(|part| framed(part, "a-"))
}

/// The complaints about `text` as a `form`.
// tidy: dispatch
pub(super) fn complaints(form: &str, text: &str) -> Complaints {
    match form {
        "label" => label(text),
        "subdomain" => subdomain(text),
        // The beginning of a name may end in a dash.
        "prefix" => match text.strip_suffix('-') {
            Some(front) if !front.is_empty() => subdomain(&format!("{front}a")),
            _ => subdomain(text),
        },
        "search" => subdomain(&text.replace('_', "-")),
        "qualified" => qualified(text),
        "value" => Of::most(text, 63).must(text.is_empty() || framed(text, "A-_."), LABEL_VALUE).0,
        "port" => port_name(text),
        "env" => {
            let fine = text.bytes().all(|b| (b' '..=b'~').contains(&b) && b != b'=');
            Of::most(text, usize::MAX).must(fine && !text.is_empty(), ENV_NAME).0
        }
        "key" => config_key(text),
        "header" => Of::most(text, usize::MAX).must(of(text, "A-"), HTTP_HEADER).0,
        "ip" => ip(text),
        "cidr" => Of::most(text, usize::MAX).must(is_cidr(text), CIDR).0,
        "percent" => {
            let digits = text.strip_suffix('%').unwrap_or_default();
            let fine = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            Of::most(text, usize::MAX).must(fine, PERCENT).0
        }
        "sysctl" => {
            let parts = text.len() <= 253 && text.split(['.', '/']).all(|p| framed(p, "a-_"));
            Of::most(text, usize::MAX).must(parts, SYSCTL).0
        }
        "up" => no_backsteps(text).0,
        "descending" => {
            let down = Of::most(text, usize::MAX).must(!text.starts_with('/'), RELATIVE);
            down.must(no_backsteps(text).0.is_empty(), BACKSTEPS).0
        }
        "local" => {
            let down = Of::most(text, usize::MAX).must(!text.starts_with('/'), RELATIVE);
            let down = down.must(no_backsteps(text).0.is_empty(), BACKSTEPS);
            let dotted = text.starts_with("..") && !text.starts_with("../") && text != "..";
            down.must(!dotted, "must not start with '..'").0
        }
        // The name of an object whose kind has no rule of its own for it.
        "segment" => {
            let dots = Of::most(text, usize::MAX).must(text != ".", "may not be '.'");
            let dots = dots.must(text != "..", "may not be '..'");
            dots.must(!text.contains('/'), "may not contain '/'")
                .must(!text.contains('%'), "may not contain '%'")
                .0
        }
        _ => Vec::new(),
    }
}

const RELATIVE: &str = "must be a relative path";
const BACKSTEPS: &str = "must not contain '..'";

fn label(text: &str) -> Complaints {
    let words = if text.contains('.') && labels(text) { "must not contain dots" } else { LABEL };
    Of::most(text, 63).must(framed(text, "a-"), words).0
}

fn subdomain(text: &str) -> Complaints {
    Of::most(text, 253).must(labels(text), SUBDOMAIN).0
}

/// A name such as `app` or `example.com/app`.
fn qualified(text: &str) -> Complaints {
    let mut complaints = Vec::new();
    let name = match text.split('/').collect::<Vec<_>>()[..] {
        [name] => name,
        [prefix, name] => {
            let about_prefix = match prefix {
                "" => vec!["must be non-empty".into()],
                prefix => subdomain(prefix),
            };
            complaints.extend(about_prefix.into_iter().map(|c: String| format!("prefix part {c}")));
            name
        }
        _ => {
            let words = "with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
            return vec![format!("a qualified name {QUALIFIED} {words}")];
        }
    };
    let about_name = match name {
        "" => Of(Vec::new()).must(false, "must be non-empty"),
        name => Of::most(name, 63),
    };
    let about_name = about_name.must(name.is_empty() || framed(name, "A-_."), QUALIFIED);
    complaints.extend(about_name.0.into_iter().map(|c| format!("name part {c}")));
    complaints
}

fn port_name(text: &str) -> Complaints {
    let words = "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)";
    let letter = text.bytes().any(|b| b.is_ascii_lowercase());
    let edges = !text.starts_with('-') && !text.ends_with('-');
    Of::most(text, 15)
        .must(of(text, "a-"), words)
        .must(letter, "must contain at least one letter (a-z)")
        .must(!text.contains("--"), "must not contain consecutive hyphens")
        .must(edges, "must not begin or end with a hyphen")
        .0
}

/// A key of a ConfigMap or Secret.
fn config_key(text: &str) -> Complaints {
    let complaints = Of::most(text, 253).must(of(text, "A-._"), CONFIG_KEY);
    match text {
        "." => complaints.must(false, "must not be '.'"),
        ".." => complaints.must(false, "must not be '..'"),
        _ => complaints.must(!text.starts_with(".."), "must not start with '..'"),
    }
    .0
}

/// An address, strictly: since 1.36 no leading zeros and no IPv4 address in IPv6 dress.
fn ip(text: &str) -> Complaints {
    let none = Of(Vec::new());
    match text.parse() {
        Ok(IpAddr::V6(v6)) => {
            none.must(v6.to_ipv4_mapped().is_none(), "must not be an IPv4-mapped IPv6 address").0
        }
        Ok(IpAddr::V4(_)) => Vec::new(),
        Err(_) => {
            let trimmed = |part: &str| match part.trim_start_matches('0') {
                "" if !part.is_empty() => "0".to_string(),
                rest => rest.to_string(),
            };
            let bare: Vec<String> = text.split('.').map(trimmed).collect();
            let zeros = bare.join(".").parse::<std::net::Ipv4Addr>().is_ok();
            none.must(false, if zeros { "must not have leading 0s" } else { IP }).0
        }
    }
}

fn is_cidr(text: &str) -> bool {
    let Some((address, bits)) = text.split_once('/') else { return false };
    let most = if address.contains(':') { 128 } else { 32 };
    ip(address).is_empty() && bits.parse::<u8>().is_ok_and(|bits| bits <= most)
}

fn no_backsteps(path: &str) -> Of {
    Of(Vec::new()).must(path.split('/').all(|part| part != ".."), BACKSTEPS)
}

#[cfg(test)]
mod tests {
    use super::complaints;

    #[test]
    fn names_are_refused_as_often_as_upstream_refuses_them() {
        let rows = [
            ("label", "my-app", 0),
            ("label", "My_App", 1),
            ("label", "-a", 1),
            ("label", "a.b", 1),
            ("subdomain", "web.example.com", 0),
            ("subdomain", "a..b", 1),
            ("prefix", "a-", 0),
            ("qualified", "example.com/app", 0),
            ("qualified", "/app", 1),
            ("qualified", "a/b/c", 1),
            ("value", "", 0),
            ("port", "Bad_Name!", 1),
            ("port", "--1--------------", 4),
            ("ip", "10.0.0.1", 0),
            ("ip", "10.0.0.01", 1),
            ("ip", "::ffff:1.2.3.4", 1),
            ("cidr", "10.0.0.0/24", 0),
            ("cidr", "10.0.0.0/33", 1),
            ("key", "..", 1),
            ("percent", "25%", 0),
            ("percent", "%", 1),
            ("sysctl", "net.ipv4.ip_forward", 0),
            ("segment", "a/b%", 2),
        ];
        for (form, text, want) in rows {
            let got = complaints(form, text);
            assert_eq!(got.len(), want, "{form} {text}: {got:?}");
        }
        assert_eq!(complaints("ip", "010.0.0.1"), ["must not have leading 0s"]);
    }
}
