//! Moving an inspection to a newer version of its checklist.

use anyhow::{Context, Result, ensure};
use browser_tests::{Page, Setup, Stage, TestResult};
use serde_json::{Value, json};

use crate::support::checklists::{ids, list, small, text};
use crate::support::dialogs::{file, with};
use crate::support::keys::press;
use crate::support::reports::{canonical, check_schema, item};
use crate::support::scripts::text as page_text;
use crate::support::sites::{host_page, portal};
use crate::support::steps;

/// Returns a newer version of the small checklist: an item removed and one added, some with other
/// requirements, one of another kind and one with other parts.
fn newer() -> Result<Value> {
    let mut items = Vec::new();
    for item in list(&small()?, "items").iter().cloned() {
        items.push(match item.get("id").and_then(Value::as_str) {
            Some("attested") => continue,
            Some("share") => with(item, "target", json!({"moreThan": "95"})),
            Some("overdue") => {
                let item = with(item, "kind", json!("quantity"));
                with(with(item, "unit", json!({"vi": "ngày"})), "target", json!({"atMost": "1.5"}))
            }
            Some("notice") => with(
                item,
                "parts",
                json!([{"id": "address", "text": {"vi": "Địa chỉ"}}, {"id": "mailbox", "text": {"vi": "Hộp thư"}}]),
            ),
            Some("proposals") => with(item, "text", json!({"vi": "Kiến nghị với cấp trên"})),
            _ => item,
        });
    }
    items.push(json!({
        "id": "new", "area": "first", "kind": "attestation", "text": {"vi": "Công khai phí, lệ phí"},
        "addressee": "Phường", "performers": ["commune"], "source": {"clause": "15"}
    }));
    Ok(with(with(small()?, "version", json!("1.1.0")), "items", items.into()))
}

