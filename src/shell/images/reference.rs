//! The name of an image, taken apart.

/// An image reference in full. Source: distribution/reference normalize.go
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Reference {
    /// Registry and path: `docker.io/library/nginx`.
    pub repository: String,
    /// Tag, if it has one or nothing says otherwise: `latest`.
    pub tag: String,
    /// Digest, if it has one.
    pub digest: String,
}

impl Reference {
    /// Reads a reference as people write it.
    pub fn parse(image: &str) -> Reference {
        let (name, digest) = image.split_once('@').unwrap_or((image, ""));
        let last = name.rfind('/').map_or(0, |at| at + 1);
        let colon = name[last..].find(':').map(|at| last + at);
        let (path, tag) = match colon {
            Some(at) => (&name[..at], &name[at + 1..]),
            None => (name, if digest.is_empty() { "latest" } else { "" }),
        };
        let (first, _) = path.split_once('/').unwrap_or(("", path));
        let has_host = first.contains(['.', ':']) || first == "localhost";
        let repository = match (has_host, first) {
            (true, _) => path.to_string(),
            (false, "") => format!("docker.io/library/{path}"),
            (false, _) => format!("docker.io/{path}"),
        };
        Reference { repository, tag: tag.to_string(), digest: digest.to_string() }
    }

    /// The reference in full, as the runtime tells it.
    pub fn full(&self) -> String {
        match (self.tag.is_empty(), self.digest.is_empty()) {
            (_, true) => format!("{}:{}", self.repository, self.tag),
            (_, false) => format!("{}@{}", self.repository, self.digest),
        }
    }

    /// The registry's host name.
    pub fn host(&self) -> &str {
        self.repository.split('/').next().unwrap_or_default()
    }

    /// The name the profiles know it by: official images without a path, Docker Hub's others
    /// without the host, Kubernetes' own by the registry they have today.
    pub fn well_known(&self) -> String {
        // Mirrors keep the path: `public.ecr.aws/docker/library/nginx`.
        if let Some((_, name)) = self.repository.split_once("/library/") {
            return name.to_string();
        }
        let (host, path) = self.repository.split_once('/').unwrap_or(("", &self.repository));
        let google = ["google-containers/", "google_containers/"];
        let moved = google.iter().find_map(|prefix| path.strip_prefix(prefix));
        match (host, moved) {
            ("docker.io", _) => path.to_string(),
            (_, Some(name)) => format!("registry.k8s.io/{name}"),
            ("k8s.gcr.io", None) => format!("registry.k8s.io/{path}"),
            _ => self.repository.clone(),
        }
    }
}

/// What is wrong with an image reference, in the words of the reference parser.
/// Source: distribution/reference normalize.go ParseNormalizedNamed, regexp.go
pub fn complaint(image: &str) -> Option<String> {
    if image.len() == 64 && image.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        let words = "cannot specify 64-byte hexadecimal strings";
        return Some(format!("invalid repository name ({image}), {words}"));
    }
    let host = image.split_once('/').filter(|(first, _)| {
        first.contains(['.', ':']) || *first == "localhost" || has_upper(first)
    });
    let (host, rest) = host.unwrap_or(("docker.io", image));
    let plain = host == "docker.io" && !rest.contains('/');
    let rest = if plain { format!("library/{rest}") } else { rest.to_string() };
    let repository = rest.split(':').next().unwrap_or_default();
    if has_upper(repository) {
        let words = "must be lowercase";
        return Some(format!("invalid reference format: repository name ({repository}) {words}"));
    }
    let (name, digest) = rest.split_once('@').unwrap_or((&rest, ""));
    let (path, tag) = name.split_once(':').unwrap_or((name, "latest"));
    if !is_host(host) || !path.split('/').all(is_part) || !is_tag(tag) {
        return Some("invalid reference format".into());
    }
    if host.len() + path.len() >= 255 {
        return Some("repository name must not be more than 255 characters".into());
    }
    rest.contains('@').then(|| digest_complaint(digest)).flatten().map(str::to_string)
}

