//! Storage that fails in one way at a time while the page is open: the page says so in plain words,
//! keeps what it can, and recovers by itself when the cause is gone.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};
use browser_tests::{Page, Setup, Stage, TestResult, wait_until};
use serde_json::{Value, json};

use crate::support::checklists::text;
use crate::support::start::{Start, inspections};
use crate::support::{scripts, steps};

const TEXT: &str = "disbursement-difficulties";

/// Opens the page, starts an inspection, and waits until it is saved. Returns both.
async fn started(stage: &mut Stage) -> Result<(Page, String)> {
    let page = stage.open("/").await?;
    let id = Start::default().run(&page).await?;
    page.wait_for_save_state("saved").await?;
    Ok((page, id))
}

async fn run(page: &Page, script: &str) -> TestResult {
    page.evaluate(script, json!(null)).await.map(drop)
}

async fn write(page: &Page, words: &str) -> TestResult {
    page.item(TEXT).field("note").fill(words).await
}

async fn wait_for_trouble(page: &Page, name: &str) -> TestResult {
    steps::wait_for_notice(page, "trouble", &text("vi", name)?).await
}

async fn wait_for_no_notice(page: &Page, kind: &str) -> TestResult {
    let notice = page.find(&format!("[data-notice={kind}]"));
    notice.wait_for("to be gone", async |notice| Ok(!notice.exists().await?)).await
}

/// Waits until the vault contains a text.
async fn wait_for_vault(page: &Page, words: &str) -> TestResult {
    wait_until(&format!("the vault to have {words:?}"), async || {
        let items = scripts::stored(page, "default", "items").await?;
        Ok(items.iter().any(|(_, record)| record.to_string().contains(words)).then_some(()))
    })
    .await
}

/// Reloads the page and checks that the text is there.
async fn check_after_reload(page: &Page, id: &str, words: &str) -> TestResult {
    page.reload().await?;
    steps::open(page, id).await?;
    assert_eq!(page.item(TEXT).field("note").value().await?, words);
    Ok(())
}

/// A fault occurs and is repaired while the page stays open.
async fn goes_wrong_and_is_mended(wrong: &str, mended: &str, sentence: &str) -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let (page, id) = started(stage).await?;
            run(&page, wrong).await?;
            write(&page, "Chậm giải ngân").await?;
            wait_for_trouble(&page, sentence).await?;
            page.wait_for_save_state("failed").await?;
            let journal = scripts::local_storage(&page).await?;
            assert!(journal.iter().any(|(_, text)| text.contains("Chậm giải ngân")));
            run(&page, mended).await?;
            // It recovers by itself: nobody types anything.
            page.wait_for_save_state("saved").await?;
            wait_for_no_notice(&page, "trouble").await?;
            wait_for_vault(&page, "Chậm giải ngân").await?;
            check_after_reload(&page, &id, "Chậm giải ngân").await
        })
        .await
}

#[tokio::test]
async fn a_full_vault() -> TestResult {
    goes_wrong_and_is_mended(
        "window.__put = IDBObjectStore.prototype.put;
         IDBObjectStore.prototype.put = () => { throw new DOMException('full by the test', 'QuotaExceededError'); };",
        "IDBObjectStore.prototype.put = __put;",
        "storage.quota",
    )
    .await
}

#[tokio::test]
async fn a_transaction_that_is_aborted_half_way() -> TestResult {
    goes_wrong_and_is_mended(
        "window.__put = IDBObjectStore.prototype.put;
         window.__puts = 0;
         IDBObjectStore.prototype.put = function (...args) {
           const request = __put.apply(this, args);
           if (++__puts % 2 === 0) this.transaction.abort();
           return request;
         };",
        "IDBObjectStore.prototype.put = __put;",
        "storage.other",
    )
    .await
}

#[tokio::test]
async fn a_database_that_is_missing() -> TestResult {
    goes_wrong_and_is_mended(
        "window.__transaction = IDBDatabase.prototype.transaction;
         IDBDatabase.prototype.transaction = () => { throw new DOMException('lost by the test', 'InvalidStateError'); };
         window.__own = Object.getOwnPropertyDescriptor(window, 'indexedDB');
         Object.defineProperty(window, 'indexedDB', { configurable: true, value: undefined });",
        "Object.defineProperty(window, 'indexedDB', __own);
         IDBDatabase.prototype.transaction = __transaction;",
        "storage.denied",
    )
    .await
}

