//! What there is beside a destination until it is whole, and of which no later download makes
//! anything.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::lock;
use super::names::{is_temporary, temporary_name};
use crate::runtime::download::mode::Mode;

/// How many names are tried.
const ATTEMPTS: usize = 16;

/// Makes a file that is removed when its path is dropped. It is locked, which shows that somebody has
/// it.
pub(super) fn create(
    directory: &Path,
    file_name: &OsStr,
    mode: Mode,
) -> io::Result<(File, TempPath)> {
    let mut taken = ErrorKind::AlreadyExists.into();
    for _ in 0..ATTEMPTS {
        let path = new_path(directory, file_name);
        match lock::create(&path, mode) {
            Ok(file) => return Ok((file, TempPath::try_from_path(path)?)),
            Err(error) if lock::is_taken(&error) => taken = error,
            Err(error) => return Err(error),
        }
    }
    Err(taken)
}

/// Gives a file that is locked the name of one that is removed when its path is dropped.
pub(super) fn rename(from: &Path, directory: &Path, file_name: &OsStr) -> io::Result<TempPath> {
    let path = new_path(directory, file_name);
    fs::rename(from, &path)?;
    TempPath::try_from_path(path)
}

fn new_path(directory: &Path, file_name: &OsStr) -> PathBuf {
    directory.join(temporary_name(file_name, fastrand::u32(..)))
}

/// Removes what downloads to the same destination have left whose process was killed.
pub(in crate::runtime::download) fn clean(directory: &Path, file_name: &OsStr) {
    // A directory that cannot be read may still be written to.
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| is_temporary(&entry.file_name(), file_name)) {
        let path = entry.path();
        if let Some(_nobody_elses) = lock::claim(&path) {
            remove(&path);
        }
    }
}

/// Removes a file and the directory beside it, which nobody would find without the file.
fn remove(path: &Path) {
    let is_gone = match fs::remove_dir_all(directory_of(path)) {
        Ok(()) => true,
        Err(error) => error.kind() == ErrorKind::NotFound,
    };
    if is_gone {
        let _ = fs::remove_file(path);
    }
}

fn directory_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".unpacked");
    name.into()
}

/// A directory that is removed when it is dropped, beside a file that shows that somebody has it.
#[cfg(feature = "unzip")]
#[derive(Debug)]
pub(in crate::runtime::download) struct TemporaryDirectory {
    path: PathBuf,
    /// Goes before the file is closed, so that nobody can lock what is to be removed.
    marker: TempPath,
    _file: File,
}

#[cfg(feature = "unzip")]
impl TemporaryDirectory {
    pub(in crate::runtime::download) fn new(
        parent: &Path,
        file_name: &OsStr,
        mode: Mode,
    ) -> io::Result<Self> {
        let (file, mut marker) = create(parent, file_name, Mode::FILE)?;
        let path = directory_of(&marker);
        let mut builder = fs::DirBuilder::new();
        mode.make_directory(&mut builder);
        builder.create(&path)?;
        marker.disable_cleanup(true);
        Ok(Self {
            path,
            marker,
            _file: file,
        })
    }

    pub(in crate::runtime::download) fn path(&self) -> &Path {
        &self.path
    }
}

