//! What an archive says of its entries, read within bounds.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::sync::Arc;

use zip::ZipArchive;
use zip::read::ZipArchiveMetadata;
use zip::result::ZipResult;

use super::{ExtractLimits, Refusal};

/// How long the directory may be, beside what it has for each entry: an end and a comment.
const BASE_BYTES: u64 = 1 << 20;

/// How long it may be for each entry: a header of 46 bytes, a name, and fields that are optional.
const ENTRY_BYTES: u64 = 256;

/// How an entry's header begins, and how long it is without a name and the like.
const HEADER: &[u8] = b"PK\x01\x02";
const HEADER_BYTES: usize = 46;

/// How long the end of an archive is without its comment.
const END_BYTES: u64 = 22;

/// How every kind of record in an archive begins.
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
        0 => goes_on(archive, start).and_then(|more| Ok(more || has_directory(archive, end)?)),
        _ => goes_on_behind(archive, &directory),
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

/// Whether there are entries behind those that are counted, as where their number has 16 bits and is
/// too large for that.
fn goes_on_behind(
    archive: &mut BufReader<File>,
    directory: &ZipArchiveMetadata,
) -> ZipResult<bool> {
    if directory.has_duplicate_names() {
        // There are fewer of these than were counted.
        return Ok(false);
    }
    let last = directory.entry(directory.len() - 1)?;
    let start = last.central_header_start();
    let mut header = [0; HEADER_BYTES];
    archive.seek(SeekFrom::Start(start))?;
    archive.read_exact(&mut header)?;
    // A name, fields that are optional, and a comment.
    let lengths = [28, 30, 32].map(|at| u16::from_le_bytes([header[at], header[at + 1]]));
    let lengths = lengths.into_iter().map(u64::from).sum::<u64>();
    goes_on(archive, start + HEADER_BYTES as u64 + lengths)
}

/// Whether there is an entry at a place in the directory.
fn goes_on(archive: &mut BufReader<File>, at: u64) -> ZipResult<bool> {
    let mut next = Vec::new();
    archive.seek(SeekFrom::Start(at))?;
    archive.take(HEADER.len() as u64).read_to_end(&mut next)?;
    Ok(next == HEADER)
}

/// Whether an archive with such an end, which counts no entries, has a directory all the same. With
/// none that is counted, nothing tells where it is if there is something before the archive.
fn has_directory(archive: &mut BufReader<File>, end: u64) -> ZipResult<bool> {
    let start = archive.seek(SeekFrom::End(0))?.saturating_sub(end);
    archive.seek(SeekFrom::Start(start))?;
    let mut length = [0; 4];
    archive.seek_relative(12)?;
    archive.read_exact(&mut length)?;
    // The most there is says that it is told elsewhere.
    Ok(!matches!(u32::from_le_bytes(length), 0 | u32::MAX))
}

/// Whether a file that cannot be read as an archive was meant to be one.
fn is_zip(archive: &mut BufReader<File>) -> Result<bool, Refusal> {
    let mut beginning = Vec::new();
    archive
        .rewind()
        .and_then(|()| archive.take(2).read_to_end(&mut beginning))
        .map_err(|error| Refusal::read(None, error.into()))?;
    Ok(beginning == SIGNATURE)
}

/// An archive while zip reads its directory.
///
/// Zip keeps all of it in memory, where it takes up to ten times as much. Before that, zip reserves
/// what zip64's end of the directory promises: so many entries, and so many bytes in that record.
struct Bounded<'a> {
    archive: &'a mut BufReader<File>,
    entries: u64,
    bytes: u64,
    bytes_left: u64,
    /// Once this is set nothing more is read: zip tries elsewhere when something fails.
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

/// Zip seeks to a record before it reads it.
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

/// What zip64's end of the central directory promises. The end without zip64 promises 65,535 entries
/// at most.
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
