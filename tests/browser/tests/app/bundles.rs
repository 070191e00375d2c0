//! Reports and backups that come with files: inside their JSON, or beside it in a ZIP file.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use browser_tests::{Page, Setup, Stage, TestResult, wait_until};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use tu_kiem_tra_office::Packer;

use crate::support::checklists::{project, text};
use crate::support::pictures::{attach, png_head};
use crate::support::start::{Start, inspections};
use crate::support::{attachments, reports, scripts, steps};

const MB: usize = 1024 * 1024;

/// Writes a file of the person.
pub fn file(stage: &Stage, name: &str, bytes: &[u8]) -> Result<PathBuf> {
    let folder = stage.browser.downloads().with_file_name("files");
    fs::create_dir_all(&folder)?;
    let path = folder.join(name);
    fs::write(&path, bytes)?;
    Ok(path)
}

/// Returns a document. No two documents have much in common.
fn document(number: u8, size: usize) -> Vec<u8> {
    [b"%PDF-1.7\n", photo(number, size).as_slice()].concat()
}

/// Returns bytes in which no two photos have much in common.
fn photo(number: u8, size: usize) -> Vec<u8> {
    (0..size).map(|place| (place.wrapping_mul(31) as u8) ^ number).collect()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns a file of ours with attachments in it.
fn with_attachments(text: &str, attachments: &[(String, String)]) -> Vec<u8> {
    let attachments: Map<String, Value> =
        attachments.iter().map(|(key, base64)| (key.clone(), json!(base64))).collect();
    let member = format!("{{\"attachments\":{},", Value::Object(attachments));
    text.replacen('{', &member, 1).into_bytes()
}

fn attachment(bytes: &[u8]) -> (String, String) {
    (sha256(bytes), BASE64_STANDARD.encode(bytes))
}

/// Returns a ZIP file with these files.
pub fn zip(files: &[(&str, &[u8])]) -> Result<Vec<u8>> {
    let mut packer = Packer::new();
    let mut archive = Vec::new();
    for (name, bytes) in files {
        archive.extend(packer.add(name, bytes, name.ends_with(".json"))?);
    }
    archive.extend(packer.finish()?);
    Ok(archive)
}

/// Returns the id and the canonical text of a report with these documents at an item. Its
/// inspection is removed from the device.
async fn report(stage: &Stage, page: &Page, documents: &[Vec<u8>]) -> Result<(String, String)> {
    let id = Start::default().run(page).await?;
    page.item("thrift").choose("met").await?;
    if !documents.is_empty() {
        let named = documents.iter().enumerate();
        let files = named.map(|(n, bytes)| file(stage, &format!("tệp {n}.pdf"), bytes));
        attach(page, "thrift", &files.collect::<Result<Vec<_>>>()?).await?;
    }
    page.wait_for_save_state("saved").await?;
    let report = page.call("exportReport", json!([])).await?;
    steps::go_home(page).await?;
    steps::delete_for_good(page, &id).await?;
    Ok((id, reports::canonical(page, &report).await?))
}

/// Imports a file, checks that the inspection has its documents, and deletes it again.
async fn comes_in(
    page: &Page,
    field: &str,
    file: &Path,
    id: &str,
    documents: &[Vec<u8>],
) -> Result<()> {
    page.field(field).upload(file).await?;
    steps::wait_for_notice(page, "done", &text("vi", "import.done")?).await?;
    assert_eq!(inspections(page).await?, [id]);
    page.call("openInspection", json!([id])).await?;
    assert_eq!(page.item("thrift").verdict().await?, "met");
    let keys = documents.iter().map(|bytes| format!("{id}/{}", sha256(bytes)));
    assert_eq!(attachments::digests(page).await?, keys.collect::<BTreeSet<_>>());
    steps::go_home(page).await?;
    steps::delete_for_good(page, id).await?;
    assert_eq!(attachments::digests(page).await?, BTreeSet::new());
    Ok(())
}

#[tokio::test]
async fn a_report_comes_in_with_its_files_in_either_form() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let documents: Vec<_> = (0..12).map(|number| document(number, MB / 2)).collect();
            let (id, text) = report(stage, &page, &documents).await?;
            let members: Vec<_> = documents.iter().map(|bytes| attachment(bytes)).collect();
            let json = file(stage, "bao-cao.json", &with_attachments(&text, &members))?;
            comes_in(&page, "import-file", &json, &id, &documents).await?;

            // As macOS packs a folder.
            let name = "Báo cáo quý 4/bao-cao.json";
            let mut files: Vec<(String, &[u8])> = vec![
                ("Báo cáo quý 4/".to_owned(), b""),
                ("__MACOSX/Báo cáo quý 4/._bao-cao.json".to_owned(), &[0, 5, 22, 7]),
                ("Báo cáo quý 4/.DS_Store".to_owned(), &[0, 0, 0, 1]),
                ("Báo cáo quý 4/a.json".to_owned(), b"{\"of\": \"another program\"}"),
            ];
            let named = documents.iter().enumerate();
            files.extend(named.map(|(n, bytes)| (format!("Tệp {n}.pdf"), bytes.as_slice())));
            files.push((name.to_owned(), text.as_bytes()));
            let files: Vec<_> = files.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
            let archive = file(stage, "bao-cao.zip", &zip(&files)?)?;
            comes_in(&page, "import-file", &archive, &id, &documents).await?;
            // It is accepted where a backup is expected, too.
            comes_in(&page, "restore-file", &archive, &id, &documents).await?;
            Ok(())
        })
        .await
}

