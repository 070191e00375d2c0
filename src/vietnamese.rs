//! Vietnamese letters: comparing words without their marks and names with them, and the order of
//! the dictionary.
//!
//! People search on a tablet without typing the marks ('niem yet' finds 'niêm yết'), and a text may
//! be composed or decomposed (NFC, NFD), depending on its source.

/// Every letter that carries marks: the plain letter, its place among the letters that the alphabet
/// derives from it (a ă â, d đ, e ê, o ô ơ, u ư), and its forms without and with tone marks.
const LETTERS: [(char, char, &str); 13] = [
    ('a', '0', "aàảãáạ"),
    ('a', '1', "ăằẳẵắặ"),
    ('a', '2', "âầẩẫấậ"),
    ('d', '1', "đ"),
    ('e', '0', "eèẻẽéẹ"),
    ('e', '1', "êềểễếệ"),
    ('i', '0', "iìỉĩíị"),
    ('o', '0', "oòỏõóọ"),
    ('o', '1', "ôồổỗốộ"),
    ('o', '2', "ơờởỡớợ"),
    ('u', '0', "uùủũúụ"),
    ('u', '1', "ưừửữứự"),
    ('y', '0', "yỳỷỹýỵ"),
];

/// The marks that turn letters into others, as characters of their own (NFD).
const BREVE: char = '\u{306}';
const CIRCUMFLEX: char = '\u{302}';
const HORN: char = '\u{31b}';

/// The tone marks, in the order of the letters' forms.
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// Returns a text without case and marks, for searching: 'Niêm yết' becomes 'niem yet'. Composed
/// and decomposed texts give the same result.
#[must_use]
pub fn fold(text: &str) -> String {
    letters(text).map(|(letter, _)| letter).collect()
}

/// Returns whether a text contains all words of another, in any order. Both must be [folded](fold).
#[must_use]
pub fn has_words(folded: &str, words: &str) -> bool {
    words.split_whitespace().all(|word| folded.contains(word))
}

/// Returns a key for comparing names. Case, spaces, and the vowel that carries the tone ('Hòa',
/// 'Hoà') make no difference, and composed and decomposed texts give the same key. Tones differ.
#[must_use]
pub fn spelling(text: &str) -> String {
    let words = text.split_whitespace().map(|word| {
        let spelt = letters(word).flat_map(|(letter, place)| [letter, place]);
        spelt.chain(word.chars().flat_map(char::to_lowercase).filter_map(tone)).collect()
    });
    words.collect::<Vec<String>>().join(" ")
}

/// Returns a key that sorts texts in the order of a Vietnamese dictionary: by letters first (đ
/// after all d), by tones only among texts of equal letters. Numbers are ordered by their length,
/// so that 9 comes before 10.
#[must_use]
pub fn sort_key(text: &str) -> (String, String) {
    let mut key = String::with_capacity(text.len() * 2);
    let mut number = String::new();
    for (letter, place) in letters(text) {
        if letter.is_ascii_digit() {
            number.push(letter);
            continue;
        }
        push_number(&mut key, &mut number);
        key.push(letter);
        key.push(place);
    }
    push_number(&mut key, &mut number);
    (key, text.to_lowercase())
}

/// Adds a number to a key. Numbers with more digits are greater, so the count of digits goes first,
/// as a character that grows with it.
fn push_number(key: &mut String, number: &mut String) {
    let digits = number.trim_start_matches('0');
    if !number.is_empty() {
        key.push(u32::try_from(digits.len()).ok().and_then(char::from_u32).unwrap_or(char::MAX));
        key.push_str(digits);
        number.clear();
    }
}

/// Returns each letter of a text without its marks, with its place among the letters derived from
/// it.
fn letters(text: &str) -> impl Iterator<Item = (char, char)> {
    let mut characters = text.chars().flat_map(char::to_lowercase).peekable();
    std::iter::from_fn(move || {
        let character = characters.by_ref().find(|character| !is_mark(*character))?;
        let (letter, mut place) = plain(character);
        while let Some(mark) = characters.next_if(|next| is_mark(*next)) {
            place = made_of(letter, mark).unwrap_or(place);
        }
        Some((letter, place))
    })
}

/// Returns the letter that a composed letter derives from, and its place. Anything else stays as it
/// is.
fn plain(character: char) -> (char, char) {
    if character.is_ascii() {
        return (character, '0');
    }
    let found = LETTERS.iter().find(|(_, _, forms)| forms.contains(character));
    found.map_or((character, '0'), |(letter, place, _)| (*letter, *place))
}

