//! What `kubectl apply -f FILE` answers in an empty namespace, word for word.
//!
//! Source: kubectl 1.32 cmd/apply/apply.go, cli-runtime resource/visitor.go StreamVisitor,
//! cmd/util/helpers.go checkErr; the API server's part in `manifest::refusal`,
//! `api::validate` and `admission`.

use crate::base::json::{Map, Value};

use super::admission::{self, Created, Stored};
use crate::api::patch::applied;
use crate::api::validate::FieldError;
use crate::api::{defaults, validate};
use crate::manifest::decode::decode;
use crate::manifest::json::{self, convert};
use crate::manifest::kinds;
use crate::manifest::refusal;
use crate::manifest::schema::Schema;
use crate::manifest::{ProblemKind, read};
use crate::yaml::limits::MAX_TEXT_BYTES;
use crate::yaml::problem::ProblemKind as TextProblem;
use crate::yaml::{self, Chunk};

/// An answer of `kubectl apply`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ApplyAnswer {
    /// What was done, a line an object.
    pub stdout: String,
    /// Warnings, then what was refused.
    pub stderr: String,
    /// 0 if all objects were taken, else 1.
    pub code: i32,
}

/// What `kubectl apply -f file` answers to `text` in an empty cluster.
pub fn answer(text: &str, file: &str) -> ApplyAnswer {
    answer_in(text, file, false)
}

/// The same in a cluster that may have more than the text says; what depends on that it answers
/// itself.
pub fn answer_in(text: &str, file: &str, elsewhere: bool) -> ApplyAnswer {
    let mut client = Client { file, schema: Schema::load(), elsewhere, ..Client::default() };
    let infos = client.collect(text);
    if infos.is_empty() && client.errors.is_empty() {
        client.errors.push(Refusal::Plain("no objects passed to apply".into()));
    }
    for info in &infos {
        client.apply(info);
    }
    client.finish()
}

/// Why an object, or the file, is refused.
enum Refusal {
    /// kubectl's own words; it puts `error: ` in front of a single one.
    Plain(String),
    /// The API server's words with a reason: `NotFound`, `BadRequest`.
    Server { reason: &'static str, words: String },
    /// Refused by validation: the kind, the name, and the errors.
    Invalid { kind: String, name: String, verb: &'static str, errors: Vec<String> },
}

/// An object of the file that kubectl knows how to send.
struct Info {
    value: Value,
    api_version: String,
    kind: String,
    name: String,
    namespace: Option<String>,
}

#[derive(Default)]
struct Client<'f> {
    file: &'f str,
    schema: Schema,
    stdout: String,
    warnings: String,
    errors: Vec<Refusal>,
    created: Created,
    elsewhere: bool,
}

impl Client<'_> {
    /// The objects of the file. A document that cannot be read ends the reading; one of an
    /// unknown kind does not.
    fn collect(&mut self, text: &str) -> Vec<Info> {
        let mut infos = Vec::new();
        if text.len() > MAX_TEXT_BYTES {
            self.unreadable(text);
            return infos;
        }
        for chunk in yaml::split(text) {
            let Some(value) = self.document(text, chunk) else { break };
            if value.is_null() {
                continue;
            }
            if let Some(words) = invalid_object(&value) {
                self.errors.push(Refusal::Plain(format!(
                    "error validating {:?}: error validating data: {words}; if you choose to \
                     ignore these errors, turn validation off with --validate=false",
                    self.file
                )));
                break;
            }
            self.flatten(value, &mut infos);
        }
        infos
    }

    /// The JSON of one document, or none when it cannot be read.
    fn document(&mut self, text: &str, chunk: Chunk) -> Option<Value> {
        let (tree, problems) = yaml::parse(text, chunk);
        let problem = problems.into_iter().find(|p| p.kind.is_error());
        if let Some(problem) = problem {
            let words = match problem.kind {
                TextProblem::Syntax(error) => error.go_message(),
                TextProblem::UnknownAlias(name) => {
                    format!("yaml: unknown anchor '{name}' referenced")
                }
                _ => {
                    self.unreadable(text);
                    return None;
                }
            };
            self.errors.push(Refusal::Plain(self.parsing(&words)));
            return None;
        }
        let converted = convert(&tree);
        let limit = |kind: &ProblemKind| !matches!(kind, ProblemKind::DuplicateKey { .. });
        if converted.problems.iter().any(|(_, kind)| limit(kind)) {
            self.unreadable(text);
            return None;
        }
        Some(converted.value)
    }

    fn parsing(&self, words: &str) -> String {
        format!("error parsing {}: error converting YAML to JSON: {words}", self.file)
    }

    /// A text that kubectl might read and we do not: the words are ours, and name the rule; the
    /// problem itself is told beside the text.
    fn unreadable(&mut self, text: &str) {
        let rule = read(text).diagnostics.first().map_or("manifest.limit", |d| d.rule);
        let words = self.parsing(&["Lifepod does not read this: ", rule].concat());
        self.errors.push(Refusal::Plain(words));
    }

