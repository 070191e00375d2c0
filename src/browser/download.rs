//! Files of the device: saving one, and reading one that the person chose.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

/// How long a saved file stays at its address, in milliseconds: browsers read it after the click,
/// some only once the person has said where to.
const KEPT: i32 = 60_000;

/// A file could not be handed to the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotSaved;

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// It is larger than the limit, both in bytes.
    TooLarge {
        /// The file's size.
        size: usize,
        /// The most that is read.
        limit: usize,
    },
    /// The browser could not read it: it was moved, or changed since it was chosen.
    Unreadable,
}

/// Has the browser save bytes as a file of that name.
///
/// # Errors
/// [`NotSaved`] when the browser refuses.
pub fn save_file(name: &str, mime: &str, bytes: &[u8]) -> Result<(), NotSaved> {
    save_blob(name, &file(mime, bytes)?)
}

/// Bytes as a file of that kind, which the browser holds.
///
/// # Errors
/// [`NotSaved`] when the browser refuses.
pub fn file(mime: &str, bytes: &[u8]) -> Result<Blob, NotSaved> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence_and_options(&parts, &options).map_err(|_| NotSaved)
}

/// Has the browser save what it holds already as a file of that name.
///
/// # Errors
/// [`NotSaved`] when the browser refuses.
pub fn save_blob(name: &str, blob: &Blob) -> Result<(), NotSaved> {
    click_link(name, blob).map_err(|_| NotSaved)
}

fn click_link(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let document = window.document().ok_or(JsValue::NULL)?;
    let url = Url::create_object_url_with_blob(blob)?;

    // The link is never part of the host's page: a click on it works all the same.
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();

    let revoke = Closure::once_into_js(move || _ = Url::revoke_object_url(&url));
    let revoke = revoke.unchecked_ref();
    window.set_timeout_with_callback_and_timeout_and_arguments_0(revoke, KEPT)?;
    Ok(())
}

/// Reads a file that the person chose. One that is too large is not read at all.
///
/// # Errors
/// Why it could not be read.
pub async fn read_file(file: &File, limit: usize) -> Result<Vec<u8>, ReadError> {
    // Files are measured in floating point; the conversion saturates.
    let size = file.size() as usize;
    if size > limit {
        return Err(ReadError::TooLarge { size, limit });
    }
    let buffer = JsFuture::from(file.array_buffer()).await;
    let buffer = buffer.map_err(|_| ReadError::Unreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
