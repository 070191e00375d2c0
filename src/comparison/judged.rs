//! Judged inspections for comparison, each with its own day of judging.

use std::cmp::Reverse;
use std::sync::Arc;

use chrono::NaiveDate;

use super::Figure;
use crate::checklist::{Item, ItemId};
use crate::evaluation::{Context, Summary, Verdict, evaluate};
use crate::inspection::{Finding, Header, Inspection, InspectionId, Period};

/// The maximum number of earlier periods to compare with.
const PERIODS: usize = 6;

/// An inspection, judged on its own day of judging.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The inspection's id.
    pub id: InspectionId,
    /// The period that it covers.
    pub period: Period,
    /// The counts of its verdicts.
    pub summary: Summary,
    /// Its items that apply, in the checklist's order.
    pub items: Vec<JudgedItem>,
}

/// An item that applies.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgedItem {
    /// The item.
    pub item: Arc<Item>,
    /// The verdict.
    pub verdict: Verdict,
    /// The figure behind the verdict.
    pub figure: Option<Figure>,
    /// The corrective work on it.
    pub finding: Finding,
}

impl Judged {
    /// Judges an inspection. An open one is judged on today's date.
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

    /// Returns whether an item needs no more work: it is met, or does not apply.
    #[must_use]
    pub fn is_settled(&self, id: &ItemId) -> bool {
        let verdict = self.item(id).map(|judged| judged.verdict);
        matches!(verdict, None | Some(Verdict::Met | Verdict::NotApplicable))
    }

    /// Returns the item with that id, if it applies.
    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<&JudgedItem> {
        self.items.iter().find(|judged| judged.item.id == *id)
    }
}

/// Returns the inspections of the same unit that `this` is compared with, the oldest first. Each
/// has a period that ends before the next one begins. The `others` are by the same checklist and
/// come newest first. Of overlapping ones, the one that ends last counts, then the one most like
/// `this` in length, then the first.
#[must_use]
pub fn series<T>(this: &Header, others: Vec<T>, header: impl Fn(&T) -> &Header) -> Vec<T> {
    let period = |other: &T| header(other).period;
    let length = |period: Period| (period.last_day() - period.first_day()).num_days();
    let unlike = |other: &T| (length(period(other)) - length(this.period)).abs();
    let mut others: Vec<T> = others
        .into_iter()
        .filter(|other| header(other).id != this.id && header(other).is_of_same_unit(this))
        .collect();
    // The sort is stable.
    others.sort_by_key(|other| (Reverse(period(other).last_day()), unlike(other)));
    let mut begin = this.period.first_day();
    let mut before: Vec<T> = others
        .into_iter()
        .filter(|other| {
            let is_before = period(other).last_day() < begin;
            if is_before {
                begin = period(other).first_day();
            }
            is_before
        })
        .take(PERIODS)
        .collect();
    before.reverse();
    before
}
