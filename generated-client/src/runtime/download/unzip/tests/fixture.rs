//! Archives for tests, and the directories for them.

use std::fs::{self, File};
use std::io::{Cursor, Seek, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::runtime::download::unzip::{ExtractLimits, Refusal, Symlinks, Unpacked, extract};

/// The signature of each header in the archive's directory, and the positions of some fields.
const CENTRAL: &[u8] = b"PK\x01\x02";
pub(super) const FLAGS: usize = 8;
pub(super) const METHOD: usize = 10;
pub(super) const CHECKSUM: usize = 16;
pub(super) const SIZE: usize = 24;
pub(super) const OFFSET: usize = 42;
pub(super) const NAME: usize = 46;

/// An archive of compressed files, and of directories, whose names end with a slash.
pub(super) fn archive(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// An archive of one entry without content.
pub(super) fn with_options(name: &str, options: SimpleFileOptions) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(name, options).unwrap();
    writer.finish().unwrap().into_inner()
}

/// Overwrites a field in the header of an entry.
pub(super) fn patch(archive: &mut [u8], entry: usize, at: usize, bytes: &[u8]) {
    let headers = archive.windows(CENTRAL.len()).enumerate();
    let mut headers = headers.filter(|(_, bytes)| *bytes == CENTRAL);
    let start = headers.nth(entry).unwrap().0 + at;
    archive[start..start + bytes.len()].copy_from_slice(bytes);
}

/// The archive as an open file.
pub(super) fn open(archive: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(archive).unwrap();
    file.rewind().unwrap();
    file
}

/// The reason for the refusal of an archive.
#[track_caller]
pub(super) fn reason(refusal: Refusal) -> String {
    match refusal {
        Refusal::Archive(reason) => reason,
        Refusal::File { path, error } => panic!("{}: {error}", path.display()),
    }
}

/// A directory to extract to, in one where nothing else may appear.
pub(super) struct Staging(TempDir);

impl Staging {
    pub(super) fn new() -> Self {
        let staging = Self(tempfile::tempdir().unwrap());
        fs::create_dir(staging.inside()).unwrap();
        staging
    }

    pub(super) fn outside(&self) -> &Path {
        self.0.path()
    }

    pub(super) fn inside(&self) -> PathBuf {
        self.0.path().join("into")
    }

    pub(super) fn extract(&self, archive: &[u8]) -> Result<Unpacked, Refusal> {
        self.extract_within(archive, &ExtractLimits::default())
    }

    pub(super) fn extract_within(
        &self,
        archive: &[u8],
        limits: &ExtractLimits,
    ) -> Result<Unpacked, Refusal> {
        extract(open(archive), &self.inside(), limits, Symlinks::Skip)
    }

    /// Everything that is there, sorted: `into/file=content`, `into/directory/`.
    pub(super) fn listing(&self) -> Vec<String> {
        let mut listing = Vec::new();
        list(self.outside(), "", &mut listing);
        listing.sort();
        listing
    }
}

fn list(directory: &Path, prefix: &str, listing: &mut Vec<String>) {
    for entry in fs::read_dir(directory).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            listing.push(format!("{path}/"));
            list(&entry.path(), &format!("{path}/"), listing);
        } else {
            let content = fs::read(entry.path()).unwrap();
            listing.push(format!("{path}={}", String::from_utf8_lossy(&content)));
        }
    }
}
