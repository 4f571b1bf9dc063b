//! kube-proxy: a Service's address leads to its endpoints.
//!
//! Source: pkg/proxy/topology.go CategorizeEndpoints; pkg/proxy/iptables/proxier.go

use super::names;
use super::service::AgentTimer;
use crate::api::{Endpoint, EndpointSlice, Service};
use crate::base::json::Value;
use crate::base::{Map, Set, SimTime};
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::message::{Call, NodeCall};
use crate::engine::trace::{Subject, WatchType};
use crate::engine::wire::{EventKey, SimEvent};
use crate::rules::Rule;
use crate::shell::NetId;
use crate::shell::net::{Addr, Ip, Virtual};
use std::rc::Rc;

/// Rules are written at most once in this time. Source: kube-proxy config minSyncPeriod
const AT_MOST_EVERY: SimTime = SimTime::secs(1);

/// What kube-proxy and the name server have seen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Proxy {
    services: Map<String, Rc<Service>>,
    slices: Map<String, Rc<EndpointSlice>>,
    due: Option<EventKey>,
    last: Option<SimTime>,
    written: u64,
    /// Services without a ready endpoint whose terminating ones still serve.
    fallback: Set<String>,
}

impl Proxy {
    /// Handles a watch event: names change at once, rules after a while.
    pub(super) fn watch(&mut self, call: Call, cx: &mut Cx) {
        match call {
            Call::ServiceChanged(kind, service) => {
                keep(&mut self.services, kind, service.meta.name.clone(), service);
            }
            Call::SliceChanged(kind, slice) => {
                keep(&mut self.slices, kind, slice.meta.name.clone(), slice);
            }
            Call::Node(NodeCall::Relist(all)) => {
                let services = all.services.iter().map(|s| (s.meta.name.clone(), s.clone()));
                self.services = services.collect();
                let slices = all.slices.iter().map(|s| (s.meta.name.clone(), s.clone()));
                self.slices = slices.collect();
            }
            _ => return,
        }
        cx.network.names = names::of(self.services.values(), &|name| self.endpoints(name));
        if self.due.is_none() {
            let work = cx.work(latency::PROXY, "node", self.written);
            let free = self.last.map_or(cx.now, |last| last + AT_MOST_EVERY);
            let at = cx.now.max(free) + work;
            self.due = Some(cx.at(at, SimEvent::Agents(AgentTimer::Program)));
        }
    }

    /// The endpoints of a Service.
    fn endpoints(&self, service: &str) -> Vec<&Endpoint> {
        let of = |slice: &&Rc<EndpointSlice>| slice.service() == service;
        self.slices.values().filter(of).flat_map(|slice| &slice.endpoints).collect()
    }

    /// Writes the rules.
    pub(super) fn program(&mut self, host: NetId, cx: &mut Cx) {
        self.due = None;
        self.last = Some(cx.now);
        self.written += 1;
        let node = cx.network.address(host);
        let all = std::mem::take(&mut cx.network.virtuals);
        let (old, others) = all.into_iter().partition(|rule| rule.host == host);
        let old: Vec<Virtual> = old;
        cx.network.virtuals = others;
        for service in self.services.values() {
            let rules = self.rules(service, host, node);
            if rules.first().is_some_and(|rule| !old.contains(rule)) {
                cite(service, &rules[0], Rule::ProxyRules, cx);
            }
            let name = &service.meta.name;
            let falls_back = is_fallback(&self.endpoints(name)) && !rules.is_empty();
            if falls_back && self.fallback.insert(name.clone()) {
                cite(service, &rules[0], Rule::ProxyFallback, cx);
            } else if !falls_back {
                self.fallback.remove(name);
            }
            cx.network.virtuals.extend(rules);
        }
    }

