//! What Lifepod itself says of a manifest that a cluster takes: annotations under `lifepod.dev/`
//! that cannot be read or have no effect, images that no registry has.

use super::texts::*;
use crate::base::json::Value;
use crate::base::{FieldPath, Said, Span, Text};
use crate::engine::traffic::Plan;
use crate::engine::traffic::plan::ANNOTATION;
use crate::manifest::{Document, SourceMap, suggest};
use crate::rules::Rule;
use crate::shell::behaviour::{Behaviour, Key, Mistake, Wanted, key};
use crate::shell::commands;
use crate::shell::images::{Lack, Reference, catalog, lack};

/// One thing that is said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The rule that it belongs to.
    pub rule: &'static str,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: Said,
    /// What to do, where something can be said.
    pub help: Option<Said>,
    /// The words that could stand there instead.
    pub known: Vec<&'static str>,
    /// What is certainly meant by what stands there.
    pub instead: Option<String>,
}

/// What is said of a document of this text, in the order of the text.
pub fn findings(text: &str, document: &Document) -> Vec<Finding> {
    let Some(pod) = Pod::of(document) else { return of_service(text, document) };
    let mut found = Vec::new();
    let annotations = &pod.value["metadata"]["annotations"];
    for (name, value) in annotations.as_object().into_iter().flatten() {
        if let (Some(key), Some(value)) = (key(name), value.as_str()) {
            found.extend(of_annotation(text, &pod, name, key, value));
        }
    }
    for (path, container) in containers(&pod) {
        found.extend(of_image(&pod, &path, container));
    }
    found
}

/// What is wrong with the requests that a Service's annotations declare.
fn of_service(text: &str, document: &Document) -> Vec<Finding> {
    let annotations = document.value["metadata"]["annotations"].as_object();
    let all = annotations.into_iter().flatten().filter(|_| document.kind == "Service");
    all.filter_map(|(name, value)| of_requests(text, document, name, value.as_str()?)).collect()
}

fn of_requests(text: &str, document: &Document, name: &str, value: &str) -> Option<Finding> {
    let key = key(name)?;
    let path = FieldPath::root().field("metadata").field("annotations").key(name);
    let spans = document.source_map.get(&path)?;
    if name != ANNOTATION {
        let known = vec!["traffic"];
        let whole = spans.key.unwrap_or(spans.value);
        let message = Said::with(UNKNOWN_WORD, &[key.word]);
        return Some(Finding { known, ..finding(whole, message, None) });
    }
    let mistake = Plan::of_annotation("", value).err()?;
    let culprit = value.get(mistake.start..mistake.end).unwrap_or(value);
    let span = inside(text, spans.value, mistake, culprit);
    let known = match mistake.wanted {
        Wanted::TrafficWord => Plan::WORDS[1..].to_vec(),
        _ => Vec::new(),
    };
    let (message, example) = not_read(mistake.wanted);
    let help = Some(Said::with(WRITE_LIKE, &[example]));
    let found = finding(span, Said::with(message, &[culprit]), help);
    Some(Finding { known, ..found })
}

/// What is wrong with an annotation.
fn finding(span: Span, message: Said, help: Option<Said>) -> Finding {
    let rule = Rule::NoteAnnotation.id();
    Finding { rule, span, message, help, known: Vec::new(), instead: None }
}

/// A Pod, or the template of one.
struct Pod<'d> {
    value: &'d Value,
    path: FieldPath,
    map: &'d SourceMap,
}

impl<'d> Pod<'d> {
    fn of(document: &'d Document) -> Option<Pod<'d>> {
        let (value, root) = (&document.value, FieldPath::root());
        let map = &document.source_map;
        match document.kind.as_str() {
            "Pod" => Some(Pod { value, path: root, map }),
            _ if value["spec"]["template"].is_object() => {
                let path = root.field("spec").field("template");
                Some(Pod { value: &value["spec"]["template"], path, map })
            }
            _ => None,
        }
    }
}

/// The containers of a Pod with their places.
fn containers<'d>(pod: &Pod<'d>) -> Vec<(FieldPath, &'d Value)> {
    let spec = pod.path.field("spec");
    let of = |list: &'static str| {
        let path = spec.field(list);
        let all = pod.value["spec"][list].as_array().into_iter().flatten().enumerate();
        all.map(move |(i, container)| (path.index(i), container)).collect::<Vec<_>>()
    };
    [of("initContainers"), of("containers")].concat()
}

