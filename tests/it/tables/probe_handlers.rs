//! What the clients of probes make of answers: httpGet, grpc. (exec rows are the runtime's.)

use super::{rows, text};
use lifepod::base::SimTime;
use lifepod::base::json::Value;
use lifepod::engine::network::grpc_check::{GrpcCheck, GrpcProgress};
use lifepod::engine::network::{Dialed, HttpAction, HttpGet, Outcome, Progress};
use lifepod::shell::http::server::GRPC_SETTINGS;
use lifepod::shell::http::{Parsed, Request, Response};

const URL: &str = "http://10.244.0.5:80/";

fn all(handler: &str) -> Vec<Value> {
    let mut rows = rows(include_str!("../../tables/probe_handlers.json"));
    // The kubelet never follows a redirect to another host.
    rows.retain(|row| !text(row, "name").contains("cannot be reached, followed"));
    // There is no environment here that could name a proxy.
    rows.retain(|row| row["environment"].is_null());
    rows.retain(|row| row["handler"] == handler);
    rows
}

fn check(row: &Value, dialed: &Dialed) {
    let name = text(row, "name");
    let outcome = match dialed.outcome {
        Outcome::Success => "success",
        Outcome::Warning => "warning",
        Outcome::Failure => "failure",
        Outcome::Error => "error",
    };
    assert_eq!(outcome, text(row, "expect"), "{name}: {}", dialed.output);
    let contains = text(row, "body_contains");
    assert!(dialed.output.contains(contains), "{name}: {}", dialed.output);
    if let Some(not) = row["body_excludes"].as_str() {
        assert!(!dialed.output.contains(not), "{name}: {}", dialed.output);
    }
    if let Some(bytes) = row["expect_body_bytes"].as_u64() {
        assert_eq!(dialed.output.len() as u64, bytes, "{name}");
    }
    if let Some(output) = row["expect_output"].as_str() {
        assert_eq!(dialed.output, output, "{name}");
    }
}

#[test]
fn http_rows_agree() {
    let rows = all("httpGet");
    assert!(rows.len() >= 46, "only {} rows", rows.len());
    for row in &rows {
        check(row, &get(row));
    }
}

/// Runs one request with its redirects against the row's server.
fn get(row: &Value) -> Dialed {
    let pairs = row["request_headers"].as_object().into_iter().flatten();
    let headers = pairs.map(|(n, v)| (n.clone(), v.as_str().unwrap_or("").to_string())).collect();
    let timeout = Some(SimTime::secs(row["timeout_s"].as_u64().unwrap_or(1)));
    let action = HttpAction { url: URL.to_string(), headers, timeout, purpose: "probe" };
    let mut get = HttpGet::new(&action);
    for hop in 0..40 {
        let Parsed::Done(request, _) = Request::parse(&get.connected()) else { panic!("{row}") };
        let Some(bytes) = answer(&row["server"], hop, &request) else {
            let Progress::Done(result) = get.timed_out() else { panic!("{row}") };
            return HttpGet::judge(result);
        };
        match get.received(&bytes, true) {
            Progress::Again => {}
            Progress::Done(result) => return HttpGet::judge(result),
            other => panic!("{row}: {other:?}"),
        }
    }
    panic!("no end: {row}");
}

fn answer(server: &Value, hop: u32, request: &Request) -> Option<Vec<u8>> {
    let place = if hop == 0 { server } else { &server["then"] };
    if !place["delay_s"].is_null() {
        return None;
    }
    if let Some(status) = place["redirect"].as_u64() {
        let to = text(place, "location").replace("<same address>", "10.244.0.5");
        let to = to.replace("<other port>", "81");
        return Some(Response::new(status as u16, &[("Location", &to)], "").to_bytes());
    }
    let status = match &place["status_by_host"] {
        Value::Null => place["status"].as_i64().unwrap_or(200),
        by_host => {
            let host = request.header("host").unwrap_or_default();
            by_host[host].as_i64().unwrap_or(400)
        }
    };
    let body = body(place, request);
    if status < 0 {
        return Some(format!("HTTP/1.1 {status} status code {status}\r\n\r\n{body}").into_bytes());
    }
    let length = body.len().to_string();
    Some(Response::new(status as u16, &[("Content-Length", &length)], body).to_bytes())
}

