//! Reading a ZIP file that is only there in pieces: it says which of its bytes it needs next.
//!
//! Nothing in an archive is believed: what it says of sizes is held against what really comes, and
//! at most one file of it is in memory at a time.

use std::fmt;
use std::io::Read;
use std::ops::Range;

use zip::read::{ArchiveOffset, Config};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use crate::sparse::Sparse;

/// The most files that an archive may have.
pub const MAX_ENTRIES: usize = 2_000;

/// The most bytes that are read to find out what is in an archive.
const MAX_DIRECTORY: u64 = 4 * 1024 * 1024;

/// Why an archive can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It is no archive, or not whole, or not as it was written.
    Damaged,
    /// It needs a password, or is compressed in a way that is not known here.
    Unsupported,
    /// It has more files than [`MAX_ENTRIES`].
    TooMany,
    /// A file in it is larger than it may be.
    TooLarge,
}

/// Reads an archive.
pub struct Unpacker {
    size: u64,
    bytes: Sparse,
    given: u64,
    archive: Option<ZipArchive<Sparse>>,
    /// Where the files and the directory begin, in order.
    starts: Vec<u64>,
}

impl Unpacker {
    /// Of an archive with so many bytes.
    #[must_use]
    pub fn new(size: u64) -> Self {
        Self { size, bytes: Sparse::new(size), given: 0, archive: None, starts: Vec::new() }
    }

    /// Finds out what is in the archive. Gives the range of bytes that is needed for it, or nothing
    /// once it is known.
    ///
    /// # Errors
    /// Why it can't be read.
    pub fn open(&mut self) -> Result<Option<Range<u64>>, Trouble> {
        // Data before the archive's own beginning would have to be searched for all through the
        // file.
        let config = Config { archive_offset: ArchiveOffset::Known(0) };
        let opened = ZipArchive::with_config(config, self.bytes.clone());
        // Of a byte that was not there it may have made anything: an error or another reading.
        if let Some(missing) = self.bytes.missing() {
            self.given = self.given.saturating_add(missing.end.saturating_sub(missing.start));
            let is_short = self.given <= MAX_DIRECTORY;
            return if is_short { Ok(Some(missing)) } else { Err(Trouble::TooMany) };
        }
        let archive = opened.map_err(|error| trouble(&error))?;
        if archive.len() > MAX_ENTRIES {
            return Err(Trouble::TooMany);
        }
        self.bytes.forget();
        self.starts = (0..archive.len())
            .filter_map(|index| archive.by_index_data(index).ok())
            .map(|entry| entry.header_start())
            .chain([archive.central_directory_start()])
            .collect();
        self.starts.sort_unstable();
        self.archive = Some(archive);
        Ok(None)
    }

    /// Bytes that were asked for.
    pub fn give(&mut self, start: u64, bytes: Vec<u8>) {
        self.bytes.give(start, bytes);
    }

    /// The names of what is in the archive, once it was opened; those of folders end with a slash.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let archive = self.archive.as_ref();
        let entries = archive.into_iter().flat_map(|archive| {
            (0..archive.len()).filter_map(|index| archive.by_index_data(index).ok())
        });
        entries.map(|entry| String::from_utf8_lossy(entry.name_raw()).into_owned()).collect()
    }

    /// The bytes that are needed to read a file of at most so many bytes.
    ///
    /// # Errors
    /// Why it can't be read.
    pub fn range(&self, index: usize, limit: u64) -> Result<Range<u64>, Trouble> {
        let archive = self.archive.as_ref().ok_or(Trouble::Damaged)?;
        let entry = archive.by_index_data(index).map_err(|error| trouble(&error))?;
        let is_known =
            matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated);
        if entry.encrypted() || !is_known {
            return Err(Trouble::Unsupported);
        }
        // Data that can't be compressed may grow by a few bytes.
        let most = limit.saturating_add(limit / 1_000).saturating_add(1_000);
        if entry.size() > limit || entry.compressed_size() > most {
            return Err(Trouble::TooLarge);
        }
        let start = entry.header_start();
        let next = self.starts.iter().find(|next| **next > start).ok_or(Trouble::Damaged)?;
        // Its header, two texts in it, and a few bytes behind.
        let longest = entry.compressed_size().saturating_add(30 + 2 * 65_535 + 24);
        let end = (*next).min(start.saturating_add(longest)).min(self.size);
        // A place behind the end is none.
        if start < end { Ok(start..end) } else { Err(Trouble::Damaged) }
    }

    /// A file of the archive whose bytes were given.
    ///
    /// # Errors
    /// Why it can't be read.
    pub fn read(&mut self, index: usize, limit: u64) -> Result<Vec<u8>, Trouble> {
        let archive = self.archive.as_mut().ok_or(Trouble::Damaged)?;
        let mut bytes = Vec::new();
        let read = archive.by_index(index).and_then(|entry| {
            let most = limit.saturating_add(1);
            Ok(entry.take(most).read_to_end(&mut bytes)?)
        });
        self.bytes.forget();
        if bytes.len() as u64 > limit {
            return Err(Trouble::TooLarge);
        }
        read.map(|_| bytes).map_err(|error| trouble(&error))
    }
}

fn trouble(error: &ZipError) -> Trouble {
    match error {
        ZipError::UnsupportedArchive(_) => Trouble::Unsupported,
        _ => Trouble::Damaged,
    }
}

/// The name by which the page knows it.
impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Damaged => "damaged",
            Self::Unsupported => "unsupported",
            Self::TooMany => "too-many",
            Self::TooLarge => "too-large",
        })
    }
}

impl std::error::Error for Trouble {}
