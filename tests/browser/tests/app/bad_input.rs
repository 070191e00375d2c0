//! Mistakes of people and machines: each has its own message, and nothing is lost or executed.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result};
use browser_tests::{Control, Page, Setup, TestResult};
use serde_json::{Value, json};

use crate::support::checklists::{small, text};
use crate::support::sites::{portal, small_portal};
use crate::support::start::{Start, inspections};
use crate::support::{reports, scripts, steps};

/// Returns the error message of a field.
async fn error_of(field: &Control) -> Result<String> {
    field.wait_for_attribute("aria-invalid", "true").await?;
    let script = "
        const ids = (place.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id.endsWith('error'));
        return ids.map((id) => place.getRootNode().getElementById(id)?.innerText.trim()).join(' ');
    ";
    let words = field.on_element(script, Value::Null).await?;
    Ok(words.as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn an_empty_form_starts_nothing_and_says_what_is_missing() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            for language in ["vi", "en"] {
                page.evaluate("element.lang = given;", json!(language)).await?;
                page.field("unit-name").fill("  ").await?;
                page.action("start").click().await?;
                for (field, name) in [
                    ("checklist", "start.checklist-missing"),
                    ("unit-name", "start.unit-name-missing"),
                    ("period", "start.period-missing"),
                ] {
                    let words = error_of(&page.field(field)).await?;
                    assert_eq!(words, text(language, name)?, "{field}");
                }
                // First all errors are listed together; each line leads to its field.
                page.find("#start-errors")
                    .wait_for("to have the focus", async |summary| summary.is_focused().await)
                    .await?;
                for field in ["period", "checklist", "unit-name"] {
                    let line = format!("[data-error-for=\"#start-{field}\"]");
                    page.find(&line).click().await?;
                    page.field(field)
                        .wait_for("to have the focus", async |field| field.is_focused().await)
                        .await?;
                }
            }
            assert!(inspections(&page).await?.is_empty());
            // Corrections remove the messages one by one, and then the inspection starts.
            page.field("unit-name").fill("UBND Phường 2").await?;
            page.field("unit-name")
                .wait_for("to be right", async |field| {
                    Ok(field.attribute("aria-invalid").await?.is_none())
                })
                .await?;
            Start::default().run(&page).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn a_period_that_cannot_be_read_is_told_and_kept() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let period = page.field("period");
            Start::default().fill(&page).await?;
            for typed in [
                "sáu tháng đầu năm",
                "2026-13",
                "quý V/2026",
                "31/12/2026 - 01/01/2026",
                "31/02/2026 - 01/03/2026",
            ] {
                period.fill(typed).await?;
                page.action("start").click().await?;
                assert_eq!(
                    error_of(&period).await?,
                    text("vi", "start.period-unreadable")?,
                    "{typed}"
                );
                assert_eq!(period.value().await?, typed);
                assert!(page.items().await?.is_empty());
            }
            assert!(inspections(&page).await?.is_empty());
            period.fill("quý iv năm 2022").await?;
            page.action("start").click().await?;
            page.wait_for("the items", async |page| Ok(!page.items().await?.is_empty())).await?;
            let report = page.call("exportReport", json!([])).await?;
            assert_eq!(report.pointer("/inspection/period"), Some(&json!("2022-Q4")));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn bad_files_are_told_apart_and_change_nothing() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start { checklist: "", ..Start::default() }.run(&page).await?;
            page.item("overdue").field("count").fill("3").await?;
            let good = page.call("exportReport", json!([])).await?;
            let text_of_good = reports::canonical(&page, &good).await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;

            let mut altered = good.clone();
            altered["inspection"]["unit"]["name"] = json!("UBND phường khác");
            let mut newer = good.clone();
            newer["formatVersion"] = json!(2);
            let mut misfit = good.clone();
            misfit["items"][0]["id"] = json!("no-such-item");
            let misfit = reports::sealed(&page, misfit).await?;
            let mut bad_checklist = good.clone();
            bad_checklist["checklist"]["definition"]["items"][0]["area"] = json!("nowhere");
            let half: String = text_of_good.chars().take(text_of_good.len() / 2).collect();
            let cases: [(&str, &str, Vec<u8>); 11] = [
                (
                    "other.json",
                    "import-foreign",
                    br#"{"type": "FeatureCollection", "features": []}"#.to_vec(),
                ),
                ("list.json", "import-foreign", b"[]".to_vec()),
                ("picture.json", "import-foreign", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR".to_vec()),
                ("half.json", "import-truncated", half.into_bytes()),
                ("empty.json", "import-truncated", Vec::new()),
                ("damaged.json", "import-damaged", text_of_good.replacen(':', ";", 1).into_bytes()),
                ("misfit.json", "import-damaged", misfit.to_string().into_bytes()),
                ("altered.json", "import-altered", altered.to_string().into_bytes()),
                (
                    "altered-checklist.json",
                    "import-altered",
                    bad_checklist.to_string().into_bytes(),
                ),
                ("newer.json", "import-newer", newer.to_string().into_bytes()),
                ("large.json", "import-too-large", vec![b' '; 20 * 1024 * 1024 + 1]),
            ];
            let folder = stage.browser.downloads().with_file_name("files");
            fs::create_dir(&folder)?;
            let before = (
                page.call("listInspections", json!([])).await?,
                scripts::stored(&page, "default", "items").await?,
            );

            for language in ["vi", "en"] {
                page.evaluate("element.lang = given;", json!(language)).await?;
                let mut sentences: BTreeSet<(String, String)> = BTreeSet::new();
                for (name, code, bytes) in &cases {
                    let file = folder.join(name);
                    fs::write(&file, bytes)?;
                    let count = page.events("tkt-error").await?.len();
                    page.field("import-file").upload(&file).await?;
                    let errors = page.wait_for_events("tkt-error", count + 1).await?;
                    let told = errors.last().context("an error")?;
                    assert_eq!(told.get("code"), Some(&json!(code)), "{name}: {told}");
                    let sentence = page.find("[data-notice=error] p").text().await?;
                    assert_eq!(told.get("message"), Some(&json!(sentence)), "{name}");
                    let stem = text(language, &format!("error.{code}"))?;
                    let stem = stem.split('{').next().unwrap_or_default();
                    assert!(sentence.starts_with(stem), "{name}: {sentence:?} is not {stem:?}");
                    // The place of the damage is given without words, in either language.
                    let place = text(language, "error.import-place")?.replace("{place}", "");
                    if let Some((_, place)) = sentence.split_once(&place) {
                        assert!(!place.is_empty() && !place.contains(' '), "{name}: {sentence:?}");
                    }
                    sentences.insert(((*code).to_owned(), stem.to_owned()));
                    steps::dismiss_notices(&page).await?;
                }
                // Six reasons, six sentences.
                let different: BTreeSet<&String> =
                    sentences.iter().map(|(_, sentence)| sentence).collect();
                assert_eq!((sentences.len(), different.len()), (6, 6), "{sentences:?}");
            }
            let after = (
                page.call("listInspections", json!([])).await?,
                scripts::stored(&page, "default", "items").await?,
            );
            assert!(before == after, "something changed");
            assert!(!page.find("[data-notice=import-conflict]").exists().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn attributes_that_cannot_be_are_told_and_left_out() -> TestResult {
    let tag = r#"<tu-kiem-tra unit-type="village" period="năm ngoái" unit-name="Phường 1"
        checklist="vung-tau-2022" lang="tlh" upload-url="ftp://x/"></tu-kiem-tra>"#;
    portal(tag)?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let told = page.wait_for_events("tkt-error", 3).await?;
            let names: BTreeSet<&str> = ["unit-type", "lang", "upload-url"]
                .into_iter()
                .filter(|name| {
                    let quoted = format!("“{name}”");
                    told.iter().any(|detail| {
                        detail.get("code") == Some(&json!("bad-attribute"))
                            && detail
                                .get("message")
                                .is_some_and(|text| text.to_string().contains(&quoted))
                    })
                })
                .collect();
            assert_eq!((told.len(), names.len()), (3, 3), "{told:?}");
            assert!(steps::notice(&page, "error").await?.contains('“'));
            assert_eq!(page.field("unit-type").value().await?, "commune");
            assert_eq!(page.action("start").text().await?, text("vi", "start.button")?);
            // The person can see and correct the period's text.
            assert_eq!(page.field("period").value().await?, "năm ngoái");
            page.action("start").click().await?;
            assert_eq!(
                error_of(&page.field("period")).await?,
                text("vi", "start.period-unreadable")?
            );
            page.evaluate("element.lang = 'xx';", json!(null)).await?;
            page.wait_for_events("tkt-error", 4).await?;
            page.field("period").fill("2022").await?;
            page.action("start").click().await?;
            page.wait_for("the items", async |page| Ok(!page.items().await?.is_empty())).await
        })
        .await
}

/// Damages part of the stored data: an item's record, another inspection's header, a record of a
/// later program, and an entry of the journal.
const SPOIL: &str = "
    const { whole, other } = given;
    return new Promise((done, failed) => {
      const request = indexedDB.open('tkt:default');
      request.onerror = () => failed(request.error);
      request.onsuccess = () => {
        const transaction = request.result.transaction(['items', 'overviews'], 'readwrite');
        transaction.objectStore('items').put('hỏng {', `${whole}/thrift`);
        transaction.objectStore('items').put('{\"version\":9,\"future\":true}', `${whole}/iso-9001`);
        transaction.objectStore('overviews').put({ not: 'a text' }, `${other}/@header`);
        localStorage.setItem(`tkt:default:journal:${whole}:it-infrastructure`, 'nửa chừng');
        transaction.oncomplete = () => { request.result.close(); done(); };
        transaction.onabort = () => failed(transaction.error);
      };
    });
";

#[tokio::test]
async fn what_is_stored_and_unreadable_is_set_aside_and_handed_out() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let whole = Start::default().run(&page).await?;
            page.item("overdue-not-closed").field("count").fill("3").await?;
            page.item("thrift").choose("met").await?;
            page.item("iso-9001").choose("met").await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            let other = Start { unit: "UBND Phường 5", ..Start::default() }.run(&page).await?;
            page.wait_for_save_state("saved").await?;
            page.evaluate(SPOIL, json!({ "whole": whole, "other": other })).await?;

            page.reload().await?;
            steps::notice(&page, "set-aside").await?;
            // The other inspection can't be listed any more. This one can be opened and edited.
            assert_eq!(inspections(&page).await?, [whole.as_str()]);
            steps::open(&page, &whole).await?;
            assert_eq!(page.item("overdue-not-closed").field("count").value().await?, "3");
            assert_eq!(page.item("thrift").verdict().await?, "unanswered");
            let expected = text("vi", "set-aside")?.replace("{count}", "4");
            steps::wait_for_notice(&page, "set-aside", &expected).await?;
            page.item("thrift").choose("not-met").await?;
            page.item("it-infrastructure").choose("met").await?;
            page.wait_for_save_state("saved").await?;

            page.action("download-aside").click().await?;
            let file = stage.browser.wait_for_download(".json").await?;
            let asides: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
            let texts: Vec<&str> = asides
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|aside| aside.get("text")?.as_str())
                .collect();
            for text in
                ["hỏng {", r#"{"version":9,"future":true}"#, r#"{"not":"a text"}"#, "nửa chừng"]
            {
                assert!(texts.contains(&text), "{text:?} is not among {texts:?}");
            }
            // The notice appears once: then the unreadable data is set aside, and nothing of it was
            // discarded.
            page.reload().await?;
            steps::open(&page, &whole).await?;
            assert_eq!(page.item("thrift").verdict().await?, "not-met");
            assert_eq!(page.item("it-infrastructure").verdict().await?, "met");
            assert!(!page.find("[data-notice=set-aside]").exists().await?);
            assert_eq!(scripts::stored(&page, "default", "aside").await?.len(), 4);
            Ok(())
        })
        .await
}

