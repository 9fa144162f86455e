//! Writing what was planned.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use zip::ZipReadOptions;
use zip::read::ZipArchiveMetadata;
use zip::result::ZipError;

use super::plan::{FileStep, Step};
use super::{ExtractLimits, Refusal};

const BUFFER_BYTES: usize = 64 << 10;

/// What an archive became.
#[derive(Debug)]
pub(in crate::runtime::download) struct Unpacked {
    /// The files in the archive's order, their paths relative to the directory.
    pub(in crate::runtime::download) files: Vec<PathBuf>,
    /// How many bytes they have together.
    pub(in crate::runtime::download) bytes: u64,
}

/// Makes what was planned, and stops where something is in the way.
pub(super) fn unpack(
    archive: &mut BufReader<File>,
    directory: &ZipArchiveMetadata,
    plan: Vec<Step>,
    into: &Path,
    limits: &ExtractLimits,
) -> Result<Unpacked, Refusal> {
    let mut writing = Writing {
        archive,
        directory,
        into,
        limits,
        bytes: 0,
        buffer: vec![0; BUFFER_BYTES],
    };
    let mut files = Vec::new();
    for step in plan {
        writing.make_directories(&step)?;
        if let Some(file) = &step.file {
            writing.make_file(&step.path, file)?;
            files.push(step.path);
        }
    }
    let bytes = writing.bytes;
    Ok(Unpacked { files, bytes })
}

struct Writing<'a> {
    archive: &'a mut BufReader<File>,
    directory: &'a ZipArchiveMetadata,
    into: &'a Path,
    limits: &'a ExtractLimits,
    bytes: u64,
    buffer: Vec<u8>,
}

impl Writing<'_> {
    fn make_directories(&self, step: &Step) -> Result<(), Refusal> {
        let mut components = step.path.components();
        if step.file.is_some() {
            components.next_back();
        }
        let mut path = PathBuf::new();
        for (depth, name) in components.enumerate() {
            path.push(name);
            if depth >= step.present {
                let made = fs::create_dir(self.into.join(&path));
                made.map_err(|error| Refusal::write(&path, error))?;
            }
        }
        Ok(())
    }

    fn make_file(&mut self, path: &Path, step: &FileStep) -> Result<(), Refusal> {
        let name = path.to_string_lossy();
        let unreadable = |error| Refusal::read(Some(&name), error);
        let unwritable = |error| Refusal::write(path, error);

        let mut file = create(&self.into.join(path), step.executable).map_err(unwritable)?;
        let entry = self.directory.entry(step.index).map_err(unreadable)?;
        let size = entry.size();
        let mut content = entry
            .with_reader(self.archive, ZipReadOptions::new())
            .map_err(unreadable)?;
        let before = self.bytes;
        loop {
            let read = match content.read(&mut self.buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(unreadable(error.into())),
            };
            self.bytes += read as u64;
            self.limits.allow(self.bytes)?;
            file.write_all(&self.buffer[..read]).map_err(unwritable)?;
        }
        if self.bytes - before != size {
            let reason = "File is smaller than its declared uncompressed size";
            return Err(unreadable(ZipError::InvalidArchive(reason.into())));
        }
        Ok(())
    }
}

/// Makes a file. Nothing of the archive's mode counts but who may execute it, and that only as far as
/// the umask goes.
fn create(path: &Path, executable: u32) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    set_mode(&mut options, 0o666 | executable);
    options.open(path)
}

#[cfg(unix)]
fn set_mode(options: &mut OpenOptions, mode: u32) {
    std::os::unix::fs::OpenOptionsExt::mode(options, mode);
}

#[cfg(not(unix))]
fn set_mode(_: &mut OpenOptions, _: u32) {}
