//! `basename path suffix`, `dirname path`

use crate::shell::commands::call::Call;

/// The last name of a path.
pub fn base(call: &mut Call) -> i32 {
    let usage = "basename FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...";
    let options = match call.leading_options("as:") {
        Ok(options) => options,
        Err(code) => return code,
    };
    if options.has('a') || options.has('s') {
        for path in &options.rest {
            last_name(call, path, options.value('s').unwrap_or(""));
        }
        return 0;
    }
    match options.rest.as_slice() {
        [path] => last_name(call, path, ""),
        [path, suffix] => last_name(call, path, suffix),
        _ => return call.usage(usage),
    }
    0
}

fn last_name(call: &mut Call, path: &str, suffix: &str) {
    let trimmed = path.trim_end_matches('/');
    let name = trimmed.rsplit('/').next().unwrap_or("");
    let name = if trimmed.is_empty() && !path.is_empty() { "/" } else { name };
    let short = name.strip_suffix(suffix).filter(|s| !s.is_empty()).unwrap_or(name);
    call.out([short, "\n"].concat());
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
