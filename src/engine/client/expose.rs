//! `kubectl expose`: reads an object and makes a Service for it.
//!
//! Source: kubectl cmd/expose/expose.go createService; polymorphichelpers portsforobject.go,
//! mapbasedselectorforobject.go

use super::steps::Step;
use crate::api::{PlainObject, Pod};
use crate::base::json::{Value, json};
use crate::engine::action::{Look, Request};
use crate::engine::message::{Done, Refusal};
use std::rc::Rc;

/// The object was read: the Service is asked for, or an error told.
pub fn found(look: &Look, pods: &[Rc<Pod>], plain: &[Rc<PlainObject>]) -> Vec<Step> {
    let Look::Expose { kind, name, service, ports, target, protocol } = look else {
        return Vec::new();
    };
    let pod = pods.iter().find(|p| p.meta.name == *name).map(|p| p.to_json());
    let object = pod.or_else(|| plain.iter().find(|o| o.meta.name == *name).map(|o| o.to_json()));
    let Some(object) = object else {
        let message = crate::api::resource::not_found(kind, name);
        return failed(&format!("Error from server (NotFound): {message}\n"));
    };
    let mut service = service.clone();
    if service["spec"]["selector"].is_null() {
        match selector(kind, &object) {
            Ok(found) => service["spec"]["selector"] = found,
            Err(why) => {
                return failed(&format!(
                    "error: couldn't retrieve selectors via --selector flag or introspection: \
                     {why}\n"
                ));
            }
        }
    }
    if service["metadata"]["labels"].is_null() && !object["metadata"]["labels"].is_null() {
        service["metadata"]["labels"] = object["metadata"]["labels"].clone();
    }
    let of_object = || declared(kind, &object);
    let ports = if ports.is_empty() { of_object() } else { ports.clone() };
    if ports.is_empty() {
        return failed("error: couldn't find port via --port flag or introspection\n");
    }
    let named = ports.len() > 1;
    let port = |(nth, port): (usize, &Value)| {
        let target = if *target == "" { port } else { target };
        let protocol = if protocol.is_empty() { "TCP" } else { protocol };
        let mut made = json!({"port": port, "targetPort": target, "protocol": protocol});
        if named {
            made["name"] = ["port-", &(nth + 1).to_string()].concat().into();
        }
        made
    };
    service["spec"]["ports"] = ports.iter().enumerate().map(port).collect();
    vec![Step::Ask("Made".into(), Request::Create(Rc::new(service)))]
}

/// The Service was made, or not.
pub fn made(look: &Look, answer: &Result<Done, Refusal>) -> Vec<Step> {
    let Look::Expose { service, .. } = look else { return Vec::new() };
    let name = service["metadata"]["name"].as_str().unwrap_or_default();
    match answer {
        Ok(_) => vec![Step::Out(format!("service/{name} exposed\n")), Step::End(0)],
        Err(Refusal { reason, message }) if reason == "Invalid" => {
            failed(&[message, "\n"].concat())
        }
        Err(Refusal { reason, message }) => {
            failed(&format!("Error from server ({reason}): {message}\n"))
        }
    }
}

fn failed(text: &str) -> Vec<Step> {
    vec![Step::Err(text.to_string()), Step::End(1)]
}

/// Which Pods belong to the object.
fn selector(kind: &str, object: &Value) -> Result<Value, String> {
    let found = match kind {
        "Pod" => &object["metadata"]["labels"],
        "Service" => &object["spec"]["selector"],
        _ => &object["spec"]["selector"]["matchLabels"],
    };
    let labels = found.as_object().filter(|labels| !labels.is_empty());
    match (labels, kind) {
        (Some(_), _) if !object["spec"]["selector"]["matchExpressions"].is_null() => {
            Err("couldn't convert expressions to map-based selector format".into())
        }
        (Some(labels), _) => Ok(Value::Object(labels.clone())),
        (None, "Pod") => Err("the pod has no labels and cannot be exposed".into()),
        (None, "Service") => Err("the service has no pod selector set".into()),
        (None, _) => Err(format!("the {} has no selector", kind.to_ascii_lowercase())),
    }
}

/// The ports that its containers, or a Service, declare.
fn declared(kind: &str, object: &Value) -> Vec<Value> {
    let list = |v: &Value| v.as_array().cloned().unwrap_or_default();
    if kind == "Service" {
        return list(&object["spec"]["ports"]).iter().map(|p| p["port"].clone()).collect();
    }
    let spec = if kind == "Pod" { &object["spec"] } else { &object["spec"]["template"]["spec"] };
    let ports = list(&spec["containers"]).into_iter().flat_map(|c| list(&c["ports"]));
    ports.map(|port| port["containerPort"].clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::ObjectMeta;

    fn asked(body: Value, ports: Vec<Value>) -> Vec<Step> {
        let meta = ObjectMeta { name: "web".into(), ..Default::default() };
        let object = PlainObject { kind: "Deployment".into(), meta, body };
        let look = Look::Expose {
            kind: "Deployment".into(),
            name: "web".into(),
            service: json!({"metadata": {"name": "web"}, "spec": {}}),
            ports,
            target: "".into(),
            protocol: String::new(),
        };
        found(&look, &[], &[Rc::new(object)])
    }

    #[test]
    fn a_service_takes_selector_and_ports_from_the_object() {
        let ports = json!([{"containerPort": 80}, {"containerPort": 443}]);
        let template = json!({"spec": {"containers": [{"ports": ports}]}});
        let selector = json!({"matchLabels": {"app": "web"}});
        let body = json!({"spec": {"selector": selector, "template": template}});
        let steps = asked(body.clone(), Vec::new());
        let [Step::Ask(_, Request::Create(made))] = steps.as_slice() else { panic!("{steps:?}") };
        assert_eq!(made["spec"]["selector"], json!({"app": "web"}));
        assert_eq!(made["spec"]["ports"][1]["name"], "port-2");
        let steps = asked(body, vec![Value::from(8080)]);
        let [Step::Ask(_, Request::Create(made))] = steps.as_slice() else { panic!("{steps:?}") };
        let port = json!([{"port": 8080, "targetPort": 8080, "protocol": "TCP"}]);
        assert_eq!(made["spec"]["ports"], port);
        let none = asked(json!({"spec": {"selector": {"matchLabels": {"a": "b"}}}}), Vec::new());
        assert!(matches!(&none[0], Step::Err(text) if text.contains("couldn't find port")));
    }
}