#[cfg(feature = "unzip")]
impl Drop for TemporaryDirectory {
    fn drop(&mut self) {
        remove(&self.marker);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "out.zip";

    fn names(directory: &Path) -> Vec<String> {
        let entries = fs::read_dir(directory).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// A name that is taken makes way for another one, and nothing else is tried again.
    #[test]
    fn another_name() {
        let directory = tempfile::tempdir().unwrap();
        let create = |directory: &Path| create(directory, OsStr::new(NAME), Mode::FILE);
        let with_seed = |directory| {
            fastrand::seed(7);
            create(directory)
        };
        let (_file, first) = with_seed(directory.path()).unwrap();
        let (_file, second) = with_seed(directory.path()).unwrap();
        assert_ne!(first.to_path_buf(), second.to_path_buf());
        fastrand::seed(7);
        let [_, second] = [(); 2].map(|()| fastrand::u32(..));
        with_seed(&directory.path().join("none")).unwrap_err();
        assert_eq!(fastrand::u32(..), second);
    }

    fn cleaned(directory: &Path) -> Vec<String> {
        clean(directory, OsStr::new(NAME));
        names(directory)
    }

    /// What a process leaves that is killed.
    fn leave(directory: &Path, name: &str, number: u32) -> String {
        let marker = temporary_name(OsStr::new(name), number);
        fs::write(directory.join(&marker), "half").unwrap();
        let inside = directory.join(format!("{marker}.unpacked/a"));
        fs::create_dir_all(&inside).unwrap();
        fs::write(inside.join("b"), "content").unwrap();
        marker
    }

    #[test]
    fn left_by_dead_processes() {
        let directory = tempfile::tempdir().unwrap();
        for number in [0, 7, u32::MAX] {
            leave(directory.path(), NAME, number);
        }
        let marker = leave(directory.path(), NAME, 8);
        fs::remove_dir_all(directory.path().join(marker + ".unpacked")).unwrap();
        assert_eq!(cleaned(directory.path()), [""; 0]);
    }

    #[test]
    fn held_by_living_processes() {
        let directory = tempfile::tempdir().unwrap();
        let name = OsStr::new(NAME);
        let (file, path) = create(directory.path(), name, Mode::FILE).unwrap();
        assert_eq!(cleaned(directory.path()), names(directory.path()));
        assert!(path.exists());
        drop((path, file));
        assert_eq!(names(directory.path()), [""; 0]);
    }

    #[cfg(feature = "unzip")]
    #[test]
    fn directories() {
        let directory = tempfile::tempdir().unwrap();
        let name = OsStr::new(NAME);
        let held = TemporaryDirectory::new(directory.path(), name, Mode::DIRECTORY).unwrap();
        fs::write(held.path().join("a"), "content").unwrap();
        assert_eq!(cleaned(directory.path()).len(), 2);
        assert!(held.path().join("a").exists());
        drop(held);
        assert_eq!(names(directory.path()), [""; 0]);

        let held = TemporaryDirectory::new(directory.path(), name, Mode::DIRECTORY).unwrap();
        fs::rename(held.path(), directory.path().join(NAME)).unwrap();
        drop(held);
        assert_eq!(names(directory.path()), [NAME]);
    }

    #[test]
    fn not_ours() {
        let directory = tempfile::tempdir().unwrap();
        let other = leave(directory.path(), "other.zip", 7);
        let ours = temporary_name(OsStr::new(NAME), 7);
        for name in [
            ".download-aBcD12",
            ".download-00000007-0123456789abcdef",
            &ours.to_uppercase(),
            &format!("{ours}.bak"),
            &format!("{ours}.part"),
        ] {
            fs::write(directory.path().join(name), "kept").unwrap();
        }
        let alone = temporary_name(OsStr::new(NAME), 9) + ".unpacked";
        fs::create_dir(directory.path().join(alone)).unwrap();
        let before = names(directory.path());
        assert!(before.contains(&other));
        assert_eq!(cleaned(directory.path()), before);
    }

    #[cfg(unix)]
    #[test]
    fn no_plain_files_of_one_name() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        let ours = |number| at(&temporary_name(OsStr::new(NAME), number));
        fs::write(at("other"), "kept").unwrap();
        std::os::unix::fs::symlink(at("other"), ours(1)).unwrap();
        fs::hard_link(at("other"), ours(2)).unwrap();
        fs::create_dir(ours(3)).unwrap();
        let before = names(directory.path());
        assert_eq!(cleaned(directory.path()), before);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_beside_it_is_not_followed() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        fs::create_dir(at("other")).unwrap();
        fs::write(at("other/kept"), "").unwrap();
        let marker = leave(directory.path(), NAME, 1);
        let beside = at(&(marker + ".unpacked"));
        fs::remove_dir_all(&beside).unwrap();
        std::os::unix::fs::symlink(at("other"), &beside).unwrap();
        cleaned(directory.path());
        assert!(at("other/kept").exists());
    }
}