    /// The objects in a list of objects, or the object itself.
    ///
    /// DIFFERENCE: the items of a `List` kubectl checks itself, against the OpenAPI schema, and
    /// words it `ValidationError(Pod.spec): …`; here the server refuses them in its own words.
    /// Source: cli-runtime resource/query_param_verifier.go HasSupport.
    fn flatten(&mut self, value: Value, infos: &mut Vec<Info>) {
        let text = |v: &Value| v.as_str().unwrap_or_default().to_string();
        let (api_version, kind) = (text(&value["apiVersion"]), text(&value["kind"]));
        let item_kind = kinds::of_items(&self.schema, &api_version, &kind);
        if let (Some(item_kind), Some(items)) = (item_kind, value.get("items")) {
            for item in items.as_array().into_iter().flatten() {
                self.flatten(json::item(item, &api_version, item_kind), infos);
            }
            return;
        }
        let name = text(&value["metadata"]["name"]);
        let namespace = value["metadata"]["namespace"].as_str().map(str::to_string);
        if kinds::mapped(&self.schema, &api_version, &kind).is_some() {
            infos.push(Info { value, api_version, kind, name, namespace });
        } else {
            let namespace = namespace.unwrap_or_default();
            self.errors.push(Refusal::Plain(format!(
                "resource mapping not found for name: {name:?} namespace: {namespace:?} from \
                 {:?}: no matches for kind {kind:?} in version {api_version:?}\nensure CRDs are \
                 installed first",
                self.file
            )));
        }
    }

    fn apply(&mut self, info: &Info) {
        if info.name.is_empty() {
            self.errors.push(self.nameless(info));
            return;
        }
        match self.create(info) {
            Ok(verb) => {
                let name = kinds::answer_name(&info.api_version, &info.kind, &info.name);
                self.stdout.push_str(&format!("{name} {verb}\n"));
            }
            Err(refusal) => self.errors.push(refusal),
        }
    }

    fn nameless(&self, info: &Info) -> Refusal {
        if let Some(prefix) = info.value["metadata"]["generateName"].as_str() {
            return Refusal::Plain(format!("from {prefix}: cannot use generate name with apply"));
        }
        let version = info.api_version.rsplit('/').next().unwrap_or_default();
        let group = kinds::group(&info.api_version);
        let namespaced = kinds::is_namespaced(&info.kind);
        let default = if namespaced { "default" } else { "" };
        let namespace = info.namespace.as_deref().unwrap_or(default);
        Refusal::Plain(format!(
            "error when retrieving current configuration of:\nResource: \"{group}/{version}, \
             Resource={}\", GroupVersionKind: \"{group}/{version}, Kind={}\"\nName: \"\", \
             Namespace: {namespace:?}\nfrom server for: {:?}: resource name may not be empty",
            kinds::resource(&info.kind),
            info.kind,
            self.file
        ))
    }

    /// The API server's part, in its order: decode, defaults, admission, validation, storage.
    fn create(&mut self, info: &Info) -> Result<&'static str, Refusal> {
        if let Some(words) = self.in_small_letters(info) {
            return Err(self.server("BadRequest", words));
        }
        let sent = as_kubectl_sends(&info.value);
        if let Some(kind) = self.schema.kind(&info.api_version, &info.kind)
            && let Some(words) = refusal::words(&decode(&self.schema, kind, &sent))
        {
            let version = info.api_version.rsplit('/').next().unwrap_or_default();
            let head = format!("{kind} in version {version:?} cannot be handled as a {kind}");
            return Err(self.server("BadRequest", format!("{head}: {words}")));
        }
        let namespace = info.namespace.as_deref().unwrap_or("default");
        if let Some(there) = self.created.get(&info.kind, namespace, &info.name).cloned() {
            return self.change(info, namespace, &there, sent);
        }
        if let Err((reason, words)) = admission::admit(&self.created, &sent, namespace)
            && !self.elsewhere
        {
            return Err(self.server(reason, words));
        }
        let mut full = sent.clone();
        defaults::fill(&mut full, "xxxxx");
        refuse(info, "creating", &validate::object(&full))?;
        self.warn(&full);
        defaults::allocate(&mut full);
        self.created.put(&info.kind, namespace, &info.name, Stored { sent, full });
        Ok("created")
    }

    /// An object that is there: kubectl sends what is to change, if anything is.
    fn change(
        &mut self,
        info: &Info,
        namespace: &str,
        there: &Stored,
        sent: Value,
    ) -> Result<&'static str, Refusal> {
        if there.sent == sent {
            return Ok("unchanged");
        }
        let mut full = applied(&there.full, &there.sent, &sent);
        defaults::refill(&there.full, &mut full);
        refuse(info, "patching", &validate::update(&there.full, &full))?;
        self.warn(&full);
        self.created.put(&info.kind, namespace, &info.name, Stored { sent, full });
        Ok("configured")
    }

    fn warn(&mut self, object: &Value) {
        for warning in validate::warnings(object) {
            self.warnings.push_str(&format!("Warning: {warning}\n"));
        }
    }

    /// kubectl finds the resource of a kind in small letters; the server has no such kind.
    ///
    /// Source: apiserver handlers/rest.go transformDecodeError; apimachinery runtime/error.go.
    fn in_small_letters(&self, info: &Info) -> Option<String> {
        let (kind, api_version) = (info.kind.as_str(), info.api_version.as_str());
        let real = kinds::mapped(&self.schema, api_version, kind).filter(|real| *real != kind)?;
        let version = api_version.rsplit('/').next().unwrap_or_default();
        Some(format!(
            "{kind} in version {version:?} cannot be handled as a {real}: no kind {kind:?} is \
             registered for version {api_version:?} in scheme \
             \"pkg/api/legacyscheme/scheme.go:30\""
        ))
    }

    fn server(&self, reason: &'static str, words: String) -> Refusal {
        let words = format!("error when creating {:?}: {words}", self.file);
        Refusal::Server { reason, words }
    }

    fn finish(self) -> ApplyAnswer {
        let code = i32::from(!self.errors.is_empty());
        let mut stderr = self.warnings;
        match &self.errors[..] {
            [one] => stderr.push_str(&alone(one)),
            several => {
                for refusal in several {
                    stderr.push_str(&among_others(refusal, self.file));
                }
            }
        }
        ApplyAnswer { stdout: self.stdout, stderr, code }
    }
}