    fn rules(&self, service: &Service, host: NetId, node: Ip) -> Vec<Virtual> {
        let ip = service.spec["clusterIP"].as_str().and_then(Ip::parse);
        let Some(ip) = ip else { return Vec::new() };
        let endpoints = usable(&self.endpoints(&service.meta.name));
        let sticky = service.spec["sessionAffinity"] == "ClientIP";
        let mut rules = Vec::new();
        for port in service.spec["ports"].as_array().into_iter().flatten() {
            if port["protocol"].as_str().is_some_and(|p| p != "TCP") {
                continue;
            }
            let name = port["name"].as_str().unwrap_or_default();
            let target = self.target(&service.meta.name, name);
            let to = endpoints.iter().filter_map(|ip| Some(Addr::new(*ip, target?)));
            let to: Vec<Addr> = to.collect();
            if let Some(number) = number(&port["port"]) {
                rules.push(Virtual { host, at: Addr::new(ip, number), to: to.clone(), sticky });
            }
            if let Some(number) = number(&port["nodePort"]) {
                rules.push(Virtual { host, at: Addr::new(node, number), to, sticky });
            }
        }
        rules
    }

    /// The port of the Pods that a port of a Service leads to.
    fn target(&self, service: &str, port: &str) -> Option<u16> {
        let slice = self.slices.values().find(|slice| slice.service() == service)?;
        let fits = |p: &&Value| p["name"].as_str().unwrap_or_default() == port;
        number(&slice.ports.as_array()?.iter().find(fits)?["port"])
    }
}

/// Tells where a Service's connections go from now on.
fn cite(service: &Service, rule: &Virtual, why: Rule, cx: &mut Cx) {
    let list: Vec<String> = rule.to.iter().map(Addr::to_string).collect();
    let endpoints = if list.is_empty() { "–".to_string() } else { list.join(" ") };
    let name = service.meta.name.as_str();
    let facts = vec![("service", name.into()), ("endpoints", endpoints.into())];
    cx.cite(Subject::default(), why, facts);
}

fn number(value: &Value) -> Option<u16> {
    value.as_u64().and_then(|n| u16::try_from(n).ok()).filter(|n| *n > 0)
}

/// The ready endpoints; without any, those that still serve while they terminate.
fn usable(endpoints: &[&Endpoint]) -> Vec<Ip> {
    let of = |fits: &dyn Fn(&Endpoint) -> bool| -> Vec<Ip> {
        endpoints.iter().filter(|e| fits(e)).filter_map(|e| Ip::parse(&e.address)).collect()
    };
    match of(&|e| e.ready) {
        ready if ready.is_empty() => of(&|e| e.serving && e.terminating),
        ready => ready,
    }
}

/// Whether no endpoint is ready, and some serve while they terminate.
fn is_fallback(endpoints: &[&Endpoint]) -> bool {
    !endpoints.iter().any(|e| e.ready) && endpoints.iter().any(|e| e.serving && e.terminating)
}

fn keep<T>(all: &mut Map<String, T>, kind: WatchType, name: String, object: T) {
    match kind {
        WatchType::Deleted => all.remove(&name),
        _ => all.insert(name, object),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(last: u32, ready: bool, serving: bool, terminating: bool) -> Endpoint {
        let address = Ip(0x0af4_0000 | last).to_string();
        Endpoint { address, ready, serving, terminating, ..Endpoint::default() }
    }

    #[test]
    fn terminating_endpoints_serve_only_when_none_is_ready() {
        let ready = endpoint(5, true, true, false);
        let leaving = endpoint(6, false, true, true);
        let failing = endpoint(7, false, false, true);
        let starting = endpoint(8, false, false, false);
        let pick =
            |all: &[&Endpoint]| -> Vec<u32> { usable(all).iter().map(|ip| ip.0 & 0xff).collect() };
        assert_eq!(pick(&[&ready, &leaving, &failing, &starting]), [5]);
        assert_eq!(pick(&[&leaving, &failing, &starting]), [6]);
        assert!(pick(&[&failing, &starting]).is_empty());
    }
}
