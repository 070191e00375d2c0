//! A browser with its own profile. It can be closed, killed and reopened.

mod pool;
mod processes;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::driver::Driver;
use crate::emulation;
use crate::engine::Engine;
use crate::problems;
use crate::tab::Tab;
use crate::wait::wait_until;

pub(crate) use pool::Turn;

/// The flags: no window, no background requests, and no sandbox, which containers don't allow. The
/// address bar's own pages, which nobody sees, would take a fifth of the time of all tests.
const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
];

/// The browser's names, in the order of search on PATH.
const PROGRAMS: &[&str] =
    &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// A browser that runs, or that was closed and can be reopened.
#[derive(Debug)]
pub struct Browser {
    /// Declared before the folder, which must be removed only after the browser has ended.
    session: Option<Session>,
    folder: TempDir,
    options: Options,
    problems: Vec<String>,
}

/// The settings of each tab before a page is opened in it.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) engine: Engine,
    /// Whether the browser is used by this test alone.
    pub(crate) own: bool,
    pub(crate) viewport: (u32, u32),
    pub(crate) touch: bool,
    pub(crate) media: BTreeMap<String, String>,
    pub(crate) preload: Vec<String>,
}

impl Options {
    /// Returns the scripts that run in each page before the page's own scripts.
    pub(crate) fn first_scripts(&self) -> impl Iterator<Item = &str> {
        let logger = (self.engine != Engine::Chromium).then_some(problems::LOGGER);
        let preload = self.preload.iter().map(String::as_str);
        std::iter::once(problems::RECORDER).chain(logger).chain(preload)
    }
}

/// A running browser. It ends when this is dropped, in a test that panicked, too.
#[derive(Debug)]
struct Session {
    driver: Arc<Driver>,
    id: String,
    tabs: Vec<Tab>,
}

