//! Imports with a question to the person: differences, other workspaces, older checklists. Also the
//! undo of an import.

use anyhow::Result;
use browser_tests::{Page, Setup, Stage, TestResult};
use serde_json::{Value, json};

use crate::support::checklists::{builtin, text};
use crate::support::dialogs::{file, with};
use crate::support::sites::small_portal;
use crate::support::start::{Start, inspections};
use crate::support::steps;

/// Exports the open inspection's report and returns the file.
async fn exported(stage: &Stage, page: &Page, name: &str) -> Result<std::path::PathBuf> {
    let report = page.call("exportReport", json!([])).await?;
    file(stage, name, &report.to_string())
}

#[tokio::test]
async fn the_question_says_what_differs_and_replacing_can_be_taken_back() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start { checklist: "", ..Start::default() }.run(&page).await?;
            page.item("overdue").field("count").fill("3").await?;
            let older = exported(stage, &page, "cu.json").await?;
            page.item("overdue").field("count").fill("0").await?;
            page.item("hours").field("quantity").fill("5").await?;
            page.item("proposals").field("note").fill("Bàn thêm").await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;

            page.field("import-file").upload(&older).await?;
            let dialog = page.find("[data-dialog=import]");
            page.find(".differences summary").click().await?;
            let asked = dialog.text().await?;
            let said = |name: &str, count: &str| -> Result<bool> {
                Ok(asked.contains(&text("vi", name)?.replace("{count}", count)))
            };
            assert!(said("import.file-older", "")?, "{asked}");
            assert!(said("import.differences", "3")?, "{asked}");
            let sides = dialog
                .on_element(
                    "const lines = [...place.querySelectorAll('.differences li')];
                     return lines.map((line) => [...line.querySelectorAll('.difference-side')]
                       .map((side) => side.dataset.verdict).join());",
                    Value::Null,
                )
                .await?;
            let sides = sides.to_string();
            assert!(sides.contains("met,not-met"), "{sides}");
            assert!(sides.contains("met,unanswered"), "{sides}");

            page.action("import-replace").click().await?;
            steps::wait_for_notice(&page, "done", &text("vi", "import.replaced")?).await?;
            let count = async || -> Result<Value> {
                page.call("openInspection", json!([id])).await?;
                let count = page.item("overdue").field("count").value().await?;
                let note = page.item("proposals").field("note").value().await?;
                Ok(json!([count, note]))
            };
            page.action("undo").click().await?;
            steps::wait_for_notice(&page, "done", &text("vi", "kept.taken-back")?).await?;
            page.wait_for("what was there to be back", async |_| {
                Ok(count().await? == json!(["0", "Bàn thêm"]))
            })
            .await?;
            assert_eq!(inspections(&page).await?, [id]);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_is_in_another_workspace_is_told() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            page.item("thrift").choose("met").await?;
            let report = exported(stage, &page, "bao-cao.json").await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            page.action("hand-over").click().await?;
            page.field("new-workspace").fill("Trần Nam").await?;
            page.action("hand-over-go").click().await?;
            page.wait_for("her own list", async |page| Ok(inspections(page).await?.is_empty()))
                .await?;
            page.field("import-file").upload(&report).await?;
            let asked = page.find("[data-dialog=import]").text().await?;
            assert!(asked.contains(&text("vi", "import.elsewhere-first")?), "{asked}");
            page.action("import-cancel").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            assert!(inspections(&page).await?.is_empty());
            page.field("import-file").upload(&report).await?;
            page.action("import-take").click().await?;
            steps::wait_for_notice(&page, "done", &text("vi", "import.done")?).await?;
            assert_eq!(inspections(&page).await?, std::slice::from_ref(&id));
            // Each is a separate copy.
            steps::open(&page, &id).await?;
            page.item("thrift").choose("not-met").await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            page.action("hand-over").click().await?;
            page.find("[data-action=go-to-workspace]:enabled").click().await?;
            steps::listed(&page, &id)
                .wait_for("to be listed", async |listed| listed.exists().await)
                .await?;
            page.call("openInspection", json!([id])).await?;
            assert_eq!(page.item("thrift").verdict().await?, "met");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_report_of_an_older_checklist_keeps_it() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let old = with(builtin("vung-tau-2022")?, "version", json!("0.9.0"));
            let old = file(stage, "cu.json", &old.to_string())?;
            page.field("checklist-file").upload(&old).await?;
            page.action("use-checklist").click().await?;
            let id = Start { checklist: "", ..Start::default() }.run(&page).await?;
            let report = exported(stage, &page, "bao-cao.json").await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            steps::delete_for_good(&page, &id).await?;
            page.field("import-file").upload(&report).await?;
            let asked = page.find("[data-dialog=import]").text().await?;
            assert!(asked.contains("0.9.0") && asked.contains("2.0.0"), "{asked}");
            page.action("import-take").click().await?;
            steps::wait_for_notice(&page, "done", &text("vi", "import.done")?).await?;
            page.call("openInspection", json!([id])).await?;
            let report = page.call("exportReport", json!([])).await?;
            assert_eq!(report.pointer("/checklist/version"), Some(&json!("0.9.0")));
            Ok(())
        })
        .await
}
