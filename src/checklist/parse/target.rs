//! Reading the target of an item: a figure with its comparator, or a date.

use super::item::ItemReader;
use crate::checklist::wire::{RawComparator, RawDue, RawTarget};
use crate::checklist::{Comparator, Decimal, Due, Fault, Figure, RatioTarget, Target};

/// The comparators of counts and quantities, as written in files.
const BOUNDS: [&str; 2] = ["atLeast", "atMost"];

/// The comparators with a figure of the directive, as written in files.
pub(super) const PRINTED: [&str; 4] = ["atLeast", "moreThan", "exactly", "atMost"];

impl ItemReader<'_> {
    /// Reads a percentage that some ratio between 0 and 100 % can reach.
    pub(super) fn ratio_target(&self, raw: RawTarget) -> Option<RatioTarget> {
        let pointer = self.at(&format!("target/{}", raw.name()));
        let (comparator, text) = match raw {
            RawTarget::AtLeast(text) => (Comparator::AtLeast, text),
            RawTarget::MoreThan(text) => (Comparator::MoreThan, text),
            RawTarget::Exactly(text) => (Comparator::Exactly, text),
            RawTarget::AtMost(text) => (Comparator::AtMost, text),
            RawTarget::Own(comparator) => return Some(RatioTarget::Own(comparator.into())),
        };
        let target = Decimal::parse(&text).map(|threshold| Target { comparator, threshold });
        let wanted = match comparator {
            Comparator::MoreThan => Figure::PercentBelow100,
            Comparator::AtLeast | Comparator::Exactly | Comparator::AtMost => Figure::Percent,
        };
        let target = target.filter(|target| target.is_share());
        let target = target.ok_or(Fault::BadNumber { given: text, wanted });
        self.problems.keep(&pointer, target).map(RatioTarget::Fixed)
    }

    /// Reads a target of a count or a quantity: at least or at most.
    pub(super) fn bound(&self, raw: RawTarget, wanted: Figure) -> Option<Target> {
        let pointer = self.at(&format!("target/{}", raw.name()));
        let (comparator, text) = match raw {
            RawTarget::AtLeast(text) => (Comparator::AtLeast, text),
            RawTarget::AtMost(text) => (Comparator::AtMost, text),
            RawTarget::MoreThan(_) | RawTarget::Exactly(_) | RawTarget::Own(_) => {
                self.problems.add(&pointer, Fault::BadComparator(&BOUNDS));
                return None;
            }
        };
        let threshold = Decimal::parse(&text).ok_or(Fault::BadNumber { given: text, wanted });
        Some(Target { comparator, threshold: self.problems.keep(&pointer, threshold)? })
    }

    pub(super) fn due(&self, raw: RawDue) -> Option<Due> {
        Some(match raw {
            RawDue::Before(text) => Due::Before(self.problems.date(&self.at("due/before"), text)?),
            RawDue::By(text) => Due::By(self.problems.date(&self.at("due/by"), text)?),
        })
    }
}

impl From<RawComparator> for Comparator {
    fn from(raw: RawComparator) -> Self {
        match raw {
            RawComparator::AtLeast => Self::AtLeast,
            RawComparator::MoreThan => Self::MoreThan,
            RawComparator::Exactly => Self::Exactly,
            RawComparator::AtMost => Self::AtMost,
        }
    }
}
