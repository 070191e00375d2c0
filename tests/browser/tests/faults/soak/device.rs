//! The device: its contents, and the tabs in which people work.

use anyhow::{Context, Result, ensure};
use browser_tests::{Page, Setup, Stage};
use serde_json::json;

use super::account::{Account, serial};
use super::happening::Releases;
use crate::support::chance::Chance;
use crate::support::form::form;
use crate::support::site::BLANK;

/// The number of tabs.
const TABS: usize = 3;

/// The factor by which the processor is slowed down.
const SLOWER: u64 = 6;

const PAGE: &str = r#"<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng</title>
    <script src="/soak.js"></script><script type="module" src="/tkt/tu-kiem-tra.js"></script></head>
    <body><main><tu-kiem-tra></tu-kiem-tra></main></body></html>"#;

/// A browser with inspections in it, and a portal whose releases change.
pub struct Device<'a> {
    pub stage: &'a mut Stage,
    pub releases: Releases,
    inspections: Vec<String>,
    /// The highest number that each tab has entered.
    serials: [u64; TABS],
    tabs: Vec<Page>,
}

/// The portal.
pub fn portal(releases: &Releases, account: &Account) -> Setup {
    let setup = Setup::empty()
        .own_browser()
        .mount("/tkt/", releases.place.path())
        .page("/", PAGE)
        .page(BLANK, "<!doctype html><html lang=vi><title>Trống</title></html>")
        .file("/soak.js", "text/javascript; charset=utf-8", include_str!("soak.js"))
        .file("/small.json", "application/json", include_str!("../../../../cases/checklist.json"))
        // A full disk, and its consequences.
        .allow_problem("Quota")
        .allow_problem("storage")
        .allow_problem("beforeunload")
        .timeout(form().timeout);
    account.attend(setup)
}

impl<'a> Device<'a> {
    /// Creates an empty device.
    pub fn new(stage: &'a mut Stage, releases: Releases) -> Self {
        let (inspections, serials, tabs) = (Vec::new(), [0; TABS], Vec::new());
        Self { stage, releases, inspections, serials, tabs }
    }

    /// Creates inspections with two files each up to this number.
    pub async fn fill(&mut self, count: usize) -> Result<()> {
        let page = self.stage.open("/").await?;
        page.slow_down(1).await?;
        if self.inspections.is_empty() {
            page.evaluate("return soak.makeOne();", json!(null)).await?;
        }
        let missing = count - self.inspections.len().max(1);
        page.evaluate("return soak.copy(given);", json!(missing)).await?;
        page.reload().await?;
        let listed = page.call("listInspections", json!([])).await?;
        let ids = listed.as_array().into_iter().flatten();
        let ids = ids.filter_map(|one| one.get("id")?.as_str().map(str::to_owned));
        self.inspections = ids.collect();
        ensure!(self.inspections.len() == count, "there are {}", self.inspections.len());
        self.blank().await.map(drop)
    }

    /// Returns the number of files.
    pub fn files(&self) -> u64 {
        2 * self.inspections.len() as u64
    }

    /// Returns the longest task of each start in milliseconds. Each page shows the whole list in
    /// the end.
    pub async fn longest_tasks(&mut self, starts: usize) -> Result<Vec<f64>> {
        let mut longest = Vec::new();
        for _ in 0..starts {
            let page = self.stage.goto("/").await?;
            page.slow_down(SLOWER).await?;
            self.stage.browser.cdp("Page.reload", json!({})).await?;
            let count = json!(self.inspections.len());
            let tasks = page.evaluate("return soak.longTasks(given);", count).await?;
            let mut tasks: Vec<f64> = serde_json::from_value(tasks)?;
            tasks.sort_by(f64::total_cmp);
            longest.extend(tasks.pop());
        }
        Ok(longest)
    }

    /// Opens the tabs, and makes people work in each, mostly on inspections of their own.
    pub async fn work(&mut self, chance: &mut Chance) -> Result<()> {
        if self.tabs.is_empty() {
            self.tabs.push(self.stage.open("/").await?);
            while self.tabs.len() < TABS {
                self.tabs.push(self.stage.open_tab("/").await?);
            }
            for tab in &self.tabs {
                tab.slow_down(SLOWER).await?;
            }
        }
        let together = chance.one_of(&self.inspections).cloned();
        for (number, tab) in self.tabs.iter().enumerate() {
            let own = chance.one_of(&self.inspections).cloned();
            let is_together = chance.below(3) == 0;
            let inspection = if is_together { together.clone() } else { own };
            let given = json!({
                "tab": number, "inspection": inspection, "serial": self.serials.get(number),
            });
            tab.evaluate("window.working = soak.work(given);", given).await?;
        }
        Ok(())
    }

    /// Makes the people finish their work, in tabs that stay open.
    pub async fn rest(&mut self) -> Result<()> {
        for (tab, serial_of) in self.tabs.iter().zip(&mut self.serials) {
            tab.evaluate("window.works = false; return window.working;", json!(null)).await?;
            *serial_of = serial(tab).await?;
        }
        Ok(())
    }

    /// Leaves the living tabs for a page without the element.
    pub async fn blank(&mut self) -> Result<Page> {
        // Later entries have higher numbers than all earlier ones.
        self.serials.iter_mut().for_each(|serial| *serial += 1_000_000);
        for tab in self.tabs.drain(..).skip(1) {
            // It may have been killed.
            _ = tab.close().await;
        }
        self.stage.goto(BLANK).await
    }

    /// Starts once more, and waits until everything is saved.
    pub async fn settle(&mut self) -> Result<()> {
        let page = self.stage.open("/").await?;
        page.call("flush", json!([])).await.map(drop)
    }

    /// Returns the tab that is measured.
    pub fn first_tab(&self) -> Result<&Page> {
        self.tabs.first().context("the tabs are open")
    }

    pub fn origin(&self) -> String {
        self.stage.server.url("").trim_end_matches('/').to_owned()
    }
}
