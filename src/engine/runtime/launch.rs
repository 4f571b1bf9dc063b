//! What an instance brings along: its image's files, its command line, its environment.

use super::images::{self, Images};
use super::instance::Instance;
use super::sandbox::Sandbox;
use crate::base::SimTime;
use crate::engine::cx::Cx;
use crate::engine::trace::Subject;
use crate::rules::Rule;
use crate::shell::commands;
use crate::shell::files::{FileSystem, Found};
use crate::shell::image::{TOOLS, add_tools};
use crate::shell::process::Env;
use crate::shell::spawn::add_path;
use crate::shell::user::{entry, memberships};
use crate::shell::{Node, NodeKind, Spawn, User, Volumes};

/// The user id of a name that is nowhere told.
const UNKNOWN_USER: u32 = 999;

impl Instance {
    /// The command line that it runs: command and args, or the image's own.
    pub fn argv(&self) -> Vec<String> {
        self.image.argv(&self.spec.command, &self.spec.args)
    }

    /// The root file system. In an image nothing is known of, every program that it is asked to
    /// run is there, and a plain server stands in for it.
    pub(super) fn root(&self, images: &mut Images, hostname: &str) -> FileSystem {
        let mut files = images.root(&self.spec.image, &self.image, hostname);
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
            // In that system `/bin` is a link.
            let linked = path.starts_with("/bin/") || path.starts_with("/sbin/");
            let path = if linked { format!("/usr{path}") } else { path };
            files.put(&path, Node::new(NodeKind::Binary("app".into()), 0o755, SimTime::ZERO));
        }
    }

    /// Says that something stands in for an image that nothing is known of, and what annotations
    /// say.
    pub(super) fn cite_image(&self, cx: &mut Cx) {
        let spec = &self.spec;
        let subject = || Subject::container(&spec.pod, &spec.container);
        if !images::is_known(&spec.image) {
            let argv = self.argv();
            let image = format!("{}.image", spec.fields[0].trim_end_matches(".command"));
            let name = commands::base_name(&argv);
            let (rule, facts) = match is_shell(name) || commands::names().any(|known| known == name)
            {
                true => {
                    let what = format!("the files and programs of {}", spec.image);
                    (Rule::NoteNotSimulated, vec![("what", what.into())])
                }
                false => {
                    let ports = self.behaviour.ports.as_ref().unwrap_or(&self.behaviour.expected);
                    let ports: Vec<String> = ports.iter().map(|p| p.number.to_string()).collect();
                    let ports = if ports.is_empty() { "-".into() } else { ports.join(", ") };
                    let image = spec.image.as_str().into();
                    (Rule::NoteImage, vec![("image", image), ("ports", ports.into())])
                }
            };
            cx.cite_fields(subject(), rule, facts, vec![image]);
        }
        let words = self.behaviour.said();
        if !words.is_empty() {
            let fields = vec!["metadata.annotations".to_string()];
            cx.cite_fields(subject(), Rule::NoteAnnotation, vec![("words", words.into())], fields);
        }
    }

    /// Where its processes start.
    pub(super) fn cwd(&self) -> String {
        match self.spec.cwd.is_empty() {
            true => self.image.cwd.to_string(),
            false => self.spec.cwd.clone(),
        }
    }

    /// Who the processes are: what the Pod says, completed from the image's files.
    /// Source: runc libcontainer/user GetExecUser; containerd oci/spec_opts.go WithAdditionalGIDs
    pub(super) fn user_in(&self, files: &FileSystem, disk: &Volumes) -> (User, String) {
        let read = |path: &str| {
            let bytes = files.read(disk, path).unwrap_or_default();
            String::from_utf8_lossy(&bytes).into_owned()
        };
        let (asked, passwd) = (&self.spec.user, read("/etc/passwd"));
        let of_image = if self.image.user.is_empty() { "0" } else { self.image.user };
        let wanted = asked.uid.map_or(of_image.to_string(), |uid| uid.to_string());
        let known = entry(&passwd, &wanted);
        let field = |at: usize| known.as_ref().and_then(|fields| fields.get(at)).copied();
        // A name that only the real image knows stands for some user that is not root.
        let uid = field(2).unwrap_or(&wanted).parse().unwrap_or(UNKNOWN_USER);
        let gid = asked.gid.or_else(|| field(3)?.parse().ok()).unwrap_or(0);
        let mut groups = asked.groups.clone();
        groups.push(gid);
        if let Some(name) = field(0).filter(|_| !asked.strict) {
            groups.extend(memberships(&read("/etc/group"), name));
        }
        crate::base::sort(&mut groups);
        groups.dedup();
        (User { uid, gid, groups }, field(5).unwrap_or("/").to_string())
    }

    /// The environment of the container's processes, once its user is known.
    pub(super) fn environment(&self, sandbox: &Sandbox) -> Env {
        let pair = |name: &str, value: &str| (name.to_string(), value.to_string());
        let mut env = self.image.env.clone();
        env.extend([pair("HOSTNAME", &sandbox.hostname), pair("HOME", &self.user.1)]);
        env.retain(|(name, _)| !self.spec.env.iter().any(|(own, _)| own == name));
        env.extend(self.spec.env.iter().cloned());
        add_path(&mut env);
        Env::new(env)
    }

    /// A process of the container.
    pub(super) fn spawned(&self, argv: Vec<String>, container: usize, sandbox: &Sandbox) -> Spawn {
        Spawn {
            argv,
            env: self.env.clone(),
            cwd: self.cwd(),
            container,
            net: sandbox.net,
            user: self.user.0.clone(),
            behaviour: self.behaviour.clone(),
            stdin: false,
            terminal: false,
        }
    }
}

fn is_shell(name: &str) -> bool {
    ["sh", "ash", "bash", "dash"].contains(&name)
}
