//! Evidence is exported and imported with the report, in one ZIP file or inside the JSON, and with
//! a backup.

use std::path::PathBuf;

use anyhow::{Context, Result};
use browser_tests::{Page, Setup, Stage, TestResult, wait_until};
use serde_json::{Value, json};

use crate::support::checklists::text;
use crate::support::pictures::{attach, jpeg, write};
use crate::support::start::{Start, inspections};
use crate::support::{office, steps};

const ITEM: &str = "thrift";

/// Starts an inspection with a photo and a document on one item and returns its id.
async fn with_evidence(page: &Page, folder: &std::path::Path) -> Result<String> {
    let id = Start::default().run(page).await?;
    let picture = jpeg(page, 2400, 1200, ["red", "blue"]).await?;
    let files = [
        write(folder, "Bảng niêm yết.jpg", &picture)?,
        write(folder, "quyết định.pdf", b"%PDF-1.7\n% a page\n")?,
    ];
    attach(page, ITEM, &files).await?;
    page.item(ITEM).field("caption").fill("Bảng ở bộ phận Một cửa").await?;
    page.wait_for_save_state("saved").await?;
    Ok(id)
}

async fn pieces(page: &Page, count: u64) -> TestResult {
    let selector = format!("[data-item={ITEM}] .evidence-piece");
    wait_until(&format!("{count} pieces"), async || {
        Ok((page.find("[part=root]").count(&selector).await? == count).then_some(()))
    })
    .await
}

/// Waits until the item's pictures are rendered or marked as missing.
async fn pictures(page: &Page) -> Result<Value> {
    let script = "
        const item = root.querySelector(`[data-item=\"${given}\"]`);
        const drawn = [...item.querySelectorAll('canvas')].filter((canvas) => canvas.width === 240 && !canvas.hidden).length;
        const missing = [...item.querySelectorAll('.evidence-missing')].filter((text) => !text.hidden).length;
        // One of the two is a picture.
        return drawn === 1 || missing === 2 ? { drawn, missing } : null;
    ";
    wait_until("the pictures", async || {
        let seen = page.evaluate(script, json!(ITEM)).await?;
        Ok((!seen.is_null()).then_some(seen))
    })
    .await
}

/// Exports by this button and returns the file.
async fn export(stage: &Stage, page: &Page, action: &str, end: &str) -> Result<PathBuf> {
    page.action("export").click().await?;
    page.action(action).click().await?;
    let file = stage.browser.wait_for_download(end).await?;
    let told = text("vi", "export.done")?.replace("{file}", "");
    let told = told.trim_end_matches('.').trim_end();
    steps::wait_for_notice(page, "done", told).await?;
    Ok(file)
}

/// Deletes the inspection and imports it again from a file.
async fn bring_back(page: &Page, id: &str, file: &std::path::Path) -> TestResult {
    steps::go_home(page).await?;
    steps::delete_for_good(page, id).await?;
    page.field("import-file").upload(file).await?;
    steps::wait_for_notice(page, "done", &text("vi", "import.done")?).await?;
    assert_eq!(inspections(page).await?, [id]);
    steps::open(page, id).await?;
    pieces(page, 2).await?;
    let caption = page.item(ITEM).field("caption").value().await?;
    assert_eq!(caption, "Bảng ở bộ phận Một cửa");
    Ok(())
}

#[tokio::test]
async fn evidence_goes_along_and_comes_back() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let folder = tempfile::tempdir()?;
            let id = with_evidence(&page, folder.path()).await?;
            let there = json!({ "drawn": 1, "missing": 0 });
            page.action("export").click().await?;
            assert_eq!(page.axe().await?, Vec::<String>::new());
            page.action("export-leave").click().await?;
            for (action, end) in [("export-zip", ".zip"), ("export-json", ".json")] {
                let file = export(stage, &page, action, end).await?;
                bring_back(&page, &id, &file).await?;
                assert_eq!(pictures(&page).await?, there, "{action}");
                let name = file.file_name().context("a name")?.to_string_lossy().into_owned();
                assert_eq!(name.ends_with(".minh-chung.json"), action == "export-json", "{name}");
                // So that the next export keeps the file name.
                std::fs::remove_file(file)?;
            }
            // The report alone names the evidence that it does not contain.
            let file = export(stage, &page, "export-alone", ".json").await?;
            bring_back(&page, &id, &file).await?;
            assert_eq!(pictures(&page).await?, json!({ "drawn": 0, "missing": 2 }));
            // The viewer says so, too, and the text is not inside a button with a name of its own.
            let inside = page.find("[part=root]").count("button .evidence-missing").await?;
            assert_eq!(inside, 0);
            page.item(ITEM).find("li:last-child [data-action=open-evidence]").click().await?;
            let missing = page.find("[data-dialog=evidence] .evidence-missing");
            missing.wait_for("to be told", async |missing| missing.is_visible().await).await?;
            assert_eq!(page.axe().await?, Vec::<String>::new());
            page.action("evidence-leave").click().await?;
            let report: Value = serde_json::from_slice(&std::fs::read(&file)?)?;
            assert_eq!(report.get("attachments"), None);
            Ok(())
        })
        .await
}

