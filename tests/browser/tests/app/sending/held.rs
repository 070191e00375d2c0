//! Reports that are not sent automatically: to another address, from a backup, from a file,
//! damaged, deleted.

use std::time::Duration;

use anyhow::Result;
use browser_tests::{Page, Response, TestResult};
use serde_json::json;

use super::network::set_network;
use super::{heard, inspection, sending_at_leisure_to, sending_to, wait_for_state};
use crate::support::checklists::text;
use crate::support::receiver::{Receiver, Reply};
use crate::support::steps;

/// Waits longer than any test.
fn not_now() -> Reply {
    Reply::Says(Response::new(503, "text/plain", "").header("retry-after", "86400"))
}

async fn send_for_later(page: &Page) -> Result<()> {
    page.action("upload").click().await?;
    wait_for_state(page, "waiting").await?;
    page.wait_for("the answer", async |page| {
        Ok(heard(page).await?.last().map(String::as_str) == Some("waiting"))
    })
    .await
}

#[tokio::test]
async fn it_goes_to_no_other_address_than_the_person_sent_it_to() -> TestResult {
    let (receiver, other) = (Receiver::default(), Receiver::default());
    receiver.will([not_now()]);
    let elsewhere = other.clone();
    sending_to(&receiver)?
        .route("/khac", move |request| elsewhere.answer(request))
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            page.evaluate("element.uploadHeaders = { 'x-csrf-token': 'k' };", json!(null)).await?;
            inspection(&page).await?;
            page.action("upload").click().await?;
            page.evaluate("element.uploadUrl = '/khac';", json!(null)).await?;
            let said = wait_for_state(&page, "held").await?;
            let address = stage.server.url("/nhan");
            assert_eq!(said, text("vi", "upload.held-elsewhere")?.replace("{address}", &address));
            assert_eq!(page.axe().await?, Vec::<String>::new());
            page.evaluate("dispatchEvent(new Event('online'));", json!(null)).await?;
            page.reload().await?;
            page.evaluate("element.uploadUrl = '/khac';", json!(null)).await?;
            let word = page.find("[data-inspection] [data-upload]");
            word.wait_for_attribute("data-upload", "held").await?;
            assert!(other.attempts().is_empty());
            page.find("[data-inspection] [data-action=open]").click().await?;
            page.action("result").click().await?;
            page.action("upload-again").click().await?;
            wait_for_state(&page, "uploaded").await?;
            assert_eq!(other.taken().len(), 1);
            // The other address has the report; this one doesn't.
            page.evaluate("element.uploadUrl = '/nhan';", json!(null)).await?;
            let address = stage.server.url("/khac");
            let there = text("vi", "upload.elsewhere")?.replace("{address}", &address);
            page.wait_for("the word", async |page| {
                Ok(wait_for_state(page, "uploaded").await?.contains(&there))
            })
            .await?;
            page.action("upload").click().await?;
            page.wait_for("it to be here", async |_| Ok(receiver.taken().len() == 1)).await?;
            Ok(())
        })
        .await
}

/// A warning before deleting everything names the reports that will not be sent.
#[tokio::test]
async fn deleting_everything_tells_of_what_waits() -> TestResult {
    let receiver = Receiver::default();
    receiver.will([not_now()]);
    sending_to(&receiver)?
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            let told = page.find("[data-erase-unsent]");
            page.action("erase").click().await?;
            page.action("erase-leave")
                .wait_for("to be there", async |leave| leave.exists().await)
                .await?;
            assert!(!told.exists().await?);
            page.action("erase-leave").click().await?;
            inspection(&page).await?;
            send_for_later(&page).await?;
            steps::go_home(&page).await?;
            page.action("erase").click().await?;
            told.wait_for_attribute("data-erase-unsent", "1").await?;
            assert_eq!(told.text().await?, text("vi", "erase.unsent")?.replace("{count}", "1"));
            Ok(())
        })
        .await
}

/// A later choice by the person, in another window with another address, counts.
#[tokio::test]
async fn an_attempt_does_not_undo_a_later_choice_of_address() -> TestResult {
    let (receiver, other) = (Receiver::default(), Receiver::default());
    let slow = Response::new(503, "text/plain", "").after(Duration::from_secs(5));
    receiver.will([Reply::Says(slow)]);
    let elsewhere = other.clone();
    sending_to(&receiver)?
        .preload(PATIENT)
        .route("/khac", move |request| elsewhere.answer(request))
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = inspection(&page).await?;
            let window = stage.open_tab("/").await?;
            window.evaluate("element.uploadUrl = '/khac';", json!(null)).await?;
            steps::open(&window, &id).await?;
            window.action("result").click().await?;
            page.action("upload").click().await?;
            page.wait_for("the attempt", async |_| Ok(receiver.attempts().len() == 1)).await?;
            wait_for_state(&window, "held").await?;
            window.action("upload-again").click().await?;
            window.wait_for("it to be there", async |_| Ok(other.taken().len() == 1)).await?;
            assert_eq!((receiver.attempts().len(), receiver.taken().len()), (1, 0));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_is_not_what_she_sent_is_not_sent() -> TestResult {
    let receiver = Receiver::default();
    receiver.will([not_now()]);
    sending_to(&receiver)?
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = inspection(&page).await?;
            send_for_later(&page).await?;
            page.call("flush", json!([])).await?;
            let script = "
                const [id] = given;
                const done = (request) => new Promise((done, failed) => {
                  request.onsuccess = () => done(request.result);
                  request.onerror = () => failed(request.error);
                });
                const database = await done(indexedDB.open('tkt:default'));
                const items = () => database.transaction('items', 'readwrite').objectStore('items');
                const text = await done(items().get(`${id}/@outbox`));
                await done(items().put(text.replace('\"count\":0', '\"count\":9'), `${id}/@outbox`));
                database.close();
                return text.includes('\"count\":0');
            ";
            let script = ["return (async () => {", script, "})();"].concat();
            assert_eq!(page.evaluate(&script, json!([id])).await?, json!(true));
            page.reload().await?;
            steps::open(&page, &id).await?;
            page.action("result").click().await?;
            page.action("upload-again").click().await?;
            assert_eq!(wait_for_state(&page, "damaged").await?, text("vi", "upload.damaged")?);
            assert_eq!(heard(&page).await?.last().map(String::as_str), Some("damaged"));
            assert_eq!(receiver.attempts().len(), 1);
            page.action("upload-let-be").click().await?;
            page.action("upload").click().await?;
            wait_for_state(&page, "uploaded").await.map(drop)
        })
        .await
}

