//! Steps that a person takes between the start and the report.

use anyhow::{Result, ensure};
use browser_tests::{Control, Page, wait_until};
use serde_json::{Value, json};

use super::checklists::text;
use super::scripts::focused_item;

/// Returns the entry of an inspection in the list on the first screen.
pub fn listed(page: &Page, id: &str) -> Control {
    page.find(&format!("[data-inspection=\"{id}\"]"))
}

/// Goes back to the list of inspections.
pub async fn go_home(page: &Page) -> Result<()> {
    page.action("home").click().await?;
    page.wait_for("the first screen", async |page| page.action("start").is_visible().await).await
}

/// Opens an inspection from the list and waits until its items are in the page.
pub async fn open(page: &Page, id: &str) -> Result<()> {
    listed(page, id).find("[data-action=open]").click().await?;
    page.wait_for("the items", async |page| Ok(!page.items().await?.is_empty())).await
}

/// Goes to the next item without an answer, which must be this one.
pub async fn go_to_next_unanswered(page: &Page, id: &str) -> Result<()> {
    page.action("next-unanswered").click().await?;
    wait_for_item(page, id).await
}

/// Waits until the focus is in an item.
pub async fn wait_for_item(page: &Page, id: &str) -> Result<()> {
    wait_until(&format!("the focus to be in {id}"), async || {
        let focused = focused_item(page).await?;
        ensure!(focused == id, "it is in {focused:?}");
        Ok(Some(()))
    })
    .await
}

/// Deletes an inspection from the list, and then from among the deleted ones.
pub async fn delete_for_good(page: &Page, id: &str) -> Result<()> {
    listed(page, id).find("[data-action=delete]").click().await?;
    page.find("details.deleted summary").click().await?;
    let deleted = page.find(&format!("[data-deleted=\"{id}\"]"));
    deleted.find("[data-action=purge]").click().await?;
    page.action("purge-go").click().await?;
    deleted.wait_for("to be gone", async |deleted| Ok(!deleted.exists().await?)).await
}

/// Deletes everything on this device.
pub async fn erase_everything(page: &Page) -> Result<()> {
    page.action("erase").click().await?;
    page.field("erase-word").fill(&text("vi", "erase.word")?).await?;
    page.action("erase-go").click().await?;
    wait_for_notice(page, "done", &text("vi", "erased")?).await
}

/// Waits for a notice of this kind and returns its text.
pub async fn notice(page: &Page, kind: &str) -> Result<String> {
    page.find(&format!("[data-notice=\"{kind}\"]")).text().await
}

/// Waits for a notice of this kind with this text.
pub async fn wait_for_notice(page: &Page, kind: &str, text: &str) -> Result<()> {
    let what = format!("a notice {kind:?} with {text:?}");
    let script = "
        const notices = [...root.querySelectorAll(`[data-notice=${given.kind}]`)];
        return notices.some((notice) => notice.innerText.includes(given.text));
    ";
    let given = json!({ "kind": kind, "text": text });
    page.wait_for(
        &what,
        async |page| Ok(page.evaluate(script, given.clone()).await? == json!(true)),
    )
    .await
}

/// Dismisses the notices.
pub async fn dismiss_notices(page: &Page) -> Result<()> {
    // All at once, as some disappear by themselves meanwhile.
    let script =
        "root.querySelectorAll('[data-action=dismiss]').forEach((button) => button.click());";
    page.evaluate(script, Value::Null).await?;
    page.wait_for("the notices to be gone", async |page| {
        Ok(!page.action("dismiss").exists().await?)
    })
    .await
}

/// Completes the inspection although something is missing, and gives the reason.
pub async fn complete_anyway(page: &Page, reason: &str) -> Result<()> {
    page.action("complete").click().await?;
    page.field("complete-reason").fill(reason).await?;
    page.action("complete-anyway").click().await?;
    wait_for_no_dialog(page).await?;
    page.wait_for("it to be completed", async |page| {
        Ok(!page.action("complete").is_visible().await?)
    })
    .await
}

/// Opens the completed inspection for changes, as the page asks.
pub async fn amend(page: &Page) -> Result<()> {
    page.action("amend").click().await?;
    page.action("amend-go").click().await?;
    page.wait_for("it to be open", async |page| Ok(!page.action("amend").is_visible().await?)).await
}

/// Waits until no dialog is open.
pub async fn wait_for_no_dialog(page: &Page) -> Result<()> {
    page.wait_for("the dialog to be gone", async |page| {
        Ok(!page.find("dialog[open]").exists().await?)
    })
    .await
}
