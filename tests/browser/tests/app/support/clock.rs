//! A stopped clock, so that a page shows the same on every day.

use anyhow::Result;
use browser_tests::Browser;
use serde_json::json;

/// Stops the clock until a test sets `__now` to another time: in Vietnam it is ten o'clock on 10
/// February 2026. It has to run before a page's own scripts.
pub const CLOCK: &str = "
    window.__now = Date.UTC(2026, 1, 10, 3);
    const Device = Date;
    window.Date = class extends Device {
      constructor(...given) { given.length ? super(...given) : super(__now); }
      static now() { return __now; }
    };
";

/// Sets the time zone to Vietnam's, wherever the test runs.
pub async fn live_in_vietnam(browser: &Browser) -> Result<()> {
    let zone = json!({ "timezoneId": "Asia/Ho_Chi_Minh" });
    browser.cdp("Emulation.setTimezoneOverride", zone).await.map(drop)
}