#[tokio::test]
async fn what_came_back_from_a_backup_waits_for_the_person() -> TestResult {
    let receiver = Receiver::default();
    receiver.will([not_now()]);
    sending_to(&receiver)?
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = inspection(&page).await?;
            send_for_later(&page).await?;
            steps::go_home(&page).await?;
            page.find("[aria-labelledby=device-title] [data-action=back-up-all]").click().await?;
            let backup = stage.browser.wait_for_download(".json").await?;
            steps::delete_for_good(&page, &id).await?;
            page.field("restore-file").upload(&backup).await?;
            page.action("restore-go").click().await?;
            let word = steps::listed(&page, &id).find("[data-upload]");
            word.wait_for_attribute("data-upload", "held").await?;
            page.reload().await?;
            word.wait_for_attribute("data-upload", "held").await?;
            steps::open(&page, &id).await?;
            page.action("result").click().await?;
            assert_eq!(wait_for_state(&page, "held").await?, text("vi", "upload.held")?);
            assert_eq!(receiver.attempts().len(), 1);
            page.action("upload-again").click().await?;
            wait_for_state(&page, "uploaded").await.map(drop)
        })
        .await
}

#[tokio::test]
async fn what_is_deleted_does_not_go_out_until_it_is_restored() -> TestResult {
    let receiver = Receiver::default();
    // Not in haste: a report that is just being tried is not said to wait.
    sending_at_leisure_to(&receiver)?
        .allow_problem("/nhan")
        .allow_problem("/office-")
        .run(async |stage| {
            let page = stage.open("/").await?;
            // The network goes away before the first attempt.
            let id = inspection(&page).await?;
            set_network(stage, false).await?;
            page.action("upload").click().await?;
            wait_for_state(&page, "waiting").await?;
            steps::go_home(&page).await?;
            steps::listed(&page, &id).find("[data-action=delete]").click().await?;
            steps::wait_for_notice(&page, "done", &text("vi", "home.deleted-unsent")?).await?;
            set_network(stage, true).await?;
            page.find("[data-online=true]")
                .wait_for("to be shown", async |tag| tag.exists().await)
                .await?;
            assert!(receiver.attempts().is_empty());
            page.action("undo").click().await?;
            let word = steps::listed(&page, &id).find("[data-upload]");
            word.wait_for_attribute("data-upload", "uploaded").await.map(drop)
        })
        .await
}

#[tokio::test]
async fn what_arrives_after_it_was_deleted_for_good_leaves_no_trace() -> TestResult {
    let receiver = Receiver::default();
    receiver.will([Reply::ConfirmsAfter(Duration::from_secs(5))]);
    sending_to(&receiver)?
        .preload(PATIENT)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = inspection(&page).await?;
            page.action("upload").click().await?;
            page.wait_for("the attempt", async |_| Ok(receiver.attempts().len() == 1)).await?;
            steps::go_home(&page).await?;
            steps::delete_for_good(&page, &id).await?;
            assert_eq!(heard(&page).await?.last().map(String::as_str), Some("sending"));
            page.wait_for("the answer", async |page| {
                Ok(heard(page).await?.last().map(String::as_str) == Some("uploaded"))
            })
            .await?;
            page.call("flush", json!([])).await?;
            let script = "
                const done = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
                const database = await done(indexedDB.open('tkt:default'));
                const stores = ['overviews', 'items'];
                const keys = stores.map((name) => done(database.transaction(name).objectStore(name).getAllKeys()));
                return (await Promise.all(keys)).flat();
            ";
            let script = ["return (async () => {", script, "})();"].concat();
            let left = page.evaluate(&script, json!(null)).await?;
            assert!(!left.to_string().contains("@upload"), "{left}");
            Ok(())
        })
        .await
}

/// Makes the page wait for responses without limit, for those that are slow on purpose.
pub const PATIENT: &str = "AbortSignal.timeout = () => new AbortController().signal;";

/// A report waiting in another person's workspace is announced, and is sent when that is opened.
#[tokio::test]
async fn what_waits_in_another_workspace_is_told() -> TestResult {
    let receiver = Receiver::default();
    receiver.will([not_now()]);
    sending_to(&receiver)?
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            send_for_later(&page).await?;
            steps::go_home(&page).await?;
            assert!(!page.find("[data-notice=waiting-elsewhere]").exists().await?);
            page.action("hand-over").click().await?;
            page.field("new-workspace").fill("Chị Lan").await?;
            page.action("hand-over-go").click().await?;
            let line = page.find("[data-notice=waiting-elsewhere]");
            line.wait_for("to be said", async |line| line.exists().await).await?;
            let said = text("vi", "upload.elsewhere-waiting")?
                .replace("{name}", &text("vi", "device.first")?)
                .replace("{count}", "1");
            assert_eq!(line.text().await?, said);
            assert_eq!(page.axe().await?, Vec::<String>::new());
            assert_eq!(receiver.attempts().len(), 1);
            Ok(())
        })
        .await
}
