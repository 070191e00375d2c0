//! Everything is backed up in one file and restored. Newer data is never replaced.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use browser_tests::{Page, Setup, Stage, TestResult};
use serde_json::{Value, json};

use crate::support::checklists::{project, text};
use crate::support::dialogs::file;
use crate::support::reports::{canonical, sealed};
use crate::support::start::{Start, inspections};
use crate::support::{scripts, steps};

const PANEL: &str = "[aria-labelledby=device-title]";

/// Backs everything up into a file and returns its path. Moves an earlier backup out of the way.
async fn back_up(stage: &Stage, page: &Page) -> Result<PathBuf> {
    page.find(&format!("{PANEL} [data-action=back-up-all]")).click().await?;
    let saved = stage.browser.wait_for_download(".json").await?;
    let text = fs::read_to_string(&saved)?;
    fs::remove_file(&saved)?;
    let name = saved.file_name().context("a name")?.to_string_lossy().into_owned();
    assert!(name.starts_with("tu-kiem-tra_sao-luu_20"), "{name}");
    file(stage, &name, &text)
}

/// Chooses a file, waits for the question and returns its text.
async fn choose(page: &Page, field: &str, file: &Path) -> Result<String> {
    page.field(field).upload(file).await?;
    let dialog = page.find("[data-dialog=restore]");
    dialog.wait_for("to ask", async |dialog| dialog.is_visible().await).await?;
    dialog.text().await
}

async fn restore(page: &Page, file: &Path) -> Result<String> {
    let question = choose(page, "restore-file", file).await?;
    page.action("restore-go").click().await?;
    steps::wait_for_no_dialog(page).await?;
    page.wait_for("it to be restored", async |page| {
        let notice = page.find("[data-notice=done]");
        Ok(notice.exists().await? && notice.text().await?.starts_with("Đã khôi phục:"))
    })
    .await?;
    Ok(question)
}

async fn erase(page: &Page) -> Result<()> {
    page.action("erase").click().await?;
    page.field("erase-word").fill(&text("vi", "erase.word")?).await?;
    page.action("erase-go").click().await?;
    steps::wait_for_notice(page, "done", &text("vi", "erased")?).await
}

/// Returns the result of `listInspections`, without the times.
async fn listed(page: &Page) -> Result<Value> {
    page.call("listInspections", json!([])).await
}

#[tokio::test]
async fn everything_comes_back_after_all_was_deleted() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let first = Start { inspectors: "Lê Thị Hoa", ..Start::default() }.run(&page).await?;
            page.item("thrift").choose("met").await?;
            page.item("staff-coordination").choose("not-met").await?;
            page.item("staff-coordination").field("reason").fill("Thiếu người").await?;
            page.item("signature-agency").field("numerator").fill("24a").await?;
            page.wait_for_save_state("saved").await?;
            let before = scripts::fields(&page).await?;
            steps::go_home(&page).await?;
            let deleted = Start { period: "2021", ..Start::default() }.run(&page).await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            steps::listed(&page, &deleted).find("[data-action=delete]").click().await?;
            page.find("details.deleted")
                .wait_for("to have it", async |d| d.is_visible().await)
                .await?;
            page.action("hand-over").click().await?;
            page.field("new-workspace").fill("Trần Nam").await?;
            page.action("hand-over-go").click().await?;
            page.find(".workspace-tag").wait_for("to be there", async |t| t.exists().await).await?;
            let hers = Start { unit: "UBND Phường 9", ..Start::default() }.run(&page).await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            let list = listed(&page).await?;

            let backup = back_up(stage, &page).await?;
            erase(&page).await?;
            assert!(inspections(&page).await?.is_empty());
            let question = restore(&page, &backup).await?;
            assert!(question.contains("Ngăn chung (2), Trần Nam (1)"), "{question}");

            // It is in the common workspace, and the deletion can still be undone.
            assert_eq!(inspections(&page).await?, std::slice::from_ref(&first));
            let taken_back = page.find(&format!("[data-deleted=\"{deleted}\"]"));
            assert!(taken_back.exists().await?);
            steps::open(&page, &first).await?;
            scripts::check_same(&before, &scripts::fields(&page).await?)?;
            steps::go_home(&page).await?;
            page.action("hand-over").click().await?;
            page.find("[data-action=go-to-workspace]:enabled").click().await?;
            page.find(".workspace-tag").wait_for("to be there", async |t| t.exists().await).await?;
            page.wait_for("hers", async |page| Ok(inspections(page).await? == [hers.clone()]))
                .await?;
            assert_eq!(listed(&page).await?, list);
            // It is in the vault: a reload shows the same.
            page.reload().await?;
            assert_eq!(listed(&page).await?, list);

            // The second time there is nothing to restore.
            let question = choose(&page, "restore-file", &backup).await?;
            assert!(question.contains(&text("vi", "restore.nothing")?), "{question}");
            assert!(!page.action("restore-go").is_visible().await?);
            page.action("restore-leave").click().await?;
            steps::wait_for_no_dialog(&page).await
        })
        .await
}

