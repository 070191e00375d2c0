//! A mouse: its events go to the element under it, as with a real one.

use anyhow::Result;
use browser_tests::{Browser, Control};
use serde_json::{Value, json};

/// Returns the middle of an element in the window, as `{"x": …, "y": …}`.
pub async fn middle(control: &Control) -> Result<Value> {
    let script = "
        const { left, top, width, height } = place.getBoundingClientRect();
        return { x: left + width / 2, y: top + height / 2 };
    ";
    control.on_element(script, Value::Null).await
}

/// Moves the mouse to a place.
pub async fn move_to(browser: &Browser, place: &Value) -> Result<()> {
    send(browser, "mouseMoved", "none", place).await
}

/// Presses the button of the mouse at a place, and holds it.
pub async fn press(browser: &Browser, place: &Value) -> Result<()> {
    send(browser, "mousePressed", "left", place).await
}

/// Releases the button of the mouse at a place.
pub async fn release(browser: &Browser, place: &Value) -> Result<()> {
    send(browser, "mouseReleased", "left", place).await
}

async fn send(browser: &Browser, what: &str, button: &str, place: &Value) -> Result<()> {
    let (x, y) = (place.pointer("/x"), place.pointer("/y"));
    let event = json!({ "type": what, "x": x, "y": y, "button": button, "clickCount": 1 });
    browser.cdp("Input.dispatchMouseEvent", event).await.map(drop)
}
