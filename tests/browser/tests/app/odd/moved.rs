//! The element is moved, and the page is left open.

use browser_tests::{Engine, TestResult};
use serde_json::{Value, json};

use super::start;
use crate::support::clock::{CLOCK, live_in_vietnam};
use crate::support::scripts::settle;
use crate::support::sites::small_portal;

#[tokio::test]
async fn it_keeps_its_styles_through_another_document() -> TestResult {
    through_another_document(Engine::Chromium).await
}

/// The element survives another document, in any browser.
pub async fn through_another_document(engine: Engine) -> TestResult {
    small_portal()?
        .engine(engine)
        .run(async |stage| {
            let page = stage.open("/").await?;
            start(&page).await?;
            page.item("share").field("numerator").type_text("24").await?;
            let look = async || page.action("next-unanswered").style("min-height").await;
            let styled = look().await?;
            let script = "
                const frame = document.body.appendChild(document.createElement('iframe'));
                frame.contentDocument.body.append(element);
                const sheets = element.shadowRoot.adoptedStyleSheets.length;
                if (given) document.body.append(element);
                return sheets;
            ";
            assert_eq!(page.evaluate(script, json!(true)).await?, json!(1));
            settle(&page).await?;
            assert_eq!(look().await?, styled);
            assert_eq!(page.item("share").field("numerator").value().await?, "24");
            // In the other document, too, as long as it stays there.
            assert_eq!(page.evaluate(script, json!(false)).await?, json!(1));
            Ok(())
        })
        .await
}

/// As Turbo does with permanent elements on the way to the next page.
#[tokio::test]
async fn what_is_kept_from_page_to_page_stays_where_it_was() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            start(&page).await?;
            page.item("share").field("numerator").type_text("24").await?;
            let away = "
                const around = document.body.appendChild(document.createElement('div'));
                around.toggleAttribute('data-turbo-permanent', given);
                around.append(element);
                around.remove();
                window.__around = around;
            ";
            for (is_kept, screen) in [(true, true), (false, false)] {
                page.evaluate(away, json!(is_kept)).await?;
                settle(&page).await?;
                page.evaluate("document.body.append(__around);", Value::Null).await?;
                settle(&page).await?;
                if !is_kept {
                    page.wait_for_events("tkt-ready", 2).await?;
                }
                assert_eq!(page.item("share").exists().await?, screen);
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn another_day_judges_anew_by_itself() -> TestResult {
    // Makes a minute short.
    let minutes = "
        const { setTimeout } = window;
        window.setTimeout = (act, time, ...given) => setTimeout(act, time === 60000 ? 20 : time, ...given);
    ";
    small_portal()?
        .preload(CLOCK)
        .preload(minutes)
        .run(async |stage| {
            live_in_vietnam(&stage.browser).await?;
            let page = stage.open("/").await?;
            start(&page).await?;
            let report = page.item("report");
            report.field("not-yet").check().await?;
            report.wait_for_verdict("unanswered").await?;
            // The deadline is 16 June; midnight there is at 17:00 UTC.
            page.evaluate("window.__now = Date.UTC(2026, 5, 15, 17, 1);", Value::Null).await?;
            report.wait_for_verdict("not-met").await
        })
        .await
}
