//! The targets of items: comparators, thresholds and due dates.

use chrono::NaiveDate;

use super::Decimal;

/// The comparison of a figure with its threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparator {
    /// 'từ … trở lên': the threshold itself meets it.
    AtLeast,
    /// 'trên …': strictly more; the threshold itself does not meet it.
    MoreThan,
    /// Only the threshold itself meets it ('100%').
    Exactly,
    /// 'không quá …': the threshold itself meets it.
    AtMost,
}

impl Comparator {
    /// Returns whether a figure with this ordering to the threshold meets it.
    #[must_use]
    pub fn accepts(self, figure_to_threshold: std::cmp::Ordering) -> bool {
        match self {
            Self::AtLeast => figure_to_threshold.is_ge(),
            Self::MoreThan => figure_to_threshold.is_gt(),
            Self::Exactly => figure_to_threshold.is_eq(),
            Self::AtMost => figure_to_threshold.is_le(),
        }
    }
}

/// A threshold with its comparator. For ratios the threshold is in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The comparator.
    pub comparator: Comparator,
    /// The threshold.
    pub threshold: Decimal,
}

impl Target {
    /// Returns the target with another threshold, for a figure that is never over `most`.
    ///
    /// The comparator stays, as far as it makes sense. Where no figure lies beyond the printed
    /// threshold, 'exactly 100 %' is 'at least 100 %' and 'exactly 0' is 'at most 0', and they move
    /// as such.
    #[must_use]
    pub fn moved_to(self, threshold: Decimal, most: Option<Decimal>) -> Self {
        if threshold == self.threshold {
            return self;
        }
        Self { comparator: self.limit(most), threshold }
    }

    /// Returns the comparator by which it is a limit, of a figure that is never over `most`.
    #[must_use]
    pub fn limit(self, most: Option<Decimal>) -> Comparator {
        match self.comparator {
            Comparator::Exactly if Some(self.threshold) == most => Comparator::AtLeast,
            Comparator::Exactly if self.threshold == Decimal::from(0) => Comparator::AtMost,
            printed => printed,
        }
    }

    /// Returns whether it is a percentage that some ratio between 0 and 100 % meets.
    #[must_use]
    pub fn is_share(self) -> bool {
        let all = Decimal::from(100);
        match self.comparator {
            Comparator::MoreThan => self.threshold < all,
            Comparator::AtLeast | Comparator::Exactly | Comparator::AtMost => self.threshold <= all,
        }
    }
}

/// The target of a ratio: printed in the directive, or set by each inspection for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatioTarget {
    /// A figure of the directive. INVARIANT: some ratio between 0 and 100 % reaches it.
    Fixed(Target),
    /// A comparator alone: the directive says 'raise the ratio', and the inspection sets the
    /// threshold.
    Own(Comparator),
}

impl RatioTarget {
    /// Returns the target in force, with an inspection's own threshold, if it is known. The figure
    /// is never over `most`.
    #[must_use]
    pub fn in_force(self, own: Option<Decimal>, most: Option<Decimal>) -> Option<Target> {
        match self {
            Self::Fixed(target) => {
                Some(own.map_or(target, |threshold| target.moved_to(threshold, most)))
            }
            Self::Own(comparator) => own.map(|threshold| Target { comparator, threshold }),
        }
    }
}

/// A date by which something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// 'trước ngày …': the day itself is too late.
    Before(NaiveDate),
    /// 'trong tháng …', 'đến hết ngày …': the day itself is in time.
    By(NaiveDate),
}

impl Due {
    /// Returns the printed day.
    #[must_use]
    pub const fn date(self) -> NaiveDate {
        match self {
            Self::Before(date) | Self::By(date) => date,
        }
    }

    /// Returns the same kind of limit on another day.
    #[must_use]
    pub const fn moved_to(self, date: NaiveDate) -> Self {
        match self {
            Self::Before(_) => Self::Before(date),
            Self::By(_) => Self::By(date),
        }
    }

    /// Returns whether something done on a day was in time.
    #[must_use]
    pub fn met_on(self, day: NaiveDate) -> bool {
        match self {
            Self::Before(date) => day < date,
            Self::By(date) => day <= date,
        }
    }
}
