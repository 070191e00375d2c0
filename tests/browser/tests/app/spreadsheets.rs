//! The open inspection as a spreadsheet, from the button to the file, with and without a network.

use std::fs;
use std::io::Cursor;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use browser_tests::{Page, Response, Setup, Stage, TestResult, dist};
use calamine::{Data, Reader as _, Xlsx};
use serde_json::json;

use crate::support::checklists::text;
use crate::support::office;
use crate::support::sites::portal;
use crate::support::start::Start;
use crate::support::steps;

/// Starts an inspection with a figure and a text that would be a formula.
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

/// Returns the cells of the row with this note.
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
    // A portal's page, for which no worker caches anything.
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

/// The server's way of serving the files of the second program.
#[derive(Clone, Copy, PartialEq)]
enum Gives {
    Them,
    Nothing,
    Status(u16),
}

/// The page, from a server that serves these files as a test says.
fn giving(how: &Arc<Mutex<Gives>>) -> Result<Setup> {
    let mut setup = Setup::dist();
    for path in office::files()? {
        let body = fs::read(dist().join(path.trim_start_matches('/')))?;
        let (kind, how) = (office::kind_of(&path), how.clone());
        setup = setup.route(&path, move |_| {
            let file = Response::new(200, kind, body.clone());
            match *how.lock().unwrap_or_else(PoisonError::into_inner) {
                Gives::Them => file,
                Gives::Nothing => file.after(Duration::from_secs(3_600)),
                Gives::Status(status) => Response::new(status, "text/plain", ""),
            }
        });
    }
    Ok(setup)
}

fn will(how: &Arc<Mutex<Gives>>, gives: Gives) {
    *how.lock().unwrap_or_else(PoisonError::into_inner) = gives;
}

#[tokio::test]
async fn what_can_not_be_fetched_is_told_and_tried_again() -> TestResult {
    let how = Arc::new(Mutex::new(Gives::Status(503)));
    giving(&how)?
        .allow_problem("503")
        .allow_problem("Failed to fetch")
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            take(&page, "xlsx").await?;
            steps::wait_for_notice(&page, "error", &office::told("vi", "unavailable", "csv")?)
                .await?;
            // The text format needs no further files.
            take(&page, "csv").await?;
            stage.browser.wait_for_download(".csv").await?;
            will(&how, Gives::Them);
            take(&page, "xlsx").await?;
            row_of(stage, "=1+1").await?;
            // The page is unchanged.
            let report = page.call("exportReport", json!([])).await?;
            assert!(report.get("integrity").is_some());
            Ok(())
        })
        .await
}

/// A dead connection, as of a tablet that changed networks.
#[tokio::test]
async fn a_fetch_that_hangs_ends_and_begins_anew() -> TestResult {
    let how = Arc::new(Mutex::new(Gives::Nothing));
    giving(&how)?
        .preload(office::IMPATIENT)
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            page.action("spreadsheet").click().await?;
            page.action("xlsx").click().await?;
            page.action("xlsx").wait_for_attribute("aria-disabled", "true").await?;
            assert_eq!(page.action("csv").attribute("aria-disabled").await?, None);
            // Another format is not delayed.
            page.action("csv").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            let file = stage.browser.wait_for_download(".csv").await?;
            let name = file.file_name().context("a name")?.to_string_lossy().into_owned();
            let done = text("vi", "export.done")?.replace("{file}", &name);
            steps::wait_for_notice(&page, "done", &done).await?;
            // The press that waits for it gives up and reports it.
            take(&page, "xlsx").await?;
            steps::wait_for_notice(&page, "error", &office::told("vi", "unreachable", "csv")?)
                .await?;
            will(&how, Gives::Them);
            take(&page, "xlsx").await?;
            row_of(stage, "=1+1").await?;
            assert_eq!(office::downloads(stage)?, 2);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_network_that_is_merely_slow_is_waited_for() -> TestResult {
    Setup::dist()
        .preload(office::IMPATIENT)
        .preload(office::TRICKLING)
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            take(&page, "xlsx").await?;
            row_of(stage, "=1+1").await.map(drop)
        })
        .await
}

/// The server has another release with other file names.
#[tokio::test]
async fn after_an_update_of_the_server_a_reload_is_offered() -> TestResult {
    let (how, script) = (Arc::new(Mutex::new(Gives::Status(404))), dist().join("tu-kiem-tra.js"));
    let script = fs::read_to_string(script)?;
    let other = script.replace("office-", "other-");
    let is_replaced = Arc::new(AtomicBool::new(false));
    let now = is_replaced.clone();
    giving(&how)?
        .route("/tu-kiem-tra.js", move |_| {
            let text = if now.load(Ordering::SeqCst) { &other } else { &script };
            Response::new(200, "text/javascript", text.as_str())
        })
        .allow_problem("404")
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            // A missing file is a different case.
            take(&page, "xlsx").await?;
            steps::wait_for_notice(&page, "error", &office::told("vi", "unavailable", "csv")?)
                .await?;
            let newer = page.find("[data-notice=newer]");
            assert!(!newer.exists().await?);
            is_replaced.store(true, Ordering::SeqCst);
            take(&page, "xlsx").await?;
            steps::wait_for_notice(&page, "error", &office::told("vi", "replaced", "csv")?).await?;
            assert!(newer.find("[data-action=reload]").is_visible().await?);
            Ok(())
        })
        .await
}
