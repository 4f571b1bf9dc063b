//! The Events at the end of a description.

use super::text::Text;
use crate::api::print::values::{at, go, is_set, items, moment, or, since};
use crate::base::json::Value;
use crate::base::sort_by_key;

/// The Events about an object. Pods are found whatever their kind is called.
/// Source: kubectl describe/describe.go searchEvents, PodDescriber.Describe
pub fn about<'a>(object: &Value, all: &'a [Value]) -> Vec<&'a Value> {
    let meta = &object["metadata"];
    let mirror = go(&meta["annotations"]["kubernetes.io/config.mirror"]);
    let uid = or(mirror, &go(&meta["uid"]));
    let is_about = |event: &&Value| {
        let involved = &event["involvedObject"];
        let same_kind = object["kind"] == "Pod" || involved["kind"] == object["kind"];
        let same_uid =
            uid.is_empty() || involved["uid"] == uid || is_node_by_name(object, involved);
        event["kind"] == "Event"
            && go(&involved["name"]) == go(&meta["name"])
            && (go(&involved["namespace"]) == go(&meta["namespace"]) || object["kind"] == "Node")
            && same_kind
            && same_uid
    };
    all.iter().filter(is_about).collect()
}

/// A kubelet's Events name its node where others have the UID.
fn is_node_by_name(object: &Value, involved: &Value) -> bool {
    object["kind"] == "Node" && go(&involved["uid"]) == go(at(object, "metadata.name"))
}

/// The Events of a name, whatever its UID: what is left of an object that is gone.
pub fn named<'a>(name: &str, all: &'a [Value]) -> Vec<&'a Value> {
    let of_name = |e: &&Value| e["kind"] == "Event" && e["involvedObject"]["name"] == name;
    all.iter().filter(of_name).collect()
}

/// The table of Events, the one that happened last at the end.
/// Source: DescribeEvents; kubectl util/event/sorted_event_list.go
pub fn events(text: &mut Text, events: &[&Value]) {
    if events.is_empty() {
        text.put(&["Events:\t<none>\n"]);
        return;
    }
    text.flush();
    let mut events = events.to_vec();
    sort_by_key(&mut events, |event| moment(&event["lastTimestamp"]));
    text.put(&["Events:\n  Type\tReason\tAge\tFrom\tMessage\n"]);
    text.put(&["  ----\t------\t----\t----\t-------\n"]);
    for event in events {
        let from = or(go(&event["source"]["component"]), &go(&event["reportingComponent"]));
        let message = go(&event["message"]);
        let age = age(text, event);
        text.fill("  {type}\t{reason}\t", event);
        text.put(&[&age, "\t", &from, "\t"]);
        // Source: kubectl 1.35, kubernetes/kubernetes#133627
        if text.newer && is_set(&event["involvedObject"]["fieldPath"]) {
            text.put(&[&go(&event["involvedObject"]["fieldPath"]), ": "]);
        }
        text.put(&[message.trim(), "\n"]);
    }
}

fn age(text: &Text, event: &Value) -> String {
    let since = |value: &Value| since(value, text.now);
    let first = match is_set(&event["eventTime"]) {
        true => since(&event["eventTime"]),
        false => since(&event["firstTimestamp"]),
    };
    let (series, count) = (&event["series"], event["count"].as_i64().unwrap_or(0));
    let (last, count) = match (series.is_null(), count) {
        (false, _) => (since(&series["lastObservedTime"]), or(go(&series["count"]), "0")),
        (true, 2..) => (since(&event["lastTimestamp"]), count.to_string()),
        (true, _) => return first,
    };
    [&last, " (x", &count, " over ", &first, ")"].concat()
}

/// The objects of a kind among all.
pub fn of_kind<'a>(kind: &'a str, all: &'a [Value]) -> impl Iterator<Item = &'a Value> {
    all.iter().filter(move |object| object["kind"] == kind)
}

/// Whether an object has all the labels of a selector's `matchLabels`.
pub fn has_labels(object: &Value, labels: &Value) -> bool {
    let own = &object["metadata"]["labels"];
    labels.as_object().into_iter().flatten().all(|(key, value)| own[key] == *value)
}

/// The controller's UID among an object's owners.
pub fn controlled_by(object: &Value, uid: &Value) -> bool {
    let owners = items(&object["metadata"]["ownerReferences"]);
    owners.filter(|owner| owner["controller"] == true).any(|owner| owner["uid"] == *uid)
}
