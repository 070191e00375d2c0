//! Makes golden files with the present program by simulating a person's work:
//! `tests/golden/README.md` says when.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use browser_tests::{Page, Setup, Stage, TestResult};
use serde_json::{Map, Value, json};

use super::{dump, entered, shown};
use crate::saving::CUT_OFF;
use crate::support::checklists::{project, small};
use crate::support::clock::{CLOCK, live_in_vietnam};
use crate::support::dialogs::file;
use crate::support::reports::canonical;
use crate::support::start::Start;
use crate::support::steps;

/// The contents that opening the files must restore.
#[derive(Default)]
struct Made {
    inspections: Map<String, Value>,
    reports: Vec<(&'static str, String)>,
}

#[tokio::test]
#[ignore = "makes golden files in target/golden; see tests/golden/README.md"]
async fn golden_files() -> TestResult {
    Setup::dist()
        .preload(CLOCK)
        .timeout(std::time::Duration::from_secs(300))
        .run(async |stage| {
            live_in_vietnam(&stage.browser).await?;
            let page = stage.open("/").await?;
            let mut made = Made::default();

            let damaged = set_one_aside(&page).await?;
            let deleted = deleted(&page, &mut made).await?;
            amended(&page, &mut made).await?;
            completed(stage, &page, &mut made).await?;
            let own = own_checklist(stage, &page, &mut made).await?;
            let workspace = workspace(&page).await?;
            let journal = journal(&page, &own, &mut made).await?;

            let list = page.call("listInspections", json!([])).await?;
            let stored = dump(&page).await?;
            let expected = json!({
                "list": list, "inspections": made.inspections, "deleted": deleted,
                "workspace": workspace, "journal": journal, "aside": damaged,
            });
            let folder = project("target/golden");
            write(&folder.join("storage.json"), &format!("{stored:#}\n"))?;
            write(&folder.join("expected.json"), &format!("{expected:#}\n"))?;
            for (name, report) in made.reports {
                write(&folder.join("reports").join(name), &report)?;
            }
            Ok(())
        })
        .await
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::create_dir_all(path.parent().context("it is in a folder")?)?;
    fs::write(path, text).with_context(|| path.display().to_string())
}

/// Sets the clock to this hour of the same day, so that the list has an order.
async fn at_hour(page: &Page, hour: u32) -> Result<()> {
    page.evaluate("window.__now = Date.UTC(2026, 1, 10, 3 + given);", json!(hour)).await.map(drop)
}

/// Records the entries of the open inspection, as they appear when it is opened.
async fn remember(page: &Page, id: &str, made: &mut Made) -> Result<()> {
    page.wait_for_save_state("saved").await?;
    steps::go_home(page).await?;
    steps::open(page, id).await?;
    made.inspections.insert(id.to_owned(), entered(page).await?);
    Ok(())
}

async fn export(page: &Page, name: &'static str, made: &mut Made) -> Result<()> {
    let report = page.call("exportReport", json!([])).await?;
    made.reports.push((name, canonical(page, &report).await?));
    Ok(())
}

/// Stores a truncated journal entry, which is set aside, and returns its text.
async fn set_one_aside(page: &Page) -> Result<Value> {
    let damaged = r#"{"version":1,"inspection":"00000000-0000-4000-8000-000000000000","part":"thr"#;
    let script = "
        localStorage.setItem('tkt:default:journal:00000000-0000-4000-8000-000000000000:thrift', given);
    ";
    page.evaluate(script, json!(damaged)).await?;
    page.reload().await?;
    steps::notice(page, "set-aside").await?;
    Ok(json!(damaged))
}

async fn deleted(page: &Page, made: &mut Made) -> Result<Value> {
    at_hour(page, 1).await?;
    let id = Start { checklist: "vung-tau-2022", ..Start::default() }.run(page).await?;
    page.item("index-measures").choose("met").await?;
    page.item("index-measures").field("note").fill("Kế hoạch số 12").await?;
    remember(page, &id, made).await?;
    steps::go_home(page).await?;
    steps::listed(page, &id).find("[data-action=delete]").click().await?;
    page.find(&format!("[data-deleted=\"{id}\"]"))
        .wait_for("to be deleted", async |deleted| deleted.exists().await)
        .await?;
    Ok(json!(id))
}

async fn amended(page: &Page, made: &mut Made) -> Result<()> {
    at_hour(page, 2).await?;
    let start =
        Start { unit: "UBND phường Mỹ Phú", inspectors: "Lê Thị Hoa", ..Start::default() };
    let id = start.run(page).await?;
    page.item("thrift").choose("met").await?;
    page.item("overdue-not-closed").field("count").fill("3").await?;
    steps::complete_anyway(page, "Phần mềm một cửa đang bảo trì").await?;
    at_hour(page, 3).await?;
    steps::amend(page).await?;
    page.item("overdue-not-closed").field("count").fill("12 hồ sơ").await?;
    page.item("feedback-posted").check("phone").await?;
    remember(page, &id, made).await?;
    export(page, "amended.json", made).await?;
    steps::go_home(page).await
}

async fn completed(stage: &Stage, page: &Page, made: &mut Made) -> Result<()> {
    at_hour(page, 4).await?;
    let start =
        Start {
            period: "2022-Q3", inspectors: "Trần Văn Đức, Lê Thị Hoa", ..Start::default()
        };
    let id = start.run(page).await?;
    page.item("signature-agency").field("numerator").fill("1.959").await?;
    page.item("signature-agency").field("denominator").fill("1.960").await?;
    page.item("staff-coordination").choose("partly-met").await?;
    page.item("staff-coordination").field("reason").fill("Thiếu người ở Một cửa").await?;
    steps::complete_anyway(page, "Chưa đủ số liệu quý III").await?;
    remember(page, &id, made).await?;
    export(page, "completed.json", made).await?;
    page.action("result").click().await?;
    page.action("export").click().await?;
    stage.browser.wait_for_download(".json").await?;
    page.action("answering").click().await?;
    page.wait_for_save_state("saved").await?;
    steps::go_home(page).await
}

/// Starts an inspection by the person's own checklist, with every kind of item, own targets and
/// unreadable text. Returns its id.
async fn own_checklist(stage: &Stage, page: &Page, made: &mut Made) -> Result<String> {
    at_hour(page, 5).await?;
    let checklist = file(stage, "danh-muc.json", &small()?.to_string())?;
    page.field("checklist-file").upload(&checklist).await?;
    page.action("use-checklist").click().await?;
    steps::wait_for_no_dialog(page).await?;
    let start = Start {
        checklist: "",
        period: "2026-Q1",
        questions: &[("inspected", true)],
        ..Start::default()
    };
    let id = start.run(page).await?;
    let fill =
        async |item: &str, field: &str, text: &str| page.item(item).field(field).fill(text).await;
    page.item("attested").choose("partly-met").await?;
    fill("attested", "reason", "Chưa xong").await?;
    fill("attested", "note", "Xem lại biên bản ngày 05/02").await?;
    fill("share", "numerator", "24").await?;
    fill("share", "denominator", "25").await?;
    fill("own-share", "target", "80,5").await?;
    fill("own-share", "numerator", "1").await?;
    fill("own-share", "denominator", "3").await?;
    fill("overdue", "count", "1,5 hồ sơ").await?;
    fill("hours", "quantity", "4,5").await?;
    fill("report", "due", "15/03/2026").await?;
    page.item("report").field("not-yet").check().await?;
    page.item("old-plan").field("na").check().await?;
    fill("old-plan", "reason", "Đã hết hạn").await?;
    page.item("monthly").check("2026-01").await?;
    let roster = page.item("posted");
    for (row, (name, since)) in
        [("Khai sinh", "01/01/2026"), ("Kết hôn", "đầu năm")].iter().enumerate()
    {
        roster.action("add-row").click().await?;
        roster.row(row).column("name").fill(name).await?;
        roster.row(row).column("desk").check().await?;
        roster.row(row).column("since").fill(since).await?;
    }
    roster.row(0).column("website").check().await?;
    page.item("notice").check("address").await?;
    fill("proposals", "text", "Cần thêm máy quét.\nVà 1 máy in \"A3\".").await?;
    page.item("if-inspected").choose("met").await?;
    remember(page, &id, made).await?;
    export(page, "in-progress.json", made).await?;
    steps::go_home(page).await?;
    Ok(id)
}

/// Lets somebody else work on the same device and returns the contents of their workspace.
async fn workspace(page: &Page) -> Result<Value> {
    at_hour(page, 6).await?;
    let name = "Trần Nam";
    page.action("hand-over").click().await?;
    page.field("new-workspace").fill(name).await?;
    page.action("hand-over-go").click().await?;
    steps::wait_for_no_dialog(page).await?;
    let tag = page.find(".workspace-tag");
    tag.wait_for("to be hers", async |tag| {
        Ok(tag.exists().await? && tag.text().await?.ends_with(name))
    })
    .await?;
    let mut made = Made::default();
    let start = Start {
        checklist: "sa-dec-2023",
        unit: "UBND phường 9",
        period: "2023",
        ..Start::default()
    };
    let id = start.run(page).await?;
    let items = page.items().await?;
    let first = items.first().context("the checklist has items")?;
    page.item(first).field("note").fill("Ghi chú của Nam").await?;
    remember(page, &id, &mut made).await?;
    steps::go_home(page).await?;
    let list = page.call("listInspections", json!([])).await?;

    page.action("hand-over").click().await?;
    page.find("[data-action=go-to-workspace]:enabled").click().await?;
    tag.wait_for("to be gone", async |tag| Ok(!tag.exists().await?)).await?;
    page.wait_for("the common list", async |page| Ok(shown(page).await? != json!([]))).await?;
    Ok(json!({ "name": name, "list": list, "inspections": made.inspections }))
}

/// Leaves an inspection's last words in the journal alone.
async fn journal(page: &Page, id: &str, made: &mut Made) -> Result<Value> {
    at_hour(page, 7).await?;
    steps::open(page, id).await?;
    page.evaluate(CUT_OFF, json!(null)).await?;
    let text = "Cần thêm máy quét.\nBổ sung một chỗ ngồi chờ.";
    page.item("proposals").field("text").fill(text).await?;
    page.wait_for_save_state("failed").await?;
    made.inspections.insert(id.to_owned(), entered(page).await?);
    Ok(json!({ "inspection": id, "item": "proposals", "text": "Bổ sung một chỗ ngồi chờ." }))
}
