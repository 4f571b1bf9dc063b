//! A probe in one line.

use crate::api::print::cells::host_port;
use crate::api::print::values::{go, or};
use crate::base::json::Value;

/// What a probe does and how often. Source: kubectl describe/describe.go DescribeProbe
pub fn probe(probe: &Value) -> String {
    let number = |field: &str| or(go(&probe[field]), "0");
    let seconds = |field: &str| number(field) + "s";
    let what = if !probe["exec"].is_null() {
        ["exec ", &or(go(&probe["exec"]["command"]), "[]")].concat()
    } else if !probe["httpGet"].is_null() {
        ["http-get ", &url(&probe["httpGet"])].concat()
    } else if !probe["tcpSocket"].is_null() {
        let tcp = &probe["tcpSocket"];
        ["tcp-socket ", &go(&tcp["host"]), ":", &or(go(&tcp["port"]), "0")].concat()
    } else if !probe["grpc"].is_null() {
        let grpc = &probe["grpc"];
        ["grpc <pod>:", &or(go(&grpc["port"]), "0"), " ", &go(&grpc["service"])].concat()
    } else {
        "unknown".to_string()
    };
    [
        &what,
        " delay=",
        &seconds("initialDelaySeconds"),
        " timeout=",
        &seconds("timeoutSeconds"),
        " period=",
        &seconds("periodSeconds"),
        " #success=",
        &number("successThreshold"),
        " #failure=",
        &number("failureThreshold"),
    ]
    .concat()
}

/// Source: Go net/url URL.String, net.JoinHostPort
fn url(get: &Value) -> String {
    let scheme = match go(&get["scheme"]).to_ascii_lowercase() {
        scheme if scheme.is_empty() => scheme,
        scheme => scheme + ":",
    };
    let host = host_port(&go(&get["host"]), &or(go(&get["port"]), "0"));
    let path = escaped(&go(&get["path"]));
    let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
    [&scheme, "//", &host, slash, &path].concat()
}

/// Source: Go net/url shouldEscape, in a path
fn escaped(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~$&+,/:;=@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            let digit = |of: u8| char::from(HEX[usize::from(of)]);
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[test]
    fn a_probe_is_told_in_one_line() {
        let rest = " delay=0s timeout=1s period=10s #success=1 #failure=3";
        let check = |handler: &str, action: Value, want: &str| {
            let value = json!({(handler): action, "timeoutSeconds": 1, "periodSeconds": 10,
                "successThreshold": 1, "failureThreshold": 3});
            assert_eq!(probe(&value), [want, rest].concat());
        };
        check("exec", json!({"command": ["cat", "/a b"]}), "exec [cat /a b]");
        let get = json!({"path": "/a?b", "port": "web", "scheme": "HTTPS"});
        check("httpGet", get, "http-get https://:web/a%3Fb");
        let get = json!({"path": "x", "port": 80, "scheme": "HTTP", "host": "::1"});
        check("httpGet", get, "http-get http://[::1]:80/x");
        check("tcpSocket", json!({"port": 3306}), "tcp-socket :3306");
        check("grpc", json!({"port": 9090, "service": ""}), "grpc <pod>:9090 ");
        check("none", json!({}), "unknown");
    }
}
