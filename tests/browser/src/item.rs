//! An item of the checklist, and the rows of a roster.

use std::ops::Deref;

use anyhow::{Context, Result, bail};

use crate::control::{Control, quoted};
use crate::page::Page;

/// An item, `[data-item]`. It is a [`Control`] too: it has text, attributes and visibility.
#[derive(Clone, Debug)]
pub struct Item(Control);

impl Item {
    pub(crate) fn new(page: &Page, id: &str) -> Self {
        Self(Control::new(page, format!("[data-item={}]", quoted(id))))
    }

    /// Returns the field of this name: `numerator`, `date`, `not-yet`, `na`, `reason`, `note` and
    /// so on.
    pub fn field(&self, name: &str) -> Control {
        self.find(&format!("[data-field={}]", quoted(name)))
    }

    /// Returns the button of this name in the item: `add-row`, `paste-rows`.
    pub fn action(&self, name: &str) -> Control {
        self.find(&format!("[data-action={}]", quoted(name)))
    }

    /// Chooses the verdict of an attestation: `met`, `partly-met`, `not-met`, `not-applicable`.
    pub async fn choose(&self, verdict: &str) -> Result<()> {
        self.find(&format!("[data-field=verdict][value={}]", quoted(verdict))).check().await
    }

    /// Ticks a part (by its id) or a period (such as `2026-10`).
    pub async fn check(&self, value: &str) -> Result<()> {
        self.option(value).check().await
    }

    /// Unticks a part or a period.
    pub async fn uncheck(&self, value: &str) -> Result<()> {
        self.option(value).uncheck().await
    }

    /// Returns the checkbox of a part or a period.
    pub fn option(&self, value: &str) -> Control {
        let value = quoted(value);
        self.find(&format!(
            "[data-field=part][value={value}], [data-field=done-period][value={value}]"
        ))
    }

    /// Returns `met`, `partly-met`, `not-met`, `not-applicable`, `unanswered` or `invalid`.
    pub async fn verdict(&self) -> Result<String> {
        self.attribute("data-verdict")
            .await?
            .with_context(|| format!("{} has no data-verdict", self.0))
    }

    /// Waits until the item has this verdict.
    pub async fn wait_for_verdict(&self, verdict: &str) -> Result<()> {
        self.wait_for_attribute("data-verdict", verdict).await
    }

    /// Returns the kind, such as `ratio`.
    pub async fn kind(&self) -> Result<String> {
        self.attribute("data-kind").await?.with_context(|| format!("{} has no data-kind", self.0))
    }

    /// Returns the roster's row of this index, counted from 0.
    pub fn row(&self, index: usize) -> Row {
        Row(self.nth("[data-row]", index))
    }

    /// Returns the number of the roster's rows now.
    pub async fn rows(&self) -> Result<u64> {
        self.count("[data-row]").await
    }

    /// Waits until the roster has this many rows.
    pub async fn wait_for_rows(&self, rows: u64) -> Result<()> {
        self.wait_for(&format!("to have {rows} rows"), async |item| {
            let current = item.count("[data-row]").await?;
            if current == rows { Ok(true) } else { bail!("it has {current}") }
        })
        .await
    }
}

impl Deref for Item {
    type Target = Control;

    fn deref(&self) -> &Control {
        &self.0
    }
}

/// A row of a roster, `[data-row]`.
#[derive(Clone, Debug)]
pub struct Row(Control);

impl Row {
    /// Returns the field of this column.
    pub fn column(&self, name: &str) -> Control {
        self.find(&format!("[data-column={}]", quoted(name)))
    }
}

impl Deref for Row {
    type Target = Control;

    fn deref(&self) -> &Control {
        &self.0
    }
}
