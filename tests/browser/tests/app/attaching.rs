//! Inspections that are completed, left or deleted while evidence is being attached, and evidence
//! that can't be stored.

use anyhow::{Context, Result};
use browser_tests::{Page, Setup, TestResult, wait_until};
use serde_json::{Value, json};

use crate::evidence::{
    ITEM, attach, look, pictures_in, problems, reported, wait_for_attachments, wait_for_pieces,
};
use crate::moving;
use crate::support::checklists::text;
use crate::support::dialogs::with;
use crate::support::start::Start;
use crate::support::{attachments, reports, scripts, steps};

#[tokio::test]
async fn a_photo_that_can_not_be_stored_is_told_and_not_named() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            page.wait_for_save_state("saved").await?;
            let folder = tempfile::tempdir()?;
            let files = pictures_in(folder.path(), &page, 1).await?;
            let full = "
                window.put = IDBObjectStore.prototype.put;
                IDBObjectStore.prototype.put = function (...given) {
                  if (this.name === 'attachments') throw new DOMException('by the test', 'QuotaExceededError');
                  return window.put.apply(this, given);
                };
            ";
            page.evaluate(full, json!(null)).await?;
            attach(&page, &files).await?;
            wait_until("the sentence", async || {
                let told = problems(&page).await?;
                let quota = text("vi", "storage.quota")?;
                Ok(told.iter().any(|line| line.contains(&quota)).then_some(()))
            })
            .await?;
            assert_eq!(reported(&page).await?, Vec::<Value>::new());
            page.evaluate("IDBObjectStore.prototype.put = window.put;", json!(null)).await?;
            attach(&page, &files).await?;
            wait_for_pieces(&page, 1).await?;
            assert_eq!(problems(&page).await?, Vec::<String>::new());
            Ok(())
        })
        .await
}

#[tokio::test]
async fn who_leaves_while_photos_are_being_added_loses_none() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            let folder = tempfile::tempdir()?;
            attach(&page, &pictures_in(folder.path(), &page, 6).await?).await?;
            steps::go_home(&page).await?;
            wait_for_attachments(&page, 3).await?;
            steps::open(&page, &id).await?;
            wait_for_pieces(&page, 6).await?;
            assert_eq!(reported(&page).await?.len(), 6);
            Ok(())
        })
        .await
}

/// Delays photos: none is decoded before [`let_photos_come`].
async fn hold_photos(page: &Page) -> TestResult {
    let script = "
        const decode = window.createImageBitmap;
        const held = new Promise((come) => { window.__letPhotosCome = come; });
        window.createImageBitmap = async (...given) => {
          await held;
          return decode.apply(window, given);
        };
    ";
    page.evaluate(script, json!(null)).await.map(drop)
}

async fn let_photos_come(page: &Page) -> TestResult {
    page.evaluate("window.__letPhotosCome();", json!(null)).await.map(drop)
}

