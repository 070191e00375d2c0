//! A file of which only some bytes are here. Whoever reads another one fails, and it is known which
//! it was.

use std::cell::RefCell;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::rc::Rc;

/// How many bytes are asked for at a time.
const BLOCK: u64 = 128 * 1024;

/// The file; all clones share what is here, and each has a place of reading of its own.
#[derive(Clone)]
pub struct Sparse {
    size: u64,
    place: u64,
    shared: Rc<RefCell<Shared>>,
}

#[derive(Default)]
struct Shared {
    pieces: Vec<(u64, Vec<u8>)>,
    missing: Option<u64>,
}

impl Sparse {
    pub fn new(size: u64) -> Self {
        Self { size, place: 0, shared: Rc::default() }
    }

    /// Has bytes from now on.
    pub fn give(&self, start: u64, bytes: Vec<u8>) {
        self.shared.borrow_mut().pieces.push((start, bytes));
    }

    /// Has no bytes any more.
    pub fn forget(&self) {
        *self.shared.borrow_mut() = Shared::default();
    }

    /// The block of the byte that could not be read, if there was one.
    pub fn missing(&self) -> Option<Range<u64>> {
        let missing = self.shared.borrow_mut().missing.take()?;
        let start = missing / BLOCK * BLOCK;
        Some(start..start.saturating_add(BLOCK).min(self.size))
    }
}

impl Read for Sparse {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.place >= self.size || buffer.is_empty() {
            return Ok(0);
        }
        let mut shared = self.shared.borrow_mut();
        let here = shared.pieces.iter().find_map(|(start, bytes)| {
            let skip = usize::try_from(self.place.checked_sub(*start)?).ok()?;
            bytes.get(skip..).filter(|bytes| !bytes.is_empty())
        });
        let Some(mut here) = here else {
            shared.missing = Some(self.place);
            return Err(io::Error::other("these bytes are not here"));
        };
        let count = here.read(buffer)?;
        self.place = self.place.saturating_add(count as u64);
        Ok(count)
    }
}

impl Seek for Sparse {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.place.checked_add_signed(by),
        };
        self.place = place.ok_or_else(|| io::Error::other("before the beginning"))?;
        Ok(self.place)
    }
}
