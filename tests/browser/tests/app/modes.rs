//! Settings of the device: with forced colours everything stays distinguishable, and with reduced
//! motion nothing moves.

use anyhow::Result;
use browser_tests::{Browser, Control, Page, Picture, TestResult};
use serde_json::{Value, json};

use crate::support::keys::{back, press};
use crate::support::scripts::{self, strings};
use crate::support::sites::small_portal;
use crate::support::steps;

async fn start(page: &Page) -> Result<()> {
    let unit = json!({ "name": "UBND phường 1" });
    let new = json!({ "checklist": "/small.json", "unit": unit, "period": "2022" });
    page.call("startInspection", json!([new])).await.map(drop)
}

/// Fails unless two states of a control look different to everyone, by at least as much as the
/// frame of a checkbox.
async fn check_seen(page: &Page, what: &str, states: [&Picture; 2]) -> TestResult {
    let count = page.differing_pixels(states[0], states[1]).await?;
    assert!(count >= 40, "{what}: only {count} pixels differ");
    Ok(())
}

#[tokio::test]
async fn with_forced_colours_a_choice_is_seen() -> TestResult {
    small_portal()?
        .media("forced-colors", "active")
        .run(async |stage| {
            let page = stage.open("/").await?;
            start(&page).await?;
            // Otherwise the colours would be those of the page's own sheets.
            let script = "return matchMedia('(forced-colors: active)').matches;";
            assert_eq!(page.evaluate(script, Value::Null).await?, json!(true));
            // The box, and not only the small mark in it.
            for (item, field) in [
                ("attested", "[data-field=verdict][value=met]"),
                ("notice", "[data-field=part][value=phone]"),
            ] {
                let option = page.item(item).find(field);
                let label = page.item(item).find(&format!("label:has({field})"));
                let before = label.picture().await?;
                option.on_element("place.click();", Value::Null).await?;
                assert!(option.is_checked().await?);
                check_seen(&page, field, [&before, &label.picture().await?]).await?;
            }
            Ok(())
        })
        .await
}

/// Checks that a control looks different with the keyboard's focus.
async fn focus_is_seen(browser: &Browser, page: &Page, thing: &Control) -> TestResult {
    thing.on_element("place.focus();", Value::Null).await?;
    // Away and back by keyboard: only then browsers show the focus of every control.
    back(browser).await?;
    let without = thing.picture().await?;
    press(browser, "Tab").await?;
    assert!(thing.is_focused().await?, "{thing} has the focus");
    check_seen(page, &format!("the focus on {thing}"), [&without, &thing.picture().await?]).await
}

#[tokio::test]
async fn with_forced_colours_the_focus_is_seen() -> TestResult {
    small_portal()?
        .media("forced-colors", "active")
        .run(async |stage| {
            let page = stage.open("/").await?;
            let browser = &stage.browser;
            focus_is_seen(browser, &page, &page.field("unit-name")).await?;
            focus_is_seen(browser, &page, &page.field("unit-type")).await?;
            focus_is_seen(browser, &page, &page.action("start")).await?;
            start(&page).await?;
            focus_is_seen(browser, &page, &page.action("next-unanswered")).await?;
            let attested = page.item("attested");
            focus_is_seen(browser, &page, &attested.find("[value=met]")).await?;
            attested.choose("met").await?;
            focus_is_seen(browser, &page, &attested.find("[value=met]")).await?;
            focus_is_seen(browser, &page, &attested.field("note")).await?;
            focus_is_seen(browser, &page, &page.item("share").field("numerator")).await?;
            focus_is_seen(browser, &page, &page.item("notice").option("phone")).await?;
            focus_is_seen(browser, &page, &page.item("attested").find("summary")).await
        })
        .await
}

