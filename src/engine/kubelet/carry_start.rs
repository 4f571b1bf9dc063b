//! Starting a container: back-off, image, create, start, postStart.

use super::backoff::{Backoff, BackoffPlan, plan_backoff};
use super::env_file::{self, EnvFile};
use super::hooks;
use super::node_profiles;
use super::plan::{KillOrder, KillReason};
use super::service::{Kubelet, Owner};
use super::worker::{HookRun, StartPhase, Starting, Step};
use crate::api::time::{go_duration, go_duration_ms};
use crate::api::{Container, EventType, Handler, Pod, PullPolicy};
use crate::base::SimTime;
use crate::engine::cri::{RuntimeCall, RuntimeReply};
use crate::engine::cx::Cx;
use crate::engine::trace::Subject;
use crate::rules::Rule;
use crate::shell::images::reference;
use std::rc::Rc;

impl Kubelet {
    /// Source: kuberuntime_manager.go SyncPod `start`; kuberuntime_container.go startContainer
    pub(super) fn begin_start(&mut self, uid: &str, name: &str, cx: &mut Cx) {
        if self.held_back(uid, name, cx) {
            return self.next_step(uid, cx);
        }
        let Some((pod, c)) = self.container(uid, name) else { return self.next_step(uid, cx) };
        let image = c.image.clone();
        let at = match c.image_pull_policy {
            PullPolicy::Always => StartPhase::Pull,
            PullPolicy::IfNotPresent | PullPolicy::Never => StartPhase::Image,
        };
        if let Some(w) = self.workers.get_mut(uid) {
            w.task.starting = Some(Starting { container: name.to_string(), instance: None, at });
        }
        if let Some(error) = reference::complaint(&image) {
            return self.invalid_image(uid, &pod, &c, &error, cx);
        }
        if at == StartPhase::Pull {
            return self.pull(uid, &pod, &c, cx);
        }
        self.call(Owner::Step(uid.to_string()), RuntimeCall::ImageStatus { image }, cx);
    }

    /// Source: images/image_manager.go EnsureImageExists, applyDefaultImageTag
    fn invalid_image(&mut self, uid: &str, pod: &Pod, c: &Container, error: &str, cx: &mut Cx) {
        let text = format!(
            "Failed to apply default image tag \"{0}\": couldn't parse image name \"{0}\": {error}",
            c.image
        );
        let facts = vec![("image", c.image.as_str().into()), ("error", error.into())];
        let subject = Subject::container(&pod.meta.name, &c.name);
        cx.cite_fields(subject, Rule::ImageFailed, facts, image_fields(pod, c));
        self.event(pod, &c.name, EventType::Warning, "InspectFailed", &text, cx);
        self.start_failed(uid, "InvalidImageName", &text, "InvalidImageName", cx);
    }

    /// The container as the sync under way has it.
    fn container(&self, uid: &str, name: &str) -> Option<(Rc<Pod>, Container)> {
        let pod = self.workers.get(uid)?.pod_of_sync();
        Some((pod.clone(), pod.spec.container(name)?.clone()))
    }

    /// Whether crash-loop back-off holds the container back.
    /// Source: kuberuntime_manager.go doBackOff
    fn held_back(&mut self, uid: &str, name: &str, cx: &mut Cx) -> bool {
        let Some((pod, c)) = self.container(uid, name) else { return false };
        let Some(w) = self.workers.get_mut(uid) else { return false };
        let Some(ended) = w.task.seen.newest_exited(name).and_then(|i| i.finished) else {
            return false;
        };
        let key = (name.to_string(), c.image.clone());
        let subject = Subject::container(&pod.meta.name, name);
        let before = w.crash.get(&key).copied();
        match plan_backoff(before, ended, cx.now) {
            BackoffPlan::Start { entry, reset } => {
                w.crash.insert(key, entry);
                cite_start(before, entry, reset, ended, subject, cx);
                false
            }
            BackoffPlan::Wait { until, delay } => {
                let text = go_duration(delay.as_secs());
                let who = format!("{}_default({})", pod.meta.name, pod.meta.uid);
                let message =
                    format!("back-off {text} restarting failed container={name} pod={who}");
                w.reasons.insert(name.to_string(), ("CrashLoopBackOff".into(), message));
                w.task.failed = true;
                w.task.retry_at = Some(w.task.retry_at.map_or(until, |t| t.min(until)));
                let facts = vec![("delay", delay.into()), ("left", until.since(cx.now).into())];
                cx.cite_fields(
                    subject,
                    Rule::BackoffWait,
                    facts,
                    vec!["spec.restartPolicy".into()],
                );
                let message = format!("Back-off restarting failed container {name} in pod {who}");
                self.event(&pod, name, EventType::Warning, "BackOff", &message, cx);
                true
            }
        }
    }

