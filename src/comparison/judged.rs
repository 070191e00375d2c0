//! Inspections as they are compared: judged, each as of its own day.

use std::cmp::Reverse;
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
    /// The item.
    pub item: Arc<Item>,
    /// The verdict on its answer.
    pub verdict: Verdict,
    /// The figure behind that.
    pub figure: Option<Figure>,
    /// The corrective action.
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

    /// Whether there is nothing to be done about an item any more: it is met, or does not apply.
    #[must_use]
    pub fn is_settled(&self, id: &ItemId) -> bool {
        let verdict = self.item(id).map(|judged| judged.verdict);
        matches!(verdict, None | Some(Verdict::Met | Verdict::NotApplicable))
    }

    /// The item of that name, if it applies.
    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<&JudgedItem> {
        self.items.iter().find(|judged| judged.item.id == *id)
    }
}

/// Those of some inspections by the same checklist that one is compared with, the oldest first: of
/// the same unit, each with a period that ends before the next one begins. They come newest first:
/// where two speak of the same days, the first of them counts; where one lies in another, the one
/// that is about as long as this.
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
