//! Who is evicted first, which signal counts first and which thresholds are met:
//! `tests/tables/eviction_order.json`.

use super::{rows, text};
use lifepod::api::quantity::Quantity;
use lifepod::api::{ObjectMeta, Pod, PodSpec, PodStatus};
use lifepod::base::json::{Value, json};
use lifepod::engine::kubelet::pressure::{
    Amount, Key, Observed, PodUse, Signal, Threshold, met, rank, sort_signals,
};
use std::rc::Rc;

const TABLE: &str = include_str!("../../tables/eviction_order.json");

fn amount(value: &Value) -> i64 {
    Quantity::parse(value.as_str().unwrap_or("0")).map_or(0, Quantity::whole)
}

fn signal(name: &str) -> Signal {
    match name {
        "allocatableMemory.available" => Signal::AllocatableMemory,
        "memory.available" => Signal::Memory,
        "nodefs.available" => Signal::Disk,
        "nodefs.inodesFree" => Signal::Inodes,
        "pid.available" => Signal::Pids,
        other => panic!("{other}"),
    }
}

fn key(name: &Value) -> Key {
    match name.as_str().unwrap_or_default() {
        "exceeds_memory_request" => Key::ExceedsMemory,
        "exceeds_disk_request" => Key::ExceedsDisk,
        "priority" => Key::Priority,
        "memory" => Key::Memory,
        "disk" => Key::Disk,
        "inodes" => Key::Inodes,
        "process" => Key::Processes,
        other => panic!("{other}"),
    }
}

fn pod(row: &Value) -> PodUse {
    let usage = &row["usage"];
    let spec = json!({
        "priority": row["priority"],
        "containers": [{"name": "c", "image": "i", "resources": {"requests": row["requests"]}}],
    });
    let meta = ObjectMeta { name: text(row, "name").into(), ..Default::default() };
    let spec = Rc::new(PodSpec::read(spec).expect("it is a spec"));
    let disk = amount(&usage["rootfs"]) + amount(&usage["logs"]);
    let inodes = ["rootfs_inodes", "logs_inodes", "localVolumes_inodes"];
    let count = |field: &str| usage[field].as_i64().unwrap_or(0) as u64;
    PodUse {
        pod: Rc::new(Pod { meta, spec, status: PodStatus::default() }),
        containers: vec![("c".into(), amount(&usage["memory"]) as u64, disk as u64)],
        volumes: amount(&usage["localVolumes"]) as u64,
        inodes: inodes.into_iter().map(count).sum(),
        processes: count("processes"),
    }
}

fn either(row: &Value, plain: &str, part: &str) -> Amount {
    match row[part].to_string().parse::<f64>() {
        Ok(part) => Amount::Part((part * 1000.0).round() as u32),
        Err(_) => Amount::Of(amount(&row[plain])),
    }
}

fn names(row: &Value, field: &str) -> Vec<String> {
    let list = row[field].as_array().into_iter().flatten();
    list.map(|v| v.as_str().unwrap_or_default().to_string()).collect()
}

fn of_kind(kind: &str) -> Vec<Value> {
    let all: Vec<Value> = rows(TABLE).into_iter().filter(|row| row["kind"] == kind).collect();
    assert!(!all.is_empty(), "{kind}");
    all
}

#[test]
fn pods_are_ranked() {
    for row in of_kind("rank") {
        let mut pods: Vec<PodUse> = row["pods"].as_array().expect("Pods").iter().map(pod).collect();
        let keys: Vec<Key> = row["order_by"].as_array().expect("keys").iter().map(key).collect();
        rank(&mut pods, &keys);
        let got: Vec<String> = pods.iter().map(|p| p.pod.meta.name.clone()).collect();
        assert_eq!(got, names(&row, "expect"), "{}", text(&row, "name"));
    }
}

#[test]
fn the_manager_ranks_by_the_keys_of_the_table() {
    for (signal, keys) in [
        (Signal::Memory, vec![Key::ExceedsMemory, Key::Priority, Key::Memory]),
        (Signal::Disk, vec![Key::ExceedsDisk, Key::Priority, Key::Disk]),
        (Signal::ImageDisk, vec![Key::ExceedsDisk, Key::Priority, Key::Disk]),
        (Signal::Inodes, vec![Key::Priority, Key::Inodes]),
        (Signal::Pids, vec![Key::Priority, Key::Processes]),
    ] {
        assert_eq!(signal.order(), keys);
    }
}

#[test]
fn memory_counts_first() {
    for row in of_kind("threshold_order") {
        let mut signals: Vec<Signal> =
            names(&row, "thresholds").iter().map(|name| signal(name)).collect();
        sort_signals(&mut signals);
        let want: Vec<Signal> = names(&row, "expect").iter().map(|name| signal(name)).collect();
        assert_eq!(signals, want, "{}", text(&row, "name"));
    }
}

#[test]
fn thresholds_are_met() {
    for row in of_kind("thresholds_met") {
        let threshold = |t: &Value| Threshold {
            signal: signal(text(t, "signal")),
            least: either(t, "value", "percentage"),
            reclaim: either(t, "minReclaim", "minReclaim_percentage"),
        };
        let thresholds: Vec<Threshold> =
            row["thresholds"].as_array().into_iter().flatten().map(threshold).collect();
        let observed = row["observations"].as_object().into_iter().flatten();
        let observed: Vec<Observed> = observed
            .map(|(name, of)| Observed {
                signal: signal(name),
                available: amount(&of["available"]),
                capacity: amount(&of["capacity"]),
            })
            .collect();
        let met = met(&thresholds, &observed, row["enforceMinReclaim"] == true);
        let got: Vec<Signal> = met.iter().map(|t| t.signal).collect();
        let want: Vec<Signal> =
            names(&row, "expect_met_signals").iter().map(|name| signal(name)).collect();
        assert_eq!(got, want, "{}", text(&row, "name"));
    }
}
