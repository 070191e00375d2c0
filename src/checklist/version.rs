//! Versions of checklists, and their order.

/// Returns whether a version is newer than another of the same checklist.
///
/// Versions are numbers with dots between them (`1.10.0` is newer than `1.9`, `1.0` is `1.0.0`). A
/// hyphen marks a draft of that version, which is older (`2.0.0-rc1`).
#[must_use]
pub fn is_newer(version: &str, than: &str) -> bool {
    rank(version) > rank(than)
}

/// Returns the sort key of a version: its numbers, then drafts before the final version.
fn rank(version: &str) -> (Vec<u64>, bool, &str) {
    let version = version.trim().trim_start_matches(['v', 'V']);
    // The part after a plus is build metadata and no part of the version.
    let version = version.split('+').next().unwrap_or_default();
    let (numbers, draft) = version.split_once('-').unwrap_or((version, ""));
    let mut numbers: Vec<_> = numbers.split('.').map(number).collect();
    while numbers.last() == Some(&0) {
        numbers.pop();
    }
    (numbers, draft.is_empty(), draft)
}

fn number(text: &str) -> u64 {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let digits = text.get(..end).unwrap_or_default();
    // Digits fail to parse only if their number is too large.
    digits.parse().unwrap_or(if digits.is_empty() { 0 } else { u64::MAX })
}

#[cfg(test)]
mod tests {
    use super::is_newer;
    use proptest::prelude::{prop_assert, proptest};

    #[test]
    fn numbers_decide_and_drafts_come_before() {
        let rising = [
            "",
            "0.9.12",
            "1.0.0-beta",
            "1.0.0-rc1",
            "1.0.0",
            "1.0.1",
            "1.2",
            "1.10.0",
            "v2.0.0",
            "2026.11",
            "99999999999999999999999",
        ];
        for (place, older) in rising.iter().enumerate() {
            for newer in &rising[place + 1..] {
                assert!(is_newer(newer, older), "{newer} is newer than {older}");
                assert!(!is_newer(older, newer), "{older} is not newer than {newer}");
            }
        }
        for (one, other) in [("1", "1.0.0"), ("1.0", " v1.0.0 "), ("1.0.0+a", "1.0.0+b")] {
            assert!(!is_newer(one, other) && !is_newer(other, one), "{one} is {other}");
        }
    }

    proptest! {
        #[test]
        fn of_two_versions_at_most_one_is_newer(one in ".{0,12}", other in "[0-9.v+-]{0,8}") {
            prop_assert!(!(is_newer(&one, &other) && is_newer(&other, &one)));
            prop_assert!(!is_newer(&one, &one));
        }
    }
}
