//! What may come next in a command line.

use super::flags::Flag;
use super::{create, debug, delete, drain, exec, expose, label, patch, read, rollout, scale};
use super::{set_env, set_image, taint, verbs};
use crate::api::print::kinds::{self, KINDS};

/// What a completion asks of the cluster.
pub trait Known {
    /// The names of the objects of a kind.
    fn names(&self, kind: &str) -> Vec<String>;
    /// The names of a Pod's containers.
    fn containers(&self, pod: &str) -> Vec<String>;
}

/// How the word that is being typed at the end of `line` can go on: whole words, in order.
pub fn complete(line: &str, known: &dyn Known) -> Vec<String> {
    let start = line.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let (before, word) = line.split_at(start);
    let mut words: Vec<&str> = before.split_whitespace().collect();
    if words.first() == Some(&"kubectl") {
        words.remove(0);
    }
    let mut options = options(&words, word, known);
    options.retain(|option| option.starts_with(word) && option != word);
    options
}

fn options(words: &[&str], word: &str, known: &dyn Known) -> Vec<String> {
    let owned = |all: &[&str]| all.iter().map(|word| word.to_string()).collect();
    let Some((verb, rest)) = words.split_first() else { return owned(&verbs::all()) };
    if word.starts_with('-') {
        return flags(verb, rest.first().copied()).iter().flat_map(shown).collect();
    }
    match words.last().copied().unwrap_or_default() {
        "-o" | "--output" => return owned(&["wide", "yaml", "json", "name", "jsonpath="]),
        "-n" | "--namespace" => return known.names("Namespace"),
        "-l" | "--selector" | "--tail" | "--since" | "--timeout" => return Vec::new(),
        "-c" | "--container" => {
            let pod = rest.iter().find(|word| !word.starts_with('-')).copied().unwrap_or_default();
            return known.containers(pod.rsplit('/').next().unwrap_or_default());
        }
        "--for" => return owned(&["condition=Ready", "delete", "create", "jsonpath="]),
        _ => {}
    }
    let names: Vec<&str> = rest.iter().filter(|word| !word.starts_with('-')).copied().collect();
    match (*verb, names.as_slice()) {
        ("logs" | "exec" | "debug", []) => known.names("Pod"),
        ("cordon" | "uncordon" | "drain", _) => known.names("Node"),
        ("set", []) => owned(&["image", "env"]),
        ("create", []) => owned(&CREATED),
        ("rollout", []) => owned(&["history", "pause", "restart", "resume", "status", "undo"]),
        ("rollout" | "set", [_, kind @ ..]) => objects(kind, word, known),
        ("explain", []) => KINDS.iter().map(|kind| kind.plural.to_string()).collect(),
        ("taint", []) => owned(&["nodes"]),
        ("logs" | "exec" | "debug" | "create" | "explain", _) => Vec::new(),
        ("version" | "api-resources" | "events" | "apply", _) => Vec::new(),
        (_, names) => objects(names, word, known),
    }
}

/// What `create` makes without a file.
const CREATED: [&str; 9] = [
    "configmap",
    "deployment",
    "job",
    "namespace",
    "poddisruptionbudget",
    "priorityclass",
    "quota",
    "secret",
    "serviceaccount",
];

/// Kinds, or the names of the kind that was said, or `kind/name`.
fn objects(names: &[&str], word: &str, known: &dyn Known) -> Vec<String> {
    if let Some((of, _)) = word.split_once('/') {
        let kind = kinds::named(of).map_or("", |kind| kind.kind);
        return known.names(kind).iter().map(|name| [of, "/", name].concat()).collect();
    }
    match names.first() {
        None => {
            let kinds = KINDS.iter().map(|kind| kind.plural.to_string());
            kinds.chain(["all".to_string()]).collect()
        }
        Some(of) => {
            let mut left = known.names(kinds::named(of).map_or("", |kind| kind.kind));
            left.retain(|name| !names.contains(&name.as_str()));
            left
        }
    }
}

/// A flag's long form, with the sign where its value goes.
fn shown(flag: &Flag) -> Option<String> {
    Some(["--", flag.long, if flag.takes_value { "=" } else { "" }].concat())
}

fn flags(verb: &str, next: Option<&str>) -> &'static [Flag] {
    match (verb, next) {
        ("get", _) => read::get::FLAGS,
        ("describe", _) => read::describe::FLAGS,
        ("logs", _) => read::logs::FLAGS,
        ("events", _) => read::events::FLAGS,
        ("wait", _) => read::wait::FLAGS,
        ("delete", _) => delete::FLAGS,
        ("patch", _) => patch::FLAGS,
        ("label" | "annotate", _) => label::FLAGS,
        ("drain", _) => drain::FLAGS,
        ("exec", _) => exec::FLAGS,
        ("debug", _) => debug::FLAGS,
        ("create", _) => create::FLAGS,
        ("taint", _) => taint::FLAGS,
        ("scale", _) => scale::FLAGS,
        ("expose", _) => expose::FLAGS,
        ("rollout", _) => rollout::FLAGS,
        ("set", Some("env")) => set_env::FLAGS,
        ("set", _) => set_image::FLAGS,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Cluster;
    impl Known for Cluster {
        fn names(&self, kind: &str) -> Vec<String> {
            let names: &[&str] = match kind {
                "Pod" => &["db", "web", "web-2"],
                "Node" => &["node-1"],
                _ => &[],
            };
            names.iter().map(|name| name.to_string()).collect()
        }
        fn containers(&self, pod: &str) -> Vec<String> {
            ["app", "side"].iter().filter(|_| pod == "web").map(|c| c.to_string()).collect()
        }
    }

    #[test]
    fn a_line_goes_on_with_what_may_stand_there() {
        let rows = [
            ("desc", "describe"),
            ("kubectl ge", "get"),
            ("get po", "pods podtemplates poddisruptionbudgets"),
            ("get pods w", "web web-2"),
            ("get pods web ", "db web-2"),
            ("get pod/we", "pod/web pod/web-2"),
            ("get pods -o ", "wide yaml json name jsonpath="),
            ("get pods --show", "--show-labels --show-kind"),
            ("logs web -c ", "app side"),
            ("logs ", "db web web-2"),
            ("cordon ", "node-1"),
            ("rollout st", "status"),
            ("wait --for c", "condition=Ready create"),
            ("delete pods web --gr", "--grace-period="),
            ("frobnicate --x", ""),
        ];
        for (line, want) in rows {
            assert_eq!(complete(line, &Cluster).join(" "), want, "{line}");
        }
    }
}
