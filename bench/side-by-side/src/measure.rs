//! One visit of one page, in a browser of its own whose processor is slowed down, and what it took.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use browser_tests::{Page, Request, Setup, Stage, wait_until};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::site::{FLOOR, OURS, Site};

/// How much slower the processor is: a cheap tablet beside this machine.
pub const SLOWER: u32 = 4;

/// How many edits of a kind are measured in a visit.
const EDITS: usize = 20;

/// How long a person takes from key to key.
const BETWEEN_KEYS: Duration = Duration::from_millis(120);

/// How long everything may take that an edit sets off, saving included.
const AFTERMATH: Duration = Duration::from_millis(1_500);

/// What runs in each page before its own scripts.
const IN_PAGE: &str = include_str!("in_page.js");

/// Every page is served with the same policy; ours would take a stricter one.
const POLICY: &str = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:";

/// What came of a visit.
pub struct Measured {
    pub name: String,
    pub items: usize,
    pub outcome: Result<Figures, String>,
}

/// What a visit took; times are in milliseconds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    /// Bytes over the network until it was there.
    pub sent: f64,
    /// From the first navigation until the last item is there and the first one answers.
    pub cold: f64,
    /// The same of the next navigation in that browser.
    pub warm: f64,
    /// From a key in a note to the next frame.
    pub note: f64,
    /// From a key in a numerator to the next frame.
    pub numerator: f64,
    /// From a press on a radio button to the summary that counts it.
    pub radio: f64,
    /// What the page's thread works for one key in a note, saving and drawing included.
    pub work: f64,
    /// The longest task while somebody types.
    pub longest: f64,
    /// Bytes of JavaScript and WebAssembly after the garbage was collected.
    pub memory: f64,
}

fn setup(site: &Site) -> Setup {
    Setup::empty()
        .mount("/", site.folder())
        .policy(POLICY)
        .header("cache-control", "max-age=3600")
        .preload(IN_PAGE)
        .viewport(1280, 800)
        .own_browser()
        .allow_problem("")
        .patience(Duration::from_secs(120))
        .timeout(Duration::from_secs(600))
}

/// Visits a page with so many items.
pub async fn visit(site: &Site, name: &str, items: usize) -> Result<Figures> {
    let mut figures = Figures::default();
    setup(site)
        .run(async |stage| {
            // There has to be a page for its commands to be for.
            stage.goto("/floor/floor.css").await?;
            slow_down(stage).await?;
            let path = format!("/{name}/index.html?items={items}");
            let page = stage.goto(&path).await?;
            figures.cold = started(&page).await?;
            let needed = stage.server.requests().into_iter().filter(is_needed);
            let paths: BTreeSet<_> = needed.map(|request| request.path).collect();
            let floors = "/floor/floor.css";
            let paths = paths.into_iter().filter(|path| name == FLOOR || path != floors);
            figures.sent = number(site.sent(&paths.collect::<Vec<_>>())?);

            page.evaluate("race.listen();", Value::Null).await?;
            let before = working_time(stage).await?;
            figures.note = keys(stage, &page, "bench.note(1)").await?;
            sleep(AFTERMATH).await;
            figures.work = (working_time(stage).await? - before) / number(EDITS as u64);
            figures.numerator = keys(stage, &page, "bench.numerator(4)").await?;
            figures.longest = float(&page, "return race.longest();").await?;
            figures.radio = presses(stage, &page).await?;
            sleep(AFTERMATH).await;
            stage.browser.cdp("HeapProfiler.collectGarbage", json!({})).await?;
            let memory = float(&page, "return race.webAssembly();").await?;
            figures.memory = memory + metric(stage, "JSHeapUsedSize").await?;

            let page = stage.goto(&path).await?;
            figures.warm = started(&page).await?;
            Ok(())
        })
        .await?;
    Ok(figures)
}

/// Whether a request was for something that the page needs: its icon is not, nor what a service worker fetches for the next
/// time.
fn is_needed(request: &Request) -> bool {
    let by_worker = request.headers.get("referer").is_some_and(|by| by.ends_with("/sw.js"));
    let is_worker = request.headers.contains_key("service-worker");
    !by_worker && !is_worker && request.path != "/favicon.ico"
}