/// Markup that would run if it were inserted as HTML.
const MARKUP: &str = r#"<img src=x onerror="window.__run = true"><b>đậm</b>"#;

/// Fails if any of the markup became an element, or ran.
async fn check_no_markup(page: &Page, place: &str) -> TestResult {
    let script = "return [root.querySelectorAll('img, b').length, window.__run ?? false];";
    assert_eq!(page.evaluate(script, json!(null)).await?, json!([0, false]), "{place}");
    Ok(())
}

/// Goes to every screen, where the unit's name is shown.
async fn visit_screens(page: &Page, id: &str) -> TestResult {
    let shown = async |place: &str| -> TestResult {
        let text = scripts::text(page).await?;
        assert!(text.contains(MARKUP), "{place} does not show it: {text:.300}");
        check_no_markup(page, place).await
    };
    shown("the list").await?;
    steps::open(page, id).await?;
    shown("the items").await?;
    page.action("result").click().await?;
    page.find(".result").wait_for("to be there", async |result| result.exists().await).await?;
    check_no_markup(page, "the result").await?;
    steps::go_home(page).await
}

#[tokio::test]
async fn markup_in_what_is_typed_is_text() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id =
                Start { unit: MARKUP, inspectors: MARKUP, ..Start::default() }.run(&page).await?;
            page.item("thrift").choose("not-met").await?;
            for field in ["reason", "note"] {
                page.item("thrift").field(field).fill(MARKUP).await?;
            }
            page.item("signature-agency").field("numerator").fill(MARKUP).await?;
            page.item("signature-agency").wait_for_verdict("invalid").await?;
            page.action("export").click().await?;
            let file = stage.browser.wait_for_download(".json").await?;
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let expected =
                "tu-kiem-tra_img-src-x-onerror-window-run-true-b-dam-b_phuong-2-105-2022_2022.json";
            assert_eq!(name, expected);
            // For an identical report there is no question, so something is changed first.
            page.item("signature-agency").field("denominator").fill("1").await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            visit_screens(&page, &id).await?;

            // The question about an existing report shows the unit's name, too.
            page.field("import-file").upload(&file).await?;
            assert!(steps::notice(&page, "import-conflict").await?.contains(MARKUP));
            check_no_markup(&page, "the question").await?;
            page.action("import-replace").click().await?;
            steps::wait_for_notice(&page, "done", &text("vi", "import.replaced")?).await?;
            visit_screens(&page, &id).await
        })
        .await
}