/// Counts the pictures that the page decodes.
const DECODING: &str = "
    window.__decoded = 0;
    const { createImageBitmap } = window;
    window.createImageBitmap = (...given) => (window.__decoded += 1, createImageBitmap(...given));
";

/// Returns evidence as a report or a record names it.
fn named(name: &str, media: &str, bytes: &[u8], size: usize) -> Value {
    json!({ "name": name, "type": media, "size": size, "sha256": sha256(bytes) })
}

#[tokio::test]
async fn a_picture_that_comes_in_is_held_to_the_limits_and_costs_itself() -> TestResult {
    Setup::dist()
        .preload(DECODING)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let good = document(1, 1_000);
            let (id, sealed) = report(stage, &page, std::slice::from_ref(&good)).await?;
            // 400 million pixels, and a wrong type and length.
            let huge = png_head(20_000, 20_000);
            let small = png_head(640, 480);
            let (longer, program) = (document(2, 2_000), b"MZ a program".to_vec());
            let bad = [
                named("lớn.jpg", "image/jpeg", &huge, huge.len()),
                named("khác.jpg", "image/jpeg", &small, small.len()),
                named("dài.pdf", "application/pdf", &longer, 5),
                named("chương trình.pdf", "application/pdf", &program, program.len()),
            ];
            let mut changed: Value = serde_json::from_str(&sealed)?;
            let items = changed["items"].as_array_mut().context("items")?;
            let thrift = items.iter_mut().find(|item| item["id"] == json!("thrift"));
            let evidence = thrift.context("the item")?["evidence"].as_array_mut();
            evidence.context("evidence")?.extend(bad);
            let changed = reports::sealed(&page, changed).await?;
            let changed = reports::canonical(&page, &changed).await?;
            let members = [&good, &huge, &small, &longer, &program].map(|bytes| attachment(bytes));
            let json = file(stage, "bao-cao.json", &with_attachments(&changed, &members))?;
            page.field("import-file").upload(&json).await?;
            steps::wait_for_notice(&page, "done", &text("vi", "import.done")?).await?;
            steps::wait_for_notice(&page, "error", &text("vi", "import.lacks")?).await?;
            let told = steps::notice(&page, "error").await?;
            let pixels = text("vi", "evidence.too-many-pixels")?;
            let pixels = pixels.replace("{megapixels}", "400").replace("{most}", "40");
            let other = text("vi", "evidence.other")?;
            for (name, reason) in [
                ("lớn.jpg", &pixels),
                ("khác.jpg", &other),
                ("dài.pdf", &other),
                ("chương trình.pdf", &text("vi", "evidence.wrong-type")?),
            ] {
                let line = format!("{name}: {reason}");
                ensure!(told.lines().any(|told| told == line), "{line:?} is not in {told:?}");
            }
            let expected = BTreeSet::from([format!("{id}/{}", sha256(&good))]);
            assert_eq!(attachments::digests(&page).await?, expected);
            assert_eq!(page.evaluate("return window.__decoded;", json!(null)).await?, json!(0));

            // In a backup, too.
            page.call("openInspection", json!([id])).await?;
            assert_eq!(page.item("thrift").verdict().await?, "met");
            steps::go_home(&page).await?;
            steps::dismiss_notices(&page).await?;
            page.find("[aria-labelledby=device-title] [data-action=back-up-all]").click().await?;
            let saved = stage.browser.wait_for_download(".json").await?;
            let backup: Value = serde_json::from_slice(&fs::read(&saved)?)?;
            let mut backup = backup.as_object().context("an object")?.clone();
            backup.remove("attachments");
            let backup = reports::canonical(&page, &Value::Object(backup)).await?;
            let json = file(stage, "sao-luu.json", &with_attachments(&backup, &members))?;
            steps::erase_everything(&page).await?;
            page.field("restore-file").upload(&json).await?;
            page.action("restore-go").click().await?;
            steps::wait_for_notice(&page, "error", &text("vi", "import.lacks")?).await?;
            let told = steps::notice(&page, "error").await?;
            ensure!(told.contains(&format!("lớn.jpg: {pixels}")), "{told}");
            assert_eq!(inspections(&page).await?, std::slice::from_ref(&id));
            let there = attachments::digests(&page).await?;
            ensure!(
                there.is_superset(&expected) && !there.contains(&format!("{id}/{}", sha256(&huge))),
                "{there:?}"
            );
            assert_eq!(page.evaluate("return window.__decoded;", json!(null)).await?, json!(0));
            Ok(())
        })
        .await
}