/// Source: opencontainers/go-digest digest.go Validate
fn digest_complaint(digest: &str) -> Option<&'static str> {
    let (algorithm, hex) = digest.split_once(':').unwrap_or_default();
    let hexadecimal = hex.len() >= 32 && hex.bytes().all(|b| b.is_ascii_hexdigit());
    match algorithm {
        "" => Some("invalid reference format"),
        _ if !hexadecimal => Some("invalid reference format"),
        "sha256" => (hex.len() != 64).then_some("invalid checksum digest length"),
        "sha384" => (hex.len() != 96).then_some("invalid checksum digest length"),
        "sha512" => (hex.len() != 128).then_some("invalid checksum digest length"),
        _ => Some("unsupported digest algorithm"),
    }
}

fn has_upper(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_uppercase())
}

/// Labels of letters, digits and inner dashes, and perhaps a port.
fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    let label = |label: &str| {
        let inner = label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        inner && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')
    };
    let digits = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    digits && name.split('.').all(label)
}

/// Small letters and digits, with one `.`, one or two `_`, or any dashes between them.
fn is_part(part: &str) -> bool {
    let words = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let mut between = part.split(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    let whole = part.bytes().next().is_some_and(words) && part.bytes().last().is_some_and(words);
    whole
        && between.all(|gap| matches!(gap, "" | "." | "_" | "__") || gap.bytes().all(|b| b == b'-'))
}

fn is_tag(tag: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"_.-".contains(&b);
    (1..=128).contains(&tag.len()) && tag.bytes().all(allowed) && !tag.starts_with(['.', '-'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_completed() {
        let full = |image| Reference::parse(image).full();
        assert_eq!(full("busybox"), "docker.io/library/busybox:latest");
        assert_eq!(full("bitnami/redis:7"), "docker.io/bitnami/redis:7");
        assert_eq!(full("ghcr.io/a/b"), "ghcr.io/a/b:latest");
        assert_eq!(full("localhost:5000/x:1"), "localhost:5000/x:1");
        assert_eq!(full("nginx@sha256:aa"), "docker.io/library/nginx@sha256:aa");
        assert_eq!(full("nginx:1@sha256:aa"), "docker.io/library/nginx@sha256:aa");
    }

    #[test]
    fn mirrors_and_moved_registries_are_seen_through() {
        for (image, name) in [
            ("nginx", "nginx"),
            ("docker.io/library/nginx:1", "nginx"),
            ("public.ecr.aws/docker/library/nginx", "nginx"),
            ("curlimages/curl", "curlimages/curl"),
            ("k8s.gcr.io/pause:3.1", "registry.k8s.io/pause"),
            ("gcr.io/google-containers/busybox", "registry.k8s.io/busybox"),
            ("registry.aliyuncs.com/google_containers/pause", "registry.k8s.io/pause"),
            ("quay.io/coreos/etcd:v3.5.0", "quay.io/coreos/etcd"),
            ("mirror.example.org/nginx", "mirror.example.org/nginx"),
        ] {
            assert_eq!(Reference::parse(image).well_known(), name, "{image}");
        }
    }

    #[test]
    fn names_that_are_none_are_told_apart() {
        for good in [
            "a",
            "a_b/c__d--e.f:1.0_x",
            &format!("localhost:5000/x:1@sha256:{}", "0a".repeat(32)),
            "Reg.example/x",
            "registry.k8s.io/e2e-test-images/agnhost:2.53",
        ] {
            assert_eq!(complaint(good), None, "{good}");
        }
        let format = Some("invalid reference format".to_string());
        for bad in [
            "",
            "http://url",
            "a b",
            "a//b",
            "-a",
            "a:",
            "a.-b",
            "a:.x",
            "x.y:z/b",
            "a/",
            "a@sha256:aa",
        ] {
            assert_eq!(complaint(bad), format, "{bad}");
        }
        let upper = complaint("Nginx").expect("a complaint");
        assert!(upper.ends_with("repository name (library/Nginx) must be lowercase"), "{upper}");
        assert!(complaint(&"ab".repeat(32)).is_some_and(|c| c.contains("64-byte hexadecimal")));
    }
}
