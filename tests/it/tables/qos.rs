//! The quality-of-service classes.

use super::{rows, text};
use lifepod::api::qos;

#[test]
fn every_row_has_its_class() {
    let rows = rows(include_str!("../../tables/qos.json"));
    assert!(rows.len() >= 20, "only {} rows", rows.len());
    for row in &rows {
        let mut pod = row["pod"].clone();
        if row["podLevelResources"] == false {
            // The row is about a cluster that does not know resources of a whole Pod.
            pod["spec"].as_object_mut().expect("a Pod has a spec").remove("resources");
        }
        assert_eq!(qos::class(&pod["spec"]), text(row, "expect"), "{}", text(row, "name"));
    }
}
