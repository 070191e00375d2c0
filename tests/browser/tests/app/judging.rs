//! The verdicts that follow from typed answers, and how the page shows them.

use anyhow::Result;
use browser_tests::{Control, Engine, Item, Page, Setup, Stage, TestResult};
use serde_json::{Value, json};

use crate::support::checklists::{applying, builtin, ids, text};
use crate::support::reports;
use crate::support::start::{Start, question};
use crate::support::{scripts, steps};

async fn open(stage: &mut Stage, start: Start<'_>) -> Result<(Page, String)> {
    let page = stage.open("/").await?;
    let id = start.run(&page).await?;
    Ok((page, id))
}

/// Enters a ratio.
async fn ratio(item: &Item, numerator: &str, denominator: &str) -> TestResult {
    item.field("numerator").fill(numerator).await?;
    item.field("denominator").fill(denominator).await
}

/// Returns the line with the verdict and the figures.
async fn line(item: &Item) -> Result<String> {
    item.find(".verdict").text().await
}

/// Fails unless a field shows an error message once it is left, and returns the message.
async fn wrong(field: &Control) -> Result<String> {
    leave(field).await?;
    field.wait_for_attribute("aria-invalid", "true").await?;
    let script = "
        const ids = (place.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean);
        const texts = ids.map((id) => place.getRootNode().getElementById(id));
        return texts.filter((text) => text?.checkVisibility() && text.matches('.field-error, [role=alert]'))
          .map((text) => text.textContent.trim()).join(' ');
    ";
    let words = field.on_element(script, Value::Null).await?;
    let words = words.as_str().unwrap_or_default().to_owned();
    assert!(!words.is_empty(), "{field} says nothing on what is wrong");
    Ok(words)
}

/// Leaves the field in which something was entered last.
async fn leave(there: &Control) -> TestResult {
    there.on_element("place.getRootNode().activeElement?.blur();", Value::Null).await.map(drop)
}

async fn right(field: &Control) -> TestResult {
    let what = "to be right";
    field
        .wait_for(what, async |field| {
            Ok(field.attribute("aria-invalid").await? != Some("true".to_owned()))
        })
        .await
}

/// Returns a text of the interface with a value in it.
fn filled(name: &str, value: &str) -> Result<String> {
    let text = text("vi", name)?;
    let (before, rest) = text.split_once('{').unwrap_or((&text, ""));
    let (_, after) = rest.split_once('}').unwrap_or_default();
    Ok(format!("{before}{value}{after}"))
}

