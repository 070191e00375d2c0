//! Finding items: by words, by verdict, by performer, and at the last position.

use anyhow::{Result, ensure};
use browser_tests::{Engine, Page, Setup, TestResult, wait_until};
use serde_json::json;

use crate::support::checklists::text;
use crate::support::scripts::strings;
use crate::support::start::Start;
use crate::support::steps;

/// Returns the visible items.
async fn shown(page: &Page) -> Result<Vec<String>> {
    let script = "
        const items = [...root.querySelectorAll('[data-item]')];
        return items.filter((one) => one.checkVisibility()).map((one) => one.dataset.item);
    ";
    strings(page.evaluate(script, json!(null)).await?)
}

/// Waits until only these items are visible.
async fn wait_for_shown(page: &Page, expected: &[&str]) -> Result<()> {
    wait_until(&format!("{expected:?} alone to be shown"), async || {
        let shown = shown(page).await?;
        ensure!(shown == expected, "shown are {shown:?}");
        Ok(Some(()))
    })
    .await
}

#[tokio::test]
async fn words_are_found_without_their_marks_and_in_either_normal_form() -> TestResult {
    words_without_marks(Engine::Chromium).await
}

/// Search ignores diacritics, in any browser.
pub async fn words_without_marks(engine: Engine) -> TestResult {
    Setup::dist()
        .engine(engine)
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            let all = shown(&page).await?;
            for words in [
                "phan anh niem yet",
                "NIÊM YẾT phản ánh",
                "nie\u{302}m ye\u{302}\u{301}t pha\u{309}n",
            ] {
                page.field("search").fill(words).await?;
                wait_for_shown(&page, &["feedback-posted"]).await?;
            }
            // Text of the person is found, too.
            page.action("clear-filter").click().await?;
            wait_until("everything to be shown", async || {
                Ok((shown(&page).await? == all).then_some(()))
            })
            .await?;
            page.item("thrift").field("note").fill("Hỏi lại chị Quỳnh").await?;
            page.field("search").fill("chi quynh").await?;
            wait_for_shown(&page, &["thrift"]).await?;

            page.field("search").fill("chẳng có từ này").await?;
            wait_for_shown(&page, &[]).await?;
            let told = page.find(".filter-count").text().await?;
            assert_eq!(told, text("vi", "find.none")?);
            // Nothing is removed from the page: the typed text stays.
            assert_eq!(page.item("thrift").field("note").value().await?, "Hỏi lại chị Quỳnh");
            page.action("clear-filter").click().await?;
            assert_eq!(shown(&page).await?, all);
            assert_eq!(page.field("search").value().await?, "");
            page.field("search")
                .wait_for("to have the focus", async |field| field.is_focused().await)
                .await
        })
        .await
}

#[tokio::test]
async fn an_item_stays_while_it_is_answered() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            page.item("thrift").choose("not-met").await?;
            page.item("thrift").field("reason").fill("Chưa có kế hoạch").await?;
            page.item("thrift").wait_for_verdict("not-met").await?;
            page.field("find-verdict").select("not-met").await?;
            wait_for_shown(&page, &["thrift"]).await?;
            page.item("thrift").choose("met").await?;
            page.item("thrift").wait_for_verdict("met").await?;
            wait_for_shown(&page, &["thrift"]).await?;
            page.field("find-verdict").select("met").await?;
            wait_for_shown(&page, &["thrift"]).await?;
            page.field("find-verdict").select("invalid").await?;
            wait_for_shown(&page, &[]).await?;
            // The next item is found all the same, and the filter that hides it is removed.
            page.action("next-unanswered").click().await?;
            page.wait_for("the filter to be cleared", async |page| {
                Ok(page.field("find-verdict").value().await?.is_empty())
            })
            .await?;
            assert!(shown(&page).await?.len() > 1);
            // Here it is from the result.
            page.field("search").fill("niem yet").await?;
            wait_for_shown(&page, &["feedback-posted"]).await?;
            page.action("result").click().await?;
            page.find("details.missing summary").click().await?;
            page.find("[data-finding=signature-agency] button").click().await?;
            steps::wait_for_item(&page, "signature-agency").await?;
            // And the next one, from the result, too.
            page.action("result").click().await?;
            page.action("next-unanswered").click().await?;
            steps::wait_for_item(&page, "signature-leader").await
        })
        .await
}

#[tokio::test]
async fn what_others_perform_is_found_by_their_name() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start { checklist: "vung-tau-2022", ..Start::default() }.run(&page).await?;
            let own = shown(&page).await?;
            page.field("find-performer").select("youth-union").await?;
            page.wait_for("other items to be shown", async |page| {
                let shown = shown(page).await?;
                Ok(!shown.is_empty() && shown != own)
            })
            .await?;
            let script = "
                const mine = [...root.querySelectorAll('[data-item]')];
                return mine.filter((one) => one.checkVisibility() && !one.closest('.item-of-others')
                    ?.checkVisibility()).map((one) => one.dataset.item);
            ";
            let without_whom = strings(page.evaluate(script, json!(null)).await?)?;
            assert!(without_whom.iter().all(|id| own.contains(id)), "{without_whom:?}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_place_is_kept() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            page.item("thrift").field("note").fill("Đang hỏi").await?;
            // The position is kept over the result, the list, and a restart of the browser.
            page.action("result").click().await?;
            page.action("answering").click().await?;
            steps::wait_for_item(&page, "thrift").await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            steps::open(&page, &id).await?;
            steps::wait_for_item(&page, "thrift").await?;
            page.reload().await?;
            steps::open(&page, &id).await?;
            steps::wait_for_item(&page, "thrift").await?;
            // If a host opens the inspection, the position doesn't change.
            page.reload().await?;
            page.call("openInspection", json!([id])).await?;
            assert_eq!(page.evaluate("return scrollY;", json!(null)).await?, json!(0));
            Ok(())
        })
        .await
}
