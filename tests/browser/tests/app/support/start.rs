//! The start form.

use anyhow::{Context, Result, bail};
use browser_tests::{Page, wait_until};
use serde_json::{Value, json};

/// The entries in the start form.
#[derive(Clone, Copy, Debug)]
pub struct Start<'a> {
    /// The id of a checklist. If empty, the preselected one stays.
    pub checklist: &'a str,
    pub unit: &'a str,
    pub unit_type: &'a str,
    pub period: &'a str,
    pub inspectors: &'a str,
    pub questions: &'a [(&'a str, bool)],
}

impl Default for Start<'_> {
    fn default() -> Self {
        Self {
            checklist: "phuong-2-105-2022",
            unit: "UBND Phường 2",
            unit_type: "commune",
            period: "2022",
            inspectors: "",
            questions: &[],
        }
    }
}

impl Start<'_> {
    /// Fills the form in.
    pub async fn fill(&self, page: &Page) -> Result<()> {
        if !self.checklist.is_empty() {
            page.field("checklist").select(self.checklist).await?;
        }
        page.field("unit-name").fill(self.unit).await?;
        page.field("unit-type").select(self.unit_type).await?;
        page.field("period").fill(self.period).await?;
        page.field("inspectors").fill(self.inspectors).await?;
        for (id, answer) in self.questions {
            question(page, id, *answer).await?;
        }
        Ok(())
    }

    /// Fills the form in and starts. Returns the inspection's id.
    pub async fn run(&self, page: &Page) -> Result<String> {
        let before = inspections(page).await?;
        self.fill(page).await?;
        page.action("start").click().await?;
        wait_until("the items of the inspection", async || {
            Ok((!page.items().await?.is_empty()).then_some(()))
        })
        .await?;
        let after = inspections(page).await?;
        let mut new = after.iter().filter(|id| !before.contains(id));
        match (new.next(), new.next()) {
            (Some(id), None) => Ok(id.clone()),
            _ => bail!("from {before:?} to {after:?} is not one inspection more"),
        }
    }
}

/// Answers one of the checklist's questions.
pub async fn question(page: &Page, id: &str, answer: bool) -> Result<()> {
    let value = if answer { "yes" } else { "no" };
    let radio = format!("[data-field=question][data-question=\"{id}\"][value={value}]");
    page.find(&radio).check().await
}

/// Returns the ids of the inspections on the device, newest first.
pub async fn inspections(page: &Page) -> Result<Vec<String>> {
    let list = page.call("listInspections", json!([])).await?;
    let id = |listed: &Value| listed.get("id").and_then(Value::as_str).map(str::to_owned);
    let ids: Option<Vec<_>> = list.as_array().context("it is no list")?.iter().map(id).collect();
    ids.context("an inspection has no id")
}
