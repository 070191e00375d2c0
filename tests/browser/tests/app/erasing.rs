//! 'Xóa mọi dữ liệu trên máy này' leaves nothing, whatever other tabs are about to do.

use anyhow::Result;
use browser_tests::{Page, Setup, TestResult};
use serde_json::{Value, json};

use crate::support::checklists::text;
use crate::support::start::{Start, inspections};
use crate::support::{scripts, steps};

/// Returns the databases and the entries of `localStorage` of the default namespace.
async fn left(page: &Page) -> Result<Value> {
    let script = "
        const ours = (name) => /^tkt:default($|[:~])/.test(name);
        return indexedDB.databases().then((all) =>
          [...all.map(({ name }) => name), ...Object.keys(localStorage)].filter(ours).sort());
    ";
    page.evaluate(script, json!(null)).await
}

/// Stores data of the host, and of another use of the program on the same site.
const OTHERS: &str = "
    localStorage.setItem('host', 'x');
    localStorage.setItem('tkt:other:prefs:language', '\"vi\"');
    localStorage.setItem('tkt:default2:prefs:language', '\"vi\"');
    const make = (name) => new Promise((done) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => done(request.result.close());
    });
    return Promise.all(['host', 'tkt:other', 'tkt:default2'].map(make)).then(() => null);
";

const OTHERS_LEFT: &str = "
    const others = ['host', 'tkt:other', 'tkt:default2'];
    return indexedDB.databases().then((all) => all.map(({ name }) => name)).then((names) =>
      others.every((name) => names.includes(name)) && localStorage.getItem('host') === 'x' &&
      localStorage.length === 3);
";

/// Makes writing into the vault fail from now on.
const FULL: &str = "
    const { put } = IDBObjectStore.prototype;
    window.__mend = () => { IDBObjectStore.prototype.put = put; };
    IDBObjectStore.prototype.put = () => { throw new DOMException('by the test', 'QuotaExceededError'); };
";

#[tokio::test]
async fn nothing_is_left_and_another_tab_brings_nothing_back() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            page.evaluate(OTHERS, json!(null)).await?;
            let id = Start { inspectors: "Lê Thị Hoa", ..Start::default() }.run(&page).await?;
            page.item("thrift").choose("met").await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            page.action("hand-over").click().await?;
            page.field("new-workspace").fill("Trần Nam").await?;
            page.action("hand-over-go").click().await?;
            page.find(".workspace-tag").wait_for("to be there", async |t| t.exists().await).await?;
            Start::default().run(&page).await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            page.action("hand-over").click().await?;
            page.find("[data-action=go-to-workspace]:enabled").click().await?;
            steps::listed(&page, &id).wait_for("to be there", async |l| l.exists().await).await?;

            // In the other tab a text is typed that can't be saved.
            let other = stage.open_tab("/").await?;
            steps::open(&other, &id).await?;
            other.evaluate(FULL, json!(null)).await?;
            other.item("thrift").field("note").type_text("Chưa lưu").await?;
            other.wait_for_save_state("failed").await?;

            page.action("erase").click().await?;
            let go = page.action("erase-go");
            let dialog = page.find("[data-dialog=erase]");
            dialog.find("[data-action=back-up-all]").click().await?;
            let file = stage.browser.wait_for_download(".json").await?;
            let file = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let told = dialog.find("[role=status]");
            told.wait_for("to name it", async |told| Ok(told.text().await?.contains(&file)))
                .await?;
            for (typed, fits) in [
                ("xóa", false),
                ("xoa het", true),
                ("XÓA  HẾT ", true),
                ("xo\u{301}a he\u{302}\u{301}t", true),
            ] {
                page.field("erase-word").fill(typed).await?;
                assert_eq!(go.is_enabled().await?, fits, "{typed}");
            }
            go.click().await?;
            steps::wait_for_notice(&page, "done", &text("vi", "erased")?).await?;
            assert_eq!(left(&page).await?, json!([]));
            assert_eq!(page.evaluate(OTHERS_LEFT, json!(null)).await?, true);

            // The other tab shows the empty list, and once its storage works it has nothing to
            // save.
            other
                .find("#home-title")
                .wait_for("to be shown", async |h| h.is_visible().await)
                .await?;
            other
                .evaluate("__mend(); window.dispatchEvent(new Event('online'));", json!(null))
                .await?;
            assert!(!other.find("[data-notice=trouble]").exists().await?);
            assert!(!scripts::text(&other).await?.contains("UBND Phường 2"));
            other.close().await?;
            assert_eq!(left(&page).await?, json!([]));

            // The next start creates an empty database, like the very first one, and nothing more.
            page.reload().await?;
            assert_eq!(left(&page).await?, json!(["tkt:default"]));
            for store in ["overviews", "items", "checklists", "aside"] {
                assert_eq!(scripts::stored(&page, "default", store).await?, [], "{store}");
            }
            assert_eq!(page.evaluate(OTHERS_LEFT, json!(null)).await?, true);
            assert_eq!(page.field("unit-name").value().await?, "");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn after_that_everything_works_as_on_the_first_day() -> TestResult {
    Setup::dist()
        .own_browser()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            page.action("erase").click().await?;
            page.action("erase-leave").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            assert_eq!(inspections(&page).await?.len(), 1);
            page.action("erase").click().await?;
            page.field("erase-word").fill("xoa het").await?;
            page.action("erase-go").click().await?;
            steps::wait_for_notice(&page, "done", &text("vi", "erased")?).await?;

            let id = Start::default().run(&page).await?;
            page.item("thrift").choose("met").await?;
            page.call("flush", json!([])).await?;
            page.wait_for_save_state("saved").await?;
            stage.browser.kill().await?;
            stage.browser.reopen().await?;
            let page = stage.open("/").await?;
            assert_eq!(inspections(&page).await?, std::slice::from_ref(&id));
            steps::open(&page, &id).await?;
            assert_eq!(page.item("thrift").verdict().await?, "met");
            Ok(())
        })
        .await
}