fn of_annotation(text: &str, pod: &Pod, name: &str, key: Key, value: &str) -> Option<Finding> {
    let path = pod.path.field("metadata").field("annotations").key(name);
    let spans = pod.map.get(&path)?;
    let whole = spans.key.unwrap_or(spans.value);
    if !Behaviour::WORDS.contains(&key.word) {
        return Some(Finding {
            known: Behaviour::WORDS.to_vec(),
            instead: near_word(key).map(|near| name.replacen(key.word, near, 1)),
            ..finding(
                whole,
                Said::with(UNKNOWN_WORD, &[key.word]),
                near_word(key).map(|near| Said::with(DID_YOU_MEAN, &[near])),
            )
        });
    }
    let all = containers(pod);
    let mut meant =
        all.iter().filter(|(_, c)| key.container.is_empty() || c["name"] == key.container);
    let names: Vec<&str> = all.iter().filter_map(|(_, c)| c["name"].as_str()).collect();
    if meant.clone().next().is_none() {
        let help = Said::with(ITS_CONTAINERS, &[&names.join(", ")]);
        return Some(finding(whole, Said::with(NO_CONTAINER, &[key.container]), Some(help)));
    }
    if let Err(mistake) = Behaviour::default().set(key.word, value) {
        let culprit = value.get(mistake.start..mistake.end).unwrap_or(value);
        let span = inside(text, spans.value, mistake, culprit);
        let (message, example) = not_read(mistake.wanted);
        let help = Some(Said::with(WRITE_LIKE, &[example]));
        return Some(finding(span, Said::with(message, &[culprit]), help));
    }
    let has_effect = matches!(key.word, "memory" | "size" | "pull");
    if !has_effect && meant.all(|(_, c)| runs_command(c)) {
        let message = Said::with(NO_EFFECT, &[key.word]);
        return Some(finding(whole, message, Some(WRITE_SCRIPT.into())));
    }
    None
}

/// Whether a container runs a shell or a command, which does what it says.
fn runs_command(container: &Value) -> bool {
    let first = container["command"][0].as_str().unwrap_or_default();
    let name = first.rsplit('/').next().unwrap_or_default();
    ["sh", "bash", "ash", "dash"].contains(&name) || commands::names().any(|known| known == name)
}

/// Where the culprit stands: in the value, if the value is written as it is.
fn inside(text: &str, value: Span, mistake: Mistake, culprit: &str) -> Span {
    let quote = usize::from(text[value.start..].starts_with(['"', '\'']));
    let start = value.start + quote + mistake.start;
    let end = start + culprit.len();
    match text.get(start..end) == Some(culprit) && end <= value.end && !culprit.is_empty() {
        true => Span { start, end },
        false => value,
    }
}

fn of_image(pod: &Pod, path: &FieldPath, container: &Value) -> Option<Finding> {
    let image = container["image"].as_str()?;
    let reference = Reference::parse(image);
    let annotations = pod.value["metadata"]["annotations"].as_object().into_iter().flatten();
    let pairs = annotations.filter_map(|(k, v)| Some((k.as_str(), v.as_str()?)));
    let name = container["name"].as_str().unwrap_or_default();
    let is_said = !Behaviour::of_container(pairs, name).is_empty();
    let why = lack(&reference).filter(|why| *why == Lack::Tag || !is_said)?;
    let text = match why {
        Lack::Host => REGISTRY_UNKNOWN,
        Lack::Repository => REPOSITORY_UNKNOWN,
        Lack::Tag => TAG_UNKNOWN,
    };
    let message = Said::with(text, &[&reference.full()]);
    let near = suggest::nearest(&reference.well_known(), catalog::official())
        .filter(|_| why == Lack::Repository);
    let help =
        Some(near.map_or_else(|| PULL_FAILS.into(), |near| Said::with(DID_YOU_MEAN, &[near])));
    let span = pod.map.get(&path.field("image"))?.value;
    let instead = near.map(|near| match image.contains(&reference.well_known()) {
        true => image.replacen(&reference.well_known(), near, 1),
        false => near.to_string(),
    });
    Some(Finding { rule: Rule::ImageFailed.id(), span, message, help, known: Vec::new(), instead })
}

fn near_word(key: Key) -> Option<&'static str> {
    suggest::nearest(key.word, Behaviour::WORDS.into_iter())
}

/// What is said of a value that cannot be read, and one that can.
fn not_read(wanted: Wanted) -> (Text, &'static str) {
    match wanted {
        Wanted::Word => (NOT_A_WORD, "start: 3s"),
        Wanted::Time => (NOT_A_TIME, "500ms, 3s, 1m30s"),
        Wanted::LaterTime => (NOT_LATER, "200, 500@10s, 200@30s"),
        Wanted::Size => (NOT_A_SIZE, "64Mi, 1Gi, 500k"),
        Wanted::Port => (NOT_A_PORT, "8080, 9090/grpc, 6379/tcp"),
        Wanted::Path => (NOT_A_PATH, "/healthz=200,500@10s; *=404"),
        Wanted::Answer => (NOT_AN_ANSWER, "200, 302>/there, 200 after 2s, hang, reset"),
        Wanted::Serving => (NOT_SERVING, "serving, not-serving@10s"),
        Wanted::Signal => (NOT_A_SIGNAL, "TERM=ignore"),
        Wanted::Reaction => (NOT_A_REACTION, "ignore, exit 0 after 3s"),
        Wanted::Exit => (NOT_AN_EXIT, "1 after 30s"),
        Wanted::TrafficWord => (WRONG_TRAFFIC_WORD, "every=200ms; path=/; timeout=1s"),
        Wanted::Target => (NOT_A_TARGET, "web, service/web, pod/web"),
        Wanted::PortNumber => (NOT_A_PORT, "8080"),
        Wanted::UrlPath => (NOT_A_URL_PATH, "/"),
        Wanted::Bool => (NOT_A_BOOL, "true"),
    }
}