/// Returns the place of the letter that a mark makes from another one.
const fn made_of(letter: char, mark: char) -> Option<char> {
    match (letter, mark) {
        ('a', BREVE) | ('e' | 'o', CIRCUMFLEX) | ('u', HORN) => Some('1'),
        ('a', CIRCUMFLEX) | ('o', HORN) => Some('2'),
        _ => None,
    }
}

/// Returns the tone that a letter or a mark carries, if any.
fn tone(character: char) -> Option<char> {
    if let Some(tone) = TONES.iter().find(|tone| **tone == character) {
        return Some(*tone);
    }
    let (_, _, forms) = LETTERS.iter().find(|(_, _, forms)| forms.contains(character))?;
    let position = forms.chars().position(|form| form == character)?;
    TONES.get(position.checked_sub(1)?).copied()
}

const fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop, prop_assert_eq, proptest};
    use unicode_normalization::UnicodeNormalization as _;

    /// Returns every letter with marks, in lower and upper case.
    fn all_letters() -> String {
        let lower: String = LETTERS.iter().map(|(_, _, forms)| *forms).collect();
        lower.to_uppercase() + &lower
    }

    #[test]
    fn marks_and_case_make_no_difference() {
        for (text, folded) in [
            ("Niêm yết", "niem yet"),
            ("ĐƯỜNG Nguyễn Huệ", "duong nguyen hue"),
            ("bưu chính công ích (BCCI) 60%", "buu chinh cong ich (bcci) 60%"),
            ("", ""),
            ("\u{301}a", "a"),
        ] {
            assert_eq!(fold(text), folded);
            assert_eq!(fold(&text.nfd().collect::<String>()), folded);
        }
        let plain = fold(&all_letters());
        assert!(plain.bytes().all(|byte| byte.is_ascii_lowercase()), "{plain}");
    }

    #[test]
    fn names_are_the_same_however_they_are_written() {
        for (one, other, same) in [
            ("UBND phường Hòa Bình", "  ubnd  PHƯỜNG Hoà\u{a0}bình", true),
            ("Ủy ban", "Uỷ ban", true),
            ("Phường Hòa An", "Phường Hóa An", false),
            ("Xã Đông", "Xã Dông", false),
            ("Phường 1", "Phường 11", false),
            ("Xã Tân", "Xã Tấn", false),
        ] {
            let decomposed: String = other.nfd().collect();
            assert_eq!(spelling(one) == spelling(other), same, "{one}, {other}");
            assert_eq!(spelling(one) == spelling(&decomposed), same, "{one}, {other} decomposed");
        }
    }

    #[test]
    fn words_are_found_in_any_order() {
        let text = fold("Niêm yết thủ tục tại Bộ phận Một cửa");
        for (words, found) in [
            ("mot cua niem yet", true),
            ("THỦ tục", true),
            ("  ", true),
            ("niem yet website", false),
        ] {
            assert_eq!(has_words(&text, &fold(words)), found, "{words}");
        }
    }

    #[test]
    fn the_order_is_that_of_the_dictionary() {
        let sorted = [
            "Ba",
            "Bà",
            "Bá",
            "Bạ",
            "Ban",
            "Băn",
            "Bân",
            "Be",
            "Bê",
            "Da",
            "Dương",
            "Đa",
            "Đất",
            "Mục 2",
            "Mục 9",
            "Mục 10",
            "Mục 010a",
            "Ơn",
            "Ưng",
        ];
        let mut mixed = sorted;
        mixed.reverse();
        mixed.sort_by_key(|text| sort_key(text));
        let letters_alone = |all: &[&str]| all.iter().map(|t| sort_key(t).0).collect::<Vec<_>>();
        assert_eq!(letters_alone(&mixed), letters_alone(&sorted));
        assert!(sort_key("Đa") > sort_key("Dương"));
        assert!(sort_key("Mục 10") > sort_key("Mục 9"));
    }

    proptest! {
        /// A text is found and sorted alike, composed or decomposed.
        #[test]
        fn normal_forms_are_one(picks in prop::collection::vec(0..400_usize, 0..30)) {
            let letters: Vec<char> = (all_letters() + "bcxyz 0123 (,").chars().collect();
            let text: String = picks.iter().filter_map(|i| letters.get(i % letters.len())).collect();
            let (nfc, nfd) = (text.nfc().collect::<String>(), text.nfd().collect::<String>());
            prop_assert_eq!(fold(&nfc), fold(&nfd));
            prop_assert_eq!(sort_key(&nfc).0, sort_key(&nfd).0);
            prop_assert_eq!(spelling(&nfc), spelling(&nfd));
        }

        /// Folding is idempotent, and no text is too strange for it.
        #[test]
        fn any_text_can_be_folded(text in ".*") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
            _ = (sort_key(&text), spelling(&text));
        }
    }
}
