//! What is asked for: kinds, kinds with names, `kind/name`.
//!
//! Source: cli-runtime resource/builder.go ResourceTypeOrNameArgs

use crate::api::print::kinds::{self, ALL, Kind};
use crate::api::query::Target;
use crate::base::json::Value;

/// The targets that `words` mean: `pods`, `pod web db`, `pods,svc`, `pod/web svc/db`, `all`.
pub fn targets(words: &[String]) -> Result<Vec<Target>, String> {
    let Some(first) = words.first() else { return Ok(Vec::new()) };
    if words.iter().any(|word| word.contains('/')) {
        return words.iter().map(|word| one(word)).collect();
    }
    let mut all = Vec::new();
    for word in first.split(',').filter(|word| !word.is_empty()) {
        let kinds: Vec<&'static Kind> = match word {
            "all" => ALL.split(',').filter_map(kinds::of).collect(),
            word => vec![kind(word)?],
        };
        for kind in kinds {
            let names = words[1..].iter().map(|name| Target { kind, name: Some(name.clone()) });
            all.extend(names);
            if words.len() == 1 {
                all.push(Target { kind, name: None });
            }
        }
    }
    Ok(all)
}

/// The kind that a word means.
pub fn kind(word: &str) -> Result<&'static Kind, String> {
    let unknown = || ["error: the server doesn't have a resource type \"", word, "\"\n"].concat();
    kinds::named(word).ok_or_else(unknown)
}

fn one(word: &str) -> Result<Target, String> {
    const MIXED: &str = "error: there is no need to specify a resource type as a separate argument \
        when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' \
        instead of 'kubectl get resource resource/<resource_name>'\n";
    let (of, name) = word.split_once('/').ok_or(MIXED)?;
    if of.is_empty() || name.is_empty() || name.contains('/') {
        return Err(
            "error: arguments in resource/name form may not have more than one slash\n".into()
        );
    }
    Ok(Target { kind: kind(of)?, name: Some(name.to_string()) })
}

/// A target for each kind that there is among objects, as they come.
pub fn every_kind(objects: &[Value]) -> Vec<Target> {
    let mut all: Vec<Target> = Vec::new();
    for object in objects {
        let kind = kinds::of(object["kind"].as_str().unwrap_or_default());
        if let Some(kind) = kind.filter(|kind| all.iter().all(|target| target.kind != *kind)) {
            all.push(Target { kind, name: None });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read_in_every_form() {
        let read = |line: &str| {
            let words: Vec<String> = line.split(' ').map(str::to_string).collect();
            let name = |t: &Target| [t.kind.kind, "/", t.name.as_deref().unwrap_or("*")].concat();
            targets(&words).map(|all| all.iter().map(name).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(read("po").as_deref(), Ok("Pod/*"));
        assert_eq!(read("pods web db").as_deref(), Ok("Pod/web Pod/db"));
        assert_eq!(read("pods,svc").as_deref(), Ok("Pod/* Service/*"));
        assert_eq!(
            read("deploy/web endpointslices.discovery.k8s.io/x").as_deref(),
            Ok("Deployment/web EndpointSlice/x")
        );
        assert_eq!(read("deployments.v1.apps web").as_deref(), Ok("Deployment/web"));
        assert!(read("all").is_ok_and(|all| all.starts_with("Pod/* ReplicationController/*")));
        let gizmo = "error: the server doesn't have a resource type \"gizmo\"\n".to_string();
        assert_eq!(read("gizmo x"), Err(gizmo));
        assert!(read("pod/web db").is_err() && read("pod/a/b").is_err());
    }
}
