//! A keyboard: keys go to the focused element, as real ones do.

use anyhow::{Context, Result};
use browser_tests::{Browser, Page};
use serde_json::json;

/// Keys other than letters, with their names and codes.
const KEYS: [(&str, u32); 7] = [
    ("Tab", 9),
    ("Enter", 13),
    ("Escape", 27),
    (" ", 32),
    ("ArrowUp", 38),
    ("ArrowRight", 39),
    ("ArrowDown", 40),
];

const SHIFT: u32 = 8;

/// Presses a key, such as `Tab`.
pub async fn press(browser: &Browser, key: &str) -> Result<()> {
    stroke(browser, key, 0).await
}

/// Presses Tab backwards.
pub async fn back(browser: &Browser) -> Result<()> {
    stroke(browser, "Tab", SHIFT).await
}

/// Types a text, letter by letter.
pub async fn type_text(browser: &Browser, text: &str) -> Result<()> {
    for letter in text.chars() {
        let letter = letter.to_string();
        let down = json!({ "type": "keyDown", "key": letter, "text": letter });
        browser.cdp("Input.dispatchKeyEvent", down).await?;
        browser.cdp("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": letter })).await?;
    }
    Ok(())
}

async fn stroke(browser: &Browser, key: &str, modifiers: u32) -> Result<()> {
    let (_, code) = KEYS.iter().find(|(name, _)| *name == key).with_context(|| key.to_owned())?;
    let text = match key {
        "Enter" => "\r",
        " " => " ",
        _ => "",
    };
    let down = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
    for (kind, text) in [(down, text), ("keyUp", "")] {
        let event = json!({
            "type": kind, "key": key, "code": if key == " " { "Space" } else { key }, "text": text,
            "windowsVirtualKeyCode": code, "nativeVirtualKeyCode": code, "modifiers": modifiers,
        });
        browser.cdp("Input.dispatchKeyEvent", event).await?;
    }
    Ok(())
}

/// Presses Tab until the field or button of this name has the focus.
pub async fn tab_to(page: &Page, browser: &Browser, name: &str) -> Result<()> {
    let script = "const { field, action } = root.activeElement?.dataset ?? {}; return field ?? action ?? '';";
    for _ in 0..40 {
        if page.evaluate(script, json!(null)).await? == json!(name) {
            return Ok(());
        }
        press(browser, "Tab").await?;
    }
    anyhow::bail!("{name} is not reached")
}
