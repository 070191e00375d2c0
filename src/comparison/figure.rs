//! The figure behind a verdict, and the better one of two.

use std::cmp::Ordering;

use crate::checklist::{Comparator, Decimal, Item, Kind, RatioTarget, Target};
use crate::evaluation::{Ratio, parts_share, roster_share};
use crate::inspection::{Entered, Entry};

/// The counted or measured figure of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// A share of cases, of rows or of parts, with its target, which decides how it is shown.
    Share(Ratio, Option<Target>),
    /// A whole number.
    Count(u64),
    /// A number with the item's unit.
    Quantity(Decimal),
}

impl Figure {
    /// Returns the figure of an entry, if its item's kind has one and it was entered.
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

    /// Compares it with an earlier figure of the same item: the better one is greater. `None` if
    /// they can't be ordered.
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

/// The direction in which figures are better.
enum Wanted {
    Much,
    Little,
}

/// Returns the better direction for an item; `None` if its target is in between.
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
