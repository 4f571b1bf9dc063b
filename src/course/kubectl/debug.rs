//! `kubectl debug POD`: another container in a Pod that runs.

use super::flags::{self, Flag, switch, value};
use crate::base::json::{Value, json};
use crate::engine::{Change, PatchRequest, Request};
use std::rc::Rc;

pub(super) const FLAGS: &[Flag] = &[
    value("image", ' '),
    value("container", 'c'),
    value("target", ' '),
    value("profile", ' '),
    value("namespace", 'n'),
    switch("stdin", 'i'),
    switch("tty", 't'),
    switch("quiet", 'q'),
    switch("attach", ' '),
];

/// Reads the words behind `debug`.
/// Source: kubectl cmd/debug/debug.go Complete, Validate, generateDebugContainer
pub fn read(words: &[String]) -> Result<Vec<Request>, String> {
    let parsed = flags::read("debug", words, FLAGS)?;
    let [pod] = parsed.names.as_slice() else {
        return Err(
            "error: exactly one Pod is to be named here: kubectl debug POD --image=...\n".into()
        );
    };
    let name = pod.strip_prefix("pod/").unwrap_or(pod).to_string();
    let Some(image) = parsed.get("image") else {
        return Err("error: you must specify --image when not using --copy-to\n".into());
    };
    let container = parsed.get("container").unwrap_or("debugger");
    let mut debugger = json!({
        "name": container,
        "image": image,
        "imagePullPolicy": "IfNotPresent",
        "terminationMessagePolicy": "File",
    });
    if let Some(command) = parsed.command.clone().filter(|c| !c.is_empty()) {
        // Without --arguments-only the words replace the image's entry point.
        debugger["command"] = command.into_iter().map(Value::from).collect();
    }
    if let Some(target) = parsed.get("target") {
        debugger["targetContainerName"] = target.into();
    }
    for flag in ["stdin", "tty"] {
        if parsed.is_on(flag) {
            debugger[flag] = true.into();
        }
    }
    let (kind, change) = ("Pod".to_string(), Change::Debug(debugger));
    Ok(vec![Request::Patch(Rc::new(PatchRequest { kind, name, status: false, change }))])
}
