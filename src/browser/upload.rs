//! Sending bytes to a server, and nothing but that: one request, no redirect followed, an end to
//! waiting.

use js_sys::{Date, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Headers, Request, RequestCredentials, RequestInit, RequestRedirect, Response,
};

use super::fetch::{FetchError, absolute, read};
use super::timer::within;
use crate::upload::{Answer, patience};

/// How long a host may take to say what it adds, in milliseconds: it may have to ask a server
/// itself.
const HOSTS_PATIENCE: i32 = 30_000;

/// How much of an answer is read: what it has to say is a line.
const LIMIT: usize = 65_536;

/// Gives one of the element's properties, by which its host adds to requests.
pub type Property = dyn Fn(&str) -> JsValue;

const HEADERS: &str = "uploadHeaders";
const CREDENTIALS: &str = "uploadCredentials";

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// No network, no such host, a policy that forbids it, or it took too long: it may be tried
    /// again.
    Unreachable,
    /// The headers of the host can't be added.
    BadHeaders(String),
}

/// A request that sends a report.
pub struct Post<'a> {
    /// Where to, in full.
    pub url: &'a str,
    /// The report's bytes are this text in UTF-8.
    pub report: &'a str,
    /// Its digest.
    pub sha256: &'a str,
    /// Attempts that failed before this one.
    pub failures: u32,
}

/// An address that reports are sent to in full, from what the host says, which is relative to the
/// page; `None` when it can't be read, or is neither `http:` nor `https:`.
#[must_use]
pub fn address(url: &str) -> Option<String> {
    absolute(url)
}

/// Posts a report with the host's headers and credentials.
///
/// # Errors
/// Why there is no answer.
pub async fn post(host: &Property, headers: Headers, what: &Post<'_>) -> Result<Answer, NoAnswer> {
    let Post { url, report, sha256, failures } = *what;
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
    let patience = patience(report.len(), failures);
    options.set_signal(Some(&AbortSignal::timeout_with_f64(patience)));
    let unreachable = |_| NoAnswer::Unreachable;
    let request = Request::new_with_str_and_init(url, &options).map_err(unreachable)?;
    let window = web_sys::window().ok_or(NoAnswer::Unreachable)?;
    let response = JsFuture::from(window.fetch_with_request(&request)).await;
    let response: Response = response.map_err(unreachable)?.unchecked_into();
    let body = match read(&response, LIMIT).await {
        Ok(body) => body,
        // It might have said that all is well.
        Err(error) if response.ok() && !matches!(error, FetchError::TooLarge(_)) => {
            return Err(NoAnswer::Unreachable);
        }
        // Too much to be said to a machine, or cut off: then the status says it.
        Err(_) => Vec::new(),
    };
    Ok(Answer {
        status: response.status(),
        retry_after: wish(&response.headers()),
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}

/// Returns the headers that the host adds for an address: an object, or a function that gives one
/// or promises it. `again`: the server refused those of before.
///
/// # Errors
/// When it can't be added, or does not come.
pub async fn headers(host: &Property, url: &str, again: bool) -> Result<Headers, NoAnswer> {
    let mut given = host(HEADERS);
    if let Some(ask) = given.dyn_ref::<Function>() {
        let request = Object::new();
        _ = Reflect::set(&request, &"url".into(), &url.into());
        _ = Reflect::set(&request, &"again".into(), &again.into());
        let answered =
            ask.call1(&JsValue::UNDEFINED, &request).map_err(|error| bad_headers(&error))?;
        let promised = within(HOSTS_PATIENCE, &Promise::resolve(&answered)).await;
        let promised = promised.ok_or_else(|| NoAnswer::BadHeaders(HEADERS.to_owned()))?;
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
fn wish(headers: &Headers) -> Option<u32> {
    let header = |name| headers.get(name).ok().flatten();
    let text = header("retry-after")?;
    if let Ok(seconds) = text.trim().parse() {
        return Some(seconds);
    }
    let moment = Date::parse(text.trim());
    // By the server's clock, if it tells the time: the device's may be wrong.
    let now = header("date").map(|text| Date::parse(&text)).filter(|now| now.is_finite());
    let wait = ((moment - now.unwrap_or_else(Date::now)) / 1_000.0).ceil();
    // A moment that can't be read is no number; one that is over is now. The conversion saturates.
    moment.is_finite().then_some(wait as u32)
}
