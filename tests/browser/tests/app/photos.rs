//! The photos of the evidence on paper and in the Word file.

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use browser_tests::{Engine, Page, Setup, Stage, TestResult};
use serde_json::{Value, json};
use zip::ZipArchive;

use crate::support::checklists::text;
use crate::support::paper::{self, NO_PRINTER};
use crate::support::pictures::{PLACE, attach, by_camera, jpeg, write};
use crate::support::start::Start;
use crate::support::{attachments, steps};

const ITEM: &str = "thrift";

/// Attaches an upright photo, another one, and a document.
async fn with_photos(page: &Page, folder: &Path) -> Result<String> {
    let id = Start::default().run(page).await?;
    let photo = by_camera(&jpeg(page, 1200, 900, ["red", "blue"]).await?)?;
    let small = jpeg(page, 90, 60, ["red", "blue"]).await?;
    let files = [
        write(folder, "bảng.jpg", &photo)?,
        write(folder, "quyết định.pdf", b"%PDF-1.7\n% a page\n")?,
        write(folder, "nhỏ.jpg", &small)?,
    ];
    attach(page, ITEM, &files).await?;
    page.item(ITEM).field("caption").fill("Bảng <niêm yết>").await?;
    page.wait_for_save_state("saved").await?;
    Ok(id)
}

/// Opens the dialog, and waits until its photos are ready.
async fn ask(page: &Page) -> TestResult {
    paper::ask(page).await?;
    let print = page.action("print-now");
    let is_ready = async |print: &browser_tests::Control| {
        Ok(print.attribute("aria-disabled").await?.is_none())
    };
    print.wait_for("to be ready", is_ready).await
}

/// Returns the printed photos: their sizes, two of their colours, and their captions.
async fn printed(page: &Page) -> Result<Value> {
    let script = "
        const colour = (canvas, share) => {
          const x = canvas.width * share, y = canvas.height * share;
          const [red, , blue] = canvas.getContext('2d').getImageData(x, y, 1, 1).data;
          return red > blue ? 'red' : 'blue';
        };
        return [...paper.querySelectorAll('.annex .photo')].map((photo) => {
          const canvas = photo.querySelector('canvas');
          const { width, height } = canvas;
          return [width, height, colour(canvas, 0.1), colour(canvas, 0.9), photo.textContent];
        });
    ";
    paper::on_paper(page, script, json!(null)).await
}

/// Returns the files in a Word file whose names begin with `start`.
fn inside(file: &Path, start: &str) -> Result<Vec<Vec<u8>>> {
    let mut zip = ZipArchive::new(Cursor::new(fs::read(file)?))?;
    let names = zip.file_names().map(|name| Ok(name?.into_owned()));
    let names = names.collect::<Result<Vec<String>>>()?;
    let names = names.into_iter().filter(|name| name.starts_with(start));
    let read = |name: String| {
        let mut bytes = Vec::new();
        zip.by_name(&name)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    names.map(read).collect()
}

async fn save_word(stage: &Stage, page: &Page) -> Result<PathBuf> {
    page.action("save-docx").click().await?;
    steps::wait_for_no_dialog(page).await?;
    stage.browser.wait_for_download(".docx").await
}

/// Photos are in the annex, the right way up, with the numbers by which the table refers to them.
pub async fn in_the_annex(engine: Engine) -> TestResult {
    Setup::dist()
        .engine(engine)
        .preload(NO_PRINTER)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let folder = tempfile::tempdir()?;
            with_photos(&page, folder.path()).await?;
            ask(&page).await?;
            assert!(page.field("photos").is_checked().await?);
            assert_eq!(page.axe().await?, Vec::<String>::new());
            paper::print(&page).await?;
            let number = page.item(ITEM).find(".item-number").text().await?;
            let number = number.trim_end_matches(['.', ' ']);
            let expected = json!([
                [480, 640, "red", "blue", format!("Ảnh 1 (mục {number}): Bảng <niêm yết>")],
                [90, 60, "red", "blue", format!("Ảnh 2 (mục {number}): nhỏ.jpg")],
            ]);
            assert_eq!(printed(&page).await?, expected);
            let annex = paper::text(&page, ".annex").await?;
            let told =
                "Minh chứng: Bảng <niêm yết> (bảng.jpg, Ảnh 1); quyết định.pdf; nhỏ.jpg, Ảnh 2";
            assert!(annex.contains(told), "{annex}");
            paper::finish(&page).await?;

            // Without photos, their names are printed.
            ask(&page).await?;
            page.field("photos").click().await?;
            paper::print(&page).await?;
            assert_eq!(printed(&page).await?, json!([]));
            let annex = paper::text(&page, ".annex").await?;
            assert!(annex.contains("(bảng.jpg); quyết định.pdf; nhỏ.jpg"), "{annex}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn photos_stand_in_the_annex() -> TestResult {
    in_the_annex(Engine::Chromium).await
}

#[tokio::test]
async fn photos_stand_in_the_word_file() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let folder = tempfile::tempdir()?;
            with_photos(&page, folder.path()).await?;
            ask(&page).await?;
            let file = save_word(stage, &page).await?;
            let photos = inside(&file, "word/media/")?;
            assert_eq!(photos.len(), 2);
            for photo in photos {
                assert!(photo.starts_with(b"\xff\xd8\xff"), "it is a JPEG");
                assert!(!photo.windows(PLACE.len()).any(|bytes| bytes == PLACE));
            }
            let document = inside(&file, "word/document.xml")?;
            let document = String::from_utf8(document.into_iter().next().context("no text")?)?;
            ensure!(document.contains("): Bảng &lt;niêm yết&gt;"), "{document}");
            Ok(())
        })
        .await
}

