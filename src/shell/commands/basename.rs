//! `basename path suffix`, `dirname path`

use crate::shell::commands::call::Call;

/// The last name of a path.
pub fn base(call: &mut Call) -> i32 {
    let [path, rest @ ..] = call.args else {
        return call.usage("basename FILE [SUFFIX]");
    };
    let trimmed = path.trim_end_matches('/');
    let name = trimmed.rsplit('/').next().unwrap_or("");
    let name = if trimmed.is_empty() && !path.is_empty() { "/" } else { name };
    let suffix = rest.first().map_or("", |s| s.as_str());
    let short = name.strip_suffix(suffix).filter(|s| !s.is_empty()).unwrap_or(name);
    call.out(format!("{short}\n"));
    0
}

/// The directory of a path.
pub fn dir(call: &mut Call) -> i32 {
    let [path] = call.args else {
        return call.usage("dirname FILENAME");
    };
    let trimmed = path.trim_end_matches('/');
    let dir = match trimmed.rsplit_once('/') {
        _ if trimmed.is_empty() && path.starts_with('/') => "/",
        None => ".",
        Some((dir, _)) if dir.trim_end_matches('/').is_empty() => "/",
        Some((dir, _)) => dir.trim_end_matches('/'),
    };
    call.out(format!("{dir}\n"));
    0
}