/// A portal with both versions. The newer one is named on its page, so it is known there.
pub fn both() -> Result<Setup> {
    let newer = newer()?.to_string();
    let setup = portal(r#"<tu-kiem-tra checklist="/newer.json"></tu-kiem-tra>"#)?;
    let setup = setup.file("/newer.json", "application/json", newer);
    Ok(setup.page("/plain", &host_page("<tu-kiem-tra></tu-kiem-tra>")))
}

/// Starts with the older version and answers items of every fate. Returns the inspection's id.
pub async fn answered(page: &Page) -> Result<String> {
    let new = json!({ "checklist": "/small.json", "unit": {"name": "Phường 2"}, "period": "2022" });
    let id = page.call("startInspection", json!([new])).await?;
    page.item("attested").choose("partly-met").await?;
    page.item("attested").field("reason").fill("Thiếu máy quét").await?;
    page.item("attested").field("action").fill("Mua hai máy mới").await?;
    page.item("share").field("numerator").fill("24").await?;
    page.item("share").field("denominator").fill("25").await?;
    page.item("share").wait_for_verdict("not-met").await?;
    page.item("overdue").field("count").fill("3").await?;
    page.item("hours").field("quantity").fill("4,5").await?;
    page.item("notice").check("phone").await?;
    page.item("proposals").field("text").fill("Thêm máy in").await?;
    page.call("flush", json!([])).await?;
    Ok(id.as_str().context("an id")?.to_owned())
}

async fn report(page: &Page) -> Result<Value> {
    page.call("exportReport", json!([])).await
}

async fn look(page: &Page) -> Result<()> {
    page.action("newer-version").click().await?;
    let dialog = page.find("[data-dialog=newer-version]");
    dialog.wait_for("to be open", async |dialog| dialog.is_visible().await).await
}

pub async fn move_on(page: &Page) -> Result<()> {
    look(page).await?;
    page.action("move").click().await?;
    let done = text("vi", "moving.done")?.replace("{version}", "1.1.0");
    steps::wait_for_notice(page, "done", &done).await
}

/// Fails unless the inspection has moved, with each answer where it belongs. Returns the report.
async fn check_moved(page: &Page) -> Result<Value> {
    let report = report(page).await?;
    check_schema(&report)?;
    assert_eq!(report.pointer("/checklist/version"), Some(&json!("1.1.0")));
    let earlier = report.pointer("/earlier/0").context("there are earlier answers")?;
    assert_eq!(earlier.pointer("/checklist/version"), Some(&json!("1.0.0")));
    assert_eq!(ids(list(earlier, "items")), ["attested", "overdue", "notice"]);
    assert_eq!(
        earlier.pointer("/items/0/answer"),
        Some(&json!({"verdict": "partly-met", "reason": "Thiếu máy quét"}))
    );
    assert_eq!(earlier.pointer("/items/1/answer"), Some(&json!({"count": 3})));
    assert_eq!(item(&report, "share")?.get("verdict"), Some(&json!("met")));
    for (id, answer) in
        [("hours", json!({"quantity": "4.5"})), ("proposals", json!({"text": "Thêm máy in"}))]
    {
        assert_eq!(item(&report, id)?.get("answer"), Some(&answer));
    }
    for id in ["overdue", "notice", "new"] {
        assert_eq!(item(&report, id)?.get("answer"), None, "{id}");
    }
    check_nothing_is_aside(page).await?;
    Ok(report)
}

async fn check_nothing_is_aside(page: &Page) -> Result<()> {
    ensure!(!page.find("[data-notice=set-aside]").exists().await?, "something was set aside");
    Ok(())
}

#[tokio::test]
async fn every_difference_is_shown_and_every_answer_kept() -> TestResult {
    portal("<tu-kiem-tra></tu-kiem-tra>")?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = answered(&page).await?;
            assert!(!page.find("[data-notice=newer-version]").exists().await?);
            steps::go_home(&page).await?;
            let newer = file(stage, "moi.json", &newer()?.to_string())?;
            page.field("checklist-file").upload(&newer).await?;
            page.action("use-checklist").click().await?;
            steps::open(&page, &id).await?;

            let there = steps::notice(&page, "newer-version").await?;
            assert!(there.contains("1.0.0") && there.contains("1.1.0"), "{there}");
            look(&page).await?;
            let dialog = page.find("[data-dialog=newer-version]");
            for (id, fate, told) in [
                ("share", "kept", vec!["trên 96%", "trên 95%", "moving.kept"]),
                ("proposals", "kept", vec!["k", "Kiến nghị với cấp trên", "moving.kept"]),
                (
                    "overdue",
                    "left-behind",
                    vec!["kind.count", "kind.quantity", "không quá 0", "không quá 1,5 ngày"],
                ),
                ("notice", "left-behind", vec!["Điện thoại", "Hộp thư", "moving.left-behind"]),
            ] {
                let change = dialog.find(&format!("[data-changed={id}]"));
                assert_eq!(change.attribute("data-fate").await?.as_deref(), Some(fate), "{id}");
                check_told(&change.text().await?, &told)?;
            }
            for (id, told) in [
                ("new", vec!["Công khai phí, lệ phí", "moving.to-answer"]),
                ("attested", vec!["moving.left-behind-removed"]),
            ] {
                check_told(&dialog.find(&format!("[data-changed={id}]")).text().await?, &told)?;
            }
            assert_eq!(dialog.count("[data-changed]").await?, 6);
            let kept = text("vi", "moving.text")?.replace("{old}", "1.0.0").replace("{count}", "9");
            check_told(&dialog.text().await?, &[&kept])?;
            // Leaving the dialog changes nothing.
            page.action("move-leave").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            assert_eq!(report(&page).await?.pointer("/checklist/version"), Some(&json!("1.0.0")));

            let before = report(&page).await?;
            move_on(&page).await?;
            let again = text("vi", "moving.again")?.replace("{numbers}", "1, 10");
            steps::wait_for_notice(&page, "done", &again).await?;
            let moved = check_moved(&page).await?;
            assert!(!page.find("[data-notice=newer-version]").exists().await?);
            // After the undo everything is as before.
            page.action("undo").click().await?;
            page.item("attested").wait_for_verdict("partly-met").await?;
            let back = report(&page).await?;
            for part in ["/items", "/checklist", "/summary", "/earlier"] {
                assert_eq!(back.pointer(part), before.pointer(part), "{part}");
            }
            move_on(&page).await?;
            assert_eq!(check_moved(&page).await?.get("earlier"), moved.get("earlier"));

            page.wait_for_save_state("saved").await?;
            page.reload().await?;
            steps::open(&page, &id).await?;
            assert_eq!(check_moved(&page).await?.get("earlier"), moved.get("earlier"));
            check_shown(&page).await?;
            // The file has everything: importing it restores it byte for byte.
            let first = report(&page).await?;
            page.call("importReport", json!([first, { "onConflict": "replace" }])).await?;
            page.call("openInspection", json!([id])).await?;
            let again = report(&page).await?;
            assert_eq!(canonical(&page, &again).await?, canonical(&page, &first).await?);
            // A report of either version replaces the other, with nothing left over.
            page.item("new").choose("met").await?;
            for (report, version) in [(before, "1.0.0"), (first, "1.1.0")] {
                page.call("importReport", json!([report, { "onConflict": "replace" }])).await?;
                page.reload().await?;
                steps::open(&page, &id).await?;
                let now = self::report(&page).await?;
                assert_eq!(now.pointer("/checklist/version"), Some(&json!(version)));
                assert_eq!(now.get("earlier"), report.get("earlier"));
                check_nothing_is_aside(&page).await?;
            }
            check_moved(&page).await.map(drop)
        })
        .await
}

