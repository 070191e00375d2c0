//! Dates and periods in the forms in which people write them: unchanged while the person types, in
//! the standard form once the field is left.

use browser_tests::{Control, Setup, TestResult};
use serde_json::{Value, json};

use crate::support::checklists::text;
use crate::support::sites::small_portal;
use crate::support::start::Start;
use crate::support::{reports, steps};

const SMALL: Start<'_> = Start {
    checklist: "",
    unit: "UBND phường 1",
    unit_type: "commune",
    period: "2022",
    inspectors: "",
    questions: &[],
};

async fn wait_for_value(field: &Control, text: &str) -> TestResult {
    let what = format!("to show {text:?}");
    field.wait_for(&what, async |field| Ok(field.value().await? == text)).await
}

#[tokio::test]
async fn a_date_is_written_out_once_its_field_is_left() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = SMALL.run(&page).await?;
            page.item("posted").action("add-row").click().await?;
            page.item("attested").choose("not-met").await?;
            let [report, attested] = ["report", "attested"].map(|item| page.item(item));
            for (field, typed, shown) in [
                (report.field("date"), "1.9.2022", "01/09/2022"),
                (report.field("due"), "31/12", "31/12/2022"),
                (attested.field("finding-due"), "31032023", "31/03/2023"),
                (page.item("posted").row(0).column("since"), "1/2/22", "01/02/2022"),
            ] {
                field.type_text(typed).await?;
                // A window that loses the focus keeps it in the field, where the person goes on.
                let blur = "place.dispatchEvent(new FocusEvent('blur', { composed: true }));";
                field.on_element(blur, Value::Null).await?;
                page.item("overdue").wait_for_verdict("unanswered").await?;
                assert_eq!(field.value().await?, typed);
                page.item("overdue").field("count").click().await?;
                wait_for_value(&field, shown).await?;
                assert_eq!(field.attribute("aria-invalid").await?, None, "{typed}");
            }
            let read = page.call("exportReport", json!([])).await?;
            let answer = |item| reports::item(&read, item).map(|item| item.get("answer").cloned());
            assert_eq!(answer("report")?, Some(json!({ "done": "2022-09-01" })));
            assert_eq!(answer("posted")?, Some(json!({ "rows": [{ "since": "2022-02-01" }] })));
            page.wait_for_save_state("saved").await?;
            page.reload().await?;
            steps::open(&page, &id).await?;
            assert_eq!(report.field("due").value().await?, "31/12/2022");
            Ok(())
        })
        .await
}

/// A text that an earlier release could not read stays as stored until the person leaves its field.
#[tokio::test]
async fn what_was_kept_as_typed_is_taken_where_the_person_leaves_its_field() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = SMALL.run(&page).await?;
            page.item("report").field("date").fill("?").await?;
            page.item("report").wait_for_verdict("invalid").await?;
            let mut old = page.call("exportReport", json!([])).await?;
            let items = old["items"].as_array_mut().expect("items");
            let place = items.iter_mut().find(|item| item["id"] == "report").expect("the item");
            place["answer"]["unread"]["done"] = json!("31.12.2022");
            let old = reports::sealed(&page, old).await?;
            steps::go_home(&page).await?;
            page.call("importReport", json!([old, { "onConflict": "replace" }])).await?;
            page.call("openInspection", json!([id])).await?;

            let field = page.item("report").field("date");
            assert_eq!(field.value().await?, "31.12.2022");
            assert_eq!(page.item("report").verdict().await?, "invalid");
            let error = page.item("report").find("#report-date-error").text().await?;
            assert_eq!(error, text("vi", "unreadable.kept")?.replace("{way}", "31/12/2022"));
            assert_eq!(page.call("exportReport", json!([])).await?, old, "opening changed it");

            field.click().await?;
            page.item("report").field("due").click().await?;
            wait_for_value(&field, "31/12/2022").await?;
            assert_eq!(field.attribute("aria-invalid").await?, None);
            let new = page.call("exportReport", json!([])).await?;
            let answer = reports::item(&new, "report")?.get("answer").cloned();
            assert_eq!(answer, Some(json!({ "done": "2022-12-31" })));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_period_is_written_out_once_its_field_is_left() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let period = page.field("period");
            for (typed, shown) in [
                ("quy 4/2022", "Quý IV/2022"),
                ("01.10.2022 - 31.12.2022", "01/10/2022 – 31/12/2022"),
                ("sáu tháng", "sáu tháng"),
                ("6 thang dau nam 2022", "6 tháng đầu năm 2022"),
            ] {
                period.fill("").await?;
                period.type_text(typed).await?;
                assert_eq!(period.value().await?, typed);
                page.field("inspectors").click().await?;
                wait_for_value(&period, shown).await?;
            }
            Start { period: "6 thang dau nam 2022", ..Start::default() }.run(&page).await?;
            let report = page.call("exportReport", json!([])).await?;
            let stored = report.pointer("/inspection/period");
            assert_eq!(stored, Some(&json!("2022-01-01/2022-06-30")));
            Ok(())
        })
        .await
}