/// A file as the first version wrote it can always be restored.
#[tokio::test]
async fn a_file_of_version_1_is_restored() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            restore(&page, &project("tests/cases/backup.json").canonicalize()?).await?;
            let ids = inspections(&page).await?;
            steps::open(&page, ids.first().context("it is not there")?).await?;
            assert_eq!(page.item("thrift").verdict().await?, "met");
            let reason = page.item("staff-coordination").field("reason");
            assert_eq!(reason.value().await?, "Thiếu người");
            let unread = page.item("signature-agency").field("numerator");
            assert_eq!(unread.value().await?, "24a");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn newer_work_stays_and_what_was_purged_comes_back() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let kept = Start::default().run(&page).await?;
            page.item("thrift").choose("not-met").await?;
            page.item("staff-coordination").choose("met").await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            let purged = Start { period: "2021", ..Start::default() }.run(&page).await?;
            page.item("thrift").choose("met").await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            let backup = back_up(stage, &page).await?;

            steps::open(&page, &kept).await?;
            page.item("thrift").choose("met").await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            steps::delete_for_good(&page, &purged).await?;
            let question = restore(&page, &backup).await?;
            assert!(question.contains(&text("vi", "restore.older")?), "{question}");
            assert!(question.contains(&text("vi", "restore.new")?), "{question}");
            steps::open(&page, &kept).await?;
            assert_eq!(page.item("thrift").verdict().await?, "met");
            assert_eq!(page.item("staff-coordination").verdict().await?, "met");
            steps::go_home(&page).await?;
            steps::open(&page, &purged).await?;
            assert_eq!(page.item("thrift").verdict().await?, "met");
            Ok(())
        })
        .await
}

/// An imported report starts new revisions, so an older backup of its source has higher ones.
#[tokio::test]
async fn newer_work_on_a_report_is_not_replaced_by_an_older_backup() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            let note = page.item("thrift").field("note");
            for text in ["một", "hai", "ba", "bốn"] {
                note.fill(text).await?;
                page.call("flush", json!([])).await?;
            }
            page.item("thrift").choose("not-met").await?;
            page.call("flush", json!([])).await?;
            let report = page.call("exportReport", json!([])).await?;
            steps::go_home(&page).await?;
            let backup = back_up(stage, &page).await?;

            // Another device gets the report and continues from there.
            erase(&page).await?;
            page.call("importReport", json!([report])).await?;
            let question = choose(&page, "restore-file", &backup).await?;
            assert!(question.contains(&text("vi", "restore.same")?), "{question}");
            page.action("restore-leave").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            steps::open(&page, &id).await?;
            page.item("thrift").choose("met").await?;
            page.call("flush", json!([])).await?;
            steps::go_home(&page).await?;

            let question = restore(&page, &backup).await?;
            assert!(question.contains(&text("vi", "restore.beside")?), "{question}");
            let both = inspections(&page).await?;
            assert_eq!(both.len(), 2);
            steps::open(&page, &id).await?;
            assert_eq!(page.item("thrift").verdict().await?, "met");
            steps::go_home(&page).await?;
            let copy = both.iter().find(|other| **other != id).context("a copy")?;
            steps::open(&page, copy).await?;
            assert_eq!(page.item("thrift").verdict().await?, "not-met");
            assert_eq!(page.item("thrift").field("note").value().await?, "bốn");
            steps::go_home(&page).await?;

            // No third copy, however often it is restored.
            let question = choose(&page, "restore-file", &backup).await?;
            assert!(question.contains(&text("vi", "restore.nothing")?), "{question}");
            page.action("restore-leave").click().await?;
            steps::wait_for_no_dialog(&page).await
        })
        .await
}