/// Chooses the ZIP file, and waits until the dialog shows the progress.
async fn ask_for_zip(page: &Page) -> TestResult {
    page.action("export").click().await?;
    page.action("export-zip").click().await?;
    let told = text("vi", "file.making")?;
    page.find("dialog .making")
        .wait_for("to say so", async |making| Ok(making.text().await? == told))
        .await
}

#[tokio::test]
async fn who_waits_for_the_file_is_told_so_and_gets_one() -> TestResult {
    Setup::dist()
        .preload(office::HELD)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let folder = tempfile::tempdir()?;
            with_evidence(&page, folder.path()).await?;
            ask_for_zip(&page).await?;
            let button = page.action("export-zip");
            assert_eq!(button.attribute("aria-disabled").await?.as_deref(), Some("true"));
            assert!(button.is_focused().await?);
            assert_eq!(page.axe().await?, Vec::<String>::new());
            button.click().await?;
            office::let_come(&page).await?;
            steps::wait_for_no_dialog(&page).await?;
            stage.browser.wait_for_download(".zip").await?;
            assert!(page.action("export").is_focused().await?);
            assert_eq!(office::downloads(stage)?, 1);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn who_leaves_gets_no_file() -> TestResult {
    Setup::dist()
        .preload(office::HELD)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let folder = tempfile::tempdir()?;
            with_evidence(&page, folder.path()).await?;
            ask_for_zip(&page).await?;
            page.action("export-leave").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            // A second request: the first file would be there first.
            ask_for_zip(&page).await?;
            office::let_come(&page).await?;
            steps::wait_for_no_dialog(&page).await?;
            stage.browser.wait_for_download(".zip").await?;
            assert_eq!(office::downloads(stage)?, 1);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_backup_brings_evidence_back() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let folder = tempfile::tempdir()?;
            let id = with_evidence(&page, folder.path()).await?;
            steps::go_home(&page).await?;
            page.find("[aria-labelledby=device-title] [data-action=back-up-all]").click().await?;
            let file = stage.browser.wait_for_download(".json").await?;
            let backup: Value = serde_json::from_slice(&std::fs::read(&file)?)?;
            let attached = backup["attachments"].as_object().context("no attachments")?;
            assert_eq!(attached.len(), 2);
            steps::delete_for_good(&page, &id).await?;
            page.field("restore-file").upload(&file).await?;
            page.action("restore-go").click().await?;
            page.wait_for("the inspection", async |page| steps::listed(page, &id).exists().await)
                .await?;
            steps::open(&page, &id).await?;
            pieces(&page, 2).await?;
            assert_eq!(pictures(&page).await?, json!({ "drawn": 1, "missing": 0 }));

            // Only the bytes may be missing, as after a report without its evidence.
            let lose = "
                return new Promise((yes, no) => {
                  const opening = indexedDB.open('tkt:default');
                  opening.onsuccess = () => {
                    const losing = opening.result.transaction(['attachments', 'thumbnails'], 'readwrite');
                    for (const name of losing.objectStoreNames) losing.objectStore(name).clear();
                    losing.oncomplete = () => { opening.result.close(); yes(null); };
                    losing.onerror = () => no(losing.error);
                  };
                });
            ";
            page.evaluate(lose, json!(null)).await?;
            steps::go_home(&page).await?;
            page.field("restore-file").upload(&file).await?;
            page.action("restore-go").click().await?;
            let told = text("vi", "restore.done")?;
            let told = told.split('{').next().unwrap_or_default();
            steps::wait_for_notice(&page, "done", told).await?;
            steps::open(&page, &id).await?;
            assert_eq!(pictures(&page).await?, json!({ "drawn": 1, "missing": 0 }));
            Ok(())
        })
        .await
}
