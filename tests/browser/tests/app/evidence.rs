//! Evidence: from the camera's file to the vault, visible after a reload, and never a file that
//! can't be viewed.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use browser_tests::{Page, Setup, TestResult, wait_until};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::support::checklists::text;
use crate::support::pictures::{self, by_camera, jpeg, png_head, write};
use crate::support::start::Start;
use crate::support::{attachments, reports, scripts, steps};

pub const ITEM: &str = "thrift";

/// Attaches files to the item, as a person does by the button.
pub async fn attach(page: &Page, files: &[PathBuf]) -> TestResult {
    let item = page.item(ITEM);
    item.find("[data-action=attach]").click().await?;
    item.field("evidence").upload_all(files).await
}

/// Waits until this many files are attached and none is being processed.
pub async fn wait_for_pieces(page: &Page, count: usize) -> TestResult {
    let script = "
        const item = root.querySelector(`[data-item=\"${given}\"]`);
        const busy = item.querySelector('[data-evidence-busy]').textContent;
        return busy === '' ? item.querySelectorAll('.evidence-piece').length : -1;
    ";
    wait_until(&format!("{count} files"), async || {
        let there = page.evaluate(script, json!(ITEM)).await?;
        Ok((there == json!(count)).then_some(()))
    })
    .await
}

/// Returns the item's evidence in the report.
pub async fn reported(page: &Page) -> Result<Vec<Value>> {
    page.call("flush", json!([])).await?;
    let report = page.call("exportReport", json!([])).await?;
    reports::check_schema(&report)?;
    let evidence = reports::item(&report, ITEM)?.get("evidence").cloned();
    Ok(evidence.and_then(|all| all.as_array().cloned()).unwrap_or_default())
}

/// Returns the problems that the item shows, one a line.
pub async fn problems(page: &Page) -> Result<Vec<String>> {
    let script = "return [...root.querySelectorAll('[data-evidence-problems] li')].map((line) => line.textContent);";
    scripts::strings(page.evaluate(script, json!(null)).await?)
}

/// Opens the viewer of the first picture and waits until it is rendered. Returns its size and two
/// of its colours: in the middle of its first and of its last tenth.
pub async fn look(page: &Page) -> Result<Value> {
    page.item(ITEM).find("[data-action=open-evidence]").click().await?;
    let script = "
        const canvas = root.querySelector('[data-dialog=evidence] canvas');
        if (!canvas || canvas.width === 300) return null;
        const { width, height } = canvas, context = canvas.getContext('2d');
        const colour = (y) => {
          const [red, , blue] = context.getImageData(width / 2, y, 1, 1).data;
          return red > blue ? 'red' : 'blue';
        };
        return [width, height, colour(height / 20), colour(height * 19 / 20)];
    ";
    wait_until("the picture", async || {
        let seen = page.evaluate(script, json!(null)).await?;
        Ok((!seen.is_null()).then_some(seen))
    })
    .await
}

fn sha256_of(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub async fn pictures_in(folder: &Path, page: &Page, count: u32) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for number in 0..count {
        let colours = [format!("hsl({} 80% 40%)", number * 3), "white".to_owned()];
        let picture = jpeg(page, 320 + number, 240, [&colours[0], &colours[1]]).await?;
        files.push(write(folder, &format!("ảnh {number}.jpg"), &picture)?);
    }
    Ok(files)
}

#[tokio::test]
async fn a_photo_is_made_smaller_turned_and_rid_of_its_place() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            let folder = tempfile::tempdir()?;
            let photo = by_camera(&jpeg(&page, 3000, 2000, ["red", "blue"]).await?)?;
            attach(&page, &[write(folder.path(), "Bảng niêm yết.jpg", &photo)?]).await?;
            wait_for_pieces(&page, 1).await?;
            page.item(ITEM).field("caption").fill("Bảng ở bộ phận Một cửa").await?;
            assert_eq!(page.axe().await?, Vec::<String>::new());

            let all = reported(&page).await?;
            let [one] = all.as_slice() else { anyhow::bail!("{all:?}") };
            assert_eq!(one["name"], "Bảng niêm yết.jpg");
            assert_eq!(one["caption"], "Bảng ở bộ phận Một cửa");
            assert_eq!(one["type"], "image/jpeg");
            let sha256 = one["sha256"].as_str().context("no digest")?;
            assert_eq!(attachments::keys(&page).await?, [format!("{id}/{sha256}")]);

            page.reload().await?;
            steps::open(&page, &id).await?;
            assert_eq!(page.item(ITEM).field("caption").value().await?, "Bảng ở bộ phận Một cửa");
            page.item(ITEM).field("caption").fill("Bảng mới").await?;
            assert_eq!(look(&page).await?, json!([1067, 1600, "red", "blue"]));
            assert!(page.find("[data-dialog=evidence]").text().await?.contains("Bảng mới · "));
            assert_eq!(page.axe().await?, Vec::<String>::new());

            // The saved file is the one that the report names, and has no location in it.
            page.action("save-evidence").click().await?;
            let file = stage.browser.wait_for_download("Bảng niêm yết.jpg").await?;
            let bytes = std::fs::read(file)?;
            assert_eq!(sha256_of(&bytes), sha256);
            assert_eq!(json!(bytes.len()), one["size"]);
            let noted = |what: &[u8]| bytes.windows(what.len()).any(|some| some == what);
            assert!(!noted(pictures::PLACE) && !noted(b"Exif"));
            Ok(())
        })
        .await
}

