//! The whole job, once for each built-in checklist: start, answer everything, complete, export, and
//! find everything again.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use browser_tests::{Engine, Page, Setup, Stage, TestResult, wait_until};
use serde_json::{Value, json};

use crate::support::answers::answer;
use crate::support::checklists::{applying, builtin, id, ids, text};
use crate::support::start::Start;
use crate::support::{reports, scripts, steps};

#[tokio::test]
async fn phuong_2_by_a_ward() -> TestResult {
    phuong_2(Engine::Chromium).await
}

/// The whole job with one checklist, in any browser.
pub async fn phuong_2(engine: Engine) -> TestResult {
    let start = Start { period: "Quý IV/2022", ..Start::default() };
    job_in(engine, start, "tu-kiem-tra_ubnd-phuong-2_phuong-2-105-2022_2022-Q4.json").await
}

#[tokio::test]
async fn vinh_long_by_the_council_office() -> TestResult {
    let start = Start {
        checklist: "vinh-long-3747-2022",
        unit: "Văn phòng HĐND và UBND",
        unit_type: "council-office",
        inspectors: "Nguyễn Thị Đẹp, Trần Văn Ơn",
        ..Start::default()
    };
    job(start, "tu-kiem-tra_van-phong-hdnd-va-ubnd_vinh-long-3747-2022_2022.json").await
}

#[tokio::test]
async fn sa_dec_by_a_ward_that_was_inspected() -> TestResult {
    let start = Start {
        checklist: "sa-dec-2023",
        unit: "UBND xã Tân Quy Tây",
        period: "2023",
        questions: &[("inspected-2023", true)],
        ..Start::default()
    };
    job(start, "tu-kiem-tra_ubnd-xa-tan-quy-tay_sa-dec-2023_2023.json").await
}

#[tokio::test]
async fn cao_lanh_by_the_office_of_internal_affairs() -> TestResult {
    let start = Start {
        checklist: "cao-lanh-2022",
        unit: "Phòng Nội vụ",
        unit_type: "internal-affairs",
        period: "01/01/2022 - 31/12/2022",
        inspectors: "Lê Hữu Phước",
        ..Start::default()
    };
    job(start, "tu-kiem-tra_phong-noi-vu_cao-lanh-2022_2022-01-01_2022-12-31.json").await
}

#[tokio::test]
async fn vung_tau_by_a_ward() -> TestResult {
    let start =
        Start {
            checklist: "vung-tau-2022", unit: "UBND phường Thắng Nhất", ..Start::default()
        };
    job(start, "tu-kiem-tra_ubnd-phuong-thang-nhat_vung-tau-2022_2022.json").await
}

#[tokio::test]
async fn the_set_for_reference_by_a_commune() -> TestResult {
    let start = Start {
        checklist: "cap-xa-2026",
        unit: "UBND xã Vĩnh Thạnh Trung",
        period: "6 tháng cuối năm 2026",
        ..Start::default()
    };
    job(start, "tu-kiem-tra_ubnd-xa-vinh-thanh-trung_cap-xa-2026_2026-07-01_2026-12-31.json").await
}

/// Returns the ids that several nodes have.
const TWICE: &str = "
    const ids = [...root.querySelectorAll('[id]')].map(({ id }) => id);
    return ids.filter((id, place) => ids.indexOf(id) !== place);
";

async fn job(start: Start<'_>, file_name: &str) -> TestResult {
    job_in(Engine::Chromium, start, file_name).await
}

async fn job_in(engine: Engine, start: Start<'_>, file_name: &str) -> TestResult {
    let checklist = builtin(start.checklist)?;
    let items = applying(&checklist, start.unit_type, start.questions);
    Setup::dist()
        .engine(engine)
        .timeout(Duration::from_secs(240))
        .run(async |stage| {
            let page = stage.open("/").await?;
            let inspection = start.run(&page).await?;
            assert_eq!(page.items().await?, ids(&items));
            answer_all(&page, &items).await?;
            page.wait_for_save_state("saved").await?;
            // An element rendered over another could be read in its place.
            assert_eq!(
                page.evaluate(TWICE, json!(null)).await?,
                json!([]),
                "these are there twice"
            );

            let summary = complete(&page).await?;
            let report = export(stage, &page, file_name).await?;
            check_report(&report, &start, &items, &summary)?;

            let entered = scripts::fields(&page).await?;
            page.reload().await?;
            let listed = steps::listed(&page, &inspection).text().await?;
            for part in
                [start.unit, &text("vi", "status.completed")?, &text("vi", "home.exported")?]
            {
                assert!(listed.contains(part), "{part:?} is not in {listed:?}");
            }
            steps::open(&page, &inspection).await?;
            scripts::check_same(&entered, &scripts::fields(&page).await?)?;
            assert!(
                page.call("exportReport", json!([])).await? == report,
                "it exports another report"
            );
            Ok(())
        })
        .await
}

