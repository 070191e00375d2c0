//! The open inspection as a spreadsheet, from the button to the file, with and without a network.

use std::fs;
use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};
use browser_tests::{Page, Response, Setup, Stage, TestResult, dist};
use calamine::{Data, Reader as _, Xlsx};
use serde_json::json;

use crate::support::checklists::text;
use crate::support::office;
use crate::support::sites::portal;
use crate::support::start::Start;
use crate::support::steps;

/// An inspection with a figure and a text that would be a formula.
async fn inspection(page: &Page) -> Result<()> {
    Start::default().run(page).await?;
    let share = page.item("signature-agency");
    share.field("numerator").type_text("955").await?;
    share.field("denominator").type_text("960").await?;
    share.field("note").fill("=1+1").await?;
    page.wait_for_save_state("saved").await
}

async fn take(page: &Page, format: &str) -> Result<()> {
    page.action("spreadsheet").click().await?;
    page.action(format).click().await?;
    steps::wait_for_no_dialog(page).await
}

/// The cells of the row that has this note.
async fn row_of(stage: &Stage, note: &str) -> Result<Vec<Data>> {
    let file = stage.browser.wait_for_download(".xlsx").await?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(fs::read(file)?))?;
    let cells = book.worksheet_range_at(0).context("there is no sheet")??;
    let row = cells.rows().find(|row| row.contains(&Data::String(note.to_owned())));
    Ok(row.with_context(|| format!("no row has {note}"))?.to_vec())
}

#[tokio::test]
async fn both_files_hold_what_was_entered() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            page.action("spreadsheet").click().await?;
            assert_eq!(page.axe().await?, Vec::<String>::new());
            page.action("xlsx").click().await?;
            let row = row_of(stage, "=1+1").await?;
            for expected in [Data::Float(955.0), Data::Float(960.0), Data::Float(99.4)] {
                assert!(row.contains(&expected), "{row:?}");
            }
            assert!(row.contains(&Data::String(text("vi", "verdict.not-met")?)), "{row:?}");
            let done = text("vi", "export.done")?;
            let (before, _) = done.split_once('{').context("a place for the file")?;
            steps::wait_for_notice(&page, "done", before).await?;

            take(&page, "csv").await?;
            let file = stage.browser.wait_for_download(".csv").await?;
            let name = file.file_name().context("a name")?.to_string_lossy().into_owned();
            assert_eq!(name, "tu-kiem-tra_ubnd-phuong-2_phuong-2-105-2022_2022.csv");
            let bytes = String::from_utf8(fs::read(file)?)?;
            assert!(bytes.starts_with("\u{feff}\"STT\","), "{bytes}");
            assert!(bytes.contains("\"955\",\"960\",\"99,4\""), "{bytes}");
            assert!(bytes.contains("\"'=1+1\""), "{bytes}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn it_is_there_without_a_network_once_there_was_time() -> TestResult {
    // A portal's page: no worker keeps anything for it.
    portal("<tu-kiem-tra></tu-kiem-tra>")?
        .preload(office::AT_ONCE)
        .run(async |stage| {
            let page = stage.open("/").await?;
            office::wait_until_fetched(stage, "/tkt").await?;
            inspection(&page).await?;
            stage.server.stop();
            take(&page, "xlsx").await?;
            row_of(stage, "=1+1").await.map(drop)
        })
        .await
}

#[tokio::test]
async fn what_can_not_be_fetched_is_told_and_tried_again() -> TestResult {
    let mut setup = Setup::dist().allow_problem("503").allow_problem("Failed to fetch");
    let is_there = Arc::new(AtomicBool::new(false));
    for path in office::files()? {
        let body = fs::read(dist().join(path.trim_start_matches('/')))?;
        let (kind, is_there) = (office::kind_of(&path), is_there.clone());
        setup = setup.route(&path, move |_| {
            if is_there.load(Ordering::SeqCst) {
                Response::new(200, kind, body.clone())
            } else {
                Response::new(503, "text/plain", "")
            }
        });
    }
    setup
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            take(&page, "xlsx").await?;
            let told = text("vi", "sheet.unreachable")?;
            steps::wait_for_notice(&page, "error", &told).await?;
            // The text needs nothing more.
            take(&page, "csv").await?;
            stage.browser.wait_for_download(".csv").await?;
            is_there.store(true, Ordering::SeqCst);
            take(&page, "xlsx").await?;
            row_of(stage, "=1+1").await?;
            // The page is as it was.
            let report = page.call("exportReport", json!([])).await?;
            assert!(report.get("integrity").is_some());
            Ok(())
        })
        .await
}
