//! `multipart/form-data`: the parts of a form with files. Source: RFC 7578, RFC 2046 section 5.1.

/// What a form holds under this name, if the content type says that it is one.
pub fn part<'a>(kind: &str, body: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let boundary = kind.strip_prefix("multipart/form-data")?.split("boundary=").nth(1)?;
    let boundary = boundary.split(';').next().unwrap_or_default().trim_matches('"');
    let line = format!("--{boundary}");
    let named = format!("name=\"{name}\"");
    let mut rest = &body[find(body, line.as_bytes())? + line.len()..];
    while let Some(end) = find(rest, format!("\r\n{line}").as_bytes()) {
        let part = &rest[..end];
        if let Some(start) = find(part, b"\r\n\r\n")
            && String::from_utf8_lossy(&part[..start]).contains(&named)
        {
            return Some(&part[start + 4..]);
        }
        rest = &rest[end + 2 + line.len()..];
    }
    None
}

/// Where a text begins in another.
fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len().max(1)).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::part;

    const BODY: &[u8] = b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x\r\n\
        Content-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\
        Content-Type: text/plain\r\n\r\nhello\r\n\r\n--x--\r\n";

    #[test]
    fn a_part_is_found_by_its_name() {
        let kind = "multipart/form-data; boundary=x";
        assert_eq!(part(kind, BODY, "file"), Some(&b"hello\r\n"[..]));
        assert_eq!(part(kind, BODY, "a"), Some(&b"1"[..]));
        assert_eq!(part(kind, BODY, "b"), None);
        assert_eq!(part("text/plain", BODY, "a"), None);
        assert_eq!(part(kind, b"--x", "a"), None);
    }
}
