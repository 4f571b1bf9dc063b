//! Grace periods: of a delete request, and of a container's kill.

use super::{rows, text};
use lifepod::api::{ObjectMeta, Pod, PodSpec};
use lifepod::base::json::Value;
use lifepod::base::json::read;
use lifepod::engine::apiserver::delete::{DeletePlan, plan_delete};
use lifepod::engine::kubelet::carry_kill::{MINIMUM_GRACE, plan_grace};
use lifepod::engine::kubelet::plan::KillReason;
use std::rc::Rc;

fn pod(value: &Value) -> Pod {
    let status = read(&value["status"]).unwrap_or_default();
    let spec = Rc::new(PodSpec::read(value["spec"].clone()).expect("a spec"));
    Pod { meta: ObjectMeta::default(), spec, status }
}

#[test]
fn a_delete_gets_the_grace_its_row_says() {
    let rows = rows(include_str!("../../tables/graceful_delete.json"));
    for row in &rows {
        let asked = row["deleteOptions"]["gracePeriodSeconds"].as_i64();
        let got = match plan_delete(&pod(&row["pod"]), asked) {
            DeletePlan::Mark(grace) | DeletePlan::Shorten(grace) => grace,
            DeletePlan::AtOnce(_) => 0,
            DeletePlan::Nothing => panic!("{}: nothing", text(row, "name")),
        };
        assert_eq!(Some(got), row["expect_grace_s"].as_i64(), "{}", text(row, "name"));
    }
    assert_eq!(rows.len(), 6);
}

#[test]
fn a_kill_starts_from_the_grace_its_row_says() {
    let rows = rows(include_str!("../../tables/grace.json"));
    let mut seen = 0;
    for row in rows.iter().filter(|r| r.get("expect_grace_s").is_some()) {
        seen += 1;
        let pod = pod(&row["pod"]);
        let why = match text(row, "kill_reason") {
            "livenessProbe" => KillReason::Liveness,
            "startupProbe" => KillReason::Startup,
            _ => KillReason::Changed,
        };
        // The API server fills in 30 where the spec has none; the row is about a bare Pod.
        let bare = pod.spec.termination_grace_period_seconds.is_none();
        let planned = plan_grace(&pod, None, "foo", why);
        let got = if bare { MINIMUM_GRACE } else { planned.max(MINIMUM_GRACE) };
        assert_eq!(Some(got), row["expect_grace_s"].as_i64(), "{}", text(row, "name"));
    }
    assert!(seen >= 11, "only {seen} rows");
}
