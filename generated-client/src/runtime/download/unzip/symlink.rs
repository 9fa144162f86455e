//! Symbolic links of an archive, which must lead to something within the directory.

/// How [`extract_to`](crate::Download::extract_to) treats the symbolic links of an archive.
///
/// In no case is a file written through a link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Symlinks {
    /// Lists them only.
    #[default]
    Skip,
    /// Creates them where the file system supports links, and lists them elsewhere.
    ///
    /// An archive is refused if a link leads or could lead out of the directory: by an absolute path, or
    /// by a `..` after another segment of its target.
    Make,
}

/// No system follows a longer one.
pub(super) const MAX_BYTES: u64 = 4096;

/// Returns the problem with the target of a link, if there is one. The link has so many directories
/// above it within the archive.
///
/// A target with `..` only at its beginning goes up from its link's directory. None of those
/// directories is a link, since nothing is below a link. From there it goes down; if another link is
/// on its way, the same is true of that one.
pub(super) fn check(target: &[u8], depth: usize) -> Result<&str, &'static str> {
    let Ok(target) = str::from_utf8(target) else {
        return Err("is a symbolic link to a path that is not UTF-8");
    };
    if target.is_empty() {
        return Err("is a symbolic link to an empty path");
    }
    if target.starts_with('/') {
        return Err("is a symbolic link to an absolute path");
    }
    if target.contains('\\') || target.contains(char::is_control) {
        return Err("is a symbolic link to a path with a backslash or a control character");
    }
    let steps = target.split('/').filter(|step| !matches!(*step, "" | "."));
    let ups = steps.clone().take_while(|step| *step == "..").count();
    if ups > depth || steps.skip(ups).any(|step| step == "..") {
        return Err("is a symbolic link that leads out of the directory, or could");
    }
    Ok(target)
}

#[cfg(unix)]
pub(super) fn make(target: &str, path: &std::path::Path) -> std::io::Result<bool> {
    use rustix::io::Errno;

    // The file system has none.
    let unsupported = [Errno::PERM, Errno::NOSYS, Errno::OPNOTSUPP, Errno::NOTSUP];
    let unsupported = unsupported.map(|errno| Some(errno.raw_os_error()));
    match std::os::unix::fs::symlink(target, path) {
        Ok(()) => Ok(true),
        Err(error) if unsupported.contains(&error.raw_os_error()) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Windows has to know the kind of a target when a link is created, and not every user may create
/// one.
#[cfg(not(unix))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "the same signature on every system"
)]
pub(super) fn make(_target: &str, _path: &std::path::Path) -> std::io::Result<bool> {
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn within() {
        for (target, depth) in [
            ("a", 0),
            ("a/b", 0),
            ("./a", 0),
            ("a//b/", 0),
            (".", 0),
            ("..a", 0),
            ("a..", 0),
            ("...", 0),
            ("..", 1),
            ("../", 1),
            ("./../.", 1),
            ("../a", 1),
            ("../../a", 2),
            (" ", 0),
            ("日本語", 0),
        ] {
            assert_eq!(check(target.as_bytes(), depth), Ok(target));
        }
    }

    #[test]
    fn without() {
        let out = "is a symbolic link that leads out of the directory, or could";
        for (target, depth, expected) in [
            (
                &b"\xff"[..],
                0,
                "is a symbolic link to a path that is not UTF-8",
            ),
            (b"", 0, "is a symbolic link to an empty path"),
            (b"/", 9, "is a symbolic link to an absolute path"),
            (b"/etc/passwd", 9, "is a symbolic link to an absolute path"),
            (b"//a", 9, "is a symbolic link to an absolute path"),
            (
                b"..\\a",
                9,
                "is a symbolic link to a path with a backslash or a control character",
            ),
            (
                b"a\0/../..",
                9,
                "is a symbolic link to a path with a backslash or a control character",
            ),
            (b"..", 0, out),
            (b"../a", 0, out),
            (b"../..", 1, out),
            (b"./.././..", 1, out),
            (b"a/..", 1, out),
            (b"../a/..", 2, out),
            (b"a/../../..", 1, out),
        ] {
            assert_eq!(check(target, depth), Err(expected), "{target:?}");
        }
    }
}
