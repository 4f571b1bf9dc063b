//! Creating objects: defaults, validation, the first write.

use super::addresses::keep_addresses;
use super::store::{Answer, ApiServer, set_condition};
use super::update::changed;
use crate::api::validate::FieldError;
use crate::api::{
    ObjectMeta, PlainObject, Pod, PodSpec, PodStatus, Service, Timestamp, defaults, qos, resource,
    validate,
};
use crate::base::draw;
use crate::base::json::{Value, read};
use crate::engine::cx::Cx;
use crate::engine::limits;
use crate::engine::message::{Done, Refusal};
use crate::engine::trace::{Subject, WatchType};
use crate::rules::Rule;
use std::rc::Rc;

/// Source: pod/strategy.go applySchedulingGatedCondition
const GATED: &str = "Scheduling is blocked due to non-empty scheduling gates";

impl ApiServer {
    /// Creates the object, or updates it if one of its name is there.
    /// Source: apiserver endpoints/handlers/create.go; pod/strategy.go PrepareForCreate
    pub(super) fn apply(&mut self, object: &Value, cx: &mut Cx) -> Answer {
        let kind = object["kind"].as_str().unwrap_or_default().to_string();
        let name = object["metadata"]["name"].as_str().unwrap_or_default().to_string();
        let placed = self.admit_place(&kind, &name, object);
        let answer = match kind.as_str() {
            _ if placed.is_err() => placed.map(|()| Done::Unchanged),
            "Pod" => self.apply_pod(&name, object, cx),
            "Service" => self.apply_service(&name, object, cx),
            kind if PlainObject::KINDS.contains(&kind) => self.apply_plain(kind, &name, object, cx),
            _ => Err(not_simulated(&kind)),
        };
        answer.map_err(|refusal| ApiServer::refuse(&kind, &name, refusal, cx))
    }

    fn apply_pod(&mut self, name: &str, object: &Value, cx: &mut Cx) -> Answer {
        if let Some(old) = self.pod(name).cloned() {
            return self.update_pod(&old, object, cx);
        }
        if self.pods().count() >= limits::PODS {
            return Err(Refusal {
                reason: "Forbidden".into(),
                message: format!(
                    "pods \"{name}\" is forbidden: Lifepod keeps {} Pods",
                    limits::PODS
                ),
            });
        }
        let (object, automount) = self.with_service_account(name, object)?;
        let object = self.with_priority(name, object)?;
        let object = self.with_limits(name, object, cx)?;
        let suffix = if automount { token_suffix(cx.seed, name) } else { String::new() };
        let full = admitted(&object, &suffix)?;
        let meta = read_meta(&full)?;
        let spec = PodSpec::read(full["spec"].clone()).map_err(|m| bad_request("Pod", &m))?;
        self.admit_quota("Pod", &meta, &spec.raw, cx)?;
        let mut status =
            PodStatus { qos_class: qos::class(&spec.raw).into(), ..Default::default() };
        if spec.raw["schedulingGates"].as_array().is_some_and(|gates| !gates.is_empty()) {
            let now = Timestamp::at(cx.now);
            set_condition(&mut status, "PodScheduled", "False", "SchedulingGated", GATED, now);
        }
        let pod = Pod { meta: self.new_meta(meta, cx), spec: Rc::new(spec), status };
        let facts = vec![("kind", "Pod".into()), ("name", name.into())];
        cx.cite(Subject::pod(name), Rule::ApiCreated, facts);
        self.write_pod(WatchType::Added, pod, cx);
        Ok(Done::Created)
    }

    /// A Pod with what its service account adds, and whether it gets a token.
    /// Source: plugin/pkg/admission/serviceaccount/admission.go Admit, shouldAutomount
    fn with_service_account(&self, pod: &str, object: &Value) -> Result<(Value, bool), Refusal> {
        let spec = &object["spec"];
        let names = [spec["serviceAccountName"].as_str(), spec["serviceAccount"].as_str()];
        let name = names.into_iter().flatten().find(|n| !n.is_empty()).unwrap_or("default");
        let home = resource::home(object);
        let account = self.plain("ServiceAccount", name).filter(|account| account.is_for(home));
        let Some(account) = account else {
            let message = format!(
                "pods \"{pod}\" is forbidden: error looking up service account {home}/{name}: \
                 serviceaccount \"{name}\" not found"
            );
            return Err(Refusal { reason: "Forbidden".into(), message });
        };
        let wanted = &spec["automountServiceAccountToken"];
        let wanted =
            if wanted.is_null() { &account.body["automountServiceAccountToken"] } else { wanted };
        let automount = wanted != false;
        let mut object = object.clone();
        let secrets = &account.body["imagePullSecrets"];
        if object["spec"]["imagePullSecrets"].is_null() && !secrets.is_null() {
            object["spec"]["imagePullSecrets"] = secrets.clone();
        }
        Ok((object, automount))
    }