/// Lets the page read this many more pieces of files. The next one waits until `__readOn` is
/// called.
async fn stop_reading_after(page: &Page, pieces: u32) -> TestResult {
    let script = "
        const read = Blob.prototype.arrayBuffer;
        const held = new Promise((come) => { window.__readOn = come; });
        let left = given;
        Blob.prototype.arrayBuffer = async function () {
          left -= 1;
          if (left < 0) await held;
          return read.call(this);
        };
    ";
    page.evaluate(script, json!(pieces)).await.map(drop)
}

/// Waits until the page shows this progress of the import.
async fn told(page: &Page, sentence: &str) -> TestResult {
    steps::wait_for_notice(page, "incoming", sentence).await
}

/// Makes a report with three documents. Returns its inspection, its file and the documents. It is
/// not on the device.
async fn of_three(stage: &Stage, page: &Page) -> Result<(String, PathBuf, Vec<Vec<u8>>)> {
    let documents: Vec<_> = (0..3).map(|number| document(number, 1_000)).collect();
    let (id, report) = report(stage, page, &documents).await?;
    let members: Vec<_> = documents.iter().map(|bytes| attachment(bytes)).collect();
    let json = file(stage, "bao-cao.json", &with_attachments(&report, &members))?;
    Ok((id, json, documents))
}

/// Imports the file, and stops after its first document: the start of the file, the file and the
/// document are read.
async fn half_in(page: &Page, json: &Path) -> TestResult {
    stop_reading_after(page, 3).await?;
    page.field("import-file").upload(json).await?;
    let storing = text("vi", "incoming.storing")?;
    told(page, &storing.replace("{number}", "2").replace("{count}", "3")).await
}

