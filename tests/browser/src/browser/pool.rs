//! A pool of browsers for further tests, as starting one takes as long as many a test.

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

/// Limits running tests to two: two cores carry two browsers.
static PLACES: Semaphore = Semaphore::const_new(2);

static POOL: Mutex<Pool> = Mutex::new(Pool { tests: 0, waiting: Vec::new() });

struct Pool {
    /// The number of tests that run or wait for their turn.
    tests: usize,
    waiting: Vec<Waiting>,
}

/// A browser that is as good as newly started after a test. The profile is removed when the browser
/// has ended.
struct Waiting {
    session: Session,
    folder: TempDir,
}

/// A test that runs or waits for its turn. The browsers end with the last of them, so that a run
/// leaves neither processes nor profiles behind: statics are not dropped when a test binary ends.
pub struct Turn;

fn pool() -> MutexGuard<'static, Pool> {
    POOL.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Turn {
    /// Registers a test.
    pub fn new() -> Self {
        pool().tests += 1;
        Self
    }

    /// Waits until the test may run.
    pub async fn comes(&self) -> Result<SemaphorePermit<'static>> {
        Ok(PLACES.acquire().await?)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut pool = pool();
        pool.tests -= 1;
        let over = if pool.tests == 0 { take(&mut pool.waiting) } else { Vec::new() };
        // Other tests need not wait until the browsers have ended.
        drop(pool);
        drop(over);
    }
}

impl Browser {
    /// Returns a browser for a test: one from the pool, or a new one.
    pub(crate) async fn take(options: Options) -> Result<Self> {
        while options.may_be_shared() {
            let Some(waiting) = pool().waiting.pop() else { break };
            // A browser that has ended meanwhile, or is not as good as new, doesn't concern this
            // test.
            if let Ok(browser) = Self::again(waiting, options.clone()).await {
                return Ok(browser);
            }
        }
        Self::start(options).await
    }

    /// Makes a pooled browser usable for a test. The client is a new one, which lives in the test's
    /// runtime.
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

    /// Puts the browser into the pool, unless its test needed one of its own.
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

    /// Undoes what a test did to the browser. Settings of its tabs go with the tabs.
    async fn tidy(&self) -> Result<()> {
        let tab = self.tab()?.instead_of_all().await?;
        for (command, parameters) in [
            // Of all origins: a test may have had several servers.
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
        // Messages of the closed pages don't concern the next test.
        tab.log().await?;
        // Last, to catch downloads that were still under way.
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

    /// Fails for actions that would affect other tests.
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
