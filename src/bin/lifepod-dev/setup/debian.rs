//! Debian's packages.

use crate::process;
use crate::project::on_path;
use anyhow::{Result, bail};
use std::process::{Command, Stdio};

/// A hundred lines about what is unpacked help nobody.
const QUIETLY: [&str; 3] = ["-qq", "-o", "Dpkg::Use-Pty=0"];

/// Installs `packages` with apt-get, as root or through sudo. `why` completes "needed to …".
pub fn install(packages: &[&str], why: &str) -> Result<()> {
    let list = packages.join(" ");
    if on_path(&["apt-get"]).is_none() {
        bail!("{list} or the like is needed to {why}, and there is no apt-get to install it with");
    }
    let (Some(mut update), Some(mut install)) = (apt_get(), apt_get()) else {
        bail!(
            "{list} is needed to {why}. Run as root:\n  \
             apt-get update && apt-get install --no-install-recommends {list}"
        );
    };
    eprintln!("installing Debian's packages {list}, needed to {why}");
    process::run(update.arg("update"))?;
    process::run(install.args(["-y", "--no-install-recommends", "install"]).args(packages))
}

fn apt_get() -> Option<Command> {
    let mut command = if is_root() {
        Command::new("apt-get")
    } else {
        on_path(&["sudo"])?;
        let mut sudo = Command::new("sudo");
        sudo.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    };
    // apt-get's own chatter is progress, not an answer: tests are read from standard output.
    command.env("DEBIAN_FRONTEND", "noninteractive").stdout(std::io::stderr()).args(QUIETLY);
    if is_root() {
        command.stdin(Stdio::null());
    }
    Some(command)
}

fn is_root() -> bool {
    process::answer(Command::new("id").arg("-u")).is_some_and(|id| id == "0")
}
