//! Imports of reports, by the method and by the person.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use browser_tests::{Engine, Page, Stage, TestResult};
use serde_json::{Value, json};

use super::{report, set_answer, start_small};
use crate::support::checklists::text;
use crate::support::reports::{check_file, item};
use crate::support::sites::{host_page, small_portal};
use crate::support::start::inspections;
use crate::support::{scripts, steps};

/// Enters every kind of answer: read and unread texts, notes, own targets and dates, rows.
async fn enter_much(page: &Page) -> Result<()> {
    for (item, answer) in [
        ("attested", json!({ "verdict": "partly-met", "reason": "Chưa có “kế hoạch”\nriêng" })),
        ("overdue", json!({ "count": 9_007_199_254_740_991_u64 })),
        ("hours", json!({ "quantity": "4.5" })),
        ("monthly", json!({ "donePeriods": ["2022-02", "2022-11"] })),
        (
            "posted",
            json!({ "rows": [{ "name": "Khai sinh", "desk": true, "since": "hôm qua" }, {}] }),
        ),
        ("notice", json!({ "parts": { "phone": true, "address": false } })),
        ("proposals", json!({ "notApplicable": true, "reason": "Không có" })),
    ] {
        set_answer(page, item, answer).await?;
    }
    page.item("share").field("numerator").type_text("24a").await?;
    page.item("share").field("denominator").type_text("1250").await?;
    page.item("share").field("note").type_text("Theo phần mềm, xem <b>phụ lục</b>").await?;
    page.item("own-share").field("target").type_text("80,5").await?;
    page.item("report").field("due").type_text("15/12/2022").await?;
    page.item("old-plan").field("due").type_text("31/02/2023").await?;
    page.item("old-plan").field("not-yet").check().await
}

/// Exports by the button, moves the file out of the folder of downloads and returns its path.
async fn export(stage: &Stage, page: &Page, name: &str) -> Result<PathBuf> {
    page.action("export").click().await?;
    let downloaded = stage.browser.wait_for_download(".json").await?;
    let file = stage.browser.downloads().with_file_name(name);
    fs::rename(&downloaded, &file)?;
    Ok(file)
}

/// Fails unless two files are the same, and shows the difference.
fn check_same(status: &str, first: &Path, second: &Path) -> TestResult {
    let (first, second) = (fs::read(first)?, fs::read(second)?);
    if first != second {
        let same = first.iter().zip(&second).take_while(|(one, other)| one == other).count();
        let around = |bytes: &[u8]| {
            let part = bytes.get(same.saturating_sub(60)..bytes.len().min(same + 60));
            String::from_utf8_lossy(part.unwrap_or_default()).into_owned()
        };
        bail!("{status}: the files differ:\n{}\n{}", around(&first), around(&second));
    }
    Ok(())
}

#[tokio::test]
async fn exported_imported_and_exported_again_is_the_same_file() -> TestResult {
    round_trip(Engine::Chromium).await
}

