//! One run at a time.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;

use anyhow::Context;

use crate::terminal;

/// Held while files are compared and replaced; released when dropped, and by the system when the process is killed.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: Option<File>,
}

impl Lock {
    /// Waits for its turn among the runs that write into `directory`.
    ///
    /// Where the file system knows no locks, the run goes on without, as cargo does.
    ///
    /// # Errors
    ///
    /// When the directory cannot be opened, or the system refuses the lock.
    pub(crate) fn of(directory: &Path) -> anyhow::Result<Self> {
        let waiting = || terminal::warn("waiting for another run to end\n");
        match acquire(directory, waiting) {
            Ok(file) => Ok(Self { _file: Some(file) }),
            Err(error) if knows_no_locks(&error) => Ok(Self { _file: None }),
            Err(error) => {
                Err(error).with_context(|| format!("cannot lock `{}`", directory.display()))
            }
        }
    }
}

fn knows_no_locks(error: &io::Error) -> bool {
    #[cfg(unix)]
    {
        use rustix::io::Errno;
        // The last of them is what NFS answers for a directory, which it cannot lock.
        let unsupported = [
            Errno::NOSYS,
            Errno::OPNOTSUPP,
            Errno::NOTSUP,
            Errno::INVAL,
            Errno::NOLCK,
            Errno::BADF,
        ];
        if unsupported
            .iter()
            .any(|errno| error.raw_os_error() == Some(errno.raw_os_error()))
        {
            return true;
        }
    }
    // `--check` in a directory that is not to be written to has nothing to wait for on Windows.
    error.kind() == ErrorKind::Unsupported
        || cfg!(windows) && error.kind() == ErrorKind::PermissionDenied
}

/// The directory itself is locked: nothing is left behind, and `--check` needs no right to write.
#[cfg(unix)]
fn acquire(directory: &Path, waiting: impl FnOnce()) -> io::Result<File> {
    use rustix::fs::{FlockOperation, flock};
    use rustix::io::{Errno, retry_on_intr};

    let file = File::open(directory)?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Err(Errno::WOULDBLOCK) => {
            waiting();
            retry_on_intr(|| flock(&file, FlockOperation::LockExclusive))?;
        }
        result => result?,
    }
    Ok(file)
}

/// A file beside the target that one process may have open at a time.
#[cfg(windows)]
fn acquire(directory: &Path, waiting: impl FnOnce()) -> io::Result<File> {
    use std::os::windows::fs::OpenOptionsExt;
    use std::time::Duration;

    const SHARING_VIOLATION: i32 = 32;
    const DELETE_ON_CLOSE: u32 = 0x0400_0000;
    const READ_WRITE_DELETE: u32 = 0x8000_0000 | 0x4000_0000 | 0x0001_0000;

    let path = directory.join(".codegen-lock");
    let mut options = File::options();
    options.read(true).write(true).create(true).share_mode(0);
    options
        .access_mode(READ_WRITE_DELETE)
        .custom_flags(DELETE_ON_CLOSE);
    let mut waiting = Some(waiting);
    loop {
        match options.open(&path) {
            Err(error) if error.raw_os_error() == Some(SHARING_VIOLATION) => {
                if let Some(tell) = waiting.take() {
                    tell();
                }
                std::thread::sleep(Duration::from_millis(20));
            }
            result => return result,
        }
    }
}

#[cfg(not(any(unix, windows)))]
fn acquire(_directory: &Path, _waiting: impl FnOnce()) -> io::Result<File> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(all(test, unix))]
mod tests {
    use std::io;
    use std::path::Path;

    use super::{Lock, knows_no_locks};

    #[test]
    fn only_what_is_unsupported_is_ignored() {
        let error = Lock::of(Path::new("/there/is/nothing/here")).unwrap_err();
        let told = format!("{error:#}");
        assert!(
            told.starts_with("cannot lock `/there/is/nothing/here`: "),
            "{told}"
        );
        let unsupported = rustix::io::Errno::NOTSUP.raw_os_error();
        assert!(knows_no_locks(&io::Error::from_raw_os_error(unsupported)));
        let no_access = rustix::io::Errno::ACCESS.raw_os_error();
        assert!(!knows_no_locks(&io::Error::from_raw_os_error(no_access)));
    }
}
