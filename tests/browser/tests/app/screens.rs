//! Every screen, in light and dark, on three devices, in both languages: accessible, and no wider
//! than the device. Pictures of all are written to `target/browser-tests/screens/`.

use std::time::Duration;

use anyhow::Result;
use browser_tests::{Control, Page, Setup, TestResult};
use serde_json::{Value, json};

use crate::health::{LITTLE_ROOM, SAFARI};
use crate::support::checklists::project;
use crate::support::sites::portal;
use crate::support::start::{Start, inspections};
use crate::support::{dialogs, paper, scripts, steps};

/// A desk, a tablet held upright, a phone.
const DEVICES: [(u32, u32); 3] = [(1280, 800), (820, 1180), (360, 740)];

/// Checks the screen on every device, in light and dark, with one control in the middle. All faults
/// are reported at once.
async fn look(page: &Page, language: &str, screen: &str, middle: &Control) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    for (width, height) in DEVICES {
        page.set_viewport(width, height).await?;
        let scroll = "place.scrollIntoView({ block: 'center', behavior: 'instant' });";
        middle.on_element(scroll, Value::Null).await?;
        for scheme in ["light", "dark"] {
            page.set_media(&[("prefers-color-scheme", scheme)]).await?;
            let name = format!("{screen}-{width}-{scheme}-{language}");
            // Two frames later its rendering is final.
            scripts::settle(page).await?;
            page.screenshot(&project("target/browser-tests/screens").join(format!("{name}.png")))
                .await?;
            // Another language has the same colours and structure on each device.
            if language == "vi" || (width, scheme) == (820, "light") {
                let violations = page.axe().await?;
                findings
                    .extend(violations.into_iter().map(|violation| format!("{name}: {violation}")));
            }
        }
        let sizes = [too_wide(page).await?, too_small(page).await?].concat();
        findings
            .extend(sizes.into_iter().map(|what| format!("{screen}-{width}-{language}: {what}")));
    }
    Ok(findings)
}

/// Returns the elements that stick out of the window to the side, except in scrolling boxes, and
/// texts that stick out of their box.
async fn too_wide(page: &Page) -> Result<Vec<String>> {
    let script = "
        const boxes = root.querySelectorAll('button, label, li, td, th, p, h2, h3, .tag, .field');
        const full = [...boxes].filter((box) => box.checkVisibility() && box.clientWidth > 0 &&
          !box.closest('.visually-hidden, thead') && getComputedStyle(box).display !== 'inline' &&
          box.scrollWidth > box.clientWidth + 1);
        const told = full.map((box) => `${box.localName} sticks out: ${box.innerText.slice(0, 40)}`);
        if (told.length) return told.slice(0, 5);
        const { scrollWidth, clientWidth } = document.documentElement;
        if (scrollWidth <= clientWidth) return [];
        const scrolls = (node) =>
          node && (getComputedStyle(node).overflowX !== 'visible' || scrolls(node.parentElement));
        const out = [...root.querySelectorAll('*')].filter((node) => node.checkVisibility() &&
          node.getBoundingClientRect().right > clientWidth && !scrolls(node.parentElement));
        const names = out.map((node) => `${node.localName}.${node.className}`);
        return [`the page is ${scrollWidth} wide: ${[...new Set(names)].slice(0, 5)}`];
    ";
    scripts::strings(page.evaluate(script, json!(null)).await?)
}

