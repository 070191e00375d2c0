//! The person's own checklist from a file: checked, previewed, used, and kept.

use browser_tests::{Setup, TestResult};
use serde_json::{Value, json};

use crate::support::checklists::{small, text};
use crate::support::dialogs::{file, with};
use crate::support::scripts::text as page_text;
use crate::support::start::Start;
use crate::support::steps;

#[tokio::test]
async fn every_flaw_of_a_file_is_told_with_its_place() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let mut bad = with(small()?, "version", json!(7));
            if let Some(items) = bad.pointer_mut("/items").and_then(Value::as_array_mut) {
                for item in items.iter_mut().take(2) {
                    *item = with(item.take(), "area", json!("<b>nowhere</b>"));
                }
            }
            let bad = file(stage, "hỏng.json", &bad.to_string())?;
            for language in ["vi", "en"] {
                page.evaluate("element.lang = given;", json!(language)).await?;
                page.field("checklist-file").upload(&bad).await?;
                let dialog = page.find("[data-dialog=checklist-problems]");
                let told = dialog.text().await?;
                assert!(told.contains(&text(language, "checklist.bad-title")?), "{told}");
                for part in
                    ["hỏng.json", "/version", "/items/0/area", "/items/1/area", "<b>nowhere</b>"]
                {
                    assert!(told.contains(part), "{part} is not in {told}");
                }
                assert_eq!(dialog.count("li").await?, 3);
                page.action("checklist-leave").click().await?;
                steps::wait_for_no_dialog(&page).await?;
            }
            let broken = file(stage, "không phải.json", "{\"id\": ")?;
            page.field("checklist-file").upload(&broken).await?;
            assert_eq!(page.find("[data-dialog=checklist-problems]").count("li").await?, 1);
            page.action("checklist-leave").click().await?;
            // None of them was selected.
            assert_eq!(page.field("checklist").value().await?, "");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_good_file_is_looked_at_then_used_and_kept() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let definition = small()?;
            let good = file(stage, "danh-muc.json", &definition.to_string())?;
            let title = definition.pointer("/title/vi").and_then(Value::as_str).unwrap_or_default();
            page.field("checklist-file").upload(&good).await?;
            let preview = page.find("[data-dialog=checklist-preview]").text().await?;
            assert!(preview.contains(title), "{preview}");
            page.action("checklist-leave").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            assert_eq!(page.field("checklist").value().await?, "");

            page.field("checklist-file").upload(&good).await?;
            page.action("use-checklist").click().await?;
            let id = Start { checklist: "", ..Start::default() }.run(&page).await?;
            page.item("share").field("numerator").fill("24").await?;
            page.item("share").field("denominator").fill("25").await?;
            page.item("share").wait_for_verdict("not-met").await?;
            page.wait_for_save_state("saved").await?;
            // It is still there without the file, for this inspection and the next one.
            page.reload().await?;
            steps::open(&page, &id).await?;
            assert_eq!(page.item("share").field("numerator").value().await?, "24");
            steps::go_home(&page).await?;
            steps::listed(&page, &id).find("[data-action=next-period]").click().await?;
            page.field("period")
                .wait_for("to have the year that follows", async |field| {
                    Ok(field.value().await? == "Năm 2023")
                })
                .await?;
            page.action("start").click().await?;
            page.item("share")
                .field("numerator")
                .wait_for("to be empty", async |field| {
                    Ok(field.exists().await? && field.value().await?.is_empty())
                })
                .await?;
            assert!(page_text(&page).await?.contains(title));
            Ok(())
        })
        .await
}