#[tokio::test]
async fn what_comes_in_is_told_and_is_whole_or_not_there() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let (id, json, documents) = of_three(stage, &page).await?;
            stop_reading_after(&page, 0).await?;
            page.field("import-file").upload(&json).await?;
            told(&page, &text("vi", "incoming.reading")?).await?;
            assert_eq!(page.axe().await?, Vec::<String>::new());

            page.reload().await?;
            half_in(&page, &json).await?;
            assert_eq!(attachments::digests(&page).await?.len(), 1);
            page.reload().await?;
            assert!(inspections(&page).await?.is_empty());
            wait_until("what was left of it to be gone", async || {
                Ok(attachments::digests(&page).await?.is_empty().then_some(()))
            })
            .await?;
            comes_in(&page, "import-file", &json, &id, &documents).await?;
            assert!(!page.find("[data-notice=incoming]").exists().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_device_is_handed_over_once_all_is_in() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let (id, json, _) = of_three(stage, &page).await?;
            half_in(&page, &json).await?;
            page.action("hand-over").click().await?;
            page.field("new-workspace").fill("Trần Nam").await?;
            page.action("hand-over-go").click().await?;
            page.evaluate("window.__readOn();", json!(null)).await?;
            let tag = page.find(".workspace-tag");
            tag.wait_for("to be there", async |tag| tag.exists().await).await?;
            assert!(inspections(&page).await?.is_empty());
            page.action("hand-over").click().await?;
            page.find("[data-action=go-to-workspace]:not([disabled])").click().await?;
            tag.wait_for("to be gone", async |tag| Ok(!tag.exists().await?)).await?;
            assert_eq!(inspections(&page).await?, [id]);
            assert_eq!(attachments::digests(&page).await?.len(), 3);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn nothing_comes_in_after_everything_was_deleted() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let (_, json, _) = of_three(stage, &page).await?;
            half_in(&page, &json).await?;
            steps::erase_everything(&page).await?;
            page.evaluate("window.__readOn();", json!(null)).await?;
            page.wait_for("it to end", async |page| {
                Ok(!page.find("[data-notice=incoming]").exists().await?)
            })
            .await?;
            assert_eq!(scripts::databases(&page).await?, Vec::<String>::new());
            assert!(!page.find("[data-notice=error]").exists().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_backup_comes_back_out_of_a_zip_file() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let backup = fs::read_to_string(project("tests/cases/backup.json"))?;
            let photo = photo(1, MB);
            let files = [("anh.jpg", photo.as_slice()), ("sao-luu.json", backup.as_bytes())];
            let archive = file(stage, "sao-luu.zip", &zip(&files)?)?;
            let inside = with_attachments(&backup, &[attachment(&photo)]);
            let json = file(stage, "sao-luu.json", &inside)?;
            for (field, file) in [("import-file", &json), ("restore-file", &archive)] {
                page.field(field).upload(file).await?;
                let dialog = page.find("[data-dialog=restore]");
                dialog.wait_for("to ask", async |dialog| dialog.is_visible().await).await?;
                let leaves = field == "import-file";
                page.action(if leaves { "restore-leave" } else { "restore-go" }).click().await?;
                steps::wait_for_no_dialog(&page).await?;
                assert!(!leaves || inspections(&page).await?.is_empty());
            }
            page.wait_for("it to be restored", async |page| {
                Ok(!inspections(page).await?.is_empty())
            })
            .await
        })
        .await
}

