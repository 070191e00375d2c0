//! A page at a zoom of 400 %: nothing has to be scrolled sideways, and the focus is visible.

use std::time::Duration;

use anyhow::{Result, bail};
use browser_tests::{Browser, Page, Setup, TestResult};
use serde_json::{Value, json};

use crate::support::keys::{back, press};
use crate::support::scripts;
use crate::support::start::Start;
use crate::support::steps;

/// A checklist with nearly every kind of item.
const START: Start<'_> = Start {
    checklist: "cao-lanh-2022",
    unit: "Phòng Nội vụ",
    unit_type: "internal-affairs",
    period: "2022",
    inspectors: "",
    questions: &[],
};

/// Returns the elements that make the page wider than the window, or stick out of it, except in
/// scrolling boxes.
async fn sticking_out(page: &Page) -> Result<Vec<String>> {
    let script = "
        const found = [], { scrollWidth, clientWidth } = document.documentElement;
        if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} wide`);
        const clips = (node) => node instanceof Element &&
          (getComputedStyle(node).overflowX !== 'visible' || clips(node.parentNode));
        for (const node of root.querySelectorAll('*')) {
          const { left, right, width } = node.getBoundingClientRect();
          const shown = width > 0 && node.checkVisibility({ visibilityProperty: true });
          if (!shown || (left >= -1 && right <= clientWidth + 1)) continue;
          if (node.closest('.visually-hidden') || clips(node.parentNode)) continue;
          found.push(`${node.localName}.${node.className} from ${left} to ${right}`);
        }
        return found.slice(0, 8);
    ";
    scripts::strings(page.evaluate(script, json!(null)).await?)
}

/// Zooms in, checks the screen, and zooms out again.
async fn check(page: &Page, screen: &str) -> TestResult {
    page.zoom(400).await?;
    scripts::settle(page).await?;
    let found = sticking_out(page).await?;
    page.zoom(100).await?;
    assert!(found.is_empty(), "{screen}: {}", found.join("\n"));
    Ok(())
}

#[tokio::test]
async fn nothing_is_scrolled_to_the_side() -> TestResult {
    Setup::dist()
        .timeout(Duration::from_secs(180))
        .run(async |stage| {
            let page = stage.open("/").await?;
            check(&page, "the first screen").await?;
            page.field("checklist").select(START.checklist).await?;
            page.field("period").fill("sáu tháng").await?;
            page.action("start").click().await?;
            page.field("unit-name").wait_for_attribute("aria-invalid", "true").await?;
            page.find("details.more summary").click().await?;
            check(&page, "the form with errors").await?;

            START.run(&page).await?;
            page.item("directive-08-disseminated").choose("not-met").await?;
            page.item("on-time").field("numerator").fill("hai mươi sáu").await?;
            let roster = page.item("procedures-posted");
            roster.action("add-row").click().await?;
            roster.row(0).column("posted-on").fill("hôm qua").await?;
            roster.action("paste-rows").click().await?;
            check(&page, "answering").await?;
            page.action("result").click().await?;
            page.find(".chart summary").click().await?;
            check(&page, "the result").await?;
            page.action("complete").click().await?;
            check(&page, "what is missing").await?;
            page.field("complete-reason").fill("Máy chủ bảo trì").await?;
            page.action("complete-anyway").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            check(&page, "what is completed").await?;
            page.action("home").click().await?;
            page.find("[data-inspection] [data-action=delete]").click().await?;
            page.find("[data-notice]")
                .wait_for("to be shown", async |notice| notice.is_visible().await)
                .await?;
            check(&page, "the list with a notice").await
        })
        .await
}

/// Returns the focused element in words, if its middle is visible, or else the element that covers
/// it.
const FOCUSED: &str = "
    const focused = root.activeElement;
    if (!focused) return null;
    const box = focused.matches('[type=checkbox], [type=radio]') && focused.closest('label');
    const target = box || focused;
    const { left, top, right, bottom } = target.getBoundingClientRect();
    const item = focused.closest('[data-item]')?.dataset.item ?? '';
    const { field, column, action } = focused.dataset;
    const part = field ?? column ?? action ?? focused.localName;
    const name = `${item} ${part} ${focused.value ?? ''}`;
    const hit = root.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const seen = hit && (target.contains(hit) || hit.contains(target));
    return { name, cover: seen ? null : `${hit?.className || hit?.localName} at ${top}` };
";

/// Tabs through everything and returns the covered elements on the way, and what covers them.
async fn covered(page: &Page, browser: &Browser, forward: bool) -> Result<Vec<String>> {
    let mut covered = Vec::new();
    for passed in 0..600 {
        if forward {
            press(browser, "Tab").await?
        } else {
            back(browser).await?
        }
        scripts::settle(page).await?;
        let focused = page.evaluate(FOCUSED, Value::Null).await?;
        let text = |name: &str| focused.get(name).and_then(Value::as_str);
        match (text("name"), text("cover")) {
            // The focus has left the element, but not at once.
            (None, _) if passed > 100 => return Ok(covered),
            (None, _) => bail!("the focus leaves the element after {passed} steps"),
            (Some(name), Some(cover)) => covered.push(format!("{name}: {cover}")),
            (Some(_), None) => {}
        }
    }
    bail!("the focus does not leave the element")
}

/// Starts, and tabs through everything, in a direction and at a zoom.
async fn the_focus_is_seen(percent: u32, forward: bool) -> TestResult {
    Setup::dist()
        .timeout(Duration::from_secs(180))
        .run(async |stage| {
            let page = stage.open("/").await?;
            START.run(&page).await?;
            page.zoom(percent).await?;
            // From before the first of them, or from the last.
            let first = if forward { "home" } else { "export" };
            page.action(first).on_element("place.focus();", Value::Null).await?;
            let found = covered(&page, &stage.browser, forward).await?;
            assert!(found.is_empty(), "{} are covered:\n{}", found.len(), found.join("\n"));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_focus_is_seen_at_100_percent() -> TestResult {
    the_focus_is_seen(100, true).await
}

#[tokio::test]
async fn the_focus_is_seen_at_200_percent() -> TestResult {
    the_focus_is_seen(200, true).await
}

#[tokio::test]
async fn the_focus_is_seen_at_400_percent() -> TestResult {
    the_focus_is_seen(400, true).await
}

#[tokio::test]
async fn the_focus_is_seen_on_the_way_back_at_100_percent() -> TestResult {
    the_focus_is_seen(100, false).await
}

#[tokio::test]
async fn the_focus_is_seen_on_the_way_back_at_400_percent() -> TestResult {
    the_focus_is_seen(400, false).await
}
