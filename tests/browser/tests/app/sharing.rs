//! A tablet that people share: workspaces, handing it over, deleting one's own data.

use anyhow::Result;
use browser_tests::{Page, Setup, TestResult};
use serde_json::json;

use crate::support::checklists::text;
use crate::support::scripts;
use crate::support::start::{Start, inspections};
use crate::support::steps;

/// Hands the device over to a person, whose name is typed.
async fn hand_over(page: &Page, name: &str) -> Result<()> {
    page.action("hand-over").click().await?;
    page.field("new-workspace").fill(name).await?;
    page.action("hand-over-go").click().await?;
    steps::wait_for_no_dialog(page).await?;
    wait_for_workspace(page, name).await
}

async fn wait_for_workspace(page: &Page, name: &str) -> Result<()> {
    page.wait_for("the workspace", async |page| {
        let tag = page.find(".workspace-tag");
        let shown = if tag.exists().await? { tag.text().await? } else { String::new() };
        Ok(shown.ends_with(name) && page.action("start").is_visible().await?)
    })
    .await
}

#[tokio::test]
async fn each_person_sees_her_own_inspections() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let first = Start { inspectors: "Lê Thị Hoa", ..Start::default() }.run(&page).await?;
            page.item("thrift").choose("met").await?;
            steps::go_home(&page).await?;
            page.field("inspectors").fill("Lê Thị Hoa").await?;

            // The dialog asks for a name.
            page.action("hand-over").click().await?;
            page.action("hand-over-go").click().await?;
            page.field("new-workspace").wait_for_attribute("aria-invalid", "true").await?;
            page.find("[data-dialog=hand-over] [data-action=leave]").click().await?;
            steps::wait_for_no_dialog(&page).await?;

            hand_over(&page, "Trần Nam").await?;
            assert!(inspections(&page).await?.is_empty());
            // The other person must not see the first one's entries.
            assert_eq!(page.field("inspectors").value().await?, "");
            let second = Start::default().run(&page).await?;
            page.wait_for_save_state("saved").await?;
            // It stays so after a reload.
            page.reload().await?;
            wait_for_workspace(&page, "Trần Nam").await?;
            assert_eq!(inspections(&page).await?, [second]);

            page.action("hand-over").click().await?;
            page.find("[data-action=go-to-workspace]:enabled").click().await?;
            page.wait_for("the common workspace", async |page| {
                Ok(!page.find(".workspace-tag").exists().await?)
            })
            .await?;
            page.wait_for("its list", async |page| Ok(inspections(page).await? == [first.clone()]))
                .await?;
            page.call("openInspection", json!([first])).await?;
            assert_eq!(page.summary().await?.met, 1);
            // A known name leads to its workspace and creates no second one.
            steps::go_home(&page).await?;
            hand_over(&page, " trần nam ").await.or(wait_for_workspace(&page, "Trần Nam").await)?;
            assert_eq!(inspections(&page).await?.len(), 1);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn everything_of_mine_goes_once_it_is_exported() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let kept = Start::default().run(&page).await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            hand_over(&page, "Trần Nam").await?;
            let hers = Start { inspectors: "Trần Nam", unit: "UBND Phường 9", ..Start::default() };
            hers.run(&page).await?;
            page.item("thrift").field("note").fill("Bí mật của Nam").await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;

            page.action("delete-mine").click().await?;
            let go = page.action("delete-mine-go");
            assert!(!go.is_enabled().await?, "what is not exported would be lost");
            page.find("[data-dialog=delete-mine] [data-action=export-listed]").click().await?;
            stage.browser.wait_for_download(".json").await?;
            go.wait_for("to be possible", async |go| go.is_enabled().await).await?;
            go.click().await?;
            steps::wait_for_no_dialog(&page).await?;
            steps::wait_for_notice(&page, "done", &text("vi", "mine-deleted")?).await?;
            // The others' data is there, and nothing is left of the deleted workspace.
            assert_eq!(inspections(&page).await?, [kept]);
            let left = format!("{:?}", scripts::local_storage(&page).await?);
            assert!(!left.contains("Nam") && !left.contains("Phường 9"), "{left}");
            // The first person's unit is suggested as before.
            assert_eq!(page.field("unit-name").value().await?, "UBND Phường 2");
            let script = "
                return indexedDB.databases().then((all) => all.map((one) => one.name)).then((names) =>
                  Promise.all(names.map((name) => new Promise((done) => {
                    const request = indexedDB.open(name);
                    request.onsuccess = () => {
                      const stores = [...request.result.objectStoreNames];
                      const all = stores.length && request.result.transaction(stores);
                      Promise.all(stores.map((store) => new Promise((read) => {
                        const values = all.objectStore(store).getAll();
                        values.onsuccess = () => read(values.result);
                      }))).then((values) => { request.result.close(); done(JSON.stringify(values)); });
                    };
                  }))));
            ";
            let left = page.evaluate(script, json!(null)).await?.to_string();
            assert!(!left.contains("Nam"), "{left}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_is_not_exported_goes_only_when_the_person_agrees() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            page.action("delete-mine").click().await?;
            page.action("delete-mine-leave").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            assert_eq!(inspections(&page).await?.len(), 1);
            page.action("delete-mine").click().await?;
            page.field("accept-loss").check().await?;
            page.action("delete-mine-go").click().await?;
            page.wait_for("all to be gone", async |page| Ok(inspections(page).await?.is_empty()))
                .await
        })
        .await
}
