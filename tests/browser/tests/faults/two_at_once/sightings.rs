//! The delay until one page shows, and announces, what was typed in the other.

use anyhow::{Context, Result, ensure};
use browser_tests::{Engine, Page, TestResult, wait_until};
use serde_json::{Value, json};

use super::{Two, Where};
use crate::support::figures::Figures;
use crate::support::form::form;
use crate::support::site;

/// Records when the page shows another verdict of the item, and when it announces an edit from
/// elsewhere.
const WATCH: &str = "
    const seen = element.__seen = { shown: [], said: [] };
    const item = root.querySelector(`[data-item=${given.item}]`);
    new MutationObserver(() => seen.shown.push({ what: item.dataset.verdict, at: Date.now() }))
      .observe(item, { attributeFilter: ['data-verdict'] });
    const status = root.querySelector('.visually-hidden[role=status]');
    new MutationObserver(() => {
      if (status.textContent.startsWith(given.said)) seen.said.push({ at: Date.now() });
    }).observe(status, { childList: true, characterData: true, subtree: true });
";

/// Records the times of edits.
const NOTE: &str = "
    element.__made = [];
    element.addEventListener('tkt-change', () => element.__made.push({ at: Date.now() }));
";

/// Each page shows the other's edits and says so. The delay is measured.
async fn sightings(place: Where, name: &str) -> TestResult {
    let (setup, _) = site::portal(Engine::Chromium);
    setup
        .run(async |stage| {
            let two = Two::open(stage, place).await?;
            let texts: Value =
                serde_json::from_str(include_str!("../../../../../locales/vi.json"))?;
            let said = texts.get("saving.other-tab").context("the sentence")?;
            let mut times = Vec::new();
            for (from, to) in [(&two.a, &two.b), (&two.b, &two.a)] {
                let watch = json!({ "item": "overdue", "said": said });
                to.evaluate(WATCH, watch).await?;
                from.evaluate(NOTE, json!(null)).await?;
                let field = from.item("overdue").field("count");
                for _ in 0..form().sightings / 2 {
                    // 0 overdue dossiers are met, 3 are not, so the verdict changes each time.
                    let is_even = times.len() % 2 == 0;
                    let (count, verdict) = if is_even { ("3", "not-met") } else { ("0", "met") };
                    field.on_element("place.focus(); place.select();", json!(null)).await?;
                    from.press_keys(count).await?;
                    times.push(seen(from, to, verdict).await?);
                }
                two.agree().await?;
            }
            times.sort_unstable();
            let middle = times.get(times.len() / 2).copied().unwrap_or_default();
            let longest = times.last().copied().unwrap_or_default();
            let times_seen = times.len() as u64;
            Figures {
                test: name.to_owned(),
                times: times_seen,
                typed: times_seen,
                acknowledged: times_seen,
                remark: format!("shown after {middle} ms (median), {longest} ms (longest)"),
                ..Figures::default()
            }
            .conclude(Ok(()))
        })
        .await
}

/// Waits until an edit in one page is shown and announced in the other. Returns the milliseconds
/// from the edit until both.
async fn seen(from: &Page, to: &Page, verdict: &str) -> Result<i64> {
    let at = |event: &Value| event.get("at").and_then(Value::as_i64);
    let (shown, said) = wait_until("the other to show it and say so", async || {
        let seen = to.evaluate("return element.__seen;", json!(null)).await?;
        let last = |kind: &str| seen.get(kind).and_then(Value::as_array)?.last().cloned();
        let (Some(shown), Some(said)) = (last("shown"), last("said")) else { return Ok(None) };
        ensure!(shown.get("what") == Some(&json!(verdict)), "it shows {shown}");
        Ok(at(&shown).zip(at(&said)))
    })
    .await?;
    let made = from.evaluate("return element.__made.at(-1);", json!(null)).await?;
    let made = at(&made).context("an edit")?;
    to.evaluate("element.__seen.shown = []; element.__seen.said = [];", json!(null)).await?;
    Ok(shown.max(said) - made)
}

#[tokio::test]
async fn each_tab_shows_what_the_other_does() -> TestResult {
    sightings(Where::Tabs, "Edit seen in another tab").await
}

#[tokio::test]
async fn each_element_shows_what_the_other_does() -> TestResult {
    sightings(Where::Elements, "Edit seen in another element").await
}
