//! The announced data, compared with the stored data after each fault on the same inspection.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use browser_tests::Page;
use serde_json::{Value, json};

use super::figures::Figures;
use super::stored::{Stored, Version};
use super::witness::{Fields, Told};

/// Returns the contents of each item's fields.
const FIELDS: &str = "
    const { fieldsOf, entered } = window.__witness;
    return Object.fromEntries([...root.querySelectorAll('[data-item]')]
      .map((item) => [item.dataset.item, fieldsOf(item).map(entered)]));
";

/// The account.
#[derive(Debug, Default)]
pub struct Ledger {
    /// The acknowledged revisions, by item.
    acknowledged: BTreeMap<String, u64>,
    /// The revisions stored last, by item.
    revisions: BTreeMap<String, u64>,
    /// The contents that must be shown now, by item.
    shown: BTreeMap<String, Fields>,
    /// The figures.
    pub figures: Figures,
}

impl Ledger {
    /// Opens the ledger with the page's fields before anything was typed.
    pub async fn open(page: &Page, stored: &Stored) -> Result<Self> {
        let revisions = revisions(&stored.vault);
        let shown = fields(page).await?;
        let figures = Figures::default();
        Ok(Self { acknowledged: revisions.clone(), revisions, shown, figures })
    }

    /// Enters what a page announced before a fault and what is stored after it. Fails if
    /// acknowledged data is not in the vault.
    pub fn enter(&mut self, told: &Told, stored: &Stored) -> Result<()> {
        self.figures.times += 1;
        for (item, revision) in &told.saved {
            let acknowledged = self.acknowledged.entry(item.clone()).or_default();
            *acknowledged = (*acknowledged).max(*revision);
        }
        let mut missing = Vec::new();
        for (item, acknowledged) in &self.acknowledged {
            let is = stored.vault.get(item).map_or(0, |version| version.stamp.0);
            if is < *acknowledged {
                self.figures.missing += acknowledged - is;
                missing.push(format!("{item}: {acknowledged} was saved, {is} is there"));
            }
        }
        let revisions = revisions(&stored.highest());
        for (item, changes) in &told.changes {
            let saved = told.saved.get(item).copied().unwrap_or(0);
            let is = revisions.get(item).copied().unwrap_or(0);
            self.figures.typed += changes.len() as u64;
            self.figures.acknowledged += changes.range(..=saved).count() as u64;
            let rest = changes.range(saved + 1..);
            self.figures.survived += rest.filter(|(revision, _)| **revision <= is).count() as u64;
        }
        for (item, is) in &revisions {
            match told.changes.get(item).and_then(|changes| changes.get(is)) {
                Some(Some(fields)) => _ = self.shown.insert(item.clone(), fields.clone()),
                // A new revision that the page couldn't announce any more.
                _ if self.revisions.get(item) != Some(is) => _ = self.shown.remove(item),
                _ => {}
            }
        }
        self.revisions = revisions;
        ensure!(missing.is_empty(), "what was acknowledged is missing:\n{}", missing.join("\n"));
        Ok(())
    }

    /// Fails unless every announced edit is stored.
    pub fn check_edits(&self, told: &Told, stored: &Stored) -> Result<()> {
        let highest = stored.highest();
        for (item, last) in told.last() {
            let is = highest.get(item).map_or(0, |version| version.stamp.0);
            ensure!(is >= last, "{item}: {last} was told of, {is} is there");
        }
        Ok(())
    }

    /// Fails unless every keystroke became an edit, and every edit is stored.
    pub fn check_keystrokes(&self, told: &Told, stored: &Stored) -> Result<()> {
        ensure!(told.typed.is_empty(), "this became no edit: {:?}", told.typed);
        self.check_edits(told, stored)
    }

    /// Fails unless the page shows the stored data, as it was typed.
    pub async fn check_shown(&mut self, page: &Page) -> Result<()> {
        let fields = fields(page).await?;
        for (item, expected) in &self.shown {
            let is = fields.get(item);
            let is_same = is.is_some_and(|is| visible(is) == visible(expected));
            ensure!(is_same, "{item} shows {is:?} instead of {expected:?}");
        }
        self.shown = fields;
        Ok(())
    }
}

/// The texts of the fields. A field for a number or date that holds nothing but blanks holds
/// nothing.
fn visible(fields: &Fields) -> Vec<&str> {
    fields.iter().map(|text| if text.trim().is_empty() { "" } else { text.as_str() }).collect()
}

fn revisions(versions: &BTreeMap<String, Version>) -> BTreeMap<String, u64> {
    versions.iter().map(|(item, version)| (item.clone(), version.stamp.0)).collect()
}

/// Returns the contents of the fields of each item of a page.
pub async fn fields(page: &Page) -> Result<BTreeMap<String, Fields>> {
    let fields: Value = page.evaluate(FIELDS, json!(null)).await?;
    Ok(serde_json::from_value(fields)?)
}