/// Returns controls smaller than a fingertip, and text below the minimum size.
async fn too_small(page: &Page) -> Result<Vec<String>> {
    let script = "
        const found = [];
        const shown = (node) => node.checkVisibility({ visibilityProperty: true });
        for (const control of root.querySelectorAll('button, input, select, textarea, summary')) {
          if (!shown(control) || control.matches('.visually-hidden')) continue;
          const box = control.matches('[type=checkbox], [type=radio]');
          const target = (box && control.closest('label')) || control;
          const { width, height } = target.getBoundingClientRect();
          if (width >= 44 && height >= 44) continue;
          const name = control.dataset.field ?? control.dataset.action ?? control.localName;
          found.push(`${name} is ${Math.round(width)} × ${Math.round(height)}`);
        }
        const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
          const [text, parent] = [texts.currentNode.data.trim(), texts.currentNode.parentElement];
          if (!text || !parent || !shown(parent)) continue;
          if (parent.closest('.visually-hidden, option')) continue;
          const size = parseFloat(getComputedStyle(parent).fontSize);
          if (size < 16) found.push(`${size} px: ${text.slice(0, 30)}`);
        }
        return [...new Set(found)].slice(0, 8);
    ";
    scripts::strings(page.evaluate(script, json!(null)).await?)
}

/// The first screen of a device, then with errors.
async fn home(language: &'static str) -> TestResult {
    Setup::dist()
        .timeout(Duration::from_secs(480))
        .run(async |stage| {
            let page = stage.open("/").await?;
            page.evaluate("element.lang = given;", json!(language)).await?;
            Start { unit: "UBND phường Tân Quy Đông", ..Start::default() }.run(&page).await?;
            page.item("thrift").choose("met").await?;
            steps::go_home(&page).await?;
            Start { checklist: "sa-dec-2023", period: "2023", ..Start::default() }
                .run(&page)
                .await?;
            steps::go_home(&page).await?;
            let mut findings = look(&page, language, "home", &page.find("#home-title")).await?;

            page.find(".unexported summary").click().await?;
            findings.extend(look(&page, language, "data", &page.find(".unexported")).await?);
            page.find(".unexported summary").click().await?;

            page.field("checklist").select("sa-dec-2023").await?;
            page.field("unit-name").fill("").await?;
            page.field("period").fill("sáu tháng").await?;
            page.action("start").click().await?;
            page.field("unit-name").wait_for_attribute("aria-invalid", "true").await?;
            findings.extend(
                look(&page, language, "start-with-errors", &page.field("unit-name")).await?,
            );
            let listed = inspections(&page).await?;
            page.call("openInspection", json!([listed.first()])).await?;
            let report = page.call("exportReport", json!([])).await?;
            // The inspection differs from the report, so the page asks.
            page.item("faulty-dossiers").field("note").fill("Đã sửa").await?;
            let dialog = page.find("dialog[open]");
            paper::ask(&page).await?;
            findings.extend(look(&page, language, "print", &dialog).await?);
            page.action("print-leave").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            page.action("complete").click().await?;
            findings.extend(look(&page, language, "complete", &dialog).await?);
            page.find("dialog[open] [data-action=leave]").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            steps::go_home(&page).await?;
            for opener in dialogs::on_home(stage, &report)? {
                opener.open(&page).await?;
                findings.extend(look(&page, language, opener.name, &dialog).await?);
                opener.close(&page).await?;
            }
            let newest = listed.first().map_or("", String::as_str);
            steps::listed(&page, newest).find("[data-action=next-period]").click().await?;
            findings
                .extend(look(&page, language, "next-period", &page.find("[data-carry]")).await?);
            steps::listed(&page, newest).find("[data-action=delete]").click().await?;
            page.find("details.deleted summary").click().await?;
            page.action("purge").click().await?;
            findings.extend(look(&page, language, "purge", &dialog).await?);
            assert!(findings.is_empty(), "{}", findings.join("\n"));
            Ok(())
        })
        .await
}

