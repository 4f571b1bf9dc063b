//! Kinds whose description is short: ConfigMaps, Secrets, quotas and others.

use super::text::Text;
use crate::api::print::values::{at, entries, go, is_set, items, or, quantity};
use crate::base::json::Value;
use crate::base::{base64, sort};

const NAME: &str = "Name:\t{metadata.name}\nNamespace:\t{metadata.namespace}\n";

/// Source: kubectl describe/describe.go ConfigMapDescriber.Describe
pub fn config_map(text: &mut Text, object: &Value) {
    text.fill(NAME, object);
    text.marks(object);
    text.put(&["\nData\n====\n"]);
    for (key, value) in entries(&object["data"]) {
        text.put(&[key, ":\n----\n", &value, "\n\n"]);
    }
    text.put(&["\nBinaryData\n====\n"]);
    for (key, value) in entries(&object["binaryData"]) {
        text.put(&[key, ": ", &bytes(&value), " bytes\n"]);
    }
    text.put(&["\n"]);
}

/// Source: describeSecret
pub fn secret(text: &mut Text, object: &Value) {
    text.fill(NAME, object);
    text.marks(object);
    text.fill("\nType:\t{type}\n", object);
    text.put(&["\nData\n====\n"]);
    for (key, value) in entries(&object["data"]) {
        let token = key == "token" && object["type"] == "kubernetes.io/service-account-token";
        let shown = match token {
            true => {
                String::from_utf8_lossy(&base64::decode(&value).unwrap_or_default()).into_owned()
            }
            false => [&bytes(&value), " bytes"].concat(),
        };
        text.put(&[key, ":\t", &shown, "\n"]);
    }
}

fn bytes(encoded: &str) -> String {
    base64::decode(encoded).map_or(0, |bytes| bytes.len()).to_string()
}

/// Source: describeServiceAccount
pub fn service_account(text: &mut Text, object: &Value) {
    text.fill(NAME, object);
    text.marks(object);
    for (title, field) in [
        ("Image pull secrets:", "imagePullSecrets"),
        ("Mountable secrets: ", "secrets"),
        ("Tokens:            ", ""),
    ] {
        let names: Vec<String> = items(&object[field]).map(|s| go(&s["name"])).collect();
        text.put(&[title, "\t", &or(names.join("\n                   \t"), "<none>"), "\n"]);
    }
}

/// Source: describeNamespace
pub fn namespace(text: &mut Text, object: &Value, objects: &[Value]) {
    text.fill("Name:\t{metadata.name}\n", object);
    text.marks(object);
    text.fill("Status:\t{status.phase}\n", object);
    let name = &object["metadata"]["name"];
    let of = |kind: &'static str| {
        objects.iter().filter(move |o| o["kind"] == kind && o["metadata"]["namespace"] == *name)
    };
    quotas(text, &of("ResourceQuota").collect::<Vec<_>>());
    limits(text, &of("LimitRange").collect::<Vec<_>>());
}

/// Source: DescribeResourceQuotas
fn quotas(text: &mut Text, all: &[&Value]) {
    text.put(&["\n", if all.is_empty() { "No resource quota.\n" } else { "Resource Quotas\n" }]);
    for quota in all {
        text.fill("  Name:\t{metadata.name}\n", quota);
        scopes(text, quota, "  ");
        text.put(&["  Resource\tUsed\tHard\n  --------\t---\t---\n"]);
        usage(text, quota, "  ");
    }
}

/// Source: DescribeLimitRanges
fn limits(text: &mut Text, all: &[&Value]) {
    if all.is_empty() {
        return text.put(&["\nNo LimitRange resource.\n"]);
    }
    text.put(&["\nResource Limits\n"]);
    limit_head(text, " ");
    all.iter().for_each(|range| limit_items(text, range, " "));
}

/// Source: describeQuota
pub fn quota(text: &mut Text, object: &Value) {
    text.fill(NAME, object);
    scopes(text, object, "");
    text.put(&["Resource\tUsed\tHard\n--------\t----\t----\n"]);
    usage(text, object, "");
}

fn scopes(text: &mut Text, object: &Value, margin: &str) {
    const SCOPES: [(&str, &str); 4] = [
        (
            "Terminating",
            "Matches all pods that have an active deadline. These pods have a limited \
            lifespan on a node before being actively terminated by the system.",
        ),
        (
            "NotTerminating",
            "Matches all pods that do not have an active deadline. These pods usually \
            include long running pods whose container command is not expected to terminate.",
        ),
        (
            "BestEffort",
            "Matches all pods that do not have resource requirements set. These pods have \
            a best effort quality of service.",
        ),
        (
            "NotBestEffort",
            "Matches all pods that have at least one resource requirement set. These \
            pods have a burstable or guaranteed quality of service.",
        ),
    ];
    let mut scopes: Vec<String> = items(at(object, "spec.scopes")).map(go).collect();
    sort(&mut scopes);
    if !scopes.is_empty() {
        text.put(&[margin, "Scopes:\t", &scopes.join(", "), "\n"]);
    }
    for scope in &scopes {
        for (_, help) in SCOPES.iter().filter(|(name, _)| name == scope) {
            text.put(&[margin, " * ", help, "\n"]);
        }
    }
}

fn usage(text: &mut Text, quota: &Value, margin: &str) {
    for (name, hard) in at(quota, "status.hard").as_object().into_iter().flatten() {
        let used = quantity(&quota["status"]["used"][name]);
        text.put(&[margin, name, "\t", &used, "\t", &quantity(hard), "\n"]);
    }
}

