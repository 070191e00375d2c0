//! A release with a higher version of the database is published, withdrawn and published again. The
//! older one reads what it knows and backs it up, and nothing is lost.

use std::fs;

use browser_tests::{Place, Release, Setup, TestResult};
use serde_json::json;

use crate::support::checklists::text;
use crate::support::start::{Start, inspections};
use crate::support::{scripts, steps};

const PAGE: &str = "
    <!doctype html><html lang=vi><meta charset=utf-8><title>Cổng</title>
    <script type=module src=/tkt/tu-kiem-tra.js></script><tu-kiem-tra></tu-kiem-tra>
";

const TEXT: &str = "disbursement-difficulties";

#[tokio::test]
async fn an_older_release_reads_what_a_newer_one_stored_and_loses_nothing() -> TestResult {
    let (one, two) = (Release::numbered(1)?, Release::numbered(2)?.with_newer_database()?);
    let place = Place::with(&one)?;
    Setup::empty()
        .mount("/tkt/", place.path())
        .page("/", PAGE)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            page.item("thrift").choose("met").await?;
            page.wait_for_save_state("saved").await?;

            // Forward: everything is there, and more is added.
            place.publish(&two)?;
            let page = stage.open("/").await?;
            assert_eq!(scripts::stored(&page, "default", "newer").await?.len(), 1);
            steps::open(&page, &id).await?;
            assert_eq!(page.item("thrift").verdict().await?, "met");
            page.item(TEXT).field("note").fill("Viết ở bản mới").await?;
            page.wait_for_save_state("saved").await?;

            // Back: the page says so, reads everything and backs it up.
            place.publish(&one)?;
            let page = stage.open("/").await?;
            steps::wait_for_notice(&page, "trouble", &text("vi", "storage.newer")?).await?;
            let advice = text("vi", "trouble.advice")?;
            assert!(!steps::notice(&page, "trouble").await?.contains(&advice), "a reload is right");
            assert_eq!(inspections(&page).await?, std::slice::from_ref(&id));
            page.find("[aria-labelledby=device-title] [data-action=back-up-all]").click().await?;
            let backup = fs::read_to_string(stage.browser.wait_for_download(".json").await?)?;
            assert!(backup.contains("Viết ở bản mới") && backup.contains("\"complete\":false"));
            steps::open(&page, &id).await?;
            assert_eq!(page.item(TEXT).field("note").value().await?, "Viết ở bản mới");
            // Later entries don't count as saved.
            page.item("thrift").field("note").fill("Viết ở bản cũ").await?;
            page.wait_for_save_state("failed").await?;
            assert_eq!(scripts::stored(&page, "default", "newer").await?.len(), 1);

            // Forward again: now they are saved.
            place.publish(&two)?;
            let page = stage.open("/").await?;
            assert!(!page.find("[data-notice=trouble]").exists().await?);
            steps::open(&page, &id).await?;
            page.wait_for_save_state("saved").await?;
            assert_eq!(page.item("thrift").field("note").value().await?, "Viết ở bản cũ");
            assert_eq!(page.item(TEXT).field("note").value().await?, "Viết ở bản mới");
            page.wait_for("it to be in the vault", async |page| {
                let items = scripts::stored(page, "default", "items").await?;
                Ok(items.iter().any(|(_, item)| item.to_string().contains("Viết ở bản cũ")))
            })
            .await?;
            assert!(!format!("{:?}", scripts::local_storage(&page).await?).contains(":journal:"));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_device_that_began_with_the_newer_release_can_be_backed_up_by_the_older_one() -> TestResult
{
    let (one, two) = (Release::numbered(1)?, Release::numbered(2)?.with_newer_database()?);
    let place = Place::with(&two)?;
    Setup::empty()
        .mount("/tkt/", place.path())
        .page("/", PAGE)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            page.item("thrift").choose("met").await?;
            page.wait_for_save_state("saved").await?;
            place.publish(&one)?;
            let page = stage.open("/").await?;
            steps::wait_for_notice(&page, "trouble", &text("vi", "storage.newer")?).await?;
            page.find("[aria-labelledby=device-title] [data-action=back-up-all]").click().await?;
            let backup = fs::read_to_string(stage.browser.wait_for_download(".json").await?)?;
            assert!(backup.contains(&id), "{backup}");
            page.call("openInspection", json!([id])).await?;
            assert_eq!(page.item("thrift").verdict().await?, "met");
            Ok(())
        })
        .await
}
