//! `kubectl create`: ConfigMaps, Secrets, service accounts and namespaces from literals.

use super::flags::{self, Flag, value};
use crate::base::base64;
use crate::base::json::{Map, Value, json};
use crate::engine::Request;
use std::rc::Rc;

pub(super) const FLAGS: &[Flag] =
    &[value("from-literal", ' '), value("namespace", 'n'), value("type", ' ')];

/// Reads the words behind `create`.
/// Source: kubectl cmd/create/create_configmap.go, create_secret.go
pub fn read(words: &[String]) -> Result<Vec<Request>, String> {
    let parsed = flags::read("create", words, FLAGS)?;
    let names: Vec<&str> = parsed.names.iter().map(String::as_str).collect();
    let (kind, rest) = match names.as_slice() {
        ["configmap" | "cm", rest @ ..] => ("ConfigMap", rest),
        ["secret", "generic", rest @ ..] => ("Secret", rest),
        ["serviceaccount" | "sa", rest @ ..] => ("ServiceAccount", rest),
        ["namespace" | "ns", rest @ ..] => ("Namespace", rest),
        [what, ..] => return Err(super::parse::absent(&format!("create {what}"))),
        [] => return Err("error: must specify one of -f and -k\n".into()),
    };
    let [name] = rest else {
        let n = rest.len();
        return Err(format!("error: exactly one NAME is required, got {n}\n"));
    };
    let mut object = json!({"apiVersion": "v1", "kind": kind, "metadata": {"name": name}});
    let data =
        parsed.all("from-literal").map(|l| literal(l, kind)).collect::<Result<Map<_, _>, _>>()?;
    if !data.is_empty() {
        object["data"] = data.into();
    }
    if let Some(secret_type) = parsed.get("type") {
        object["type"] = secret_type.into();
    }
    Ok(vec![Request::Create(Rc::new(object))])
}

/// Source: kubectl util/util.go ParseLiteralSource
fn literal(text: &str, kind: &str) -> Result<(String, Value), String> {
    let Some((key, value)) = text.split_once('=').filter(|(key, _)| !key.is_empty()) else {
        return Err(format!("error: invalid literal source {text}, expected key=value\n"));
    };
    let value = match kind {
        "Secret" => base64::encode(value.as_bytes()),
        _ => value.to_string(),
    };
    Ok((key.to_string(), value.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::kubectl::parse::created as object;

    #[test]
    fn literals_become_data() {
        let map = object("create configmap greet --from-literal=msg=a=b --from-literal x=1");
        assert_eq!(map.map(|o| o["data"].clone()), Ok(json!({"msg": "a=b", "x": "1"})));
        let secret = object("create secret generic s --from-literal=k=hello");
        assert_eq!(secret.map(|o| o["data"]["k"].clone()), Ok(json!("aGVsbG8=")));
        for line in ["create configmap", "create cm a --from-literal=b", "create gizmo x"] {
            assert!(object(line).is_err_and(|e| e.starts_with("error: ")), "{line}");
        }
    }
}