/// A browser that deletes data after seven days, and has little room.
#[tokio::test]
async fn warnings_about_the_data() -> TestResult {
    Setup::dist()
        .preload(LITTLE_ROOM)
        .timeout(Duration::from_secs(120))
        .run(async |stage| {
            stage
                .browser
                .cdp("Emulation.setUserAgentOverride", json!({ "userAgent": SAFARI }))
                .await?;
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            page.item("thrift").choose("met").await?;
            let space = page.find("[data-notice=space]");
            let mut findings = look(&page, "vi", "space", &space).await?;
            steps::go_home(&page).await?;
            let forgets = page.find("[data-notice=forgets]");
            findings.extend(look(&page, "vi", "forgets", &forgets).await?);
            assert!(findings.is_empty(), "{}", findings.join("\n"));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn home_and_start_in_vietnamese() -> TestResult {
    home("vi").await
}

#[tokio::test]
async fn home_and_start_in_english() -> TestResult {
    home("en").await
}

/// A checklist with nearly every kind of item, some answered and some wrongly; then its result.
async fn work(language: &'static str) -> TestResult {
    Setup::dist()
        .timeout(Duration::from_secs(240))
        .run(async |stage| {
            let page = stage.open("/").await?;
            page.evaluate("element.lang = given;", json!(language)).await?;
            let start = Start {
                checklist: "cao-lanh-2022",
                unit: "Phòng Nội vụ",
                unit_type: "internal-affairs",
                ..Start::default()
            };
            start.run(&page).await?;
            page.item("directive-08-disseminated").choose("not-met").await?;
            page.item("public-information").choose("met").await?;
            let ratio = page.item("on-time");
            ratio.field("numerator").fill("26").await?;
            ratio.field("denominator").fill("25").await?;
            page.item("overdue-on-software").field("count").fill("1,234").await?;
            page.item("review-monthly").check("2022-03").await?;
            page.item("plan-annex").check("objectives").await?;
            page.item("initiatives").field("count").fill("1").await?;
            page.item("initiatives").field("note").fill("Tổ lưu động\nnhận hồ sơ tại nhà").await?;
            let roster = page.item("procedures-posted");
            for row in 0..2 {
                roster.action("add-row").click().await?;
                roster.wait_for_rows(row + 1).await?;
            }
            roster
                .row(0)
                .column("name")
                .fill("Đăng ký khai sinh cho trẻ em sinh ra ở nước ngoài")
                .await?;
            roster.row(0).column("posted-on").fill("hôm qua").await?;
            roster.action("paste-rows").click().await?;
            page.item("quarterly-report").field("na").check().await?;
            page.item("directive-08-disseminated").find("summary").click().await?;
            ratio
                .find(".field")
                .on_element("place.scrollIntoView({ block: 'center' });", json!(null))
                .await?;
            let mut findings =
                look(&page, language, "answering", &ratio.field("numerator")).await?;

            page.field("search").fill("không có từ này").await?;
            findings.extend(look(&page, language, "nothing-found", &page.field("search")).await?);
            page.action("clear-filter").click().await?;

            page.action("result").click().await?;
            page.find(".result details summary").click().await?;
            findings.extend(look(&page, language, "result", &page.find(".figures")).await?);

            steps::complete_anyway(&page, "Máy chủ bảo trì").await?;
            page.action("answering").click().await?;
            let locked = page.find(".items > .notice");
            findings.extend(look(&page, language, "completed", &locked).await?);
            page.action("amend").click().await?;
            findings.extend(look(&page, language, "amend", &page.find("dialog[open]")).await?);
            assert!(findings.is_empty(), "{}", findings.join("\n"));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn answering_and_result_in_vietnamese() -> TestResult {
    work("vi").await
}

#[tokio::test]
async fn answering_and_result_in_english() -> TestResult {
    work("en").await
}

/// In a portal's page, which has landmarks and headings of its own.
#[tokio::test]
async fn embedded_in_a_portal() -> TestResult {
    portal(r#"<tu-kiem-tra unit-name="UBND Phường 2" period="2022"></tu-kiem-tra>"#)?
        .run(async |stage| {
            let page = stage.open("/").await?;
            assert_eq!(page.axe().await?, Vec::<String>::new(), "the first screen");
            Start::default().run(&page).await?;
            assert_eq!(page.axe().await?, Vec::<String>::new(), "the items");
            page.action("result").click().await?;
            page.find(".result")
                .wait_for("to be shown", async |result| result.is_visible().await)
                .await?;
            assert_eq!(page.axe().await?, Vec::<String>::new(), "the result");
            Ok(())
        })
        .await
}