#[tokio::test]
async fn more_than_96_percent_is_more_than_96_percent() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let (page, _) =
                open(stage, Start { checklist: "cao-lanh-2022", ..Start::default() }).await?;
            let item = page.item("on-time");
            assert!(item.text().await?.contains(&filled("target.more-than", "96%")?));
            for (numerator, denominator, verdict, percent, missing) in [
                ("24", "25", "not-met", "96", Some("1")),
                ("25", "25", "met", "100", None),
                ("96", "100", "not-met", "96", Some("1")),
                ("97", "100", "met", "97", None),
                // Neither is shown as 96,0%: that would contradict the verdict or the other one.
                ("95.999", "100.000", "not-met", "95,9", Some("2")),
                ("96.001", "100.000", "met", "96,001", None),
                ("900", "1.000", "not-met", "90", Some("61")),
                ("9007199254740990", "9007199254740991", "met", "99,9", None),
            ] {
                ratio(&item, numerator, denominator).await?;
                item.wait_for_verdict(verdict).await?;
                let line = line(&item).await?;
                let shown =
                    line.split_whitespace().find(|word| word.ends_with('%')).unwrap_or_default();
                assert!(shown.starts_with(percent), "{numerator}/{denominator}: {line:?}");
                if verdict == "not-met" {
                    assert!(!shown.starts_with("96,0"), "{line:?}");
                }
                let missing = missing.map(|count| filled("shortfall.more", count)).transpose()?;
                match missing {
                    Some(missing) => assert!(
                        line.ends_with(&missing),
                        "{missing:?} is not at the end of {line:?}"
                    ),
                    None => assert!(
                        !line.contains(&filled("shortfall.more", "")?.trim().to_owned()),
                        "{line:?}"
                    ),
                }
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn exactly_100_percent_is_all() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let (page, _) = open(stage, Start::default()).await?;
            let item = page.item("signature-agency");
            ratio(&item, "959", "960").await?;
            item.wait_for_verdict("not-met").await?;
            let shown = line(&item).await?;
            assert!(shown.contains("99,8") && !shown.contains("100"), "{shown}");
            assert!(shown.contains(&filled("shortfall.more", "1")?), "{shown}");
            item.field("numerator").fill("960").await?;
            item.wait_for_verdict("met").await?;
            assert!(line(&item).await?.contains("100%"));
            // The result says so, too, and leads back to the item.
            item.field("numerator").fill("953").await?;
            item.wait_for_verdict("not-met").await?;
            page.action("result").click().await?;
            let finding = page.find("[data-finding=signature-agency]");
            assert!(finding.text().await?.contains(&filled("shortfall.more", "7")?));
            finding.find("button").click().await?;
            steps::wait_for_item(&page, "signature-agency").await?;
            assert!(item.is_visible().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn more_than_all_is_an_error_at_the_field() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let (page, _) = open(stage, Start::default()).await?;
            let item = page.item("signature-agency");
            ratio(&item, "26", "25").await?;
            item.wait_for_verdict("invalid").await?;
            let words = wrong(&item.field("numerator")).await?;
            assert_eq!(words, text("vi", "problem.numerator-over-denominator")?);
            assert!(!line(&item).await?.contains('%'), "a percentage over 100 is shown");
            assert_eq!(page.summary().await?.answered, 0);
            item.field("denominator").fill("26").await?;
            item.wait_for_verdict("met").await?;
            right(&item.field("numerator")).await?;
            ratio(&item, "1", "0").await?;
            item.wait_for_verdict("invalid").await?;
            wrong(&item.field("numerator")).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn no_cases_are_nothing_to_judge() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let (page, _) = open(stage, Start::default()).await?;
            let item = page.item("signature-agency");
            item.field("denominator").fill("0").await?;
            item.wait_for_verdict("not-applicable").await?;
            item.field("numerator").fill("0").await?;
            item.wait_for_verdict("not-applicable").await?;
            assert!(line(&item).await?.contains("Không phát sinh"));
            assert_eq!(page.summary().await?.answered, 1);
            // One number alone is not yet an answer, and the page tells which one is missing.
            item.field("denominator").fill("").await?;
            item.wait_for_verdict("unanswered").await?;
            assert!(line(&item).await?.contains(&text("vi", "missing.denominator")?));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn without_a_printed_figure_the_inspection_sets_its_own() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let start = Start { checklist: "sa-dec-2023", period: "2023", ..Start::default() };
            let (page, id) = open(stage, start).await?;
            let item = page.item("signed-documents");
            ratio(&item, "3", "4").await?;
            // The share is shown without a verdict.
            item.wait_for_verdict("unanswered").await?;
            let shown = line(&item).await?;
            assert!(
                shown.contains("75") && shown.contains(&text("vi", "missing.own-target")?),
                "{shown}"
            );
            item.field("target").fill("80").await?;
            item.wait_for_verdict("not-met").await?;
            assert!(line(&item).await?.contains(&filled("shortfall.more", "1")?));
            item.field("target").fill("75").await?;
            item.wait_for_verdict("met").await?;
            item.field("target").fill("100,5").await?;
            item.wait_for_verdict("invalid").await?;
            assert_eq!(
                wrong(&item.field("target")).await?,
                text("vi", "problem.target-out-of-range")?
            );
            item.field("target").fill("75.1").await?;
            item.wait_for_verdict("invalid").await?;
            assert!(wrong(&item.field("target")).await?.contains("75,1"));
            item.field("target").fill("75,1").await?;
            item.wait_for_verdict("not-met").await?;
            let report = page.call("exportReport", json!([])).await?;
            assert_eq!(
                report.pointer("/inspection/own/signed-documents"),
                Some(&json!({ "target": "75.1" }))
            );
            page.reload().await?;
            steps::open(&page, &id).await?;
            assert_eq!(item.field("target").value().await?, "75,1");
            assert_eq!(item.verdict().await?, "not-met");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_deadline_of_another_year_is_judged_only_by_a_new_date() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let start = Start { checklist: "vung-tau-2022", period: "2026", ..Start::default() };
            let (page, _) = open(stage, start).await?;
            let item = page.item("camera-estimate");
            assert!(item.text().await?.contains(&filled("due.by", "31/08/2022")?));
            item.field("date").fill("15/03/2026").await?;
            item.wait_for_verdict("unanswered").await?;
            assert!(line(&item).await?.contains(&text("vi", "missing.own-due")?));
            item.field("due").fill("15/03/2026").await?;
            // 'By' includes the day itself.
            item.wait_for_verdict("met").await?;
            item.field("due").fill("14/03/2026").await?;
            item.wait_for_verdict("not-met").await?;
            item.field("due").fill("").await?;
            item.wait_for_verdict("unanswered").await?;

            // 'Not yet': nothing is late before the day, and everything after it.
            item.field("due").fill("31/12/2999").await?;
            item.field("not-yet").check().await?;
            item.wait_for_verdict("unanswered").await?;
            assert_eq!(item.field("date").value().await?, "", "a date stands beside 'not yet'");
            assert!(line(&item).await?.contains(&text("vi", "missing.not-due-yet")?));
            item.field("due").fill("01/01/2020").await?;
            item.wait_for_verdict("not-met").await?;
            item.field("date").fill("31/12/2019").await?;
            item.wait_for_verdict("met").await?;
            assert!(!item.field("not-yet").is_checked().await?, "'not yet' stands beside a date");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn before_a_day_is_not_on_it() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let start = Start { checklist: "sa-dec-2023", period: "2023", ..Start::default() };
            let (page, _) = open(stage, start).await?;
            let item = page.item("remedy-report");
            for (date, verdict) in
                [("15/06/2023", "met"), ("16/06/2023", "not-met"), ("1/6/2023", "met")]
            {
                item.field("date").fill(date).await?;
                item.wait_for_verdict(verdict).await?;
            }
            Ok(())
        })
        .await
}