/// As iOS does with pages in the background.
#[tokio::test]
async fn a_connection_that_the_system_takes_away() -> TestResult {
    let keep = "
        const { open } = IDBFactory.prototype;
        IDBFactory.prototype.open = function (...args) {
          const request = open.apply(this, args);
          request.addEventListener('success', () => { window.__database = request.result; });
          return request;
        };
    ";
    Setup::dist()
        .preload(keep)
        .run(async |stage| {
            let (page, id) = started(stage).await?;
            for (words, take_away) in [
                (
                    "đóng và báo",
                    "__database.close(); __database.dispatchEvent(new Event('close'));",
                ),
                ("đóng lặng lẽ", "__database.close();"),
            ] {
                run(&page, take_away).await?;
                write(&page, words).await?;
                wait_for_vault(&page, words).await?;
                page.wait_for_save_state("saved").await?;
            }
            assert!(page.events("tkt-save-error").await?.is_empty(), "nobody needs to know");
            check_after_reload(&page, &id, "đóng lặng lẽ").await
        })
        .await
}

/// Answers while the journal fails and the vault works.
async fn without_journal(wrong: &str) -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let (page, id) = started(stage).await?;
            run(&page, wrong).await?;
            write(&page, "Không có bộ nhớ tạm").await?;
            steps::wait_for_notice(&page, "journal", &text("vi", "storage.journal")?).await?;
            page.wait_for_save_state("saved").await?;
            wait_for_vault(&page, "Không có bộ nhớ tạm").await?;
            assert!(page.events("tkt-save-error").await?.is_empty());
            run(&page, "__mend();").await?;
            write(&page, "Lại có").await?;
            wait_for_no_notice(&page, "journal").await?;
            page.wait_for_save_state("saved").await?;
            check_after_reload(&page, &id, "Lại có").await
        })
        .await
}

#[tokio::test]
async fn a_full_journal() -> TestResult {
    without_journal(
        "const { setItem } = Storage.prototype;
         window.__mend = () => { Storage.prototype.setItem = setItem; };
         Storage.prototype.setItem = () => { throw new DOMException('full by the test', 'QuotaExceededError'); };",
    )
    .await
}

#[tokio::test]
async fn a_journal_that_is_denied() -> TestResult {
    without_journal(
        "const own = Object.getOwnPropertyDescriptor(window, 'localStorage');
         window.__mend = () => { Object.defineProperty(window, 'localStorage', own); };
         Object.defineProperty(window, 'localStorage', {
           configurable: true,
           get() { throw new DOMException('denied by the test', 'SecurityError'); },
         });",
    )
    .await
}

#[tokio::test]
async fn a_journal_that_is_missing() -> TestResult {
    without_journal(
        "const own = Object.getOwnPropertyDescriptor(window, 'localStorage');
         window.__mend = () => { Object.defineProperty(window, 'localStorage', own); };
         Object.defineProperty(window, 'localStorage', { configurable: true, value: null });",
    )
    .await
}

/// With neither journal nor vault the browser asks before the page is left, and only then.
#[tokio::test]
async fn the_browser_asks_before_what_is_nowhere_safe_is_left() -> TestResult {
    let asks = "
        const leaving = new Event('beforeunload', { cancelable: true });
        window.dispatchEvent(leaving);
        return leaving.defaultPrevented;
    ";
    Setup::dist()
        .run(async |stage| {
            let (page, _) = started(stage).await?;
            let full = "
                window.__put = IDBObjectStore.prototype.put;
                window.__setItem = Storage.prototype.setItem;
                const full = () => { throw new DOMException('full by the test', 'QuotaExceededError'); };
                IDBObjectStore.prototype.put = full;
            ";
            run(&page, full).await?;
            write(&page, "một").await?;
            page.wait_for_save_state("failed").await?;
            assert_eq!(page.evaluate(asks, json!(null)).await?, json!(false), "the journal has it");
            run(&page, "Storage.prototype.setItem = IDBObjectStore.prototype.put;").await?;
            write(&page, "hai").await?;
            page.wait_for("it to ask", async |page| {
                Ok(page.evaluate(asks, json!(null)).await? == json!(true))
            })
            .await?;
            run(&page, "IDBObjectStore.prototype.put = __put; Storage.prototype.setItem = __setItem;")
                .await?;
            page.wait_for_save_state("saved").await?;
            assert_eq!(page.evaluate(asks, json!(null)).await?, json!(false), "all is saved");
            Ok(())
        })
        .await
}

