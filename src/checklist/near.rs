//! Which known name a mistyped one may stand for.

/// The known name that is nearest to what was written, if one is near enough to be meant.
pub(super) fn nearest(written: &str, known: &[&'static str]) -> Option<&'static str> {
    // Longer names than any known one need no comparing.
    if written.len() > 40 {
        return None;
    }
    let written = written.trim().to_lowercase();
    let distances = known.iter().map(|name| (distance(&written, &name.to_lowercase()), *name));
    let (distance, name) = distances.min_by_key(|(distance, _)| *distance)?;
    // One slip in a short name, two in a longer one.
    (distance <= name.len().div_ceil(3).min(2) && distance < name.len()).then_some(name)
}

/// How many letters have to be put in, left out or changed to make one text of the other; two
/// neighbours that changed places are one slip.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    let mut previous = None;
    for (row, letter) in from.chars().enumerate() {
        let mut current = vec![row + 1];
        let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX / 2);
        for (column, other) in to.iter().enumerate() {
            let changed = at(&last, column) + usize::from(letter != *other);
            let mut least = changed.min(at(&last, column + 1) + 1).min(at(&current, column) + 1);
            let swapped = column
                .checked_sub(1)
                .filter(|before| previous == Some(*other) && to.get(*before) == Some(&letter));
            if let Some(before) = swapped {
                least = least.min(at(&before_last, before) + 1);
            }
            current.push(least);
        }
        before_last = std::mem::replace(&mut last, current);
        previous = Some(letter);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_recognised_and_other_words_are_not() {
        let known = ["id", "target", "numerator", "denominator", "asOf", "atLeast", "atMost"];
        for (written, expected) in [
            ("taget", Some("target")),
            ("tagret", Some("target")),
            ("Target", Some("target")),
            ("targets", Some("target")),
            ("numerater", Some("numerator")),
            ("as_of", Some("asOf")),
            ("atleast", Some("atLeast")),
            ("di", Some("id")),
            ("colour", None),
            ("at", None),
            ("", None),
            ("đối tượng", None),
        ] {
            assert_eq!(nearest(written, &known), expected, "{written}");
        }
        assert_eq!(nearest("target", &[]), None);
        assert_eq!(nearest("D", &["A", "B", "C"]), None);
    }
}