/// Returns the start of a file of the MP4 family with this brand.
fn by_brand(brand: &[u8; 4]) -> Vec<u8> {
    [b"\0\0\0\x18ftyp", brand.as_slice(), b"\0\0\0\0mif1", brand, &[0; 100]].concat()
}

#[tokio::test]
async fn what_can_not_be_evidence_is_told_and_the_rest_is_attached() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            let folder = tempfile::tempdir()?;
            let good = jpeg(&page, 640, 480, ["red", "blue"]).await?;
            let broken = good.get(..700).context("it is small")?;
            let large = folder.path().join("dài.pdf");
            std::fs::write(&large, b"%PDF-1.7\n")?;
            std::fs::OpenOptions::new().write(true).open(&large)?.set_len(20 * 1024 * 1024 + 1)?;
            let files = [
                write(folder.path(), "bảng tính.xlsx", b"PK\x03\x04 something else")?,
                write(folder.path(), "hình.svg.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")?,
                write(folder.path(), "hỏng.jpg", broken)?,
                write(folder.path(), "50 triệu.png", &png_head(8192, 6144))?,
                large,
                write(folder.path(), "IMG_0001.HEIC", &by_brand(b"heic"))?,
                write(folder.path(), "IMG_0002.jpg", &by_brand(b"heic"))?,
                write(folder.path(), "phim.mp4", &by_brand(b"mp42"))?,
                write(folder.path(), "phim.jpg", &by_brand(b"qt  "))?,
                write(folder.path(), "rỗng.jpg", b"")?,
                write(folder.path(), "rỗng.pdf", b"")?,
                write(folder.path(), "tốt.jpg", &good)?,
                write(folder.path(), "quyết định.pdf", b"%PDF-1.7\n% a page\n")?,
            ];
            attach(&page, &files).await?;
            wait_for_pieces(&page, 2).await?;
            let told = problems(&page).await?;
            let expected = [
                ("bảng tính.xlsx", "wrong-type"),
                ("hình.svg.jpg", "wrong-type"),
                ("hỏng.jpg", "broken"),
                ("50 triệu.png", "too-many-pixels"),
                ("dài.pdf", "too-large"),
                ("IMG_0001.HEIC", "heic"),
                ("IMG_0002.jpg", "heic"),
                ("phim.mp4", "film"),
                ("phim.jpg", "film"),
                ("rỗng.jpg", "empty"),
                ("rỗng.pdf", "empty"),
            ];
            assert_eq!(told.len(), expected.len(), "{told:?}");
            for (line, (name, reason)) in told.iter().zip(expected) {
                let sentence = text("vi", &format!("evidence.{reason}"))?;
                let sentence = sentence.replace("{megapixels}", "51").replace("{most}", "40");
                assert_eq!(*line, format!("{name}: {}", sentence.replace("{limit}", "20")));
            }
            let kinds: Vec<Value> =
                reported(&page).await?.iter().map(|one| one["type"].clone()).collect();
            assert_eq!(kinds, ["image/jpeg", "application/pdf"]);

            // A duplicate is reported, and the earlier message is gone.
            let [.., picture, _] = &files;
            attach(&page, std::slice::from_ref(picture)).await?;
            wait_until("the sentence", async || {
                let again = format!("tốt.jpg: {}", text("vi", "evidence.again")?);
                Ok((problems(&page).await? == [again]).then_some(()))
            })
            .await
        })
        .await
}

