//! The printed report as a Word file, from the dialog to the file, with and without a network.

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

use anyhow::{Context, Result};
use browser_tests::{Page, Setup, Stage, TestResult};
use serde_json::json;
use zip::ZipArchive;

use crate::support::checklists::text;
use crate::support::keys::{press, tab_to};
use crate::support::sites::portal;
use crate::support::start::Start;
use crate::support::{office, paper, steps};

/// Starts an inspection in which one item is not met, and opens its dialog.
async fn ask(page: &Page) -> Result<()> {
    Start::default().run(page).await?;
    let item = page.item("thrift");
    item.choose("not-met").await?;
    item.field("reason").fill("Thiếu <máy> quét").await?;
    paper::ask(page).await?;
    page.field("document-number").fill("5").await?;
    page.field("document-signer").fill("Trần Văn Đức").await
}

/// Returns the main part of a Word file.
fn read(file: &Path) -> Result<String> {
    let mut file = ZipArchive::new(Cursor::new(fs::read(file)?))?;
    let mut text = String::new();
    file.by_name("word/document.xml")?.read_to_string(&mut text)?;
    Ok(text)
}

async fn downloaded(stage: &Stage) -> Result<String> {
    read(&stage.browser.wait_for_download(".docx").await?)
}

/// Waits until the dialog shows that a file is being made.
async fn wait_until_told(page: &Page) -> Result<()> {
    let told = text("vi", "file.making")?;
    page.find("dialog .making")
        .wait_for("to say so", async |making| Ok(making.text().await? == told))
        .await
}

#[tokio::test]
async fn the_file_holds_what_was_entered() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            ask(&page).await?;
            page.action("save-docx").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            let file = stage.browser.wait_for_download(".docx").await?;
            let name = file.file_name().context("a name")?.to_string_lossy().into_owned();
            assert_eq!(name, "tu-kiem-tra_ubnd-phuong-2_phuong-2-105-2022_2022.docx");
            let document = read(&file)?;
            for expected in [
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "ỦY BAN NHÂN DÂN",
                "PHƯỜNG 2",
                "w:orient=\"landscape\"",
                "Số: 05/BC-UBND",
                "Thiếu &lt;máy&gt; quét",
                "Trần Văn Đức",
                "KẾT QUẢ CHI TIẾT TỪNG NỘI DUNG",
            ] {
                assert!(document.contains(expected), "{expected}");
            }
            let done = text("vi", "export.done")?;
            let (before, _) = done.split_once('{').context("a place for the file")?;
            steps::wait_for_notice(&page, "done", before).await?;
            // The entered details are kept for printing.
            paper::ask(&page).await?;
            assert_eq!(page.field("document-signer").value().await?, "Trần Văn Đức");
            // An unreadable date would be missing in the file.
            page.field("document-date").fill("31/02/2026").await?;
            page.action("save-docx").click().await?;
            page.field("document-date")
                .wait_for("to have the focus", async |date| date.is_focused().await)
                .await?;
            assert_eq!(office::downloads(stage)?, 1);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn it_is_there_without_a_network_once_there_was_time() -> TestResult {
    portal("<tu-kiem-tra></tu-kiem-tra>")?
        .preload(office::AT_ONCE)
        .run(async |stage| {
            let page = stage.open("/").await?;
            office::wait_until_fetched(stage, "/tkt").await?;
            ask(&page).await?;
            stage.server.stop();
            page.action("save-docx").click().await?;
            assert!(downloaded(stage).await?.contains("Trần Văn Đức"));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn who_waits_is_told_so_and_gets_one_file() -> TestResult {
    Setup::dist()
        .preload(office::HELD)
        .run(async |stage| {
            let page = stage.open("/").await?;
            ask(&page).await?;
            let browser = &stage.browser;
            tab_to(&page, browser, "save-docx").await?;
            press(browser, "Enter").await?;
            wait_until_told(&page).await?;
            let button = page.action("save-docx");
            assert_eq!(button.attribute("aria-disabled").await?.as_deref(), Some("true"));
            assert!(button.is_focused().await?);
            assert_eq!(page.axe().await?, Vec::<String>::new());
            press(browser, "Enter").await?;
            office::let_come(&page).await?;
            steps::wait_for_no_dialog(&page).await?;
            assert!(page.action("print").is_focused().await?);
            downloaded(stage).await?;
            // Each file has a notice of its own.
            let done = page.evaluate(NOTICES, json!(null)).await?;
            assert_eq!(done, json!(1));
            Ok(())
        })
        .await
}

/// Returns the number of notices of success.
const NOTICES: &str = "return root.querySelectorAll('[data-notice=done]').length;";

#[tokio::test]
async fn who_leaves_gets_no_file() -> TestResult {
    Setup::dist()
        .preload(office::HELD)
        .run(async |stage| {
            let page = stage.open("/").await?;
            ask(&page).await?;
            page.action("save-docx").click().await?;
            wait_until_told(&page).await?;
            page.action("print-leave").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            page.action("spreadsheet").click().await?;
            page.action("xlsx").click().await?;
            wait_until_told(&page).await?;
            office::let_come(&page).await?;
            steps::wait_for_no_dialog(&page).await?;
            stage.browser.wait_for_download(".xlsx").await?;
            // The Word file was asked for first, so it would be there by now.
            assert_eq!(office::downloads(stage)?, 1);
            Ok(())
        })
        .await
}
