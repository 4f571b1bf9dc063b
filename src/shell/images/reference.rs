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
}