/// Unreadable entries: the item, its field, the typed text, and a part of the message.
const UNREADABLE: [(&str, &str, &str, &str); 8] = [
    ("share", "numerator", "24a", "1.234"),
    ("share", "denominator", "1,234", "1234"),
    ("overdue", "count", "-3", "1.234"),
    ("hours", "quantity", "1.5", "1,5"),
    ("own-share", "target", "tám mươi", "96,5"),
    ("report", "date", "31/02/2023", "31/12/2026"),
    ("report", "due", "2022-12-15", "15/12/2022"),
    ("old-plan", "date", "30 8 2022", "30/08/2022"),
];

#[tokio::test]
async fn what_cannot_be_read_stays_as_typed_with_a_word_at_its_field() -> TestResult {
    unreadable(Engine::Chromium).await
}

/// Unreadable entries are kept and explained, in any browser.
pub async fn unreadable(engine: Engine) -> TestResult {
    crate::support::sites::small_portal()?
        .engine(engine)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start { checklist: "", ..Start::default() }.run(&page).await?;
            let check = async |times: &str| -> TestResult {
                for (item, field, typed, advice) in UNREADABLE {
                    let place = page.item(item);
                    assert_eq!(place.field(field).value().await?, typed, "{times} {item} {field}");
                    assert_eq!(place.verdict().await?, "invalid", "{times} {item}");
                    let words = wrong(&place.field(field)).await?;
                    assert!(words.contains(advice), "{times} {item} {field} {typed}: {words:?}");
                }
                Ok(())
            };
            for (item, field, typed, _) in UNREADABLE {
                page.item(item).field(field).type_text(typed).await?;
            }
            check("typed").await?;
            page.wait_for_save_state("saved").await?;
            page.reload().await?;
            steps::open(&page, &id).await?;
            check("after a reload").await?;
            let report = page.call("exportReport", json!([])).await?;
            let unread = reports::item(&report, "share")?.pointer("/answer/unread");
            assert_eq!(unread, Some(&json!({ "numerator": "24a", "denominator": "1,234" })));
            assert_eq!(report.pointer("/summary/invalid"), Some(&json!(6)));

            // Written as advised, it can be read.
            for (item, field, good) in [("overdue", "count", "1.234"), ("hours", "quantity", "4,5")]
            {
                page.item(item).field(field).fill(good).await?;
                right(&page.item(item).field(field)).await?;
                assert_eq!(page.item(item).field(field).value().await?, good);
            }
            page.item("overdue").wait_for_verdict("not-met").await?;
            page.item("hours").wait_for_verdict("met").await?;
            let shown = line(&page.item("overdue")).await?;
            assert!(shown.contains(&filled("shortfall.fewer", "1234")?), "{shown}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn periods_are_expected_once_they_are_over() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let start =
                Start { checklist: "cao-lanh-2022", period: "Quý I/2022", ..Start::default() };
            let (page, _) = open(stage, start).await?;
            let item = page.item("review-monthly");
            assert_eq!(item.count("[data-field=done-period]").await?, 3);
            item.check("2022-01").await?;
            item.wait_for_verdict("partly-met").await?;
            assert!(line(&item).await?.contains(&filled("shortfall.periods", "2")?));
            item.check("2022-02").await?;
            item.check("2022-03").await?;
            item.wait_for_verdict("met").await?;
            for month in ["2022-01", "2022-02", "2022-03"] {
                item.uncheck(month).await?;
            }
            item.wait_for_verdict("not-met").await?;

            // For a quarter that is not over, nothing is due yet.
            steps::go_home(&page).await?;
            Start { checklist: "cao-lanh-2022", period: "2999-Q4", ..Start::default() }
                .run(&page)
                .await?;
            item.option("2999-10")
                .wait_for("to be there", async |month| month.exists().await)
                .await?;
            item.check("2999-10").await?;
            item.wait_for_verdict("unanswered").await?;
            assert!(line(&item).await?.contains(&text("vi", "missing.nothing-over-yet")?));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn parts_are_all_some_or_none() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let (page, id) = open(stage, Start::default()).await?;
            let item = page.item("feedback-posted");
            let none = item.action("none-of-them");
            assert!(none.is_visible().await?);
            none.click().await?;
            item.wait_for_verdict("not-met").await?;
            assert!(line(&item).await?.contains(&filled("shortfall.parts", "3")?));
            for (part, verdict) in
                [("address", "partly-met"), ("phone", "partly-met"), ("mailbox", "met")]
            {
                item.check(part).await?;
                item.wait_for_verdict(verdict).await?;
            }
            item.uncheck("phone").await?;
            item.wait_for_verdict("partly-met").await?;
            page.wait_for_save_state("saved").await?;
            page.reload().await?;
            steps::open(&page, &id).await?;
            let checked = async |part: &str| item.option(part).is_checked().await;
            assert!(
                checked("address").await? && !checked("phone").await? && checked("mailbox").await?
            );
            assert_eq!(item.verdict().await?, "partly-met");
            // The missing part is named at the item and in the result.
            let lacking = format!("{}: Số điện thoại", filled("shortfall.parts", "1")?);
            assert!(line(&item).await?.contains(&lacking));
            page.action("result").click().await?;
            let finding = page.find("[data-finding=feedback-posted]");
            assert!(finding.text().await?.contains(&lacking));
            Ok(())
        })
        .await
}

