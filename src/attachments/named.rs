//! Finding the digests in any kind of text.

use crate::checklist::Digest;

/// The number of digits of a digest.
const DIGITS: usize = 64;

/// Returns every digest that a text may name: any 64 lower-case hexadecimal digits in a row. In a
/// longer row, each run of 64 counts as one, so that no named digest is missed. The text is read
/// once.
pub fn digests_in(text: &str) -> impl Iterator<Item = Digest> {
    let is_other = |letter: char| !matches!(letter, '0'..='9' | 'a'..='f');
    let runs = text.split(is_other).filter(|run| run.len() >= DIGITS);
    // The run is ASCII, so every index is a character boundary.
    runs.flat_map(|run| (0..=run.len() - DIGITS).filter_map(|start| run.get(start..start + DIGITS)))
        .filter_map(Digest::parse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_a_text_names_and_nothing_else() {
        let (a, b) = (Digest::of(b"a"), Digest::of(b"b"));
        for (text, expected) in [
            (String::new(), vec![]),
            (a.to_string(), vec![a]),
            (format!("{{\"sha256\":\"{a}\",\"other\":\"{b}\"}}"), vec![a, b]),
            (format!("\\\"{a}\\\" ế{b}ế"), vec![a, b]),
            (a.to_string().to_uppercase(), vec![]),
            (a.to_string()[1..].to_owned(), vec![]),
        ] {
            assert_eq!(digests_in(&text).collect::<Vec<_>>(), expected, "{text}");
        }
        // A row without an end, as in a text that was cut or run together.
        let run: Vec<_> = digests_in(&format!("0{a}{b}f")).collect();
        assert!(run.contains(&a) && run.contains(&b));
    }
}
