//! Typing as people type Vietnamese: by keys, and by input methods that compose, commit and replace
//! text. It goes to the field with the focus, inside or outside the element.

use anyhow::{Context, Result};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::page::Page;

/// An action of a keyboard or an input method. Places count UTF-16 code units from the field's
/// beginning, as the page does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke<'a> {
    /// A letter's key is pressed and released.
    Letter(char),
    /// Backspace is pressed and released.
    Backspace,
    /// The composed text becomes this, with the caret at its end.
    Compose(&'a str),
    /// The text between two places becomes the composed text, which is now this.
    ComposeOver(u32, u32, &'a str),
    /// This replaces the composed text or the selection, and ends the composition.
    Commit(&'a str),
    /// The text between two places is selected.
    Select(u32, u32),
}

/// The text in the field with the focus, and the caret or the selection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The field's value.
    pub value: String,
    /// The beginning and the end of the selection; both are the caret's place if nothing is
    /// selected.
    pub selection: (u64, u64),
}

/// The field with the focus, through shadow roots; its state; and the events that show that a
/// stroke has reached the page.
const LOOK: &str = "
    const field = () => {
      let focused = document.activeElement;
      while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
      return focused;
    };
    const look = () => {
      const { value, selectionStart, selectionEnd } = field();
      return [value, selectionStart, selectionEnd];
    };
    if (!window.__strokes) {
      const seen = window.__strokes = { composing: false, count: {}, steps: [] };
      for (const kind of ['input', 'keyup', 'compositionend']) {
        addEventListener(kind, () => { seen.count[kind] = (seen.count[kind] ?? 0) + 1; }, true);
      }
      addEventListener('compositionstart', () => { seen.composing = true; }, true);
      addEventListener('compositionend', () => { seen.composing = false; }, true);
      addEventListener('beforeinput', () => { seen.steps.push(look()); }, true);
    }
    const seen = window.__strokes;
";

impl Page {
    /// Performs one stroke, waits until the page has handled it, and returns the state of the
    /// field.
    pub async fn stroke(&self, stroke: Stroke<'_>) -> Result<Typed> {
        let script = format!("{LOOK} return [seen.composing, seen.count];");
        let before = self.evaluate(&script, Value::Null).await?;
        let composing = before.get(0) == Some(&json!(true));
        let event = match stroke {
            Stroke::Letter(letter) => {
                let letter = letter.to_string();
                let down = json!({ "type": "keyDown", "key": letter, "text": letter });
                self.tab().cdp("Input.dispatchKeyEvent", down).await?;
                let up = json!({ "type": "keyUp", "key": letter });
                self.tab().cdp("Input.dispatchKeyEvent", up).await?;
                "keyup"
            }
            Stroke::Backspace => {
                for kind in ["rawKeyDown", "keyUp"] {
                    let key = json!({
                        "type": kind, "key": "Backspace", "code": "Backspace",
                        "windowsVirtualKeyCode": 8, "nativeVirtualKeyCode": 8,
                    });
                    self.tab().cdp("Input.dispatchKeyEvent", key).await?;
                }
                "keyup"
            }
            Stroke::Compose(text) => {
                self.compose(text, json!({})).await?;
                "input"
            }
            Stroke::ComposeOver(start, end, text) => {
                let place = json!({ "replacementStart": start, "replacementEnd": end });
                self.compose(text, place).await?;
                "input"
            }
            Stroke::Commit(text) => {
                self.tab().cdp("Input.insertText", json!({ "text": text })).await?;
                if composing { "compositionend" } else { "input" }
            }
            Stroke::Select(start, end) => {
                let script = format!("{LOOK} field().setSelectionRange(...given); return look();");
                return typed(&self.evaluate(&script, json!([start, end])).await?);
            }
        };
        let count = before.pointer(&format!("/1/{event}")).and_then(Value::as_u64).unwrap_or(0);
        self.after(event, count).await.with_context(|| format!("{stroke:?} in {before}"))
    }

    /// Presses keys one after the other as fast as the driver can, without waiting in between.
    /// Returns the state of the field before each key took effect, and at the end.
    pub async fn type_quickly(&self, keys: &[Stroke<'_>]) -> Result<Vec<Typed>> {
        let script = format!("{LOOK} seen.steps = []; return seen.count.keyup ?? 0;");
        let before = self.evaluate(&script, Value::Null).await?.as_u64().unwrap_or(0);
        let mut pressed = String::new();
        for key in keys {
            pressed.push(match key {
                Stroke::Letter(letter) => *letter,
                Stroke::Backspace => Key::Backspace.into(),
                other => anyhow::bail!("{other:?} is no key"),
            });
        }
        self.press_keys(&pressed).await?;
        let pressed = u64::try_from(keys.len())?;
        let last = self.after("keyup", before + pressed - 1).await?;
        let script = format!("{LOOK} return seen.steps;");
        let steps = self.evaluate(&script, Value::Null).await?;
        let mut steps: Vec<Typed> =
            steps.as_array().into_iter().flatten().map(typed).collect::<Result<_>>()?;
        steps.push(last);
        Ok(steps)
    }

    /// Presses the keys of a text one after the other as fast as the driver can. Does not wait for
    /// the page to handle them, as the page may go away meanwhile.
    pub async fn press_keys(&self, text: &str) -> Result<()> {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in text.chars() {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        Ok(self.tab().client().await?.perform_actions(actions).await?)
    }

    /// Types a text letter by letter like an input method that composes nothing, which is quicker
    /// than keys.
    pub async fn insert_letters(&self, text: &str) -> Result<()> {
        for letter in text.chars() {
            self.tab().cdp("Input.insertText", json!({ "text": letter.to_string() })).await?;
        }
        Ok(())
    }

    /// Returns the state of the field with the focus.
    pub async fn typed(&self) -> Result<Typed> {
        typed(&self.evaluate(&format!("{LOOK} return look();"), Value::Null).await?)
    }

    async fn compose(&self, text: &str, place: Value) -> Result<()> {
        let end = text.encode_utf16().count();
        let mut composed = json!({ "text": text, "selectionStart": end, "selectionEnd": end });
        if let (Some(composed), Some(place)) = (composed.as_object_mut(), place.as_object()) {
            composed.extend(place.clone());
        }
        self.tab().cdp("Input.imeSetComposition", composed).await.map(drop)
    }

    /// Waits for another event of this kind after the first `count`, and for the page to handle it.
    async fn after(&self, event: &str, count: u64) -> Result<Typed> {
        let script = format!(
            "{LOOK} return new Promise((done, failed) => {{
               const end = performance.now() + 10_000;
               const wait = () => {{
                 if ((seen.count[given.event] ?? 0) > given.count) setTimeout(() => done(look()));
                 else if (performance.now() > end) failed(new Error(`no ${{given.event}}`));
                 else setTimeout(wait);
               }};
               wait();
             }});"
        );
        typed(&self.evaluate(&script, json!({ "event": event, "count": count })).await?)
    }
}

fn typed(state: &Value) -> Result<Typed> {
    let place = |index: usize| state.get(index).and_then(Value::as_u64);
    let text = state.get(0).and_then(Value::as_str).map(str::to_owned);
    match (text, place(1), place(2)) {
        (Some(value), Some(start), Some(end)) => Ok(Typed { value, selection: (start, end) }),
        _ => anyhow::bail!("what has the focus is no field for text: {state}"),
    }
}