#[tokio::test]
async fn what_is_wrong_with_files_that_go_along_is_told() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let (_, text_of_report) = report(stage, &page, &[]).await?;
            let photo = photo(1, 1_000);
            let whole = zip(&[("a.json", text_of_report.as_bytes()), ("b.jpg", &photo)])?;
            let cut = whole.get(..whole.len() / 2).context("a half")?.to_vec();
            let mut locked = whole.clone();
            // Both headers of a file mark the need for a password.
            for (header, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
                let start = locked.windows(4).position(|bytes| bytes == header);
                let flag = locked.get_mut(start.context("a header")? + flags).context("flags")?;
                *flag |= 1;
            }
            let (key, base64) = attachment(&photo);
            let with = |key: &str, base64: &str| {
                with_attachments(&text_of_report, &[(key.to_owned(), base64.to_owned())])
            };
            let large = vec![0; 20 * MB + 1];
            let (large_key, large_base64) = attachment(&large);
            let half =
                String::from_utf8(with(&key, &base64))?.chars().take(800).collect::<String>();
            let cases = [
                ("cut.zip", "archive-damaged", "", cut),
                ("locked.zip", "archive-unsupported", "", locked),
                ("photos.zip", "archive-without-report", "", zip(&[("b.jpg", &photo)])?),
                ("empty.zip", "archive-without-report", "", zip(&[])?),
                ("other.zip", "import-foreign", "", zip(&[("a.json", b"{\"a\": 1}")])?),
                ("large.json", "attachment-too-large", "20 MB", with(&large_key, &large_base64)),
                ("altered.json", "import-altered", "", with(&sha256(b"other"), &base64)),
                ("half.json", "import-truncated", "", half.into_bytes()),
                ("bad.json", "import-damaged", "/attachments/anh", with("anh", &base64)),
            ];
            for (name, code, part, bytes) in &cases {
                let file = file(stage, name, bytes)?;
                is_refused(&page, "import-file", &file, code, part).await?;
            }
            // Sparse files, which take no space on the disk.
            let elsewhere = text("vi", "error.import-large-backup")?;
            for (field, megabytes, code, part) in [
                // The hint at the field for backups appears unless the file is too large for that
                // as well.
                ("import-file", 301, "import-too-large", elsewhere.as_str()),
                ("import-file", 2001, "import-too-large", "300 MB."),
                ("restore-file", 2001, "backup-too-large", "2000 MB"),
            ] {
                let huge = file(stage, "huge.zip", b"PK\x03\x04")?;
                fs::OpenOptions::new().write(true).open(&huge)?.set_len(megabytes * MB as u64)?;
                is_refused(&page, field, &huge, code, part).await?;
            }
            assert!(inspections(&page).await?.is_empty());
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_file_beside_a_report_that_is_too_large_costs_itself() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let (id, report) = report(stage, &page, &[]).await?;
            let files = [("a.json", report.as_bytes()), ("b.pdf", &vec![0; 20 * MB + 1])];
            let archive = file(stage, "large.zip", &zip(&files)?)?;
            page.field("import-file").upload(&archive).await?;
            let dialog = page.find("[data-dialog=import-told]");
            dialog.wait_for("to tell", async |dialog| dialog.is_visible().await).await?;
            let refused = page.find("[data-outcome=refused] li").text().await?;
            assert!(refused.starts_with("large.zip › b.pdf: "), "{refused}");
            assert!(refused.contains("20 MB"), "{refused}");
            assert_eq!(inspections(&page).await?, [id]);
            Ok(())
        })
        .await
}

/// Chooses a file and waits until the page says why it is refused.
async fn is_refused(page: &Page, field: &str, file: &Path, code: &str, part: &str) -> Result<()> {
    let count = page.events("tkt-error").await?.len();
    page.field(field).upload(file).await?;
    let errors = page.wait_for_events("tkt-error", count + 1).await?;
    let told = errors.last().context("an error")?;
    assert_eq!(told.get("code"), Some(&json!(code)), "{}: {told}", file.display());
    let sentence = page.find("[data-notice=error] p").text().await?;
    let stem = text("vi", &format!("error.{code}"))?;
    let stem = stem.split('{').next().unwrap_or_default();
    assert!(sentence.starts_with(stem) && sentence.contains(part), "{sentence:?}: {stem:?} {part}");
    steps::dismiss_notices(page).await
}

/// Files are refused by their size alone, without reading them.
#[tokio::test]
async fn what_is_too_large_is_told_with_the_limit() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let folder = tempfile::tempdir()?;
            for (field, megabytes, code) in [
                ("import-file", 300, "import-too-large"),
                ("restore-file", 2_000, "backup-too-large"),
            ] {
                let file = folder.path().join(format!("{megabytes}.json"));
                // A sparse file, which takes no space on the disk.
                std::fs::File::create(&file)?.set_len(megabytes * 1024 * 1024 + 1)?;
                is_refused(&page, field, &file, code, &format!("{megabytes} MB")).await?;
            }
            Ok(())
        })
        .await
}
