//! Elements of one namespace share their inspections; those of different ones are separate.

use browser_tests::{Engine, TestResult, wait_until};
use serde_json::{Value, json};

use super::{set_answer, start_small};
use crate::support::sites::portal;
use crate::support::start::inspections;
use crate::support::{scripts, steps};

const THREE: &str = r#"
    <tu-kiem-tra id="a" storage-namespace="mot-cua"></tu-kiem-tra>
    <tu-kiem-tra id="b" storage-namespace="mot-cua"></tu-kiem-tra>
    <tu-kiem-tra id="c" storage-namespace="mot-cua-2"></tu-kiem-tra>"#;

#[tokio::test]
async fn two_elements_of_one_namespace_share_and_a_third_does_not() -> TestResult {
    shared_namespace(Engine::Chromium).await
}

/// Elements of one namespace share everything, in any browser.
pub async fn shared_namespace(engine: Engine) -> TestResult {
    portal(THREE)?
        .engine(engine)
        .run(async |stage| {
            let page = stage.goto("/").await?;
            page.wait_for_events("tkt-ready", 3).await?;
            let [a, b, c] = ["#a", "#b", "#c"].map(|id| page.with_host(id));
            let id = start_small(&a).await?;
            // It appears in the other's list by itself.
            steps::listed(&b, &id)
                .wait_for("to be listed", async |entry| entry.exists().await)
                .await?;
            assert_eq!(inspections(&b).await?, [id.as_str()]);
            assert!(inspections(&c).await?.is_empty());
            assert!(!steps::listed(&c, &id).exists().await?);
            assert_eq!(
                scripts::refusal(&c, "openInspection", json!([id])).await?,
                "unknown-inspection"
            );

            steps::open(&b, &id).await?;
            a.item("share").field("numerator").type_text("24").await?;
            a.item("share").field("denominator").type_text("25").await?;
            b.item("share").wait_for_verdict("not-met").await?;
            assert_eq!(b.item("share").field("numerator").value().await?, "24");
            b.item("proposals").field("text").type_text("Bổ sung máy quét").await?;
            a.item("proposals").wait_for_verdict("met").await?;
            a.item("proposals")
                .field("text")
                .wait_for("to have the last letter too", async |text| {
                    Ok(text.value().await? == "Bổ sung máy quét")
                })
                .await?;
            // Both edit one item in turn: neither undoes the other.
            set_answer(&a, "overdue", json!({ "count": 1 })).await?;
            b.item("overdue").wait_for_verdict("not-met").await?;
            b.item("overdue").field("count").fill("0").await?;
            a.item("overdue").wait_for_verdict("met").await?;
            wait_until("both to show the same", async || {
                let [a, b] = [scripts::fields(&a).await?, scripts::fields(&b).await?];
                scripts::check_same(&a, &b).map(Some)
            })
            .await?;
            assert_eq!(a.summary().await?, b.summary().await?);

            // Completing is announced, too.
            a.action("result").click().await?;
            steps::complete_anyway(&a, "Máy chủ bảo trì").await?;
            b.action("amend")
                .wait_for("to be offered", async |amend| amend.is_visible().await)
                .await?;
            assert!(inspections(&c).await?.is_empty());
            Ok(())
        })
        .await
}

/// Stores entries of the portal's own.
const PORTALS_OWN: &str = "
    localStorage.setItem('cua-cong', 'giữ nguyên');
    sessionStorage.setItem('cua-cong', '1');
";

const DATABASES: &str = "
    return indexedDB.databases().then((all) => all.map((one) => one.name).sort());
";

#[tokio::test]
async fn all_that_is_stored_begins_with_its_mark() -> TestResult {
    portal(THREE)?
        .run(async |stage| {
            let page = stage.goto("/").await?;
            page.evaluate(PORTALS_OWN, json!(null)).await?;
            page.wait_for_events("tkt-ready", 3).await?;
            let a = page.with_host("#a");
            start_small(&a).await?;
            a.item("share").field("numerator").type_text("24").await?;
            page.wait_for("something in the journal or the vault", async |page| {
                Ok(!page.events("tkt-saved").await?.is_empty())
            })
            .await?;
            let databases = page.evaluate(DATABASES, json!(null)).await?;
            assert_eq!(databases, json!(["tkt:mot-cua", "tkt:mot-cua-2"]));
            let entries = scripts::local_storage(&page).await?;
            assert!(entries.contains(&("cua-cong".to_owned(), "giữ nguyên".to_owned())));
            let foreign = entries.iter().filter(|(key, _)| !key.starts_with("tkt:mot-cua:"));
            assert_eq!(foreign.count(), 1, "{entries:?}");
            let session = page.evaluate("return { ...sessionStorage };", json!(null)).await?;
            assert_eq!(session, json!({ "cua-cong": "1" }));
            let caches: Value = page.evaluate("return caches.keys();", json!(null)).await?;
            assert_eq!(caches, json!([]));
            Ok(())
        })
        .await
}
