//! Carries out a plan.

use std::collections::HashMap;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use zip::ZipReadOptions;
use zip::read::ZipArchiveMetadata;
use zip::result::ZipError;

use super::plan::{Kind, Plan, Step};
use super::{ExtractLimits, Refusal, Symlinks, symlink};
use crate::runtime::download::mode::Mode;

const BUFFER_BYTES: usize = 64 << 10;

/// The result of extracting an archive.
#[derive(Debug, Default)]
pub(in crate::runtime::download) struct Unpacked {
    /// The files in the archive's order, their paths relative to the directory.
    pub(in crate::runtime::download) files: Vec<PathBuf>,
    /// The symbolic links, likewise.
    pub(in crate::runtime::download) symlinks: Vec<PathBuf>,
    pub(in crate::runtime::download) skipped_symlinks: Vec<PathBuf>,
    /// Bytes of all files together.
    pub(in crate::runtime::download) bytes: u64,
}

/// Creates the planned files, and stops where something is in the way.
///
/// Links are created last, so that nothing is written through one, whatever names this file system
/// treats as equal.
pub(super) fn unpack(
    archive: &mut BufReader<File>,
    directory: &ZipArchiveMetadata,
    plan: Plan,
    into: &Path,
    limits: &ExtractLimits,
    symlinks: Symlinks,
) -> Result<Unpacked, Refusal> {
    let mut writing = Writing {
        archive,
        directory,
        modes: plan.modes,
        into,
        limits,
        bytes: 0,
        buffer: vec![0; BUFFER_BYTES],
    };
    let mut unpacked = Unpacked::default();
    let mut links = Vec::new();
    for step in plan.steps {
        writing.make_directories(&step)?;
        match step.kind {
            Kind::Directory => {}
            Kind::File { index, mode } => {
                unpacked.bytes += writing.make_file(&step.path, index, mode)?;
                unpacked.files.push(step.path);
            }
            Kind::Symlink { index } => match symlinks {
                Symlinks::Skip => unpacked.skipped_symlinks.push(step.path),
                Symlinks::Make => links.push((writing.target(&step.path, index)?, step.path)),
            },
        }
    }
    for (target, path) in links {
        let made = symlink::make(&target, &into.join(&path));
        if made.map_err(|error| Refusal::write(&path, error))? {
            unpacked.symlinks.push(path);
        } else {
            unpacked.skipped_symlinks.push(path);
        }
    }
    Ok(unpacked)
}

struct Writing<'a> {
    archive: &'a mut BufReader<File>,
    directory: &'a ZipArchiveMetadata,
    modes: HashMap<PathBuf, Mode>,
    into: &'a Path,
    limits: &'a ExtractLimits,
    /// Bytes read so far, of files and of links' targets.
    bytes: u64,
    buffer: Vec<u8>,
}

impl Writing<'_> {
    fn make_directories(&self, step: &Step) -> Result<(), Refusal> {
        let mut components = step.path.components();
        if !matches!(step.kind, Kind::Directory) {
            components.next_back();
        }
        let mut path = PathBuf::new();
        for (depth, name) in components.enumerate() {
            path.push(name);
            if depth >= step.present {
                let recorded = self.modes.get(&path).copied();
                let mut builder = DirBuilder::new();
                // Files will be added to it, and some day removed from it.
                let mode = Mode::writable_directory(recorded);
                mode.make_directory(&mut builder);
                let made = builder.create(self.into.join(&path));
                made.map_err(|error| Refusal::write(&path, error))?;
            }
        }
        Ok(())
    }

    /// Creates a file, and returns its size.
    fn make_file(&mut self, path: &Path, index: usize, mode: Mode) -> Result<u64, Refusal> {
        let unwritable = |error| Refusal::write(path, error);
        let mut options = OpenOptions::new();
        mode.make_file(options.write(true).create_new(true));
        let mut file = options.open(self.into.join(path)).map_err(unwritable)?;
        self.read(path, index, |bytes| {
            file.write_all(bytes).map_err(unwritable)
        })
    }

    /// The target of a link, if it is within the directory.
    fn target(&mut self, path: &Path, index: usize) -> Result<String, Refusal> {
        let mut target = Vec::new();
        self.read(path, index, |bytes| {
            target.extend(bytes);
            Ok(())
        })?;
        let depth = path.components().count() - 1;
        let checked = symlink::check(&target, depth).map(str::to_owned);
        checked.map_err(|reason| Refusal::entry(&path.to_string_lossy(), reason))
    }

    /// Reads the content of an entry, which must have the length in the archive, and returns that
    /// length.
    fn read(
        &mut self,
        path: &Path,
        index: usize,
        mut take: impl FnMut(&[u8]) -> Result<(), Refusal>,
    ) -> Result<u64, Refusal> {
        let name = path.to_string_lossy();
        let unreadable = |error| Refusal::read(Some(&name), error);
        let entry = self.directory.entry(index).map_err(unreadable)?;
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
            take(&self.buffer[..read])?;
        }
        if self.bytes - before != size {
            let reason = "File is smaller than its declared uncompressed size";
            return Err(unreadable(ZipError::InvalidArchive(reason.into())));
        }
        Ok(size)
    }
}
