//! Exact decimals for thresholds and quantities. Judging uses no floating point anywhere.

use std::cmp::Ordering;
use std::fmt;

/// The maximum number of digits after the point of a decimal.
pub const MAX_SCALE: u32 = 9;

/// A non-negative exact decimal, such as `96` or `4.5`.
///
/// INVARIANT: `scale` ≤ [`MAX_SCALE`]; the last digit after the point is not zero. So equal numbers
/// are equal values and have one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    mantissa: u64,
    scale: u32,
}

impl Decimal {
    /// Returns `mantissa` divided by ten to the power of `scale`; `None` past [`MAX_SCALE`] or 2^53
    /// − 1.
    #[must_use]
    pub const fn new(mut mantissa: u64, mut scale: u32) -> Option<Self> {
        while scale > 0 && mantissa.is_multiple_of(10) {
            mantissa /= 10;
            scale -= 1;
        }
        if scale > MAX_SCALE || mantissa > super::MAX_WHOLE {
            return None;
        }
        Some(Self { mantissa, scale })
    }

    /// Reads the form of files: digits, optionally with a point and more digits (`96`, `4.5`).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = match text.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return None,
            None => (text, ""),
        };
        if whole.is_empty() || (whole.len() > 1 && whole.starts_with('0')) {
            return None;
        }
        let fraction = fraction.trim_end_matches('0');
        let scale = u32::try_from(fraction.len()).ok()?;
        let mut mantissa = 0u64;
        for digit in whole.chars().chain(fraction.chars()) {
            mantissa = mantissa.checked_mul(10)?.checked_add(digit.to_digit(10)?.into())?;
        }
        if text.contains('.') && text.ends_with('.') {
            return None;
        }
        Self::new(mantissa, scale)
    }

    /// Returns the mantissa: the number is `mantissa() / 10^scale()`.
    #[must_use]
    pub const fn mantissa(self) -> u64 {
        self.mantissa
    }

    /// Returns the number of digits after the point.
    #[must_use]
    pub const fn scale(self) -> u32 {
        self.scale
    }
}

impl From<u32> for Decimal {
    fn from(whole: u32) -> Self {
        Self { mantissa: whole.into(), scale: 0 }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        // 2^53 × 10^9 is below 2^83: no overflow in 128 bits.
        let left = u128::from(self.mantissa) * 10u128.pow(other.scale);
        let right = u128::from(other.mantissa) * 10u128.pow(self.scale);
        left.cmp(&right)
    }
}

/// Writes the form of files: a point, no groups, no trailing zeros.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10u64.pow(self.scale);
        write!(f, "{}", self.mantissa / unit)?;
        if self.scale > 0 {
            write!(f, ".{:0width$}", self.mantissa % unit, width = self.scale as usize)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_the_form_of_files() {
        for (text, written) in [
            ("96", Some("96")),
            ("4.5", Some("4.5")),
            ("4.50", Some("4.5")),
            ("0", Some("0")),
            ("0.000000001", Some("0.000000001")),
            ("9007199254740991", Some("9007199254740991")),
            ("9007199254740992", None),
            ("0.0000000001", None),
            ("", None),
            (".", None),
            ("4.", None),
            (".5", None),
            ("04", None),
            ("-1", None),
            ("4,5", None),
            ("1e3", None),
            ("٤", None),
        ] {
            assert_eq!(Decimal::parse(text).map(|d| d.to_string()).as_deref(), written, "{text}");
        }
    }

    #[test]
    fn compares_exactly() {
        let d = |text| Decimal::parse(text).unwrap();
        assert!(d("4.5") > d("4.499999999"));
        assert!(d("10") > d("9.999999999"));
        assert_eq!(d("1.10"), d("1.1"));
        assert!(d("0.1") > d("0"));
        assert!(d("100.000000001") > Decimal::from(100) && d("100") == Decimal::from(100));
    }
}
