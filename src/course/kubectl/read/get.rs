//! `kubectl get`.

use super::targets::targets;
use crate::api::query::{Get, Output, Place, Selector};
use crate::course::kubectl::flags::{self, Flag, Parsed, switch, value};

pub(in crate::course::kubectl) const FLAGS: &[Flag] = &[
    value("output", 'o'),
    value("selector", 'l'),
    value("field-selector", ' '),
    value("sort-by", ' '),
    value("namespace", 'n'),
    value("chunk-size", ' '),
    switch("all-namespaces", 'A'),
    switch("show-labels", ' '),
    switch("no-headers", ' '),
    switch("show-kind", ' '),
    switch("ignore-not-found", ' '),
    switch("watch", 'w'),
    switch("watch-only", ' '),
];

/// Reads the words behind `get`. Source: kubectl cmd/get/get.go Complete, Validate
pub fn read(words: &[String]) -> Result<Get, String> {
    let parsed = flags::read("get", words, FLAGS)?;
    let mut get = Get { targets: targets(&parsed.names)?, ..Get::default() };
    match Output::read(parsed.get("output").unwrap_or_default())? {
        Some(output) => get.output = output,
        None => get.wish.wide = true,
    }
    get.selector = selector(&parsed)?;
    get.order = parsed.get("sort-by").unwrap_or_default().to_string();
    get.watch = parsed.is_on("watch") || parsed.is_on("watch-only");
    // Source: get.go watch, with SingleResourceType of the builder
    let first = get.targets.first().map(|t| t.kind.kind);
    if get.watch && get.targets.iter().any(|t| Some(t.kind.kind) != first) {
        return Err("error: you may only specify a single resource type\n".into());
    }
    get.ignore_not_found = parsed.is_on("ignore-not-found");
    get.place = place(&parsed);
    let wish = &mut get.wish;
    wish.namespace = parsed.is_on("all-namespaces");
    wish.show_labels = parsed.is_on("show-labels");
    wish.no_headers = parsed.is_on("no-headers");
    wish.with_kind = parsed.is_on("show-kind");
    if get.targets.iter().any(|t| t.name.is_some()) && get.selector != Selector::default() {
        return Err("error: name cannot be provided when a selector is specified\n".into());
    }
    Ok(get)
}

/// Of all namespaces, with `-A`.
pub fn place(parsed: &Parsed) -> Place {
    if parsed.is_on("all-namespaces") { Place::Everywhere } else { Place::default() }
}

/// The selectors of `-l` and `--field-selector`.
pub fn selector(parsed: &Parsed) -> Result<Selector, String> {
    let mut selector = Selector::default();
    let label = selector.add_labels(parsed.get("selector").unwrap_or_default());
    let field = selector.add_fields(parsed.get("field-selector").unwrap_or_default());
    label.and(field).map_err(|why| ["error: ", &why, "\n"].concat())?;
    Ok(selector)
}
