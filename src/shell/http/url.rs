//! `http://host:port/path`, as far as clients here need it.

/// A URL.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Url {
    /// `http` or `https`.
    pub scheme: String,
    /// Host name or address, without brackets or port.
    pub host: String,
    /// The port, written or the scheme's own.
    pub port: u16,
    /// Path with question, beginning with `/`.
    pub target: String,
}

impl Url {
    /// Reads a URL; without a scheme it is `http`. `None`: an unknown scheme or no host or port.
    pub fn parse(text: &str) -> Option<Url> {
        let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
        let port = match scheme {
            "http" => 80,
            "https" => 443,
            _ => return None,
        };
        let rest = rest.split('#').next().unwrap_or_default();
        let at = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, target) = rest.split_at(at);
        let authority = authority.rsplit('@').next().unwrap_or_default();
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, "")) => (host, port),
            Some((host, port)) => (host, port.parse().ok()?),
            None => (authority, port),
        };
        if host.is_empty() {
            return None;
        }
        let slash = if target.starts_with('/') { "" } else { "/" };
        Some(Url {
            scheme: scheme.to_string(),
            host: host.to_string(),
            port,
            target: format!("{slash}{target}"),
        })
    }

    /// The URL that `location` leads to from here. Source: RFC 3986 section 5.2, without `..`.
    pub fn join(&self, location: &str) -> Option<Url> {
        if location.contains("://") {
            return Url::parse(location);
        }
        if let Some(rest) = location.strip_prefix("//") {
            return Url::parse(&format!("{}://{rest}", self.scheme));
        }
        let path = self.target.split('?').next().unwrap_or_default();
        let target = match location.as_bytes().first() {
            Some(b'/') => location.to_string(),
            Some(b'?') => format!("{path}{location}"),
            None => self.target.clone(),
            _ => format!("{}{location}", &path[..path.rfind('/').map_or(0, |i| i + 1)]),
        };
        let target = target.split('#').next().unwrap_or_default().to_string();
        Some(Url { target, ..self.clone() })
    }

    /// Whether the port is the scheme's own.
    pub fn has_usual_port(&self) -> bool {
        self.port == if self.scheme == "https" { 443 } else { 80 }
    }

    /// The host, with the port if it is not the scheme's own: what a Host header says.
    pub fn authority(&self) -> String {
        match self.has_usual_port() {
            true => self.host.clone(),
            false => format!("{}:{}", self.host, self.port),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_read_and_joined() {
        let url = Url::parse("http://10.0.0.1:8080/a/b?x=1#f").unwrap();
        assert_eq!(
            (url.host.as_str(), url.port, url.target.as_str()),
            ("10.0.0.1", 8080, "/a/b?x=1")
        );
        let join = |to: &str| url.join(to).map(|u| format!("{}{}", u.authority(), u.target));
        assert_eq!(join("/c").as_deref(), Some("10.0.0.1:8080/c"));
        assert_eq!(join("c").as_deref(), Some("10.0.0.1:8080/a/c"));
        assert_eq!(join("https://web/").as_deref(), Some("web/"));
        assert_eq!(join("//web").as_deref(), Some("web/"));
        assert_eq!(join("?y").as_deref(), Some("10.0.0.1:8080/a/b?y"));
        assert_eq!(Url::parse("ftp://x/"), None);
        assert_eq!(Url::parse("http://:80/"), None);
        assert_eq!(Url::parse("web").map(|u| u.target).as_deref(), Some("/"));
    }
}
