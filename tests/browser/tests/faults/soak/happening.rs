//! Events on a device while people work on it.

use std::time::Duration;

use anyhow::Result;
use browser_tests::{Place, Release};
use serde_json::json;
use tokio::time::sleep;

use super::device::Device;
use crate::support::chance::Chance;

/// An event on the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happening {
    /// The whole browser is killed.
    BrowserKilled,
    /// The processes that show its pages are killed.
    TabsKilled,
    /// A tab is frozen for a while, as in the background of a phone.
    TabFrozen,
    /// The disk is full for a while.
    DiskFull,
    /// The tabs go to another page.
    Left,
    /// Another release with a newer database is published, and the tabs are reloaded.
    Updated,
    /// The previous release is published again.
    TakenBack,
}

/// The events after which the tabs stay open.
pub const GENTLE: [Happening; 2] = [Happening::TabFrozen, Happening::DiskFull];

/// All events.
pub const ALL: [Happening; 7] = [
    Happening::BrowserKilled,
    Happening::TabsKilled,
    Happening::TabFrozen,
    Happening::DiskFull,
    Happening::Left,
    Happening::Updated,
    Happening::TakenBack,
];

/// The two releases, and the place where they are published.
pub struct Releases {
    pub place: Place,
    pub before: Release,
    pub newer: Release,
}

impl Releases {
    /// Creates both and publishes the previous one.
    pub fn new() -> Result<Self> {
        let (before, newer) = (Release::numbered(1)?, Release::numbered(2)?.with_newer_database()?);
        Ok(Self { place: Place::with(&before)?, before, newer })
    }
}

impl Happening {
    /// Makes it happen. Afterwards the tabs are gone or on another page, unless the event is
    /// gentle.
    pub async fn come(self, device: &mut Device<'_>, chance: &mut Chance) -> Result<()> {
        match self {
            Self::BrowserKilled => {
                device.stage.browser.kill().await?;
                device.stage.browser.reopen().await
            }
            Self::TabsKilled => device.stage.browser.kill_pages().await,
            Self::TabFrozen => {
                let state = async |state: &str| {
                    let state = json!({ "state": state });
                    device.stage.browser.cdp("Page.setWebLifecycleState", state).await
                };
                state("frozen").await?;
                // The other tabs continue meanwhile.
                sleep(some_time(chance)).await;
                state("active").await.map(drop)
            }
            Self::DiskFull => {
                let room = async |room: serde_json::Value| {
                    device.stage.browser.cdp("Storage.overrideQuotaForOrigin", room).await
                };
                let origin = device.origin();
                room(json!({ "origin": origin, "quotaSize": 1 })).await?;
                sleep(some_time(chance)).await;
                room(json!({ "origin": origin })).await.map(drop)
            }
            Self::Left => Ok(()),
            Self::Updated => device.releases.place.publish(&device.releases.newer),
            Self::TakenBack => device.releases.place.publish(&device.releases.before),
        }
    }
}

/// Returns a random duration.
pub fn some_time(chance: &mut Chance) -> Duration {
    chance.millis(500, 4_000)
}
