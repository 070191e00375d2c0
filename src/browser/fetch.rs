//! Fetching a text, such as a checklist that is not compiled in.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, Response, Url};

/// Why a text could not be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// The address can't be read, or is neither `http:` nor `https:`.
    BadUrl(String),
    /// There was no answer: no network, no such host, or a policy forbids it. The browser does not
    /// say which.
    Unreachable,
    /// The answer had another status than success.
    Status(u16),
    /// The answer is longer than this many bytes.
    TooLarge(usize),
    /// The answer is not UTF-8.
    NotText,
}

/// Fetches the text at an address, which is taken relative to the page.
///
/// # Errors
/// Why it could not be fetched.
pub async fn fetch_text(url: &str, limit: usize) -> Result<String, FetchError> {
    let bad_url = || FetchError::BadUrl(url.to_owned());
    let window = web_sys::window().ok_or(FetchError::Unreachable)?;
    let url = absolute(url).ok_or_else(bad_url)?;

    // The browser's defaults are what is wanted: GET, credentials to the page's own origin alone,
    // redirects followed.
    let response = JsFuture::from(window.fetch_with_str(&url)).await;
    let response: Response = response.map_err(|_| FetchError::Unreachable)?.unchecked_into();
    if !response.ok() {
        return Err(FetchError::Status(response.status()));
    }
    let bytes = read(&response, limit).await?;
    // The marker of byte order belongs to the file, not to the text.
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    std::str::from_utf8(text).map(str::to_owned).map_err(|_| FetchError::NotText)
}

/// The address in full; `None` when it is not one of the web's.
pub(super) fn absolute(url: &str) -> Option<String> {
    let base = web_sys::window()?.document()?.base_uri().ok()??;
    let url = Url::new_with_base(url, &base).ok()?;
    matches!(url.protocol().as_str(), "http:" | "https:").then(|| url.href())
}

/// Reads piece by piece, so that an endless answer is given up at the limit.
pub(super) async fn read(response: &Response, limit: usize) -> Result<Vec<u8>, FetchError> {
    let mut bytes = Vec::new();
    let Some(body) = response.body() else { return Ok(bytes) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    loop {
        let piece = JsFuture::from(reader.read()).await;
        let piece = piece.map_err(|_| FetchError::Unreachable)?;
        let value = Reflect::get(&piece, &JsValue::from_str("value"));
        // The last piece, which says that it is over, comes without a value.
        let Some(value) = value.ok().and_then(|value| value.dyn_into::<Uint8Array>().ok()) else {
            return Ok(bytes);
        };
        bytes.extend_from_slice(&value.to_vec());
        if bytes.len() > limit {
            _ = reader.cancel();
            return Err(FetchError::TooLarge(limit));
        }
    }
}
