//! Several reports imported at once, from several files and from a ZIP file, each separately.

use std::path::PathBuf;

use anyhow::{Context, Result};
use browser_tests::{Page, Setup, Stage, TestResult};
use serde_json::{Value, json};

use crate::bundles::{file, zip};
use crate::support::checklists::text;
use crate::support::sites::{host_page, small_portal};
use crate::support::start::inspections;
use crate::support::steps;

/// The page in which reports are made, and an empty one on the same device.
fn two_pages() -> Result<Setup> {
    let other = host_page(r#"<tu-kiem-tra storage-namespace="khac"></tu-kiem-tra>"#);
    Ok(small_portal()?.page("/khac", &other))
}

/// Returns the id and the report of an inspection of each of these communes.
async fn reports(page: &Page, communes: &[&str]) -> Result<Vec<(String, String)>> {
    let mut reports = Vec::new();
    for name in communes {
        let start =
            json!({ "checklist": "/small.json", "unit": { "name": name }, "period": "2022" });
        let id = page.call("startInspection", json!([start])).await?;
        page.call("setAnswer", json!(["overdue", { "count": 0 }])).await?;
        let report = page.call("exportReport", json!([])).await?;
        reports.push((id.as_str().context("an id")?.to_owned(), report.to_string()));
    }
    Ok(reports)
}

/// Chooses files, and returns the shown groups: the outcome and its lines.
async fn bring_in(page: &Page, files: &[PathBuf]) -> Result<Vec<(String, Vec<String>)>> {
    page.field("import-file").upload_all(files).await?;
    told(page).await
}

async fn told(page: &Page) -> Result<Vec<(String, Vec<String>)>> {
    let dialog = page.find("[data-dialog=import-told]");
    dialog.wait_for("to tell", async |dialog| dialog.is_visible().await).await?;
    let script = "
        return [...place.querySelectorAll('[data-outcome]')].map((group) => [
          group.dataset.outcome,
          [...group.querySelectorAll('li')].map((line) => line.innerText.trim()),
        ]);
    ";
    let told = serde_json::from_value(dialog.on_element(script, Value::Null).await?)?;
    assert_eq!(page.axe().await?, Vec::<String>::new());
    page.action("import-close").click().await?;
    steps::wait_for_no_dialog(page).await?;
    Ok(told)
}

/// Returns the lines for these units, each with the period.
fn units(outcome: &str, names: &[&str]) -> (String, Vec<String>) {
    (outcome.to_owned(), names.iter().map(|name| format!("{name} · Năm 2022")).collect())
}

/// Returns a file with a report, a truncated one, and a ZIP file with two reports and a truncated
/// one.
fn mixed(stage: &Stage, reports: &[(String, String)]) -> Result<Vec<PathBuf>> {
    let [(_, first), (_, second), (_, third)] = reports else { anyhow::bail!("three reports") };
    let half = second.chars().take(second.chars().count() / 2).collect::<String>();
    let archive = zip(&[
        ("xã 2/bao-cao.json", second.as_bytes()),
        ("xã hỏng.json", half.as_bytes()),
        ("xã 3/bao-cao.json", third.as_bytes()),
        ("ghi chú.json", b"{\"of\": \"another program\"}"),
    ])?;
    Ok(vec![
        file(stage, "xã 1.json", first.as_bytes())?,
        file(stage, "nửa.json", half.as_bytes())?,
        file(stage, "các xã.zip", &archive)?,
    ])
}

#[tokio::test]
async fn each_is_taken_in_by_itself_and_told_by_its_name() -> TestResult {
    two_pages()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let reports = reports(&page, &["Xã Một", "Xã Hai", "Xã Ba"]).await?;
            let files = mixed(stage, &reports)?;
            let page = stage.open_tab("/khac").await?;
            let cut = text("vi", "error.import-truncated")?;
            let refused = (
                "refused".to_owned(),
                vec![
                    format!("nửa.json: {cut}"),
                    format!("các xã.zip › xã hỏng.json: {cut}"),
                    format!("các xã.zip › ghi chú.json: {}", text("vi", "error.import-foreign")?),
                ],
            );
            // Texts at the same depth are in the order of the archive.
            let all = ["Xã Một", "Xã Hai", "Xã Ba"];
            assert_eq!(bring_in(&page, &files).await?, [refused.clone(), units("added", &all)]);
            assert_eq!(inspections(&page).await?.len(), 3);

            // The files again: everything exists already.
            assert_eq!(bring_in(&page, &files).await?, [refused, units("same", &all)]);
            assert_eq!(inspections(&page).await?.len(), 3);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn those_that_differ_are_asked_about_one_after_the_other() -> TestResult {
    two_pages()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let names = ["Xã Một", "Xã Hai", "Xã Ba"];
            let reports = reports(&page, &names).await?;
            let files = reports.iter().zip(names);
            let files = files
                .map(|((_, report), name)| file(stage, &format!("{name}.json"), report.as_bytes()));
            let files = files.collect::<Result<Vec<_>>>()?;
            let page = stage.open_tab("/khac").await?;
            for (id, report) in reports.iter().take(2) {
                page.call("importReport", json!([report])).await?;
                page.call("openInspection", json!([id])).await?;
                page.call("setAnswer", json!(["overdue", { "count": 7 }])).await?;
            }
            page.call("flush", json!([])).await?;
            steps::go_home(&page).await?;

            page.field("import-file").upload_all(&files).await?;
            let place = page.find("[data-import-place]");
            let asked = async |number: &str, name: &str| {
                let expected = text("vi", "import.place")?;
                let expected = expected.replace("{number}", number).replace("{count}", "2");
                place
                    .wait_for("to ask", async |place| {
                        Ok(place.exists().await? && place.text().await? == expected)
                    })
                    .await?;
                let dialog = page.find("[data-dialog=import]").text().await?;
                assert!(dialog.contains(name), "{dialog}");
                anyhow::Ok(())
            };
            asked("1", "Xã Một").await?;
            page.action("import-replace").click().await?;
            asked("2", "Xã Hai").await?;
            page.action("import-cancel").click().await?;
            let expected = [
                units("left", &["Xã Hai"]),
                units("added", &["Xã Ba"]),
                units("replaced", &["Xã Một"]),
            ];
            assert_eq!(told(&page).await?, expected);
            assert_eq!(inspections(&page).await?.len(), 3);

            // One of two is left. Closing the question by its corner cancels all that wait.
            let (id, _) = reports.first().context("the first")?;
            page.call("openInspection", json!([id])).await?;
            page.call("setAnswer", json!(["overdue", { "count": 8 }])).await?;
            page.call("flush", json!([])).await?;
            steps::go_home(&page).await?;
            page.field("import-file").upload_all(&files).await?;
            asked("1", "Xã Một").await?;
            page.find("[data-dialog=import] [data-action=leave]").click().await?;
            let expected = [units("left", &["Xã Một", "Xã Hai"]), units("same", &["Xã Ba"])];
            assert_eq!(told(&page).await?, expected);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_is_here_exactly_so_is_only_opened() -> TestResult {
    two_pages()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let reports = reports(&page, &["Xã Một"]).await?;
            let (id, report) = reports.first().context("a report")?;
            let file = file(stage, "xã 1.json", report.as_bytes())?;
            let page = stage.open_tab("/khac").await?;
            page.field("import-file").upload(&file).await?;
            steps::wait_for_notice(&page, "done", &text("vi", "import.done")?).await?;
            page.field("import-file").upload(&file).await?;
            let dialog = page.find("[data-dialog=import-same]");
            dialog.wait_for("to tell", async |dialog| dialog.is_visible().await).await?;
            assert_eq!(page.axe().await?, Vec::<String>::new());
            page.action("import-open").click().await?;
            page.item("overdue").wait_for_verdict("met").await?;
            assert_eq!(inspections(&page).await?, std::slice::from_ref(id));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn files_can_be_dropped_on_the_list() -> TestResult {
    two_pages()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let reports = reports(&page, &["Xã Một", "Xã Hai"]).await?;
            let texts: Vec<_> = reports.iter().map(|(_, report)| report).collect();
            let page = stage.open_tab("/khac").await?;
            page.wait_for("the list", async |page| page.action("import").is_visible().await)
                .await?;
            let script = "
                const dataTransfer = new DataTransfer();
                given.forEach((text, index) => dataTransfer.items.add(new File([text], `${index}.json`)));
                const list = root.querySelector('[aria-labelledby=home-title]');
                return ['dragover', 'drop'].map((name) =>
                  !list.dispatchEvent(new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer })));
            ";
            assert_eq!(page.evaluate(script, json!(texts)).await?, json!([true, true]));
            assert_eq!(told(&page).await?, [units("added", &["Xã Một", "Xã Hai"])]);
            Ok(())
        })
        .await
}
