//! The phase, from a spec and container statuses.

use super::{rows, text};
use lifepod::api::{ContainerStatus, PodSpec};
use lifepod::base::json::Value;
use lifepod::base::json::read;
use lifepod::engine::kubelet::phase::plan_phase;

/// The statuses of a row in which a container's state may be named without its fields.
fn statuses(pod: &Value) -> Vec<ContainerStatus> {
    let lists = ["initContainerStatuses", "containerStatuses"];
    let all = lists.iter().flat_map(|list| pod["status"][*list].as_array().into_iter().flatten());
    all.map(|s| read(s).expect("a container status")).collect()
}

#[test]
fn every_pod_is_in_the_phase_its_row_says() {
    let rows = rows(include_str!("../../tables/phase.json"));
    let mut problems = String::new();
    for row in &rows {
        let spec = PodSpec::read(row["pod"]["spec"].clone()).expect("a spec");
        let flag = |name: &str| row[name].as_bool().unwrap_or_default();
        let (initialized, for_good) = (flag("podHasInitialized"), flag("podIsTerminal"));
        let got = plan_phase(&spec, &statuses(&row["pod"]), initialized, for_good);
        if got.as_str() != text(row, "expect") {
            let name = text(row, "name");
            problems.push_str(&format!("{name}: got {got:?}, want {}\n", row["expect"]));
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
    assert!(rows.len() >= 94, "only {} rows", rows.len());
}