#[tokio::test]
async fn with_forced_colours_verdicts_are_told_apart() -> TestResult {
    small_portal()?
        .media("forced-colors", "active")
        .run(async |stage| {
            let page = stage.open("/").await?;
            start(&page).await?;
            page.item("attested").choose("met").await?;
            page.item("if-inspected").choose("not-met").await?;
            page.item("if-not-inspected").choose("not-applicable").await?;
            page.item("notice").check("phone").await?;
            page.item("overdue").field("count").type_text("ba").await?;
            page.item("overdue").wait_for_verdict("invalid").await?;
            let mut pictures = Vec::new();
            for verdict in
                ["met", "partly-met", "not-met", "not-applicable", "unanswered", "invalid"]
            {
                let line = page.find(&format!("[data-item][data-verdict={verdict}] .verdict"));
                let name = line.find(".verdict-name").text().await?;
                pictures.push((name, line.find(".mark").picture().await?));
            }
            for (index, (name, picture)) in pictures.iter().enumerate() {
                for (other, other_picture) in pictures.iter().skip(index + 1) {
                    assert_ne!(name, other);
                    // A mark is small: a dozen pixels are more than its edges.
                    let count = page.differing_pixels(picture, other_picture).await?;
                    assert!(count >= 12, "{name} and {other}: only {count} pixels differ");
                }
            }
            Ok(())
        })
        .await
}

/// Returns the elements that move, or would move on a change.
async fn motion(page: &Page) -> Result<Vec<String>> {
    let script = "
        const running = [...document.getAnimations(), ...root.getAnimations()];
        const found = running.map((one) => `running: ${one.animationName ?? one.constructor.name}`);
        for (const node of root.querySelectorAll('*')) {
          const style = getComputedStyle(node);
          const moves = style.animationName !== 'none' || style.scrollBehavior === 'smooth' ||
            (style.transitionProperty !== 'none' && style.transitionDuration !== '0s');
          if (moves) found.push(`${node.localName}.${node.className}`);
        }
        return [...new Set(found)].slice(0, 8);
    ";
    strings(page.evaluate(script, Value::Null).await?)
}

#[tokio::test]
async fn with_reduced_motion_nothing_moves() -> TestResult {
    small_portal()?
        .media("prefers-reduced-motion", "reduce")
        .run(async |stage| {
            let page = stage.open("/").await?;
            let still = async |screen: &str| -> TestResult {
                assert_eq!(motion(&page).await?, Vec::<String>::new(), "{screen}");
                scripts::settle(&page).await?;
                assert_eq!(motion(&page).await?, Vec::<String>::new(), "{screen}, then");
                Ok(())
            };
            still("the first screen").await?;
            start(&page).await?;
            still("the items").await?;
            page.item("attested").choose("not-met").await?;
            still("an answer").await?;
            page.action("next-unanswered").click().await?;
            steps::wait_for_item(&page, "share").await?;
            still("the next item").await?;
            page.action("result").click().await?;
            still("the result").await?;
            page.action("complete").click().await?;
            page.field("complete-reason").fill("Thử").await?;
            still("a dialog").await?;
            page.action("complete-anyway").click().await?;
            steps::notice(&page, "done").await?;
            still("a notice").await?;

            // The check notices motion.
            let script = "place.animate([{ opacity: 0 }, { opacity: 1 }], 60_000);";
            page.find(".result").on_element(&format!("{script} return null;"), json!(null)).await?;
            assert_eq!(motion(&page).await?, ["running: Animation"]);
            Ok(())
        })
        .await
}

/// On paper there are the answers, and nothing to press.
#[tokio::test]
async fn on_paper_there_is_nothing_to_press() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            start(&page).await?;
            page.item("share").field("numerator").fill("24").await?;
            let shown = "
                const shown = (node) => node.checkVisibility({ visibilityProperty: true });
                const names = [...root.querySelectorAll('button, .filter, .progress-line, .nav-drawer')];
                return names.filter(shown).map((node) => node.className);
            ";
            assert_ne!(page.evaluate(shown, json!(null)).await?, json!([]), "on the screen");
            page.set_media(&[("media", "print")]).await?;
            assert_eq!(page.evaluate(shown, json!(null)).await?, json!([]), "the items");
            assert!(page.item("share").field("numerator").is_visible().await?);
            page.set_media(&[]).await?;
            page.action("result").click().await?;
            page.set_media(&[("media", "print")]).await?;
            assert!(page.find(".figures").is_visible().await?);
            let buttons = "
                const links = [...root.querySelectorAll('button:not(.finding-link)')];
                return links.filter((node) => node.checkVisibility()).length;
            ";
            assert_eq!(page.evaluate(buttons, json!(null)).await?, json!(0), "the result");
            Ok(())
        })
        .await
}
