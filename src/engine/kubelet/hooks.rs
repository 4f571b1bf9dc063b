//! Running hooks: a command, a request or a wait.
//!
//! Source: pkg/kubelet/lifecycle/handlers.go

use super::over_network;
use super::service::{Kubelet, KubeletTimer, Owner};
use super::worker::HookRun;
use crate::api::{Container, EventType, Handler, Pod};
use crate::base::SimTime;
use crate::engine::cri::{RuntimeCall, RuntimeReply};
use crate::engine::cx::Cx;
use crate::engine::network::http_get::authority;
use crate::engine::network::{Dial, Dialed, Outcome};
use crate::engine::trace::Subject;
use crate::engine::wire::SimEvent;
use crate::rules::Rule;

impl Kubelet {
    /// Runs a hook; the answer goes to `owner`, for a sleep by a timer.
    pub(super) fn run_hook(
        &mut self,
        owner: Owner,
        hook: &Handler,
        instance: u64,
        (uid, container): (&str, &str),
        cx: &mut Cx,
    ) -> u64 {
        if let Some(exec) = &hook.exec {
            let call = RuntimeCall::Exec { instance, argv: exec.command.clone(), timeout: None };
            return self.call(owner, call, cx);
        }
        if let Some(sleep) = &hook.sleep {
            let id = cx.wire.fresh();
            self.calls.insert(id, owner);
            let timer = KubeletTimer::HookOver(uid.to_string(), container.to_string(), id);
            cx.after(SimTime::secs(sleep.seconds), SimEvent::Kubelet(timer));
            return id;
        }
        let dial = match self.workers.get(uid).map(|w| (&w.pod.spec, &w.ip)) {
            Some((spec, ip)) => match spec.container(container) {
                Some(c) => over_network::of_hook(hook, c, ip),
                None => Dial::Impossible(String::new()),
            },
            None => Dial::Impossible(String::new()),
        };
        self.dial(owner, dial, cx)
    }

    /// A hook that sleeps is over: as if a command had ended well.
    pub(super) fn sleep_is_over(&mut self, uid: &str, container: &str, call: u64, cx: &mut Cx) {
        let reply = done();
        match self.calls.remove(&call) {
            Some(Owner::Step(_)) => self.step_replied(uid, reply, cx),
            Some(Owner::PreStop(..)) => self.pre_stop_done(uid, container, call, &reply, cx),
            _ => {}
        }
    }

    /// A hook's request has ended: as if a command had. Any answer is a success; a fall-back from
    /// HTTPS to HTTP is told.
    pub(super) fn hook_dialed(
        &mut self,
        uid: &str,
        name: &str,
        kind: &str,
        dialed: &Dialed,
        cx: &mut Cx,
    ) -> RuntimeReply {
        if dialed.outcome != Outcome::Success {
            return RuntimeReply::ExecFailed(dialed.output.clone());
        }
        let pod = self.workers.get(uid).map(|w| (w.pod.clone(), w.ip.clone()));
        if let Some((pod, ip)) = pod.filter(|_| dialed.fell_back)
            && let Some(c) = pod.spec.container(name)
        {
            let hooks = &c.lifecycle;
            let hook = if kind == "preStop" { &hooks.pre_stop } else { &hooks.post_start };
            if let Some(Dial::Http(action)) =
                hook.as_ref().map(|h| over_network::of_hook(h, c, &ip))
            {
                let host = authority(&action.url);
                let text = format!(
                    "request to HTTPS lifecycle hook {host} got HTTP response, retry with HTTP \
                     succeeded"
                );
                let reason = "LifecycleHTTPFallback";
                self.event(&pod, "", EventType::Warning, reason, &text, cx);
                let fields = vec![format!("{}.lifecycle.{kind}", pod.spec.path_of(name))];
                let subject = Subject::container(&pod.meta.name, name);
                let facts = vec![("kind", kind.into()), ("host", host.into())];
                cx.cite_fields(subject, Rule::HookFallback, facts, fields);
            }
        }
        done()
    }
}

impl HookRun {
    /// A hook that begins.
    pub fn begin(kind: &'static str, hook: &Handler, now: SimTime) -> Self {
        HookRun { kind, action: hook.action(), started: now, ended: None, ok: None }
    }

    /// It ended.
    pub fn end(&mut self, ok: bool, now: SimTime) {
        self.ended = Some(now);
        self.ok = Some(ok);
    }
}

/// As if a command had ended well.
fn done() -> RuntimeReply {
    RuntimeReply::Execed { code: 0, stdout: String::new(), stderr: String::new() }
}

/// What the status says of a postStart hook that failed.
pub fn post_start_error(pod: &Pod, c: &Container, reply: &RuntimeReply) -> String {
    let Some(hook) = &c.lifecycle.post_start else { return String::new() };
    let who = format!(
        "for Container \"{}\" in Pod \"{}_default({})\" failed - error:",
        c.name, pod.meta.name, pod.meta.uid
    );
    let error = match reply {
        RuntimeReply::ExecFailed(error) => error.clone(),
        _ => String::new(),
    };
    if let Some(get) = &hook.http_get {
        let path = get["path"].as_str().unwrap_or_default();
        return format!("HTTP lifecycle hook ({path}) {who} {error}");
    }
    let Some(exec) = &hook.exec else { return format!("Cannot run handler: {error}") };
    let command = exec.command.join(" ");
    let (error, output) = match reply {
        RuntimeReply::Execed { code, stdout, stderr } => {
            let error = format!("command '{command}' exited with {code}: {stderr}");
            (error, [stdout.as_str(), stderr].concat())
        }
        _ => (error, String::new()),
    };
    format!("Exec lifecycle hook ([{command}]) {who} {error}, message: {output:?}")
}
