//! Variables from files that another container wrote into a volume (`fileKeyRef`). Pure.

use super::downward::raw_container;
use crate::api::Pod;
use crate::base::json::Value;

/// A file of a volume: the volume's name, the path in it, and its text if it is there.
pub type EnvFile = (String, String, Option<String>);

/// The files that a container's variables are read from, without their text.
pub fn wanted(pod: &Pod, container: &str) -> Vec<(String, String)> {
    let env = raw_container(&pod.spec, container)["env"].as_array().into_iter().flatten();
    let mut files: Vec<_> = env.filter_map(|v| named(&v["valueFrom"]["fileKeyRef"])).collect();
    files.dedup();
    files
}

fn named(reference: &Value) -> Option<(String, String)> {
    let text = |field: &str| reference[field].as_str().map(str::to_string);
    Some((text("volumeName")?, text("path")?))
}

/// The value of a variable that a file defines; `None` if it may be left out. The error is why the
/// container cannot be created.
/// Source: kubelet_pods.go makeEnvironmentVariables
pub fn value(pod: &Pod, files: &[EnvFile], reference: &Value) -> Result<Option<String>, String> {
    let (volume, path) = named(reference).unwrap_or_default();
    let file = files.iter().find(|(v, p, _)| *v == volume && *p == path);
    let Some((.., text)) = file else {
        return Err(format!("cannot find the volume {volume:?} referenced by FileKeyRef"));
    };
    let key = reference["key"].as_str().unwrap_or_default();
    let found = text.as_ref().and_then(|text| lookup(text, key).ok());
    match found.ok_or("couldn't parse env file")? {
        "" if reference["optional"] == true => Ok(None),
        "" => {
            let dir = format!("/var/lib/kubelet/pods/{}/volumes", pod.meta.uid);
            let file = format!("{dir}/kubernetes.io~empty-dir/{volume}/{path}");
            Err(format!("environment variable key {key:?} not found in file {file:?}"))
        }
        value => Ok(Some(value.to_string())),
    }
}

/// What a file says of a variable; nothing if it does not name it. A variable is written
/// `NAME='value'`; all between the quotes counts, ends of lines too.
///
/// # Errors
/// The file is not written so.
/// Source: kubelet/util/env ParseEnv; documentation of the format of env files
fn lookup<'a>(text: &'a str, key: &str) -> Result<&'a str, ()> {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Ok("");
        }
        if let Some(comment) = rest.strip_prefix('#') {
            rest = after_line(comment).1;
            continue;
        }
        let (name, quoted) = rest.split_once("='").ok_or(())?;
        if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c == '=') {
            return Err(());
        }
        let (value, after) = quoted.split_once('\'').ok_or(())?;
        let (end, next) = after_line(after);
        if !end.trim_start().is_empty() && !end.trim_start().starts_with('#') {
            return Err(());
        }
        if name == key {
            return Ok(value);
        }
        rest = next;
    }
}

/// The rest of a line, and what comes after it.
fn after_line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::lookup;

    #[test]
    fn variables_are_quoted_and_anything_else_is_an_error() {
        let text = "# by init\n  A='x y'  # note\n\nB='two\nlines'\nC=''\n";
        let rows = [("A", "x y"), ("B", "two\nlines"), ("C", ""), ("D", "")];
        for (key, value) in rows {
            assert_eq!(lookup(text, key), Ok(value), "{key}");
        }
        for bad in ["A=x\n", "A = 'x'\n", "A='x\n", "A='x'y\n", "='x'\n", "words\n"] {
            assert!(lookup(bad, "A").is_err(), "{bad}");
        }
    }
}
