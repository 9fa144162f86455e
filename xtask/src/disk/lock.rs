//! One run at a time.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::terminal;

/// Held while files are compared and replaced; released when dropped, and by the system when the process is killed.
#[derive(Debug)]
pub(crate) struct Lock {
    directory: PathBuf,
    held: Vec<File>,
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
        let mut lock = Self {
            directory: directory.to_owned(),
            held: Vec::new(),
        };
        lock.acquire()?;
        Ok(lock)
    }

    /// Makes a directory below the one that is locked, unless it is there, and waits for its turn there as well: a run
    /// that has found the directory already there waits nowhere else.
    ///
    /// # Errors
    ///
    /// When the directory cannot be made or opened, or the system refuses the lock.
    pub(crate) fn descend(&mut self, directory: &Path) -> anyhow::Result<()> {
        if self.directory == directory {
            return Ok(());
        }
        fs::create_dir_all(directory)
            .with_context(|| format!("cannot create `{}`", directory.display()))?;
        directory.clone_into(&mut self.directory);
        self.acquire()
    }

    fn acquire(&mut self) -> anyhow::Result<()> {
        let waiting = || terminal::warn("waiting for another run to end\n");
        match acquire(&self.directory, waiting) {
            Ok(file) => self.held.push(file),
            Err(error) if knows_no_locks(&error) => {}
            Err(error) => {
                let shown = self.directory.display();
                return Err(error).with_context(|| format!("cannot lock `{shown}`"));
            }
        }
        Ok(())
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
    use std::os::unix::fs::MetadataExt;

    use rustix::fs::{FlockOperation, flock};
    use rustix::io::{Errno, retry_on_intr};

    let mut waiting = Some(waiting);
    loop {
        let file = File::open(directory)?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Err(Errno::WOULDBLOCK) => {
                if let Some(notify) = waiting.take() {
                    notify();
                }
                retry_on_intr(|| flock(&file, FlockOperation::LockExclusive))?;
            }
            result => result?,
        }
        // Meanwhile another directory may have come into its place.
        let (opened, named) = (file.metadata()?, directory.metadata()?);
        if (opened.dev(), opened.ino()) == (named.dev(), named.ino()) {
            return Ok(file);
        }
    }
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
                if let Some(notify) = waiting.take() {
                    notify();
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
    use std::path::Path;
    use std::sync::mpsc;
    use std::{fs, io, thread};

    use super::{Lock, acquire, knows_no_locks};

    /// Whether somebody has the lock of a directory.
    fn is_held(directory: &Path) -> bool {
        use rustix::fs::{FlockOperation, flock};

        let directory = fs::File::open(directory).unwrap();
        flock(&directory, FlockOperation::NonBlockingLockExclusive).is_err()
    }

    #[test]
    fn an_existing_directory_is_locked() {
        let place = tempfile::tempdir().unwrap();
        let directory = place.path().join("a");
        fs::create_dir(&directory).unwrap();
        let first = Lock::of(&directory).unwrap();
        let (notify, notified) = mpsc::channel();
        let there = directory.clone();
        let second = thread::spawn(move || acquire(&there, move || notify.send(()).unwrap()));
        notified.recv().unwrap();
        fs::rename(&directory, place.path().join("b")).unwrap();
        fs::create_dir(&directory).unwrap();
        drop(first);
        let second = second.join().unwrap().unwrap();
        assert!(is_held(&directory) && !is_held(&place.path().join("b")));
        drop(second);
        assert!(!is_held(&directory));
    }

    #[test]
    fn created_directories_are_locked() {
        let place = tempfile::tempdir().unwrap();
        let deep = place.path().join("a/b");
        let mut lock = Lock::of(place.path()).unwrap();
        lock.descend(place.path()).unwrap();
        lock.descend(&deep).unwrap();
        assert!(is_held(place.path()) && is_held(&deep));
        drop(lock);
        assert!(!is_held(place.path()) && !is_held(&deep));
    }

    #[test]
    fn only_unsupported_locks_are_ignored() {
        let error = Lock::of(Path::new("/there/is/nothing/here")).unwrap_err();
        let message = format!("{error:#}");
        assert!(
            message.starts_with("cannot lock `/there/is/nothing/here`: "),
            "{message}"
        );
        let unsupported = rustix::io::Errno::NOTSUP.raw_os_error();
        assert!(knows_no_locks(&io::Error::from_raw_os_error(unsupported)));
        assert!(knows_no_locks(&io::ErrorKind::Unsupported.into()));
        let no_access = rustix::io::Errno::ACCESS.raw_os_error();
        assert!(!knows_no_locks(&io::Error::from_raw_os_error(no_access)));
    }
}