#[tokio::test]
async fn what_was_removed_can_be_taken_back_also_after_a_reload() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            let folder = tempfile::tempdir()?;
            attach(&page, &pictures_in(folder.path(), &page, 2).await?).await?;
            wait_for_pieces(&page, 2).await?;
            page.item(ITEM).find("[data-action=remove-evidence]").click().await?;
            wait_for_pieces(&page, 1).await?;
            let removed = text("vi", "evidence.removed")?.replace("{name}", "ảnh 0.jpg");
            steps::wait_for_notice(&page, "done", &removed).await?;
            // Later entries stay.
            page.item(ITEM).field("note").fill("Còn một ảnh").await?;
            page.wait_for_save_state("saved").await?;
            page.reload().await?;
            // Evidence whose removal can be undone is not swept at the start.
            page.find("details[data-kept] summary").click().await?;
            page.action("take-back").click().await?;
            steps::wait_for_item(&page, ITEM).await?;
            wait_for_pieces(&page, 2).await?;
            let keys = attachments::keys(&page).await?;
            assert_eq!(keys.len(), 2);
            assert!(keys.iter().all(|key| key.starts_with(&id)));
            assert_eq!(look(&page).await?[0], json!(320));
            assert_eq!(page.item(ITEM).field("note").value().await?, "Còn một ảnh");

            // A camera may use a name twice: the buttons have distinct names all the same.
            page.action("evidence-leave").click().await?;
            let again = jpeg(&page, 400, 300, ["blue", "red"]).await?;
            attach(&page, &[write(folder.path(), "ảnh 1.jpg", &again)?]).await?;
            wait_for_pieces(&page, 3).await?;
            let script = "return [...root.querySelectorAll('[data-action=open-evidence]')].map((one) => one.ariaLabel);";
            let labels = scripts::strings(page.evaluate(script, json!(null)).await?)?;
            assert_eq!(labels, ["Xem ảnh 0.jpg", "Xem ảnh 1.jpg", "Xem ảnh 1.jpg (2)"]);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn removals_are_taken_back_one_by_one_in_any_order() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            let folder = tempfile::tempdir()?;
            attach(&page, &pictures_in(folder.path(), &page, 4).await?).await?;
            wait_for_pieces(&page, 4).await?;
            let notice = async |number: u32| {
                let text = text("vi", "evidence.removed")?;
                let text = text.replace("{name}", &format!("ảnh {number}.jpg"));
                let script = "
                    const notices = [...root.querySelectorAll('[data-notice=done]')];
                    return notices.findIndex((one) => one.querySelector('p').textContent === given);
                ";
                page.evaluate(script, json!(text)).await
            };
            // The second, and then the third, the first and the fourth.
            for (count, (place, number)) in (0..4).rev().zip([(1, 1), (1, 2), (0, 0), (0, 3)]) {
                let remove = "
                    const item = root.querySelector(`[data-item=\"${given[0]}\"]`);
                    item.querySelectorAll('[data-action=remove-evidence]')[given[1]].click();
                ";
                page.evaluate(remove, json!([ITEM, place])).await?;
                wait_for_pieces(&page, count).await?;
                wait_until("the notice", async || Ok((notice(number).await? != json!(-1)).then_some(()))).await?;
            }
            // The last three removals can be undone.
            assert_eq!(notice(1).await?, json!(-1));
            page.item(ITEM).field("note").fill("Xem lại ảnh").await?;
            for (count, number) in (1..=3).zip([0, 3, 2]) {
                let at = notice(number).await?;
                let undo = "root.querySelectorAll('[data-notice=done]')[given].querySelector('[data-action=undo]').click();";
                page.evaluate(undo, at).await?;
                wait_for_pieces(&page, count).await?;
            }
            let names: Vec<Value> =
                reported(&page).await?.iter().map(|one| one["name"].clone()).collect();
            assert_eq!(names, ["ảnh 0.jpg", "ảnh 2.jpg", "ảnh 3.jpg"]);
            assert_eq!(page.item(ITEM).field("note").value().await?, "Xem lại ảnh");
            // The other one is in the list of what can be restored later.
            steps::go_home(&page).await?;
            page.find("details[data-kept] summary").click().await?;
            page.action("take-back").click().await?;
            steps::wait_for_item(&page, ITEM).await?;
            wait_for_pieces(&page, 4).await?;
            let names: Vec<Value> =
                reported(&page).await?.iter().map(|one| one["name"].clone()).collect();
            assert_eq!(names, ["ảnh 0.jpg", "ảnh 1.jpg", "ảnh 2.jpg", "ảnh 3.jpg"]);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn bytes_go_with_their_inspection_and_forgotten_ones_at_the_next_start() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            let folder = tempfile::tempdir()?;
            attach(&page, &pictures_in(folder.path(), &page, 1).await?).await?;
            wait_for_pieces(&page, 1).await?;
            // As if the page had been killed before it wrote the record that names the file.
            let forgotten = format!("{id}/{}", "0".repeat(64));
            let script = "
                return new Promise((yes, no) => {
                  const opening = indexedDB.open('tkt:default');
                  opening.onsuccess = () => {
                    const writing = opening.result.transaction('attachments', 'readwrite');
                    writing.objectStore('attachments').put(new Uint8Array([1]), given);
                    writing.oncomplete = () => { opening.result.close(); yes(null); };
                    writing.onerror = () => no(writing.error);
                  };
                });
            ";
            page.evaluate(script, json!(forgotten)).await?;
            assert_eq!(attachments::keys(&page).await?.len(), 2);
            page.wait_for_save_state("saved").await?;
            page.reload().await?;
            let left = async |count| {
                wait_until(&format!("{count} attachments"), async || {
                    Ok((attachments::keys(&page).await?.len() == count).then_some(()))
                })
                .await
            };
            left(1).await?;
            steps::delete_for_good(&page, &id).await?;
            left(0).await
        })
        .await
}

