//! The events: their times, their details, and how they bubble.

use std::fs;

use anyhow::{Context, Result};
use browser_tests::{Page, TestResult, wait_until};
use serde_json::{Value, json};

use super::{set_answer, start_small};
use crate::support::sites::{portal, small_portal};

/// Records every event at the window, which it reaches if it bubbles.
const LISTENER: &str = "
    window.__heard = [];
    for (const name of ['ready', 'change', 'saved', 'save-error', 'export', 'error']) {
      addEventListener('tkt-' + name, (event) => window.__heard.push({
        type: event.type, target: event.target.localName, composed: event.composed,
        cancelable: event.cancelable, custom: event instanceof CustomEvent,
      }));
    }
";

#[tokio::test]
async fn they_bubble_and_leave_shadow_roots() -> TestResult {
    portal(r#"<tu-kiem-tra unit-type="village" checklist="/small.json"></tu-kiem-tra>"#)?
        .preload(LISTENER)
        .run(async |stage| {
            let page = stage.open("/").await?;
            start_small(&page).await?;
            page.item("share").field("numerator").type_text("2").await?;
            page.wait_for_save_state("saved").await?;
            page.action("export").click().await?;
            stage.browser.wait_for_download(".json").await?;
            let script = "
                const types = [...new Set(__heard.map(({ type }) => type))].sort();
                return types.map((type) => __heard.find((event) => event.type === type));
            ";
            let event = |name: &str, cancelable: bool| {
                json!({
                    "type": name, "target": "tu-kiem-tra", "composed": true,
                    "cancelable": cancelable, "custom": true,
                })
            };
            let expected = json!([
                event("tkt-change", false),
                event("tkt-error", false),
                event("tkt-export", true),
                event("tkt-ready", false),
                event("tkt-saved", false),
            ]);
            assert_eq!(page.evaluate(script, json!(null)).await?, expected);
            let errors = page.events("tkt-error").await?;
            assert_eq!(errors.len(), 1, "{errors:?}");
            assert_eq!(errors[0].get("code"), Some(&json!("bad-attribute")));
            let message = errors[0].get("message").and_then(Value::as_str).unwrap_or_default();
            assert!(message.contains("unit-type"), "{message}");
            assert_eq!(page.events("tkt-ready").await?.len(), 1);
            Ok(())
        })
        .await
}

/// The changes so far, as (item, revision, verdict).
async fn changes(page: &Page) -> Result<Vec<(String, u64, String)>> {
    let events = page.events("tkt-change").await?;
    events
        .iter()
        .flat_map(|detail| {
            detail.get("items").and_then(Value::as_array).cloned().unwrap_or_default()
        })
        .map(|item| {
            let text = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
            let revision = item.get("revision").and_then(Value::as_u64);
            Ok((
                text("itemId").context("an id")?,
                revision.context("a revision")?,
                text("verdict").context("a verdict")?,
            ))
        })
        .collect()
}

#[tokio::test]
async fn every_accepted_edit_is_told() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = start_small(&page).await?;
            let share = page.item("share");
            share.field("numerator").type_text("24").await?;
            share.field("denominator").type_text("25").await?;
            share.field("note").type_text("ok").await?;
            page.item("attested").choose("not-met").await?;
            page.item("notice").check("phone").await?;
            page.item("notice").uncheck("phone").await?;
            page.item("posted").action("add-row").click().await?;
            set_answer(&page, "share", json!({ "numerator": 25, "denominator": 25 })).await?;
            let expected = [
                ("share", "unanswered"),
                ("share", "unanswered"),
                ("share", "invalid"),
                ("share", "not-met"),
                // The verdict stays the same, and the edit is reported all the same.
                ("share", "not-met"),
                ("share", "not-met"),
                ("attested", "not-met"),
                ("notice", "partly-met"),
                ("notice", "not-met"),
                ("posted", "unanswered"),
                ("share", "met"),
            ];
            let told = changes(&page).await?;
            let without_revisions: Vec<_> =
                told.iter().map(|(item, _, verdict)| (item.as_str(), verdict.as_str())).collect();
            assert_eq!(without_revisions, expected);
            for item in ["share", "attested", "notice"] {
                let revisions: Vec<u64> = told
                    .iter()
                    .filter(|(name, ..)| name == item)
                    .map(|(_, revision, _)| *revision)
                    .collect();
                let first = revisions.first().copied().unwrap_or_default();
                let counted: Vec<u64> = (first..).take(revisions.len()).collect();
                assert_eq!(revisions, counted, "{item}");
            }
            let details = page.events("tkt-change").await?;
            let (_, revision, _) = told.first().context("a change")?;
            let first = json!({
                "inspectionId": id,
                "items": [{ "itemId": "share", "revision": revision, "verdict": "unanswered" }],
            });
            assert_eq!(details.first(), Some(&first));
            Ok(())
        })
        .await
}

