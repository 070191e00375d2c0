//! The known name that a mistyped one may stand for.

use strsim::osa_distance;

/// Returns the known name that is nearest to a written one, if it is near enough to be meant.
pub(super) fn nearest(written: &str, known: &[&'static str]) -> Option<&'static str> {
    // A name longer than any known one needs no comparison.
    if written.len() > 40 {
        return None;
    }
    let written = written.trim().to_lowercase();
    let distances = known.iter().map(|name| (osa_distance(&written, &name.to_lowercase()), *name));
    let (distance, name) = distances.min_by_key(|(distance, _)| *distance)?;
    // One slip is accepted in a short name, two in a longer one.
    (distance <= name.len().div_ceil(3).min(2) && distance < name.len()).then_some(name)
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
