//! Sending reports: the outcome with every response and without any, and handing them on.

mod answers;
mod at_once;
mod handing_on;
mod headers;
mod held;
mod network;
mod receiver;
mod waiting;

use anyhow::{Context, Result};
use browser_tests::{Page, STRICT_POLICY, Server, Setup};
use serde_json::{Value, json};

use crate::support::checklists::small;
use crate::support::receiver::Receiver;
use crate::support::sites::portal;
use crate::support::start::Start;

/// Makes time pass a hundred times faster for pauses and timeouts, which are minutes long. The
/// patience with the database and with a silent server stays as it is: a loaded machine needs it.
const HASTE: &str = "
    const now = performance.now.bind(performance);
    performance.now = () => now() * 100;
    const { setTimeout: wait } = window;
    const patience = [1_000, 2_000, 10_000, 45_000];
    const isLong = (time) => time > 900 && !patience.includes(time);
    window.setTimeout = (act, time, ...more) => wait(act, isLong(time) ? time / 100 : time, ...more);
    const { timeout } = AbortSignal;
    AbortSignal.timeout = (time) => timeout.call(AbortSignal, time / 30);
";

/// A portal that sends reports to its own receiver, at `/nhan`, with little time between attempts.
fn sending_to(receiver: &Receiver) -> Result<Setup> {
    Ok(sending_at_leisure_to(receiver)?.preload(HASTE))
}

/// A portal that sends reports to its own receiver, with the normal times.
fn sending_at_leisure_to(receiver: &Receiver) -> Result<Setup> {
    let receiver = receiver.clone();
    let tag = r#"<tu-kiem-tra checklist="/small.json" upload-url="/nhan"></tu-kiem-tra>"#;
    Ok(portal(tag)?
        .file("/small.json", "application/json", small()?.to_string())
        .route("/nhan", move |request| receiver.answer(request)))
}

/// A portal that sends reports to a server of another origin.
fn sending_away_to(server: &Server) -> Result<Setup> {
    let (address, origin) = (server.url("/nhan"), server.url(""));
    let tag =
        format!(r#"<tu-kiem-tra checklist="/small.json" upload-url="{address}"></tu-kiem-tra>"#);
    let policy =
        STRICT_POLICY.replace("connect-src 'self'", &format!("connect-src 'self' {origin}"));
    Ok(portal(&tag)?.policy(&policy).preload(HASTE))
}

/// Starts an inspection, answers something, and opens its result. Returns its id.
async fn inspection(page: &Page) -> Result<String> {
    let id = Start { checklist: "", ..Start::default() }.run(page).await?;
    page.item("overdue").field("count").fill("0").await?;
    page.item("overdue").wait_for_verdict("met").await?;
    page.wait_for_save_state("saved").await?;
    page.action("result").click().await?;
    Ok(id)
}

/// Waits until the upload has this state, and returns the page's text.
async fn wait_for_state(page: &Page, state: &str) -> Result<String> {
    let line = page.find("[data-upload-state]");
    line.wait_for_attribute("data-upload-state", state).await?;
    line.text().await
}

/// Returns the states that the host was told.
async fn heard(page: &Page) -> Result<Vec<String>> {
    let details = page.events("tkt-upload").await?;
    let state = |detail: &Value| detail.get("state").and_then(Value::as_str).map(str::to_owned);
    details.iter().map(state).collect::<Option<_>>().context("an event without a state")
}

/// Returns the last event.
async fn last_event(page: &Page) -> Result<Value> {
    let details = page.events("tkt-upload").await?;
    details.last().cloned().context("the host heard nothing")
}

/// Fails unless the answers are still there.
async fn check_all_is_there(page: &Page) -> Result<()> {
    let report = page.call("exportReport", json!([])).await?;
    let items = report.get("items").and_then(Value::as_array).into_iter().flatten();
    let answered = items.filter(|item| item.pointer("/answer/count") == Some(&json!(0)));
    anyhow::ensure!(answered.count() == 1, "the answer is gone");
    Ok(())
}
