//! 'Đã lưu' means that killing the browser can't lose the data. Until then the journal has it, and
//! if nothing can be stored the page says so.

use std::fs;

use anyhow::{Context, Result, bail};
use browser_tests::{Ability, Engine, Page, Setup, Stage, TestResult, wait_until};
use serde_json::{Value, json};

use crate::support::checklists::text;
use crate::support::reports::check_file;
use crate::support::start::{Start, inspections};
use crate::support::{scripts, steps};

/// Opens the page and starts an inspection. Returns both.
async fn started(stage: &mut Stage) -> Result<(Page, String)> {
    let page = stage.open("/").await?;
    let id = Start::default().run(&page).await?;
    Ok((page, id))
}

/// Reopens the page and continues the inspection.
async fn continued(stage: &mut Stage, id: &str) -> Result<Page> {
    let page = stage.open("/").await?;
    steps::open(&page, id).await?;
    Ok(page)
}

#[tokio::test]
async fn a_reload_right_after_a_keystroke_loses_nothing() -> TestResult {
    reload_after_a_keystroke(Engine::Chromium).await
}

/// A reload right after a keystroke loses nothing, in any browser.
pub async fn reload_after_a_keystroke(engine: Engine) -> TestResult {
    Setup::dist()
        .engine(engine)
        .run(async |stage| {
            let (page, id) = started(stage).await?;
            page.item("staff-coordination").choose("not-met").await?;
            page.item("staff-coordination")
                .field("reason")
                .type_text("Thiếu người ở Một cửa")
                .await?;
            let ratio = page.item("signature-agency");
            ratio.field("denominator").type_text("960").await?;
            // The last key, and the reload at the same moment.
            let script = "
                const item = root.querySelector('[data-item=signature-agency]');
                const field = item.querySelector('[data-field=numerator]');
                field.value = '959';
                field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
                window.__leaving = true;
                location.reload();
            ";
            page.evaluate(script, json!(null)).await?;
            page.wait_for("the page to be loaded again", async |page| {
                Ok(page.evaluate("return !window.__leaving;", json!(null)).await? == json!(true))
            })
            .await?;
            page.wait_until_ready().await?;
            steps::open(&page, &id).await?;
            assert_eq!(ratio.field("numerator").value().await?, "959");
            assert_eq!(ratio.field("denominator").value().await?, "960");
            assert_eq!(ratio.verdict().await?, "not-met");
            let reason = page.item("staff-coordination").field("reason").value().await?;
            assert_eq!(reason, "Thiếu người ở Một cửa");
            Ok(())
        })
        .await
}

/// Makes the vault of this page refuse everything from now on.
pub const CUT_OFF: &str = "
    window.__transaction = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (stores, mode, ...rest) {
      if (mode === 'readwrite') throw new DOMException('cut off by the test', 'UnknownError');
      return __transaction.call(this, stores, mode, ...rest);
    };
";

#[tokio::test]
async fn what_only_the_journal_has_survives_a_reload() -> TestResult {
    journal_alone(Engine::Chromium).await
}

/// The journal alone is enough, in any browser.
pub async fn journal_alone(engine: Engine) -> TestResult {
    Setup::dist()
        .engine(engine)
        .run(async |stage| {
            let (page, id) = started(stage).await?;
            page.wait_for_save_state("saved").await?;
            page.evaluate(CUT_OFF, json!(null)).await?;
            page.item("disbursement-difficulties")
                .field("note")
                .type_text("Chậm giải ngân")
                .await?;
            page.wait_for_save_state("failed").await?;
            let stored = scripts::stored(&page, "default", "items").await?;
            assert!(
                !stored.iter().any(|(_, record)| record.to_string().contains("Chậm giải ngân"))
            );

            page.reload().await?;
            steps::open(&page, &id).await?;
            let field = page.item("disbursement-difficulties").field("note");
            assert_eq!(field.value().await?, "Chậm giải ngân");
            page.wait_for_save_state("saved").await?;
            wait_until("the vault to have it and the journal no more", async || {
                let items = scripts::stored(&page, "default", "items").await?;
                let stored =
                    items.iter().any(|(_, record)| record.to_string().contains("Chậm giải ngân"));
                let entries = scripts::local_storage(&page).await?;
                let journal = entries.iter().any(|(key, _)| key.contains(":journal:"));
                Ok((stored && !journal).then_some(()))
            })
            .await
        })
        .await
}

