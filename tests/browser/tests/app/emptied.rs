//! One of the browser's two storages is emptied from outside while the page is closed: nobody's
//! work is hidden, and a notice appears.

use anyhow::Result;
use browser_tests::{Page, Setup, Stage, TestResult};
use serde_json::json;

use crate::support::checklists::text;
use crate::support::start::{Start, inspections};
use crate::support::{scripts, steps};

/// A page of the same origin without the element.
const ELSEWHERE: &str = "/trang-khac";

fn setup() -> Setup {
    Setup::dist().page(ELSEWHERE, "<!doctype html><title>Trang khác</title>")
}

async fn hand_over(page: &Page, name: &str) -> TestResult {
    page.action("hand-over").click().await?;
    page.field("new-workspace").fill(name).await?;
    page.action("hand-over-go").click().await?;
    in_workspace(page, name).await
}

async fn in_workspace(page: &Page, name: &str) -> TestResult {
    let tag = page.find(".workspace-tag");
    tag.wait_for("to be hers", async |tag| {
        Ok(tag.exists().await? && tag.text().await?.ends_with(name))
    })
    .await
}

/// Starts an inspection for each of two persons, recorded in both storages. Returns that of the
/// first.
async fn two_persons(stage: &mut Stage) -> Result<(Page, String)> {
    let page = stage.open("/").await?;
    assert!(!page.find("[data-notice=loss]").exists().await?, "on a first visit nothing is lost");
    Start::default().run(&page).await?;
    page.item("thrift").choose("met").await?;
    page.wait_for_save_state("saved").await?;
    steps::go_home(&page).await?;
    hand_over(&page, "Trần Nam").await?;
    let hers = Start { unit: "UBND Phường 9", ..Start::default() }.run(&page).await?;
    page.item("thrift").choose("met").await?;
    page.wait_for_save_state("saved").await?;
    page.reload().await?;
    page.wait_for("the note to be seen", async |page| {
        let about = scripts::stored(page, "default", "about").await?;
        Ok(about.contains(&("noted".to_owned(), json!("seen"))))
    })
    .await?;
    Ok((page, hers))
}

#[tokio::test]
async fn a_portal_that_empties_local_storage_hides_nobodys_work() -> TestResult {
    setup()
        .run(async |stage| {
            let (page, hers) = two_persons(stage).await?;
            stage.goto(ELSEWHERE).await?;
            page.evaluate("localStorage.clear();", json!(null)).await?;
            let page = stage.open("/").await?;
            steps::wait_for_notice(&page, "loss", &text("vi", "loss.unsaved")?).await?;
            assert_eq!(inspections(&page).await?.len(), 1);
            page.action("hand-over").click().await?;
            page.find("[data-action=go-to-workspace]:enabled").click().await?;
            in_workspace(&page, "Trần Nam").await?;
            page.wait_for("hers", async |page| Ok(inspections(page).await? == [hers.clone()]))
                .await?;

            // The notice returns until somebody has seen it.
            page.reload().await?;
            steps::wait_for_notice(&page, "loss", &text("vi", "loss.unsaved")?).await?;
            page.action("loss-seen").click().await?;
            page.reload().await?;
            page.wait_for("both to be noted", async |page| {
                let entries = scripts::local_storage(page).await?;
                let notes = entries.iter().filter(|(name, _)| name.ends_with(":prefs:saved"));
                Ok(notes.count() == 2)
            })
            .await?;
            assert!(!page.find("[data-notice=loss]").exists().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_list_of_workspaces_that_cannot_be_read_hides_none_and_stays() -> TestResult {
    setup()
        .run(async |stage| {
            let (page, hers) = two_persons(stage).await?;
            stage.goto(ELSEWHERE).await?;
            let spoil = "localStorage.setItem('tkt:default:prefs:workspaces', '[{');";
            page.evaluate(spoil, json!(null)).await?;
            let page = stage.open("/").await?;
            // The first person worked last.
            in_workspace(&page, "Trần Nam").await?;
            assert_eq!(inspections(&page).await?, [hers]);
            hand_over(&page, "Lê Thị Hoa").await?;
            page.reload().await?;
            in_workspace(&page, "Lê Thị Hoa").await?;
            let entries = scripts::local_storage(&page).await?;
            let list = ("tkt:default:prefs:workspaces".to_owned(), "[{".to_owned());
            assert!(entries.contains(&list), "{entries:?}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_database_that_is_gone_is_told_and_a_backup_offered() -> TestResult {
    setup()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            page.item("thrift").choose("met").await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            page.find("[aria-labelledby=device-title] [data-action=back-up-all]").click().await?;
            let backup = stage.browser.wait_for_download(".json").await?;

            let page = stage.goto(ELSEWHERE).await?;
            let drop = "
                return new Promise((done) => {
                  indexedDB.deleteDatabase('tkt:default').onsuccess = () => done();
                });
            ";
            page.evaluate(drop, json!(null)).await?;
            for _ in 0..2 {
                let page = stage.open("/").await?;
                steps::wait_for_notice(&page, "loss", &text("vi", "loss.saved")?).await?;
                assert_eq!(page.field("unit-name").value().await?, "UBND Phường 2");
                assert!(inspections(&page).await?.is_empty());
            }
            let notice = page.find("[data-notice=loss]");
            notice.find("[data-field=restore-file]").upload(&backup).await?;
            page.action("restore-go").click().await?;
            page.wait_for("it to be back", async |page| {
                Ok(inspections(page).await? == [id.clone()])
            })
            .await?;
            notice.wait_for("to be gone", async |notice| Ok(!notice.exists().await?)).await?;

            // After everything is deleted on purpose, nothing counts as lost.
            steps::erase_everything(&page).await?;
            page.reload().await?;
            page.wait_for("the vault to be looked into", async |page| {
                Ok(scripts::databases(page).await?.contains(&"tkt:default".to_owned()))
            })
            .await?;
            scripts::settle(&page).await?;
            assert!(!page.find("[data-notice=loss]").exists().await?);
            Ok(())
        })
        .await
}
