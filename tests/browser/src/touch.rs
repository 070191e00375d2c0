//! Tapping: real touches at a place where the person would hit the target.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::control::Control;
use crate::wait::wait_until;

/// The minimum width and height of a tapped target, in CSS pixels.
const FINGERTIP: f64 = 44.0;

/// Finds the point of a touch, the element that it would hit, and the target's size. The target of
/// a checkbox or radio is its label, as that is where people tap.
const AIM: &str = "
    const target =
      place.matches('[type=checkbox], [type=radio]') ? (place.labels?.[0] ?? place) : place;
    target.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { left, top, width, height } = target.getBoundingClientRect();
    // Of what is taller or wider than the window, the middle of what is seen.
    const middle = (start, size, window) =>
      (Math.max(start, 0) + Math.min(start + size, window)) / 2;
    const x = middle(left, width, innerWidth), y = middle(top, height, innerHeight);
    let hit = document.elementFromPoint(x, y);
    for (let inner = hit; inner; ) {
      hit = inner;
      inner = hit.shadowRoot?.elementFromPoint(x, y);
      if (inner === hit) break;
    }
    const name = (node) => node ? [node.localName, ...node.classList].join('.') : 'nothing';
    return {
      x, y, width, height, scale: visualViewport.scale,
      covered: target.contains(hit) ? null : name(hit),
    };
";

impl Control {
    /// Taps it with a finger. Fails if it is smaller than a fingertip, or if something else covers
    /// its middle and stays there. A checkbox or radio is tapped on its label.
    pub async fn tap(&self) -> Result<()> {
        let (x, y) = wait_until(&format!("{self} to be in the finger's way"), async || {
            let aim = self.on_element(AIM, Value::Null).await?;
            let number = |name: &str| {
                let number = aim.get(name).and_then(Value::as_f64);
                number.with_context(|| format!("{name} is no number in {aim}"))
            };
            if let Some(cover) = aim.get("covered").and_then(Value::as_str) {
                bail!("{cover} is there: {aim}");
            }
            let (width, height) = (number("width")?, number("height")?);
            if width < FINGERTIP || height < FINGERTIP {
                bail!("it is {width} × {height}, smaller than a fingertip");
            }
            if (number("scale")? - 1.0).abs() > 0.01 {
                bail!("the page is shown smaller, because something is wider than the screen");
            }
            Ok(Some((number("x")?, number("y")?)))
        })
        .await?;
        let touch = async |kind: &str, points: Value| {
            let event = json!({ "type": kind, "touchPoints": points });
            self.page().tab().cdp("Input.dispatchTouchEvent", event).await
        };
        touch("touchStart", json!([{ "x": x, "y": y }])).await?;
        touch("touchEnd", json!([])).await.map(drop)
    }
}
