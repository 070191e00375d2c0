//! The setup of a test, and its run.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use tokio::time::timeout;

use crate::artifacts;
use crate::browser::{Browser, Options, Turn};
use crate::engine::Engine;
use crate::page::Page;
use crate::server::Server;
use crate::site::{Request, Response, Site};
use crate::tab::Tab;
use crate::wait::{PATIENCE, TIMEOUT};

/// The time limit for the browser after a test: one that hangs must not keep all tests waiting.
const AFTERWARDS: Duration = Duration::from_secs(10);

/// The result of a test.
pub type TestResult = Result<()>;

/// The initial state of a test.
#[derive(Debug)]
pub struct Setup {
    site: Site,
    options: Options,
    as_served: bool,
    allowed: Vec<String>,
    patience: Duration,
    timeout: Duration,
}

/// A server and a browser, which are the test's own while it runs.
#[derive(Debug)]
pub struct Stage {
    /// The server of the pages.
    pub server: Server,
    /// The browser, which doesn't know the server's pages at first.
    pub browser: Browser,
}

impl Setup {
    /// Serves the built page at `/`.
    pub fn dist() -> Self {
        Self::empty().mount("/", dist())
    }

    /// Starts with an empty server, for pages of the test's own.
    pub fn empty() -> Self {
        let options = Options {
            engine: Engine::Chromium,
            own: false,
            viewport: (820, 1180),
            touch: false,
            media: BTreeMap::new(),
            preload: Vec::new(),
        };
        Self {
            site: Site::default(),
            options,
            as_served: false,
            allowed: Vec::new(),
            patience: TIMEOUT,
            timeout: Duration::from_secs(90),
        }
    }

    /// Selects another browser. [`Engine::lacks`] tells what can't be tested there.
    pub fn engine(mut self, engine: Engine) -> Self {
        self.options.engine = engine;
        self
    }

    /// Requests a browser with an empty profile that is not shared with other tests: for closing,
    /// killing or measuring it.
    pub fn own_browser(mut self) -> Self {
        self.options.own = true;
        self
    }

    /// Serves a folder below a path that ends in `/`. [`dist`] is the folder of the built page.
    pub fn mount(mut self, path: &str, folder: impl Into<PathBuf>) -> Self {
        self.site = self.site.mount(path, folder);
        self
    }

    /// Serves an HTML page at a path, such as a host page with one script and one tag.
    pub fn page(mut self, path: &str, html: &str) -> Self {
        self.site = self.site.file(path, "text/html; charset=utf-8", html);
        self
    }

    /// Serves a file at a path.
    pub fn file(mut self, path: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.site = self.site.file(path, content_type, body);
        self
    }

    /// Answers requests for a path, by any method: for uploads and faults.
    pub fn route(
        mut self,
        path: &str,
        answer: impl Fn(&Request) -> Response + Send + Sync + 'static,
    ) -> Self {
        self.site = self.site.route(path, answer);
        self
    }

    /// Replaces the strict Content-Security-Policy.
    pub fn policy(mut self, policy: &str) -> Self {
        self.site = self.site.policy(policy);
        self
    }

