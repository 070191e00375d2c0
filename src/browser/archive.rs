//! ZIP files, which the second program makes and reads; see `office/src/archive.rs`.

use js_sys::{Array, Reflect, Uint8Array, Uint32Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Blob;

use super::download::ReadError;
use super::files;
use super::office::{NotFetched, NotMade, Office, office};

#[wasm_bindgen]
extern "C" {
    type JsPacker;

    #[wasm_bindgen(method, catch)]
    async fn packer(this: &Office) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn add(
        this: &JsPacker,
        name: &str,
        bytes: &[u8],
        is_compressed: bool,
    ) -> Result<Uint8Array, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn finish(this: &JsPacker) -> Result<Uint8Array, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn free(this: &JsPacker) -> Result<(), JsValue>;

    type JsUnpacker;

    #[wasm_bindgen(method, catch)]
    async fn unpacker(this: &Office, size: u32) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn open(this: &JsUnpacker) -> Result<Option<Uint32Array>, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn give(this: &JsUnpacker, start: u32, bytes: &Uint8Array) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn names(this: &JsUnpacker) -> Result<Array, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn range(this: &JsUnpacker, index: u32, limit: u32) -> Result<Uint32Array, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn read(this: &JsUnpacker, index: u32, limit: u32) -> Result<Uint8Array, JsValue>;

    #[wasm_bindgen(method, catch, js_name = free)]
    fn free_unpacker(this: &JsUnpacker) -> Result<(), JsValue>;
}

/// Why an archive can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotUnpacked {
    /// The browser can't read the file.
    File(ReadError),
    /// The program that reads archives could not be fetched.
    NotFetched(NotFetched),
    /// It is not whole, or no archive.
    Damaged,
    /// It needs a password, or is compressed in a way that is not known here.
    Unsupported,
    /// It has too many files.
    TooMany,
    /// A file in it is larger than it may be.
    TooLarge,
}

impl From<ReadError> for NotUnpacked {
    fn from(error: ReadError) -> Self {
        Self::File(error)
    }
}

/// Makes an archive.
pub struct Packer(JsPacker);

impl Packer {
    /// An archive with nothing in it. Fetches the program if it is not there yet.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn new() -> Result<Self, NotMade> {
        let made = office().ok_or(NotMade::Failed)?.packer().await;
        Ok(Self(made.map_err(|error| NotMade::from(&error))?.unchecked_into()))
    }

    /// Puts a file into the archive, and gives the next bytes of it. What is compressed in itself
    /// should not be compressed again.
    ///
    /// # Errors
    /// When it can't be put into it, as under a name that is taken.
    pub fn add(
        &self,
        name: &str,
        bytes: &[u8],
        is_compressed: bool,
    ) -> Result<Uint8Array, NotMade> {
        self.0.add(name, bytes, is_compressed).map_err(|_| NotMade::Failed)
    }

    /// The last bytes of the archive; nothing comes after.
    ///
    /// # Errors
    /// When the program fails.
    pub fn finish(self) -> Result<Uint8Array, NotMade> {
        self.0.finish().map_err(|_| NotMade::Failed)
    }
}

impl Drop for Packer {
    fn drop(&mut self) {
        // A program that has stopped has nothing to give back.
        _ = self.0.free();
    }
}

/// Reads an archive.
pub struct Unpacker {
    file: Blob,
    archive: JsUnpacker,
}

impl Unpacker {
    /// Opens an archive. Fetches the program if it is not there yet.
    ///
    /// # Errors
    /// Why it can't be read.
    pub async fn open(file: &Blob) -> Result<Self, NotUnpacked> {
        let office = office().ok_or(NotUnpacked::NotFetched(NotFetched::Unavailable))?;
        let size = u32::try_from(files::size(file)).map_err(|_| NotUnpacked::TooLarge)?;
        let archive = office.unpacker(size).await.map_err(|error| match NotMade::from(&error) {
            NotMade::NotFetched(why) => NotUnpacked::NotFetched(why),
            _ => NotUnpacked::NotFetched(NotFetched::Unavailable),
        })?;
        let opened = Self { file: file.clone(), archive: archive.unchecked_into() };
        while let Some(range) = opened.archive.open().map_err(|error| why(&error))? {
            opened.load(&range).await?;
        }
        Ok(opened)
    }

    /// The names of what is in the archive; those of folders end with a slash.
    ///
    /// # Errors
    /// When the program fails.
    pub fn names(&self) -> Result<Vec<String>, NotUnpacked> {
        let names = self.archive.names().map_err(|error| why(&error))?;
        Ok(names.iter().map(|name| name.as_string().unwrap_or_default()).collect())
    }

    /// A file of the archive.
    ///
    /// # Errors
    /// Why it can't be read.
    pub async fn read(&self, index: usize, limit: usize) -> Result<Vec<u8>, NotUnpacked> {
        let [index, limit] = [index, limit].map(|number| u32::try_from(number).unwrap_or(u32::MAX));
        let range = self.archive.range(index, limit).map_err(|error| why(&error))?;
        self.load(&range).await?;
        let bytes = self.archive.read(index, limit).map_err(|error| why(&error))?;
        Ok(bytes.to_vec())
    }

    /// Gives the program bytes that it asked for.
    async fn load(&self, range: &Uint32Array) -> Result<(), NotUnpacked> {
        let (start, end) = (range.get_index(0), range.get_index(1));
        let bytes = files::read_part(&self.file, start as usize, end as usize).await?;
        self.archive.give(start, &bytes).map_err(|error| why(&error))
    }
}

impl Drop for Unpacker {
    fn drop(&mut self) {
        _ = self.archive.free_unpacker();
    }
}

/// Returns the reason that the program gives; one that stopped gives none.
fn why(error: &JsValue) -> NotUnpacked {
    let message = Reflect::get(error, &"message".into()).ok().and_then(|text| text.as_string());
    match message.as_deref() {
        Some("unsupported") => NotUnpacked::Unsupported,
        Some("too-many") => NotUnpacked::TooMany,
        Some("too-large") => NotUnpacked::TooLarge,
        _ => NotUnpacked::Damaged,
    }
}
