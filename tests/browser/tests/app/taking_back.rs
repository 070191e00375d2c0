//! Removals can be undone, even after a reload, and no window silently replaces an answer of
//! another one.

use browser_tests::{Page, Setup, TestResult};
use serde_json::json;

use crate::support::checklists::text;
use crate::support::dialogs::file;
use crate::support::scripts::settle;
use crate::support::sites::small_portal;
use crate::support::start::Start;
use crate::support::{scripts, steps};

/// Opens the list of what can be restored and returns the number of entries.
async fn kept(page: &Page) -> anyhow::Result<u64> {
    let list = page.find("details[data-kept]");
    list.wait_for("to be offered", async |list| list.is_visible().await).await?;
    list.on_element("place.open = true;", json!(null)).await?;
    list.count("[data-kept-of]").await
}

#[tokio::test]
async fn an_emptied_roster_after_a_reload() -> TestResult {
    small_portal()?
        .own_browser()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start { checklist: "", ..Start::default() }.run(&page).await?;
            let roster = page.item("posted");
            for (index, name) in ["Khai sinh", "Kết hôn"].into_iter().enumerate() {
                roster.action("add-row").click().await?;
                roster.row(index).column("name").fill(name).await?;
            }
            let before = scripts::fields(&page).await?;
            roster.action("clear-rows").click().await?;
            roster.wait_for_rows(0).await?;
            page.wait_for_save_state("saved").await?;
            stage.browser.kill().await?;
            stage.browser.reopen().await?;

            let page = stage.open("/").await?;
            assert_eq!(kept(&page).await?, 1);
            let said = page.find("[data-kept-of]").text().await?;
            assert!(said.contains(&text("vi", "kept.answer")?.replace("{number}", "9")), "{said}");
            page.action("take-back").click().await?;
            steps::wait_for_item(&page, "posted").await?;
            scripts::check_same(&before, &scripts::fields(&page).await?)?;
            page.wait_for_save_state("saved").await?;
            page.reload().await?;
            assert!(!page.find("details[data-kept]").is_visible().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_replaced_inspection_after_a_reload() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start { checklist: "", ..Start::default() }.run(&page).await?;
            page.item("overdue").field("count").fill("3").await?;
            let report = page.call("exportReport", json!([])).await?;
            let older = file(stage, "cu.json", &report.to_string())?;
            page.item("overdue").field("count").fill("0").await?;
            page.item("hours").field("quantity").fill("5").await?;
            let before = scripts::fields(&page).await?;
            steps::go_home(&page).await?;
            page.field("import-file").upload(&older).await?;
            page.action("import-replace").click().await?;
            steps::wait_for_notice(&page, "done", &text("vi", "import.replaced")?).await?;

            page.reload().await?;
            assert_eq!(kept(&page).await?, 1);
            page.action("take-back").click().await?;
            steps::wait_for_notice(&page, "done", &text("vi", "kept.taken-back")?).await?;
            steps::open(&page, &id).await?;
            scripts::check_same(&before, &scripts::fields(&page).await?)?;
            let report = page.call("exportReport", json!([])).await?;
            assert_eq!(report.pointer("/inspection/status"), Some(&json!("in-progress")));

            // The previous answer was kept instead.
            page.item("overdue").field("count").fill("8").await?;
            let newest = scripts::fields(&page).await?;
            steps::go_home(&page).await?;
            for expected in ["3", "8"] {
                assert_eq!(kept(&page).await?, 1);
                page.action("take-back").click().await?;
                steps::wait_for_notice(&page, "done", &text("vi", "kept.taken-back")?).await?;
                steps::open(&page, &id).await?;
                assert_eq!(page.item("overdue").field("count").value().await?, expected);
                if expected == "8" {
                    scripts::check_same(&newest, &scripts::fields(&page).await?)?;
                }
                steps::go_home(&page).await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn an_answer_that_a_taken_back_one_replaces() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start { checklist: "", ..Start::default() }.run(&page).await?;
            let count = page.item("overdue").field("count");
            count.fill("3").await?;
            page.item("overdue").action("clear-answer").click().await?;
            count.fill("7").await?;
            steps::go_home(&page).await?;
            for expected in ["3", "7", "3"] {
                assert_eq!(kept(&page).await?, 1);
                page.action("take-back").click().await?;
                steps::wait_for_item(&page, "overdue").await?;
                assert_eq!(count.value().await?, expected);
                page.wait_for_save_state("saved").await?;
                page.reload().await?;
            }
            // A completed inspection is reopened first.
            steps::open(&page, &id).await?;
            steps::complete_anyway(&page, "Xong").await?;
            steps::go_home(&page).await?;
            let list = page.find("details[data-kept]");
            list.wait_for("to be empty", async |list| Ok(!list.is_visible().await?)).await
        })
        .await
}

