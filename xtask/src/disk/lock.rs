//! One run at a time.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::terminal;

/// Held while files are compared and replaced; released when dropped, and by the system when the process is killed.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: Option<File>,
}

impl Lock {
    /// Waits for its turn among the runs that write into `directory`.
    ///
    /// Where the file system knows no locks, or the directory cannot be locked, the run goes on without, as cargo does.
    pub(crate) fn of(directory: &Path) -> Self {
        let waiting = || terminal::warn("waiting for another run of codegen to end\n");
        Self {
            _file: acquire(directory, waiting).ok(),
        }
    }
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