#[tokio::test]
async fn a_photo_that_comes_after_completing_amends() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            page.item(ITEM).choose("met").await?;
            let folder = tempfile::tempdir()?;
            let files = pictures_in(folder.path(), &page, 1).await?;
            hold_photos(&page).await?;
            attach(&page, &files).await?;
            steps::complete_anyway(&page, "Chưa đủ số liệu").await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            let status = async |status: &str| {
                let tag = format!("[data-status={status}]");
                let tag = steps::listed(&page, &id).find(&tag);
                tag.wait_for("to be told", async |tag| tag.is_visible().await).await
            };
            status("completed").await?;
            let told = page.events("tkt-change").await?.len();
            let_photos_come(&page).await?;
            // As after any change of a completed inspection.
            status("amended").await?;
            let told = page.wait_for_events("tkt-change", told + 1).await?;
            let last = told.last().context("an event")?;
            assert_eq!(last["items"][0]["itemId"], ITEM);
            assert_eq!(last["items"][0]["verdict"], "met");
            steps::open(&page, &id).await?;
            wait_for_pieces(&page, 1).await?;
            let report = page.call("exportReport", json!([])).await?;
            assert_eq!(report["inspection"]["status"], "amended");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_is_chosen_meanwhile_follows() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            let folder = tempfile::tempdir()?;
            let files = pictures_in(folder.path(), &page, 3).await?;
            let (first, more) = files.split_at_checked(1).context("some pictures")?;
            hold_photos(&page).await?;
            attach(&page, first).await?;
            attach(&page, more).await?;
            let_photos_come(&page).await?;
            wait_for_pieces(&page, 3).await?;
            let names: Vec<Value> =
                reported(&page).await?.iter().map(|one| one["name"].clone()).collect();
            assert_eq!(names, ["ảnh 0.jpg", "ảnh 1.jpg", "ảnh 2.jpg"]);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn nothing_comes_after_everything_was_deleted() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            page.wait_for_save_state("saved").await?;
            let folder = tempfile::tempdir()?;
            let files = pictures_in(folder.path(), &page, 2).await?;
            hold_photos(&page).await?;
            attach(&page, &files).await?;
            steps::go_home(&page).await?;
            steps::erase_everything(&page).await?;
            let_photos_come(&page).await?;
            // The failure is reported once everything is over.
            steps::wait_for_notice(&page, "error", "ảnh 1.jpg").await?;
            assert_eq!(scripts::databases(&page).await?, Vec::<String>::new());
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_another_window_sweeps_meanwhile_is_attached_all_the_same() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            page.wait_for_save_state("saved").await?;
            let folder = tempfile::tempdir()?;
            let files = pictures_in(folder.path(), &page, 1).await?;
            // The other window sweeps when the bytes are stored and no record names them yet.
            let sweep = "
                const put = IDBObjectStore.prototype.put;
                window.__swept = 0;
                IDBObjectStore.prototype.put = function (...given) {
                  if (this.name === 'attachments' && window.__swept === 0) {
                    const database = this.transaction.db;
                    this.transaction.addEventListener('complete', () => {
                      const writing = database.transaction(['attachments', 'thumbnails'], 'readwrite');
                      for (const name of writing.objectStoreNames) writing.objectStore(name).clear();
                      window.__swept += 1;
                    });
                  }
                  return put.apply(this, given);
                };
            ";
            page.evaluate(sweep, json!(null)).await?;
            attach(&page, &files).await?;
            wait_for_pieces(&page, 1).await?;
            assert_eq!(page.evaluate("return window.__swept;", json!(null)).await?, json!(1));
            let keys = attachments::keys(&page).await?;
            assert_eq!(keys.len(), 1);
            assert!(keys.iter().all(|key| key.starts_with(&id)));
            assert_eq!(look(&page).await?[0], json!(320));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_earlier_versions_had_counts() -> TestResult {
    moving::both()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = moving::answered(&page).await?;
            moving::move_on(&page).await?;
            // A report of a person who attached as much as is allowed before moving on.
            let mut report = page.call("exportReport", json!([])).await?;
            let piece = |number: u64| {
                let (sha256, size) = (format!("{number:064x}"), 20 * 1024 * 1024);
                json!({ "name": "a.pdf", "type": "application/pdf", "size": size, "sha256": sha256 })
            };
            let earlier = report.pointer_mut("/earlier/0/items/0").context("an earlier answer")?;
            *earlier = with(earlier.take(), "evidence", (1..=10).map(piece).collect());
            let report = reports::sealed(&page, report).await?;
            page.call("importReport", json!([report, { "onConflict": "replace" }])).await?;
            page.call("openInspection", json!([id])).await?;
            let folder = tempfile::tempdir()?;
            let item = page.item("share");
            item.find("[data-action=attach]").click().await?;
            item.field("evidence").upload_all(&pictures_in(folder.path(), &page, 1).await?).await?;
            let told = text("vi", "evidence.too-much")?.replace("{limit}", "200");
            wait_until("the sentence", async || {
                Ok((problems(&page).await? == [format!("ảnh 0.jpg: {told}")]).then_some(()))
            })
            .await
        })
        .await
}

/// On a touch screen, one button opens the rear camera and one the files. On a desktop both would
/// do the same.
#[tokio::test]
async fn photos_come_from_the_camera_or_from_files() -> TestResult {
    Setup::dist()
        .touch()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            let folder = tempfile::tempdir()?;
            let [camera, files] = [
                page.item(ITEM).find("[data-action=take-photo]"),
                page.item(ITEM).find("[data-action=attach]"),
            ];
            assert!(camera.is_visible().await?);
            let attributes = async || -> Result<Value> {
                let field = page.item(ITEM).field("evidence");
                let script =
                    "return [place.getAttribute('capture'), place.accept, place.multiple];";
                field.on_element(script, json!(null)).await
            };
            camera.tap().await?;
            assert_eq!(attributes().await?, json!(["environment", "image/*", false]));
            let photos = pictures_in(folder.path(), &page, 1).await?;
            page.item(ITEM).field("evidence").upload_all(&photos).await?;
            wait_for_pieces(&page, 1).await?;
            files.tap().await?;
            let expected = json!([null, "image/*,application/pdf,.pdf", true]);
            assert_eq!(attributes().await?, expected);
            Ok(())
        })
        .await?;
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            assert!(!page.item(ITEM).find("[data-action=take-photo]").is_visible().await?);
            assert!(page.item(ITEM).find("[data-action=attach]").is_visible().await?);
            Ok(())
        })
        .await
}
