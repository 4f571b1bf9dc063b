//! What is known of one image.

use crate::shell::images::reference::Reference;
use crate::shell::signal::Signal;

const TABLE: &str = include_str!("table.txt");

/// What a root file system is made from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Base {
    /// Nothing: not even a shell.
    Scratch,
    /// Busybox alone.
    Busybox,
    /// Alpine Linux: busybox with a package manager.
    Alpine,
    /// Debian with what its smallest image has: no `ps`, no `curl`, no `killall`.
    Debian,
    /// Ubuntu, in the same way.
    Ubuntu,
    /// Debian with compilers, `curl`, `wget`, `ps`.
    Buildpack,
}

/// What is known of an image with a certain tag.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    /// Bytes to pull.
    pub size: u64,
    /// What its root file system is made from.
    pub base: Base,
    /// The newest version that there may be; empty where tags are no versions.
    pub newest: &'static str,
    /// USER: a number or a name; empty is root.
    pub user: &'static str,
    /// Working directory; empty is `/`.
    pub cwd: &'static str,
    /// STOPSIGNAL.
    pub stop: Signal,
    /// ENTRYPOINT.
    pub entrypoint: Vec<String>,
    /// CMD.
    pub cmd: Vec<String>,
    /// Its environment, without `PATH` if that is the usual one.
    pub env: Vec<(String, String)>,
    /// Paths of its programs, `path=name` where the program has another name than its file.
    pub programs: Vec<String>,
}

impl Profile {
    /// A Debian-like system for images nothing is known of; what it runs is not known either.
    pub fn plain() -> Profile {
        Profile {
            size: 60_000_000,
            base: Base::Buildpack,
            newest: "",
            user: "",
            cwd: "",
            stop: Signal::Term,
            entrypoint: vec!["app".to_string()],
            cmd: Vec::new(),
            env: Vec::new(),
            programs: ["/usr/local/bin/app", "/usr/bin/grpc_health_probe"].map(String::from).into(),
        }
    }

    /// What a container runs: `command` replaces the entry point and its arguments, `args` the
    /// arguments alone.
    /// Source: containerd internal/cri/opts/spec_opts.go WithProcessArgs
    pub fn argv(&self, command: &[String], args: &[String]) -> Vec<String> {
        let (start, rest) = match (command, args) {
            ([], []) => (&self.entrypoint[..], &self.cmd[..]),
            ([], args) => (&self.entrypoint[..], args),
            (command, args) => (command, args),
        };
        start.iter().chain(rest).cloned().collect()
    }
}

/// What is known of this image, if anything is.
pub fn profile(image: &Reference) -> Option<Profile> {
    let name = image.well_known();
    TABLE.lines().map(|line| line.split('|').collect::<Vec<_>>()).find_map(|row| match row[..] {
        [names, tags, newest, size, base, user, cwd, stop, entry, cmd, env, programs]
            if names.split(' ').any(|n| n == name) && fits(tags, &image.tag) =>
        {
            let (newest, today) = newest.split_once(' ').unwrap_or((newest, newest));
            let version = version(&image.tag, today);
            let words = |text: &str| words(text, &version);
            let pair = |w: &String| w.split_once('=').map(|(k, v)| (k.to_string(), v.to_string()));
            Some(Profile {
                size: size.parse().unwrap_or(0),
                base: base_of(base),
                newest,
                user,
                cwd,
                stop: Signal::from_name(stop).unwrap_or(Signal::Term),
                entrypoint: words(entry),
                cmd: words(cmd),
                env: words(env).iter().filter_map(pair).collect(),
                programs: words(programs),
            })
        }
        _ => None,
    })
}

/// Whether a tag fits one of these: `*`, `*part*`, or the tag itself.
fn fits(patterns: &str, tag: &str) -> bool {
    patterns.split(' ').any(|pattern| match pattern.strip_prefix('*') {
        None => pattern == tag,
        Some(part) => tag.contains(part.trim_end_matches('*')),
    })
}

fn base_of(name: &str) -> Base {
    match name {
        "busybox" => Base::Busybox,
        "alpine" => Base::Alpine,
        "debian" => Base::Debian,
        "ubuntu" => Base::Ubuntu,
        "buildpack" => Base::Buildpack,
        _ => Base::Scratch,
    }
}

/// The version that a tag names: its leading number, made three parts long; for a tag without,
/// the one that was the newest when the table was written.
fn version(tag: &str, today: &str) -> String {
    let number = |text: &str| {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        text[..end].trim_end_matches('.').to_string()
    };
    let own = number(tag.strip_prefix('v').unwrap_or(tag));
    let mut version = if own.is_empty() { today.to_string() } else { own };
    while version.matches('.').count() < 2 {
        version.push_str(".0");
    }
    version
}

fn words(text: &str, version: &str) -> Vec<String> {
    let major = version.split('.').next().unwrap_or_default();
    let one = |w: &str| w.replace('~', " ").replace("{v}", version).replace("{m}", major);
    text.split(' ').filter(|w| !w.is_empty()).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(image: &str) -> Profile {
        profile(&Reference::parse(image)).expect("it is in the table")
    }

    #[test]
    fn every_line_is_whole_and_can_be_reached() {
        for line in TABLE.lines() {
            let row: Vec<&str> = line.split('|').collect();
            assert_eq!(row.len(), 12, "{line}");
            assert!(row[3].parse::<u64>().is_ok(), "{line}");
            let bases = ["busybox", "alpine", "debian", "ubuntu", "buildpack", "scratch"];
            assert!(bases.contains(&row[4]), "{line}");
            assert!(row[7].is_empty() || Signal::from_name(row[7]).is_some(), "{line}");
            let tag = match row[1] {
                "*" => "1",
                other => other.trim_matches('*'),
            };
            for name in row[0].split(' ') {
                let found = of(&format!("{name}:{tag}"));
                assert_eq!(found.size.to_string(), row[3], "{name}:{tag}");
            }
        }
    }

    #[test]
    fn the_tag_chooses_the_line() {
        assert_eq!(of("nginx:1.27-alpine").base, Base::Alpine);
        assert_eq!(of("nginx:1.27").base, Base::Debian);
        assert_eq!(of("nginx:1.22").env[0].1, "1.22.1");
        assert_eq!(of("redis:7.2").env[0], ("REDIS_VERSION".into(), "7.2.0".into()));
        assert_eq!(profile(&Reference::parse("acme/app:2")), None);
    }

    #[test]
    fn command_and_args_replace_what_they_name() {
        let list = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        let nginx = of("nginx");
        let argv = |command: &[&str], args: &[&str]| nginx.argv(&list(command), &list(args));
        assert_eq!(argv(&[], &[]), ["/docker-entrypoint.sh", "nginx", "-g", "daemon off;"]);
        assert_eq!(argv(&[], &["nginx", "-t"]), ["/docker-entrypoint.sh", "nginx", "-t"]);
        assert_eq!(argv(&["nginx"], &[]), ["nginx"]);
        assert_eq!(argv(&["nginx"], &["-t"]), ["nginx", "-t"]);
    }
}
