//! Whether the browser keeps what is stored here, and how much room it grants. Every question may
//! be without an answer: in insecure contexts and in older browsers there is nobody to ask.

use js_sys::{Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Navigator;

use crate::health::{Health, Space, asks_the_person, is_webkit};

/// Returns the facts that are known now.
pub async fn health() -> Health {
    Health {
        persistent: is_persistent().await,
        space: space().await,
        // A site on the home screen counts as used whenever it is opened there.
        forgets: is_webkit(&user_agent()) && !is_installed(),
        framed: is_framed().unwrap_or(false),
    }
}

/// Asks the browser to keep what is stored until the person deletes it; some browsers ask her.
pub async fn ask_to_persist() -> Option<bool> {
    answer(navigator()?.storage().persist()).await?.as_bool()
}

/// Whether asking shows a question to the person.
#[must_use]
pub fn asking_is_seen() -> bool {
    asks_the_person(&user_agent())
}

async fn is_persistent() -> Option<bool> {
    answer(navigator()?.storage().persisted()).await?.as_bool()
}

async fn space() -> Option<Space> {
    let estimate = answer(navigator()?.storage().estimate()).await?;
    let figure = |name: &str| {
        let figure = Reflect::get(&estimate, &name.into()).ok()?.as_f64()?;
        // Bytes are whole; the conversion saturates.
        Some(figure as u64)
    };
    Some(Space { used: figure("usage")?, quota: figure("quota")? })
}

/// Where there is no storage manager, asking throws; where a policy forbids it, the promise fails.
async fn answer(asked: Result<Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(asked.ok()?).await.ok()
}

fn navigator() -> Option<Navigator> {
    web_sys::window().map(|window| window.navigator())
}

fn user_agent() -> String {
    navigator().and_then(|navigator| navigator.user_agent().ok()).unwrap_or_default()
}

/// Whether the page was opened from the home screen.
fn is_installed() -> bool {
    let standalone = navigator().and_then(|own| Reflect::get(&own, &"standalone".into()).ok());
    standalone.is_some_and(|standalone| standalone.is_truthy())
}

/// Whether a page of another origin is around this one: its address can't be read.
fn is_framed() -> Option<bool> {
    let top = web_sys::window()?.top().ok()??;
    Some(top.location().href().is_err())
}
