//! The figure behind a verdict, and which of two is the better one.

use std::cmp::Ordering;

use crate::checklist::{Comparator, Decimal, Item, Kind, RatioTarget, Target};
use crate::evaluation::{Ratio, parts_share, roster_share};
use crate::inspection::{Entered, Entry};

/// A figure that was counted or measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// A share of cases, of rows or of parts, and the target that it is held against, which decides
    /// how it is shown.
    Share(Ratio, Option<Target>),
    /// How many there are.
    Count(u64),
    /// A number with the item's unit.
    Quantity(Decimal),
}

impl Figure {
    /// The figure of an entry, if its item's kind has one and it is there.
    pub(super) fn of(item: &Item, entry: &Entry) -> Option<Self> {
        if entry.answer.not_applicable {
            return None;
        }
        let share = |ratio| Self::Share(ratio, entry.own.target_of(&item.kind));
        match (&item.kind, &entry.answer.entered) {
            (Kind::Ratio { .. }, Entered::Ratio { numerator, denominator }) => {
                Ratio::new((*numerator)?, (*denominator)?).map(share)
            }
            (Kind::Roster { columns, .. }, Entered::Roster(rows)) => {
                roster_share(columns, rows).map(share)
            }
            (Kind::Parts { parts }, Entered::Parts(answers)) => {
                parts_share(parts, answers).map(share)
            }
            (_, Entered::Count(count)) => count.map(Self::Count),
            (_, Entered::Quantity(quantity)) => quantity.map(Self::Quantity),
            _ => None,
        }
    }

    /// Whether it is better than another one of the same item, worse or the same; `None` where that
    /// can't be said.
    pub(super) fn held_against(self, then: Self, item: &Item) -> Option<Ordering> {
        let order = match (self, then) {
            (Self::Share(now, _), Self::Share(then, _)) => now.compare_to(then),
            (Self::Count(now), Self::Count(then)) => now.cmp(&then),
            (Self::Quantity(now), Self::Quantity(then)) => now.cmp(&then),
            _ => return None,
        };
        match wanted(item)? {
            Wanted::Much => Some(order),
            Wanted::Little => Some(order.reverse()),
        }
    }
}

/// Which figures are the better ones.
enum Wanted {
    Much,
    Little,
}

/// Returns which figures of an item are the better ones; `None` where they lie in between.
fn wanted(item: &Item) -> Option<Wanted> {
    let comparator = match item.kind.target() {
        Some(RatioTarget::Fixed(target)) => target.limit(item.kind.most()),
        Some(RatioTarget::Own(comparator)) => comparator,
        None => return Some(Wanted::Much),
    };
    match comparator {
        Comparator::AtLeast | Comparator::MoreThan => Some(Wanted::Much),
        Comparator::AtMost => Some(Wanted::Little),
        Comparator::Exactly => None,
    }
}