#[tokio::test]
async fn a_browser_that_was_closed_has_everything() -> TestResult {
    Setup::dist()
        .own_browser()
        .run(async |stage| {
            let (page, id) = started(stage).await?;
            page.item("feedback-posted").check("phone").await?;
            page.item("feedback-posted").field("note").type_text("Bảng mới").await?;
            let before = scripts::fields(&page).await?;
            // Without waiting for anything.
            stage.browser.close().await?;
            stage.browser.reopen().await?;
            let page = continued(stage, &id).await?;
            scripts::check_same(&before, &scripts::fields(&page).await?)
        })
        .await
}

#[tokio::test]
async fn a_browser_that_was_killed_has_what_was_said_to_be_saved() -> TestResult {
    killed(Engine::Chromium).await
}

/// A killed browser loses nothing, in any browser that keeps its storage.
pub async fn killed(engine: Engine) -> TestResult {
    Setup::dist()
        .engine(engine)
        .own_browser()
        .run(async |stage| {
            let (page, id) = started(stage).await?;
            page.item("feedback-posted").check("mailbox").await?;
            page.item("overdue-not-closed").field("count").type_text("12").await?;
            page.item("it-infrastructure").choose("met").await?;
            page.wait_for_save_state("saved").await?;
            let saved = page.find("[data-save-state]").text().await?;
            let (before, after) = text("vi", "saving.saved")?
                .split_once("{time}")
                .map(|(before, after)| (before.to_owned(), after.to_owned()))
                .context("it says when")?;
            let time =
                saved.trim().strip_prefix(&before).and_then(|rest| rest.strip_suffix(&after));
            let digits: String = time
                .unwrap_or_default()
                .chars()
                .map(|c| if c.is_ascii_digit() { '0' } else { c })
                .collect();
            assert_eq!(digits, "00:00", "{saved}");
            let before = (scripts::fields(&page).await?, page.summary().await?);

            stage.browser.kill().await?;
            stage.browser.reopen().await?;
            if engine.lacks(Ability::Profile).is_some() {
                let page = stage.open("/").await?;
                assert!(
                    inspections(&page).await?.is_empty(),
                    "it can be tested: say so in the list"
                );
                return Ok(());
            }
            let page = continued(stage, &id).await?;
            scripts::check_same(&before.0, &scripts::fields(&page).await?)?;
            assert_eq!(page.summary().await?, before.1);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_page_says_saving_and_then_saved() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let (page, _) = started(stage).await?;
            page.wait_for_save_state("saved").await?;
            let watch = "
                const state = root.querySelector('[data-save-state]');
                window.__states = [];
                const observer = new MutationObserver(() => __states.push(state.dataset.saveState));
                observer.observe(state, { attributeFilter: ['data-save-state'] });
                element.addEventListener('tkt-saved', () => __states.push('told'));
                element.addEventListener('tkt-change', () => __states.push('edit'));
            ";
            page.evaluate(watch, json!(null)).await?;
            page.item("overdue-not-closed").field("count").type_text("5").await?;
            let states = wait_until("it to be saved", async || {
                let states =
                    scripts::strings(page.evaluate("return __states;", json!(null)).await?)?;
                Ok(states.iter().any(|state| state == "saved").then_some(states))
            })
            .await?;
            let place = |name: &str| states.iter().position(|state| state == name);
            assert!(place("edit").is_some() && place("saving").is_some(), "{states:?}");
            assert!(
                place("saving") < place("saved") && place("edit") < place("saved"),
                "{states:?}"
            );
            assert!(place("told") > place("edit"), "{states:?}");
            assert!(!states.contains(&"failed".to_owned()), "{states:?}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn two_inspections_side_by_side_keep_apart() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let (first, one) = started(stage).await?;
            let second = stage.open_tab("/").await?;
            let other = Start { unit: "UBND Phường 5", ..Start::default() };
            let two = other.run(&second).await?;
            assert_ne!(one, two);
            for (page, count, note) in [(&first, "1", "một"), (&second, "22", "hai")] {
                page.item("overdue-not-closed").field("count").type_text(count).await?;
                page.item("iso-9001").field("note").type_text(note).await?;
            }
            first.item("thrift").choose("met").await?;
            second.item("thrift").choose("not-met").await?;
            first.wait_for_save_state("saved").await?;
            second.wait_for_save_state("saved").await?;

            let check = async |page: &Page, count: &str, note: &str, verdict: &str| -> TestResult {
                assert_eq!(page.item("overdue-not-closed").field("count").value().await?, count);
                assert_eq!(page.item("iso-9001").field("note").value().await?, note);
                assert_eq!(page.item("thrift").verdict().await?, verdict);
                assert_eq!(page.summary().await?.answered, 2);
                Ok(())
            };
            check(&first, "1", "một", "met").await?;
            check(&second, "22", "hai", "not-met").await?;
            // In one tab, one after the other.
            steps::go_home(&first).await?;
            steps::open(&first, &two).await?;
            check(&first, "22", "hai", "not-met").await?;
            first.reload().await?;
            steps::open(&first, &one).await?;
            check(&first, "1", "một", "met").await?;
            // Both are listed with their own units.
            steps::go_home(&first).await?;
            assert!(steps::listed(&first, &one).text().await?.contains("UBND Phường 2"));
            assert!(steps::listed(&first, &two).text().await?.contains("UBND Phường 5"));
            Ok(())
        })
        .await
}

/// A browser that denies storage, as some do in private windows.
const DENIED: &str = "
    for (const name of ['localStorage', 'indexedDB']) {
      Object.defineProperty(window, name, { get() { throw new DOMException('denied by the test', 'SecurityError'); } });
    }
";

/// A browser with a broken database and a working `localStorage`.
const BROKEN: &str = "
    IDBFactory.prototype.open = () => { throw new DOMException('broken by the test', 'UnknownError'); };
";

/// A full disk: the database opens, but nothing can be written into it.
const FULL: &str = "
    IDBObjectStore.prototype.put = () => { throw new DOMException('full by the test', 'QuotaExceededError'); };
    Storage.prototype.setItem = () => { throw new DOMException('full by the test', 'QuotaExceededError'); };
";

/// Works in a browser that can't store: the page says so, keeps everything, and offers a backup.
async fn work_without_storage(engine: Engine, fault: &str, reason: &str) -> TestResult {
    Setup::dist()
        .engine(engine)
        .preload(fault)
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            page.item("overdue-not-closed").field("count").type_text("3").await?;
            page.wait_for_save_state("failed").await?;
            assert!(
                page.find("[data-save-state]")
                    .text()
                    .await?
                    .contains(&text("vi", "saving.failed")?)
            );
            let trouble = steps::notice(&page, "trouble").await?;
            for name in [reason, "trouble.advice"] {
                let sentence = text("vi", name)?;
                assert!(trouble.contains(&sentence), "{sentence:?} is not in {trouble:?}");
            }
            let told = page.wait_for_events("tkt-save-error", 1).await?;
            let detail = told.last().context("an event")?;
            assert!(
                detail
                    .get("reason")
                    .and_then(Value::as_str)
                    .is_some_and(|reason| !reason.is_empty())
            );
            assert!(detail.get("pending").is_some_and(Value::is_number), "{detail}");
            assert_eq!(scripts::refusal(&page, "flush", json!([])).await?, "storage-failed");
            assert!(page.events("tkt-saved").await?.is_empty(), "it told of something saved");

            // It is kept while the person looks at the result and the list, too.
            page.item("thrift").choose("met").await?;
            page.action("result").click().await?;
            page.action("answering").click().await?;
            let id = inspections(&page).await?;
            let [id] = id.as_slice() else { bail!("one inspection is listed, not {id:?}") };
            steps::go_home(&page).await?;
            steps::open(&page, id).await?;
            assert_eq!(page.item("overdue-not-closed").field("count").value().await?, "3");
            assert_eq!(page.item("thrift").verdict().await?, "met");

            page.action("backup").click().await?;
            let file = stage.browser.wait_for_download(".json").await?;
            let report = check_file(&page, &fs::read(&file)?).await?;
            assert_eq!(report.pointer("/summary/answered"), Some(&json!(2)));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn where_storing_is_denied_the_page_says_so_and_hands_out_a_backup() -> TestResult {
    denied(Engine::Chromium).await
}

/// Denied storage is reported, in any browser.
pub async fn denied(engine: Engine) -> TestResult {
    work_without_storage(engine, DENIED, "storage.denied").await
}

#[tokio::test]
async fn where_the_database_is_broken_the_page_says_so_and_hands_out_a_backup() -> TestResult {
    work_without_storage(Engine::Chromium, BROKEN, "storage.other").await
}

#[tokio::test]
async fn where_the_disk_is_full_the_page_says_so_and_hands_out_a_backup() -> TestResult {
    work_without_storage(Engine::Chromium, FULL, "storage.quota").await
}

#[tokio::test]
async fn when_storing_works_again_the_trouble_is_over() -> TestResult {
    Setup::dist()
        .own_browser()
        .run(async |stage| {
            let (page, id) = started(stage).await?;
            page.wait_for_save_state("saved").await?;
            page.evaluate(CUT_OFF, json!(null)).await?;
            page.item("overdue-not-closed").field("count").type_text("3").await?;
            page.wait_for_save_state("failed").await?;
            let saved = page.events("tkt-saved").await?.len();
            page.evaluate("IDBDatabase.prototype.transaction = __transaction;", json!(null))
                .await?;
            page.wait_for_save_state("saved").await?;
            let trouble = page.find("[data-notice=trouble]");
            trouble.wait_for("to be gone", async |trouble| Ok(!trouble.exists().await?)).await?;
            assert!(page.events("tkt-saved").await?.len() > saved);
            stage.browser.kill().await?;
            stage.browser.reopen().await?;
            let page = continued(stage, &id).await?;
            assert_eq!(page.item("overdue-not-closed").field("count").value().await?, "3");
            Ok(())
        })
        .await
}

/// A backup button without effect is not offered.
#[tokio::test]
async fn a_backup_is_offered_only_of_something() -> TestResult {
    Setup::dist()
        .preload(DENIED)
        .run(async |stage| {
            let page = stage.open("/").await?;
            steps::notice(&page, "trouble").await?;
            assert!(!page.action("backup").is_visible().await?);
            Start::default().run(&page).await?;
            page.action("backup")
                .wait_for("to be offered", async |backup| backup.is_visible().await)
                .await
        })
        .await
}

#[tokio::test]
async fn deleting_can_be_taken_back_until_it_is_for_good() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let (page, id) = started(stage).await?;
            page.item("overdue-not-closed").field("count").type_text("3").await?;
            page.item("thrift").choose("met").await?;
            let before = scripts::fields(&page).await?;
            steps::go_home(&page).await?;
            let listed = steps::listed(&page, &id);
            let deleted = page.find(&format!("[data-deleted=\"{id}\"]"));

            // Undone at once.
            listed.find("[data-action=delete]").click().await?;
            deleted
                .wait_for("to be among the deleted", async |deleted| deleted.exists().await)
                .await?;
            assert!(!listed.exists().await?);
            assert!(inspections(&page).await?.is_empty());
            page.action("undo").click().await?;
            listed.wait_for("to be back", async |listed| listed.exists().await).await?;
            assert!(!deleted.exists().await?);

            // Restored later, after a reload.
            listed.find("[data-action=delete]").click().await?;
            deleted
                .wait_for("to be among the deleted", async |deleted| deleted.exists().await)
                .await?;
            page.reload().await?;
            assert!(inspections(&page).await?.is_empty());
            assert!(!listed.exists().await?);
            page.find("details.deleted summary").click().await?;
            deleted.find("[data-action=restore]").click().await?;
            listed.wait_for("to be back", async |listed| listed.exists().await).await?;
            steps::open(&page, &id).await?;
            scripts::check_same(&before, &scripts::fields(&page).await?)?;

            // For good.
            steps::go_home(&page).await?;
            steps::delete_for_good(&page, &id).await?;
            page.reload().await?;
            assert!(!listed.exists().await? && !deleted.exists().await?);
            for store in ["overviews", "items"] {
                let left = scripts::stored(&page, "default", store).await?;
                assert!(left.is_empty(), "{store} has {left:?}");
            }
            let entries = scripts::local_storage(&page).await?;
            assert!(!entries.iter().any(|(key, _)| key.contains(&id)), "{entries:?}");
            assert_eq!(
                scripts::refusal(&page, "openInspection", json!([id])).await?,
                "unknown-inspection"
            );
            Ok(())
        })
        .await
}
