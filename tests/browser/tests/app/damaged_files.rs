//! Evidence whose bytes are damaged on the device. Nothing else is affected, whatever is exported.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use browser_tests::{Page, Setup, Stage, TestResult};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use zip::ZipArchive;

use crate::support::attachments::{Damage, LOSING, damage};
use crate::support::checklists::text;
use crate::support::paper::{self, NO_PRINTER};
use crate::support::pictures::{attach, jpeg, write};
use crate::support::start::{Start, inspections};
use crate::support::{attachments, office, steps};

const ITEM: &str = "thrift";

/// The documents by name, with their damage.
const DAMAGED: [(&str, Damage, &str); 4] = [
    ("rỗng.pdf", Damage::Emptied, "evidence.lacks-altered"),
    ("sai.pdf", Damage::Altered, "evidence.lacks-altered"),
    ("mất.pdf", Damage::Deleted, "evidence.lacks-missing"),
    ("không đọc.pdf", Damage::Lost, "evidence.lacks-unreadable"),
];

fn document(name: &str) -> Vec<u8> {
    format!("%PDF-1.7\n% {name}\n").into_bytes()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Starts an inspection with an answer and, on one item, a good document and damaged ones. Returns
/// its id.
async fn with_damage(page: &Page, folder: &Path) -> Result<String> {
    let id = Start::default().run(page).await?;
    page.item(ITEM).choose("met").await?;
    let names = ["tốt.pdf"].into_iter().chain(DAMAGED.map(|(name, ..)| name));
    let files = names.map(|name| write(folder, name, &document(name)));
    attach(page, ITEM, &files.collect::<Result<Vec<_>>>()?).await?;
    page.wait_for_save_state("saved").await?;
    for (name, what, _) in DAMAGED {
        damage(page, &sha256(&document(name)), what).await?;
    }
    Ok(id)
}

/// Fails unless a sentence names each damaged document with its item and the reason, but not the
/// good one.
async fn names_all(page: &Page, sentence: &str, start: &str) -> TestResult {
    let number = page.item(ITEM).find(".item-number").text().await?;
    let number = number.trim_end_matches(['.', ' ']);
    for (name, _, reason) in DAMAGED {
        let line = sentence.lines().find(|line| line.contains(name));
        let line = line.with_context(|| format!("nothing of {name}: {sentence}"))?;
        let reason = text("vi", reason)?;
        ensure!(line.starts_with(&format!("{start}Mục {number} (")), "{line}");
        ensure!(line.ends_with(&format!(": {name} – {reason}")), "{line}");
    }
    ensure!(!sentence.contains("tốt.pdf"), "{sentence}");
    Ok(())
}

/// Presses a button, and returns the resulting file and message.
async fn saved(stage: &Stage, page: &Page, action: &str, end: &str) -> Result<(PathBuf, String)> {
    page.action("export").click().await?;
    page.action(action).click().await?;
    let file = stage.browser.wait_for_download(end).await?;
    steps::wait_for_notice(page, "done", "thiếu 4 tệp").await?;
    let told = steps::notice(page, "done").await?;
    steps::dismiss_notices(page).await?;
    Ok((file, told))
}

#[tokio::test]
async fn it_costs_itself_in_every_file_that_goes_out() -> TestResult {
    Setup::dist()
        .preload(LOSING)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let folder = tempfile::tempdir()?;
            let id = with_damage(&page, folder.path()).await?;

            let (file, told) = saved(stage, &page, "export-zip", ".zip").await?;
            names_all(&page, &told, "").await?;
            let mut zip = ZipArchive::new(fs::File::open(&file)?)?;
            assert_eq!(zip.len(), 2, "the report and the one document that is good");
            let mut bytes = Vec::new();
            zip.by_name("tốt.pdf")?.read_to_end(&mut bytes)?;
            assert_eq!(bytes, document("tốt.pdf"));

            let (json, told) = saved(stage, &page, "export-json", ".json").await?;
            names_all(&page, &told, "").await?;
            let report: Value = serde_json::from_slice(&fs::read(&json)?)?;
            let attached = report["attachments"].as_object().context("no attachments")?;
            assert_eq!(attached.len(), 1);
            let kept = folder.path().join("báo cáo.json");
            fs::rename(&json, &kept)?;

            // The viewer shows it, too.
            page.item(ITEM).find("li:nth-child(5) [data-action=open-evidence]").click().await?;
            page.action("save-evidence").click().await?;
            steps::wait_for_notice(&page, "error", &text("vi", "evidence.unreadable")?).await?;
            page.action("evidence-leave").click().await?;
            steps::dismiss_notices(&page).await?;

            // The exported files can be imported again.
            steps::go_home(&page).await?;
            for file in [&file, &kept] {
                steps::delete_for_good(&page, &id).await?;
                page.field("import-file").upload(file).await?;
                steps::wait_for_notice(&page, "done", &text("vi", "import.done")?).await?;
                assert_eq!(inspections(&page).await?, std::slice::from_ref(&id));
                assert_eq!(attachments::keys(&page).await?.len(), 1);
                steps::dismiss_notices(&page).await?;
                steps::open(&page, &id).await?;
                assert_eq!(page.item(ITEM).verdict().await?, "met");
                steps::go_home(&page).await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn it_costs_itself_in_a_backup() -> TestResult {
    Setup::dist()
        .preload(LOSING)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let folder = tempfile::tempdir()?;
            let id = with_damage(&page, folder.path()).await?;
            let number = page.item(ITEM).find(".item-number").text().await?;
            steps::go_home(&page).await?;
            page.find("[aria-labelledby=device-title] [data-action=back-up-all]").click().await?;
            let file = stage.browser.wait_for_download(".json").await?;
            steps::wait_for_notice(&page, "done", "thiếu 4 tệp").await?;
            let told = steps::notice(&page, "done").await?;
            ensure!(
                told.contains(&format!("Năm 2022. Mục {} (", number.trim_end_matches(['.', ' ']))),
                "{told}"
            );
            let backup: Value = serde_json::from_slice(&fs::read(&file)?)?;
            assert_eq!(backup["complete"], json!(false));
            let attached = backup["attachments"].as_object().context("no attachments")?;
            assert_eq!(attached.keys().collect::<Vec<_>>(), [&sha256(&document("tốt.pdf"))]);

            steps::open(&page, &id).await?;
            let start = told.lines().find(|line| line.contains("rỗng.pdf")).context("a line")?;
            let start = start.split("Mục ").next().unwrap_or_default();
            names_all(&page, &told, start).await?;
            steps::go_home(&page).await?;
            steps::erase_everything(&page).await?;
            page.field("restore-file").upload(&file).await?;
            page.action("restore-go").click().await?;
            page.wait_for("the inspection", async |page| steps::listed(page, &id).exists().await)
                .await?;
            steps::open(&page, &id).await?;
            assert_eq!(page.item(ITEM).verdict().await?, "met");
            assert_eq!(attachments::keys(&page).await?.len(), 1);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_backup_or_a_report_that_has_it_whole_mends_it() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let folder = tempfile::tempdir()?;
            let id = Start::default().run(&page).await?;
            let files = DAMAGED.map(|(name, ..)| write(folder.path(), name, &document(name)));
            attach(&page, ITEM, &files.into_iter().collect::<Result<Vec<_>>>()?).await?;
            page.wait_for_save_state("saved").await?;
            page.action("export").click().await?;
            page.action("export-json").click().await?;
            let report = stage.browser.wait_for_download(".json").await?;
            let kept = folder.path().join("báo cáo.json");
            fs::rename(&report, &kept)?;
            steps::dismiss_notices(&page).await?;
            steps::go_home(&page).await?;
            page.find("[aria-labelledby=device-title] [data-action=back-up-all]").click().await?;
            let backup = stage.browser.wait_for_download(".json").await?;
            steps::dismiss_notices(&page).await?;

            let is_whole = async || -> Result<bool> {
                steps::open(&page, &id).await?;
                let report = page.action("export");
                report.click().await?;
                page.action("export-zip").click().await?;
                let zip = stage.browser.wait_for_download(".zip").await?;
                let count = ZipArchive::new(fs::File::open(&zip)?)?.len();
                fs::remove_file(zip)?;
                steps::dismiss_notices(&page).await?;
                steps::go_home(&page).await?;
                Ok(count == 1 + DAMAGED.len())
            };
            let spoil = async || -> TestResult {
                let whats = [Damage::Emptied, Damage::Altered, Damage::Deleted];
                for ((name, ..), what) in DAMAGED.into_iter().zip(whats) {
                    damage(&page, &sha256(&document(name)), what).await?;
                }
                Ok(())
            };
            spoil().await?;
            ensure!(!is_whole().await?, "nothing is damaged");
            page.field("restore-file").upload(&backup).await?;
            page.action("restore-go").click().await?;
            steps::wait_for_notice(&page, "done", "").await?;
            steps::dismiss_notices(&page).await?;
            ensure!(is_whole().await?, "the backup does not mend it");

            spoil().await?;
            page.field("import-file").upload(&kept).await?;
            steps::wait_for_notice(&page, "done", &text("vi", "import.mended")?).await?;
            steps::dismiss_notices(&page).await?;
            ensure!(is_whole().await?, "the report does not mend it");
            Ok(())
        })
        .await
}

/// Deletes all checklists behind the program's back.
const NO_CHECKLISTS: &str = "
    return new Promise((done, failed) => {
      const opening = indexedDB.open('tkt:default');
      opening.onsuccess = () => {
        const transaction = opening.result.transaction('checklists', 'readwrite');
        transaction.objectStore('checklists').clear();
        transaction.oncomplete = () => { opening.result.close(); done(); };
        transaction.onabort = () => failed(transaction.error);
      };
    });
";

#[tokio::test]
async fn a_backup_brings_a_lost_checklist_back() -> TestResult {
    const OWN: &str = include_str!("../../../cases/checklist.json");
    Setup::dist()
        .file("/own.json", "application/json", OWN)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let new =
                json!({ "checklist": "/own.json", "unit": { "name": "UBND xã" }, "period": "2026" });
            let id = page.call("startInspection", json!([new])).await?;
            page.call("setAnswer", json!(["overdue", { "count": 3 }])).await?;
            page.call("flush", json!([])).await?;
            steps::go_home(&page).await?;
            page.find("[aria-labelledby=device-title] [data-action=back-up-all]").click().await?;
            let backup = stage.browser.wait_for_download(".json").await?;
            page.evaluate(NO_CHECKLISTS, json!(null)).await?;

            let page = stage.open("/").await?;
            let refused = page.try_call("openInspection", json!([id])).await?;
            assert_eq!(refused.err().map(|error| error.code).as_deref(), Some("damaged-inspection"));
            page.field("restore-file").upload(&backup).await?;
            page.action("restore-go").click().await?;
            steps::wait_for_notice(&page, "done", "").await?;
            page.call("openInspection", json!([id])).await?;
            assert_eq!(page.item("overdue").field("count").value().await?, "3");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn it_costs_itself_on_paper() -> TestResult {
    Setup::dist()
        .preload(NO_PRINTER)
        .preload(LOSING)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let folder = tempfile::tempdir()?;
            Start::default().run(&page).await?;
            let mut files = Vec::new();
            for (number, name) in (0_u32..).zip(["tốt.jpg", "rỗng.jpg", "không đọc.jpg"]) {
                let picture = jpeg(&page, 90 + number, 60, ["red", "blue"]).await?;
                files.push(write(folder.path(), name, &picture)?);
            }
            attach(&page, ITEM, &files).await?;
            page.wait_for_save_state("saved").await?;
            let report = page.call("exportReport", json!([])).await?;
            let evidence = crate::support::reports::item(&report, ITEM)?["evidence"].clone();
            for (place, what) in [(1, Damage::Emptied), (2, Damage::Lost)] {
                let digest = evidence[place]["sha256"].as_str().context("a digest")?;
                damage(&page, digest, what).await?;
            }
            paper::ask(&page).await?;
            let print = page.action("print-now");
            print
                .wait_for("to be ready", async |print| {
                    Ok(print.attribute("aria-disabled").await?.is_none())
                })
                .await?;
            let told = page.find("[data-photos]").text().await?;
            let first = text("vi", "print.photos-missing")?.replace("{count}", "2");
            ensure!(told.starts_with(&first), "{told}");
            for (name, reason) in [
                ("rỗng.jpg", "evidence.lacks-altered"),
                ("không đọc.jpg", "evidence.lacks-unreadable"),
            ] {
                let line = told.lines().find(|line| line.contains(name)).context("a line")?;
                ensure!(line.starts_with("Mục ") && line.ends_with(&text("vi", reason)?), "{line}");
            }
            assert_eq!(page.axe().await?, Vec::<String>::new());
            paper::print(&page).await?;
            let script = "return paper.querySelectorAll('.annex .photo canvas').length;";
            assert_eq!(paper::on_paper(&page, script, json!(null)).await?, json!(1));
            Ok(())
        })
        .await
}