/// Fails unless a text contains all of these. Names of interface texts stand for the texts.
fn check_told(told: &str, parts: &[&str]) -> Result<()> {
    for part in parts {
        let part = text("vi", part).unwrap_or_else(|_| (*part).to_owned());
        ensure!(told.contains(&part), "{part:?} is not in {told:?}");
    }
    Ok(())
}

/// Checks that the earlier answers are in the result and on paper, in words.
async fn check_shown(page: &Page) -> Result<()> {
    let words =
        ["earlier.title", "Thiếu máy quét", "Mua hai máy mới", "Hồ sơ trễ hạn", "Điện thoại"];
    assert!(!page_text(page).await?.contains("Thiếu máy quét"));
    page.set_media(&[("media", "print")]).await?;
    check_told(&page.find(".on-paper").text().await?, &words)?;
    page.set_media(&[]).await?;
    page.action("result").click().await?;
    check_told(&page.find(".result .earlier").text().await?, &words)?;
    page.action("answering").click().await
}

#[tokio::test]
async fn a_completed_inspection_moves_once_it_is_opened_for_changes() -> TestResult {
    both()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = answered(&page).await?;
            steps::complete_anyway(&page, "Hết thời hạn").await?;
            let told = steps::notice(&page, "newer-version").await?;
            check_told(&told, &["moving.locked"])?;
            assert!(!page.action("newer-version").is_visible().await?);
            steps::amend(&page).await?;
            move_on(&page).await?;
            let report = check_moved(&page).await?;
            assert_eq!(report.pointer("/inspection/status"), Some(&json!("amended")));
            assert_eq!(report.pointer("/earlier/0/asOf"), report.pointer("/inspection/asOf"));
            // Another inspection of the old version learns of the newer one only from this one.
            page.evaluate("element.removeAttribute('checklist');", json!(null)).await?;
            let new = json!({ "checklist": "/small.json", "unit": {"name": "Phường 3"}, "period": "2023" });
            let other = page.call("startInspection", json!([new])).await?;
            ensure!(other != json!(id), "it is another one");
            page.call("flush", json!([])).await?;
            let page = stage.open("/plain").await?;
            page.call("openInspection", json!([other])).await?;
            check_told(&steps::notice(&page, "newer-version").await?, &["1.1.0"])
        })
        .await
}

/// While `__deaf` is set, the page gets no messages from other tabs and no event that makes it
/// check.
const DEAF: &str = "
    const listen = EventTarget.prototype.addEventListener;
    for (const place of [BroadcastChannel, Document]) {
      place.prototype.addEventListener = function (kind, hear, ...rest) {
        const unlessDeaf = (event) => { if (!window.__deaf) hear(event); };
        const isNews = ['message', 'visibilitychange'].includes(kind);
        return listen.call(this, kind, isNews ? unlessDeaf : hear, ...rest);
      };
    }
";