/// Makes the deletion of databases fail until the page is reloaded.
const KEEPS: &str = "
    IDBFactory.prototype.deleteDatabase = () => { throw new DOMException('by the test', 'UnknownError'); };
";

#[tokio::test]
async fn what_was_begun_is_finished_by_the_next_page_and_takes_nothing_else() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            page.action("hand-over").click().await?;
            page.field("new-workspace").fill("Trần Nam").await?;
            page.action("hand-over-go").click().await?;
            page.find(".workspace-tag").wait_for("to be there", async |t| t.exists().await).await?;
            Start::default().run(&page).await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;

            page.evaluate(KEEPS, json!(null)).await?;
            page.action("erase").click().await?;
            page.field("erase-word").fill("xoa het").await?;
            page.action("erase-go").click().await?;
            let sentence = text("vi", "error.not-erased")?;
            let end = sentence.split("{name} ").last().unwrap_or_default();
            steps::wait_for_notice(&page, "error", end).await?;
            assert!(inspections(&page).await?.is_empty());

            // The next page works and has no earlier data.
            page.reload().await?;
            assert!(inspections(&page).await?.is_empty());
            assert_eq!(left(&page).await?, json!(["tkt:default"]));
            let id = Start::default().run(&page).await?;
            page.item("thrift").choose("met").await?;
            page.wait_for_save_state("saved").await?;
            page.reload().await?;
            assert_eq!(inspections(&page).await?, [id]);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_deleted_workspace_leaves_no_database_and_is_in_no_backup() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            page.action("hand-over").click().await?;
            page.field("new-workspace").fill("Trần Nam").await?;
            page.action("hand-over-go").click().await?;
            page.find(".workspace-tag").wait_for("to be there", async |t| t.exists().await).await?;
            // Another window has the workspace open.
            let other = stage.open_tab("/").await?;
            page.action("delete-mine").click().await?;
            page.action("delete-mine-go").click().await?;
            steps::wait_for_notice(&page, "done", &text("vi", "mine-deleted")?).await?;
            let names = scripts::databases(&page).await?;
            assert_eq!(names, ["tkt:default"]);
            assert_eq!(inspections(&page).await?, std::slice::from_ref(&id));
            // It switches to the first workspace.
            other
                .wait_for("the first workspace", async |other| {
                    Ok(inspections(other).await? == [id.clone()]
                        && !other.find(".workspace-tag").exists().await?)
                })
                .await?;
            other.close().await?;

            page.find("[aria-labelledby=device-title] [data-action=back-up-all]").click().await?;
            let backup = stage.browser.wait_for_download(".json").await?;
            let backup: Value = serde_json::from_slice(&std::fs::read(backup)?)?;
            let workspaces = backup.get("workspaces").and_then(Value::as_array);
            assert_eq!(workspaces.map(Vec::len), Some(1), "{backup}");
            assert_eq!(scripts::databases(&page).await?, ["tkt:default"]);
            Ok(())
        })
        .await
}