/// Answers item by item in the order in which the page leads to them.
async fn answer_all(page: &Page, items: &[Value]) -> Result<()> {
    let total = items.len() as u64;
    let mut met = 0;
    for (index, definition) in items.iter().enumerate() {
        steps::go_to_next_unanswered(page, id(definition)).await?;
        let item = page.item(id(definition));
        let verdict = answer(&item, definition, index).await?;
        item.wait_for_verdict(verdict).await.with_context(|| format!("variant {index}"))?;
        met += u64::from(verdict == "met");
        let expected = (index as u64 + 1, total, met);
        wait_until(&format!("the summary {expected:?}"), async || {
            let summary = page.summary().await?;
            let current = (summary.answered, summary.total, summary.met);
            ensure!(current == expected, "it is {current:?}");
            Ok(Some(()))
        })
        .await?;
    }
    page.action("next-unanswered").click().await?;
    steps::wait_for_notice(page, "done", &text("vi", "all-answered")?).await
}

/// Opens the result and completes. Returns the result's figures by verdict.
async fn complete(page: &Page) -> Result<Value> {
    page.action("result").click().await?;
    let figures = page.find(".figures");
    let script = "
        const numbers = [...place.querySelectorAll('[data-verdict]')];
        const number = (one) => Number(one.querySelector('strong').textContent);
        return Object.fromEntries(numbers.map((one) => [one.dataset.verdict, number(one)]));
    ";
    let shown = figures.on_element(script, json!(null)).await?;
    page.action("complete").click().await?;
    let of = |verdict: &str| shown.get(verdict).and_then(Value::as_u64).unwrap_or_default();
    let findings = of("not-met") + of("partly-met");
    if findings > 0 {
        // Their measures were not entered. The page says so and accepts that.
        let lacking = page.find("[data-lacking]");
        lacking.wait_for("to be there", async |list| list.exists().await).await?;
        assert_eq!(lacking.count("li").await?, findings);
        page.action("complete-anyway").click().await?;
    }
    page.wait_for("the inspection to be completed", async |page| {
        Ok(!page.action("complete").is_visible().await?)
    })
    .await?;
    page.wait_for_save_state("saved").await?;
    Ok(shown)
}

/// Exports, and returns the downloaded report.
async fn export(stage: &Stage, page: &Page, file_name: &str) -> Result<Value> {
    page.action("export").click().await?;
    let file = stage.browser.wait_for_download(".json").await?;
    let name = file.file_name().context("a file has a name")?.to_string_lossy().into_owned();
    assert_eq!(name, file_name);
    let report = reports::check_file(page, &fs::read(&file)?).await?;
    let told = page.wait_for_events("tkt-export", 1).await?;
    assert_eq!(told, [json!({ "report": report })]);
    steps::wait_for_notice(page, "done", file_name).await?;
    page.wait_for_save_state("saved").await?;
    Ok(report)
}

