//! ZIP files for the page. Its other side is `src/browser/archive.rs`.

use tu_kiem_tra_office::{Packer, Trouble, Unpacker};
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// Makes an archive.
#[wasm_bindgen(js_name = Packer)]
pub struct JsPacker(Option<Packer>);

#[wasm_bindgen(js_class = Packer)]
impl JsPacker {
    /// An archive with nothing in it.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self(Some(Packer::new()))
    }

    /// Puts a file into the archive, and gives the next bytes of it.
    pub fn add(
        &mut self,
        name: &str,
        bytes: &[u8],
        is_compressed: bool,
    ) -> Result<Vec<u8>, JsError> {
        let packer = self.0.as_mut().ok_or(Trouble::Damaged)?;
        Ok(packer.add(name, bytes, is_compressed)?)
    }

    /// The last bytes of the archive; nothing comes after.
    pub fn finish(&mut self) -> Result<Vec<u8>, JsError> {
        Ok(self.0.take().ok_or(Trouble::Damaged)?.finish()?)
    }
}

/// Reads an archive.
#[wasm_bindgen(js_name = Unpacker)]
pub struct JsUnpacker(Unpacker);

#[wasm_bindgen(js_class = Unpacker)]
impl JsUnpacker {
    /// Of an archive with so many bytes.
    #[wasm_bindgen(constructor)]
    pub fn new(size: u32) -> Self {
        Self(Unpacker::new(u64::from(size)))
    }

    /// Finds out what is in the archive: gives start and end of the bytes that are needed for it,
    /// or nothing once it is known.
    pub fn open(&mut self) -> Result<Option<Vec<u32>>, JsError> {
        Ok(self.0.open()?.map(places).transpose()?)
    }

    /// Bytes that were asked for.
    pub fn give(&mut self, start: u32, bytes: Vec<u8>) {
        self.0.give(u64::from(start), bytes);
    }

    /// The names of what is in the archive.
    pub fn names(&self) -> Vec<String> {
        self.0.names()
    }

    /// Start and end of the bytes that are needed to read a file of at most so many bytes.
    pub fn range(&self, index: usize, limit: u32) -> Result<Vec<u32>, JsError> {
        Ok(places(self.0.range(index, u64::from(limit))?)?)
    }

    /// A file of the archive whose bytes were given.
    pub fn read(&mut self, index: usize, limit: u32) -> Result<Vec<u8>, JsError> {
        Ok(self.0.read(index, u64::from(limit))?)
    }
}

fn places(range: std::ops::Range<u64>) -> Result<Vec<u32>, Trouble> {
    let places = [range.start, range.end].into_iter().map(u32::try_from);
    places.collect::<Result<_, _>>().map_err(|_| Trouble::Damaged)
}
