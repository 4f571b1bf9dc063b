//! Validation of the change of a Pod's status.
//!
//! Source: validation.go ValidatePodStatusUpdate, validatePodConditions,
//! ValidateContainerStateTransition.

use crate::base::json::Value;

use super::errors::{Errors, is_set, items, number, text};

/// Validates the change of the status of the Pod `old` to that of `new`.
pub(super) fn pod(e: &mut Errors, old: &Value, new: &Value) {
    let (was, now) = (&old["status"], &new["status"]);
    e.rule = "api.update";
    e.at("status", |e| {
        conditions(e, now);
        if old["spec"]["nodeName"] != new["spec"]["nodeName"] {
            e.forbidden("nodeName", "may not be changed directly");
        }
        nominated(e, old, was, now);
        if number(now, "observedGeneration") < 0 {
            let value = &now["observedGeneration"];
            e.invalid("observedGeneration", value, "must be a non-negative integer");
        }
        if was["qosClass"] != now["qosClass"] {
            e.invalid("qosClass", &now["qosClass"], "field is immutable");
        }
        for list in ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"] {
            e.at(list, |e| states(e, list, old, new));
        }
        addresses(e, now);
    });
}

/// Conditions of one's own have qualified names.
fn conditions(e: &mut Errors, status: &Value) {
    for (i, condition) in items(status, "conditions").iter().enumerate() {
        let kind = text(condition, "type");
        let ours = ["PodScheduled", "Ready", "Initialized"].contains(&kind);
        e.at("conditions", |e| {
            e.index(i, |e| {
                if number(condition, "observedGeneration") < 0 {
                    let value = &condition["observedGeneration"];
                    e.invalid("observedGeneration", value, "must be a non-negative integer");
                }
                if !ours {
                    e.at("Type", |e| e.form("qualified", kind));
                }
            });
        });
    }
}

fn nominated(e: &mut Errors, old: &Value, was: &Value, now: &Value) {
    let name = text(now, "nominatedNodeName");
    if name.is_empty() || was["nominatedNodeName"] == now["nominatedNodeName"] {
        return;
    }
    e.at("nominatedNodeName", |e| e.form("subdomain", name));
    if !text(&old["spec"], "nodeName").is_empty() {
        let words = "may not be set on pods that are already bound to a node";
        e.forbidden("nominatedNodeName", words);
    }
}

/// A container that ended for good stays ended.
fn states(e: &mut Errors, list: &str, old: &Value, new: &Value) {
    let spec = &new["spec"];
    let all = |list: &str| items(spec, list).iter();
    let restarts_all = all("containers").chain(all("initContainers")).any(|container| {
        let rules = items(container, "restartPolicyRules");
        rules.iter().any(|rule| text(rule, "action") == "RestartAllContainers")
    });
    let ephemeral = list == "ephemeralContainerStatuses";
    if restarts_all && !ephemeral {
        return;
    }
    for (i, status) in items(&old["status"], list).iter().enumerate() {
        let ended = &status["state"]["terminated"];
        let same = |s: &&Value| text(s, "name") == text(status, "name");
        let now = items(&new["status"], list).iter().find(same);
        let Some(now) = now.filter(|_| !ended.is_null()) else { continue };
        let code = number(ended, "exitCode");
        let container = match list {
            "containerStatuses" => all("containers").find(same),
            _ => all("initContainers").find(same),
        };
        let may = !ephemeral && container.is_some_and(|c| restarts(spec, c, code));
        if !is_set(&now["state"], "terminated") && !may {
            let words = "may not be transitioned to non-terminated state";
            e.index(i, |e| e.forbidden("state", words));
        }
    }
}

/// Whether a container that ended with `code` runs again.
///
/// Source: pkg/api/v1/pod/util.go ContainerShouldRestart.
fn restarts(spec: &Value, container: &Value, code: i64) -> bool {
    for rule in items(container, "restartPolicyRules") {
        let codes = &rule["exitCodes"];
        let listed = items(codes, "values").iter().any(|c| c.as_i64() == Some(code));
        if listed == (text(codes, "operator") == "In") {
            return true;
        }
    }
    let own = text(container, "restartPolicy");
    match if own.is_empty() { text(spec, "restartPolicy") } else { own } {
        "Never" => false,
        "OnFailure" => code != 0,
        _ => true,
    }
}

fn addresses(e: &mut Errors, status: &Value) {
    for (list, one) in [("podIPs", "podIP"), ("hostIPs", "hostIP")] {
        let all = items(status, list);
        let first = all.first().map(|first| text(first, "ip"));
        if list == "hostIPs" && first.is_some_and(|first| first != text(status, one)) {
            let first = first.unwrap_or_default();
            let words = "must be equal to `hostIP`";
            e.at(list, |e| e.index(0, |e| e.bad_text("ip", first, words)));
        }
        for (i, address) in all.iter().enumerate() {
            e.at(list, |e| e.index(i, |e| e.form("ip", text(address, "ip"))));
        }
    }
}