    /// Sends a header with every response.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.site = self.site.header(name, value);
        self
    }

    /// Sets the size of the page in CSS pixels. The default is 820 × 1180, a tablet held upright.
    pub fn viewport(mut self, width: u32, height: u32) -> Self {
        self.options.viewport = (width, height);
        self
    }

    /// Emulates a device with a touch screen, which [`Control::tap`](crate::Control::tap) needs.
    pub fn touch(mut self) -> Self {
        self.options.touch = true;
        self
    }

    /// Sets a media feature, such as `prefers-color-scheme` to `dark`.
    pub fn media(mut self, feature: &str, value: &str) -> Self {
        self.options.media.insert(feature.to_owned(), value.to_owned());
        self
    }

    /// Leaves pages unchanged in browsers in which the server has to insert the harness's script,
    /// so that each file has the digest that a service worker expects. Then events, errors and
    /// violations of the policy are not recorded.
    pub fn as_served(mut self) -> Self {
        self.as_served = true;
        self
    }

    /// Runs a script in each page before its own, for faults such as denied storage.
    pub fn preload(mut self, script: &str) -> Self {
        self.options.preload.push(script.to_owned());
        self
    }

    /// Allows problems whose text contains this, which would otherwise fail the test.
    pub fn allow_problem(mut self, text: &str) -> Self {
        self.allowed.push(text.to_owned());
        self
    }

    /// Sets the time limit of each wait. The default is [`TIMEOUT`].
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Sets the time limit of the whole test. The default is 90 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Runs a test. It fails if the test does, or if a page had problems.
    pub async fn run(self, test: impl AsyncFnOnce(&mut Stage) -> TestResult) -> TestResult {
        let turn = Turn::new();
        let _permit = turn.comes().await?;
        let site = match self.options.engine {
            Engine::Chromium => self.site,
            Engine::Firefox | Engine::WebKit if self.as_served => self.site,
            // Their drivers can't run a script before the page's own, so the server inserts it.
            Engine::Firefox | Engine::WebKit => {
                // In braces, so that the scripts don't share declarations.
                let scripts = self.options.first_scripts();
                let scripts = scripts.map(|script| format!("{{\n{script}\n}}\n")).collect();
                self.site.first_script(scripts)
            }
        };
        let server = Server::start(site)?;
        let mut stage = Stage { server, browser: Browser::take(self.options).await? };

        let outcome = {
            let limit = self.timeout;
            let test = async {
                match timeout(limit, PATIENCE.scope(self.patience, test(&mut stage))).await {
                    Ok(outcome) => outcome,
                    Err(_) => bail!("the test takes more than {} s", limit.as_secs()),
                }
            };
            // A failed assertion is caught, so that the page can be recorded before it is closed.
            let mut test = pin!(test);
            poll_fn(|context| {
                match catch_unwind(AssertUnwindSafe(|| test.as_mut().poll(context))) {
                    Ok(Poll::Pending) => Poll::Pending,
                    Ok(Poll::Ready(outcome)) => Poll::Ready(Ok(outcome)),
                    Err(panic) => Poll::Ready(Err(panic)),
                }
            })
            .await
        };

        let problems = timeout(AFTERWARDS, stage.browser.problems()).await;
        let mut problems =
            problems.unwrap_or_else(|_| vec!["the browser answers no more".to_owned()]);
        problems.retain(|problem| !self.allowed.iter().any(|allowed| problem.contains(allowed)));
        if !matches!(outcome, Ok(Ok(()))) || !problems.is_empty() {
            if let Ok(tab) = stage.browser.tab()
                && let Ok(Ok(picture)) = timeout(AFTERWARDS, artifacts::keep(tab)).await
            {
                eprintln!("the page as it was: {}", picture.display());
            }
            for problem in &problems {
                eprintln!("{problem}");
            }
        }
        outcome.unwrap_or_else(|panic| resume_unwind(panic))?;
        ensure!(problems.is_empty(), "the page had problems:\n{}", problems.join("\n"));
        // A browser that can't be tidied up ends, as after a failed test.
        let _ = timeout(AFTERWARDS, stage.browser.leave()).await;
        Ok(())
    }
}

impl Stage {
    /// Opens a page in the first tab and waits for the element's `tkt-ready`.
    pub async fn open(&mut self, path: &str) -> Result<Page> {
        let page = self.goto(path).await?;
        page.wait_until_ready().await.with_context(|| format!("{path} does not become ready"))?;
        Ok(page)
    }

    /// Opens a page in the first tab, with or without an element in it.
    pub async fn goto(&mut self, path: &str) -> Result<Page> {
        self.browser.collect_problems().await;
        let tab = self.browser.tab()?.clone();
        tab.client().await?.goto(&self.server.url(path)).await?;
        Ok(Page::new(tab))
    }

    /// Opens a page in another tab of the same browser and waits for the element's `tkt-ready`.
    pub async fn open_tab(&mut self, path: &str) -> Result<Page> {
        let tab = self.browser.new_tab().await?;
        self.open_in(tab, path).await
    }

    /// Opens a page in a tab that may close itself by `window.close()`, because a script opened it,
    /// and waits for the element's `tkt-ready`.
    pub async fn open_closable_tab(&mut self, path: &str) -> Result<Page> {
        let tab = self.browser.tab_by_script().await?;
        self.open_in(tab, path).await
    }

    /// Opens an address of any server in another tab of the same browser.
    pub async fn open_tab_anywhere(&mut self, url: &str) -> Result<Page> {
        let tab = self.browser.new_tab().await?;
        tab.client().await?.goto(url).await?;
        Ok(Page::new(tab))
    }

    async fn open_in(&self, tab: Tab, path: &str) -> Result<Page> {
        tab.client().await?.goto(&self.server.url(path)).await?;
        let page = Page::new(tab);
        page.wait_until_ready().await.with_context(|| format!("{path} does not become ready"))?;
        Ok(page)
    }
}

/// Returns the folder of the built page.
pub fn dist() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist")
}
