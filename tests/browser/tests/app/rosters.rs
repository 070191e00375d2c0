//! Rosters: rows by hand and from spreadsheets, sorting, rows that fall short, the previous period.

use anyhow::Result;
use browser_tests::{Page, Setup, TestResult, wait_until};
use serde_json::{Value, json};

use crate::support::checklists::text;
use crate::support::reports;
use crate::support::start::Start;
use crate::support::steps;

const ITEM: &str = "procedures-posted";

const CHECKLIST: &str = "cap-xa-2026";

const TABLE: &str = "STT\tMã thủ tục\tTên thủ tục hành chính\tNgày cập nhật\tNiêm yết tại Một cửa\tTrang thông tin điện tử\n\
    1\tKế hoạch năm\t12/KH-UBND\t05/01/2026\tx\tx\n\
    2\tBáo cáo quý I\t9/BC-UBND\t28/3/2026\tx\tchưa\n\
    3\tĐôn đốc niêm yết\t45/UBND-VP\t12/4/2026\tx\tx\n";

/// Returns the rows in the report.
async fn rows(page: &Page) -> Result<Value> {
    let report = page.call("exportReport", json!([])).await?;
    let item = reports::item(&report, ITEM)?;
    Ok(item.pointer("/answer/rows").cloned().unwrap_or_default())
}

/// Returns one column of the rows.
async fn column(page: &Page, name: &str) -> Result<Vec<Value>> {
    let rows = rows(page).await?;
    let cell = |row: &Value| row.get(name).cloned().unwrap_or_default();
    Ok(rows.as_array().into_iter().flatten().map(cell).collect())
}

/// Pastes a table and adds its rows.
async fn paste(page: &Page, table: &str, expected: u64) -> Result<()> {
    let item = page.item(ITEM);
    item.action("paste-rows").click().await?;
    let script = "
        place.value = given;
        place.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
    ";
    item.field("paste").on_element(script, json!(table)).await?;
    item.action("take-rows").click().await?;
    item.wait_for_rows(expected).await
}

#[tokio::test]
async fn a_table_is_looked_at_before_it_is_taken() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start { checklist: CHECKLIST, ..Start::default() }.run(&page).await?;
            let item = page.item(ITEM);
            item.action("paste-rows").click().await?;
            let field = item.field("paste");
            field.wait_for("to have the focus", async |field| field.is_focused().await).await?;
            assert!(!item.action("take-rows").is_enabled().await?);
            let script = "
                place.value = given;
                place.dispatchEvent(new InputEvent('input', { bubbles: true }));
            ";
            field
                .on_element(script, json!(format!("{TABLE}4\tThư mời\t7/TM\tmai\tsắp ký\t-\n")))
                .await?;
            let item_place = page.find(&format!("[data-item={ITEM}]"));
            let remarks = item_place.find(".paste-words").text().await?;
            for (name, count) in [
                ("paste.preview", "4"),
                ("paste.heading", ""),
                ("paste.unclear", "1"),
                ("paste.no-dates", "1"),
            ] {
                let expected = text("vi", name)?.replace("{count}", count);
                assert!(remarks.contains(&expected), "{remarks:?} without {expected:?}");
            }
            let preview = item_place.find(".paste-preview").text().await?;
            assert!(preview.contains("9/BC-UBND") && preview.contains("05/01/2026"), "{preview}");
            assert_eq!(item.rows().await?, 0);
            // The preview survives a change of language.
            page.action("language").click().await?;
            let preview = text("en", "paste.preview")?.replace("{count}", "4");
            item_place
                .find(".paste-words")
                .wait_for("to speak English", async |words| {
                    Ok(words.exists().await? && words.text().await?.contains(&preview))
                })
                .await?;
            item.action("take-rows").click().await?;
            item.wait_for_rows(4).await?;
            assert_eq!(
                column(&page, "name").await?,
                ["12/KH-UBND", "9/BC-UBND", "45/UBND-VP", "7/TM"]
            );
            // They can be undone all at once.
            page.action("undo").click().await?;
            item.wait_for_rows(0).await
        })
        .await
}