    /// Source: images/image_manager.go pullImage
    fn pull(&mut self, uid: &str, pod: &Rc<Pod>, c: &Container, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        let subject = Subject::container(&pod.meta.name, &c.name);
        let held = w.pulls.get(&c.image).cloned();
        if let Some((entry, error)) = held.filter(|(e, _)| cx.now.since(e.updated) < e.delay) {
            let left = (entry.updated + entry.delay).since(cx.now);
            let facts = vec![("image", c.image.as_str().into()), ("wait", left.into())];
            cx.cite(subject, Rule::ImageBackoff, facts);
            let text = format!("Back-off pulling image \"{}\"", c.image);
            self.event(pod, &c.name, EventType::Normal, "BackOff", &text, cx);
            let message = format!("{text}: ErrImagePull: {error}");
            return self.start_failed(uid, "ImagePullBackOff", &message, "ImagePullBackOff", cx);
        }
        if let Some(starting) = &mut w.task.starting {
            starting.at = StartPhase::Pull;
        }
        let facts = vec![("image", c.image.as_str().into()), ("policy", policy(c).into())];
        cx.cite_fields(subject, Rule::ImagePull, facts, image_fields(pod, c));
        let text = format!("Pulling image \"{}\"", c.image);
        self.event(pod, &c.name, EventType::Normal, "Pulling", &text, cx);
        let behaviour = super::said::behaviour(pod, &c.name);
        let call = RuntimeCall::Pull { image: c.image.clone(), behaviour };
        self.call(Owner::Step(uid.to_string()), call, cx);
    }

    /// The runtime has answered a part of a start.
    pub(super) fn start_replied(&mut self, uid: &str, reply: RuntimeReply, cx: &mut Cx) {
        let Some(starting) = self.workers.get(uid).and_then(|w| w.task.starting.clone()) else {
            return;
        };
        let Some((pod, c)) = self.container(uid, &starting.container) else { return };
        let subject = Subject::container(&pod.meta.name, &c.name);
        match reply {
            RuntimeReply::ImageStatus(true) => {
                let facts = vec![("image", c.image.as_str().into()), ("policy", policy(&c).into())];
                cx.cite_fields(subject, Rule::ImagePresent, facts, image_fields(&pod, &c));
                let text = format!(
                    "Container image \"{}\" already present on machine and can be accessed by the pod",
                    c.image
                );
                self.event(&pod, &c.name, EventType::Normal, "Pulled", &text, cx);
                self.configure(uid, &pod, &c, cx);
            }
            RuntimeReply::ImageStatus(false) if c.image_pull_policy == PullPolicy::Never => {
                let text = format!(
                    "Container image \"{}\" is not present with pull policy of Never",
                    c.image
                );
                self.event(&pod, &c.name, EventType::Warning, "ErrImageNeverPull", &text, cx);
                self.start_failed(uid, "ErrImageNeverPull", &text, "ErrImageNeverPull", cx);
            }
            RuntimeReply::ImageStatus(false) => self.pull(uid, &pod, &c, cx),
            RuntimeReply::Pulled { took, waited, size } => {
                let facts = vec![("image", c.image.as_str().into()), ("took", took.into())];
                cx.cite_fields(subject, Rule::ImagePulled, facts, image_fields(&pod, &c));
                let text = format!(
                    "Successfully pulled image \"{}\" in {} ({} including waiting). Image size: \
                     {size} bytes.",
                    c.image,
                    go_duration_ms(took.as_ms()),
                    go_duration_ms(waited.as_ms())
                );
                self.event(&pod, &c.name, EventType::Normal, "Pulled", &text, cx);
                self.configure(uid, &pod, &c, cx);
            }
            RuntimeReply::Files(files) => self.create(uid, &pod, &c, &files, cx),
            RuntimeReply::PullFailed(error) => self.pull_failed(uid, &pod, &c, &error, cx),
            RuntimeReply::Created(instance) => self.created(uid, &pod, &c, instance, cx),
            RuntimeReply::Started => self.started(uid, &pod, &c, &starting, cx),
            RuntimeReply::StartFailed(error) => {
                self.start_failed(uid, "RunContainerError", &error, &error, cx);
            }
            reply => self.post_start_done(uid, &pod, &c, &reply, cx),
        }
    }

