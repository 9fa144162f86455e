//! Debian's packages, unpacked into a directory rather than installed.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::Context;

use super::install::{command, empty, succeed};

/// Unpacks a package, with the dependencies that this machine lacks.
///
/// Lists and downloads are kept apart from the machine's own, so no root is needed and nothing changes.
pub(super) fn unpack(package: &str, directory: &Path) -> anyhow::Result<()> {
    let apt = Apt {
        state: directory.join("apt"),
    };
    empty(&apt.state.join("lists/partial"))?;
    empty(&apt.state.join("cache/archives/partial"))?;
    apt.get(&["update"])?;
    apt.get(&[
        "install",
        "--yes",
        "--download-only",
        "--no-install-recommends",
        package,
    ])?;
    for archive in apt.archives()? {
        let mut dpkg = command("dpkg-deb")?;
        dpkg.arg("--extract").arg(archive).arg(directory);
        succeed("dpkg-deb", &mut dpkg, &apt.state.join("log"))?;
    }
    fs::remove_dir_all(&apt.state).context("cannot remove old files")
}

/// The directories in which the unpacked libraries are, as `LD_LIBRARY_PATH` has them.
pub(super) fn libraries(directory: &Path) -> OsString {
    let found = ["lib", "usr/lib"].map(|base| entries(&directory.join(base)).unwrap_or_default());
    env::join_paths(found.into_iter().flatten()).unwrap_or_default()
}

struct Apt {
    state: PathBuf,
}

impl Apt {
    fn get(&self, args: &[&str]) -> anyhow::Result<()> {
        let mut apt = command("apt-get")?;
        for (name, place) in [("Dir::State::Lists", "lists"), ("Dir::Cache", "cache")] {
            apt.arg("-o")
                .arg(format!("{name}={}", self.state.join(place).display()));
        }
        // Nothing is shared that would have to be locked; and root's downloads come here too.
        apt.args(["-o", "Debug::NoLocking=1", "-o", "APT::Sandbox::User=root"]);
        apt.args(args);
        let name = format!("apt-get {}", args[0]);
        succeed(&name, &mut apt, &self.state.join("log"))
    }

    fn archives(&self) -> anyhow::Result<Vec<PathBuf>> {
        let mut paths = entries(&self.state.join("cache/archives"))?;
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "deb"));
        Ok(paths)
    }
}

fn entries(directory: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let context = || format!("cannot read `{}`", directory.display());
    fs::read_dir(directory)
        .with_context(context)?
        .map(|entry| Ok(entry.with_context(context)?.path()))
        .collect()
}
