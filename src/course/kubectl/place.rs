//! The namespace of a command: `-n`, `--namespace`, before or behind the verb.

use crate::api::resource::is_namespaced;
use crate::base::json::Value;
use crate::engine::Request;
use crate::engine::action::Look;
use std::rc::Rc;

/// The namespace that is asked for, and the words without it.
pub fn split(words: Vec<String>) -> Result<(String, Vec<String>), String> {
    let (mut namespace, mut kept) = ("default".to_string(), Vec::new());
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        if word == "--" {
            kept.push(word);
            kept.extend(words);
            break;
        }
        let named = match word.as_str() {
            "-n" | "--namespace" => Some(
                words.next().ok_or_else(|| format!("error: flag needs an argument: {word}\n"))?,
            ),
            word => joined(word).map(str::to_string),
        };
        match named {
            None => kept.push(word),
            Some(name) => namespace = name,
        }
    }
    Ok((namespace, kept))
}

/// The namespace of `-nshop`, `-n=shop`, `--namespace=shop`.
fn joined(word: &str) -> Option<&str> {
    let short = || word.strip_prefix("-n").filter(|rest| !rest.is_empty());
    let name = word.strip_prefix("--namespace=").or_else(short)?;
    Some(name.strip_prefix('=').unwrap_or(name))
}

/// What a command makes, it makes in its namespace.
pub fn put(request: &mut Request, namespace: &str) {
    match request {
        Request::Create(object) | Request::Attach { object, .. } => {
            let kind = object["kind"].as_str().unwrap_or_default();
            if namespace != "default" && is_namespaced(kind) {
                set(Rc::make_mut(object), namespace);
            }
        }
        Request::Look(look) if namespace != "default" => {
            if let Look::Expose { service, .. } = Rc::make_mut(look) {
                set(service, namespace);
            }
        }
        _ => {}
    }
}

fn set(object: &mut Value, namespace: &str) {
    object["metadata"]["namespace"] = namespace.into();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_namespace_is_found_wherever_it_stands() {
        let of = |line: &str| {
            let split = split(line.split(' ').map(str::to_string).collect());
            split.map(|(namespace, words)| [&namespace, ": ", &words.join(" ")].concat())
        };
        for (line, want) in [
            ("get pods", "default: get pods"),
            ("-n default get pods", "default: get pods"),
            ("get pods --namespace=shop -o name", "shop: get pods -o name"),
            ("get -nshop pods", "shop: get pods"),
            ("run x --namespace shop", "shop: run x"),
            ("exec web -- nc -n x", "default: exec web -- nc -n x"),
            ("delete pod x --now", "default: delete pod x --now"),
        ] {
            assert_eq!(of(line).as_deref(), Ok(want));
        }
        assert!(of("get po -n").is_err_and(|e| e.starts_with("error: ")));
    }
}