    fn pull_failed(&mut self, uid: &str, pod: &Pod, c: &Container, error: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        let entry = Backoff::after(w.pulls.get(&c.image).map(|(e, _)| *e), cx.now);
        w.pulls.insert(c.image.clone(), (entry, error.to_string()));
        let facts = vec![("image", c.image.as_str().into()), ("error", error.into())];
        cx.cite(Subject::container(&pod.meta.name, &c.name), Rule::ImageFailed, facts);
        let text = format!("Failed to pull image \"{}\": {error}", c.image);
        self.event(pod, &c.name, EventType::Warning, "Failed", &text, cx);
        self.start_failed(uid, "ErrImagePull", error, "ErrImagePull", cx);
    }

    /// The image is there: next come the files that variables are read from, if there are any.
    fn configure(&mut self, uid: &str, pod: &Rc<Pod>, c: &Container, cx: &mut Cx) {
        let wanted = env_file::wanted(pod, &c.name);
        if wanted.is_empty() {
            return self.create(uid, pod, c, &[], cx);
        }
        let call = RuntimeCall::Files { uid: uid.to_string(), wanted };
        self.call(Owner::Step(uid.to_string()), call, cx);
    }

    /// Source: kuberuntime_container.go startContainer, step 2
    fn create(&mut self, uid: &str, pod: &Rc<Pod>, c: &Container, files: &[EnvFile], cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        if let Some(starting) = &mut w.task.starting {
            starting.at = StartPhase::Create;
        }
        let attempt = w.next_attempt(&c.name);
        let ip = w.ip.clone();
        match self.container_config(pod, c, &ip, attempt, files) {
            Ok(spec) => {
                if let Some(error) = node_profiles::missing(pod, &c.name) {
                    return self.not_created(uid, pod, c, "CreateContainerError", &error, cx);
                }
                self.call(Owner::Step(uid.to_string()), RuntimeCall::Create(Rc::new(spec)), cx);
            }
            Err(error) => {
                self.not_created(uid, pod, c, "CreateContainerConfigError", &error, cx);
            }
        }
    }

    fn not_created(
        &mut self,
        uid: &str,
        pod: &Pod,
        c: &Container,
        reason: &str,
        error: &str,
        cx: &mut Cx,
    ) {
        let subject = Subject::container(&pod.meta.name, &c.name);
        let fields = vec![pod.spec.path_of(&c.name)];
        cx.cite_fields(subject, Rule::ConfigError, vec![("error", error.into())], fields);
        self.start_failed(uid, reason, error, error, cx);
    }

    fn created(&mut self, uid: &str, pod: &Pod, c: &Container, instance: u64, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        let attempt = w.next_attempt(&c.name);
        if let Some(starting) = &mut w.task.starting {
            starting.at = StartPhase::Start;
            starting.instance = Some(instance);
        }
        let subject = Subject::container(&pod.meta.name, &c.name);
        let fields = vec![pod.spec.path_of(&c.name)];
        cx.cite_fields(subject, Rule::ContainerCreated, vec![("attempt", attempt.into())], fields);
        self.event(pod, &c.name, EventType::Normal, "Created", "Container created", cx);
        self.call(Owner::Step(uid.to_string()), RuntimeCall::Start(instance), cx);
    }

    fn started(&mut self, uid: &str, pod: &Pod, c: &Container, starting: &Starting, cx: &mut Cx) {
        self.event(pod, &c.name, EventType::Normal, "Started", "Container started", cx);
        if let Some(w) = self.workers.get_mut(uid) {
            w.reasons.remove(&c.name);
        }
        match (&c.lifecycle.post_start, starting.instance) {
            (Some(hook), Some(instance)) => self.post_start(uid, pod, c, hook, instance, cx),
            _ => self.start_succeeded(uid, cx),
        }
    }

    fn start_succeeded(&mut self, uid: &str, cx: &mut Cx) {
        if let Some(w) = self.workers.get_mut(uid) {
            w.task.done += 1;
            w.task.starting = None;
        }
        self.next_step(uid, cx);
    }

