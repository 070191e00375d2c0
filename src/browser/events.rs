//! Telling the host page: events on the custom element.

use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

/// Fires a `CustomEvent` on the element, one that bubbles and leaves shadow roots around it. Gives
/// whether the default action may go on.
pub fn dispatch(host: &HtmlElement, name: &str, detail: &JsValue, cancelable: bool) -> bool {
    let options = CustomEventInit::new();
    options.set_bubbles(true);
    options.set_composed(true);
    options.set_cancelable(cancelable);
    options.set_detail(detail);
    let event = CustomEvent::new_with_event_init_dict(name, &options);
    // Neither call fails with a constructed event; if one did, nobody would have objected.
    let goes_on = event.and_then(|event| host.dispatch_event(&event)).unwrap_or(true);
    #[cfg(feature = "panic-on-demand")]
    super::panic::on_demand::told(name);
    goes_on
}