/// Source: describeLimitRange
pub fn limit_range(text: &mut Text, object: &Value) {
    text.fill(NAME, object);
    limit_head(text, "");
    limit_items(text, object, "");
}

fn limit_head(text: &mut Text, margin: &str) {
    const HEAD: [&str; 2] = [
        "Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio\n",
        "----\t--------\t---\t---\t---------------\t-------------\t-----------------------\n",
    ];
    HEAD.iter().for_each(|line| text.put(&[margin, line]));
}

fn limit_items(text: &mut Text, object: &Value, margin: &str) {
    const FIELDS: [&str; 5] = ["min", "max", "defaultRequest", "default", "maxLimitRequestRatio"];
    for item in items(at(object, "spec.limits")) {
        let names = FIELDS.iter().filter_map(|field| item[*field].as_object()).flatten();
        let names: crate::base::Set<&String> = names.map(|(name, _)| name).collect();
        for name in names.iter() {
            text.put(&[margin, &go(&item["type"]), "\t", name]);
            for field in FIELDS {
                let value = &item[field][name.as_str()];
                let shown = if is_set(value) { quantity(value) } else { "-".to_string() };
                text.put(&["\t", &shown]);
            }
            text.put(&["\n"]);
        }
    }
}

/// Source: describePodDisruptionBudgetV1
pub fn budget(text: &mut Text, object: &Value) {
    text.fill(NAME, object);
    text.fill(
        match object["spec"]["minAvailable"].is_null() {
            false => "Min available:\t{spec.minAvailable}\n",
            true => "~spec.maxUnavailable~Max unavailable:\t{spec.maxUnavailable}\n",
        },
        object,
    );
    text.fill(
        match object["spec"]["selector"].is_null() {
            true => "Selector:\t<unset>\n",
            false => "Selector:\t{$spec.selector|<none>}\n",
        },
        object,
    );
    text.fill(
        "Status:\n    Allowed disruptions:\t{disruptionsAllowed?0}\n    \
         Current:\t{currentHealthy?0}\n    Desired:\t{desiredHealthy?0}\n    \
         Total:\t{expectedPods?0}\n",
        &object["status"],
    );
}

/// Source: describePriorityClass
pub fn priority_class(text: &mut Text, object: &Value) {
    text.fill(
        "Name:\t{metadata.name}\nValue:\t{value?0}\nGlobalDefault:\t{globalDefault?false}\n\
         PreemptionPolicy:\t{preemptionPolicy?PreemptLowerPriority}\nDescription:\t{description}\n\
         Annotations:\t{&metadata.annotations}\n",
        object,
    );
}

/// Any other kind: all its fields. Source: genericDescriber.Describe
pub fn generic(text: &mut Text, object: &Value) {
    text.fill(NAME, object);
    text.marks(object);
    fields(text, object, "", "");
}

/// Source: printUnstructuredContent
fn fields(text: &mut Text, object: &Value, indent: &str, above: &str) {
    const SKIPPED: [&str; 5] = [
        ".metadata.managedFields",
        ".metadata.name",
        ".metadata.namespace",
        ".metadata.labels",
        ".metadata.annotations",
    ];
    let deeper = [indent, "  "].concat();
    for (key, value) in object.as_object().into_iter().flatten() {
        let path = [above, ".", key].concat();
        if SKIPPED.contains(&path.as_str()) {
            continue;
        }
        text.put(&[indent, &title(key), ":"]);
        match value {
            Value::Object(_) => {
                text.put(&["\n"]);
                fields(text, value, &deeper, &path);
            }
            Value::Array(list) => {
                text.put(&["\n"]);
                for item in list {
                    match item.is_object() {
                        true => fields(text, item, &deeper, &path),
                        false => text.put(&[&deeper, &go(item), "\n"]),
                    }
                }
            }
            Value::Null => text.put(&["\t<nil>\n"]),
            value => text.put(&["\t", &go(value), "\n"]),
        }
    }
}

/// A field's name in words: `apiVersion` is `API Version`. Source: smartLabelFor
fn title(field: &str) -> String {
    if !field.chars().all(|c| c.is_alphabetic() || c == '-') {
        return field.to_string();
    }
    let mut words: Vec<String> = Vec::new();
    let letters: Vec<char> = field.chars().collect();
    for (nth, letter) in letters.iter().enumerate() {
        let before = nth.checked_sub(1).map(|n| letters[n]);
        let after = letters.get(nth + 1);
        // A word begins where capitals begin, and at the last of several before small letters.
        let begins = match before {
            None => true,
            Some('-') => true,
            Some(before) if letter.is_uppercase() => {
                before.is_lowercase() || after.is_some_and(|c| c.is_lowercase())
            }
            Some(_) => *letter == '-',
        };
        match words.last_mut().filter(|_| !begins) {
            Some(word) => word.push(*letter),
            None => words.push(letter.to_string()),
        }
    }
    let shown = |word: &String| {
        let upper = word.to_ascii_uppercase();
        match ["API", "URL", "UID", "OSB", "GUID"].contains(&upper.as_str()) {
            true => upper,
            false => upper.chars().take(1).chain(word.chars().skip(1)).collect(),
        }
    };
    words.iter().map(shown).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_told_in_words() {
        let rows = [
            ("apiVersion", "API Version"),
            ("holderIdentity", "Holder Identity"),
            ("uid", "UID"),
            ("podIPs", "Pod I Ps"),
            ("a.b", "a.b"),
            ("kind", "Kind"),
        ];
        for (field, want) in rows {
            assert_eq!(title(field), want);
        }
    }
}
