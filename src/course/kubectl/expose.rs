//! `kubectl expose`: a Service for what is there.
//!
//! Source: kubectl cmd/expose/expose.go RunExpose, createService

use super::flags::{self, Flag, value};
use super::target::{Target, targets};
use crate::api::resource::api_version;
use crate::base::json::{Value, json};
use crate::engine::{Look, Request};
use std::rc::Rc;

pub(super) const FLAGS: &[Flag] = &[
    value("port", ' '),
    value("target-port", ' '),
    value("name", ' '),
    value("type", ' '),
    value("protocol", ' '),
    value("selector", ' '),
    value("labels", 'l'),
    value("cluster-ip", ' '),
    value("session-affinity", ' '),
    value("namespace", 'n'),
];

/// Reads the words behind `expose`. What they do not say of the Service comes from the object.
pub fn read(words: &[String]) -> Result<Vec<Request>, String> {
    let parsed = flags::read("expose", words, FLAGS)?;
    let text = |flag: &str| parsed.get(flag).unwrap_or_default();
    let mut spec = json!({});
    for (flag, field) in
        [("type", "type"), ("cluster-ip", "clusterIP"), ("session-affinity", "sessionAffinity")]
    {
        if let Some(said) = parsed.get(flag) {
            spec[field] = said.into();
        }
    }
    if let Some(said) = parsed.get("selector") {
        spec["selector"] = pairs(said);
    }
    let ports: Result<Vec<Value>, String> = text("port")
        .split(',')
        .filter(|p| !p.is_empty())
        .map(|p| number(p).map(Into::into))
        .collect();
    let request = |Target { kind, name }: Target| {
        if !["Pod", "Deployment", "ReplicaSet", "Service"].contains(&kind) {
            let group =
                api_version(kind).split_once('/').map_or(String::new(), |(g, _)| [".", g].concat());
            return Err(format!("error: cannot expose a {kind}{group}\n"));
        }
        let own = parsed.get("name").unwrap_or(&name);
        let mut service = json!({"apiVersion": "v1", "kind": "Service",
                                 "metadata": {"name": own}, "spec": spec});
        if let Some(said) = parsed.get("labels") {
            service["metadata"]["labels"] = pairs(said);
        }
        let ports = ports.clone()?;
        let target = text("target-port");
        let target = target.parse::<i64>().map_or_else(|_| Value::from(target), Value::from);
        let protocol = text("protocol").to_ascii_uppercase();
        let kind = kind.to_string();
        Ok(Request::Look(Rc::new(Look::Expose { kind, name, service, ports, target, protocol })))
    };
    targets(&parsed.names)?.into_iter().map(request).collect()
}

fn number(text: &str) -> Result<i64, String> {
    text.parse().map_err(|_| format!("error: strconv.Atoi: parsing {text:?}: invalid syntax\n"))
}

fn pairs(text: &str) -> Value {
    let mut map = json!({});
    for (key, value) in text.split(',').filter_map(|pair| pair.split_once('=')) {
        map[key] = value.into();
    }
    map
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_is_left_to_the_object() {
        let of = |line: &str| {
            let words: Vec<String> = line.split(' ').map(str::to_string).collect();
            read(&words)
        };
        let said = of("deploy web --port=80 --target-port=http");
        let Ok([Request::Look(look)]) = said.as_deref() else { panic!("it is one look") };
        let Look::Expose { kind, service, ports, target, .. } = &**look else { panic!("{look:?}") };
        assert_eq!((kind.as_str(), &service["metadata"]["name"]), ("Deployment", &"web".into()));
        assert_eq!((ports.as_slice(), target), (&[Value::from(80)][..], &"http".into()));
        assert!(service["spec"]["selector"].is_null());
        let said = of("pod/web --selector=a=b --name=x").expect("it is one look");
        let Request::Look(look) = &said[0] else { panic!("{said:?}") };
        let Look::Expose { service, .. } = &**look else { panic!("{look:?}") };
        assert_eq!(service["spec"]["selector"], json!({"a": "b"}));
        assert_eq!(of("job pi"), Err("error: cannot expose a Job.batch\n".into()));
        assert_eq!(of("node n"), Err("error: cannot expose a Node\n".into()));
    }
}
