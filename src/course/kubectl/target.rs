//! What a command is about: kinds by every name they go by, and names of objects.
//!
//! Source: cli-runtime resource/builder.go ResourceTypeOrNameArgs

use crate::api::print::kinds::ALL;

/// An object that a command names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// Its kind: `Pod`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
}

/// Kinds: kind, plural, short name.
const KINDS: &[(&str, &str, &str)] = &[
    ("Pod", "pods", "po"),
    ("Service", "services", "svc"),
    ("ConfigMap", "configmaps", "cm"),
    ("Secret", "secrets", ""),
    ("ServiceAccount", "serviceaccounts", "sa"),
    ("PersistentVolumeClaim", "persistentvolumeclaims", "pvc"),
    ("PersistentVolume", "persistentvolumes", "pv"),
    ("StorageClass", "storageclasses", "sc"),
    ("Node", "nodes", "no"),
    ("Namespace", "namespaces", "ns"),
    ("Deployment", "deployments", "deploy"),
    ("ReplicaSet", "replicasets", "rs"),
    ("Job", "jobs", ""),
    ("ResourceQuota", "resourcequotas", "quota"),
    ("PodDisruptionBudget", "poddisruptionbudgets", "pdb"),
    ("PriorityClass", "priorityclasses", "pc"),
    ("LimitRange", "limitranges", "limits"),
];

/// The kind that a word means.
pub fn kind(word: &str) -> Result<&'static str, String> {
    let groups = [".apps", ".batch", ".policy", ".scheduling.k8s.io"];
    let word = groups.iter().find_map(|g| word.strip_suffix(g)).unwrap_or(word);
    let word = word.to_ascii_lowercase();
    let known = KINDS.iter().find(|(kind, plural, short)| {
        word == kind.to_ascii_lowercase() || word == *plural || (word == *short && !word.is_empty())
    });
    let unknown = || format!("error: the server doesn't have a resource type \"{word}\"\n");
    known.map(|(kind, ..)| *kind).ok_or_else(unknown)
}

/// Kinds whose Pods a command can mean: `logs deploy/web`.
pub const WITH_PODS: [&str; 4] = ["Deployment", "Job", "ReplicaSet", "Service"];

/// The kinds that a word means: `pods,svc`, or `all`.
pub fn kinds(word: &str) -> Result<Vec<&'static str>, String> {
    let mut found = Vec::new();
    for word in word.split(',').filter(|word| !word.is_empty()) {
        match word {
            "all" => found.extend(ALL.split(',').filter_map(|word| kind(word).ok())),
            word => found.push(kind(word)?),
        }
    }
    Ok(found)
}

/// The objects that `names` mean: `pod web db`, or `pod/web service/db`.
pub fn targets(names: &[String]) -> Result<Vec<Target>, String> {
    const NO_NAME: &str = "error: resource(s) were provided, but no name was specified\n";
    let Some(first) = names.first() else {
        return Err("error: You must provide one or more resources by argument or filename.\n\
                    Example resource specifications include:\n   '-f rsrc.yaml'\n   \
                    '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'\n"
            .into());
    };
    if first.contains('/') {
        return names.iter().map(|name| one(name)).collect();
    }
    let mut targets = Vec::new();
    for kind in kinds(first)? {
        targets.extend(names[1..].iter().map(|name| Target { kind, name: name.clone() }));
    }
    if targets.is_empty() { Err(NO_NAME.into()) } else { Ok(targets) }
}

fn one(word: &str) -> Result<Target, String> {
    let mixed = || {
        "error: there is no need to specify a resource type as a separate argument when passing \
         arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of \
         'kubectl get resource resource/<resource_name>'\n"
            .to_string()
    };
    let (kind_word, name) = word.split_once('/').ok_or_else(mixed)?;
    Ok(Target { kind: kind(kind_word)?, name: name.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Vec<(&'static str, String)>, String> {
        let words: Vec<String> = line.split(' ').map(str::to_string).collect();
        Ok(targets(&words)?.into_iter().map(|t| (t.kind, t.name)).collect())
    }

    #[test]
    fn objects_are_named_in_both_forms() {
        let web = ("Pod", "web".to_string());
        assert_eq!(read("po web"), Ok(vec![web.clone()]));
        assert_eq!(read("pods/web svc/db"), Ok(vec![web, ("Service", "db".to_string())]));
        let both = vec![("Deployment", "x".to_string()), ("Service", "x".to_string())];
        assert_eq!(read("deploy,svc x"), Ok(both));
        assert_eq!(read("deployment.apps/x"), Ok(vec![("Deployment", "x".to_string())]));
        assert!(read("pod").expect_err("no name").contains("no name was specified"));
        assert!(read("gizmo x").expect_err("no kind").contains("resource type \"gizmo\""));
    }
}