/// What validation has found, if anything.
fn refuse(info: &Info, verb: &'static str, errors: &[FieldError]) -> Result<(), Refusal> {
    if errors.is_empty() {
        return Ok(());
    }
    let errors = errors.iter().map(ToString::to_string).collect();
    let (kind, name) = (info.kind.clone(), info.name.clone());
    Err(Refusal::Invalid { kind, name, verb, errors })
}

/// A single refusal, as kubectl prints it.
fn alone(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Plain(words) if words.starts_with("error: ") => format!("{words}\n"),
        Refusal::Plain(words) => format!("error: {words}\n"),
        Refusal::Server { reason, words } => format!("Error from server ({reason}): {words}\n"),
        Refusal::Invalid { kind, name, errors, .. } => {
            let mut lines: Vec<&String> = Vec::new();
            for error in errors {
                if !lines.contains(&error) {
                    lines.push(error);
                }
            }
            let head = format!("The {kind} {name:?} is invalid: ");
            match lines[..] {
                [one] => format!("{head}{one}\n"),
                _ => {
                    let list: String = lines.iter().map(|l| format!("* {l}\n")).collect();
                    format!("{head}\n{list}")
                }
            }
        }
    }
}

/// One refusal of several: kubectl prints the raw messages then.
fn among_others(refusal: &Refusal, file: &str) -> String {
    match refusal {
        Refusal::Plain(words) => format!("{words}\n"),
        Refusal::Server { .. } => alone(refusal),
        // DIFFERENCE: for a change kubectl tells its patch and the object before this.
        Refusal::Invalid { kind, name, verb, errors } => {
            let list = match &errors[..] {
                [one] => one.clone(),
                several => format!("[{}]", several.join(", ")),
            };
            format!(
                "Error from server (Invalid): error when {verb} {file:?}: {kind} {name:?} is \
                 invalid: {list}\n"
            )
        }
    }
}

/// What kubectl refuses before it looks for the kind.
fn invalid_object(value: &Value) -> Option<String> {
    if !value.is_object() {
        return Some("invalid object to validate".into());
    }
    let mut words = Vec::new();
    for field in ["apiVersion", "kind"] {
        match &value[field] {
            Value::Null => words.push(format!("{field} not set")),
            Value::String(text) if text.is_empty() => words.push(format!("{field} not set")),
            Value::String(_) => {}
            _ => words.push(format!("{field} isn't string type")),
        }
    }
    match &words[..] {
        [] => None,
        [one] => Some(one.clone()),
        several => Some(format!("[{}]", several.join(", "))),
    }
}

/// kubectl writes its own annotation, and loses annotations that are not all text while it
/// does: `GetAnnotations` of an unstructured object gives none then.
pub(super) fn as_kubectl_sends(value: &Value) -> Value {
    let mut sent = value.clone();
    let Some(metadata) = sent.get_mut("metadata").and_then(Value::as_object_mut) else {
        return sent;
    };
    let all_text = |a: &Map<String, Value>| a.values().all(Value::is_string);
    if metadata.get("annotations").is_some_and(|a| !a.as_object().is_some_and(all_text)) {
        metadata.remove("annotations");
    }
    sent
}
