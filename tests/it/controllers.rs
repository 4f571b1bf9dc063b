//! What controllers do when the API server refuses them.

use crate::volumes::run;

/// How long after each refusal of a Pod the next one came, in milliseconds.
fn gaps(owner: &str) -> Vec<u64> {
    let quota = "{apiVersion: v1, kind: ResourceQuota, metadata: {name: q}, \
                 spec: {hard: {pods: '0'}}}";
    let shown = run(&format!("manifest: |\n  {quota}\n  ---\n  {owner}\nuntil: 60s\n"));
    let refused = shown.events().into_iter().filter(|(_, reason, _)| *reason == "FailedCreate");
    let times: Vec<f64> = refused.map(|(at, ..)| at).collect();
    times.windows(2).map(|two| ((two[1] - two[0]) * 1000.0).round() as u64).collect()
}

fn is_doubled_from(first: u64, gaps: &[u64]) {
    assert!(gaps.len() >= 5, "{gaps:?}");
    for (nth, gap) in gaps.iter().take(5).enumerate() {
        let wait = first << nth;
        assert!((wait..wait + 60).contains(gap), "{gaps:?}");
    }
}

const TEMPLATE: &str = "{metadata: {labels: {app: web}}, spec: {restartPolicy: WHEN, \
                        containers: [{name: app, image: 'busybox:1.36'}]}}";

/// Source: workqueue DefaultTypedControllerRateLimiter
#[test]
fn a_replica_set_tries_again_after_milliseconds() {
    let template = TEMPLATE.replace("WHEN", "Always");
    is_doubled_from(
        5,
        &gaps(&format!(
            "{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: web}}, spec: {{selector: \
             {{matchLabels: {{app: web}}}}, template: {template}}}}}"
        )),
    );
}

/// Source: job_controller.go DefaultJobApiBackOff
#[test]
fn a_job_tries_again_after_seconds() {
    let template = TEMPLATE.replace("WHEN", "Never");
    is_doubled_from(
        1000,
        &gaps(&format!(
            "{{apiVersion: batch/v1, kind: Job, metadata: {{name: sum}}, spec: {{template: \
             {template}}}}}"
        )),
    );
}