/// Records at each `tkt-saved` the revision that was announced before, and the one that the vault
/// has by then.
const WITNESS: &str = "
    window.__witness = { put: {}, saved: [], looking: 0 };
    const look = (id) => new Promise((done) => {
      const request = indexedDB.open('tkt:default');
      request.onsuccess = () => {
        const records = request.result.transaction('items').objectStore('items').get(id);
        records.onsuccess = () => {
          request.result.close();
          done(Number(/\"revision\":(\\d+)/.exec(records.result)?.[1] ?? -1));
        };
      };
    });
    addEventListener('tkt-change', ({ detail }) => {
      for (const { itemId, revision } of detail.items) __witness.put[itemId] = revision;
    });
    addEventListener('tkt-saved', ({ detail }) => {
      for (const { itemId, revision } of detail.items) {
        const put = __witness.put[itemId] ?? -1;
        __witness.looking += 1;
        look(`${detail.inspectionId}/${itemId}`).then((stored) => {
          const names = Object.keys(detail).sort().join();
          __witness.saved.push({ itemId, revision, put, stored, at: detail.at, names });
          __witness.looking -= 1;
        });
      }
    });
";

#[tokio::test]
async fn saved_is_told_of_what_is_in_the_vault_alone() -> TestResult {
    small_portal()?
        .preload(WITNESS)
        .run(async |stage| {
            let page = stage.open("/").await?;
            start_small(&page).await?;
            // Slowly enough for a save or two in between, and without leaving the fields.
            page.item("share").field("numerator").type_text("12345678").await?;
            page.item("proposals")
                .field("text")
                .type_text("Đề nghị bổ sung máy quét cho Bộ phận Một cửa")
                .await?;
            page.call("flush", json!([])).await?;
            let saved = wait_until("the vault to be looked into", async || {
                let witness = page.evaluate("return __witness;", json!(null)).await?;
                let done = witness.get("looking") == Some(&json!(0));
                Ok(done.then(|| {
                    witness.get("saved").and_then(Value::as_array).cloned().unwrap_or_default()
                }))
            })
            .await?;
            let number = |one: &Value, name: &str| one.get(name).and_then(Value::as_i64);
            for one in &saved {
                let revision = number(one, "revision");
                assert!(revision >= Some(0) && revision <= number(one, "put"), "{one}");
                assert!(revision <= number(one, "stored"), "{one}");
                assert_eq!(one.get("names"), Some(&json!("at,inspectionId,items")));
                let at = one.get("at").and_then(Value::as_str).unwrap_or_default();
                assert!(is_time_with_zone(at), "{at}");
            }
            for item in ["share", "proposals"] {
                let last = saved.iter().rfind(|one| one.get("itemId") == Some(&json!(item)));
                let last = last.with_context(|| format!("{item} was never told to be saved"))?;
                assert_eq!(
                    number(last, "revision"),
                    number(last, "put"),
                    "{item}: its last edit is not saved"
                );
            }
            Ok(())
        })
        .await
}

/// Returns whether a text is like `2026-11-21T09:30:00+07:00`, or ends in `Z`.
fn is_time_with_zone(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let (time, zone) = shape.split_at(shape.len().min(19));
    let zone = zone.trim_start_matches(['.', '0']);
    time == "0000-00-00T00:00:00" && (zone == "Z" || zone == "+00:00" || zone == "-00:00")
}

/// Makes the host take over the next report.
const TAKE_OVER: &str = "
    addEventListener('tkt-export', (event) => event.preventDefault(), { once: true });
";

#[tokio::test]
async fn a_host_can_take_the_export_over() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            start_small(&page).await?;
            page.evaluate(TAKE_OVER, json!(null)).await?;
            page.action("export").click().await?;
            let first = page.wait_for_events("tkt-export", 1).await?;
            assert_eq!(first[0].pointer("/report/format"), Some(&json!("tu-kiem-tra/report")));
            // The host doesn't take over the next one: its file is the only one.
            page.action("export").click().await?;
            stage.browser.wait_for_download(".json").await?;
            assert_eq!(fs::read_dir(stage.browser.downloads())?.count(), 1);
            assert_eq!(page.events("tkt-export").await?.len(), 2);
            Ok(())
        })
        .await
}
