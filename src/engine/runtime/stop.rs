//! Stopping a container: the stop signal, the wait, SIGKILL.

use super::instance::{Instance, SignalSeen, Stopping};
use super::service::{Runtime, RuntimeTimer};
use crate::base::SimTime;
use crate::engine::cri::{InstanceState, RuntimeReply};
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::trace::Subject;
use crate::engine::wire::SimEvent;
use crate::rules::Rule;
use crate::shell::net::Befell;
use crate::shell::{Pid, Signal, SignalEffect};

impl Runtime {
    /// Sends the stop signal once; a second stop only waits along.
    /// Source: containerd internal/cri/server/container_stop.go
    pub(super) fn stop(&mut self, call: u64, number: u64, timeout: SimTime, cx: &mut Cx) {
        let running = |i: &&mut Instance| i.state == InstanceState::Running;
        let Some(instance) = self.instances.get_mut(&number).filter(running) else {
            super::service::reply_to(call, RuntimeReply::Stopped, cx);
            return;
        };
        if let Some(stopping) = &mut instance.stopping {
            stopping.calls.push(call);
            return;
        }
        let kill_at = cx.now + timeout;
        let timer = cx.at(kill_at, SimEvent::Runtime(RuntimeTimer::KillAt(number)));
        instance.stopping = Some(Stopping {
            calls: vec![call],
            since: cx.now,
            kill_at,
            timer: Some(timer),
            killed: false,
        });
        let signal = instance.image.stop;
        self.befell(number, Befell::Stopping, cx);
        self.signal(number, signal, timeout, cx);
    }

    pub(super) fn kill_now(&mut self, number: u64, cx: &mut Cx) {
        let Some(instance) = self.instances.get_mut(&number) else { return };
        let Some(stopping) = &mut instance.stopping else { return };
        stopping.killed = true;
        stopping.timer = None;
        let grace = stopping.kill_at.since(stopping.since);
        let subject = Subject::container(&instance.spec.pod, &instance.spec.container);
        let fields = vec!["spec.terminationGracePeriodSeconds".to_string()];
        cx.cite_fields(subject, Rule::StopKilled, vec![("grace", grace.into())], fields);
        self.befell(number, Befell::Killed, cx);
        self.signal(number, Signal::Kill, SimTime::ZERO, cx);
    }

    /// Sends a signal from outside the container, not as part of a stop.
    pub fn kill_from_outside(&mut self, uid: &str, container: &str, name: &str, cx: &mut Cx) {
        let Some(number) = self.running(uid, container).map(|i| i.id) else { return };
        let Some(signal) = Signal::from_name(name) else { return };
        self.signal(number, signal, SimTime::ZERO, cx);
    }

    fn signal(&mut self, number: u64, signal: Signal, timeout: SimTime, cx: &mut Cx) {
        let Some(instance) = self.instances.get_mut(&number) else { return };
        let Some(home) = instance.home else { return };
        let Some(space) = self.namespaces.get_mut(&home.namespace) else { return };
        let child = foreground_child(&space.kernel, home.init);
        let effect = space.kernel.signal(cx.now, home.init, signal);
        let name = format!("SIG{}", signal.name());
        let key = effect_key(effect);
        instance.signals.push(SignalSeen { at: cx.now, signal, effect: key });
        instance.cite_signal(&name, key, &child, timeout, cx);
        self.pump(number, cx);
    }

    /// Notices that a trap which had to wait has begun: it is no longer due, and the shell was not
    /// killed meanwhile.
    pub(super) fn look_at_traps(&mut self, number: u64, cx: &mut Cx) {
        let Some(instance) = self.instances.get_mut(&number) else { return };
        let Some(home) = instance.home else { return };
        let Some(space) = self.namespaces.get(&home.namespace) else { return };
        let killed = space.kernel.exit(home.init).is_some_and(|exit| exit.signal.is_some());
        let waits = |s: &&mut SignalSeen| s.effect == "trap-waits";
        let mut begun = Vec::new();
        for seen in instance.signals.iter_mut().filter(waits) {
            if !killed && !space.kernel.is_trap_due(home.init, seen.signal) {
                seen.effect = "trap";
                begun.push(seen.signal);
            }
        }
        for signal in begun {
            let name = format!("SIG{}", signal.name());
            let facts = vec![("signal", name.into())];
            cx.cite_fields(instance.subject(), Rule::StopTrap, facts, instance.spec.fields.clone());
        }
    }

    /// PID 1 of a stop has ended: SIGKILL is no longer due.
    pub(super) fn stop_timer_off(&mut self, number: u64, cx: &mut Cx) {
        let Some(instance) = self.instances.get_mut(&number) else { return };
        let Some(stopping) = &mut instance.stopping else { return };
        let Some(timer) = stopping.timer.take() else { return };
        cx.wire.cancel(timer);
        let took = cx.now.since(stopping.since);
        let grace = stopping.kill_at.since(stopping.since);
        let subject = Subject::container(&instance.spec.pod, &instance.spec.container);
        let facts = vec![("took", took.into()), ("grace", grace.into())];
        let fields = vec!["spec.terminationGracePeriodSeconds".to_string()];
        cx.cite_fields(subject, Rule::StopInTime, facts, fields);
    }

    /// The container of a stop is over: answer all who wait.
    pub(super) fn stop_is_over(&mut self, number: u64, cx: &mut Cx) {
        let Some(instance) = self.instances.get_mut(&number) else { return };
        let Some(stopping) = instance.stopping.take() else { return };
        for call in stopping.calls {
            let wait = self.work(latency::STOPPED, call, cx);
            let answer = RuntimeTimer::Answer(call, RuntimeReply::Stopped);
            cx.after(wait, SimEvent::Runtime(answer));
        }
    }
}

impl Instance {
    fn cite_signal(&self, name: &str, effect: &str, child: &str, timeout: SimTime, cx: &mut Cx) {
        let subject = || Subject::container(&self.spec.pod, &self.spec.container);
        let facts =
            vec![("signal", name.into()), ("effect", effect.into()), ("timeout", timeout.into())];
        cx.cite_fields(subject(), Rule::StopSignal, facts, Vec::new());
        let fields = self.spec.fields.clone();
        let signal = ("signal", name.into());
        match effect {
            "ignored" => {
                cx.cite_fields(subject(), Rule::StopIgnored, vec![signal], fields);
            }
            "unheeded" => {
                cx.cite_fields(subject(), Rule::StopUnheeded, vec![signal], fields);
            }
            "trap" => {
                cx.cite_fields(subject(), Rule::StopTrap, vec![signal], fields);
            }
            "trap-waits" => {
                let facts = vec![signal, ("child", child.into())];
                cx.cite_fields(subject(), Rule::StopTrapWaits, facts, fields);
            }
            _ => {}
        }
    }
}

fn effect_key(effect: SignalEffect) -> &'static str {
    match effect {
        SignalEffect::Killed => "killed",
        SignalEffect::Handler => "trap",
        SignalEffect::Pending => "trap-waits",
        SignalEffect::Delivered => "delivered",
        SignalEffect::Immune => "ignored",
        SignalEffect::Ignored | SignalEffect::NoProcess => "unheeded",
    }
}

/// The command line of the process that PID 1 waits for, if any.
fn foreground_child(kernel: &crate::shell::Kernel, init: Pid) -> String {
    let Some(child) = kernel.children(init).last() else { return String::new() };
    let all = kernel.processes();
    all.into_iter().find(|p| p.pid == child).map_or(String::new(), |p| p.command)
}