/// The names in a roster's rows, as shown.
async fn names(item: &Item) -> Result<Vec<String>> {
    let script = "
        const cells = place.querySelectorAll('[data-row] [data-column=name]');
        return [...cells].map((cell) => cell.value);
    ";
    scripts::strings(item.on_element(script, Value::Null).await?)
}

#[tokio::test]
async fn rosters_grow_by_hand_and_by_pasting_and_rows_come_back() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let (page, id) =
                open(stage, Start { checklist: "cao-lanh-2022", ..Start::default() }).await?;
            let item = page.item("procedures-posted");
            item.action("add-row").click().await?;
            item.wait_for_rows(1).await?;
            // An empty row doesn't count.
            assert_eq!(item.verdict().await?, "unanswered");
            item.row(0).column("name").type_text("Khai sinh").await?;
            item.wait_for_verdict("not-met").await?;
            item.row(0).column("desk").check().await?;
            assert_eq!(item.verdict().await?, "not-met");
            item.row(0).column("website").check().await?;
            item.wait_for_verdict("met").await?;
            item.row(0).column("posted-on").type_text("30/2/2022").await?;
            item.wait_for_verdict("invalid").await?;
            leave(&item).await?;
            item.row(0).column("posted-on").wait_for_attribute("aria-invalid", "true").await?;
            item.row(0).column("posted-on").fill("28/2/2022").await?;
            item.wait_for_verdict("met").await?;

            // Four lines of a spreadsheet, the first with the headings.
            item.action("paste-rows").click().await?;
            let lines = "Tên thủ tục hành chính\tMã thủ tục\tMột cửa\tTrang\tNgày\n\
                Khai tử\t1.000656\tx\tx\t16/06/2022\n\
                Kết hôn\t1.000894\tx\t\t\n\
                Giám hộ\t1.001669\tcó\tcó\t";
            item.field("paste").click().await?;
            stage.browser.cdp("Input.insertText", json!({ "text": lines })).await?;
            let preview = filled("paste.preview", "3")?;
            item.find(".paste")
                .wait_for("to say what will be taken", async |paste| {
                    Ok(paste.text().await?.contains(&preview))
                })
                .await?;
            item.action("take-rows").click().await?;
            item.wait_for_rows(4).await?;
            assert_eq!(names(&item).await?, ["Khai sinh", "Khai tử", "Kết hôn", "Giám hộ"]);
            assert_eq!(item.row(1).column("code").value().await?, "1.000656");
            assert_eq!(item.row(1).column("posted-on").value().await?, "16/06/2022");
            assert!(item.row(2).column("desk").is_checked().await?);
            assert!(!item.row(2).column("website").is_checked().await?);
            item.wait_for_verdict("not-met").await?;
            let shown = line(&item).await?;
            assert!(
                shown.contains("75%") && shown.contains(&filled("shortfall.rows", "1")?),
                "{shown}"
            );

            // The second row is removed and comes back to its place.
            item.row(1).find("[data-action=remove-row]").click().await?;
            item.wait_for_rows(3).await?;
            assert_eq!(names(&item).await?, ["Khai sinh", "Kết hôn", "Giám hộ"]);
            page.action("undo").click().await?;
            item.wait_for_rows(4).await?;
            assert_eq!(names(&item).await?, ["Khai sinh", "Khai tử", "Kết hôn", "Giám hộ"]);
            // Text typed into a row goes into that row.
            item.row(2).column("name").fill("Đăng ký kết hôn").await?;
            item.row(2).column("website").check().await?;
            item.wait_for_verdict("met").await?;
            let expected = ["Khai sinh", "Khai tử", "Đăng ký kết hôn", "Giám hộ"];
            assert_eq!(names(&item).await?, expected);
            let report = page.call("exportReport", json!([])).await?;
            let rows = reports::item(&report, "procedures-posted")?
                .pointer("/answer/rows")
                .cloned()
                .unwrap_or_default();
            let reported: Vec<&str> = rows
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|row| row.get("name")?.as_str())
                .collect();
            assert_eq!(reported, expected);
            assert_eq!(rows.pointer("/0/posted-on"), Some(&json!("2022-02-28")));

            page.wait_for_save_state("saved").await?;
            page.reload().await?;
            steps::open(&page, &id).await?;
            assert_eq!(names(&item).await?, expected);
            assert_eq!(item.verdict().await?, "met");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_does_not_apply_needs_a_reason() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let (page, _) = open(stage, Start::default()).await?;
            let item = page.item("signature-agency");
            ratio(&item, "24", "25").await?;
            item.wait_for_verdict("not-met").await?;
            item.field("na").check().await?;
            item.wait_for_verdict("not-applicable").await?;
            let reason = item.field("reason");
            assert!(reason.is_visible().await?);
            let asked = text("vi", "missing.reason")?;
            leave(&item).await?;
            item.wait_for("to ask for it", async |item| Ok(item.text().await?.contains(&asked)))
                .await?;
            reason.type_text("Không phát hành văn bản").await?;
            item.wait_for("to ask no more", async |item| Ok(!item.text().await?.contains(&asked)))
                .await?;
            // The earlier entries are still there, and count again.
            item.field("na").uncheck().await?;
            item.wait_for_verdict("not-met").await?;
            assert_eq!(item.field("numerator").value().await?, "24");

            let attested = page.item("thrift");
            for (verdict, asks) in
                [("met", false), ("partly-met", true), ("not-met", true), ("not-applicable", true)]
            {
                attested.choose(verdict).await?;
                attested.wait_for_verdict(verdict).await?;
                leave(&attested).await?;
                attested
                    .wait_for(&format!("to ask for a reason: {asks}"), async |item| {
                        Ok(item.text().await?.contains(&asked) == asks)
                    })
                    .await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn items_of_other_units_are_shown_on_demand_and_do_not_count() -> TestResult {
    let checklist = builtin("vinh-long-3747-2022")?;
    let own = applying(&checklist, "justice", &[]);
    Setup::dist()
        .viewport(1280, 800)
        .run(async |stage| {
            let start = Start {
                checklist: "vinh-long-3747-2022",
                unit: "Phòng Tư pháp",
                unit_type: "justice",
                ..Start::default()
            };
            let (page, _) = open(stage, start).await?;
            assert_eq!(page.items().await?, ids(&own));
            let summary = page.summary().await?;
            assert_eq!(summary.total as usize, own.len());
            let fields = "return root.querySelectorAll('[data-item] [data-field]').length;";
            let of_own = page.evaluate(fields, json!(null)).await?;
            page.field("show-others").check().await?;
            let other = page.item("budget-open");
            other.wait_for("to be there", async |other| other.exists().await).await?;
            assert_eq!(page.items().await?.len(), 47);
            assert_eq!(page.summary().await?, summary);
            // They can be read and answered, and count for nothing here.
            other.choose("met").await?;
            other.wait_for_verdict("met").await?;
            assert_eq!(page.summary().await?, summary);
            page.field("show-others").uncheck().await?;
            other.wait_for("to be gone", async |other| Ok(!other.exists().await?)).await?;
            assert_eq!(page.items().await?, ids(&own));
            assert_eq!(
                page.evaluate(fields, json!(null)).await?,
                of_own,
                "each field is there once"
            );
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_question_of_sa_dec_decides_which_deadline_applies() -> TestResult {
    let checklist = builtin("sa-dec-2023")?;
    Setup::dist()
        .run(async |stage| {
            let start = Start {
                checklist: "sa-dec-2023",
                period: "2023",
                questions: &[("inspected-2023", true)],
                ..Start::default()
            };
            let (page, id) = open(stage, start).await?;
            let yes = applying(&checklist, "commune", &[("inspected-2023", true)]);
            let no = applying(&checklist, "commune", &[("inspected-2023", false)]);
            assert_eq!(page.items().await?, ids(&yes));
            assert_eq!(page.summary().await?.total as usize, yes.len());
            page.item("remedy-report").field("date").fill("15/06/2023").await?;
            page.item("remedy-report").wait_for_verdict("met").await?;
            assert_eq!(page.summary().await?.answered, 1);

            // The answer can be changed; the entries wait for it to be changed back.
            question(&page, "inspected-2023", false).await?;
            page.wait_for("the items", async |page| Ok(page.items().await? == ids(&no))).await?;
            let summary = page.summary().await?;
            assert_eq!((summary.answered, summary.total as usize), (0, no.len()));
            page.wait_for_save_state("saved").await?;
            page.reload().await?;
            steps::open(&page, &id).await?;
            assert_eq!(page.items().await?, ids(&no));
            question(&page, "inspected-2023", true).await?;
            page.wait_for("the items", async |page| Ok(page.items().await? == ids(&yes))).await?;
            assert_eq!(page.item("remedy-report").field("date").value().await?, "15/06/2023");
            assert_eq!(page.summary().await?.answered, 1);
            let report = page.call("exportReport", json!([])).await?;
            assert_eq!(
                report.pointer("/inspection/questions"),
                Some(&json!({ "inspected-2023": true }))
            );
            Ok(())
        })
        .await
}

#[tokio::test]
async fn next_unanswered_goes_on_from_where_one_is() -> TestResult {
    let items = applying(&builtin("vung-tau-2022")?, "commune", &[]);
    let ids: Vec<String> = ids(&items).iter().map(|id| (*id).to_owned()).collect();
    Setup::dist()
        .run(async |stage| {
            let (page, _) =
                open(stage, Start { checklist: "vung-tau-2022", ..Start::default() }).await?;
            // Skipped items are no trap: the button goes on, and from the last item to the first.
            for id in ids.iter().chain(ids.first()) {
                steps::go_to_next_unanswered(&page, id).await?;
            }
            // The search starts at the focused field's item and skips answered ones.
            let [from, answered, expected] =
                [3, 4, 5].map(|index: usize| ids.get(index).cloned().unwrap_or_default());
            page.item(&answered).choose("met").await?;
            page.item(&from).field("note").click().await?;
            steps::go_to_next_unanswered(&page, &expected).await?;
            Ok(())
        })
        .await
}
