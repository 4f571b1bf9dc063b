//! What Lifepod itself says of a manifest that a cluster takes: annotations under `lifepod.dev/`
//! that cannot be read or have no effect, images that no registry has.

use crate::base::json::Value;
use crate::base::{FieldPath, Lang, Span};
use crate::engine::traffic::Plan;
use crate::engine::traffic::plan::ANNOTATION;
use crate::manifest::{Document, SourceMap, suggest};
use crate::rules::Rule;
use crate::shell::behaviour::{Behaviour, Key, Mistake, Wanted, key};
use crate::shell::commands;
use crate::shell::images::{Lack, Reference, catalog, lack};

/// One thing that is said. Texts: English, Chinese.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The rule that it belongs to.
    pub rule: &'static str,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: [String; 2],
    /// What to do; may be empty.
    pub help: [String; 2],
    /// The words that could stand there instead.
    pub known: Vec<&'static str>,
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
    let rule = Rule::NoteAnnotation.id();
    let finding = |span, message, help| Finding { rule, span, message, help, known: Vec::new() };
    if name != ANNOTATION {
        let known = vec!["traffic"];
        let whole = spans.key.unwrap_or(spans.value);
        return Some(Finding { known, ..finding(whole, unknown_word(key), Default::default()) });
    }
    let mistake = Plan::of_annotation("", value).err()?;
    let culprit = value.get(mistake.start..mistake.end).unwrap_or(value);
    let span = inside(text, spans.value, mistake, culprit);
    let known = match mistake.wanted {
        Wanted::TrafficWord => Plan::WORDS[1..].to_vec(),
        _ => Vec::new(),
    };
    let found = finding(span, not_read(culprit, mistake.wanted), example(mistake.wanted));
    Some(Finding { known, ..found })
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
    let rule = Rule::NoteAnnotation.id();
    let finding = |span, message, help| Finding { rule, span, message, help, known: Vec::new() };
    if !Behaviour::WORDS.contains(&key.word) {
        return Some(Finding {
            known: Behaviour::WORDS.to_vec(),
            ..finding(whole, unknown_word(key), near_word(key))
        });
    }
    let all = containers(pod);
    let mut meant =
        all.iter().filter(|(_, c)| key.container.is_empty() || c["name"] == key.container);
    let names: Vec<&str> = all.iter().filter_map(|(_, c)| c["name"].as_str()).collect();
    if meant.clone().next().is_none() {
        return Some(finding(whole, no_container(key), its_containers(&names)));
    }
    if let Err(mistake) = Behaviour::default().set(key.word, value) {
        let culprit = value.get(mistake.start..mistake.end).unwrap_or(value);
        let span = inside(text, spans.value, mistake, culprit);
        return Some(finding(span, not_read(culprit, mistake.wanted), example(mistake.wanted)));
    }
    let has_effect = matches!(key.word, "memory" | "size" | "pull");
    if !has_effect && meant.all(|(_, c)| runs_command(c)) {
        return Some(finding(whole, no_effect(key), script()));
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
    let full = reference.full();
    let message = match why {
        Lack::Host => {
            [format!("{full}: there is no such registry"), format!("{full}：没有这个镜像仓库")]
        }
        Lack::Repository => [
            format!("{full}: Docker Hub has no such image"),
            format!("{full}：Docker Hub 上没有这个镜像"),
        ],
        Lack::Tag => {
            [format!("{full}: the image has no such tag"), format!("{full}：这个镜像没有这个标签")]
        }
    };
    let near = suggest::nearest(&reference.well_known(), catalog::official());
    let help = match (why, near) {
        (Lack::Repository, Some(near)) => {
            [format!("did you mean `{near}`?"), format!("是不是想写 `{near}`？")]
        }
        _ => ["the pull fails, as on a cluster".into(), "拉取会失败，和真实集群一样".into()],
    };
    let span = pod.map.get(&path.field("image"))?.value;
    Some(Finding { rule: Rule::ImageFailed.id(), span, message, help, known: Vec::new() })
}