#[tokio::test]
async fn rows_are_sorted_filtered_and_emptied() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start { checklist: CHECKLIST, ..Start::default() }.run(&page).await?;
            paste(&page, TABLE, 3).await?;
            let item = page.item(ITEM);
            item.wait_for_verdict("not-met").await?;
            // By the number of the document, 9 before 12; then the subject, đ after k? No: before.
            for (order, expected) in [
                ("0 0", ["9/BC-UBND", "12/KH-UBND", "45/UBND-VP"]),
                ("0 1", ["45/UBND-VP", "12/KH-UBND", "9/BC-UBND"]),
                ("1 0", ["9/BC-UBND", "45/UBND-VP", "12/KH-UBND"]),
                ("3 0", ["9/BC-UBND", "45/UBND-VP", "12/KH-UBND"]),
                ("4 1", ["45/UBND-VP", "9/BC-UBND", "12/KH-UBND"]),
            ] {
                item.field("sort-rows").select(order).await?;
                assert_eq!(column(&page, "name").await?, expected, "{order}");
                for (index, number) in expected.iter().enumerate() {
                    assert_eq!(item.row(index).column("name").value().await?, *number, "{order}");
                }
            }
            item.field("failing-rows").check().await?;
            let shown = async || -> Result<Value> {
                let script = "
                    const rows = [...place.querySelectorAll('[data-row]')];
                    const shown = rows.filter((row) => row.checkVisibility());
                    return shown.map((row) => row.querySelector('[data-column=name]').value);
                ";
                page.find(&format!("[data-item={ITEM}]")).on_element(script, Value::Null).await
            };
            assert_eq!(shown().await?, json!(["9/BC-UBND"]));
            // The row stays while it is corrected.
            item.row(1).column("website").check().await?;
            item.wait_for_verdict("met").await?;
            assert_eq!(shown().await?, json!(["9/BC-UBND"]));
            // A row that is removed and restored does not hide others.
            item.row(1).find("[data-action=remove-row]").click().await?;
            item.wait_for_rows(2).await?;
            page.action("undo").click().await?;
            item.wait_for_rows(3).await?;
            assert_eq!(shown().await?, json!(["45/UBND-VP", "9/BC-UBND", "12/KH-UBND"]));
            assert!(!item.field("failing-rows").is_checked().await?);

            item.action("clear-rows").click().await?;
            item.wait_for_rows(0).await?;
            page.action("undo").click().await?;
            item.wait_for_rows(3).await?;
            item.wait_for_verdict("met").await?;
            page.wait_for_save_state("saved").await?;
            page.reload().await?;
            steps::open(&page, &id).await?;
            assert_eq!(column(&page, "name").await?, ["45/UBND-VP", "9/BC-UBND", "12/KH-UBND"]);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_focus_goes_to_the_row_that_comes_and_stays_by_the_one_that_goes() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start { checklist: CHECKLIST, ..Start::default() }.run(&page).await?;
            let item = page.item(ITEM);
            for index in 0..2 {
                item.action("add-row").click().await?;
                let first = item.row(index).column("name");
                first.wait_for("to have the focus", async |cell| cell.is_focused().await).await?;
                first.type_text(&format!("{index}/QĐ")).await?;
            }
            let remove = |row: &str| {
                page.find(&format!(
                    "[data-item={ITEM}] [data-row=\"{row}\"] [data-action=remove-row]"
                ))
            };
            remove("1").click().await?;
            item.wait_for_rows(1).await?;
            remove("1").wait_for("to have the focus", async |b| b.is_focused().await).await?;
            assert_eq!(item.row(0).column("name").value().await?, "1/QĐ");
            remove("1").click().await?;
            item.wait_for_rows(0).await?;
            item.action("add-row")
                .wait_for("to have the focus", async |button| button.is_focused().await)
                .await
        })
        .await
}

#[tokio::test]
async fn the_names_of_the_period_before_are_taken_over() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start { checklist: CHECKLIST, period: "2026-Q1", ..Start::default() }
                .run(&page)
                .await?;
            paste(&page, TABLE, 3).await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            // Another unit has no previous period.
            Start {
                checklist: CHECKLIST,
                period: "2026-Q2",
                unit: "UBND Phường 3",
                ..Start::default()
            }
            .run(&page)
            .await?;
            assert!(!page.item(ITEM).action("take-over-rows").exists().await?);
            steps::go_home(&page).await?;
            Start { checklist: CHECKLIST, period: "2026-Q2", ..Start::default() }
                .run(&page)
                .await?;
            let item = page.item(ITEM);
            let label = item.action("take-over-rows").text().await?;
            assert!(label.contains("Quý I/2026"), "{label}");
            item.action("take-over-rows").click().await?;
            item.wait_for_rows(3).await?;
            assert_eq!(
                rows(&page).await?,
                json!([
                    {"name": "12/KH-UBND", "code": "Kế hoạch năm"},
                    {"name": "9/BC-UBND", "code": "Báo cáo quý I"},
                    {"name": "45/UBND-VP", "code": "Đôn đốc niêm yết"},
                ])
            );
            // The second time there is nothing new.
            item.action("take-over-rows").click().await?;
            let none = text("vi", "roster.taken-over")?.replace("{count}", "0");
            steps::wait_for_notice(&page, "done", &none).await?;
            assert_eq!(item.rows().await?, 3);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn five_hundred_rows_can_be_worked_with() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start { checklist: CHECKLIST, ..Start::default() }.run(&page).await?;
            let table: String = (1..=500)
                .map(|n| format!("{n}/QĐ-UBND\tQuyết định số {n}\tx\tx\t05/01/2026\n"))
                .collect();
            paste(&page, &table, 500).await?;
            let item = page.item(ITEM);
            item.wait_for_verdict("met").await?;
            let last = item.row(499);
            last.column("code").fill("Sửa dòng cuối").await?;
            last.column("website").uncheck().await?;
            item.wait_for_verdict("not-met").await?;
            item.field("sort-rows").select("2 0").await?;
            page.wait_for_save_state("saved").await?;
            page.reload().await?;
            steps::open(&page, &id).await?;
            item.wait_for_rows(500).await?;
            assert_eq!(item.row(499).column("code").value().await?, "Sửa dòng cuối");
            wait_until("the rows to fall short", async || {
                Ok((item.verdict().await? == "not-met").then_some(()))
            })
            .await
        })
        .await
}
