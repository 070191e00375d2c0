//! The emulated device: the size of the page, zoom, touch, and the person's settings.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use serde_json::{Value, json};

use crate::browser::Options;
use crate::engine::Engine;
use crate::page::Page;
use crate::tab::Tab;
use crate::wait::wait_until;

/// The window that is zoomed, in CSS pixels at 100 %, as in WCAG 1.4.10.
const WINDOW: (u32, u32) = (1280, 1024);

impl Page {
    /// Sets the page's size in CSS pixels.
    pub async fn set_viewport(&self, width: u32, height: u32) -> Result<()> {
        set_size(self.tab(), (width, height), false).await
    }

    /// Shows the page as in a zoomed window of 1280 × 1024: at 400 % it has 320 × 256 CSS pixels.
    pub async fn zoom(&self, percent: u32) -> Result<()> {
        let size = (WINDOW.0 * 100 / percent, WINDOW.1 * 100 / percent);
        let size = metrics(size, percent / 100, false);
        self.tab().cdp("Emulation.setDeviceMetricsOverride", size).await.map(drop)
    }

    /// Sets these media features alone: `[("prefers-color-scheme", "dark")]`, `forced-colors`,
    /// `prefers-reduced-motion`. The name `media` stands for the media type itself (`print`).
    pub async fn set_media(&self, media: &[(&str, &str)]) -> Result<()> {
        let media =
            media.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        set_media(self.tab(), &media).await
    }
}

/// Applies the options to a new tab.
pub async fn prepare(tab: &Tab, options: &Options) -> Result<()> {
    set_size(tab, options.viewport, options.touch).await?;
    if options.touch {
        let touch = json!({ "enabled": true, "maxTouchPoints": 5 });
        tab.cdp("Emulation.setTouchEmulationEnabled", touch).await?;
    }
    if options.media.is_empty() { Ok(()) } else { set_media(tab, &options.media).await }
}

async fn set_size(tab: &Tab, size: (u32, u32), mobile: bool) -> Result<()> {
    if tab.engine() != Engine::Chromium {
        return set_window_size(tab, size).await;
    }
    let size = metrics(size, 1, mobile);
    tab.cdp("Emulation.setDeviceMetricsOverride", size).await.map(drop)
}

/// Resizes the window so that the page has this size. The window grows by the missing difference,
/// as no command tells the size of the browser's own bars.
async fn set_window_size(tab: &Tab, (width, height): (u32, u32)) -> Result<()> {
    let client = tab.client().await?;
    wait_until(&format!("the page to be {width} × {height}"), async || {
        let page = tab.execute("return [innerWidth, innerHeight];", Vec::new()).await?;
        let page: (u32, u32) = serde_json::from_value(page)?;
        if page == (width, height) {
            return Ok(Some(()));
        }
        let (outer_width, outer_height) = client.get_window_size().await?;
        let fitted = |outer: u64, wanted: u32, inner: u32| {
            u32::try_from((outer + u64::from(wanted)).saturating_sub(u64::from(inner)))
        };
        let (width, height) =
            (fitted(outer_width, width, page.0)?, fitted(outer_height, height, page.1)?);
        client.set_window_size(width, height).await?;
        bail!("it is {} × {}", page.0, page.1)
    })
    .await
}

/// Returns the parameters for the page's size in CSS pixels, which is independent of the window's.
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
