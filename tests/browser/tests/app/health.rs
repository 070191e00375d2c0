//! 'Dữ liệu trên máy này': whether the browser keeps the data, how much room is left, and which
//! inspections are not exported.

use anyhow::Result;
use browser_tests::{Page, Setup, Stage, TestResult};
use serde_json::{Value, json};

use crate::support::checklists::text;
use crate::support::start::Start;
use crate::support::{scripts, steps};

/// Counts how often the page asks the browser to keep its data.
const COUNTED: &str = "
    const { persist } = StorageManager.prototype;
    window.__asked = 0;
    StorageManager.prototype.persist = function () {
      __asked += 1;
      return persist.call(this);
    };
";

async fn asked(page: &Page) -> Result<Value> {
    page.evaluate("return __asked;", json!(null)).await
}

/// Sets the person's permission for persistent storage.
async fn set_persistence(stage: &Stage, setting: &str) -> Result<()> {
    let origin = stage.server.url("");
    let permission = json!({ "name": "persistent-storage" });
    let given = json!({ "permission": permission, "setting": setting, "origin": origin });
    stage.browser.cdp("Browser.setPermission", given).await.map(drop)
}

/// Waits until the panel has this line about persistence or room.
async fn wait_for_line(page: &Page, line: &str, name: &str) -> Result<()> {
    let wanted = text("vi", name)?;
    let line = page.find(&format!("[data-health={line}]"));
    line.wait_for(&format!("to say {wanted:?}"), async |line| Ok(line.text().await? == wanted))
        .await
}

/// A browser that grants persistence on request, as some do for pages that are used often.
const GRANTING: &str = "
    let kept = localStorage.getItem('test:kept') === 'yes';
    StorageManager.prototype.persisted = () => Promise.resolve(kept);
    StorageManager.prototype.persist = () => {
      kept = true;
      localStorage.setItem('test:kept', 'yes');
      return Promise.resolve(true);
    };
";

#[tokio::test]
async fn the_browser_is_asked_once_there_is_something_to_keep() -> TestResult {
    Setup::dist()
        .preload(GRANTING)
        .preload(COUNTED)
        .run(async |stage| {
            let page = stage.open("/").await?;
            wait_for_line(&page, "kept", "health.not-kept").await?;
            Start::default().run(&page).await?;
            page.wait_for_save_state("saved").await?;
            assert_eq!(asked(&page).await?, 0, "nothing was answered yet");
            page.item("thrift").choose("met").await?;
            page.wait_for("it to be asked", async |page| Ok(asked(page).await? == 1)).await?;
            steps::go_home(&page).await?;
            wait_for_line(&page, "kept", "health.kept").await?;
            assert!(!page.action("keep").is_visible().await?);
            page.reload().await?;
            wait_for_line(&page, "kept", "health.kept").await
        })
        .await
}

