//! Pasted rows: columns can be assigned by hand, and the new rows are scrolled into view.

use anyhow::Result;
use browser_tests::{Control, Page, Setup, TestResult};
use serde_json::{Value, json};

use crate::support::reports;
use crate::support::scripts::{self, settle};
use crate::support::start::Start;

const ITEM: &str = "procedures-posted";

const TABLE: &str = "STT\tTên thủ tục\tDán ở đâu\tMã thủ tục\n1\tKhai sinh\tx\t1.001193\n2\tKhai tử\tchưa\t1.000656\n";

async fn start(page: &Page) -> TestResult {
    Start { checklist: "cao-lanh-2022", ..Start::default() }.run(page).await.map(drop)
}

async fn paste(page: &Page, table: &str) -> TestResult {
    let item = page.item(ITEM);
    item.action("paste-rows").click().await?;
    let script = "
        place.value = given;
        place.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
    ";
    item.field("paste").on_element(script, json!(table)).await.map(drop)
}

/// Returns the select above the pasted column of that name.
async fn choice(page: &Page, heading: &str) -> Result<Control> {
    let script = "
        const labels = [...place.querySelectorAll('.paste-preview label')];
        return labels.find((label) => label.innerText.startsWith(given))?.querySelector('select').dataset.place ?? null;
    ";
    let place = page.item(ITEM).on_element(script, json!(heading)).await?;
    let place = place.as_str().unwrap_or_default().to_owned();
    Ok(page.find(&format!("[data-item={ITEM}] [data-place=\"{place}\"]")))
}

async fn rows(page: &Page) -> Result<Value> {
    let report = page.call("exportReport", json!([])).await?;
    let item = reports::item(&report, ITEM)?;
    Ok(item.pointer("/answer/rows").cloned().unwrap_or_default())
}

#[tokio::test]
async fn columns_are_assigned_by_hand() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            start(&page).await?;
            paste(&page, TABLE).await?;
            // A column with a known heading is assigned already.
            let item = page.item(ITEM);
            item.find(".paste-preview")
                .wait_for("to be there", async |preview| preview.exists().await)
                .await?;
            assert_eq!(choice(&page, "Tên thủ tục").await?.value().await?, "name");
            assert_eq!(choice(&page, "Mã thủ tục").await?.value().await?, "code");
            assert_eq!(choice(&page, "STT").await?.value().await?, "");
            let posted = choice(&page, "Dán ở đâu").await?;
            assert_eq!(posted.value().await?, "");
            posted.select("website").await?;
            settle(&page).await?;
            assert!(posted.is_focused().await?);
            assert_eq!(posted.value().await?, "website");
            // The assignment lasts while more is typed, and in the other language.
            let more = "
                place.value += given;
                place.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }));
            ";
            item.field("paste").on_element(more, json!("3\tKết hôn\tx\t1.000894")).await?;
            settle(&page).await?;
            assert_eq!(choice(&page, "Dán ở đâu").await?.value().await?, "website");
            for _ in ["en", "vi"] {
                page.action("language").click().await?;
                settle(&page).await?;
                assert_eq!(choice(&page, "Dán ở đâu").await?.value().await?, "website");
            }
            // Each column has one source.
            choice(&page, "STT").await?.select("code").await?;
            settle(&page).await?;
            assert_eq!(choice(&page, "Mã thủ tục").await?.value().await?, "");
            assert_eq!(page.axe().await?, Vec::<String>::new());
            item.action("take-rows").click().await?;
            item.wait_for_rows(3).await?;
            let expected = json!([
                {"name": "Khai sinh", "code": "1", "website": true},
                {"name": "Khai tử", "code": "2", "website": false},
                {"name": "Kết hôn", "code": "3", "website": true},
            ]);
            assert_eq!(rows(&page).await?, expected);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_was_pasted_is_in_sight_and_takes_the_place_of_blank_rows() -> TestResult {
    Setup::dist()
        .viewport(360, 740)
        .run(async |stage| {
            let page = stage.open("/").await?;
            start(&page).await?;
            let item = page.item(ITEM);
            item.action("add-row").click().await?;
            item.row(0).column("name").type_text("Kết hôn").await?;
            item.action("add-row").click().await?;
            item.wait_for_rows(2).await?;
            let long: String = (1..=60).map(|n| format!("Thủ tục {n}\t1.{n}\tx\tx\n")).collect();
            paste(&page, &long).await?;
            item.action("take-rows").click().await?;
            item.wait_for_rows(61).await?;
            assert_eq!(item.row(1).column("name").value().await?, "Thủ tục 1");
            assert_eq!(item.row(0).column("name").value().await?, "Kết hôn");
            // The first row has the focus, below the sticky parts, and so without a tablet's
            // keyboard.
            let first = page.find(&format!("[data-item={ITEM}] [data-row=\"2\"]"));
            first.wait_for("to have the focus", async |row| row.is_focused().await).await?;
            settle(&page).await?;
            let seen = "
                const { left, top, right } = place.getBoundingClientRect();
                const hit = root.elementFromPoint((left + right) / 2, top + 24);
                return place.contains(hit) || hit?.className;
            ";
            let seen = seen.replace("root.", "place.getRootNode().");
            assert_eq!(first.on_element(&seen, Value::Null).await?, json!(true));
            // They can be undone all at once.
            page.action("undo").click().await?;
            item.wait_for_rows(2).await?;
            scripts::settle(&page).await
        })
        .await
}
