//! The traces of some runs as one number each: the same natively and in Wasm.

/// Scenarios and the hash of their traces. A change of the engine's behaviour changes them; the
/// native test prints the new values.
pub const RUNS: &[(&str, &str, u64)] = &[
    (
        "live-exec-classic",
        include_str!("../../golden/live-exec-classic.yaml"),
        0x1edf_e7a3_3dac_dd54,
    ),
    ("live-exec-trap", include_str!("../../golden/live-exec-trap.yaml"), 0x507b_57d3_476d_493b),
    (
        "rp-always-exit1-long",
        include_str!("../../golden/rp-always-exit1-long.yaml"),
        0x331a_ccd8_60ac_c845,
    ),
    ("del-trap-slow", include_str!("../../golden/del-trap-slow.yaml"), 0xb8cd_6974_17f3_d1d1),
    ("del-force", include_str!("../../golden/del-force.yaml"), 0x695d_ef76_f0fc_6d3b),
    (
        "ready-success-threshold",
        include_str!("../../golden/ready-success-threshold.yaml"),
        0xd3e2_04e0_57ab_a126,
    ),
    (
        "sidecar-delete-order",
        include_str!("../../golden/sidecar-delete-order.yaml"),
        0x9f69_5206_aa9f_822a,
    ),
];

/// FNV-1a over the trace's JSON lines.
pub fn hash_of(scenario: &str) -> u64 {
    let trace = lifepod::session::simulate::run_scenario_jsonl(scenario).expect("it is accepted");
    let step = |h: u64, b: u8| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
    trace.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

/// The runs whose trace is another one than committed, with the new hash.
pub fn differences() -> Vec<String> {
    RUNS.iter()
        .map(|(name, scenario, committed)| (name, hash_of(scenario), *committed))
        .filter(|(_, now, committed)| now != committed)
        .map(|(name, now, _)| format!("{name}: {now:#018x}"))
        .collect()
}
