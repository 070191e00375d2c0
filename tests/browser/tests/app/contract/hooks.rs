//! The hooks for styles and tests: items, fields and buttons by name, always in the DOM.

use browser_tests::TestResult;
use serde_json::json;

use super::start_small;
use crate::support::paper::{self, NO_PRINTER};
use crate::support::scripts::{field_names, strings};
use crate::support::sites::small_portal;

#[tokio::test]
async fn each_kind_has_its_fields_always() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            start_small(&page).await?;
            for (item, kind, own) in [
                ("attested", "attestation", &["verdict"][..]),
                ("share", "ratio", &["numerator", "denominator", "target", "na"]),
                ("own-share", "ratio", &["numerator", "denominator", "target", "na"]),
                ("overdue", "count", &["count", "target", "na"]),
                ("hours", "quantity", &["quantity", "target", "na"]),
                ("report", "deadline", &["date", "not-yet", "due", "na"]),
                ("old-plan", "deadline", &["date", "not-yet", "due", "na"]),
                ("monthly", "periodic", &["done-period", "every", "na"]),
                ("posted", "roster", &["target", "na"]),
                ("notice", "parts", &["part", "part-na", "na"]),
                ("proposals", "narrative", &["text", "na"]),
            ] {
                let place = page.item(item);
                assert_eq!(place.kind().await?, kind);
                assert_eq!(place.verdict().await?, "unanswered", "{item}");
                let fields = field_names(&page, item).await?;
                for field in own.iter().chain(&["reason", "note"]) {
                    assert!(
                        fields.iter().any(|name| name == field),
                        "{item} has {fields:?}, not {field}"
                    );
                }
                assert_eq!(fields.iter().any(|name| name == "na"), kind != "attestation", "{item}");
            }
            let script = "
                const inputs = (item, field) =>
                  [...root.querySelectorAll(`[data-item=${item}] [data-field=${field}]`)];
                const values = (...place) =>
                  inputs(...place).map((input) => `${input.type} ${input.value}`);
                return [...values('attested', 'verdict'), ...values('notice', 'part'),
                  ...values('monthly', 'done-period'), inputs('report', 'not-yet')[0].type];
            ";
            let mut expected: Vec<String> = ["met", "partly-met", "not-met", "not-applicable"]
                .iter()
                .map(|verdict| format!("radio {verdict}"))
                .collect();
            expected.extend(["address", "phone", "mailbox"].map(|part| format!("checkbox {part}")));
            expected.extend((1..=12).map(|month| format!("checkbox 2022-{month:02}")));
            expected.push("checkbox".to_owned());
            assert_eq!(strings(page.evaluate(script, json!(null)).await?)?, expected);

            let posted = page.item("posted");
            assert!(posted.action("add-row").exists().await?);
            assert!(posted.action("paste-rows").exists().await?);
            posted.action("add-row").click().await?;
            for column in ["name", "desk", "website", "seen", "since"] {
                assert!(posted.row(0).column(column).is_visible().await?, "{column}");
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn screens_have_their_fields_and_buttons() -> TestResult {
    small_portal()?
        .preload(NO_PRINTER)
        .run(async |stage| {
            let page = stage.open("/").await?;
            for field in ["checklist", "unit-name", "unit-type", "period", "inspectors", "question"]
            {
                page.field(field)
                    .wait_for("to be there", async |field| field.exists().await)
                    .await?;
            }
            for action in ["start", "import"] {
                assert!(page.action(action).is_visible().await?, "{action}");
            }
            start_small(&page).await?;
            for action in ["export", "print", "complete", "next-unanswered"] {
                assert!(page.action(action).exists().await?, "{action}");
            }
            paper::ask(&page).await?;
            paper::print(&page).await?;
            paper::finish(&page).await?;
            let summary = page.summary().await?;
            assert_eq!((summary.answered, summary.total, summary.met), (0, 13, 0));
            page.item("attested").choose("met").await?;
            page.item("overdue").field("count").fill("3").await?;
            page.item("hours").field("quantity").fill("nhiều").await?;
            page.item("hours").wait_for_verdict("invalid").await?;
            let summary = page.summary().await?;
            assert_eq!((summary.answered, summary.total, summary.met), (2, 13, 1));
            Ok(())
        })
        .await
}
