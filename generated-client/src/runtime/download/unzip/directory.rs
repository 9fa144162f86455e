//! The central directory of an archive, read within limits.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::sync::Arc;

use zip::ZipArchive;
use zip::read::ZipArchiveMetadata;
use zip::result::ZipResult;

use super::{ExtractLimits, Refusal};

/// Maximum length of the directory beyond its entries: an end and a comment.
const BASE_BYTES: u64 = 1 << 20;

/// Maximum length per entry: a header of 46 bytes, a name, and optional fields.
const ENTRY_BYTES: u64 = 256;

/// The signature of an entry's header, and its length without variable fields.
const HEADER: &[u8] = b"PK\x01\x02";
const HEADER_BYTES: usize = 46;

/// The length of an archive's end without its comment.
const END_BYTES: u64 = 22;

/// The beginning of every record's signature.
const SIGNATURE: &[u8] = b"PK";

/// Reads the central directory.
pub(super) fn read(
    archive: &mut BufReader<File>,
    limits: &ExtractLimits,
) -> Result<Arc<ZipArchiveMetadata>, Refusal> {
    let mut bounded = Bounded::new(archive, limits);
    let opened = ZipArchive::new(&mut bounded);
    let opened = opened.map(|archive| {
        let end = END_BYTES + archive.comment().len() as u64;
        (archive.central_directory_start(), end, archive.metadata())
    });
    if let Some(reason) = bounded.refused {
        return Err(Refusal::Archive(reason));
    }
    let (start, end, directory) = opened.or_else(|error| match Refusal::read(None, error) {
        Refusal::Archive(_) if !is_zip(archive)? => Err(Refusal::Archive(
            "the download is no zip archive; `to_file` saves it as it is".to_owned(),
        )),
        refusal => Err(refusal),
    })?;
    let lists_more = match directory.len() {
        0 => continues_at(archive, start).and_then(|more| Ok(more || has_directory(archive, end)?)),
        _ => continues_after(archive, &directory),
    };
    match lists_more {
        Ok(false) => Ok(directory),
        Ok(true) => Err(Refusal::Archive(format!(
            "the archive lists more entries than the {} that it counts",
            directory.len()
        ))),
        Err(error) => Err(Refusal::read(None, error)),
    }
}

/// Whether there are entries after the counted ones, as when their number is too large for its 16
/// bits.
fn continues_after(
    archive: &mut BufReader<File>,
    directory: &ZipArchiveMetadata,
) -> ZipResult<bool> {
    if directory.has_duplicate_names() {
        // There are fewer entries than counted.
        return Ok(false);
    }
    let last = directory.entry(directory.len() - 1)?;
    let start = last.central_header_start();
    let mut header = [0; HEADER_BYTES];
    archive.seek(SeekFrom::Start(start))?;
    archive.read_exact(&mut header)?;
    // A name, optional fields, and a comment.
    let lengths = [28, 30, 32].map(|at| u16::from_le_bytes([header[at], header[at + 1]]));
    let lengths = lengths.into_iter().map(u64::from).sum::<u64>();
    continues_at(archive, start + HEADER_BYTES as u64 + lengths)
}

/// Whether there is an entry at a position of the directory.
fn continues_at(archive: &mut BufReader<File>, at: u64) -> ZipResult<bool> {
    let mut next = Vec::new();
    archive.seek(SeekFrom::Start(at))?;
    archive.take(HEADER.len() as u64).read_to_end(&mut next)?;
    Ok(next == HEADER)
}

/// Whether an archive whose end counts no entries has a directory all the same. Without a count, the
/// position of the directory is unknown if there is other data before the archive.
fn has_directory(archive: &mut BufReader<File>, end: u64) -> ZipResult<bool> {
    let start = archive.seek(SeekFrom::End(0))?.saturating_sub(end);
    archive.seek(SeekFrom::Start(start))?;
    let mut length = [0; 4];
    archive.seek_relative(12)?;
    archive.read_exact(&mut length)?;
    // The maximum means that the number is in another record.
    Ok(!matches!(u32::from_le_bytes(length), 0 | u32::MAX))
}

/// Whether an unreadable file was meant to be an archive.
fn is_zip(archive: &mut BufReader<File>) -> Result<bool, Refusal> {
    let mut beginning = Vec::new();
    archive
        .rewind()
        .and_then(|()| archive.take(2).read_to_end(&mut beginning))
        .map_err(|error| Refusal::read(None, error.into()))?;
    Ok(beginning == SIGNATURE)
}

/// An archive during the `zip` crate's reading of its directory.
///
/// The crate keeps the whole directory in memory, where it takes up to ten times as much. Before
/// that, it reserves memory by zip64's end of the directory: for its number of entries, and for its
/// own length.
struct Bounded<'a> {
    archive: &'a mut BufReader<File>,
    entries: u64,
    bytes: u64,
    bytes_left: u64,
    /// Stops further reading: the crate tries other positions after a failure.
    refused: Option<String>,
}

impl<'a> Bounded<'a> {
    fn new(archive: &'a mut BufReader<File>, limits: &ExtractLimits) -> Self {
        let bytes = ENTRY_BYTES.saturating_mul(limits.entries);
        let bytes = BASE_BYTES.saturating_add(bytes);
        Self {
            archive,
            entries: limits.entries,
            bytes,
            bytes_left: bytes,
            refused: None,
        }
    }

    fn go_on(&self) -> io::Result<()> {
        match self.refused {
            Some(_) => Err(io::Error::other("the archive is refused")),
            None => Ok(()),
        }
    }

    fn refuse_bytes(&mut self) {
        let most = self.bytes;
        let reason = format!("the archive lists its entries in more than {most} bytes");
        self.refused = Some(reason);
    }

    fn refuse_entries(&mut self) {
        let most = self.entries;
        self.refused = Some(format!("the archive has more than {most} entries"));
    }
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = (&mut *self.archive).take(self.bytes_left).read(buffer)?;
        self.bytes_left -= read as u64;
        if self.bytes_left == 0 {
            self.refuse_bytes();
        }
        self.go_on()?;
        Ok(read)
    }
}

/// The crate seeks to a record before it reads it.
impl Seek for Bounded<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = self.archive.seek(to)?;
        if let Some(promise) = Promise::read(self.archive.fill_buf()?) {
            if promise.entries > self.entries {
                self.refuse_entries();
            } else if promise.bytes > self.bytes_left {
                self.refuse_bytes();
            }
        }
        self.go_on()?;
        Ok(position)
    }
}

/// The announcements of zip64's end of the central directory. The end without zip64 announces 65,535
/// entries at most.
struct Promise {
    bytes: u64,
    entries: u64,
}

impl Promise {
    fn read(record: &[u8]) -> Option<Self> {
        let record = record.strip_prefix(b"PK\x06\x06")?;
        let number = |at| Some(u64::from_le_bytes(*record.get(at..)?.first_chunk()?));
        Some(Self {
            bytes: number(0)?,
            entries: number(28)?,
        })
    }
}
