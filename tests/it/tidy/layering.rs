//! Who may use whom.

use super::source::Source;

/// Each room and the rooms it may name beside itself, lower rooms first.
const ROOMS: [(&str, &[&str]); 12] = [
    ("base", &[]),
    ("rules", &["base"]),
    ("yaml", &["base"]),
    ("api", &["base", "rules", "yaml"]),
    ("manifest", &["base", "rules", "yaml", "api"]),
    ("shell", &["base"]),
    ("engine", &["base", "rules", "api", "shell"]),
    ("course", &["base", "rules", "yaml", "api", "manifest", "engine"]),
    ("session", &["base", "rules", "yaml", "api", "manifest", "shell", "engine", "course"]),
    ("cli", &["base", "session"]),
    ("ui", &["base", "session"]),
    ("bin", &["cli", "ui"]),
];

/// The parts of the cluster. They talk by messages only.
const COMPONENTS: [&str; 6] =
    ["apiserver", "scheduler", "kubelet", "runtime", "endpoints", "controllers"];

/// The files of the engine that bring the components together: `wire.rs` queues the timers of
/// each, `machine.rs` puts those of a node together.
const JOINTS: [&str; 5] = [
    "src/engine/machine.rs",
    "src/engine/mod.rs",
    "src/engine/step.rs",
    "src/engine/wire.rs",
    "src/engine/world.rs",
];

/// What a file names outside of what its room may use.
pub fn check_rooms(source: &Source) -> Vec<String> {
    let Some(room) = source.room() else { return Vec::new() };
    let Some((_, may)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        return vec![format!("{}: room `{room}` is not in the layering table", source.path)];
    };
    let mut problems = Vec::new();
    for (line, path) in source.paths() {
        let named = path.first().map_or("", String::as_str);
        if named != room && !may.contains(&named) {
            let path = path.join("::");
            problems.push(format!("{}:{line}: {room} may not use `{path}`", source.path));
        }
    }
    problems
}

/// Where a component of the engine names another, or another file names more than one.
pub fn check_components(source: &Source) -> Vec<String> {
    if source.room() != Some("engine") || JOINTS.contains(&source.path.as_str()) {
        return Vec::new();
    }
    let module = source.module();
    let own = component(&module).map(str::to_string);
    let mut seen = own.clone();
    let mut problems = Vec::new();
    for (line, path) in source.paths() {
        let Some(named) = component(&path) else { continue };
        if *seen.get_or_insert_with(|| named.to_string()) != named {
            let who = own.as_deref().unwrap_or("a file that already names a component");
            problems.push(format!("{}:{line}: {who} may not name `{named}`", source.path));
        }
    }
    problems
}

fn component(path: &[String]) -> Option<&str> {
    let inside = path.first().is_some_and(|room| room == "engine");
    path.get(1).map(String::as_str).filter(|name| inside && COMPONENTS.contains(name))
}

#[test]
fn a_room_that_reaches_down_is_found() {
    let finds = |path: &str, text: &str| check_rooms(&Source::new(path, text)).len();
    assert_eq!(finds("src/engine/cx.rs", "use crate::base::SimTime; use crate::rules::RuleId;"), 0);
    assert_eq!(finds("src/engine/cx.rs", "use crate::{base::SimTime, session::Session};"), 1);
    assert_eq!(finds("src/base/time.rs", "fn f() { crate::api::print::age() }"), 1);
    assert_eq!(finds("src/base/time.rs", "// crate::api is below"), 0);
    assert_eq!(finds("src/shell/lex.rs", "use super::super::api::Pod;"), 1);
    assert_eq!(finds("src/bin/lifepod.rs", "fn main() { lifepod::session::run() }"), 1);
    assert_eq!(finds("src/bin/dev/main.rs", "use crate::session;"), 0);
    assert_eq!(finds("src/extra/mod.rs", ""), 1);
}

#[test]
fn a_component_that_names_another_is_found() {
    let finds = |path: &str, text: &str| check_components(&Source::new(path, text)).len();
    assert_eq!(finds("src/engine/kubelet/plan.rs", "use super::probe; use crate::engine::Cx;"), 0);
    assert_eq!(finds("src/engine/kubelet/plan.rs", "use crate::engine::runtime::Process;"), 1);
    assert_eq!(finds("src/engine/kubelet/mod.rs", "use super::{cx, apiserver};"), 1);
    assert_eq!(finds("src/engine/trace.rs", "use super::kubelet; use super::runtime;"), 1);
    assert_eq!(finds("src/engine/step.rs", "use super::kubelet; use super::runtime;"), 0);
}
