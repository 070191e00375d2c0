//! What a page believes of the device it is shown on: its size, zoom, touch, and the person's
//! settings.

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::{Value, json};

use crate::browser::Options;
use crate::page::Page;
use crate::tab::Tab;

/// The window that is zoomed into, in CSS pixels at 100 %: WCAG 1.4.10 means one of this size.
const WINDOW: (u32, u32) = (1280, 1024);

impl Page {
    /// Sets the page's size in CSS pixels.
    pub async fn set_viewport(&self, width: u32, height: u32) -> Result<()> {
        let size = metrics((width, height), 1, false);
        self.tab().cdp("Emulation.setDeviceMetricsOverride", size).await.map(drop)
    }

    /// Shows the page as a window of 1280 × 1024 does that is zoomed into: at 400 % there are
    /// 320 × 256 CSS pixels.
    pub async fn zoom(&self, percent: u32) -> Result<()> {
        let size = (WINDOW.0 * 100 / percent, WINDOW.1 * 100 / percent);
        let size = metrics(size, percent / 100, false);
        self.tab().cdp("Emulation.setDeviceMetricsOverride", size).await.map(drop)
    }

    /// Sets media features, and those only: `[("prefers-color-scheme", "dark")]`, `forced-colors`,
    /// `prefers-reduced-motion`; the name `media` stands for the media type itself (`print`).
    pub async fn set_media(&self, media: &[(&str, &str)]) -> Result<()> {
        let media =
            media.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        set_media(self.tab(), &media).await
    }
}

/// Does to a new tab what its options say.
pub async fn prepare(tab: &Tab, options: &Options) -> Result<()> {
    let size = metrics(options.viewport, 1, options.touch);
    tab.cdp("Emulation.setDeviceMetricsOverride", size).await?;
    if options.touch {
        let touch = json!({ "enabled": true, "maxTouchPoints": 5 });
        tab.cdp("Emulation.setTouchEmulationEnabled", touch).await?;
    }
    set_media(tab, &options.media).await
}

/// The page's size in CSS pixels, apart from the window's.
fn metrics((width, height): (u32, u32), scale: u32, mobile: bool) -> Value {
    json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile })
}

async fn set_media(tab: &Tab, media: &BTreeMap<String, String>) -> Result<()> {
    let features: Vec<Value> = media
        .iter()
        .filter(|(name, _)| *name != "media")
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    let kind = media.get("media").map_or("", String::as_str);
    tab.cdp("Emulation.setEmulatedMedia", json!({ "media": kind, "features": features }))
        .await
        .map(drop)
}
