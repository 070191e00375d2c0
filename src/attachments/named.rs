//! Finding the digests in a text, whatever kind of text it is.

use crate::checklist::Digest;

/// How many digits a digest has.
const DIGITS: usize = 64;

/// Returns every digest that a text may name: each 64 lower-case hexadecimal digits in a row. In a
/// longer row each 64 of them are taken for one, so that nothing that is named is missed. The text
/// is read once.
pub fn digests_in(text: &str) -> impl Iterator<Item = Digest> {
    let is_other = |letter: char| !matches!(letter, '0'..='9' | 'a'..='f');
    let runs = text.split(is_other).filter(|run| run.len() >= DIGITS);
    // All of them are ASCII, so every place is the start of a letter.
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
        // One that has no end, as in a text that was cut or run together.
        let run: Vec<_> = digests_in(&format!("0{a}{b}f")).collect();
        assert!(run.contains(&a) && run.contains(&b));
    }
}
