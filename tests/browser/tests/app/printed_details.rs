//! The details for the printed report, when two windows enter them or reading fails.

use anyhow::Result;
use browser_tests::{Control, Page, Setup, Stage, TestResult};
use serde_json::json;

use crate::support::checklists::text;
use crate::support::start::Start;
use crate::support::{paper, steps};

/// Windows without messages from each other, as some browsers freeze those in the background.
const DEAF: &str = "
    Object.defineProperty(window, 'BroadcastChannel', { value: undefined });
    document.addEventListener('visibilitychange', (event) => event.stopImmediatePropagation(), true);
";

/// Makes all reading fail.
const NO_READING: &str = "
    IDBObjectStore.prototype.getAll = () => { throw new DOMException('by the test', 'UnknownError'); };
";

/// Opens two windows with the dialog of one inspection. Returns them and its id.
async fn two(stage: &mut Stage) -> Result<([Page; 2], String)> {
    let first = stage.open("/").await?;
    let id = Start::default().run(&first).await?;
    first.wait_for_save_state("saved").await?;
    let second = stage.open_tab("/").await?;
    steps::open(&second, &id).await?;
    for page in [&first, &second] {
        paper::ask(page).await?;
    }
    Ok(([first, second], id))
}

fn field(page: &Page, name: &str) -> Control {
    page.field(&format!("document-{name}"))
}

async fn give(page: &Page, name: &str, text: &str) -> TestResult {
    field(page, name).fill(text).await?;
    page.wait_for_save_state("saved").await
}

async fn wait_for(page: &Page, name: &str, text: &str) -> TestResult {
    let is_there = async |field: &Control| Ok(field.value().await? == text);
    field(page, name).wait_for(&format!("to be {text:?}"), is_there).await
}

/// Reloads the page and opens the dialog again.
async fn ask_anew(page: &Page, id: &str) -> TestResult {
    page.reload().await?;
    steps::open(page, id).await?;
    paper::ask(page).await
}

#[tokio::test]
async fn two_windows_fill_in_different_fields() -> TestResult {
    Setup::dist()
        .preload(paper::NO_PRINTER)
        .run(async |stage| {
            let ([first, second], id) = two(stage).await?;
            give(&first, "number", "5").await?;
            wait_for(&second, "number", "5").await?;
            give(&second, "signer", "Trần Văn Đức").await?;
            wait_for(&first, "signer", "Trần Văn Đức").await?;
            // For one field the later text wins. It does not appear while somebody is in the field.
            give(&first, "place", "Quảng Trị").await?;
            field(&first, "place").blur().await?;
            wait_for(&second, "place", "Quảng Trị").await?;
            give(&second, "place", "Đông Hà").await?;
            wait_for(&first, "place", "Đông Hà").await?;
            paper::print(&first).await?;
            assert_eq!(paper::text(&first, ".signer").await?, "Trần Văn Đức");
            ask_anew(&first, &id).await?;
            for (name, text) in [("number", "5"), ("place", "Đông Hà"), ("signer", "Trần Văn Đức")]
            {
                wait_for(&first, name, text).await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn of_two_windows_that_hear_nothing_both_fields_stay_and_of_one_field_both_texts()
-> TestResult {
    Setup::dist()
        .preload(DEAF)
        .run(async |stage| {
            let ([first, second], id) = two(stage).await?;
            give(&first, "number", "5").await?;
            give(&first, "place", "Quảng Trị").await?;
            give(&second, "signer", "Trần Văn Đức").await?;
            give(&second, "number", "7").await?;
            // Whichever lost, the second window is the one that was told.
            let told = text("vi", "saving.overtaken-detail")?
                .replace("{field}", &text("vi", "print.number")?);
            steps::wait_for_notice(&second, "done", &told).await?;
            ask_anew(&first, &id).await?;
            let shown = field(&first, "number").value().await?;
            let other = if shown == "7" { "5" } else { "7" };
            wait_for(&first, "place", "Quảng Trị").await?;
            wait_for(&first, "signer", "Trần Văn Đức").await?;

            second.action("print-leave").click().await?;
            steps::wait_for_no_dialog(&second).await?;
            second.action("undo").click().await?;
            steps::wait_for_notice(&second, "done", &text("vi", "kept.taken-back")?).await?;
            paper::ask(&second).await?;
            wait_for(&second, "number", other).await?;
            second.action("print-leave").click().await?;
            // The replaced text is kept instead.
            steps::go_home(&second).await?;
            second.find("details[data-kept] summary").click().await?;
            let field = text("vi", "print.number")?;
            let kept = text("vi", "kept.detail")?.replace("{field}", &field);
            assert!(second.find("[data-kept-of]").text().await?.contains(&kept));
            Ok(())
        })
        .await
}

/// The entered details are there, not as suggestions, although the vault can't be read.
#[tokio::test]
async fn what_was_given_stays_while_storage_fails() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            paper::ask(&page).await?;
            give(&page, "place", "Quảng Trị").await?;
            page.reload().await?;
            steps::open(&page, &id).await?;
            page.evaluate(NO_READING, json!(null)).await?;
            paper::ask(&page).await?;
            assert_eq!(field(&page, "place").value().await?, "Quảng Trị");
            Ok(())
        })
        .await
}
