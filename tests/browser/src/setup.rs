//! The setup of a test, and its run from there to its end.

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

/// How long a browser may take for what is asked of it after a test: one that hangs must not keep
/// all tests waiting.
const AFTERWARDS: Duration = Duration::from_secs(10);

/// The result of a test.
pub type TestResult = Result<()>;

/// The setup of a test.
#[derive(Debug)]
pub struct Setup {
    site: Site,
    options: Options,
    as_served: bool,
    allowed: Vec<String>,
    patience: Duration,
    timeout: Duration,
}

/// A server of the test's own, and a browser that is its own as long as it runs.
#[derive(Debug)]
pub struct Stage {
    /// The server of the pages.
    pub server: Server,
    /// The browser, which knows nothing of the server's pages at first.
    pub browser: Browser,
}

impl Setup {
    /// The built page, at `/`.
    pub fn dist() -> Self {
        Self::empty().mount("/", dist())
    }

    /// A server with nothing on it, for pages of the test's own.
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

    /// Another browser. What can't be tested there, [`Engine::lacks`] tells.
    pub fn engine(mut self, engine: Engine) -> Self {
        self.options.engine = engine;
        self
    }

    /// A browser that no other test had, with an empty profile, and that none gets: to close it, to
    /// kill it, or where what it does is measured.
    pub fn own_browser(mut self) -> Self {
        self.options.own = true;
        self
    }

    /// Serves a folder below a path that ends in `/`; [`dist`] is the built page's.
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

    /// Another Content-Security-Policy than the strict one.
    pub fn policy(mut self, policy: &str) -> Self {
        self.site = self.site.policy(policy);
        self
    }

    /// Sends a header with every answer.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.site = self.site.header(name, value);
        self
    }

    /// The size of the page in CSS pixels; 820 × 1180 otherwise, a tablet held upright.
    pub fn viewport(mut self, width: u32, height: u32) -> Self {
        self.options.viewport = (width, height);
        self
    }

    /// A device with a touch screen, as [`Control::tap`](crate::Control::tap) wants it.
    pub fn touch(mut self) -> Self {
        self.options.touch = true;
        self
    }

    /// A media feature, such as `prefers-color-scheme` and `dark`.
    pub fn media(mut self, feature: &str, value: &str) -> Self {
        self.options.media.insert(feature.to_owned(), value.to_owned());
        self
    }

    /// Leaves pages as they are in browsers in which the harness has the server put a script into
    /// them, so that a service worker finds each file as it has to be. What that script keeps is
    /// not known then: events, errors, violations of the policy.
    pub fn as_served(mut self) -> Self {
        self.as_served = true;
        self
    }

    /// A script to run in each page before its own, for faults such as a storage that is denied.
    pub fn preload(mut self, script: &str) -> Self {
        self.options.preload.push(script.to_owned());
        self
    }

    /// Expects problems whose text contains this, which would make the test fail otherwise.
    pub fn allow_problem(mut self, text: &str) -> Self {
        self.allowed.push(text.to_owned());
        self
    }

    /// How long anything that is waited for may take; [`TIMEOUT`] otherwise.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// How long the whole test may take; 90 seconds otherwise.
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
            // Their drivers run nothing in a page before its own scripts, so the server sees to it.
            Engine::Firefox | Engine::WebKit => {
                // In braces, so that what one declares is not another's.
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
            // A failed assertion is caught, to look at the page before it is closed.
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
        // One that can't be tidied up ends, as one does whose test failed.
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

    /// Opens a page in the first tab, whether there is an element in it or not.
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

    /// Opens a page in a tab that may close itself by `window.close()`, because a script opened it.
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

/// The folder of the built page.
pub fn dist() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist")
}