    fn apply_service(&mut self, name: &str, object: &Value, cx: &mut Cx) -> Answer {
        let Some(old) = self.service(name).cloned() else {
            let full = admitted(object, "")?;
            let (meta, mut spec) = (read_meta(&full)?, full["spec"].clone());
            self.give_addresses(name, &mut spec, None, cx.seed)?;
            self.admit_quota("Service", &meta, &spec, cx)?;
            let meta = self.new_meta(meta, cx);
            let facts = vec![("kind", "Service".into()), ("name", name.into())];
            cx.cite(Subject::default(), Rule::ApiCreated, facts);
            self.write_service(WatchType::Added, Service { meta, spec }, cx);
            return Ok(Done::Created);
        };
        let mut object = object.clone();
        keep_addresses(&mut object["spec"], &old.spec);
        let full = changed(&old.to_json(), &object)?;
        let (meta, mut spec) = (read_meta(&full)?, full["spec"].clone());
        self.give_addresses(name, &mut spec, Some(&old.spec), cx.seed)?;
        let ObjectMeta { labels, annotations, .. } = meta;
        let same = old.meta.labels == labels && old.meta.annotations == annotations;
        if old.spec == spec && same {
            return Ok(Done::Unchanged);
        }
        let meta = ObjectMeta { labels, annotations, ..old.meta.clone() };
        self.write_service(WatchType::Modified, Service { meta, spec }, cx);
        Ok(Done::Configured)
    }
}

/// The object with defaults, if it is valid.
pub(super) fn admitted(object: &Value, token_suffix: &str) -> Result<Value, Refusal> {
    let mut full = object.clone();
    defaults::fill(&mut full, token_suffix);
    defaults::settle(&mut full);
    refused(&full, &validate::object(&full))?;
    Ok(full)
}

/// What is answered when validation finds errors; kubectl tells each once.
/// Source: kubectl cmd/util/helpers.go checkErr, MultipleErrors
pub(super) fn refused(object: &Value, errors: &[FieldError]) -> Result<(), Refusal> {
    let kind = object["kind"].as_str().unwrap_or_default();
    let name = object["metadata"]["name"].as_str().unwrap_or_default();
    let mut list: Vec<String> = Vec::new();
    for words in errors.iter().map(ToString::to_string) {
        if !list.contains(&words) {
            list.push(words);
        }
    }
    let message = match list.as_slice() {
        [] => return Ok(()),
        [one] => format!("The {kind} \"{name}\" is invalid: {one}"),
        many => format!("The {kind} \"{name}\" is invalid: \n* {}", many.join("\n* ")),
    };
    Err(Refusal { reason: "Invalid".into(), message })
}

/// The metadata of an object as sent.
pub(super) fn read_meta(object: &Value) -> Result<ObjectMeta, Refusal> {
    read(&object["metadata"])
        .map_err(|e| bad_request(object["kind"].as_str().unwrap_or_default(), &e))
}

/// The five letters at the end of the token volume's name.
pub(super) fn token_suffix(seed: u64, name: &str) -> String {
    const LETTERS: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";
    let letter = |i| LETTERS[draw(seed, "token", name, i, LETTERS.len() as u64) as usize];
    (0..5).map(|i| char::from(letter(i))).collect()
}

fn bad_request(kind: &str, message: &str) -> Refusal {
    Refusal {
        reason: "BadRequest".into(),
        message: format!(
            "{kind} in version \"v1\" cannot be handled as a {kind}: json: cannot unmarshal: {message}"
        ),
    }
}

pub(super) fn not_simulated(kind: &str) -> Refusal {
    Refusal {
        reason: "NotSimulated".into(),
        message: format!("Lifepod does not simulate the kind {kind} yet"),
    }
}