fn unknown_word(key: Key) -> [String; 2] {
    let word = key.word;
    [format!("lifepod.dev/ has no word `{word}`"), format!("lifepod.dev/ 没有 `{word}` 这个词")]
}

fn near_word(key: Key) -> [String; 2] {
    match suggest::nearest(key.word, Behaviour::WORDS.into_iter()) {
        Some(near) => [format!("did you mean `{near}`?"), format!("是不是想写 `{near}`？")],
        None => Default::default(),
    }
}

fn no_container(key: Key) -> [String; 2] {
    let name = key.container;
    [format!("the Pod has no container `{name}`"), format!("这个 Pod 没有容器 `{name}`")]
}

fn its_containers(names: &[&str]) -> [String; 2] {
    let names = names.join(", ");
    [format!("its containers: {names}"), format!("它的容器：{names}")]
}

fn no_effect(key: Key) -> [String; 2] {
    let word = key.word;
    [
        format!("`{word}` has no effect here: the container runs a command"),
        format!("`{word}` 在这里不起作用：容器运行的是一条命令"),
    ]
}

fn script() -> [String; 2] {
    [
        "a command does what it says; write it into the script".into(),
        "命令写什么就做什么；请写进脚本".into(),
    ]
}

fn not_read(culprit: &str, wanted: Wanted) -> [String; 2] {
    let (en, zh) = match wanted {
        Wanted::Word => ("is no word of lifepod.dev/", "不是 lifepod.dev/ 的词"),
        Wanted::Time => ("is no time", "不是时间"),
        Wanted::LaterTime => ("needs a later time than the one before", "需要比前一个更晚的时间"),
        Wanted::Size => ("is no amount of bytes", "不是字节数"),
        Wanted::Port => ("is no port", "不是端口"),
        Wanted::Path => ("is no path with its answer", "不是带回答的路径"),
        Wanted::Answer => ("is no answer", "不是回答"),
        Wanted::Serving => ("is no state of a gRPC service", "不是 gRPC 服务的状态"),
        Wanted::Signal => ("is no signal that can be handled", "不是可以处理的信号"),
        Wanted::Reaction => ("is no reaction to a signal", "不是对信号的反应"),
        Wanted::Exit => ("is no exit code", "不是退出码"),
        Wanted::TrafficWord => ("is no word about requests", "不是描述请求的词"),
        Wanted::Target => ("is no Service and no Pod", "不是 Service，也不是 Pod"),
        Wanted::PortNumber => ("is no port", "不是端口"),
        Wanted::UrlPath => ("is no path", "不是路径"),
        Wanted::Bool => ("is neither true nor false", "既不是 true 也不是 false"),
    };
    [format!("`{culprit}` {en}"), format!("`{culprit}` {zh}")]
}

fn example(wanted: Wanted) -> [String; 2] {
    let example = match wanted {
        Wanted::Word => "start: 3s",
        Wanted::Time => "500ms, 3s, 1m30s",
        Wanted::LaterTime => "200, 500@10s, 200@30s",
        Wanted::Size => "64Mi, 1Gi, 500k",
        Wanted::Port => "8080, 9090/grpc, 6379/tcp",
        Wanted::Path => "/healthz=200,500@10s; *=404",
        Wanted::Answer => "200, 302>/there, 200 after 2s, hang, reset",
        Wanted::Serving => "serving, not-serving@10s",
        Wanted::Signal => "TERM=ignore",
        Wanted::Reaction => "ignore, exit 0 after 3s",
        Wanted::Exit => "1 after 30s",
        Wanted::TrafficWord => "every=200ms; path=/; timeout=1s",
        Wanted::Target => "web, service/web, pod/web",
        Wanted::PortNumber => "8080",
        Wanted::UrlPath => "/",
        Wanted::Bool => "true",
    };
    [format!("write it like {example}"), format!("写成这样：{example}")]
}

impl Finding {
    /// Its texts in one language.
    pub fn texts(&self, lang: Lang) -> (&str, &str) {
        let at = usize::from(lang == Lang::Zh);
        (&self.message[at], &self.help[at])
    }
}