/// As when somebody clears the site's data, or the browser evicts it.
#[tokio::test]
async fn a_database_that_is_deleted_while_the_page_is_open() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let (page, id) = started(stage).await?;
            page.item("thrift").choose("met").await?;
            page.item("overdue-not-closed").field("count").fill("7").await?;
            page.wait_for_save_state("saved").await?;
            let origin = stage.server.url("/");
            let what = json!({ "origin": origin.trim_end_matches('/'), "storageTypes": "all" });
            stage.browser.cdp("Storage.clearDataForOrigin", what).await?;
            write(&page, "Vẫn còn").await?;
            steps::wait_for_notice(&page, "error", &text("vi", "storage.emptied")?).await?;
            page.wait_for_save_state("saved").await?;
            check_after_reload(&page, &id, "Vẫn còn").await?;
            assert_eq!(page.item("thrift").verdict().await?, "met");
            assert_eq!(page.item("overdue-not-closed").field("count").value().await?, "7");
            Ok(())
        })
        .await
}

/// A window with an older program that does not know newer ones.
#[tokio::test]
async fn an_older_window_that_is_in_the_way_of_an_upgrade() -> TestResult {
    let old_window = "
        const request = indexedDB.open('tkt:default', 1);
        return new Promise((done, failed) => {
          request.onupgradeneeded = () => {
            for (const name of ['overviews', 'items', 'checklists', 'aside']) {
              request.result.createObjectStore(name);
            }
          };
          request.onerror = () => failed(request.error);
          request.onsuccess = () => { window.__database = request.result; done(); };
        });
    ";
    Setup::dist()
        // It is retried after ever longer times.
        .patience(Duration::from_secs(40))
        .page("/old", "<!doctype html><title>Cũ</title><tu-kiem-tra></tu-kiem-tra>")
        .run(async |stage| {
            let old = stage.goto("/old").await?;
            old.evaluate(old_window, json!(null)).await?;
            let page = stage.open_tab("/").await?;
            wait_for_trouble(&page, "storage.blocked").await?;
            let id = Start::default().run(&page).await?;
            write(&page, "Đang chờ").await?;
            page.wait_for_save_state("failed").await?;
            run(&old, "__database.close();").await?;
            page.wait_for_save_state("saved").await?;
            wait_for_no_notice(&page, "trouble").await?;
            check_after_reload(&page, &id, "Đang chờ").await
        })
        .await
}

/// Unreadable data in the vault and in the journal: one kind a line.
const UNREADABLE: [(&str, &str); 4] = [
    ("vault", r#"{"version":1,"inspection":"#),
    ("vault", r#"{"version":99,"whatever":true}"#),
    ("journal", r#"{"version":1,"inspection":"#),
    ("journal", "\u{0}\u{fffd}"),
];

#[tokio::test]
async fn what_cannot_be_read_is_set_aside_and_handed_out() -> TestResult {
    let damage = "
        const [place, id, text] = given;
        if (place === 'journal') {
          localStorage.setItem(`tkt:default:journal:${id}:thrift`, text);
          return;
        }
        return new Promise((done, failed) => {
          const request = indexedDB.open('tkt:default');
          request.onerror = () => failed(request.error);
          request.onsuccess = () => {
            const transaction = request.result.transaction('items', 'readwrite');
            transaction.objectStore('items').put(text, `${id}/thrift`);
            transaction.oncomplete = () => { request.result.close(); done(); };
          };
        });
    ";
    for (place, unreadable) in UNREADABLE {
        Setup::dist()
            .run(async |stage| {
                let (page, id) = started(stage).await?;
                page.item("thrift").choose("met").await?;
                write(&page, "Giữ nguyên").await?;
                page.wait_for_save_state("saved").await?;
                steps::go_home(&page).await?;
                page.evaluate(damage, json!([place, id, unreadable])).await?;
                check_after_reload(&page, &id, "Giữ nguyên").await?;
                let told = text("vi", "set-aside")?.replace("{count}", "1");
                steps::wait_for_notice(&page, "set-aside", &told).await?;
                // The vault's unreadable record is set aside. If the journal's was unreadable, the
                // vault's counts.
                let expected = if place == "vault" { "unanswered" } else { "met" };
                assert_eq!(page.item("thrift").verdict().await?, expected);

                page.action("download-aside").click().await?;
                let file = stage.browser.wait_for_download(".json").await?;
                let list: Value = serde_json::from_slice(&fs::read(&file)?)?;
                let texts = list.as_array().context("a list")?.iter();
                let texts: Vec<_> =
                    texts.filter_map(|one| one.get("text").and_then(Value::as_str)).collect();
                assert_eq!(texts, [unreadable]);

                // And it can be answered anew.
                page.item("thrift").choose("partly-met").await?;
                page.wait_for_save_state("saved").await?;
                page.reload().await?;
                assert!(!page.find("[data-notice=set-aside]").exists().await?, "told once");
                assert_eq!(inspections(&page).await?, [id]);
                Ok(())
            })
            .await
            .with_context(|| format!("{place}: {unreadable:?}"))?;
    }
    Ok(())
}
