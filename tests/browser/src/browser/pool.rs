//! Browsers that wait for another test, as starting one costs as much as many a test does.

use std::fs;
use std::mem::take;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Result, ensure};
use fantoccini::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tempfile::TempDir;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::{Browser, Options, Session};
use crate::engine::Engine;
use crate::tab::Tab;
use crate::wait::wait_until;

/// Two cores carry two browsers.
static PLACES: Semaphore = Semaphore::const_new(2);

static POOL: Mutex<Pool> = Mutex::new(Pool { tests: 0, waiting: Vec::new() });

struct Pool {
    /// How many tests there are, those that wait for their turn among them.
    tests: usize,
    waiting: Vec<Waiting>,
}

/// A browser that a test has left as it would be found if it had just been started. The profile
/// goes when the browser has ended.
struct Waiting {
    session: Session,
    folder: TempDir,
}

/// A test that runs or waits for its turn. With the last of them the browsers go, so that neither
/// processes nor profiles are left of a run: what is static stays when a test binary ends.
pub struct Turn;

fn pool() -> MutexGuard<'static, Pool> {
    POOL.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Turn {
    /// A test that is there from now on.
    pub fn new() -> Self {
        pool().tests += 1;
        Self
    }

    /// Waits until it may run.
    pub async fn comes(&self) -> Result<SemaphorePermit<'static>> {
        Ok(PLACES.acquire().await?)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut pool = pool();
        pool.tests -= 1;
        let over = if pool.tests == 0 { take(&mut pool.waiting) } else { Vec::new() };
        // Others need not wait until they have ended.
        drop(pool);
        drop(over);
    }
}

impl Browser {
    /// One for a test: one that another test has left, or a new one.
    pub(crate) async fn take(options: Options) -> Result<Self> {
        while options.may_be_shared() {
            let Some(waiting) = pool().waiting.pop() else { break };
            // One that has ended meanwhile, or is not as new, is no matter of this test.
            if let Ok(browser) = Self::again(waiting, options.clone()).await {
                return Ok(browser);
            }
        }
        Self::start(options).await
    }

    /// The client is a new one: it lives in the runtime of its test.
    async fn again(waiting: Waiting, options: Options) -> Result<Self> {
        let Waiting { mut session, folder } = waiting;
        let url = session.driver.url();
        let client = Client::with_existing_session(&url, &session.id, HttpConnector::new()).await?;
        client.persist().await?;
        let tab = Tab::first(client, options.engine).await?;
        session.tabs = vec![tab.clone()];
        let browser = Self { session: Some(session), folder, options, problems: Vec::new() };
        browser.prepare(&tab).await?;
        let late = fs::read_dir(browser.downloads())?.next();
        ensure!(late.is_none(), "a download of the test before has come");
        Ok(browser)
    }

    /// Leaves it to another test, unless it has to be the only one.
    pub(crate) async fn leave(mut self) -> Result<()> {
        if !self.options.may_be_shared() {
            return Ok(());
        }
        self.tidy().await?;
        if let Some(mut session) = self.session.take() {
            session.tabs.clear();
            pool().waiting.push(Waiting { session, folder: self.folder });
        }
        Ok(())
    }

    /// Takes away what a test did to the browser. What was done to its tabs goes with them.
    async fn tidy(&self) -> Result<()> {
        let tab = self.tab()?.instead_of_all().await?;
        for (command, parameters) in [
            // Of all origins: a test may have had further servers.
            ("Storage.clearDataForOrigin", json!({ "origin": "*", "storageTypes": "all" })),
            ("Browser.resetPermissions", json!({})),
            ("Page.bringToFront", json!({})),
        ] {
            tab.cdp(command, parameters).await?;
        }
        wait_until("the new tab to be in front", async || {
            let script = "return document.visibilityState === 'visible' && document.hasFocus();";
            Ok((tab.execute(script, Vec::new()).await? == json!(true)).then_some(()))
        })
        .await?;
        // The last words of these pages are no matter of the next test.
        tab.log().await?;
        // Last of all, for downloads that were still under way.
        self.empty_folder()
    }

    fn empty_folder(&self) -> Result<()> {
        for entry in fs::read_dir(self.folder.path())? {
            let path = entry?.path();
            if path.is_file() {
                fs::remove_file(path)?;
            } else if path != self.profile() {
                fs::remove_dir_all(path)?;
            }
        }
        Ok(fs::create_dir(self.downloads())?)
    }

    /// Refuses what would also be done to other tests.
    pub(super) fn check_own(&self) -> Result<()> {
        let own = !self.options.may_be_shared();
        ensure!(own, "a test that ends its browser has to say so: `Setup::own_browser`");
        Ok(())
    }
}

impl Options {
    fn may_be_shared(&self) -> bool {
        self.engine == Engine::Chromium && !self.own
    }
}
