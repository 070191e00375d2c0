//! Ratios, their exact comparison with targets, and their display.

use std::cmp::Ordering;
use std::fmt::{self, Write as _};

use crate::checklist::{Comparator, Decimal, Target};

/// A share of cases.
///
/// INVARIANT: the denominator is not zero, the numerator not over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    numerator: u64,
    denominator: u64,
}

/// The number of whole cases that are missing, or too many, for a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortfall {
    /// The number of cases still needed.
    More(u64),
    /// The number of cases too many.
    Fewer(u64),
}

impl Shortfall {
    /// Returns the number of cases.
    #[must_use]
    pub const fn cases(self) -> u64 {
        match self {
            Self::More(cases) | Self::Fewer(cases) => cases,
        }
    }
}

impl Ratio {
    /// Returns a share; `None` if there are no cases or more than all.
    #[must_use]
    pub const fn new(numerator: u64, denominator: u64) -> Option<Self> {
        if denominator == 0 || numerator > denominator {
            return None;
        }
        Some(Self { numerator, denominator })
    }

    /// Returns the numerator and the denominator.
    #[must_use]
    pub const fn parts(self) -> (u64, u64) {
        (self.numerator, self.denominator)
    }

    /// Compares two shares exactly, by cross-multiplication of integers.
    #[must_use]
    pub fn compare_to(self, other: Self) -> Ordering {
        let times = |numerator, denominator| u128::from(numerator) * u128::from(denominator);
        let this = times(self.numerator, other.denominator);
        this.cmp(&times(other.numerator, self.denominator))
    }

    /// Returns whether it meets a target in percent, by exact cross-multiplication of integers.
    #[must_use]
    pub fn meets(self, target: Target) -> bool {
        target.comparator.accepts(self.compare(target.threshold))
    }

    fn compare(self, percent: Decimal) -> Ordering {
        // 2^64 × 100 × 10^9 is below 2^101, 2^53 × 2^64 is 2^117: no overflow in 128 bits.
        let figure = u128::from(self.numerator) * hundred(percent);
        let threshold = u128::from(percent.mantissa()) * u128::from(self.denominator);
        figure.cmp(&threshold)
    }

    /// Returns the percentage, cut and never rounded, with as many digits as it takes to agree with
    /// the verdict on a target: 95,999 % is not shown as 96,0 %.
    #[must_use]
    pub fn percent(self, target: Option<Target>) -> Percent {
        let denominator = u128::from(self.denominator);
        let scaled = u128::from(self.numerator) * 100;
        let mut percent = Percent { whole: scaled / denominator, fraction: String::new() };
        let mut rest = scaled % denominator;
        let agrees = |percent: &Percent| {
            target.is_none_or(|target| {
                target.comparator.accepts(percent.compare(target.threshold)) == self.meets(target)
            })
        };
        while rest > 0 && (percent.fraction.is_empty() || !agrees(&percent)) {
            rest *= 10;
            _ = write!(percent.fraction, "{}", rest / denominator);
            rest %= denominator;
        }
        percent
    }

    /// Returns by how many whole cases it misses a target; `None` if it meets it, or if no whole
    /// number of these cases can.
    #[must_use]
    pub fn shortfall(self, target: Target) -> Option<Shortfall> {
        if self.meets(target) {
            return None;
        }
        let cases = u128::from(target.threshold.mantissa()) * u128::from(self.denominator);
        let unit = hundred(target.threshold);
        let wanted = match target.comparator {
            Comparator::AtLeast => cases.div_ceil(unit),
            Comparator::MoreThan => cases / unit + 1,
            Comparator::AtMost => cases / unit,
            Comparator::Exactly if cases.is_multiple_of(unit) => cases / unit,
            Comparator::Exactly => return None,
        };
        let wanted = u64::try_from(wanted).ok().filter(|wanted| *wanted <= self.denominator)?;
        Some(match wanted.checked_sub(self.numerator) {
            Some(more) => Shortfall::More(more),
            None => Shortfall::Fewer(self.numerator - wanted),
        })
    }
}

/// Returns a hundred percent in units of a decimal's last digit.
fn hundred(percent: Decimal) -> u128 {
    100 * 10u128.pow(percent.scale())
}

/// A percentage for display, cut to the digits that it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Percent {
    whole: u128,
    fraction: String,
}

impl Percent {
    fn compare(&self, other: Decimal) -> Ordering {
        let other = other.to_string();
        let (whole, fraction) = other.split_once('.').unwrap_or((&other, ""));
        let digits = self.fraction.len().max(fraction.len());
        // Compared as text, digit by digit: there may be more digits than any integer holds.
        let padded = |fraction: &str| format!("{fraction:0<digits$}");
        let by_whole = self.whole.cmp(&whole.parse().unwrap_or(u128::MAX));
        by_whole.then_with(|| padded(&self.fraction).cmp(&padded(fraction)))
    }

    /// Returns the percentage as people read it here: with a comma, and without the sign.
    #[must_use]
    pub fn with_comma(&self) -> String {
        self.to_string().replace('.', ",")
    }
}

/// Writes the form of files: with a point, and without the sign.
impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.whole)?;
        if !self.fraction.is_empty() {
            write!(f, ".{}", self.fraction)?;
        }
        Ok(())
    }
}