/// Records the longest task since the page was loaded, in milliseconds.
const TASKS: &str = "
    window.__longest = 0;
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) window.__longest = Math.max(window.__longest, task.duration);
    }).observe({ type: 'longtask' });
";

/// On a device with many texts and many files, the sweep at the start must not block the page.
#[tokio::test]
async fn forgotten_bytes_are_looked_for_in_small_pieces() -> TestResult {
    Setup::dist()
        .own_browser()
        .preload(TASKS)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            page.wait_for_save_state("saved").await?;
            let fill = "
                const hex = (number) => number.toString(16).padStart(64, '0');
                return new Promise((yes, no) => {
                  const opening = indexedDB.open('tkt:default');
                  opening.onsuccess = () => {
                    const filling = opening.result.transaction(['items', 'attachments'], 'readwrite');
                    const [items, files] = ['items', 'attachments'].map((name) => filling.objectStore(name));
                    for (let number = 0; number < 6600; number += 1) {
                      const named = number % 7 ? '' : `,\"sha256\":\"${hex(number / 7)}\"`;
                      items.put(`{\"note\":\"${'Đã niêm yết công khai. '.repeat(20)}\"${named}}`, `${given}/zz${number}`);
                    }
                    // The last one is named by nothing.
                    for (let number = 0; number < 944; number += 1) {
                      files.put(new Uint8Array([1]), `${given}/${hex(number)}`);
                    }
                    filling.oncomplete = () => { opening.result.close(); yes(null); };
                    filling.onabort = () => no(filling.error);
                  };
                });
            ";
            page.evaluate(fill, json!(id)).await?;
            assert_eq!(attachments::keys(&page).await?.len(), 944);
            page.reload().await?;
            wait_until("the forgotten one to be gone", async || {
                Ok((attachments::keys(&page).await?.len() == 943).then_some(()))
            })
            .await?;
            let longest = page.evaluate("return window.__longest;", json!(null)).await?;
            let longest = longest.as_f64().context("a duration")?;
            assert!(longest < 500.0, "a task took {longest} ms");
            Ok(())
        })
        .await
}

/// Waits until the vault has at least this many attachments.
pub async fn wait_for_attachments(page: &Page, count: usize) -> TestResult {
    wait_until(&format!("{count} attachments"), async || {
        let there = attachments::keys(page).await?.len();
        Ok((there >= count).then_some(()))
    })
    .await
}

#[tokio::test]
async fn a_hundred_photos_stay_usable() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            let folder = tempfile::tempdir()?;
            attach(&page, &pictures_in(folder.path(), &page, 100).await?).await?;
            for count in (1..=9).map(|tens| tens * 10) {
                wait_for_attachments(&page, count).await?;
            }
            wait_for_pieces(&page, 100).await?;
            page.item(ITEM).field("note").fill("Trăm ảnh").await?;
            page.wait_for_save_state("saved").await?;
            page.reload().await?;
            steps::open(&page, &id).await?;
            wait_for_pieces(&page, 100).await?;
            let drawn = "
                const canvases = root.querySelectorAll('.evidence-piece canvas');
                return [...canvases].filter((canvas) => canvas.width === 240).length;
            ";
            wait_until("all to be drawn", async || {
                Ok((page.evaluate(drawn, json!(null)).await? == json!(100)).then_some(()))
            })
            .await?;
            let all = reported(&page).await?;
            assert_eq!(all.len(), 100);
            assert_eq!(all.first().map(|one| one["name"].clone()), Some(json!("ảnh 0.jpg")));
            Ok(())
        })
        .await
}