fn check_report(report: &Value, start: &Start<'_>, items: &[Value], shown: &Value) -> Result<()> {
    let at = |pointer: &str| report.pointer(pointer).cloned().unwrap_or_default();
    assert_eq!(at("/inspection/unit"), json!({ "name": start.unit, "type": start.unit_type }));
    assert_eq!(at("/inspection/status"), "completed");
    assert_eq!(at("/checklist/definition"), builtin(start.checklist)?);
    let inspectors: Vec<&str> =
        start.inspectors.split(", ").filter(|name| !name.is_empty()).collect();
    let expected = if inspectors.is_empty() { Value::Null } else { json!(inspectors) };
    assert_eq!(at("/inspection/inspectors"), expected);
    let questions: serde_json::Map<String, Value> =
        start.questions.iter().map(|(id, answer)| ((*id).to_owned(), json!(answer))).collect();
    let expected = if questions.is_empty() { Value::Null } else { json!(questions) };
    assert_eq!(at("/inspection/questions"), expected);

    let reported = at("/items");
    let reported = reported.as_array().context("a report has items")?;
    assert_eq!(ids(reported), ids(items));
    let count = |verdict: &str| {
        reported.iter().filter(|item| item.get("verdict") == Some(&json!(verdict))).count()
    };
    let total = items.len();
    for (name, expected) in [
        ("total", total),
        ("answered", total),
        ("met", count("met")),
        ("partlyMet", count("partly-met")),
        ("notMet", count("not-met")),
        ("notApplicable", count("not-applicable")),
        ("invalid", 0),
    ] {
        assert_eq!(at(&format!("/summary/{name}")), json!(expected), "{name}");
    }
    let verdicts = ["met", "partly-met", "not-met", "not-applicable", "invalid", "unanswered"];
    let counted: serde_json::Map<String, Value> =
        verdicts.iter().map(|verdict| ((*verdict).to_owned(), json!(count(verdict)))).collect();
    assert_eq!(shown, &json!(counted));
    Ok(())
}

/// The list shows the progress of each inspection and the state of its report.
#[tokio::test]
async fn the_list_tells_how_far_each_is() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            let listed = steps::listed(&page, &id);
            let tells = async |answered: &str, names: &[&str]| -> TestResult {
                let figures = text("vi", "progress.count")?
                    .replace("{answered}", answered)
                    .replace("{total}", "33");
                let expected: Vec<String> = names
                    .iter()
                    .map(|name| text("vi", name))
                    .chain([Ok(figures)])
                    .collect::<Result<_>>()?;
                wait_until(&format!("the list to tell {expected:?}"), async || {
                    let told = listed.text().await?;
                    ensure!(expected.iter().all(|part| told.contains(part)), "it tells {told:?}");
                    Ok(Some(()))
                })
                .await
            };
            steps::go_home(&page).await?;
            tells("0", &["status.in-progress", "home.never-exported", "home.continue"]).await?;

            steps::open(&page, &id).await?;
            page.item("thrift").choose("met").await?;
            page.action("export").click().await?;
            stage.browser.wait_for_download(".json").await?;
            steps::go_home(&page).await?;
            tells("1", &["status.in-progress", "home.exported"]).await?;

            steps::open(&page, &id).await?;
            page.item("thrift").choose("not-met").await?;
            steps::go_home(&page).await?;
            tells("1", &["home.changed-since-export"]).await?;

            steps::open(&page, &id).await?;
            steps::complete_anyway(&page, "Máy chủ bảo trì").await?;
            steps::go_home(&page).await?;
            tells("1", &["status.completed", "home.view"]).await?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_is_completed_is_changed_only_after_it_was_reopened() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            let item = page.item("thrift");
            item.choose("met").await?;
            steps::complete_anyway(&page, "Máy chủ bảo trì").await?;
            let status = async || -> Result<Value> {
                let report = page.call("exportReport", json!([])).await?;
                Ok(report.pointer("/inspection/status").cloned().unwrap_or_default())
            };
            assert_eq!(status().await?, "completed");
            for field in ["verdict", "note"] {
                assert!(!item.field(field).is_enabled().await?, "{field}");
            }
            page.wait_for_save_state("saved").await?;
            page.reload().await?;
            steps::open(&page, &id).await?;
            assert!(!item.field("note").is_enabled().await?);

            steps::amend(&page).await?;
            item.field("note").wait_for("to be open", async |note| note.is_enabled().await).await?;
            item.choose("not-met").await?;
            item.wait_for_verdict("not-met").await?;
            assert_eq!(status().await?, "amended");
            // It was completed once and stays so: there is nothing to complete again.
            assert!(!page.action("complete").is_visible().await?);
            let report = page.call("exportReport", json!([])).await?;
            assert!(report.pointer("/inspection/completedAt").is_some());
            reports::check_schema(&report)
        })
        .await
}