/// A report without its evidence, or a device that lost it.
#[tokio::test]
async fn photos_that_are_not_here_are_told_of() -> TestResult {
    Setup::dist()
        .preload(NO_PRINTER)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let folder = tempfile::tempdir()?;
            let id = with_photos(&page, folder.path()).await?;
            attachments::lose(&page).await?;
            page.reload().await?;
            steps::open(&page, &id).await?;
            ask(&page).await?;
            let told = text("vi", "print.photos-missing")?.replace("{count}", "2");
            let seen = page.find("[data-photos]").text().await?;
            ensure!(seen.starts_with(&told), "{seen}");
            for name in ["bảng.jpg", "nhỏ.jpg"] {
                ensure!(seen.contains(&format!("): {name} – ")), "{seen}");
            }
            paper::print(&page).await?;
            assert_eq!(printed(&page).await?, json!([]));
            let annex = paper::text(&page, ".annex").await?;
            assert!(
                annex.contains("Bảng <niêm yết> (bảng.jpg); quyết định.pdf; nhỏ.jpg"),
                "{annex}"
            );
            Ok(())
        })
        .await
}

/// A browser may run out of memory for canvases. Then the photos must not count as missing.
#[tokio::test]
async fn photos_that_cannot_be_drawn_are_not_called_missing() -> TestResult {
    const NO_ROOM: &str = "
        const { getContext } = HTMLCanvasElement.prototype;
        HTMLCanvasElement.prototype.getContext = function (...given) {
          return window.__noRoom ? null : getContext.apply(this, given);
        };
    ";
    Setup::dist()
        .preload(NO_PRINTER)
        .preload(NO_ROOM)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let folder = tempfile::tempdir()?;
            with_photos(&page, folder.path()).await?;
            page.evaluate("window.__noRoom = true;", json!(null)).await?;
            ask(&page).await?;
            let told = text("vi", "print.photos-undrawn")?.replace("{count}", "2");
            assert_eq!(page.find("[data-photos]").text().await?, told);
            assert!(page.find("[data-photos]").is_visible().await?);
            paper::print(&page).await?;
            assert_eq!(printed(&page).await?, json!([]));
            Ok(())
        })
        .await
}

/// Cameras give names without a place to break.
#[tokio::test]
async fn a_long_name_leaves_the_viewer_its_width() -> TestResult {
    Setup::dist()
        .viewport(320, 640)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let folder = tempfile::tempdir()?;
            Start::default().run(&page).await?;
            let photo = jpeg(&page, 90, 60, ["red", "blue"]).await?;
            let name = "IMG_20261120_083200_WA0001_COPY.jpg";
            attach(&page, ITEM, &[write(folder.path(), name, &photo)?]).await?;
            page.item(ITEM).find("[data-action=open-evidence]").click().await?;
            let dialog = page.find("[data-dialog=evidence]");
            dialog.wait_for("to be open", async |dialog| dialog.is_visible().await).await?;
            let script = "return [place.scrollWidth - place.clientWidth,
                place.querySelector('[data-action=leave]').getBoundingClientRect().right < innerWidth];";
            assert_eq!(dialog.on_element(script, json!(null)).await?, json!([0, true]));
            Ok(())
        })
        .await
}
