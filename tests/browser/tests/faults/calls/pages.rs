//! The browser as a device: actions run in frames of one page, which `pages/driver.js` opens and
//! closes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use browser_tests::{
    FAILING_STORAGE, Page, Response, STRICT_POLICY, Setup, Stage, dist, wait_until,
};
use serde_json::{Value, json};

use super::action::Action;
use super::contents::Contents;
use super::device::Device;
use super::invariants::{Run, Told};
use super::strike::Strike;
use crate::support::form::form;
use crate::support::site::BLANK;

/// Longer than it takes to kill a process.
const HELD: Duration = Duration::from_secs(60);

/// The messages of pages that are about to be killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    /// The page is at the call and waits.
    Struck,
    /// The action made fewer calls.
    Ended,
}

/// Receives the messages of pages that are about to be killed.
#[derive(Clone, Debug, Default)]
pub struct Bell(Arc<Mutex<Option<Word>>>);

impl Bell {
    fn ring(&self, word: Word) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(word);
    }

    fn take(&self) -> Option<Word> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Returns a site whose page drives others in frames, and the bell for the pages to be killed.
pub fn portal() -> Result<(Setup, Bell)> {
    let bell = Bell::default();
    let (struck, ended) = (bell.clone(), bell.clone());
    let script = "text/javascript; charset=utf-8";
    let page = |head: &str, body: &str| {
        format!(
            r#"<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng</title>{head}</head>
            <body><main>{body}</main></body></html>"#
        )
    };
    let frame = |attributes: &str| {
        page(
            r#"<script src="/storage.js"></script><script src="/frame.js"></script>
        <script type="module" src="/tkt/tu-kiem-tra.js"></script>"#,
            &format!("<tu-kiem-tra {attributes}></tu-kiem-tra>"),
        )
    };
    let json = "application/json";
    let setup = Setup::empty()
        .policy(&format!("{STRICT_POLICY}; frame-src 'self'"))
        .mount("/tkt/", dist())
        .page("/", &page(r#"<script type="module" src="/driver.js"></script>"#, ""))
        .page("/frame", &frame(r#"upload-url="/receive""#))
        // A page that knows the newer checklist.
        .page("/newer", &frame(r#"checklist="/newer.json""#))
        .page(BLANK, &page("", ""))
        .file("/storage.js", script, FAILING_STORAGE)
        .file("/frame.js", script, include_str!("pages/frame.js"))
        .file("/driver.js", script, include_str!("pages/driver.js"))
        .file("/actions.js", script, include_str!("pages/actions.js"))
        .file("/seed.js", script, include_str!("pages/seed.js"))
        .file("/stored.js", script, include_str!("pages/stored.js"))
        .file("/page.js", script, include_str!("pages/page.js"))
        .file("/small.json", json, small()?.to_string())
        .file("/newer.json", json, newer()?.to_string())
        .file("/other.json", json, other()?.to_string())
        .route("/receive", |request| {
            let key = request.headers.get("idempotency-key").cloned().unwrap_or_default();
            let body = json!({ "sha256": key, "receivedAt": "2026-11-22T10:00:00+07:00" });
            Response::new(200, "application/json", body.to_string())
        })
        .route("/kill", move |_| {
            struck.ring(Word::Struck);
            Response::new(204, "text/plain", "").after(HELD)
        })
        .route("/ended", move |_| {
            ended.ring(Word::Ended);
            Response::new(204, "text/plain", "")
        })
        // The driver reports a stopped program, with the call that caused it.
        .allow_problem("Uncaught")
        .allow_problem("panicked")
        // A closing frame asks about unsaved data.
        .allow_problem("beforeunload")
        .timeout(form().timeout);
    Ok((setup, bell))
}

fn small() -> Result<Value> {
    Ok(serde_json::from_str(include_str!("../../../../cases/checklist.json"))?)
}

/// Returns the next version of the checklist: an item removed and one added.
fn newer() -> Result<Value> {
    let mut newer = small()?;
    *newer.pointer_mut("/version").context("a version")? = json!("1.1.0");
    let items = newer.pointer_mut("/items").and_then(Value::as_array_mut).context("items")?;
    items.retain(|item| item.get("id") != Some(&json!("attested")));
    items.push(json!({
        "id": "new", "area": "first", "kind": "attestation", "text": { "vi": "Công khai phí" },
        "addressee": "Phường", "performers": ["commune"], "source": { "clause": "15" },
    }));
    Ok(newer)
}

/// Returns another checklist, with few items.
fn other() -> Result<Value> {
    let mut other = small()?;
    *other.pointer_mut("/id").context("an id")? = json!("other");
    let items = other.pointer_mut("/items").and_then(Value::as_array_mut).context("items")?;
    let wanted = ["attested", "hours", "overdue"].map(|id| json!(id));
    items.retain(|item| item.get("id").is_some_and(|id| wanted.contains(id)));
    Ok(other)
}

/// The page that drives.
pub struct Pages<'a> {
    stage: &'a mut Stage,
    page: Page,
    bell: Bell,
}

impl<'a> Pages<'a> {
    /// Opens it and creates the initial state of all actions.
    pub async fn open(stage: &'a mut Stage, bell: Bell) -> Result<Self> {
        let page = stage.goto("/").await?;
        page.evaluate("return driver.make();", json!(null)).await?;
        Ok(Self { stage, page, bell })
    }

    /// Like [`Device::run`], but the whole page is closed in the end, and another one reads the
    /// contents.
    pub async fn run_and_leave(&mut self, action: Action, strike: Strike) -> Result<Run> {
        let given = json!([action.name(), layer(Some(strike))]);
        let acted = self.page.evaluate("return driver.act(...given);", given).await?;
        self.stage.goto(BLANK).await?;
        self.look_anew(&acted).await
    }

    /// Like [`Device::run`], but the process of the page is killed at the call. Returns `None` if
    /// the action made fewer calls.
    pub async fn run_and_kill(&mut self, action: Action, at: u64) -> Result<Option<Run>> {
        let given = json!([action.name(), { "at": at, "fault": "kill" }]);
        self.bell.take();
        self.page.evaluate("driver.begin(...given);", given).await?;
        let word = wait_until("the call, or the end", async || Ok(self.bell.take())).await?;
        if word == Word::Ended {
            return Ok(None);
        }
        self.stage.browser.kill_pages().await?;
        let told = json!({ "calls": at, "failed": 1, "struck": "killed" });
        let acted = json!({ "outcome": "died", "saved": [], "state": "", "told": told });
        self.look_anew(&acted).await.map(Some)
    }

    async fn look_anew(&mut self, acted: &Value) -> Result<Run> {
        self.page = self.stage.goto("/").await?;
        let seen = self.page.evaluate("return driver.look();", json!(null)).await?;
        read(acted, &seen)
    }
}

impl Device for Pages<'_> {
    async fn before(&mut self) -> Result<Contents> {
        let seen = self.page.evaluate("return driver.before();", json!(null)).await?;
        Contents::read(&seen)
    }

    async fn run(&mut self, action: Action, strike: Option<Strike>) -> Result<Run> {
        let given = json!([action.name(), layer(strike)]);
        let ran = self.page.evaluate("return driver.run(...given);", given).await?;
        let part = |name: &str| ran.get(name).with_context(|| format!("{ran} has no {name}"));
        read(part("acted")?, part("seen")?)
    }
}

/// Returns a strike in the form of the script under the storage.
fn layer(strike: Option<Strike>) -> Value {
    strike.map_or_else(
        || json!({}),
        |Strike { fault, at, stays }| json!({ "at": at, "fault": fault.name(), "stays": stays }),
    )
}

/// Parses the driver's report on an action and the contents after it.
fn read(acted: &Value, seen: &Value) -> Result<Run> {
    let text = |name: &str| acted.get(name).and_then(Value::as_str).unwrap_or_default();
    let number = |name: &str| acted.pointer(name).and_then(Value::as_u64).context("a number");
    let told = match text("outcome") {
        "done" => Told::Done,
        "nothing" | "died" => Told::Nothing,
        "unanswered" => Told::Never,
        reason => Told::Refused(reason.to_owned()),
    };
    let mut acknowledged = BTreeMap::new();
    for saved in acted.get("saved").and_then(Value::as_array).into_iter().flatten() {
        let id = saved.get("inspectionId").and_then(Value::as_str).unwrap_or_default();
        for item in saved.get("items").and_then(Value::as_array).into_iter().flatten() {
            let name = item.get("itemId").and_then(Value::as_str).unwrap_or_default();
            let revision = item.get("revision").and_then(Value::as_u64).context("a revision")?;
            let highest: &mut u64 = acknowledged.entry(format!("{id}/{name}")).or_default();
            *highest = revision.max(*highest);
        }
    }
    Ok(Run {
        struck: acted
            .pointer("/told/struck")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        calls: number("/told/calls")?,
        failed: number("/told/failed")?,
        told,
        is_saved: text("state") == "saved",
        has_stopped: acted.get("stopped") == Some(&json!(true)),
        acknowledged,
        contents: Contents::read(seen)?,
    })
}
