//! Notices: they cover nothing, and those that need no action disappear by themselves.

use anyhow::Result;
use browser_tests::{Page, Setup, TestResult};
use serde_json::{Value, json};

use crate::support::checklists::text;
use crate::support::pointer;
use crate::support::scripts::{self, settle};
use crate::support::start::Start;
use crate::support::steps;

/// Counts running timers as long as those of notices, and shortens them for the test.
const TIMES: &str = "
    const set = window.setTimeout, clear = window.clearTimeout;
    window.__running = new Set();
    window.setTimeout = (act, time, ...rest) => {
      // Storage waits for 10 s and 15 s.
      if (!(time >= 6000 && time < 20000) || time % 5000 === 0) return set(act, time, ...rest);
      const number = set((...all) => { __running.delete(number); act(...all); }, time / 20, ...rest);
      __running.add(number);
      return number;
    };
    window.clearTimeout = (number) => { __running.delete(number); clear(number); };
";

async fn running(page: &Page) -> Result<Value> {
    page.evaluate("return __running.size;", Value::Null).await
}

#[tokio::test]
async fn what_needs_nothing_goes_but_not_while_it_is_looked_at() -> TestResult {
    // Slower than the test: the notice disappears only when the test lets it.
    let times = TIMES.replace("time / 20", "window.__slow ? 600_000 : time / 20");
    Setup::dist()
        .preload(&times)
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            page.evaluate("window.__slow = true;", Value::Null).await?;
            page.action("export").click().await?;
            let notice = page.find("[data-notice=done]");
            notice.wait_for("to be there", async |notice| notice.exists().await).await?;
            settle(&page).await?;
            assert_eq!(running(&page).await?, json!(1));
            let dismiss = notice.find("[data-action=dismiss]");
            dismiss.on_element("place.focus();", Value::Null).await?;
            settle(&page).await?;
            assert_eq!(running(&page).await?, json!(0), "it goes while it has the focus");
            dismiss.blur().await?;
            settle(&page).await?;
            assert_eq!(running(&page).await?, json!(1));
            pointer::move_to(&stage.browser, &pointer::middle(&notice).await?).await?;
            settle(&page).await?;
            assert_eq!(running(&page).await?, json!(0), "it goes while it is pointed at");
            dismiss.on_element("place.focus();", Value::Null).await?;
            pointer::move_to(&stage.browser, &json!({ "x": 0, "y": 0 })).await?;
            settle(&page).await?;
            assert_eq!(running(&page).await?, json!(0));
            page.evaluate("window.__slow = false;", Value::Null).await?;
            dismiss.blur().await?;
            notice.wait_for("to be gone", async |notice| Ok(!notice.exists().await?)).await?;

            // A notice with an undo stays.
            page.item("thrift").choose("met").await?;
            page.item("thrift").action("clear-answer").click().await?;
            steps::wait_for_notice(&page, "done", &text("vi", "answer.cleared")?).await?;
            settle(&page).await?;
            assert_eq!(running(&page).await?, json!(0));
            // Even if another message comes.
            page.action("export").on_element("place.click();", Value::Null).await?;
            page.wait_for("both to be there", async |page| {
                let all = page.evaluate(
                    "return root.querySelectorAll('[data-notice=done]').length;",
                    Value::Null,
                );
                Ok(all.await? == json!(2) && page.action("undo").exists().await?)
            })
            .await?;
            page.wait_for("the other one to go", async |page| {
                let all = page.evaluate(
                    "return root.querySelectorAll('[data-notice=done]').length;",
                    Value::Null,
                );
                Ok(all.await? == json!(1) && page.action("undo").exists().await?)
            })
            .await?;
            // So does an error.
            page.evaluate("element.lang = 'tlh';", Value::Null).await?;
            page.find("[data-notice=error]")
                .wait_for("to be there", async |notice| notice.exists().await)
                .await?;
            settle(&page).await?;
            assert_eq!(running(&page).await?, json!(0));
            Ok(())
        })
        .await
}