#[tokio::test]
async fn what_was_entered_after_an_edit_outlives_its_taking_back() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start { checklist: "", ..Start::default() }.run(&page).await?;
            let roster = page.item("posted");
            for (index, name) in ["Kết hôn", "Khai sinh"].into_iter().enumerate() {
                roster.action("add-row").click().await?;
                roster.row(index).column("name").fill(name).await?;
            }
            let names = async || -> anyhow::Result<Vec<String>> {
                settle(&page).await?;
                let mut names = Vec::new();
                for index in 0..2 {
                    names.push(roster.row(index).column("name").value().await?);
                }
                Ok(names)
            };
            let backwards = "0 1";
            roster.field("sort-rows").select(backwards).await?;
            assert_eq!(names().await?, ["Khai sinh", "Kết hôn"]);
            // Entries beside the sorted rows stay, …
            roster.field("note").fill("Xem lại").await?;
            page.action("undo").click().await?;
            assert_eq!(names().await?, ["Kết hôn", "Khai sinh"]);
            assert_eq!(roster.field("note").value().await?, "Xem lại");
            assert!(!page.action("undo").exists().await?);

            // … and replaced ones can be restored.
            roster.field("sort-rows").select(backwards).await?;
            roster.row(0).column("name").fill("Khai tử").await?;
            page.action("undo").click().await?;
            assert_eq!(names().await?, ["Kết hôn", "Khai sinh"]);
            steps::wait_for_notice(&page, "done", &text("vi", "undo.gave-way")?).await?;
            page.action("undo").click().await?;
            roster
                .row(0)
                .column("name")
                .wait_for("to be back", async |name| Ok(name.value().await? == "Khai tử"))
                .await?;
            assert_eq!(names().await?, ["Khai tử", "Kết hôn"]);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_cleared_answer_is_let_go() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start { checklist: "", ..Start::default() }.run(&page).await?;
            page.item("overdue").field("count").fill("3").await?;
            page.item("overdue").action("clear-answer").click().await?;
            page.wait_for_save_state("saved").await?;
            page.reload().await?;
            assert_eq!(kept(&page).await?, 1);
            assert_eq!(page.axe().await?, [""; 0]);
            page.action("let-go").click().await?;
            assert_eq!(page.axe().await?, [""; 0]);
            page.action("let-go-go").click().await?;
            let list = page.find("details[data-kept]");
            list.wait_for("to be empty", async |list| Ok(!list.is_visible().await?)).await?;
            page.reload().await?;
            assert!(!page.find("details[data-kept]").is_visible().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn an_inspection_that_another_window_deleted() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let first = stage.open("/").await?;
            let id = Start::default().run(&first).await?;
            first.wait_for_save_state("saved").await?;
            let second = stage.open_tab("/").await?;
            steps::listed(&second, &id).find("[data-action=delete]").click().await?;
            let told = text("vi", "deleted-elsewhere")?;
            steps::wait_for_notice(&first, "error", &told).await?;
            assert!(first.items().await?.is_empty());
            let deleted = first.find(&format!("[data-deleted=\"{id}\"]"));
            deleted.wait_for("to be listed", async |deleted| deleted.exists().await).await
        })
        .await
}

/// Windows without messages from each other, as some browsers freeze those in the background.
#[tokio::test]
async fn an_answer_of_another_window_that_was_not_seen() -> TestResult {
    Setup::dist()
        .preload(
            "Object.defineProperty(window, 'BroadcastChannel', { value: undefined });
             document.addEventListener('visibilitychange', (event) => event.stopImmediatePropagation(), true);",
        )
        .run(async |stage| {
            let first = stage.open("/").await?;
            let id = Start::default().run(&first).await?;
            first.wait_for_save_state("saved").await?;
            let second = stage.open_tab("/").await?;
            steps::open(&second, &id).await?;
            let answer = async |page: &Page, count: &str| -> TestResult {
                page.item("overdue-not-closed").field("count").fill(count).await?;
                page.item("thrift").find("h3").click().await?;
                page.wait_for_save_state("saved").await
            };
            answer(&first, "11").await?;
            answer(&second, "22").await?;
            // Whichever lost, the second window is the one that was told.
            let told = text("vi", "saving.overtaken")?;
            let (before, _) = told.split_once("{number}").unwrap_or_default();
            steps::wait_for_notice(&second, "done", before).await?;
            let field = second.item("overdue-not-closed").field("count");
            let shown = field.value().await?;
            second.action("undo").click().await?;
            let other = if shown == "22" { "11" } else { "22" };
            field
                .wait_for("to have the other answer", async |field| {
                    Ok(field.value().await? == other)
                })
                .await
        })
        .await
}

#[tokio::test]
async fn what_another_window_changed_is_said_at_the_item() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let first = stage.open("/").await?;
            let id = Start::default().run(&first).await?;
            first.wait_for_save_state("saved").await?;
            let second = stage.open_tab("/").await?;
            steps::open(&second, &id).await?;
            first.item("overdue-not-closed").field("count").fill("4").await?;
            let item = second.item("overdue-not-closed");
            let said = item.find("[data-elsewhere]");
            said.wait_for("to be said", async |said| said.is_visible().await).await?;
            assert_eq!(item.field("count").value().await?, "4");
            assert!(!second.item("thrift").find("[data-elsewhere]").is_visible().await?);
            item.field("count").fill("5").await?;
            said.wait_for("to be gone", async |said| Ok(!said.is_visible().await?)).await
        })
        .await
}