/// In Chromium an earlier permission is enough.
#[tokio::test]
async fn a_browser_that_keeps_it_anyway_is_not_asked() -> TestResult {
    Setup::dist()
        .preload(COUNTED)
        .run(async |stage| {
            set_persistence(stage, "granted").await?;
            let page = stage.open("/").await?;
            wait_for_line(&page, "kept", "health.kept").await?;
            let room = page.find("[data-health=space]");
            room.wait_for("to be told", async |room| Ok(room.text().await?.contains(" GB")))
                .await?;
            assert!(!page.find("[data-notice=space]").exists().await?);
            Start::default().run(&page).await?;
            page.item("thrift").choose("met").await?;
            page.wait_for_save_state("saved").await?;
            scripts::settle(&page).await?;
            assert_eq!(asked(&page).await?, 0);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_browser_that_refuses_is_asked_again_only_by_the_person() -> TestResult {
    Setup::dist()
        .preload(COUNTED)
        .run(async |stage| {
            set_persistence(stage, "denied").await?;
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            for verdict in ["met", "not-met", "met"] {
                page.item("thrift").choose(verdict).await?;
                page.call("flush", json!([])).await?;
            }
            page.wait_for("it to be asked", async |page| Ok(asked(page).await? == 1)).await?;
            steps::go_home(&page).await?;
            wait_for_line(&page, "kept", "health.not-kept").await?;
            page.action("keep").click().await?;
            steps::wait_for_notice(&page, "done", &text("vi", "health.keep-refused")?).await?;
            assert_eq!(asked(&page).await?, 2);
            Ok(())
        })
        .await
}

/// As in Firefox, which asks the person.
#[tokio::test]
async fn a_person_who_was_asked_is_not_asked_again() -> TestResult {
    Setup::dist()
        .preload(COUNTED)
        .run(async |stage| {
            set_persistence(stage, "denied").await?;
            let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
            set_user_agent(stage, agent).await?;
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            page.item("thrift").choose("met").await?;
            page.wait_for("it to be asked", async |page| Ok(asked(page).await? == 1)).await?;
            page.reload().await?;
            steps::open(&page, &id).await?;
            page.item("thrift").choose("not-met").await?;
            page.call("flush", json!([])).await?;
            scripts::settle(&page).await?;
            assert_eq!(asked(&page).await?, 0);
            Ok(())
        })
        .await
}

async fn set_user_agent(stage: &Stage, agent: &str) -> Result<()> {
    let given = json!({ "userAgent": agent });
    stage.browser.cdp("Emulation.setUserAgentOverride", given).await.map(drop)
}

#[tokio::test]
async fn where_there_is_nobody_to_ask_it_is_not_known() -> TestResult {
    for fault in [
        "Object.defineProperty(Navigator.prototype, 'storage', { value: undefined });",
        "for (const name of ['persist', 'persisted', 'estimate']) delete StorageManager.prototype[name];",
        "for (const name of ['persist', 'persisted', 'estimate'])
           StorageManager.prototype[name] = () => Promise.reject(new TypeError('by the test'));",
    ] {
        Setup::dist()
            .preload(fault)
            .run(async |stage| {
                let page = stage.open("/").await?;
                Start::default().run(&page).await?;
                page.item("thrift").choose("met").await?;
                page.wait_for_save_state("saved").await?;
                steps::go_home(&page).await?;
                wait_for_line(&page, "kept", "health.kept-unknown").await?;
                wait_for_line(&page, "space", "health.space-unknown").await?;
                assert!(!page.action("keep").is_visible().await?);
                Ok(())
            })
            .await?;
    }
    Ok(())
}

/// Little room. Chromium reports 10 GB to every site, whatever the room and whatever a test sets.
pub const LITTLE_ROOM: &str = "
    const estimate = { usage: 1_200_000, quota: 31_000_000 };
    StorageManager.prototype.estimate = () => Promise.resolve(estimate);
";

#[tokio::test]
async fn little_room_is_told_on_any_screen_until_it_is_seen() -> TestResult {
    Setup::dist()
        .preload(LITTLE_ROOM)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let warning = page.find("[data-notice=space]");
            warning.wait_for("to be told", async |warning| warning.is_visible().await).await?;
            assert!(warning.text().await?.contains("khoảng 29 MB"));
            let room = text("vi", "health.space")?;
            let room = room.replace("{used}", "1,2 MB").replace("{left}", "29 MB");
            assert_eq!(page.find("[data-health=space]").text().await?, room);
            Start::default().run(&page).await?;
            assert!(warning.is_visible().await?, "also while answering");
            page.action("space-seen").click().await?;
            warning.wait_for("to be gone", async |warning| Ok(!warning.exists().await?)).await?;
            page.item("thrift").choose("met").await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            assert!(!warning.exists().await?);
            Ok(())
        })
        .await
}

/// A Mac, or an iPad that calls itself one.
pub const SAFARI: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like \
    Gecko) Version/18.0 Safari/605.1.15";

#[tokio::test]
async fn safari_may_forget_what_is_not_exported() -> TestResult {
    Setup::dist()
        .preload(COUNTED)
        .run(async |stage| {
            set_persistence(stage, "denied").await?;
            set_user_agent(stage, SAFARI).await?;
            let page = stage.open("/").await?;
            let warning = page.find("[data-notice=forgets]");
            assert!(!warning.exists().await?, "there is nothing to lose");
            Start::default().run(&page).await?;
            page.item("thrift").choose("met").await?;
            steps::go_home(&page).await?;
            warning.wait_for("to be told", async |warning| warning.is_visible().await).await?;
            assert!(warning.text().await?.contains("7 ngày"));
            page.find(".unexported summary").click().await?;
            page.action("export-listed").click().await?;
            stage.browser.wait_for_download("_2022.json").await?;
            warning.wait_for("to be gone", async |warning| Ok(!warning.exists().await?)).await
        })
        .await
}

#[tokio::test]
async fn safari_on_the_home_screen_forgets_nothing() -> TestResult {
    Setup::dist()
        .preload("Object.defineProperty(navigator, 'standalone', { value: true });")
        .run(async |stage| {
            set_persistence(stage, "denied").await?;
            set_user_agent(stage, SAFARI).await?;
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            steps::go_home(&page).await?;
            wait_for_line(&page, "kept", "health.not-kept").await?;
            assert!(!page.find("[data-notice=forgets]").exists().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_host_that_takes_exports_over_gets_each_of_them() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let script =
                "element.addEventListener('tkt-export', (event) => event.preventDefault());";
            page.evaluate(script, json!(null)).await?;
            for period in ["2021", "2022"] {
                Start { period, ..Start::default() }.run(&page).await?;
                page.wait_for_save_state("saved").await?;
                steps::go_home(&page).await?;
            }
            let waiting = page.find(".unexported summary");
            waiting
                .wait_for("to count both", async |w| Ok(w.text().await?.starts_with("2 ")))
                .await?;
            waiting.click().await?;
            page.action("export-all").click().await?;
            page.wait_for_events("tkt-export", 2).await?;
            waiting.wait_for("to be done", async |w| Ok(!w.is_visible().await?)).await?;
            let done = text("vi", "export.all-done")?.replace("{count}", "2");
            steps::wait_for_notice(&page, "done", &done).await
        })
        .await
}
