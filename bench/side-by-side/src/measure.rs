//! A visit of a page, in its own browser with a slowed-down processor, and its figures.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use browser_tests::{Page, Request, Setup, Stage, wait_until};
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use crate::edits::{self, EDITS};
use crate::rest;
use crate::site::{FLOOR, Site};

/// The factor by which the processor is slowed down, to resemble a cheap tablet.
pub const SLOWER: u32 = 4;

/// The time limit for everything that an edit causes, saving included.
const AFTERMATH: Duration = Duration::from_millis(1_500);

/// The time limit of a visit. A page that takes longer is not measured at that size.
const LIMIT: Duration = Duration::from_secs(180);

/// The script that runs in each page before its own scripts.
const IN_PAGE: &str = include_str!("in_page.js");

/// The policy with which every page is served. Ours would accept a stricter one.
const POLICY: &str = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:";

/// The result of a visit.
pub struct Measured {
    pub name: String,
    pub items: usize,
    pub outcome: Result<Figures, String>,
}

/// The figures of a visit. Times are in milliseconds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    /// The bytes over the network until the page was ready.
    pub sent: f64,
    /// From the first navigation until the last item exists and the first one responds.
    pub cold: f64,
    /// As `cold`, for the next navigation in the same browser.
    pub warm: f64,
    /// From a key in a note to the next frame.
    pub note: f64,
    /// From a key in a numerator to the next frame.
    pub numerator: f64,
    /// From a press on a radio button to the summary that counts it.
    pub radio: f64,
    /// The work of the page's thread for one key in a note, including saving and rendering.
    pub work: f64,
    /// The longest task during typing.
    pub longest: f64,
    /// The bytes of JavaScript and WebAssembly after garbage collection.
    pub memory: f64,
}

pub fn setup(site: &Site) -> Setup {
    Setup::empty()
        .mount("/", site.folder())
        .policy(POLICY)
        .header("cache-control", "max-age=3600")
        .preload(IN_PAGE)
        .viewport(1280, 800)
        .own_browser()
        .allow_problem("")
        .patience(Duration::from_secs(60))
        .timeout(Duration::from_secs(600))
}

/// Visits a page with this many items.
pub async fn visit(site: &Site, name: &str, items: usize) -> Result<Figures> {
    let mut figures = Figures::default();
    setup(site)
        .run(async |stage| {
            let late = |_| anyhow!("takes more than {} s", LIMIT.as_secs());
            figures = timeout(LIMIT, measure(site, stage, name, items)).await.map_err(late)??;
            Ok(())
        })
        .await?;
    Ok(figures)
}

async fn measure(site: &Site, stage: &mut Stage, name: &str, items: usize) -> Result<Figures> {
    let mut figures = Figures::default();
    // The commands need an open page.
    stage.goto("/floor/floor.css").await?;
    slow_down(stage).await?;
    let path = format!("{}?items={items}", Site::page(name));
    let page = stage.goto(&path).await?;
    figures.cold = started(&page).await?;
    let needed = stage.server.requests().into_iter().filter(is_needed);
    let paths: BTreeSet<_> = needed.map(|request| request.path).collect();
    let floors = "/floor/floor.css";
    let paths = paths.into_iter().filter(|path| name == FLOOR || path != floors);
    figures.sent = number(site.sent(&paths.collect::<Vec<_>>())?);

    edits::focus(stage, &page, "bench.note(1)").await?;
    let before = rest::working_time(stage).await?;
    figures.note = edits::keys(stage, &page).await.context("keys in a note")?;
    sleep(AFTERMATH).await;
    figures.work = (rest::working_time(stage).await? - before) / number(EDITS as u64);
    let longest = float(&page, "return race.longest();").await?;
    edits::focus(stage, &page, "bench.numerator(4)").await?;
    figures.numerator = edits::keys(stage, &page).await.context("keys in a numerator")?;
    sleep(AFTERMATH).await;
    figures.longest = float(&page, "return race.longest();").await?.max(longest);
    rest::wait(stage).await?;
    figures.radio = edits::presses(stage, &page).await.context("presses")?;
    rest::wait(stage).await?;
    stage.browser.cdp("HeapProfiler.collectGarbage", json!({})).await?;
    let memory = float(&page, "return race.webAssembly();").await?;
    figures.memory = memory + rest::metric(stage, "JSHeapUsedSize").await?;

    let page = stage.goto(&path).await?;
    figures.warm = started(&page).await?;
    Ok(figures)
}

/// Returns whether the page needs what was requested. It doesn't need its icon, nor files that a
/// service worker fetches for the next time.
fn is_needed(request: &Request) -> bool {
    let by_worker = request.headers.get("referer").is_some_and(|by| by.ends_with("/sw.js"));
    let is_worker = request.headers.contains_key("service-worker");
    !by_worker && !is_worker && request.path != "/favicon.ico"
}

pub async fn slow_down(stage: &Stage) -> Result<()> {
    stage.browser.cdp("Performance.enable", json!({})).await?;
    stage.browser.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWER })).await?;
    Ok(())
}

/// Returns the time at which the page was ready. A driver's script may take half a minute at most.
pub async fn started(page: &Page) -> Result<f64> {
    let started = async || float(page, "return race.started;").await.map(Some);
    wait_until("the first item to answer", started).await
}

async fn float(page: &Page, script: &str) -> Result<f64> {
    page.evaluate(script, Value::Null)
        .await?
        .as_f64()
        .with_context(|| format!("{script} gives no number"))
}

#[allow(clippy::cast_precision_loss, reason = "no figure is as large as that")]
fn number(value: u64) -> f64 {
    value as f64
}
