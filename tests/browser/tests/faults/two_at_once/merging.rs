//! Edits of different items are both kept. Of edits of one item the higher one wins everywhere.

use anyhow::{Context, Result};
use browser_tests::{Engine, Page, TestResult};
use serde_json::{Value, json};

use super::{Two, Where};
use crate::support::form::form;
use crate::support::site;
use crate::support::stored::Stored;

async fn set(page: &Page, item: &str, answer: Value) -> Result<()> {
    page.call("setAnswer", json!([item, answer])).await.map(drop)
}

/// Edits of different items are both kept.
async fn merge(place: Where) -> TestResult {
    let (setup, _) = site::portal(Engine::Chromium);
    setup
        .run(async |stage| {
            let two = Two::open(stage, place).await?;
            // Without waiting for each other.
            set(&two.a, "overdue", json!({ "count": 3 })).await?;
            set(&two.b, "share", json!({ "numerator": 24, "denominator": 25 })).await?;
            two.a.item("hours").field("quantity").type_text("4,5").await?;
            two.b.item("proposals").field("text").type_text("Thêm máy quét").await?;
            two.a.item("notice").check("phone").await?;
            two.b.item("attested").choose("met").await?;
            let items = two.agree().await?;
            let answer = |id: &str| {
                let mut items = items.as_array().into_iter().flatten();
                let item = items.find(|item| item.get("id") == Some(&json!(id)));
                item.and_then(|item| item.get("answer")).cloned().unwrap_or_default()
            };
            assert_eq!(answer("overdue"), json!({ "count": 3 }));
            assert_eq!(answer("share"), json!({ "numerator": 24, "denominator": 25 }));
            assert_eq!(answer("hours"), json!({ "quantity": "4.5" }));
            assert_eq!(answer("proposals"), json!({ "text": "Thêm máy quét" }));
            assert_eq!(answer("notice"), json!({ "parts": { "phone": true } }));
            assert_eq!(answer("attested"), json!({ "verdict": "met" }));
            Ok(())
        })
        .await
}

/// The higher (revision, writer) of edits of one item wins in both pages and in the vault.
async fn same_item(place: Where) -> TestResult {
    let (setup, _) = site::portal(Engine::Chromium);
    setup
        .run(async |stage| {
            let two = Two::open(stage, place).await?;
            // Shows each page's writer.
            set(&two.a, "hours", json!({ "quantity": "1" })).await?;
            set(&two.b, "share", json!({ "numerator": 1, "denominator": 2 })).await?;
            two.agree().await?;
            let stored = Stored::of(&two.a, &two.id).await?;
            let writer = |item: &str| {
                let version = stored.vault.get(item).context("a version")?;
                anyhow::Ok(version.stamp.1.clone())
            };
            let writers = [writer("hours")?, writer("share")?];

            let mut at_once = 0;
            for round in 0..form().sightings {
                let counts = [100 + round, 200 + round];
                let mut stamps = Vec::new();
                for ((page, count), writer) in two.both().into_iter().zip(counts).zip(&writers) {
                    let script = "
                        return element.setAnswer('overdue', { count: given }).then(() =>
                          element.__edits.at(-1).revision);
                    ";
                    let revision = page.evaluate(script, json!(count)).await?;
                    let revision = revision.as_u64().context("a revision")?;
                    stamps.push(((revision, writer.clone()), count));
                }
                let revisions = stamps.iter().map(|(stamp, _)| stamp.0);
                at_once += u64::from(revisions.clone().min() == revisions.max());
                let (winner, count) = stamps.into_iter().max().context("two of them")?;
                let items = two.agree().await?;
                let answer = items.as_array().into_iter().flatten();
                let mut answer = answer.filter(|item| item.get("id") == Some(&json!("overdue")));
                let answer = answer.next().and_then(|item| item.get("answer"));
                assert_eq!(answer, Some(&json!({ "count": count })), "{winner:?}");
                let stored = Stored::of(&two.b, &two.id).await?;
                assert_eq!(stored.vault.get("overdue").context("a version")?.stamp, winner);
            }
            assert!(at_once > 0, "neither edit was made without knowing of the other");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn edits_of_different_items_merge_in_two_tabs() -> TestResult {
    merge(Where::Tabs).await
}

#[tokio::test]
async fn edits_of_different_items_merge_in_two_elements() -> TestResult {
    merge(Where::Elements).await
}

#[tokio::test]
async fn the_higher_stamp_wins_in_two_tabs() -> TestResult {
    same_item(Where::Tabs).await
}

#[tokio::test]
async fn the_higher_stamp_wins_in_two_elements() -> TestResult {
    same_item(Where::Elements).await
}
