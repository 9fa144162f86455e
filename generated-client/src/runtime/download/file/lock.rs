//! Files that one download at a time may have open, in whichever process.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::runtime::download::mode::Mode;

/// How often a file that is taken is tried again, and after how long: a download that was dropped may
/// be at its last piece.
const PATIENCE: (u32, Duration) = (10, Duration::from_millis(20));

/// Opens a file that is there, for nobody else. The lock is held until the file is closed, and so for
/// no longer than the process lives.
///
/// Where the file system knows no locks, there is none.
///
/// # Errors
///
/// [`ErrorKind::ResourceBusy`] when another download has it, and [`ErrorKind::NotFound`] when it is
/// no plain file of this user's.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let (times, pause) = PATIENCE;
    for _ in 0..times {
        match try_open(path) {
            Err(error) if error.kind() == ErrorKind::ResourceBusy => thread::sleep(pause),
            result => return result.map(|locked| locked.file),
        }
    }
    try_open(path).map(|locked| locked.file)
}

/// Opens a file that is there if it is certain that nobody has it, and that it is this user's.
pub(super) fn claim(path: &Path) -> Option<File> {
    let locked = try_open(path).ok()?;
    locked.is_certain.then_some(locked.file)
}

/// Makes a file, for nobody else, at a path where nothing is.
///
/// # Errors
///
/// One that [`is_taken`].
pub(super) fn create(path: &Path, mode: Mode) -> io::Result<File> {
    let mut options = File::options();
    mode.make_file(options.read(true).write(true).create_new(true));
    let file = open_exclusively(&options, path)?.file;
    // Before it was locked, somebody may have taken it for one that nobody has, and removed it.
    if is_named(&file, path)? {
        Ok(file)
    } else {
        Err(ErrorKind::ResourceBusy.into())
    }
}

/// Whether the error is that there is something, or that somebody else has it.
pub(super) fn is_taken(error: &io::Error) -> bool {
    use ErrorKind::{AlreadyExists, ResourceBusy};
    matches!(error.kind(), AlreadyExists | ResourceBusy)
}

/// A file that nobody else has.
struct Locked {
    file: File,
    /// Whether the file system can tell that nobody has it.
    is_certain: bool,
}

fn try_open(path: &Path) -> io::Result<Locked> {
    let mut options = File::options();
    let locked = open_exclusively(options.read(true).write(true), path)?;
    if is_ours(&locked.file, path)? {
        Ok(locked)
    } else {
        Err(ErrorKind::NotFound.into())
    }
}

#[cfg(unix)]
fn open_exclusively(options: &OpenOptions, path: &Path) -> io::Result<Locked> {
    use std::os::unix::fs::OpenOptionsExt;

    use rustix::fs::{FlockOperation, OFlags, flock};
    use rustix::io::{Errno, retry_on_intr};

    // Neither a link is followed, nor is another end of a pipe waited for.
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let flags = i32::try_from(flags.bits()).map_err(io::Error::other)?;
    let file = options.clone().custom_flags(flags).open(path)?;
    let is_certain = match retry_on_intr(|| flock(&file, FlockOperation::NonBlockingLockExclusive))
    {
        Err(Errno::WOULDBLOCK) => return Err(ErrorKind::ResourceBusy.into()),
        // The file system knows no locks.
        Err(Errno::NOSYS | Errno::OPNOTSUPP | Errno::INVAL | Errno::NOLCK) => false,
        result => {
            result?;
            true
        }
    };
    Ok(Locked { file, is_certain })
}

/// Whether it is a plain file that belongs to this user under this one name: in a directory that is
/// everyone's, another user may have put anything there.
#[cfg(unix)]
fn is_ours(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;

    let opened = file.metadata()?;
    Ok(opened.is_file()
        && opened.uid() == rustix::process::geteuid().as_raw()
        && opened.nlink() == 1
        && is_named(file, path)?)
}

/// Whether it still has the name: a file that was moved or removed before it was locked has another
/// one, or none.
#[cfg(unix)]
fn is_named(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;

    let named = match path.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        named => named?,
    };
    let opened = file.metadata()?;
    Ok((opened.dev(), opened.ino()) == (named.dev(), named.ino()))
}

/// Others may move or remove the file, as the end of a download does, but not open it.
#[cfg(windows)]
fn open_exclusively(options: &OpenOptions, path: &Path) -> io::Result<Locked> {
    use std::os::windows::fs::OpenOptionsExt;

    const FILE_SHARE_DELETE: u32 = 4;
    const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
    const ERROR_SHARING_VIOLATION: i32 = 32;

    let mut options = options.clone();
    options
        .share_mode(FILE_SHARE_DELETE)
        .custom_flags(FILE_FLAG_OPEN_REPARSE_POINT);
    match options.open(path) {
        Ok(file) => Ok(Locked {
            file,
            is_certain: true,
        }),
        Err(error) if error.raw_os_error() == Some(ERROR_SHARING_VIOLATION) => {
            Err(ErrorKind::ResourceBusy.into())
        }
        Err(error) => Err(error),
    }
}

#[cfg(windows)]
fn is_ours(file: &File, _path: &Path) -> io::Result<bool> {
    Ok(file.metadata()?.is_file())
}

/// Nobody else has had it open.
#[cfg(windows)]
#[expect(
    clippy::unnecessary_wraps,
    reason = "the same signature on every system"
)]
fn is_named(_file: &File, _path: &Path) -> io::Result<bool> {
    Ok(true)
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::process::Command;
    use std::time::Instant;

    use super::*;

    #[test]
    fn names() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a");
        let file = File::create(&path).unwrap();
        assert!(is_named(&file, &path).unwrap());
        assert!(is_named(&file, &path.join("b")).is_err());
        fs::remove_file(&path).unwrap();
        assert!(!is_named(&file, &path).unwrap());
        fs::write(&path, "another").unwrap();
        assert!(!is_named(&file, &path).unwrap());
    }

    /// What others write into, and what has more names than one, is no file of a download.
    #[test]
    fn no_plain_files() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        let made = Command::new("mkfifo").arg(at("pipe")).status().unwrap();
        assert!(made.success());
        fs::write(at("file"), "").unwrap();
        assert!(claim(&at("file")).is_some());
        fs::hard_link(at("file"), at("link")).unwrap();
        for name in ["pipe", "file", "link", "none"] {
            assert_eq!(open(&at(name)).unwrap_err().kind(), ErrorKind::NotFound);
            assert!(claim(&at(name)).is_none());
        }
    }

    #[test]
    fn waits_for_a_locked_file() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a");
        let taken = create(&path, Mode::FILE).unwrap();
        let start = Instant::now();
        let error = open(&path).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ResourceBusy);
        let (times, pause) = PATIENCE;
        assert!(start.elapsed() >= pause * times);
        drop(taken);
        open(&path).unwrap();
    }
}
