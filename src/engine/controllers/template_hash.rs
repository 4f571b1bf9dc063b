//! The hash of a Pod template, which tells one template's Pods from another's.

use super::go_print::printed;
use crate::base::json::Value;

/// Letters and digits that make no words. Source: apimachinery util/rand/rand.go alphanums
const LETTERS: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";

/// The hash of a template, as labels and names have it.
/// Source: controller/controller_utils.go ComputeHash; util/rand SafeEncodeString
pub fn hash(template: &Value) -> String {
    let sum = fnv32a(printed(template).as_bytes()).to_string();
    sum.bytes().map(|digit| char::from(LETTERS[digit as usize % LETTERS.len()])).collect()
}

fn fnv32a(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |h, b| (h ^ u32::from(*b)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::{json, parse};

    fn template(container: &str) -> Value {
        let container = parse(container).expect("it is JSON");
        let mut all = json!({
            "imagePullPolicy": "IfNotPresent", "name": "app", "resources": {},
            "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File",
        });
        for (field, value) in container.as_object().into_iter().flatten() {
            all[field.as_str()] = value.clone();
        }
        json!({
            "metadata": {"labels": {"app": "web"}},
            "spec": {
                "containers": [all], "dnsPolicy": "ClusterFirst", "restartPolicy": "Always",
                "schedulerName": "default-scheduler", "securityContext": {},
                "terminationGracePeriodSeconds": 30,
            },
        })
    }

    /// The hashes of the recorded Deployments, which a real cluster gave to these templates.
    #[test]
    fn hashes_are_those_of_a_real_cluster() {
        let probe = "\"readinessProbe\": {\"failureThreshold\": 3, \"periodSeconds\": 2, \
            \"httpGet\": {\"path\": \"/\", \"port\": 80, \"scheme\": \"HTTP\"}, \
            \"successThreshold\": 1, \"timeoutSeconds\": 1}";
        let env = "\"env\": [{\"name\": \"V\", \"value\": \"2\"}]";
        let nginx = "\"image\": \"nginx:1.22\"";
        let of = |container: &str| hash(&template(container));
        assert_eq!(of(&format!("{{{nginx}, {probe}}}")), "d7858cfc7");
        assert_eq!(of(&format!("{{{nginx}, {probe}, {env}}}")), "96d97976c");
        let trap = "{\"image\": \"busybox:1.36\", \"command\": [\"sh\", \"-c\", \
            \"trap \\\"echo got TERM; exit 0\\\" TERM; while true; do sleep 1; done\"]}";
        assert_eq!(of(trap), "ff4f84cb5");
    }
}
