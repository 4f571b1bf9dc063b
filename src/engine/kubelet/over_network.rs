//! Probes and hooks over the network: what is asked for, from the fields of the Pod.
//!
//! Source: pkg/kubelet/prober/prober.go runProbe; pkg/probe/util.go; lifecycle/handlers.go

use crate::api::{Container, Handler, Probe};
use crate::base::SimTime;
use crate::base::json::Value;
use crate::engine::network::{Dial, HttpAction};
use crate::shell::http::message::Headers;

/// The request of a probe that is none of a command. Errors: the port has no number.
pub fn of_probe(probe: &Probe, c: &Container, pod_ip: &str) -> Result<Dial, String> {
    let timeout = SimTime::secs(probe.timeout());
    if let Some(get) = &probe.http_get {
        return http(get, c, pod_ip, Some(timeout), "probe").map(Dial::Http);
    }
    let tcp = probe.tcp_socket.as_ref();
    let action = tcp.or(probe.grpc.as_ref()).unwrap_or(&Value::Null);
    let (host, port) = (host(action, pod_ip), port(&action["port"], c)?);
    if tcp.is_some() {
        return Ok(Dial::Tcp { host, port, timeout });
    }
    let service = action["service"].as_str().unwrap_or_default().to_string();
    Ok(Dial::Grpc { host: pod_ip.to_string(), port, service, timeout })
}

/// The request of a hook that is none of a command: it has all the time.
///
/// `tcpSocket` is accepted by the API, but nothing can run it.
pub fn of_hook(hook: &Handler, c: &Container, pod_ip: &str) -> Dial {
    let why = match (&hook.http_get, &hook.tcp_socket) {
        (Some(get), _) => match http(get, c, pod_ip, None, "lifecycle") {
            Ok(action) => return Dial::Http(action),
            Err(error) => error,
        },
        (None, tcp) => {
            let tcp = tcp.as_ref().unwrap_or(&Value::Null);
            let port = match tcp["port"].as_str() {
                Some(name) => format!("{{1 0 {name}}}"),
                None => format!("{{0 {} }}", tcp["port"]),
            };
            let host = tcp["host"].as_str().unwrap_or_default();
            format!(
                "invalid handler: &LifecycleHandler{{Exec:nil,HTTPGet:nil,TCPSocket:\
                 &TCPSocketAction{{Port:{port},Host:{host},}},Sleep:nil,}}"
            )
        }
    };
    Dial::Impossible(why)
}

/// Source: pkg/probe/http/request.go NewRequestForHTTPGetAction, formatURL
fn http(
    get: &Value,
    c: &Container,
    pod_ip: &str,
    timeout: Option<SimTime>,
    purpose: &'static str,
) -> Result<HttpAction, String> {
    let text = |key: &str| get[key].as_str().unwrap_or_default();
    let scheme = if text("scheme") == "HTTPS" { "https" } else { "http" };
    let (host, port, path) = (host(get, pod_ip), port(&get["port"], c)?, text("path"));
    let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
    let url = format!("{scheme}://{host}:{port}{slash}{path}");
    let pair = |h: &Value| {
        let part = |key: &str| h[key].as_str().unwrap_or_default().to_string();
        (part("name"), part("value"))
    };
    let headers: Headers = get["httpHeaders"].as_array().into_iter().flatten().map(pair).collect();
    Ok(HttpAction { url, headers, timeout, purpose })
}

fn host(action: &Value, pod_ip: &str) -> String {
    action["host"].as_str().filter(|host| !host.is_empty()).unwrap_or(pod_ip).to_string()
}

/// A number, or the name of a port of this container. Source: pkg/probe/util.go
fn port(value: &Value, c: &Container) -> Result<u16, String> {
    let number = match value.as_str() {
        Some(name) => {
            let named = c.ports.iter().find(|p| p.name == name).map(|p| p.container_port.into());
            let bad = || format!("strconv.Atoi: parsing \"{name}\": invalid syntax");
            named.or_else(|| name.parse().ok()).ok_or_else(bad)?
        }
        None => value.as_i64().unwrap_or(0),
    };
    u16::try_from(number)
        .ok()
        .filter(|port| *port > 0)
        .ok_or_else(|| format!("invalid port number: {number}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::container::ContainerPort;
    use crate::base::json::json;

    #[test]
    fn ports_are_numbers_names_or_wrong() {
        let ports =
            vec![ContainerPort { name: "http".into(), container_port: 8080, ..Default::default() }];
        let c = Container { ports, ..Container::default() };
        for (value, expected) in [
            (json!(80), Ok(80)),
            (json!("http"), Ok(8080)),
            (json!("81"), Ok(81)),
            (json!("https"), Err("strconv.Atoi: parsing \"https\": invalid syntax")),
            (json!(0), Err("invalid port number: 0")),
            (json!("70000"), Err("invalid port number: 70000")),
        ] {
            assert_eq!(port(&value, &c), expected.map_err(str::to_string), "{value}");
        }
    }

    #[test]
    fn the_url_is_the_pods_own_unless_a_host_is_named() {
        let c = Container::default();
        let hook = |get| Handler { http_get: Some(get), ..Handler::default() };
        let url = |get: Value| match of_hook(&hook(get), &c, "10.244.0.5") {
            Dial::Http(action) => action.url,
            other => panic!("{other:?}"),
        };
        assert_eq!(url(json!({"port": 80, "path": "/x"})), "http://10.244.0.5:80/x");
        let get = json!({"port": 443, "path": "x", "scheme": "HTTPS", "host": "192.0.2.9"});
        assert_eq!(url(get), "https://192.0.2.9:443/x");
    }
}
