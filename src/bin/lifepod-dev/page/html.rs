//! The `<link data-trunk …>` tags of index.html: the same few kinds that Trunk knows.

use anyhow::{Context, Result, bail};
use std::ops::Range;

/// One `<link data-trunk …>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// The tag's place in the text.
    pub place: Range<usize>,
    attributes: Vec<(String, String)>,
}

impl Asset {
    /// The value of an attribute; empty if it has none.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// `rust`, `css`, `copy-dir` …
    pub fn rel(&self) -> &str {
        self.attribute("rel").unwrap_or_default()
    }

    /// The file or folder that it names.
    pub fn href(&self) -> Result<&str> {
        self.attribute("href").with_context(|| format!("index.html: {} without href", self.rel()))
    }
}

/// All assets, in the order of the text.
pub fn assets(html: &str) -> Result<Vec<Asset>> {
    Ok(tags(html, "link")?
        .into_iter()
        .filter(|tag| tag.attribute("data-trunk").is_some())
        .collect())
}

/// The one asset that is the program.
pub fn rust(assets: &[Asset]) -> Result<&Asset> {
    assets.iter().find(|asset| asset.rel() == "rust").context("index.html: no rel=\"rust\" link")
}

/// The Content-Security-Policy that the page asks for; the server sends the same.
pub fn policy(html: &str) -> Result<String> {
    tags(html, "meta")?
        .iter()
        .find(|meta| meta.attribute("http-equiv") == Some("Content-Security-Policy"))
        .and_then(|meta| meta.attribute("content"))
        .map(|policy| policy.split_whitespace().collect::<Vec<_>>().join(" "))
        .context("index.html: no Content-Security-Policy")
}

/// All tags of one name outside comments.
pub fn tags(html: &str, name: &str) -> Result<Vec<Asset>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|offset| at + offset) {
        let rest = &html[start..];
        let length = if rest.starts_with("<!--") {
            rest.find("-->").map(|end| end + 3)
        } else {
            tag_length(rest)
        };
        let Some(length) = length else { bail!("index.html: a tag does not end: {rest:.40}") };
        if let Some(inside) = inside(&rest[..length], name) {
            found.push(Asset { place: start..start + length, attributes: attributes(inside) });
        }
        at = start + length;
    }
    Ok(found)
}

/// Up to the `>` that is in no quotes.
fn tag_length(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

fn inside<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let inside = tag.strip_prefix('<')?.strip_prefix(name)?.strip_suffix('>')?;
    inside.starts_with(|c: char| c.is_whitespace()).then(|| inside.trim_end_matches('/'))
}

fn attributes(mut text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    loop {
        text = text.trim_start();
        let end = text.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(text.len());
        if end == 0 {
            return found;
        }
        let (name, rest) = text.split_at(end);
        let (value, rest) = match rest.strip_prefix('=') {
            Some(rest) => value(rest),
            None => ("", rest),
        };
        found.push((name.to_owned(), value.to_owned()));
        text = rest;
    }
}

fn value(text: &str) -> (&str, &str) {
    let quoted = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    match quoted.and_then(|quote| text[1..].split_once(quote)) {
        Some(parts) => parts,
        None => text.split_at(text.find(char::is_whitespace).unwrap_or(text.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head>\n<!-- <link data-trunk rel=\"css\" href=\"no\"> -->\
        <link rel=\"icon\" href=\"a\">\
        <link data-trunk rel=\"rust\" data-bin='web' data-cargo-no-default-features title=\"a>b\"/>\
        <linkage data-trunk></head>";

    #[test]
    fn assets_are_found_with_their_attributes() {
        let found = assets(PAGE).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].rel(), "rust");
        assert_eq!(found[0].attribute("data-bin"), Some("web"));
        assert_eq!(found[0].attribute("data-cargo-no-default-features"), Some(""));
        assert_eq!(found[0].attribute("title"), Some("a>b"));
        assert!(PAGE[found[0].place.clone()].ends_with("\"a>b\"/>"));
        assert!(found[0].href().is_err());
    }

    #[test]
    fn the_policy_is_read_as_one_line() {
        let page = "<meta charset=utf-8><meta http-equiv=\"Content-Security-Policy\" \
                    content=\"default-src 'none';\n   img-src 'self'\">";
        assert_eq!(policy(page).unwrap(), "default-src 'none'; img-src 'self'");
        assert!(policy("<meta charset=utf-8>").is_err());
    }

    #[test]
    fn a_tag_without_end_is_an_error() {
        assert!(assets("<p><link data-trunk rel=").is_err());
        assert!(assets("<!-- <link>").is_err());
    }
}
