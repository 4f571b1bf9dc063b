//! What an instance brings along: its image's files, its command line, its environment.

use super::images;
use super::instance::Instance;
use super::sandbox::Sandbox;
use crate::base::SimTime;
use crate::shell::files::{FileSystem, Found};
use crate::shell::image::{TOOLS, add_tools};
use crate::shell::images::root::root;
use crate::shell::{Node, NodeKind, Spawn, Volumes};

impl Instance {
    /// The command line that it runs: command and args, or the image's own.
    pub fn argv(&self) -> Vec<String> {
        self.image.argv(&self.spec.command, &self.spec.args)
    }

    /// The root file system. In an image nothing is known of, every program that it is asked to
    /// run is there, and a plain server stands in for it.
    pub(super) fn root(&self, hostname: &str) -> FileSystem {
        let mut files = root(&self.image, hostname);
        if images::is_known(&self.spec.image) {
            return files;
        }
        add_tools(&mut files);
        let argv = self.argv();
        let mut wanted = argv.iter().filter(|word| !word.starts_with('-'));
        let Some(program) = wanted.next() else { return files };
        self.add_program(&mut files, program);
        if TOOLS.iter().any(|tool| program.ends_with(tool))
            && let Some(started) = wanted.next()
        {
            self.add_program(&mut files, started);
        }
        files
    }

    /// Adds a program that an unknown image must have.
    fn add_program(&self, files: &mut FileSystem, program: &str) {
        let dirs = ["/usr/bin/", "/usr/local/bin/", "/bin/"];
        let there = |path: &str| {
            let found = files.find(&Volumes::new(), "/", path, true);
            matches!(found, Ok(Found::Place(place)) if place.node.is_some())
        };
        let known = match program.contains('/') {
            true => there(program),
            false => dirs.iter().any(|dir| there(&format!("{dir}{program}"))),
        };
        if !known {
            let path = match program.contains('/') {
                true => program.to_string(),
                false => format!("/usr/local/bin/{program}"),
            };
            let path = if path.starts_with('/') { path } else { format!("{}/{path}", self.cwd()) };
            let name = program.rsplit('/').next().filter(|name| TOOLS.contains(name));
            let kind = NodeKind::Binary(name.unwrap_or("app").into());
            files.put(&path, Node::new(kind, 0o755, SimTime::ZERO));
        }
    }

    fn cwd(&self) -> String {
        match self.spec.cwd.is_empty() {
            true => self.image.cwd.to_string(),
            false => self.spec.cwd.clone(),
        }
    }

    /// A process of the container: the image's environment first, the Pod's above it.
    /// Source: containerd internal/cri/server/container_create.go
    pub(super) fn spawned(&self, argv: Vec<String>, container: usize, sandbox: &Sandbox) -> Spawn {
        let pair = |name: &str, value: &str| (name.to_string(), value.to_string());
        let mut env = self.image.env.clone();
        env.extend([pair("HOSTNAME", &sandbox.hostname), pair("HOME", "/root")]);
        env.retain(|(name, _)| !self.spec.env.iter().any(|(own, _)| own == name));
        env.extend(self.spec.env.iter().cloned());
        let behaviour = self.behaviour.clone();
        Spawn { argv, env, cwd: self.cwd(), container, net: sandbox.net, behaviour }
    }
}
