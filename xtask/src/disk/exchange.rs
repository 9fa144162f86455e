//! Differences between operating systems.

use std::io;
use std::path::Path;

/// Lets two files or directories change places in one step. Says `false`, having done nothing, where that is not possible.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;

    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        // The system, the file system; a directory of an image's lower layer; a directory that is mounted.
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP | Errno::XDEV | Errno::BUSY) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Lets two files or directories change places in one step. Says `false`, having done nothing, where that is not possible.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "the same signature on every system"
)]
pub(super) fn exchange(_one: &Path, _other: &Path) -> io::Result<bool> {
    Ok(false)
}