impl Browser {
    pub(crate) async fn start(options: Options) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("tkt-browser-").tempdir()?;
        fs::create_dir(folder.path().join("downloads"))?;
        fs::create_dir(folder.path().join("profile"))?;
        let mut browser = Self { folder, options, session: None, problems: Vec::new() };
        browser.open().await?;
        Ok(browser)
    }

    /// Starts the browser again on the same profile, after [`close`](Self::close) or
    /// [`kill`](Self::kill). The earlier pages are gone.
    pub async fn reopen(&mut self) -> Result<()> {
        self.close().await?;
        self.open().await
    }

    async fn open(&mut self) -> Result<()> {
        let driver = Driver::get(self.options.engine, self.folder.path())?;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(self.capabilities())
            .connect(&driver.url())
            .await
            .context("the browser does not start")?;
        let id = client.session_id().await?.context("the session has no id")?;
        // From here on, dropping the session ends it.
        let session = self.session.insert(Session { driver, id, tabs: Vec::new() });
        // Only dropping the session ends it, not dropping the client: another test may get the
        // browser, with a client of its own.
        client.persist().await?;
        let tab = Tab::first(client, self.options.engine).await?;
        session.tabs.push(tab.clone());
        self.prepare(&tab).await
    }

    /// Closes the browser as a person does, and waits until it is gone.
    pub async fn close(&mut self) -> Result<()> {
        self.check_own()?;
        self.collect_problems().await;
        self.session = None;
        Ok(())
    }

    /// Kills all processes of the browser with SIGKILL, like a power cut. It does so at once, so
    /// recent log messages of its pages are lost.
    pub async fn kill(&mut self) -> Result<()> {
        self.check_own()?;
        let Some(session) = self.session.take() else {
            return Ok(());
        };
        let profile = self.profile();
        match self.options.engine {
            Engine::Chromium => processes::kill(&processes::of(&profile, "")?)?,
            // They have a driver of their own, in the same process group.
            Engine::Firefox | Engine::WebKit => session.driver.kill()?,
        }
        wait_until("the killed browser to be gone", async || {
            Ok(processes::of(&profile, "")?.is_empty().then_some(()))
        })
        .await
    }

    /// Kills the processes that show pages with SIGKILL, as the system does when memory runs out.
    /// The browser itself lives on, with a new tab as its first one: the driver does nothing more
    /// in a crashed tab.
    pub async fn kill_pages(&mut self) -> Result<()> {
        self.check_own()?;
        let pages = processes::of(&self.profile(), "--type=renderer")?;
        ensure!(!pages.is_empty(), "no process shows a page");
        processes::kill(&pages)?;
        let profile = self.profile();
        // Wait until the browser has noticed that they ended: a new tab in one of these processes
        // would never answer.
        wait_until("the killed pages to be gone", async || {
            Ok((!pages.iter().any(|one| processes::is_there(one))).then_some(()))
        })
        .await?;
        let tab = wait_until("a tab that lives", async || {
            let tab =
                self.tab()?.that_comes_of(async |_| processes::open_from_outside(&profile)).await?;
            match self.prepare(&tab).await {
                Ok(()) => Ok(Some(tab)),
                Err(error) => tab.close().await.and(Err(error)),
            }
        })
        .await?;
        if let Some(session) = &mut self.session {
            for crashed in std::mem::replace(&mut session.tabs, vec![tab]) {
                // The driver may refuse even to turn to a tab that crashed. It shows nothing any
                // more.
                _ = crashed.close().await;
            }
        }
        Ok(())
    }

    /// Opens another tab.
    pub(crate) async fn new_tab(&mut self) -> Result<Tab> {
        let tab = self.tab()?.another().await?;
        self.adopt(tab).await
    }

    /// Opens another tab by a script, which may close it again.
    pub(crate) async fn tab_by_script(&mut self) -> Result<Tab> {
        let open = async |tab: &Tab| {
            tab.execute("window.open('about:blank');", Vec::new()).await.map(drop)
        };
        let tab = self.tab()?.that_comes_of(open).await?;
        self.adopt(tab).await
    }

    async fn adopt(&mut self, tab: Tab) -> Result<Tab> {
        self.prepare(&tab).await?;
        if let Some(session) = &mut self.session {
            session.tabs.push(tab.clone());
        }
        Ok(tab)
    }

    /// Returns the tab that the browser was opened with.
    pub(crate) fn tab(&self) -> Result<&Tab> {
        let tab = self.session.as_ref().and_then(|session| session.tabs.first());
        tab.context("the browser is closed: `reopen` it first")
    }

    /// Returns the folder of the downloads.
    pub fn downloads(&self) -> PathBuf {
        self.folder.path().join("downloads")
    }

    /// Waits until a file whose name ends in `suffix` is downloaded, and returns its path.
    pub async fn wait_for_download(&self, suffix: &str) -> Result<PathBuf> {
        wait_until(&format!("a download named …{suffix}"), async || {
            // Browsers write to a file of another name and rename it when it is complete. An empty
            // file may hold the name until then.
            let mut found = None;
            for entry in fs::read_dir(self.downloads())? {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                if name.starts_with('.') || name.ends_with(".crdownload") || name.ends_with(".part")
                {
                    return Ok(None);
                }
                if name.ends_with(suffix) && entry.metadata()?.len() > 0 {
                    found = Some(entry.path());
                }
            }
            Ok(found)
        })
        .await
    }

    /// Sends a command of the Chrome DevTools Protocol to the first tab, for commands that have no
    /// method here: `browser.cdp("Network.emulateNetworkConditions", json!({…}))`.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Result<Value> {
        self.tab()?.cdp(command, parameters).await
    }

    /// Takes the logged errors and the policy violations of the pages since the last call.
    pub(crate) async fn problems(&mut self) -> Vec<String> {
        self.collect_problems().await;
        std::mem::take(&mut self.problems)
    }

    /// Collects the problems of all tabs. Called before a page is left, because the page keeps the
    /// list of its violations.
    pub(crate) async fn collect_problems(&mut self) {
        let tabs = self.session.as_ref().map(|session| session.tabs.clone()).unwrap_or_default();
        for tab in tabs {
            // A tab that a test closed or a browser that crashed has no problems to report.
            self.problems.extend(problems::of(&tab).await.unwrap_or_default());
        }
    }

    async fn prepare(&self, tab: &Tab) -> Result<()> {
        if self.options.engine == Engine::Chromium {
            for script in self.options.first_scripts() {
                let script = json!({ "source": script });
                tab.cdp("Page.addScriptToEvaluateOnNewDocument", script).await?;
            }
        }
        emulation::prepare(tab, &self.options).await
    }

    /// Returns the files in which Chromium stores the pages' databases and `localStorage`. The
    /// browser must be closed.
    pub fn stored_files(&self) -> Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        let mut folders: Vec<_> = ["IndexedDB", "Local Storage"]
            .iter()
            .map(|name| self.profile().join("Default").join(name))
            .collect();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder)? {
                let path = entry?.path();
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        files.sort();
        Ok(files)
    }

    fn profile(&self) -> PathBuf {
        self.folder.path().join("profile")
    }

    fn capabilities(&self) -> serde_json::Map<String, Value> {
        let mut capabilities = match self.options.engine {
            Engine::Chromium => self.chromium(),
            other => other.capabilities(&self.profile(), &self.downloads()),
        };
        // An unanswered dialog becomes an error of the next command.
        capabilities.insert("unhandledPromptBehavior".to_owned(), json!("dismiss and notify"));
        // A page that never loads is reported before the test's own timeout.
        capabilities.insert("timeouts".to_owned(), json!({ "pageLoad": 30_000 }));
        capabilities
    }

    fn chromium(&self) -> serde_json::Map<String, Value> {
        let mut flags: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
        flags.push(format!("--user-data-dir={}", self.profile().display()));
        let mut chrome = json!({
            "args": flags,
            "prefs": {
                "download.default_directory": self.downloads(),
                "download.prompt_for_download": false,
            },
        });
        if let (Some(program), Some(chrome)) = (program(), chrome.as_object_mut()) {
            chrome.insert("binary".to_owned(), json!(program));
        }
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("goog:chromeOptions".to_owned(), chrome);
        capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
        capabilities
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.driver.end_session(&self.id);
    }
}

fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    PROGRAMS
        .iter()
        .find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|file| file.is_file()))
}