/// Makes the browser return altered contents of a file once `window.__spoilt` is set, as when it
/// has no room.
const SPOILING: &str = "
    const { arrayBuffer } = Blob.prototype;
    Blob.prototype.arrayBuffer = async function () {
      const buffer = await arrayBuffer.call(this);
      const bytes = new Uint8Array(buffer);
      if (window.__spoilt && bytes.length > 1000) bytes[bytes.length - 900] ^= 1;
      return buffer;
    };
";

#[tokio::test]
async fn what_can_not_be_read_again_is_not_said_to_be_done() -> TestResult {
    Setup::dist()
        .preload(SPOILING)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let folder = tempfile::tempdir()?;
            let id = Start::default().run(&page).await?;
            attach(&page, ITEM, &[write(folder.path(), "tốt.pdf", &document("tốt.pdf"))?]).await?;
            page.wait_for_save_state("saved").await?;
            page.evaluate("window.__spoilt = true;", json!(null)).await?;
            for action in ["export-zip", "export-json"] {
                page.action("export").click().await?;
                page.action(action).click().await?;
                steps::wait_for_notice(&page, "error", &text("vi", "export.unfit")?).await?;
                steps::dismiss_notices(&page).await?;
            }
            steps::go_home(&page).await?;
            page.find("[aria-labelledby=device-title] [data-action=back-up-all]").click().await?;
            let unfit = text("vi", "backup.unfit")?;
            let unfit = unfit.split('{').next().unwrap_or_default();
            steps::wait_for_notice(&page, "error", unfit).await?;
            assert_eq!(office::downloads(stage)?, 0);
            // The message doesn't concern the inspection, which is there.
            page.evaluate("window.__spoilt = false;", json!(null)).await?;
            assert_eq!(inspections(&page).await?, std::slice::from_ref(&id));
            assert_eq!(
                page.call("listInspections", json!([])).await?[0]["exportedAt"],
                json!(null)
            );
            Ok(())
        })
        .await
}

/// Typed text has no limit, but a report to be read has one.
#[tokio::test]
async fn a_report_that_could_not_come_in_again_does_not_go_out() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            let script = "return element.setAnswer(given, { verdict: 'met', reason: 'x'.repeat(21 * 1024 * 1024) });";
            page.evaluate(script, json!(ITEM)).await?;
            page.call("flush", json!([])).await?;
            page.action("export").click().await?;
            let told = text("vi", "export.too-large")?.replace("{limit}", "20");
            steps::wait_for_notice(&page, "error", &told).await?;
            assert!(page.events("tkt-export").await?.is_empty());
            // A backup accepts it.
            steps::dismiss_notices(&page).await?;
            steps::go_home(&page).await?;
            page.find("[aria-labelledby=device-title] [data-action=back-up-all]").click().await?;
            let file = stage.browser.wait_for_download(".json").await?;
            let done = text("vi", "backup.done")?;
            steps::wait_for_notice(&page, "done", done.split('{').next().unwrap_or_default()).await?;
            assert!(fs::metadata(&file)?.len() > 20 * 1024 * 1024);
            assert_eq!(inspections(&page).await?, [id]);
            Ok(())
        })
        .await
}
