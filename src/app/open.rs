//! The inspection that is open: its header, entries and verdicts as signals.
//!
//! Each item has its own signals, so that an edit affects that item and the summary alone.

use chrono::NaiveDate;
use leptos::prelude::*;
use std::sync::Arc;

use super::{Compared, Given};
use crate::checklist::{Checklist, ColumnId, Item, ItemId};
use crate::evaluation::{Context, Judgement, Summary, Verdict, judge};
use crate::inspection::{Earlier, Edit, Entry, Header, Inspection, Timestamp, WrongKind};
use crate::stored::StoredProgress;

/// The inspection that is open.
pub struct Open {
    /// The checklist that it follows.
    pub checklist: Arc<Checklist>,
    /// The versions of the checklist that the inspection moved on from, with the answers that are
    /// kept of them.
    pub earlier: ArcRwSignal<Vec<Earlier>>,
    /// The newest known version of the checklist, if it is newer than the inspection's own.
    pub newer: ArcRwSignal<Option<Arc<Checklist>>>,
    /// The header.
    pub header: ArcRwSignal<Header>,
    /// The items, in the checklist's order.
    pub items: Vec<Arc<OpenItem>>,
    /// The verdicts on the items that apply, counted.
    pub summary: ArcRwSignal<Summary>,
    /// The time of the last export of a report.
    pub exported_at: ArcRwSignal<Option<Timestamp>>,
    /// Whether something was entered since the last export.
    pub is_changed: ArcRwSignal<bool>,
    /// The place among the inspections that were worked on; see [`StoredProgress::touched`].
    pub touched: ArcRwSignal<u64>,
    /// The day of the last judging. The page follows it, as days change verdicts.
    pub judged_on: ArcRwSignal<NaiveDate>,
    /// Counts the changes of judgements, for views that show many of them at once.
    pub judged: ArcRwSignal<u32>,
    /// The inspections that it is compared with.
    pub compared: Compared,
    /// The details of its printed report.
    pub given: Given,
}

/// The person's distance from the fields of an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Attention {
    /// The person is at work elsewhere.
    #[default]
    Away,
    /// The person entered something and has not left the item since.
    Near,
    /// The person types in one of its fields.
    Typing,
}

/// Text that was pasted into a roster and is not taken yet.
#[derive(Clone, Default)]
pub struct Pasted {
    /// The text as pasted or typed.
    pub text: String,
    /// The roster's column for each column of the text, where the person assigned them.
    pub assigned: Option<Vec<Option<ColumnId>>>,
}

/// One item of the open inspection.
pub struct OpenItem {
    /// The checklist's item.
    pub item: Arc<Item>,
    /// The entry.
    pub entry: ArcRwSignal<Entry>,
    /// The judgement on the entry.
    pub judgement: ArcRwSignal<Judgement>,
    /// Whether it counts for this unit.
    pub applies: ArcRwSignal<bool>,
    /// Counts the changes that came from elsewhere than the item's own fields. On each of them the
    /// fields show the entry anew. Otherwise they are left alone while the person types.
    pub refreshed: ArcRwSignal<u32>,
    /// The pasted text, which outlives a change of language, for which the page is rendered anew.
    pub pasted: ArcRwSignal<Pasted>,
    /// Whether another window made the last change.
    pub elsewhere: ArcRwSignal<bool>,
    /// The person's distance. Errors are told once the person has left the item.
    pub attention: ArcRwSignal<Attention>,
}

impl OpenItem {
    /// Returns the item's verdict and tracks it.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.judgement.with(|judgement| judgement.verdict)
    }

    /// Makes the fields show the entry anew.
    pub fn refresh(&self) {
        self.refreshed.update(|times| *times = times.wrapping_add(1));
    }

    fn verdict_now(&self) -> Verdict {
        self.judgement.with_untracked(|judgement| judgement.verdict)
    }
}

impl Open {
    /// Creates the signals of an inspection, judged on a day.
    #[must_use]
    pub fn new(inspection: Inspection, today: NaiveDate) -> Self {
        let Inspection { header, checklist, mut entries, earlier, details } = inspection;
        let context = Context::new(&header, today);
        let items: Vec<_> = checklist
            .items
            .iter()
            .map(|item| {
                let entry = entries.remove(&item.id).unwrap_or_else(|| Entry::blank(&item.kind));
                let judgement = judge(item, Some(&entry), &context);
                Arc::new(OpenItem {
                    item: item.clone(),
                    entry: ArcRwSignal::new(entry),
                    judgement: ArcRwSignal::new(judgement),
                    applies: ArcRwSignal::new(header.applies(item)),
                    refreshed: ArcRwSignal::new(0),
                    pasted: ArcRwSignal::default(),
                    elsewhere: ArcRwSignal::new(false),
                    attention: ArcRwSignal::default(),
                })
            })
            .collect();
        let open = Self {
            checklist,
            earlier: ArcRwSignal::new(earlier),
            newer: ArcRwSignal::new(None),
            header: ArcRwSignal::new(header),
            items,
            summary: ArcRwSignal::new(Summary::default()),
            exported_at: ArcRwSignal::new(None),
            is_changed: ArcRwSignal::new(true),
            touched: ArcRwSignal::new(0),
            judged_on: ArcRwSignal::new(today),
            judged: ArcRwSignal::new(0),
            compared: Compared::default(),
            given: Given::of(details),
        };
        open.count();
        open
    }