/// A report survives export and import, in any browser.
pub async fn round_trip(engine: Engine) -> TestResult {
    small_portal()?
        .engine(engine)
        .page("/khac", &host_page(r#"<tu-kiem-tra storage-namespace="khac"></tu-kiem-tra>"#))
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = start_small(&page).await?;
            enter_much(&page).await?;
            for status in ["in-progress", "completed"] {
                if status == "completed" {
                    steps::complete_anyway(&page, "Máy chủ bảo trì").await?;
                }
                let first = export(stage, &page, "first").await?;
                let reported = check_file(&page, &fs::read(&first)?).await?;
                assert_eq!(reported.pointer("/inspection/status"), Some(&json!(status)));
                let entered = scripts::fields(&page).await?;

                let other = stage.open_tab("/khac").await?;
                assert!(inspections(&other).await?.is_empty());
                other.field("import-file").upload(&first).await?;
                steps::wait_for_notice(&other, "done", &text("vi", "import.done")?).await?;
                steps::open(&other, &id).await?;
                scripts::check_same(&entered, &scripts::fields(&other).await?)?;
                let second = export(stage, &other, "second").await?;
                check_same(status, &first, &second)?;

                // The methods give the same result.
                let object = report(&other).await?;
                assert!(object == reported, "{status}: the method exports something else");
                steps::go_home(&other).await?;
                steps::delete_for_good(&other, &id).await?;
                assert_eq!(
                    other.call("importReport", json!([object.to_string()])).await?,
                    json!(id)
                );
                other.call("openInspection", json!([id])).await?;
                assert!(
                    report(&other).await? == reported,
                    "{status}: imported as text, it is another one"
                );
                // Cleared for the next round.
                steps::go_home(&other).await?;
                steps::delete_for_good(&other, &id).await?;
                other.close().await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_method_rejects_replaces_or_keeps_both() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = start_small(&page).await?;
            set_answer(&page, "overdue", json!({ "count": 3 })).await?;
            page.item("own-share").field("target").type_text("80").await?;
            let old = report(&page).await?;
            // Since then more was entered, and some of it changed.
            set_answer(&page, "overdue", json!({ "count": 0 })).await?;
            set_answer(&page, "hours", json!({ "quantity": "5" })).await?;
            page.item("share").field("note").type_text("mới").await?;
            page.item("own-share").field("target").fill("90").await?;
            page.call("flush", json!([])).await?;
            let new = report(&page).await?;

            for arguments in [
                json!([old]),
                json!([old, { "onConflict": "reject" }]),
                json!([old.to_string(), {}]),
            ] {
                assert_eq!(
                    scripts::refusal(&page, "importReport", arguments).await?,
                    "import-conflict"
                );
            }
            assert!(report(&page).await? == new, "a rejected import changed something");

            let kept =
                page.call("importReport", json!([old, { "onConflict": "keep-both" }])).await?;
            let kept = kept.as_str().context("an id")?.to_owned();
            assert_ne!(kept, id);
            let mut listed = inspections(&page).await?;
            listed.sort();
            let mut expected = vec![id.clone(), kept.clone()];
            expected.sort();
            assert_eq!(listed, expected);
            page.call("openInspection", json!([kept])).await?;
            let copy = report(&page).await?;
            assert_eq!(item(&copy, "overdue")?.get("answer"), Some(&json!({ "count": 3 })));
            assert_eq!(copy.get("items"), old.get("items"));
            page.call("openInspection", json!([id])).await?;
            assert!(report(&page).await? == new, "keeping both changed the one that was there");

            let replaced =
                page.call("importReport", json!([old, { "onConflict": "replace" }])).await?;
            assert_eq!(replaced, json!(id));
            page.call("openInspection", json!([id])).await?;
            // Values that the report doesn't have are gone: the note, the hours, the later target.
            assert!(report(&page).await? == old, "it is not the report that was imported");
            assert_eq!(page.item("share").field("note").value().await?, "");
            page.reload().await?;
            page.call("openInspection", json!([id])).await?;
            assert!(report(&page).await? == old, "after a reload it is another one");
            assert_eq!(inspections(&page).await?.len(), 2);
            // There was no question.
            assert!(!page.find("[data-notice=import-conflict]").exists().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_person_is_asked_and_decides() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = start_small(&page).await?;
            set_answer(&page, "overdue", json!({ "count": 3 })).await?;
            let file = export(stage, &page, "report.json").await?;
            set_answer(&page, "overdue", json!({ "count": 0 })).await?;
            page.call("flush", json!([])).await?;
            let count_of = async |id: &str| -> Result<Value> {
                page.call("openInspection", json!([id])).await?;
                let report = report(&page).await?;
                steps::go_home(&page).await?;
                Ok(item(&report, "overdue")?.pointer("/answer/count").cloned().unwrap_or_default())
            };
            steps::go_home(&page).await?;

            let question = page.find("[data-notice=import-conflict]");
            for (action, expected, told) in [
                ("import-cancel", 0, ""),
                ("import-keep-both", 0, "import.done"),
                ("import-replace", 3, "import.replaced"),
            ] {
                page.field("import-file").upload(&file).await?;
                let asked = question.text().await?;
                assert!(asked.contains("UBND phường 1") && asked.contains("2022"), "{asked}");
                page.action(action).click().await?;
                question
                    .wait_for("to be gone", async |question| Ok(!question.exists().await?))
                    .await?;
                if !told.is_empty() {
                    steps::wait_for_notice(&page, "done", &text("vi", told)?).await?;
                    steps::dismiss_notices(&page).await?;
                }
                assert_eq!(count_of(&id).await?, json!(expected), "{action}");
            }
            let all = inspections(&page).await?;
            assert_eq!(all.len(), 2);
            let copy = all.iter().find(|one| **one != id).context("the other one")?;
            assert_eq!(count_of(copy).await?, json!(3));
            Ok(())
        })
        .await
}