    /// The start has failed: the reason is shown by the next status.
    fn start_failed(&mut self, uid: &str, reason: &str, message: &str, event: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        let Some(starting) = w.task.starting.take() else { return };
        let name = starting.container;
        w.reasons.insert(name.clone(), (reason.to_string(), message.to_string()));
        w.task.failed = true;
        let pod = w.pod.clone();
        // A failed init container holds up all that come after it; a sidecar is skipped over.
        // Source: kuberuntime_manager.go SyncPod, step 6
        let sidecar = pod.spec.container(&name).is_some_and(Container::restarts_always);
        if pod.spec.is_init(&name) && !sidecar {
            w.task.steps.retain(|step| !matches!(step, Step::Start(_)));
        }
        let text = format!("Error: {event}");
        self.event(&pod, &name, EventType::Warning, "Failed", &text, cx);
        self.next_step(uid, cx);
    }

    /// postStart blocks the worker: no status, no next container. Source: startContainer, step 4
    fn post_start(
        &mut self,
        uid: &str,
        pod: &Pod,
        c: &Container,
        hook: &Handler,
        instance: u64,
        cx: &mut Cx,
    ) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        if let Some(starting) = &mut w.task.starting {
            starting.at = StartPhase::PostStart;
        }
        w.hooks.insert(c.name.clone(), HookRun::begin("postStart", hook, cx.now));
        let fields = vec![format!("{}.lifecycle.postStart", pod.spec.path_of(&c.name))];
        let subject = Subject::container(&pod.meta.name, &c.name);
        let facts = vec![("action", hook.action().into())];
        cx.cite_fields(subject, Rule::HookPostStart, facts, fields);
        let owner = Owner::Step(uid.to_string());
        self.run_hook(owner, hook, instance, (uid, &c.name), cx);
    }

    fn post_start_done(
        &mut self,
        uid: &str,
        pod: &Pod,
        c: &Container,
        reply: &RuntimeReply,
        cx: &mut Cx,
    ) {
        let ok = matches!(reply, RuntimeReply::Execed { code: 0, .. });
        let Some(w) = self.workers.get_mut(uid) else { return };
        if let Some(hook) = w.hooks.get_mut(&c.name) {
            hook.end(ok, cx.now);
            let took = cx.now.since(hook.started);
            let facts = vec![("kind", "postStart".into()), ("took", took.into())];
            cx.cite(Subject::container(&pod.meta.name, &c.name), Rule::HookDone, facts);
        }
        if ok {
            return self.start_succeeded(uid, cx);
        }
        let Some(instance) = w.task.starting.take().and_then(|s| s.instance) else { return };
        w.task.failed = true;
        let why = hooks::post_start_error(pod, c, reply);
        w.reasons.insert(c.name.clone(), ("PostStartHookError".into(), why));
        let order = KillOrder {
            container: c.name.clone(),
            instance,
            message: "FailedPostStartHook".into(),
            why: KillReason::PostStart,
        };
        w.task.steps.push_front(Step::Kill(vec![order]));
        let text = "PostStartHook failed";
        self.event(pod, &c.name, EventType::Warning, "FailedPostStartHook", text, cx);
        self.next_step(uid, cx);
    }
}

fn cite_start(
    before: Option<Backoff>,
    entry: Backoff,
    reset: bool,
    ended: SimTime,
    subject: Subject,
    cx: &mut Cx,
) {
    match before {
        None => {
            let name = subject.container.as_str().into();
            cx.cite(subject, Rule::BackoffFirst, vec![("container", name)]);
        }
        Some(old) if reset => {
            let ran = ended.since(old.updated);
            cx.cite(subject, Rule::BackoffReset, vec![("ran", ran.into())]);
        }
        Some(old) => {
            let facts = vec![("delay", old.delay.into()), ("next", entry.delay.into())];
            cx.cite(subject, Rule::BackoffOver, facts);
        }
    }
}

fn policy(c: &Container) -> &'static str {
    match c.image_pull_policy {
        PullPolicy::Always => "Always",
        PullPolicy::IfNotPresent => "IfNotPresent",
        PullPolicy::Never => "Never",
    }
}

fn image_fields(pod: &Pod, c: &Container) -> Vec<String> {
    let path = pod.spec.path_of(&c.name);
    vec![format!("{path}.image"), format!("{path}.imagePullPolicy")]
}
