//! Errors are shown once a field is left or a form is sent, not while somebody types.

use anyhow::Result;
use browser_tests::{Control, Page, Setup, TestResult};
use serde_json::{Value, json};

use crate::support::checklists::text;
use crate::support::keys::{back, press, type_text};
use crate::support::scripts::{self, settle};
use crate::support::start::Start;

/// Returns whether a field shows an error, once everything is rendered.
async fn accuses(page: &Page, field: &Control) -> Result<bool> {
    settle(page).await?;
    Ok(field.attribute("aria-invalid").await?.is_some())
}

/// Returns all announcements since the first call.
async fn heard(page: &Page) -> Result<Vec<String>> {
    let script = "
        const status = root.querySelector('.visually-hidden[role=status]');
        const note = () => __heard.push(status.textContent.trim());
        if (!window.__heard) {
          window.__heard = [];
          new MutationObserver(note).observe(status, { childList: true, characterData: true, subtree: true });
        }
        return __heard.filter(Boolean);
    ";
    scripts::strings(page.evaluate(script, Value::Null).await?)
}

#[tokio::test]
async fn two_figures_are_held_against_each_other_when_both_are_left() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            let item = page.item("signature-agency");
            let (part, whole) = (item.field("numerator"), item.field("denominator"));
            heard(&page).await?;
            part.type_text("24").await?;
            press(&stage.browser, "Tab").await?;
            assert!(whole.is_focused().await?);
            type_text(&stage.browser, "2").await?;
            // The verdict is there at once, but not yet the error that the part exceeds the whole.
            item.wait_for_verdict("invalid").await?;
            assert!(!accuses(&page, &part).await?);
            type_text(&stage.browser, "5").await?;
            item.wait_for_verdict("not-met").await?;
            // Nor the missing reason that the verdict requires, before the person could enter it.
            let reason = text("vi", "missing.reason")?;
            assert!(!item.text().await?.contains(&reason));
            // Moving from one figure to the other doesn't leave the pair.
            back(&stage.browser).await?;
            assert!(part.is_focused().await?);
            part.fill("26").await?;
            item.wait_for_verdict("invalid").await?;
            press(&stage.browser, "Tab").await?;
            assert!(!accuses(&page, &part).await?);
            press(&stage.browser, "Tab").await?;
            assert!(accuses(&page, &part).await?);
            let told = text("vi", "problem.numerator-over-denominator")?;
            assert!(item.text().await?.contains(&told));
            assert_eq!(heard(&page).await?, [told.as_str()]);

            // The error stays until the value is right, and not a key longer. The next error waits
            // again.
            part.fill("2").await?;
            item.wait_for_verdict("not-met").await?;
            assert!(!accuses(&page, &part).await?);
            part.type_text("6").await?;
            item.wait_for_verdict("invalid").await?;
            assert!(!accuses(&page, &part).await?);
            back(&stage.browser).await?;
            assert!(accuses(&page, &part).await?);
            assert_eq!(heard(&page).await?.last(), Some(&told));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_reason_is_asked_for_when_it_is_passed_by() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            let asked = text("vi", "missing.reason")?;
            let asks = async |item: &str| -> Result<bool> {
                settle(&page).await?;
                Ok(page.item(item).text().await?.contains(&asked))
            };
            // The reason isn't asked for while it is chosen or written …
            page.item("thrift").choose("not-met").await?;
            page.item("thrift").wait_for_verdict("not-met").await?;
            assert!(!asks("thrift").await?);
            page.item("thrift").field("reason").click().await?;
            assert!(!asks("thrift").await?);
            // … but when it is left empty, …
            page.item("thrift").field("note").click().await?;
            assert!(asks("thrift").await?);
            assert!(accuses(&page, &page.item("thrift").field("reason")).await?);
            page.item("thrift").field("reason").type_text("Chưa").await?;
            assert!(!asks("thrift").await?);
            assert!(!accuses(&page, &page.item("thrift").field("reason")).await?);
            // … or when the person goes on without looking at it.
            page.item("disbursement-urged").choose("partly-met").await?;
            page.item("disbursement-urged").wait_for_verdict("partly-met").await?;
            assert!(!asks("disbursement-urged").await?);
            page.item("ethics-violations").choose("met").await?;
            assert!(asks("disbursement-urged").await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_form_tells_when_it_is_sent_and_not_while_it_is_put_right() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let unit = page.field("unit-name");
            unit.type_text("U").await?;
            page.action("start").click().await?;
            page.field("period").wait_for_attribute("aria-invalid", "true").await?;
            // A valid value is cleared and typed again.
            unit.fill("").await?;
            assert!(!accuses(&page, &unit).await?);
            unit.type_text("UBND").await?;
            unit.fill("").await?;
            // The form is sent from within the field.
            press(&stage.browser, "Enter").await?;
            assert!(accuses(&page, &unit).await?);
            unit.type_text("UBND Phường 2").await?;
            assert!(!accuses(&page, &unit).await?);

            Start::default().run(&page).await?;
            page.action("complete").click().await?;
            page.action("complete-anyway").click().await?;
            let reason = page.field("complete-reason");
            reason.wait_for_attribute("aria-invalid", "true").await?;
            reason.type_text("x").await?;
            assert!(!accuses(&page, &reason).await?);
            reason.fill("").await?;
            assert!(!accuses(&page, &reason).await?);
            press(&stage.browser, "Tab").await?;
            assert!(accuses(&page, &reason).await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_date_in_a_row_is_told_when_its_cell_is_left() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start { checklist: "cao-lanh-2022", ..Start::default() }.run(&page).await?;
            let item = page.item("procedures-posted");
            item.action("add-row").click().await?;
            let cell = item.row(0).column("posted-on");
            let row = text("vi", "problem.cell")?.replace("{row}", "1");
            let (row, _) = row.split_once('{').unwrap_or((&row, ""));
            cell.type_text("30/2").await?;
            item.wait_for_verdict("invalid").await?;
            assert!(!accuses(&page, &cell).await?);
            assert!(!item.text().await?.contains(row));
            press(&stage.browser, "Tab").await?;
            assert!(accuses(&page, &cell).await?);
            assert!(item.text().await?.contains(row));
            let script = "return root.activeElement !== null;";
            assert_eq!(page.evaluate(script, Value::Null).await?, json!(true));

            // Each cell has its own moment.
            item.action("add-row").click().await?;
            let second = text("vi", "problem.cell")?.replace("{row}", "2");
            let (second, _) = second.split_once('{').unwrap_or((&second, ""));
            let cell = item.row(1).column("posted-on");
            cell.type_text("31/4").await?;
            settle(&page).await?;
            let said = item.text().await?;
            assert!(said.contains(row) && !said.contains(second), "{said}");
            assert!(!accuses(&page, &cell).await?);
            press(&stage.browser, "Tab").await?;
            assert!(accuses(&page, &cell).await?);
            assert!(item.text().await?.contains(second));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_window_that_loses_the_focus_leaves_no_field() -> TestResult {
    // A browser fires the same event as when the field is left, but keeps the focus in the field.
    let window_lost =
        "place.dispatchEvent(new FocusEvent('focusout', { bubbles: true, composed: true }));";
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let unit = page.field("unit-name");
            page.action("start").click().await?;
            unit.wait_for_attribute("aria-invalid", "true").await?;
            unit.type_text("U").await?;
            unit.fill("").await?;
            unit.on_element(window_lost, Value::Null).await?;
            assert!(!accuses(&page, &unit).await?);

            Start::default().run(&page).await?;
            let item = page.item("signature-agency");
            let part = item.field("numerator");
            heard(&page).await?;
            part.type_text("2a").await?;
            part.on_element(window_lost, Value::Null).await?;
            item.wait_for_verdict("invalid").await?;
            assert!(!accuses(&page, &part).await?);
            assert_eq!(heard(&page).await?, Vec::<String>::new());
            item.field("note").click().await?;
            assert!(accuses(&page, &part).await?);
            assert_eq!(heard(&page).await?, [text("vi", "unreadable.whole")?]);
            Ok(())
        })
        .await
}
