//! What differs from run to run in an Event's message is replaced by a word.

/// The message without addresses, ids, durations and texts that belong to a container runtime.
pub fn scrub(message: &str) -> String {
    let text = replace(message, "UID", uid);
    let text = replace(&text, "PODIP", pod_ip);
    let text = cut_rpc_error(&text);
    let text = replace(&text, "HEX", long_hex);
    let text = replace(&text, "(T including waiting)", waiting);
    let text = replace(&text, "in T ", pull_time);
    let text = replace(&text, "Image size: N bytes", image_size);
    let text = replace(&text, ":PORT->", source_port);
    text.trim().to_string()
}

/// The text without addresses of Pods.
pub fn without_addresses(text: &str) -> String {
    replace(text, "PODIP", pod_ip)
}

/// A pattern: how many bytes of `text` from `at` it matches, if it does.
type Pattern = fn(text: &str, at: usize) -> Option<usize>;

fn replace(text: &str, word: &str, pattern: Pattern) -> String {
    let mut out = String::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        match pattern(text, at) {
            Some(len) => {
                out.push_str(word);
                at += len;
            }
            None => {
                out.push(letter);
                at += letter.len_utf8();
            }
        }
    }
    out
}

/// A reader over the bytes after a place; each step fails or moves on.
struct Reader<'a> {
    bytes: &'a [u8],
    read: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, at: usize) -> Self {
        Reader { bytes: &text.as_bytes()[at..], read: 0 }
    }

    fn run(&mut self, is: fn(&u8) -> bool, most: usize) -> usize {
        let rest = &self.bytes[self.read..];
        let len = rest.iter().take(most).take_while(|byte| is(byte)).count();
        self.read += len;
        len
    }

    fn digits(&mut self) -> Option<usize> {
        let len = self.run(u8::is_ascii_digit, usize::MAX);
        (len > 0).then_some(len)
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let found = self.bytes[self.read..].starts_with(word.as_bytes());
        self.read += if found { word.len() } else { 0 };
        found.then_some(())
    }

    /// `12`, `12.5`, then `ms` or `s`.
    fn duration(&mut self) -> Option<()> {
        self.digits()?;
        let whole = self.read;
        if self.word(".").is_some() && self.digits().is_none() {
            self.read = whole;
        }
        self.word("ms").or_else(|| self.word("s"))
    }
}

fn is_hex(byte: &u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

fn uid(text: &str, at: usize) -> Option<usize> {
    let mut r = Reader::new(text, at);
    for (nth, len) in [8, 4, 4, 4, 12].into_iter().enumerate() {
        if nth > 0 {
            r.word("-")?;
        }
        (r.run(is_hex, len) == len).then_some(())?;
    }
    Some(r.read)
}

fn pod_ip(text: &str, at: usize) -> Option<usize> {
    let before = text[..at].chars().next_back();
    if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_') {
        return None;
    }
    let mut r = Reader::new(text, at);
    r.word("10.")?;
    r.digits()?;
    r.word(".")?;
    r.digits()?;
    r.word(".")?;
    r.digits()?;
    Some(r.read)
}

/// `rpc error: code = C desc = …`: the rest is the runtime's own text.
fn cut_rpc_error(text: &str) -> String {
    let (start, desc) = ("rpc error: code = ", " desc = ");
    for (at, _) in text.match_indices(start) {
        let rest = &text[at + start.len()..];
        let code = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').count();
        if code > 0 && rest[code..].starts_with(desc) {
            return format!("{}…", &text[..at + start.len() + code + desc.len()]);
        }
    }
    text.to_string()
}

fn long_hex(text: &str, at: usize) -> Option<usize> {
    let mut r = Reader::new(text, at);
    (r.run(is_hex, 64) >= 24).then_some(r.read)
}

fn waiting(text: &str, at: usize) -> Option<usize> {
    let mut r = Reader::new(text, at);
    r.word("(")?;
    r.duration()?;
    r.word(" including waiting)")?;
    Some(r.read)
}

fn pull_time(text: &str, at: usize) -> Option<usize> {
    let mut r = Reader::new(text, at);
    r.word("in ")?;
    r.duration()?;
    r.word(" ")?;
    Some(r.read)
}

fn image_size(text: &str, at: usize) -> Option<usize> {
    let mut r = Reader::new(text, at);
    r.word("Image size: ")?;
    r.digits()?;
    r.word(" bytes")?;
    Some(r.read)
}

fn source_port(text: &str, at: usize) -> Option<usize> {
    let mut r = Reader::new(text, at);
    r.word(":")?;
    let digits = r.digits()?;
    r.word("->")?;
    matches!(digits, 4 | 5).then_some(r.read)
}

#[test]
fn what_varies_becomes_a_word_and_the_rest_stays() {
    for (message, scrubbed) in [
        ("Created container: app", "Created container: app"),
        (
            "Get \"http://10.88.1.17:80/\": dial tcp 10.88.1.17:80: connect: connection refused",
            "Get \"http://PODIP:80/\": dial tcp PODIP:80: connect: connection refused",
        ),
        ("read tcp 10.0.0.1:41234->10.0.0.9:80", "read tcp PODIP:PORT->PODIP:80"),
        ("read :123->", "read :123->"),
        ("110.1.2.3", "110.1.2.3"),
        (
            "Successfully pulled image \"busybox\" in 162ms (1.162s including waiting). \
             Image size: 812345 bytes.",
            "Successfully pulled image \"busybox\" in T (T including waiting). \
             Image size: N bytes.",
        ),
        ("in 2. x", "in 2. x"),
        (
            "a rpc error: code = NotFound desc = failed\nto pull",
            "a rpc error: code = NotFound desc = …",
        ),
        ("pod 01234567-89ab-cdef-0123-456789abcdef ", "pod UID"),
        ("id 0123456789abcdef01234567", "id HEX"),
        ("id 0123456789abcdef0123456", "id 0123456789abcdef0123456"),
    ] {
        assert_eq!(scrub(message), scrubbed);
    }
}