    /// Takes over the progress: the time of the last export, whether something changed since, and
    /// the place among the inspections.
    pub fn take_progress(&self, progress: Option<StoredProgress>) {
        let progress = progress.unwrap_or_default();
        self.is_changed.set(progress.is_changed());
        self.touched.set(progress.touched);
        self.exported_at.set(progress.exported_at.as_deref().and_then(Timestamp::parse));
    }

    /// Returns the progress.
    #[must_use]
    pub fn progress(&self) -> StoredProgress {
        let exported_at = self.exported_at.get_untracked();
        let updated_at = self.header.with_untracked(|header| header.updated_at.clone());
        let tally = self.summary.with_untracked(|summary| summary.all);
        StoredProgress {
            touched: self.touched.get_untracked(),
            changed: Some(self.is_changed.get_untracked()),
            ..StoredProgress::of(&tally, &updated_at, exported_at.as_ref())
        }
    }

    /// Returns the item with an id.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&Arc<OpenItem>> {
        self.items.get(self.checklist.position(id)?)
    }

    /// Returns the number of an item in its checklist, from 1. People call items by it.
    #[must_use]
    pub fn number(&self, id: &ItemId) -> Option<usize> {
        Some(self.checklist.position(id.as_str())? + 1)
    }

    /// Carries out an edit, judges the item anew and returns the verdict.
    ///
    /// # Errors
    /// [`WrongKind`] when the item has no such field. Nothing is changed then.
    pub fn edit(
        &self,
        item: &OpenItem,
        edit: Edit,
        today: NaiveDate,
    ) -> Result<Verdict, WrongKind> {
        let mut result = Ok(());
        let period = self.header.with_untracked(|header| header.period);
        item.entry.update(|entry| result = entry.apply(&item.item.kind, edit, period));
        result?;
        Ok(self.judge(item, today))
    }

    /// Replaces an entry from outside the item's fields.
    pub fn replace(&self, item: &OpenItem, entry: Entry, today: NaiveDate) -> Verdict {
        item.entry.set(entry);
        item.refresh();
        self.judge(item, today)
    }

    fn judge(&self, item: &OpenItem, today: NaiveDate) -> Verdict {
        let judgement = self.header.with_untracked(|header| {
            let context = Context::new(header, today);
            item.entry.with_untracked(|entry| judge(&item.item, Some(entry), &context))
        });
        let verdict = judgement.verdict;
        let before = item.verdict_now();
        if item.judgement.with_untracked(|old| *old != judgement) {
            item.judgement.set(judgement);
            self.show_anew();
        }
        if before != verdict {
            self.count();
        }
        verdict
    }

    /// Makes views that show many items at once render anew.
    pub fn show_anew(&self) {
        self.judged.update(|times| *times = times.wrapping_add(1));
    }

    /// Judges every item anew if the day has changed: a deadline may have passed.
    pub fn judge_anew(&self, today: NaiveDate) {
        if self.judged_on.get_untracked() != today {
            self.judged_on.set(today);
            self.items.iter().for_each(|item| _ = self.judge(item, today));
        }
    }

    /// Changes the header and judges every item anew.
    pub fn change_header(&self, today: NaiveDate, change: impl FnOnce(&mut Header)) {
        self.header.update(change);
        for item in &self.items {
            let applies = self.header.with_untracked(|header| header.applies(&item.item));
            if item.applies.get_untracked() != applies {
                item.applies.set(applies);
            }
            self.judge(item, today);
        }
        self.count();
    }

    /// Returns the inspection as it stands, for export.
    #[must_use]
    pub fn snapshot(&self) -> Inspection {
        let entries =
            self.items.iter().map(|open| (open.item.id.clone(), open.entry.get_untracked()));
        Inspection {
            header: self.header.get_untracked(),
            checklist: self.checklist.clone(),
            entries: entries.filter(|(_, entry)| !entry.is_blank()).collect(),
            earlier: self.earlier.get_untracked(),
            details: self.given.begun(),
        }
    }

    fn count(&self) {
        let counted = self.items.iter().filter(|open| open.applies.get_untracked());
        let verdicts = counted.map(|open| (&open.item.area, open.verdict_now()));
        let summary = Summary::new(&self.checklist, verdicts);
        if self.summary.with_untracked(|old| *old != summary) {
            self.summary.set(summary);
        }
    }
}
