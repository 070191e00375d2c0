//! Pictures of controls and their visible differences, for changes that don't show in styles, such
//! as forced colours.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::control::Control;
use crate::page::Page;

/// A picture of a control and its surroundings.
#[derive(Clone, Debug)]
pub struct Picture(String);

/// The margin around the control, for outlines, in CSS pixels.
const MARGIN: f64 = 6.0;

/// Counts the pixels whose two colours have a contrast of 3:1, which WCAG requires of indicators of
/// states. Where only one of the pictures has a pixel, the other counts as white.
const COUNT: &str = "
    const draw = async (text) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      return createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    };
    const linear = (part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    };
    const light = (data, at) => 0.2126 * linear(data[at]) + 0.7152 * linear(data[at + 1]) +
      0.0722 * linear(data[at + 2]);
    return (async () => {
      const both = await Promise.all(given.map(draw));
      const width = Math.max(...both.map((one) => one.width));
      const height = Math.max(...both.map((one) => one.height));
      const [first, second] = both.map((picture) => {
        const canvas = new OffscreenCanvas(width, height).getContext('2d');
        canvas.fillStyle = 'white';
        canvas.fillRect(0, 0, width, height);
        canvas.drawImage(picture, 0, 0);
        return canvas.getImageData(0, 0, width, height).data;
      });
      let count = 0;
      for (let at = 0; at < first.length; at += 4) {
        const [one, other] = [light(first, at), light(second, at)];
        if ((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) >= 3) count += 1;
      }
      return count;
    })();
";

impl Control {
    /// Takes a picture of it in the middle of the window.
    pub async fn picture(&self) -> Result<Picture> {
        let script = "
            place.scrollIntoView({ block: 'center', behavior: 'instant' });
            const { left, top, width, height } = place.getBoundingClientRect();
            return {
              x: left + scrollX - given, y: top + scrollY - given,
              width: width + 2 * given, height: height + 2 * given, scale: 1,
            };
        ";
        let clip = self.on_element(script, json!(MARGIN)).await?;
        // Two frames later its rendering is final.
        let frames = "
            const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
            return frame().then(frame);
        ";
        self.page().evaluate(frames, Value::Null).await?;
        let parameters = json!({ "format": "png", "clip": clip });
        let picture = self.page().tab().cdp("Page.captureScreenshot", parameters).await?;
        let data = picture.get("data").and_then(Value::as_str).context("there is no picture")?;
        Ok(Picture(data.to_owned()))
    }
}

impl Page {
    /// Returns the number of pixels that differ visibly between two pictures.
    pub async fn differing_pixels(&self, one: &Picture, other: &Picture) -> Result<u64> {
        let count = self.evaluate(COUNT, json!([one.0, other.0])).await?;
        count.as_u64().context("a count is a number")
    }
}