#[tokio::test]
async fn a_bad_file_gets_its_true_reason_and_a_report_its_own_way() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            page.item("thrift").choose("met").await?;
            page.call("flush", json!([])).await?;
            let report = page.call("exportReport", json!([])).await?;
            let report = file(stage, "bao-cao.json", &canonical(&page, &report).await?)?;
            steps::go_home(&page).await?;
            let backup = back_up(stage, &page).await?;
            let whole = fs::read_to_string(&backup)?;
            let mut newer: Value = serde_json::from_str(&whole)?;
            *newer.get_mut("formatVersion").context("a version")? = json!(2);
            let newer = sealed(&page, newer).await?;
            let half: String = whole.chars().take(whole.chars().count() / 2).collect();
            for (name, text_of, code) in [
                ("cut.json", half, "backup-truncated"),
                ("altered.json", whole.replace("UBND Phường 2", "UBND Phường 3"), "backup-altered"),
                ("newer.json", newer.to_string(), "backup-newer"),
                ("other.json", "{\"name\": \"package\"}".to_owned(), "backup-foreign"),
                ("picture.json", "\u{89}PNG".to_owned(), "backup-foreign"),
            ] {
                let bad = file(stage, name, &text_of)?;
                page.field("restore-file").upload(&bad).await?;
                let sentence = text("vi", &format!("error.{code}"))?;
                steps::wait_for_notice(&page, "error", &sentence).await?;
                steps::dismiss_notices(&page).await?;
            }
            assert_eq!(inspections(&page).await?, std::slice::from_ref(&id));

            // Each kind of file is recognised, whichever button was used.
            choose(&page, "import-file", &backup).await?;
            page.action("restore-leave").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            page.field("restore-file").upload(&report).await?;
            let dialog = page.find("[data-dialog=import-same]");
            dialog.wait_for("to tell", async |dialog| dialog.is_visible().await).await?;
            page.action("import-close").click().await?;
            steps::wait_for_no_dialog(&page).await
        })
        .await
}

/// Makes reading from the database and writing to it fail.
const NO_VAULT: &str = "
    IDBDatabase.prototype.transaction = () => { throw new DOMException('by the test', 'UnknownError'); };
";

#[tokio::test]
async fn without_a_vault_the_file_has_what_the_page_holds_and_says_so() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            page.wait_for_save_state("saved").await?;
            page.evaluate(NO_VAULT, json!(null)).await?;
            page.item("thrift").field("note").fill("Chỉ có trong bộ nhớ").await?;
            page.wait_for_save_state("failed").await?;
            steps::go_home(&page).await?;
            let backup = back_up(stage, &page).await?;
            let name = backup.file_name().context("a name")?.to_string_lossy().into_owned();
            let told = text("vi", "backup.incomplete")?.replace("{file}", &name);
            steps::wait_for_notice(&page, "done", &told).await?;
            let whole = fs::read_to_string(&backup)?;
            assert!(whole.contains("Chỉ có trong bộ nhớ") && whole.contains("\"complete\":false"));

            // On another device everything is restored.
            page.reload().await?;
            erase(&page).await?;
            let question = restore(&page, &backup).await?;
            assert!(question.contains(&text("vi", "restore.incomplete")?), "{question}");
            let ids = inspections(&page).await?;
            steps::open(&page, ids.first().context("it is not there")?).await?;
            assert_eq!(page.item("thrift").field("note").value().await?, "Chỉ có trong bộ nhớ");
            Ok(())
        })
        .await
}