/// Puts the markup in front of every text for people in a checklist.
fn mark(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text)
                        if [
                            "vi",
                            "en",
                            "issuer",
                            "date",
                            "subject",
                            "clause",
                            "cited",
                            "addressee",
                        ]
                        .contains(&name.as_str()) =>
                    {
                        *text = format!("{MARKUP}{text}");
                    }
                    other => mark(other),
                }
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(mark),
        _ => {}
    }
}

#[tokio::test]
async fn markup_in_a_checklist_is_text() -> TestResult {
    let mut checklist = small()?;
    mark(&mut checklist);
    portal(r#"<tu-kiem-tra checklist="/marked.json"></tu-kiem-tra>"#)?
        .file("/marked.json", "application/json", checklist.to_string())
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start { checklist: "", unit: MARKUP, ..Start::default() }.run(&page).await?;
            page.field("show-others").on_element("place.click();", Value::Null).await?;
            page.item("office-only")
                .wait_for("to be there", async |item| item.exists().await)
                .await?;
            page.item("posted").action("add-row").click().await?;
            page.item("posted").wait_for_rows(1).await?;
            page.item("notice").action("none-of-them").click().await?;
            page.item("notice").wait_for_verdict("not-met").await?;
            check_no_markup(&page, "the items").await?;
            let shown = page.item("share").text().await?;
            assert!(shown.matches(MARKUP).count() >= 4, "{shown}");
            page.action("result").click().await?;
            let finding = page.find("[data-finding=notice]");
            assert!(finding.text().await?.contains(MARKUP));
            check_no_markup(&page, "the result").await?;
            let report = page.call("exportReport", json!([])).await?;

            // Checks a report, too, in the other language.
            steps::go_home(&page).await?;
            visit_screens(&page, &id).await?;
            page.evaluate("element.lang = 'en';", json!(null)).await?;
            let copy =
                page.call("importReport", json!([report, { "onConflict": "keep-both" }])).await?;
            visit_screens(&page, copy.as_str().unwrap_or_default()).await
        })
        .await
}

#[tokio::test]
async fn a_bad_checklist_names_its_faults_as_text() -> TestResult {
    let mut checklist = small()?;
    checklist["items"][0]["kind"] = json!(MARKUP);
    checklist["items"][1]["id"] = json!(MARKUP);
    portal(r#"<tu-kiem-tra checklist="/marked.json"></tu-kiem-tra>"#)?
        .file("/marked.json", "application/json", checklist.to_string())
        .run(async |stage| {
            let page = stage.open("/").await?;
            let notice = steps::notice(&page, "error").await?;
            assert!(notice.contains("<img src=x"), "{notice}");
            check_no_markup(&page, "the notice").await
        })
        .await
}
