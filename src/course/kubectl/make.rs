//! `kubectl create deployment`, `create job` and `run`: an object from an image.
//!
//! Source: kubectl cmd/create/create_deployment.go, create_job.go; cmd/run/run.go; generate

use super::exec;
use super::flags::{self, Flag, Parsed, switch, value};
use crate::base::json::{Value, json};
use crate::engine::Request;
use std::rc::Rc;

const FLAGS: &[Flag] = &[
    value("image", ' '),
    value("replicas", 'r'),
    value("port", ' '),
    value("namespace", 'n'),
    value("restart", ' '),
    value("env", ' '),
    value("labels", 'l'),
    value("image-pull-policy", ' '),
    switch("command", ' '),
];

/// What has kubectl stay with the Pod that it made.
const ATTACHING: &[Flag] =
    &[switch("rm", ' '), switch("stdin", 'i'), switch("tty", 't'), switch("attach", ' ')];

/// Whether kubectl stays with the Pod. Source: kubectl cmd/run/run.go Complete, Run
fn attaches(parsed: &Parsed, name: &str) -> Result<bool, String> {
    let attach = parsed.is_on("attach") || parsed.is_on("stdin");
    if parsed.is_on("tty") && !parsed.is_on("stdin") {
        return Err("error: -i/--stdin is required for containers with -t/--tty=true\n".into());
    }
    if parsed.is_on("rm") && !attach {
        return Err("error: --rm should only be used for attached containers\n".into());
    }
    let command = parsed.command.clone().unwrap_or_default();
    if parsed.is_on("stdin") && (command.is_empty() || exec::is_bare_shell(&command)) {
        return Err(format!(
            "error: Lifepod has no terminal to type into: say what {name} shall run, as in \
             \"-- sh -c 'wget -qO- web'\"\n"
        ));
    }
    Ok(attach)
}

/// Reads the words behind `create deployment` and `create job`.
pub fn create(kind: &'static str, words: &[String]) -> Result<Vec<Request>, String> {
    let verb = ["create ", &kind.to_ascii_lowercase()].concat();
    let parsed = flags::read(&verb, words, FLAGS)?;
    let name = one_name(&parsed)?;
    let Some(image) = parsed.get("image") else {
        return Err("error: required flag(s) \"image\" not set\n".into());
    };
    let short = image.rsplit('/').next().unwrap_or(image);
    let short = short.split([':', '@']).next().unwrap_or(short);
    let object = match kind {
        "Job" => {
            let spec = pod(&parsed, &name, image, "Never");
            json!({"apiVersion": "batch/v1", "kind": kind, "metadata": {"name": name},
                   "spec": {"template": {"spec": spec}}})
        }
        _ => {
            let labels = json!({"app": name});
            let count = number(&parsed, "replicas")?.unwrap_or(1);
            let mut spec = pod(&parsed, short, image, "");
            if let Some(port) = number(&parsed, "port")? {
                spec["containers"][0]["ports"] = json!([{"containerPort": port}]);
            }
            let template = json!({"metadata": {"labels": labels}, "spec": spec});
            json!({"apiVersion": "apps/v1", "kind": kind,
                   "metadata": {"name": name, "labels": labels},
                   "spec": {"replicas": count, "selector": {"matchLabels": labels},
                            "template": template}})
        }
    };
    Ok(vec![Request::Create(Rc::new(object))])
}

/// Reads the words behind `run`.
pub fn run(words: &[String]) -> Result<Vec<Request>, String> {
    let parsed = flags::read("run", words, &[FLAGS, ATTACHING].concat())?;
    let Some(name) = parsed.names.first().cloned() else {
        return Err("error: NAME is required for run\n".into());
    };
    let attach = attaches(&parsed, &name)?;
    let Some(image) = parsed.get("image") else {
        return Err("error: required flag(s) \"image\" not set\n".into());
    };
    let mut labels = json!({"run": name});
    if let Some(text) = parsed.get("labels") {
        labels = json!({});
        for (key, value) in text.split(',').filter_map(|pair| pair.split_once('=')) {
            labels[key] = value.into();
        }
    }
    let mut spec = pod(&parsed, &name, image, parsed.get("restart").unwrap_or("Always"));
    if let Some(port) = number(&parsed, "port")? {
        spec["containers"][0]["ports"] = json!([{"containerPort": port}]);
    }
    let object = json!({"apiVersion": "v1", "kind": "Pod",
                        "metadata": {"name": name, "labels": labels}, "spec": spec});
    let object = Rc::new(object);
    let remove = parsed.is_on("rm");
    Ok(vec![if attach { Request::Attach { object, remove } } else { Request::Create(object) }])
}

/// The one name behind `create`.
pub(super) fn one_name(parsed: &Parsed) -> Result<String, String> {
    match parsed.names.as_slice() {
        [name] => Ok(name.clone()),
        names => Err(format!("error: exactly one NAME is required, got {}\n", names.len())),
    }
}

fn number(parsed: &Parsed, flag: &str) -> Result<Option<i64>, String> {
    let read = |text: &str| {
        text.parse::<i64>().map_err(|_| format!("error: --{flag}={text} is no whole number\n"))
    };
    parsed.get(flag).map(read).transpose()
}

/// A Pod's spec with one container; what stands behind `--` is its command, or for `run` without
/// `--command` its arguments.
fn pod(parsed: &Parsed, name: &str, image: &str, restart: &str) -> Value {
    let mut container = json!({"name": name, "image": image});
    let running = restart == "Always" || parsed.get("restart").is_some();
    if let Some(words) = parsed.command.clone().filter(|words| !words.is_empty()) {
        let field = if running && !parsed.is_on("command") { "args" } else { "command" };
        container[field] = words.into_iter().map(Value::from).collect();
    }
    let pairs = parsed.all("env").filter_map(|pair| pair.split_once('='));
    let env: Vec<Value> =
        pairs.map(|(name, value)| json!({"name": name, "value": value})).collect();
    if !env.is_empty() {
        container["env"] = env.into();
    }
    if let Some(policy) = parsed.get("image-pull-policy") {
        container["imagePullPolicy"] = policy.into();
    }
    let mut spec = json!({"containers": [container]});
    if !restart.is_empty() {
        spec["restartPolicy"] = restart.into();
    }
    spec
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::kubectl::parse::created as object;

    #[test]
    fn objects_are_made_from_images() {
        let made = object("create deployment web --image=a/nginx:1.22 -r 3 --port=80");
        let made = made.expect("it is one");
        let container = &made["spec"]["template"]["spec"]["containers"][0];
        assert_eq!((&container["name"], &made["spec"]["replicas"]), (&"nginx".into(), &3.into()));
        let job = object("create job pi --image=perl -- perl -e 1").expect("it is one");
        let spec = &job["spec"]["template"]["spec"];
        assert_eq!(spec["restartPolicy"], "Never");
        assert_eq!(spec["containers"][0]["command"], json!(["perl", "-e", "1"]));
        let run = object("run web --image=nginx --env=A=1 -- x").expect("it is one");
        assert_eq!(run["spec"]["containers"][0]["args"], json!(["x"]));
        assert_eq!(run["metadata"]["labels"]["run"], "web");
        assert!(object("create deployment web").is_err_and(|e| e.contains("\"image\" not set")));
        assert!(object("run a --image=b --rm -it -- sh").is_err_and(|e| e.contains("no terminal")));
        assert!(object("run a --image=b --rm -- x").is_err_and(|e| e.contains("--rm should")));
        assert!(object("run").is_err_and(|e| e.starts_with("error: NAME")));
    }
}