#[tokio::test]
async fn another_tab_follows_and_its_late_answers_are_kept() -> TestResult {
    both()?
        .preload(DEAF)
        .run(async |stage| {
            let first = stage.open("/").await?;
            let id = answered(&first).await?;
            let second = stage.open_tab("/").await?;
            steps::open(&second, &id).await?;
            move_on(&first).await?;
            second
                .item("new")
                .field("note")
                .wait_for("to be there", async |note| note.exists().await)
                .await?;
            let told = text("vi", "moving.elsewhere")?.replace("{version}", "1.1.0");
            steps::wait_for_notice(&second, "done", &told).await?;
            check_moved(&second).await?;
            second.item("new").choose("met").await?;
            first.item("new").wait_for_verdict("met").await?;

            // Both undo the move; then the second misses the next move.
            first.action("undo").click().await?;
            first.item("attested").wait_for_verdict("partly-met").await?;
            second.item("attested").wait_for_verdict("partly-met").await?;
            second.evaluate("window.__deaf = true;", json!(null)).await?;
            move_on(&first).await?;
            second.item("attested").field("note").fill("Đã mua máy").await?;
            second.item("overdue").field("count").fill("7").await?;
            second.item("hours").field("quantity").fill("5").await?;
            second.call("flush", json!([])).await?;
            first
                .wait_for("what the second entered", async |first| {
                    let report = report(first).await?;
                    let note = report.pointer("/earlier/0/items/0/note");
                    let count = report.pointer("/earlier/0/items/1/answer/count");
                    let hours = item(&report, "hours")?.pointer("/answer/quantity");
                    ensure!(note == Some(&json!("Đã mua máy")), "the note is {note:?}");
                    ensure!(count == Some(&json!(7)), "the count is {count:?}");
                    ensure!(hours == Some(&json!("5")), "the hours are {hours:?}");
                    Ok(true)
                })
                .await?;
            check_nothing_is_aside(&first).await?;
            first.reload().await?;
            steps::open(&first, &id).await?;
            let report = report(&first).await?;
            assert_eq!(report.pointer("/earlier/0/items/1/answer"), Some(&json!({"count": 7})));
            check_nothing_is_aside(&first).await
        })
        .await
}

#[tokio::test]
async fn a_kill_in_the_midst_leaves_one_version_whole() -> TestResult {
    both()?
        .own_browser()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = answered(&page).await?;
            let before = report(&page).await?;
            look(&page).await?;
            page.action("move").click().await?;
            kill(stage).await?;
            let page = stage.open("/").await?;
            steps::open(&page, &id).await?;
            let after = report(&page).await?;
            if after.pointer("/checklist/version") == Some(&json!("1.0.0")) {
                assert_eq!(after.get("items"), before.get("items"));
                move_on(&page).await?;
                page.wait_for_save_state("saved").await?;
            }
            check_moved(&page).await?;
            // Once the page says 'saved', it is saved.
            kill(stage).await?;
            let page = stage.open("/").await?;
            steps::open(&page, &id).await?;
            check_moved(&page).await.map(drop)
        })
        .await
}

async fn kill(stage: &mut Stage) -> Result<()> {
    stage.browser.kill().await?;
    stage.browser.reopen().await
}

#[tokio::test]
async fn the_dialog_is_for_every_hand_and_eye() -> TestResult {
    both()?
        .viewport(360, 740)
        .media("prefers-color-scheme", "dark")
        .run(async |stage| {
            let page = stage.open("/").await?;
            answered(&page).await?;
            let button = page.action("newer-version");
            button.wait_for("to be shown", async |button| button.is_visible().await).await?;
            assert_eq!(page.axe().await?, Vec::<String>::new(), "the notice");
            button.on_element("place.focus();", json!(null)).await?;
            press(&stage.browser, "Enter").await?;
            let dialog = page.find("[data-dialog=newer-version]");
            dialog.wait_for("to be open", async |dialog| dialog.is_visible().await).await?;
            assert_eq!(page.axe().await?, Vec::<String>::new(), "the dialog");
            let wide = "return [place, ...place.querySelectorAll('*')].some((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible');";
            assert_eq!(dialog.on_element(wide, json!(null)).await?, json!(false));
            press(&stage.browser, "Escape").await?;
            steps::wait_for_no_dialog(&page).await?;
            button.wait_for("to have the focus", async |button| button.is_focused().await).await?;
            press(&stage.browser, "Enter").await?;
            while !page.action("move").is_focused().await? {
                press(&stage.browser, "Tab").await?;
            }
            press(&stage.browser, "Enter").await?;
            steps::wait_for_no_dialog(&page).await?;
            page.item("new").field("note").wait_for("to be there", async |note| note.exists().await).await?;
            // The focus is on the heading of the screen, not lost.
            let focused = "return root.activeElement?.localName ?? '';";
            page.wait_for("the focus to be somewhere", async |page| {
                Ok(page.evaluate(focused, json!(null)).await? == json!("h2"))
            })
            .await?;
            page.action("result").click().await?;
            page.find(".result .earlier").wait_for("to be shown", async |earlier| earlier.is_visible().await).await?;
            assert_eq!(page.axe().await?, Vec::<String>::new(), "the result");
            Ok(())
        })
        .await
}