/// How long the element takes to show a list of so many inspections, from the start of the navigation.
pub async fn list(site: &Site, inspections: usize) -> Result<f64> {
    let mut took = 0.0;
    setup(site)
        .run(async |stage| {
            let page = stage.goto(&format!("/{OURS}/index.html?items=60")).await?;
            started(&page).await?;
            let script = "
                const checklist = new URL('../checklist-60.json', location.href).href;
                return (async () => {
                  for (let number = 1; number < given; number++) {
                    const unit = { name: `UBND phường ${number}`, type: 'commune' };
                    await element.startInspection({ checklist, unit, period: '2026' });
                  }
                  await element.flush();
                })();
            ";
            page.evaluate(script, json!(inspections)).await?;
            slow_down(stage).await?;
            let mut times = Vec::new();
            for _ in 0..5 {
                let page = stage.goto(&format!("/{OURS}/embed-list.html")).await?;
                wait_until("the list", async || {
                    let script = "return globalThis.listed ?? null;";
                    Ok(page
                        .evaluate(script, Value::Null)
                        .await?
                        .as_f64()
                        .map(|time| times.push(time)))
                })
                .await?;
            }
            took = median(&mut times);
            Ok(())
        })
        .await?;
    Ok(took)
}

async fn slow_down(stage: &Stage) -> Result<()> {
    stage.browser.cdp("Performance.enable", json!({})).await?;
    stage.browser.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWER })).await?;
    Ok(())
}

async fn started(page: &Page) -> Result<f64> {
    float(page, "return race.started;").await
}

/// Types into a field, and gives the median of what a key takes.
async fn keys(stage: &Stage, page: &Page, field: &str) -> Result<f64> {
    page.evaluate(&format!("race.focus({field}); race.listen();"), Value::Null).await?;
    // A number that stays one, however often it is typed.
    for key in (0..EDITS).map(|place| if place % 2 == 0 { "7" } else { "Backspace" }) {
        let code = if key == "7" { 55 } else { 8 };
        let mut down =
            json!({ "type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": code });
        if let (true, Some(down)) = (key == "7", down.as_object_mut()) {
            down.insert("text".to_owned(), key.into());
        }
        stage.browser.cdp("Input.dispatchKeyEvent", down).await?;
        let up = json!({ "type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code });
        stage.browser.cdp("Input.dispatchKeyEvent", up).await?;
        sleep(BETWEEN_KEYS).await;
    }
    median_time(page).await
}

/// Presses radio buttons, each of which changes the summary, and gives the median of what that takes.
async fn presses(stage: &Stage, page: &Page) -> Result<f64> {
    page.evaluate("race.listen();", Value::Null).await?;
    for place in 0..EDITS {
        // The first item is answered with one of both already.
        let script = format!("
            const met = bench.radio(0, 0).checked ?? bench.radio(0, 0).querySelector('input')?.checked;
            return race.point(bench.radio(0, met ? 2 : 0)).then((point) => [point, race.times().length, {place}]);
        ");
        let found = page.evaluate(&script, Value::Null).await?;
        let at = |index: usize| found.pointer(&format!("/0/{index}")).cloned().context("no place");
        for kind in ["mousePressed", "mouseReleased"] {
            let press = json!({ "type": kind, "x": at(0)?, "y": at(1)?, "button": "left", "clickCount": 1 });
            stage.browser.cdp("Input.dispatchMouseEvent", press).await?;
        }
        let done = json!(place + 1);
        wait_until("the summary", async || {
            let times = page.evaluate("return race.times().length;", Value::Null).await?;
            Ok((times == done).then_some(()))
        })
        .await?;
    }
    median_time(page).await
}

async fn median_time(page: &Page) -> Result<f64> {
    let times = page.evaluate("return race.times();", Value::Null).await?;
    let times = times.as_array().context("no times")?;
    ensure!(times.len() == EDITS, "{} of {EDITS} edits were measured", times.len());
    Ok(median(&mut times.iter().filter_map(Value::as_f64).collect::<Vec<_>>()))
}

/// How long the page's thread has worked, in milliseconds.
async fn working_time(stage: &Stage) -> Result<f64> {
    Ok(metric(stage, "TaskDuration").await? * 1_000.0)
}

async fn metric(stage: &Stage, name: &str) -> Result<f64> {
    let metrics = stage.browser.cdp("Performance.getMetrics", json!({})).await?;
    let metrics = metrics.get("metrics").and_then(Value::as_array).context("no metrics")?;
    let metric = metrics.iter().find(|metric| metric.get("name") == Some(&json!(name)));
    metric.and_then(|metric| metric.get("value")?.as_f64()).with_context(|| format!("no {name}"))
}

async fn float(page: &Page, script: &str) -> Result<f64> {
    page.evaluate(script, Value::Null)
        .await?
        .as_f64()
        .with_context(|| format!("{script} gives no number"))
}

/// The value in the middle.
pub fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[allow(clippy::cast_precision_loss, reason = "no figure is as large as that")]
fn number(value: u64) -> f64 {
    value as f64
}
