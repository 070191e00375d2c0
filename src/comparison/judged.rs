//! Inspections as they are compared: judged, each as of its own day.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use super::Figure;
use crate::checklist::{Item, ItemId};
use crate::evaluation::{Context, Summary, Verdict, evaluate};
use crate::inspection::{Finding, Header, Inspection, InspectionId, Period};

/// How many periods before an inspection are looked at.
const PERIODS: usize = 6;

/// An inspection, judged as of its own day.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The inspection's name.
    pub id: InspectionId,
    /// The time that it speaks of.
    pub period: Period,
    /// Its verdicts, counted.
    pub summary: Summary,
    /// Its items that apply, in the checklist's order.
    pub items: Vec<JudgedItem>,
}

/// An item that applies.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgedItem {
    /// What is asked.
    pub item: Arc<Item>,
    /// What follows from its answer.
    pub verdict: Verdict,
    /// The figure behind that.
    pub figure: Option<Figure>,
    /// What is done about it.
    pub finding: Finding,
}

impl Judged {
    /// Judges an inspection; one that is open is judged as of today.
    #[must_use]
    pub fn of(inspection: &Inspection, today: NaiveDate) -> Self {
        let Inspection { header, checklist, entries, .. } = inspection;
        let (evaluated, summary) = evaluate(checklist, entries, &Context::new(header, today));
        let items = checklist.items.iter().zip(evaluated);
        let items = items.filter(|(_, evaluated)| evaluated.applies).map(|(item, evaluated)| {
            let entry = entries.get(&item.id);
            JudgedItem {
                item: item.clone(),
                verdict: evaluated.judgement.verdict,
                figure: entry.and_then(|entry| Figure::of(item, entry)),
                finding: entry.map(|entry| entry.finding.clone()).unwrap_or_default(),
            }
        });
        let items = items.collect();
        Self { id: header.id.clone(), period: header.period, summary, items }
    }

    /// The item of that name, if it applies.
    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<&JudgedItem> {
        self.items.iter().find(|judged| judged.item.id == *id)
    }
}

/// Those of some inspections by the same checklist that one is compared with, the oldest first: of the
/// same unit, with a period that ends before. They come newest first: where two speak of the same days,
/// the first of them counts.
#[must_use]
pub fn series<T>(this: &Header, others: Vec<T>, header: impl Fn(&T) -> &Header) -> Vec<T> {
    let days = |other: &T| (header(other).period.last_day(), header(other).period.first_day());
    let mut seen = BTreeSet::new();
    let mut before: Vec<T> = others
        .into_iter()
        .filter(|other| {
            let Header { id, period, .. } = header(other);
            *id != this.id
                && header(other).is_of_same_unit(this)
                && period.last_day() < this.period.last_day()
                && seen.insert(days(other))
        })
        .collect();
    before.sort_by_key(days);
    let surplus = before.len().saturating_sub(PERIODS);
    before.split_off(surplus)
}
