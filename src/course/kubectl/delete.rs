//! `kubectl delete`: which grace period its flags make.

use super::flags::{self, Flag, Parsed, switch, value};
use super::target::{Target, kinds, targets};
use crate::base::json::{Value, json};
use crate::engine::{Cascade, DeleteOptions, Request};

pub(super) const FLAGS: &[Flag] = &[
    switch("now", ' '),
    switch("force", ' '),
    switch("wait", ' '),
    switch("ignore-not-found", ' '),
    value("grace-period", ' '),
    value("cascade", ' '),
    value("selector", 'l'),
    value("timeout", ' '),
    switch("all", ' '),
    value("namespace", 'n'),
];

/// Reads the words behind `delete`.
/// Source: kubectl cmd/delete/delete.go Complete, Validate
pub fn read(words: &[String]) -> Result<Vec<Request>, String> {
    let parsed = flags::read("delete", words, FLAGS)?;
    let grace = grace(&parsed)?;
    let force = parsed.is_on("force");
    let cascade = cascade(parsed.get("cascade").unwrap_or("background"))?;
    let request = |t: Target, selector: Option<Value>| Request::Delete {
        kind: t.kind.to_string(),
        name: t.name,
        grace,
        force,
        options: DeleteOptions { cascade, uid: None, selector },
    };
    let selector = match (parsed.get("selector"), parsed.is_on("all")) {
        (Some(_), true) => {
            return Err("error: setting 'all' parameter but found a non empty selector. \n".into());
        }
        (Some(text), false) => Some(super::flags::selector(text)?),
        (None, all) => all.then(|| json!({})),
    };
    let Some(selector) = selector else {
        return Ok(targets(&parsed.names)?.into_iter().map(|t| request(t, None)).collect());
    };
    let [word] = parsed.names.as_slice() else {
        return Err("error: name cannot be provided when a selector is specified\n".into());
    };
    let of = |kind| request(Target { kind, name: String::new() }, Some(selector.clone()));
    Ok(kinds(word)?.into_iter().map(of).collect())
}

/// Source: kubectl cmd/util/helpers.go GetCascadingStrategy
fn cascade(word: &str) -> Result<Cascade, String> {
    match word {
        "background" | "true" => Ok(Cascade::Background),
        "foreground" => Ok(Cascade::Foreground),
        "orphan" | "false" => Ok(Cascade::Orphan),
        other => Err(format!(
            "error: invalid cascade value ({other}). Must be \"background\", \"foreground\", or \
             \"orphan\"\n"
        )),
    }
}

fn seconds(text: &str) -> Result<i64, String> {
    text.parse().map_err(|_| {
        format!(
            "error: invalid argument \"{text}\" for \"--grace-period\" flag: strconv.ParseInt: \
             parsing \"{text}\": invalid syntax\nSee 'kubectl delete --help' for usage.\n"
        )
    })
}

fn grace(parsed: &Parsed) -> Result<Option<i64>, String> {
    let given = parsed.get("grace-period").map(seconds).transpose()?.filter(|n| *n >= 0);
    match (given, parsed.is_on("now"), parsed.is_on("force")) {
        (Some(_), true, _) => {
            Err("error: --now and --grace-period cannot be specified together\n".into())
        }
        (Some(1..), _, true) => {
            Err("error: --force and --grace-period greater than 0 cannot be specified together\n"
                .into())
        }
        (_, _, true) => Ok(Some(0)),
        (None, true, false) => Ok(Some(1)),
        // Without --force, 0 means 1: the object waits for the kubelet.
        (Some(0), false, false) => Ok(Some(1)),
        (given, ..) => Ok(given),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::kubectl::parse;
    use crate::engine::Action;

    fn graces(line: &str) -> Result<Option<i64>, String> {
        match parse(line) {
            Action::Kubectl { requests, .. } => match &requests[0] {
                Request::Delete { grace, .. } => Ok(*grace),
                other => panic!("{other:?}"),
            },
            Action::Refused { error, .. } => Err(error),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn grace_is_what_kubectl_makes_of_its_flags() {
        assert_eq!(graces("delete pod web --wait=false"), Ok(None));
        assert_eq!(graces("delete pod/web --grace-period=5"), Ok(Some(5)));
        assert_eq!(graces("delete pod web --grace-period 0"), Ok(Some(1)));
        assert_eq!(graces("delete po web --now"), Ok(Some(1)));
        assert_eq!(graces("delete pod web --grace-period=0 --force"), Ok(Some(0)));
        assert_eq!(graces("delete pod web --force"), Ok(Some(0)));
    }

    #[test]
    fn what_kubectl_refuses_is_refused() {
        let refused = [
            "delete pod web --now --grace-period=3",
            "delete pod web --force --grace-period=3",
            "delete pod",
            "delete gizmo web",
            "delete pod web --grace-period=soon",
            "frobnicate",
        ];
        for line in refused {
            let error = graces(line).expect_err(line);
            assert!(error.starts_with("error: ") && error.ends_with('\n'), "{error}");
        }
    }
}