/// Returns the visible fields and buttons, in the page's order.
const SEEN: &str = "
    const all = [...root.querySelectorAll('button, input, textarea, select, summary')];
    const isSeen = (control) => {
      const { left, top, right, bottom } = control.getBoundingClientRect();
      const hit = root.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return hit === control || control.contains(hit);
    };
    window.__seen = all.filter((control) => !control.closest('[data-notice]') && isSeen(control));
    return __seen.length;
";

/// Returns those that a notice covers now.
const COVERED: &str = "
    const notices = [...root.querySelectorAll('[data-notice]')].map((notice) => notice.getBoundingClientRect());
    const covered = __seen.filter((control) => {
      const { left, top, right, bottom } = control.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      return control.isConnected && notices.some((of) => of.left <= x && x <= of.right && of.top <= y && y <= of.bottom);
    });
    return covered.map((control) => control.outerHTML.slice(0, 120));
";

async fn covers_nothing(size: (u32, u32)) -> TestResult {
    Setup::dist()
        .viewport(size.0, size.1)
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            // In the middle of the items, and at the end of the page where the buttons are.
            for place in ["[data-item=thrift]", "[data-action=export]"] {
                let script = "place.scrollIntoView({ block: 'center', behavior: 'instant' });";
                page.find(place).on_element(script, Value::Null).await?;
                settle(&page).await?;
                let seen = page.evaluate(SEEN, Value::Null).await?;
                assert!(seen.as_u64() > Some(2), "{place}: {seen}");
                // Not by the driver's click, which scrolls.
                page.action("export").on_element("place.click();", Value::Null).await?;
                let notice = page.find("[data-notice=done]");
                notice.wait_for("to be there", async |notice| notice.exists().await).await?;
                settle(&page).await?;
                settle(&page).await?;
                let in_sight = "
                    const { top, bottom } = place.getBoundingClientRect();
                    return top >= 0 && bottom <= innerHeight;
                ";
                assert_eq!(notice.on_element(in_sight, Value::Null).await?, json!(true), "{place}");
                let covered = scripts::strings(page.evaluate(COVERED, Value::Null).await?)?;
                assert!(covered.is_empty(), "{place}: {}", covered.join("\n"));
                steps::dismiss_notices(&page).await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_notice_covers_nothing_on_a_phone() -> TestResult {
    covers_nothing((360, 740)).await
}

#[tokio::test]
async fn a_notice_covers_nothing_on_a_tablet() -> TestResult {
    covers_nothing((820, 1180)).await
}

#[tokio::test]
async fn a_notice_covers_nothing_on_a_desk() -> TestResult {
    covers_nothing((1280, 800)).await
}

/// Returns whether the title of the focused item is visible.
const TITLE_IS_SEEN: &str = "
    const title = root.activeElement?.querySelector('.item-title');
    if (!title) return 'nothing has the focus';
    const { left, top } = title.getBoundingClientRect();
    const hit = root.elementFromPoint(left + 8, top + 4);
    return title.contains(hit) || `${hit?.className} lies over it`;
";

#[tokio::test]
async fn what_is_gone_to_is_below_the_notices() -> TestResult {
    for (width, height) in [(360, 740), (820, 1180), (1280, 800), (320, 256)] {
        Setup::dist()
            .viewport(width, height)
            .run(async |stage| {
                let page = stage.open("/").await?;
                Start::default().run(&page).await?;
                page.item("thrift").choose("met").await?;
                page.item("thrift").action("clear-answer").click().await?;
                steps::wait_for_notice(&page, "done", &text("vi", "answer.cleared")?).await?;
                page.action("next-unanswered").click().await?;
                page.wait_for("the title to be seen", async |page| {
                    settle(page).await?;
                    let seen = page.evaluate(TITLE_IS_SEEN, Value::Null).await?;
                    anyhow::ensure!(seen == json!(true), "{width}: {seen}");
                    Ok(true)
                })
                .await
            })
            .await?;
    }
    Ok(())
}
