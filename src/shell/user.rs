//! Users and groups: who a process is, and what a file lets it do.

use crate::shell::sys::Sys;
use crate::shell::tree::Node;

/// Who a process is. The default is root.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct User {
    /// User id.
    pub uid: u32,
    /// Group id; new files belong to it.
    pub gid: u32,
    /// All its groups, sorted.
    pub groups: Vec<u32>,
}

/// What a process wants to do with a file: a bit as in the last digit of a mode.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Run it, or go through it.
    Execute = 1,
    /// Write it, or change the names in it.
    Write = 2,
    /// Read it.
    Read = 4,
}

impl User {
    /// Whether the mode of a node lets this user do something.
    /// Source: path_resolution(7); root may all but run what nobody may run
    pub fn may(&self, node: &Node, what: Access) -> bool {
        let bit = what as u16;
        if self.uid == 0 {
            return what != Access::Execute || node.is_dir() || node.mode & 0o111 != 0;
        }
        let shift = match () {
            () if node.uid == self.uid => 6,
            () if self.is_in(node.gid) => 3,
            () => 0,
        };
        node.mode >> shift & bit != 0
    }

    /// Whether it may change mode and owner of a node.
    pub fn owns(&self, node: &Node) -> bool {
        self.uid == 0 || node.uid == self.uid
    }

    /// Whether it is in a group.
    pub fn is_in(&self, gid: u32) -> bool {
        self.gid == gid || self.groups.contains(&gid)
    }
}

/// A line of `/etc/passwd` or `/etc/group`: by number, or by name.
pub fn entry<'a>(text: &'a str, wanted: &str) -> Option<Vec<&'a str>> {
    let lines = text.lines().map(|line| line.split(':').collect::<Vec<&str>>());
    let mut known = lines.filter(|fields| fields.len() > 2);
    known.find(|fields| fields[0] == wanted || fields[2] == wanted)
}

/// The groups that `/etc/group` puts a user into.
pub fn memberships(text: &str, name: &str) -> Vec<u32> {
    let lines = text.lines().map(|line| line.split(':').collect::<Vec<&str>>());
    let of_user = lines.filter(|f| f.len() > 3 && f[3].split(',').any(|member| member == name));
    of_user.filter_map(|f| f[2].parse().ok()).collect()
}

impl Sys<'_> {
    /// The name of a user, or the number if it has none.
    pub fn user_name(&mut self, uid: u32) -> String {
        self.name_in("/etc/passwd", uid).unwrap_or_else(|| uid.to_string())
    }

    /// The name of a group, or the number if it has none.
    pub fn group_name(&mut self, gid: u32) -> String {
        self.name_in("/etc/group", gid).unwrap_or_else(|| gid.to_string())
    }

    /// The name that a file of `/etc` has for a number.
    pub fn name_in(&mut self, file: &str, id: u32) -> Option<String> {
        let text = self.read_whole(file).ok()?;
        let text = String::from_utf8_lossy(&text);
        entry(&text, &id.to_string()).map(|fields| fields[0].to_string())
    }

    /// The number that a file of `/etc` has for a name; a number stands for itself.
    pub fn id_in(&mut self, file: &str, name: &str) -> Option<u32> {
        let text = self.read_whole(file).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let found = entry(&text, name).and_then(|fields| fields[2].parse().ok());
        found.or_else(|| name.parse().ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SimTime;
    use crate::shell::tree::{Content, NodeKind};

    #[test]
    fn the_first_class_that_fits_decides() {
        let mut node = Node::new(NodeKind::File(Content::default()), 0o640, SimTime::ZERO);
        (node.uid, node.gid) = (7, 20);
        let user = |uid, gid, groups: &[u32]| User { uid, gid, groups: groups.to_vec() };
        let may = |user: &User| [Access::Read, Access::Write].map(|what| user.may(&node, what));
        assert_eq!(may(&user(7, 1, &[])), [true, true]);
        assert_eq!(may(&user(8, 20, &[])), [true, false]);
        assert_eq!(may(&user(8, 1, &[20])), [true, false]);
        assert_eq!(may(&user(8, 1, &[])), [false, false]);
        assert_eq!(may(&User::default()), [true, true]);
        assert!(!User::default().may(&node, Access::Execute));
        let own_nothing = Node { mode: 0o070, ..node.clone() };
        assert!(!user(7, 20, &[]).may(&own_nothing, Access::Read), "the owner is no group");
    }

    #[test]
    fn names_are_found_both_ways() {
        let passwd =
            "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n";
        assert_eq!(entry(passwd, "65534").map(|f| f[5]), Some("/home"));
        assert_eq!(entry(passwd, "nobody").map(|f| f[2]), Some("65534"));
        assert_eq!(entry(passwd, "1000"), None);
        assert_eq!(memberships("wheel:x:10:root,anna\nx:x:11:\n", "anna"), [10]);
    }
}
