//! The browser of a test. All have a WebDriver. Chromium alone has more than that, and
//! [`Engine::lacks`] gives the reasons.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::Result;
use serde_json::{Map, Value, json};

/// A browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, driven by chromedriver.
    #[default]
    Chromium,
    /// Firefox, driven by geckodriver.
    Firefox,
    /// WebKitGTK's small browser, driven by WebKitWebDriver, which stands for Safari. It needs a
    /// screen, and its storage ends with its session.
    WebKit,
}

/// The virtual screen of WebKit, large enough for any page.
const SCREEN: &str = "-screen 0 1920x1600x24";

impl Engine {
    /// Returns the program that drives it, with its arguments. Chromium's finds a port by itself.
    pub(crate) fn driver(self, port: u16) -> Vec<String> {
        let driver = match self {
            Self::Chromium => return vec!["chromedriver".to_owned(), "--port=0".to_owned()],
            Self::Firefox => vec![geckodriver().display().to_string()],
            Self::WebKit => {
                ["xvfb-run", "-a", "-s", SCREEN, "WebKitWebDriver"].map(str::to_owned).to_vec()
            }
        };
        [driver, vec![format!("--port={port}")]].concat()
    }

    /// Returns the variables for its driver. Only the desktop's settings tell WebKit the folder of
    /// downloads.
    pub(crate) fn environment(self, folder: &Path) -> Result<Vec<(&'static str, String)>> {
        if self != Self::WebKit {
            return Ok(Vec::new());
        }
        let setting = format!("XDG_DOWNLOAD_DIR=\"{}\"\n", folder.join("downloads").display());
        fs::write(folder.join("user-dirs.dirs"), setting)?;
        Ok(vec![("XDG_CONFIG_HOME", folder.display().to_string())])
    }

    /// Returns the requested capabilities of Firefox and WebKit. [`crate::Browser`] has those of
    /// Chromium.
    pub(crate) fn capabilities(self, profile: &Path, downloads: &Path) -> Map<String, Value> {
        let mut capabilities = Map::new();
        if self == Self::Firefox {
            let options = json!({
                "args": ["-headless", "-profile", profile],
                // 2 stands for the folder named here.
                "prefs": { "browser.download.folderList": 2, "browser.download.dir": downloads },
            });
            capabilities.insert("moz:firefoxOptions".to_owned(), options);
        }
        capabilities
    }
}

/// Returns the path of Firefox's driver: the one on PATH, or else the one that `cargo xtask test`
/// installed, so that plain cargo can run the tests, too.
fn geckodriver() -> PathBuf {
    let name = "geckodriver";
    let path = env::var_os("PATH").unwrap_or_default();
    if env::split_paths(&path).any(|folder| folder.join(name).is_file()) {
        return name.into();
    }
    let of_user = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let of_user = of_user.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cache")));
    let tools = of_user.and_then(|cache| fs::read_dir(cache.join("tu-kiem-tra/tools")).ok());
    let tools = tools.into_iter().flatten().flatten().map(|tool| tool.path());
    let mut installed: Vec<PathBuf> = tools
        .filter(|tool| {
            tool.file_name().is_some_and(|tool| tool.to_string_lossy().starts_with(name))
        })
        .map(|tool| tool.join("bin").join(name))
        .collect();
    installed.sort();
    installed.pop().unwrap_or_else(|| name.into())
}
