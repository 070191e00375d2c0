//! Large files: read in pieces, and put together of parts, so that the program never holds all of
//! one.

use js_sys::{Array, Uint8Array};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag};

use super::download::ReadError;

/// How much is read at a time, in bytes.
const PIECE: usize = 1024 * 1024;

/// The browser has no room for a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRoom;

/// How many bytes a file has.
#[must_use]
pub fn size(blob: &Blob) -> usize {
    // Files are measured in floating point; the conversion saturates.
    blob.size() as usize
}

/// Reads a file piece by piece.
///
/// # Errors
/// When it can't be read, or what the receiver of the pieces says.
pub async fn read_in_pieces<E: From<ReadError>>(
    blob: &Blob,
    mut each: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    let size = size(blob);
    for start in (0..size).step_by(PIECE) {
        let end = start.saturating_add(PIECE).min(size);
        each(&read_part(blob, start, end).await?.to_vec())?;
    }
    Ok(())
}

/// Some bytes of a file. They stay outside the program's own memory.
///
/// # Errors
/// When it can't be read.
pub async fn read_part(blob: &Blob, start: usize, end: usize) -> Result<Uint8Array, ReadError> {
    let part = blob.slice_with_f64_and_f64(start as f64, end as f64);
    let part = part.map_err(|_| ReadError::Unreadable)?;
    let buffer = JsFuture::from(part.array_buffer()).await;
    let bytes = Uint8Array::new(&buffer.map_err(|_| ReadError::Unreadable)?);
    // Browsers give a shorter part of a file that became shorter.
    let is_whole = usize::try_from(bytes.length()) == Ok(end.saturating_sub(start));
    if is_whole { Ok(bytes) } else { Err(ReadError::Unreadable) }
}

/// Bytes as a file that the browser keeps, where it has the most room.
///
/// # Errors
/// [`NoRoom`] when the browser refuses.
pub fn blob(bytes: &[u8]) -> Result<Blob, NoRoom> {
    blob_of(&Uint8Array::from(bytes))
}

fn blob_of(bytes: &Uint8Array) -> Result<Blob, NoRoom> {
    Blob::new_with_u8_array_sequence(&Array::of1(bytes)).map_err(|_| NoRoom)
}

/// A file that is put together of parts.
#[derive(Debug, Default)]
pub struct Parts(Array);

impl Parts {
    /// The next part.
    ///
    /// # Errors
    /// [`NoRoom`] when the browser refuses.
    pub fn push(&self, bytes: &[u8]) -> Result<(), NoRoom> {
        self.push_js(&Uint8Array::from(bytes))
    }

    /// The next part, which another program gave.
    ///
    /// # Errors
    /// [`NoRoom`] when the browser refuses.
    pub fn push_js(&self, bytes: &Uint8Array) -> Result<(), NoRoom> {
        let part = blob_of(bytes)?;
        self.0.push(&part);
        Ok(())
    }

    /// The file.
    ///
    /// # Errors
    /// [`NoRoom`] when the browser refuses.
    pub fn finish(self, mime: &str) -> Result<Blob, NoRoom> {
        let options = BlobPropertyBag::new();
        options.set_type(mime);
        Blob::new_with_blob_sequence_and_options(&self.0, &options).map_err(|_| NoRoom)
    }
}
