//! Items, fields and the element's methods and events.

use std::time::Duration;

use browser_tests::{Page, Stage, Summary, TestResult};
use serde_json::json;

use crate::sample;

async fn started(stage: &mut Stage) -> anyhow::Result<Page> {
    let page = stage.open("/sample.html").await?;
    page.field("unit-name").type_text("UBND Phường 2, Vĩnh Long").await?;
    page.field("unit-type").select("office").await?;
    page.action("start").click().await?;
    Ok(page)
}

#[tokio::test]
async fn fields_are_typed_into_and_items_judged() -> TestResult {
    sample()
        .run(async |stage| {
            let page = started(stage).await?;
            assert_eq!(page.items().await?, ["on-time", "signature", "contact", "procedures"]);
            assert_eq!(page.summary().await?, Summary { answered: 0, total: 4, met: 0 });

            let ratio = page.item("on-time");
            assert_eq!(ratio.kind().await?, "ratio");
            ratio.field("numerator").type_text("24").await?;
            ratio.field("denominator").type_text("25").await?;
            ratio.wait_for_verdict("not-met").await?;
            ratio.field("denominator").fill("24").await?;
            ratio.wait_for_verdict("met").await?;
            ratio.field("numerator").fill("").await?;
            assert_eq!(ratio.field("numerator").value().await?, "");
            ratio.wait_for_verdict("unanswered").await?;

            page.item("signature").choose("not-met").await?;
            assert_eq!(page.item("signature").verdict().await?, "not-met");
            let contact = page.item("contact");
            contact.check("phone").await?;
            contact.check("phone").await?;
            contact.wait_for_verdict("partly-met").await?;
            contact.check("mailbox").await?;
            contact.wait_for_verdict("met").await?;
            contact.uncheck("mailbox").await?;
            page.wait_for_save_state("saved").await?;
            assert_eq!(page.summary().await?, Summary { answered: 2, total: 4, met: 0 });
            Ok(())
        })
        .await
}

#[tokio::test]
async fn rosters_have_rows() -> TestResult {
    sample()
        .run(async |stage| {
            let page = started(stage).await?;
            let roster = page.item("procedures");
            assert_eq!(roster.rows().await?, 0);
            roster.action("add-row").click().await?;
            roster.action("add-row").click().await?;
            roster.wait_for_rows(2).await?;
            roster.row(1).column("name").type_text("Khai sinh").await?;
            assert_eq!(roster.row(1).column("name").value().await?, "Khai sinh");
            assert_eq!(roster.row(0).column("name").value().await?, "");
            assert!(!roster.row(2).exists().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn methods_resolve_and_reject_and_events_are_kept() -> TestResult {
    sample()
        .run(async |stage| {
            let page = started(stage).await?;
            let report = page.call("exportReport", json!([{ "a": [1, 2.5, null] }])).await?;
            let expected = json!({ "unit": "UBND Phường 2, Vĩnh Long/office", "percent": "96.0", "given": { "a": [1, 2.5, null] } });
            assert_eq!(report, expected);
            let refused = page.try_call("exportReport", json!([{ "refuse": true }])).await?;
            assert_eq!(refused.unwrap_err().code, "no-inspection");
            let missing = page.call("flush", json!([])).await.unwrap_err();
            assert!(missing.to_string().contains("flush() was rejected"), "{missing}");

            let saved = page.wait_for_events("tkt-saved", 1).await?;
            assert_eq!(saved.first(), Some(&json!({ "inspectionId": "1" })));
            assert_eq!(page.events("tkt-ready").await?, [json!(null)]);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_is_not_there_is_told_with_what_is() -> TestResult {
    sample()
        .patience(Duration::from_millis(500))
        .run(async |stage| {
            let page = stage.open("/sample.html").await?;
            assert!(!page.item("absent").exists().await?);
            assert!(!page.item("on-time").is_visible().await?);
            assert!(page.action("start").is_visible().await?);
            let error =
                format!("{:#}", page.item("absent").field("note").value().await.unwrap_err());
            assert!(
                error.contains(r#"tu-kiem-tra [data-item="absent"] [data-field="note"]"#),
                "{error}"
            );
            assert!(error.contains("items on-time signature"), "{error}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn axe_sees_into_the_shadow_root() -> TestResult {
    sample()
        .run(async |stage| {
            let page = started(stage).await?;
            assert_eq!(page.axe().await?, Vec::<String>::new());
            page.evaluate("root.querySelector('[data-field=numerator]').parentNode.replaceWith(document.createElement('input'));", json!(null)).await?;
            let violations = page.axe().await?;
            assert_eq!(violations.len(), 1, "{violations:?}");
            assert!(violations.iter().any(|text| text.starts_with("label (critical)")), "{violations:?}");
            Ok(())
        })
        .await
}
