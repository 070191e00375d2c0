//! The differences between two versions of a checklist, item by item. Items are matched by id,
//! never by position.

use std::sync::Arc;

use super::{Checklist, Item, Question};

/// The changes in a newer version of a checklist. Every item of either version is in one list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// The items that are equal in both.
    pub unchanged: Vec<Arc<Item>>,
    /// The items of both that differ, in the order of the newer version.
    pub changed: Vec<Change>,
    /// The items that only the newer version has.
    pub added: Vec<Arc<Item>>,
    /// The items that only the older version has.
    pub removed: Vec<Arc<Item>>,
    /// The questions of the start screen that only the newer version has.
    pub questions_added: Vec<Question>,
    /// The questions of the start screen that only the older version has.
    pub questions_removed: Vec<Question>,
}

/// An item in two versions.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The older version.
    pub old: Arc<Item>,
    /// The newer version.
    pub new: Arc<Item>,
    /// The aspects in which they differ. INVARIANT: not empty.
    pub aspects: Vec<Aspect>,
}

/// An aspect in which two versions of an item can differ, in the order of display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// The question.
    Text,
    /// The help text.
    Help,
    /// The kind of answer.
    Kind,
    /// The labels of the figures, and their unit.
    Labels,
    /// The target.
    Target,
    /// The printed date.
    Due,
    /// The interval at which it is due.
    Frequency,
    /// The columns of a roster.
    Columns,
    /// The yes/no parts.
    Parts,
    /// The group that it belongs to.
    Area,
    /// The addressee of the directive.
    Addressee,
    /// The units that have to do it.
    Performers,
    /// The answer on the start screen that makes it apply.
    Condition,
    /// The clause of the directive.
    Clause,
    /// The law that it rests on.
    Legal,
}

impl Checklist {
    /// Returns the changes from this checklist to a newer version of it.
    #[must_use]
    pub fn changes_to(&self, newer: &Self) -> Changes {
        let mut changes = Changes::default();
        for new in &newer.items {
            match self.item(new.id.as_str()) {
                None => changes.added.push(new.clone()),
                Some(old) if old == new => changes.unchanged.push(new.clone()),
                Some(old) => {
                    let (old, new) = (old.clone(), new.clone());
                    changes.changed.push(Change { aspects: aspects(&old, &new), old, new });
                }
            }
        }
        let is_gone = |item: &&Arc<Item>| newer.item(item.id.as_str()).is_none();
        changes.removed = self.items.iter().filter(is_gone).cloned().collect();
        changes.questions_added = not_in(&newer.questions, &self.questions);
        changes.questions_removed = not_in(&self.questions, &newer.questions);
        changes
    }
}

fn not_in(questions: &[Question], others: &[Question]) -> Vec<Question> {
    let is_new = |question: &&Question| others.iter().all(|other| other.id != question.id);
    questions.iter().filter(is_new).cloned().collect()
}

fn aspects(old: &Item, new: &Item) -> Vec<Aspect> {
    let (before, after) = (&old.kind, &new.kind);
    [
        (Aspect::Text, old.text != new.text),
        (Aspect::Help, old.help != new.help),
        (Aspect::Kind, before.name() != after.name()),
        (Aspect::Labels, before.labels() != after.labels()),
        (Aspect::Target, before.target() != after.target()),
        (Aspect::Due, before.due() != after.due()),
        (Aspect::Frequency, before.frequency() != after.frequency()),
        (Aspect::Columns, before.columns() != after.columns()),
        (Aspect::Parts, before.parts() != after.parts()),
        (Aspect::Area, old.area != new.area),
        (Aspect::Addressee, old.addressee != new.addressee),
        (Aspect::Performers, old.performers != new.performers),
        (Aspect::Condition, old.when != new.when),
        (Aspect::Clause, old.clause != new.clause),
        (Aspect::Legal, old.legal != new.legal),
    ]
    .into_iter()
    .filter_map(|(aspect, differs)| differs.then_some(aspect))
    .collect()
}
