//! The printed report: a separate page, with the details that people enter for it.

use std::process::Command;

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use browser_tests::{Engine, Page, Setup, Stage, TestResult, dist};
use serde_json::{Value, json};

use crate::support::keys::{press, tab_to, type_text};
use crate::support::paper::{self, NO_PRINTER};
use crate::support::start::Start;
use crate::support::{sites, steps};

/// A portal whose own styles apply to everything.
fn portal() -> Setup {
    let style = "* { color: red !important; font: 30px cursive !important; } iframe { display: none !important; }";
    let page = sites::host_page("<tu-kiem-tra></tu-kiem-tra>")
        .replace("</head>", r#"<link rel="stylesheet" href="/loud.css"></head>"#);
    Setup::empty()
        .mount("/tkt/", dist())
        .page("/", &page)
        .page("/paper", "<html><head><title>Giấy</title></head><body></body></html>")
        .file("/loud.css", "text/css", style)
        .preload(NO_PRINTER)
}

/// Starts an inspection in which one item is not met.
async fn start(page: &Page) -> Result<String> {
    let id = Start::default().run(page).await?;
    let item = page.item("thrift");
    item.choose("not-met").await?;
    item.field("reason").fill("Thiếu máy quét").await?;
    item.field("action").fill("Mua hai máy quét").await?;
    page.item("signature-agency").field("numerator").fill("24").await?;
    page.item("signature-agency").field("denominator").fill("25").await?;
    Ok(id)
}

/// Opens a new page with the portal's element and the inspection.
async fn open(stage: &mut Stage) -> Result<Page> {
    let page = stage.open("/").await?;
    start(&page).await?;
    Ok(page)
}

/// The details are on a paper that has no styles of the host's page and leaves nothing in it.
pub async fn on_paper(engine: Engine) -> TestResult {
    portal()
        .engine(engine)
        .run(async |stage| {
            let page = open(stage).await?;
            let host = "return document.documentElement.outerHTML;";
            let before = page.evaluate(host, json!(null)).await?;
            paper::ask(&page).await?;
            page.field("document-number").fill("5").await?;
            page.field("document-date").fill("03/02/2027").await?;
            page.field("document-signer").fill("Trần Văn Đức").await?;
            page.field("document-proposals").fill("Thêm máy <b>quét</b>.").await?;
            paper::print(&page).await?;
            steps::wait_for_no_dialog(&page).await?;
            for (place, expected) in [
                (".agency", "ỦY BAN NHÂN DÂN\nPHƯỜNG 2"),
                (".number", "Số: 05/BC-UBND"),
                (".place", "Phường 2, ngày 03 tháng 02 năm 2027"),
                ("h1 .kind", "BÁO CÁO"),
                (".signer", "Trần Văn Đức"),
                (".office", "TM. ỦY BAN NHÂN DÂNCHỦ TỊCH"),
                ("title", "BÁO CÁO - Kết quả tự kiểm tra công tác cải cách hành chính năm 2022"),
            ] {
                assert_eq!(paper::text(&page, place).await?, expected, "{place}");
            }
            let body = paper::text(&page, "main").await?;
            for part in ["Mua hai máy quét", "Thêm máy <b>quét</b>."] {
                assert!(body.contains(part), "{part}: {body}");
            }
            let annex = paper::text(&page, ".annex").await?;
            assert!(annex.contains("96,0%") || annex.contains("96%"), "{annex}");

            let script = "
                const style = (selector) => view.getComputedStyle(paper.querySelector(selector));
                return {
                  language: paper.documentElement.lang,
                  colour: style('.paragraph').color,
                  font: style('.paragraph').fontFamily.split(',')[0].replaceAll('\"', ''),
                  table: [style('td').fontFamily === style('p').fontFamily, style('td').fontSize],
                  head: style('thead').display,
                  row: style('tbody tr').breakInside,
                  end: view.getComputedStyle(paper.querySelector('.end').parentElement).breakInside,
                  last: paper.querySelector('.end').previousElementSibling.textContent.slice(0, 8),
                  heads: [...paper.querySelectorAll('thead th')].every((head) => head.scope === 'col'),
                  sheets: paper.adoptedStyleSheets.length,
                  inline: paper.querySelectorAll('[style], style, link, script').length,
                };
            ";
            let found = paper::on_paper(&page, script, json!(null)).await?;
            let expected = json!({
                "language": "vi", "colour": "rgb(0, 0, 0)", "font": "Times New Roman",
                "table": [true, "16px"], "head": "table-header-group", "row": "avoid", "end": "avoid",
                "last": "Trên đây", "heads": true,
                "sheets": 1, "inline": 0,
            });
            assert_eq!(found, expected);
            assert_eq!(page.evaluate(host, json!(null)).await?, before);
            assert_eq!(page.evaluate("return window.__hostPrinted ?? false;", json!(null)).await?, json!(false));
            paper::finish(&page).await
        })
        .await
}

#[tokio::test]
async fn what_is_given_stands_on_a_paper_of_its_own() -> TestResult {
    on_paper(Engine::Chromium).await
}

/// Not every browser reports the end of printing.
#[tokio::test]
async fn the_next_paper_takes_the_place_of_the_last() -> TestResult {
    portal()
        .run(async |stage| {
            let page = open(stage).await?;
            for signer in ["Trần Văn Đức", "Lê Thị Hoa"] {
                paper::ask(&page).await?;
                page.field("document-signer").fill(signer).await?;
                paper::print(&page).await?;
                assert_eq!(paper::text(&page, ".signer").await?, signer);
                assert_eq!(paper::frames(&page).await?, 1);
            }
            paper::finish(&page).await
        })
        .await
}

#[tokio::test]
async fn what_is_given_stays_and_helps_with_the_next_report() -> TestResult {
    portal()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = start(&page).await?;
            paper::ask(&page).await?;
            page.field("document-number").fill("5").await?;
            page.field("document-place").fill("Quảng Trị").await?;
            page.field("document-difficulties").fill("Mạng yếu").await?;
            assert_eq!(page.field("document-annex").value().await?, "landscape");
            page.field("document-annex").select("portrait").await?;
            page.action("print-leave").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            page.call("flush", json!([])).await?;
            page.reload().await?;
            steps::open(&page, &id).await?;
            paper::ask(&page).await?;
            for (field, expected) in [
                ("number", "5"),
                ("place", "Quảng Trị"),
                ("difficulties", "Mạng yếu"),
                ("annex", "portrait"),
            ] {
                assert_eq!(page.field(&format!("document-{field}")).value().await?, expected);
            }
            page.action("print-leave").click().await?;
            // The details are in the report, and reappear where it is opened.
            let report = page.call("exportReport", json!([])).await?;
            let difficulties = report.pointer("/inspection/document/difficulties");
            assert_eq!(difficulties, Some(&json!("Mạng yếu")));
            let beside = json!([report, { "onConflict": "keep-both" }]);
            let copy = page.call("importReport", beside).await?;
            page.call("openInspection", json!([copy])).await?;
            paper::ask(&page).await?;
            assert_eq!(page.field("document-number").value().await?, "5");
            assert_eq!(page.field("document-annex").value().await?, "portrait");
            page.action("print-leave").click().await?;
            steps::wait_for_no_dialog(&page).await?;

            steps::go_home(&page).await?;
            Start { period: "2023", ..Start::default() }.run(&page).await?;
            paper::ask(&page).await?;
            for (field, expected) in [
                ("number", ""),
                ("place", "Quảng Trị"),
                ("difficulties", ""),
                ("annex", "portrait"),
            ] {
                assert_eq!(page.field(&format!("document-{field}")).value().await?, expected);
            }
            let subject = page.field("document-subject").value().await?;
            assert!(subject.ends_with("năm 2023"), "{subject}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_keyboard_is_enough() -> TestResult {
    portal()
        .run(async |stage| {
            let page = open(stage).await?;
            let browser = &stage.browser;
            let button = page.action("print");
            button.on_element("place.focus(); return null;", json!(null)).await?;
            press(browser, "Enter").await?;
            let number = page.field("document-number");
            number.wait_for("to be there", async |number| number.is_visible().await).await?;
            tab_to(&page, browser, "document-number").await?;
            type_text(browser, "12").await?;
            press(browser, "Escape").await?;
            steps::wait_for_no_dialog(&page).await?;
            assert!(button.is_focused().await?);
            press(browser, "Enter").await?;
            number.wait_for("to be there", async |number| number.is_visible().await).await?;
            assert_eq!(number.value().await?, "12");
            tab_to(&page, browser, "print-now").await?;
            press(browser, "Enter").await?;
            page.wait_for("the paper", async |page| Ok(paper::printed(page).await? == 1)).await?;
            paper::finish(&page).await?;
            assert!(button.is_focused().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_a_browser_cannot_do_is_said() -> TestResult {
    for (preload, can_number) in [
        ("", true),
        ("Object.defineProperty(CSSPageRule.prototype, 'cssRules', { get() {} });", false),
    ] {
        portal()
            .preload(preload)
            .run(async |stage| {
                let page = open(stage).await?;
                paper::ask(&page).await?;
                let said = page.find("[data-no-page-numbers]");
                assert_eq!(said.exists().await?, !can_number);
                page.field("document-date").fill("31/02/2026").await?;
                page.field("document-date").blur().await?;
                page.field("document-date").wait_for_attribute("aria-invalid", "true").await?;
                assert_eq!(page.axe().await?, Vec::<String>::new());
                // The date would be missing on paper, so the field asks for it first.
                page.action("print-now").click().await?;
                page.field("document-date")
                    .wait_for("to have the focus", async |date| date.is_focused().await)
                    .await?;
                assert_eq!(paper::frames(&page).await?, 0);
                page.field("document-date").fill("30/11/2026").await?;
                paper::print(&page).await?;
                let lies = "return paper.querySelector('.annex').dataset.orientation;";
                let expected = if can_number { "landscape" } else { "portrait" };
                assert_eq!(paper::on_paper(&page, lies, json!(null)).await?, json!(expected));
                paper::finish(&page).await?;
                paper::ask(&page).await?;
                // If the browser can't print, a notice appears and no frame is left behind.
                let broken = "
                    Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', { value: null });
                ";
                page.evaluate(broken, json!(null)).await?;
                page.action("print-now").click().await?;
                let failed = crate::support::checklists::text("vi", "print.failed")?;
                steps::wait_for_notice(&page, "error", &failed).await?;
                assert_eq!(paper::frames(&page).await?, 0);
                Ok(())
            })
            .await?;
    }
    Ok(())
}

/// As a real PDF: A4, and the annex in landscape; the head of the long table on each of its pages;
/// numbers from the second page on, restarting in the annex; the signature with the last sentence;
/// no line across two pages.
#[tokio::test]
async fn the_paper_is_a4_with_numbered_pages() -> TestResult {
    portal()
        .run(async |stage| {
            let page = open(stage).await?;
            paper::ask(&page).await?;
            paper::print(&page).await?;
            let clone =
                "return view.getComputedStyle(paper.querySelector('main')).boxDecorationBreak;";
            assert_eq!(paper::on_paper(&page, clone, json!(null)).await?, json!("clone"));
            let script = "
                const rules = [...paper.adoptedStyleSheets[0].cssRules].map((rule) => rule.cssText);
                return { html: paper.documentElement.innerHTML, style: rules.join('\\n') };
            ";
            let content = paper::on_paper(&page, script, json!(null)).await?;
            // Only whole pages can be printed from here, so the report becomes one.
            let page = stage.goto("/paper").await?;
            let script = "
                document.documentElement.innerHTML = given.html;
                const sheet = new CSSStyleSheet();
                sheet.replaceSync(given.style);
                document.adoptedStyleSheets = [sheet];
            ";
            page.evaluate(script, content).await?;
            let given = json!({ "preferCSSPageSize": true });
            let pdf = stage.browser.cdp("Page.printToPDF", given).await?;
            let pdf = pdf.get("data").and_then(Value::as_str).context("there is no PDF")?;
            let pdf = BASE64_STANDARD.decode(pdf)?;
            let source = String::from_utf8_lossy(&pdf);
            let pages = source.matches("/Type /Page\n").count();
            assert!(pages >= 4, "{pages} pages");
            let upright = source.matches("/MediaBox [0 0 594.95996 841.91998]").count();
            let turned = source.matches("/MediaBox [0 0 841.91998 594.95996]").count();
            assert!(upright >= 2 && turned >= 2, "{upright} upright, {turned} turned");
            assert_eq!(upright + turned, pages);

            let file = stage.browser.downloads().with_file_name("paper.pdf");
            std::fs::write(&file, &pdf)?;
            // Reading the text needs a program that not every machine has.
            let Ok(text) = Command::new("pdftotext").arg("-layout").arg(&file).arg("-").output()
            else {
                return Ok(());
            };
            let text = String::from_utf8(text.stdout)?;
            let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
            let annex = pages
                .iter()
                .position(|page| page.contains("KẾT QUẢ CHI TIẾT"))
                .context("no annex")?;
            assert_eq!(annex, upright);
            let (report, annex) = pages.split_at(annex);
            for part in [report, annex] {
                for (page, number) in part.iter().zip(1..) {
                    let first = page.lines().map(str::trim).find(|line| !line.is_empty());
                    let is_numbered = first == Some(&number.to_string());
                    assert_eq!(is_numbered, number > 1, "page {number} begins with {first:?}");
                }
            }
            for page in annex {
                assert!(page.contains("Số liệu, thông tin"), "{page}");
            }
            let last = report.last().context("no report")?;
            assert!(last.contains("Trên đây là báo cáo") && last.contains("CHỦ TỊCH"), "{last}");
            for line in ["TM. ỦY BAN NHÂN DÂN", "KẾT QUẢ TỰ KIỂM TRA"] {
                assert_eq!(text.matches(line).count(), 1, "{line}");
            }
            Ok(())
        })
        .await
}
