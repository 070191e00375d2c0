//! Which browser a test runs in. All have a WebDriver; what goes beyond it, the DevTools protocol with
//! its input methods, emulation, the log and what runs before a page's scripts, Chromium alone has.

use std::path::Path;

use serde_json::{Map, Value, json};

/// A browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, driven by chromedriver.
    #[default]
    Chromium,
    /// Firefox, driven by geckodriver.
    Firefox,
    /// WebKitGTK's small browser, driven by WebKitWebDriver. It needs a screen, and what is stored in
    /// it ends with its session.
    WebKit,
}

impl Engine {
    /// The program that drives it, with its arguments. Chromium's finds a port by itself.
    pub(crate) fn driver(self, port: u16) -> Vec<String> {
        let port = port.to_string();
        let words: &[&str] = match self {
            Self::Chromium => &["chromedriver", "--port=0"],
            Self::Firefox => &["geckodriver", "--port", &port],
            Self::WebKit => &["xvfb-run", "-a", "WebKitWebDriver", &format!("--port={port}")],
        };
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    /// What Firefox and WebKit are asked for; [`crate::Browser`] itself asks Chromium.
    pub(crate) fn capabilities(self, profile: &Path) -> Map<String, Value> {
        let mut capabilities = Map::new();
        if self == Self::Firefox {
            let options = json!({ "args": ["-headless", "-profile", profile] });
            capabilities.insert("moz:firefoxOptions".to_owned(), options);
        }
        capabilities
    }
}
