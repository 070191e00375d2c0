//! Making one ZIP file of several files, piece by piece: whatever is final can be put away at once.

use std::cell::RefCell;
use std::io::{self, Seek, SeekFrom, Write};
use std::rc::Rc;

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, PreparedZipFile, System, ZipWriter};

/// Makes an archive.
pub struct Packer {
    archive: ZipWriter<Tail>,
    tail: Tail,
}

impl Default for Packer {
    fn default() -> Self {
        Self::new()
    }
}

impl Packer {
    /// An archive with nothing in it.
    #[must_use]
    pub fn new() -> Self {
        let tail = Tail::default();
        Self { archive: ZipWriter::new(tail.clone()), tail }
    }

    /// Puts a file into the archive, and gives the next bytes of it. Photos and PDF files are
    /// compressed in themselves; doing it again takes time and gives nothing.
    ///
    /// # Errors
    /// When there is a file of that name in it already.
    pub fn add(&mut self, name: &str, bytes: &[u8], is_compressed: bool) -> ZipResult<Vec<u8>> {
        let method =
            if is_compressed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        // No time and no system of its own: the same content gives the same file.
        let options = SimpleFileOptions::DEFAULT.compression_method(method).system(System::Unix);
        // A prepared file is written with its size and its checksum in front, where every reader
        // finds them.
        self.archive.add_prepared_file(PreparedZipFile::from_data(name, options, bytes)?)?;
        Ok(self.tail.take())
    }

    /// The last bytes of the archive.
    ///
    /// # Errors
    /// When its directory can't be written.
    pub fn finish(self) -> ZipResult<Vec<u8>> {
        Ok(self.archive.finish()?.take())
    }
}

/// The end of a file whose beginning is away already. It only grows: nothing in it is written
/// again.
#[derive(Clone, Default)]
struct Tail(Rc<RefCell<Held>>);

#[derive(Default)]
struct Held {
    /// How many bytes are away.
    away: u64,
    /// Those that follow.
    bytes: Vec<u8>,
}

impl Tail {
    /// Gives away what there is.
    fn take(&self) -> Vec<u8> {
        let mut held = self.0.borrow_mut();
        let bytes = std::mem::take(&mut held.bytes);
        held.away = held.away.saturating_add(bytes.len() as u64);
        bytes
    }
}

impl Write for Tail {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Tail {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let held = self.0.borrow();
        let end = held.away.saturating_add(held.bytes.len() as u64);
        match to {
            SeekFrom::End(0) | SeekFrom::Current(0) => Ok(end),
            SeekFrom::Start(place) if place == end => Ok(end),
            _ => Err(io::Error::other("what was written is away")),
        }
    }
}
