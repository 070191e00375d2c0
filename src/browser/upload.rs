//! Sending bytes to a server, and nothing but that: one request, no redirect followed, an end to waiting.

use js_sys::{Date, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Headers, Request, RequestCredentials, RequestInit, RequestRedirect, Response,
};

use super::fetch::{absolute, read};
use crate::upload::Answer;

/// How long an answer may take, in milliseconds, and how much longer for each byte: 20 kB a second is a
/// weak connection.
const PATIENCE: f64 = 60_000.0;
const PATIENCE_A_BYTE: f64 = 0.05;

/// How much of an answer is read: what it has to say is a line.
const LIMIT: usize = 65_536;

/// Gives one of the element's properties, by which its host adds to requests.
pub type Property = dyn Fn(&str) -> JsValue;

const HEADERS: &str = "uploadHeaders";
const CREDENTIALS: &str = "uploadCredentials";

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// The address can't be read, or is neither `http:` nor `https:`.
    BadUrl(String),
    /// No network, no such host, a policy that forbids it, or it took too long: it may be tried again.
    Unreachable,
    /// What the host wants to add can't be added.
    BadHeaders(String),
}

/// Posts a report to an address, which is taken relative to the page, with the headers and credentials that
/// the host wants. `again`: the server did not like those of before.
///
/// # Errors
/// Why there is no answer.
pub async fn post(
    host: &Property,
    url: &str,
    report: &str,
    sha256: &str,
    again: bool,
) -> Result<Answer, NoAnswer> {
    let url = absolute(url).ok_or_else(|| NoAnswer::BadUrl(url.to_owned()))?;
    let headers = headers(host, &url, again).await?;
    // After the host's, which must not say anything else of these.
    let set = |name, value| headers.set(name, value).map_err(|error| bad_headers(&error));
    set("content-type", "application/json")?;
    set("idempotency-key", sha256)?;
    let options = RequestInit::new();
    options.set_method("POST");
    options.set_body(&Uint8Array::from(report.as_bytes()));
    options.set_redirect(RequestRedirect::Manual);
    options.set_credentials(credentials(host)?);
    options.set_headers(&headers);
    let patience = PATIENCE + PATIENCE_A_BYTE * report.len() as f64;
    options.set_signal(Some(&AbortSignal::timeout_with_f64(patience)));
    let request =
        Request::new_with_str_and_init(&url, &options).map_err(|_| NoAnswer::BadUrl(url))?;
    let window = web_sys::window().ok_or(NoAnswer::Unreachable)?;
    let response = JsFuture::from(window.fetch_with_request(&request)).await;
    let response: Response = response.map_err(|_| NoAnswer::Unreachable)?.unchecked_into();
    // An answer that breaks off is none: it might have said that all is well.
    let body = read(&response, LIMIT).await.map_err(|_| NoAnswer::Unreachable)?;
    Ok(Answer {
        status: response.status(),
        retry_after: response
            .headers()
            .get("retry-after")
            .ok()
            .flatten()
            .and_then(|text| seconds(&text)),
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}

/// What the host adds: an object, or a function that gives one or promises it.
async fn headers(host: &Property, url: &str, again: bool) -> Result<Headers, NoAnswer> {
    let mut given = host(HEADERS);
    if let Some(ask) = given.dyn_ref::<Function>() {
        let request = Object::new();
        _ = Reflect::set(&request, &"url".into(), &url.into());
        _ = Reflect::set(&request, &"again".into(), &again.into());
        let answered =
            ask.call1(&JsValue::UNDEFINED, &request).map_err(|error| bad_headers(&error))?;
        let promised = JsFuture::from(Promise::resolve(&answered)).await;
        given = promised.map_err(|error| bad_headers(&error))?;
    }
    if given.is_undefined() || given.is_null() {
        return Headers::new().map_err(|error| bad_headers(&error));
    }
    let given = given.dyn_into::<Object>().map_err(|_| NoAnswer::BadHeaders(HEADERS.to_owned()))?;
    Headers::new_with_record_from_str_to_str(&given).map_err(|error| bad_headers(&error))
}

fn credentials(host: &Property) -> Result<RequestCredentials, NoAnswer> {
    let given = host(CREDENTIALS);
    match given.as_string().as_deref() {
        None | Some("" | "same-origin") => Ok(RequestCredentials::SameOrigin),
        Some("include") => Ok(RequestCredentials::Include),
        Some("omit") => Ok(RequestCredentials::Omit),
        Some(_) => Err(NoAnswer::BadHeaders(CREDENTIALS.to_owned())),
    }
}

fn bad_headers(error: &JsValue) -> NoAnswer {
    let message = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    NoAnswer::BadHeaders(message.unwrap_or_else(|| HEADERS.to_owned()))
}

/// The seconds that `Retry-After` asks to wait: it names them, or a moment.
fn seconds(text: &str) -> Option<u32> {
    let text = text.trim();
    if let Ok(seconds) = text.parse() {
        return Some(seconds);
    }
    let moment = Date::parse(text);
    // A moment that can't be read is no number; one that is over is now. The conversion saturates.
    moment.is_finite().then(|| ((moment - Date::now()) / 1_000.0).ceil() as u32)
}
