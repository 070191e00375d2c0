//! Fetching a text, such as a checklist that is not compiled in.

use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestInit, Response, Url};

use super::timer::within;

/// A server that sends nothing more for so long is not listened to any more, in milliseconds. As
/// long as something comes, it may be as slow as it is.
const SILENCE: i32 = 45_000;

/// Why a text could not be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// The address can't be read, or is neither `http:` nor `https:`.
    BadUrl(String),
    /// There was no answer, or not all of it: no network, no such host, a policy that forbids it,
    /// or silence. The browser does not say which.
    Unreachable,
    /// The address leads to another origin, which is this.
    Elsewhere(String),
    /// The answer had another status than success.
    Status(u16),
    /// The answer is longer than this many bytes.
    TooLarge(usize),
    /// The answer is not UTF-8.
    NotText,
}

/// Fetches the text at an address, which is taken relative to the page.
///
/// A redirect is followed within the origin of the address, and to no other one: whoever allowed
/// that origin did not allow whatever a redirect on it leads to.
///
/// # Errors
/// Why it could not be fetched.
pub async fn fetch_text(url: &str, limit: usize) -> Result<String, FetchError> {
    let bad_url = || FetchError::BadUrl(url.to_owned());
    let window = web_sys::window().ok_or(FetchError::Unreachable)?;
    let url = absolute(url).ok_or_else(bad_url)?;

    // The rest of the browser's defaults is what is wanted: GET, credentials to the page's own
    // origin alone.
    let options = RequestInit::new();
    let end = AbortController::new().map_err(|_| FetchError::Unreachable)?;
    options.set_signal(Some(&end.signal()));
    let answer = window.fetch_with_str_and_init(&url, &options);
    let response = heard(&answer).await.inspect_err(|_| end.abort())?;
    let response: Response = response.unchecked_into();
    // A page's own script may have answered in the server's place: that says no address.
    let origin = Some(response.url()).filter(|url| !url.is_empty()).map(|url| origin_of(&url));
    if let Some(origin) = origin.filter(|origin| *origin != origin_of(&url)) {
        end.abort();
        return Err(FetchError::Elsewhere(origin));
    }
    if !response.ok() {
        return Err(FetchError::Status(response.status()));
    }
    let bytes = read(&response, limit).await.inspect_err(|_| end.abort())?;
    // The marker of byte order belongs to the file, not to the text.
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    std::str::from_utf8(text).map(str::to_owned).map_err(|_| FetchError::NotText)
}

fn origin_of(url: &str) -> String {
    Url::new(url).map(|url| url.origin()).unwrap_or_default()
}

/// Returns the result of a promise of the network, if it has one within [`SILENCE`].
async fn heard(promise: &Promise) -> Result<JsValue, FetchError> {
    within(SILENCE, promise).await.and_then(Result::ok).ok_or(FetchError::Unreachable)
}

/// The address in full; `None` when it is not one of the web's, or has a name and a password in it,
/// with which browsers fetch nothing.
pub(super) fn absolute(url: &str) -> Option<String> {
    let base = web_sys::window()?.document()?.base_uri().ok()??;
    let url = Url::new_with_base(url, &base).ok()?;
    let is_of_the_web = matches!(url.protocol().as_str(), "http:" | "https:");
    let has_secrets = !url.username().is_empty() || !url.password().is_empty();
    (is_of_the_web && !has_secrets).then(|| url.href())
}

/// Reads piece by piece, so that an endless answer is given up at the limit, and one that stops in
/// its midst after a while.
pub(super) async fn read(response: &Response, limit: usize) -> Result<Vec<u8>, FetchError> {
    let mut bytes = Vec::new();
    let Some(body) = response.body() else { return Ok(bytes) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    loop {
        let piece = heard(&reader.read()).await?;
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