fn body(place: &Value, request: &Request) -> String {
    if let Some(bytes) = place["body_bytes"].as_u64() {
        return "a".repeat(bytes as usize);
    }
    // A Go server takes Host out of the headers.
    let headers = || request.headers.iter().filter(|(name, _)| name != "Host");
    match text(place, "body") {
        "(echo of the request headers)" => {
            headers().map(|(name, value)| format!("{name}: {value}\n")).collect()
        }
        "(count of the request headers)" => headers().count().to_string(),
        "(sorted names of the request headers, one a line)" => {
            let mut names: Vec<&str> = headers().map(|(name, _)| name.as_str()).collect();
            names.sort_unstable();
            names.join("\n")
        }
        "(the host asked for)" => request.header("host").unwrap_or_default().to_string(),
        plain => plain.to_string(),
    }
}

#[test]
fn grpc_rows_agree() {
    let rows = all("grpc");
    assert_eq!(rows.len(), 5);
    for row in &rows {
        let server = &row["server"];
        let timeout = SimTime::secs(row["timeout_s"].as_u64().unwrap_or(1));
        let port = server["port"].as_u64().unwrap_or(9090) as u16;
        let mut grpc = GrpcCheck::new(text(server, "host"), port, "", timeout);
        if server["listens"] == false {
            check(row, &grpc.timed_out());
            continue;
        }
        grpc.connected();
        if text(server, "kind") == "plain http" {
            let said = Response::text(400, "text/plain", "no").to_bytes();
            assert_eq!(grpc.received(&said, true), GrpcProgress::Retry);
            check(row, &grpc.timed_out());
            continue;
        }
        let GrpcProgress::Send(_) = grpc.received(GRPC_SETTINGS, false) else { panic!("{row}") };
        if !server["delay_s"].is_null() {
            check(row, &grpc.timed_out());
            continue;
        }
        let said = Response::text(200, "application/grpc", text(server, "status")).to_bytes();
        let GrpcProgress::Done(dialed) = grpc.received(&said, false) else { panic!("{row}") };
        check(row, &dialed);
    }
}

#[test]
fn errors_are_worded_as_go_words_them() {
    let client = |url: &str, purpose| {
        let (url, headers) = (url.to_string(), Vec::new());
        HttpGet::new(&HttpAction { url, headers, timeout: None, purpose })
    };
    let said = |get: &mut HttpGet, bytes: &[u8], ended| match get.received(bytes, ended) {
        Progress::Done(Err(error)) | Progress::Broken(error) => error,
        other => panic!("{other:?}"),
    };
    let mut get = client("http://10.0.0.5:80/x", "probe");
    get.connected();
    assert_eq!(said(&mut get, b"", true), "Get \"http://10.0.0.5:80/x\": EOF");
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc";
    assert_eq!(said(&mut get, head, true), "unexpected EOF");
    get.connected();
    let junk = said(&mut get, b"+PONG\r\n\r\n", false);
    let broken = "Get \"http://10.0.0.5:80/x\": net/http: HTTP/1.x transport connection broken: ";
    assert_eq!(junk, format!("{broken}malformed HTTP response \"+PONG\""));
    let mut get = client("https://10.0.0.5:443/x", "lifecycle");
    get.connected();
    let plain = said(&mut get, b"HTTP/1.1 400 Bad Request\r\n\r\n", false);
    let text = "Get \"https://10.0.0.5:443/x\": http: server gave HTTP response to HTTPS client";
    assert_eq!(plain, text);
    let again = get.without_tls(&plain).and_then(|get| get.target());
    assert_eq!(again, Some(("10.0.0.5".to_string(), 443)));
    assert_eq!(client("https://10.0.0.5:443/x", "probe").without_tls(&plain), None);
}
