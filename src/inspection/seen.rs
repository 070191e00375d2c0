//! A typed text as a person sees it. Text pasted from chats, web pages and PDF files has invisible
//! characters, and keyboards for East Asian writing give wide digits. Under a visible 12, 'this is
//! no number' helps nobody.

use std::borrow::Cow;

/// The distance between a wide form (U+FF01 to U+FF5E) and its ASCII character.
const WIDE: u32 = 0xfee0;

/// Returns whether a character takes no room on the screen: the soft hyphen, spaces and joiners
/// without width, direction marks, the byte order mark.
#[must_use]
pub const fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
    )
}

/// Returns a text without invisible characters, and with ASCII in place of wide forms. It is used
/// only for reading: the text is kept and shown as typed.
#[must_use]
pub fn as_seen(text: &str) -> Cow<'_, str> {
    let is_plain = |character: char| !is_unseen(character) && narrow(character) == character;
    if text.is_ascii() || text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|character| !is_unseen(*character)).map(narrow).collect())
}

fn narrow(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => {
            u32::from(character).checked_sub(WIDE).and_then(char::from_u32).unwrap_or(character)
        }
        '\u{3000}' => ' ',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_left_out() {
        for (text, seen) in [
            ("12", "12"),
            ("\u{feff}12\u{200b}", "12"),
            ("1\u{ad}2\u{200e}\u{2060}\u{202c}", "12"),
            ("\u{ff11}\u{ff12}\u{ff0c}\u{ff15}", "12,5"),
            ("\u{ff31}\u{ff14}\u{ff0f}2026", "Q4/2026"),
            ("\u{3000}7", " 7"),
            ("Phường Ấp Mới – ½ ²", "Phường Ấp Mới – ½ ²"),
        ] {
            assert_eq!(as_seen(text), seen, "{text:?}");
        }
        assert!(matches!(as_seen("Đã niêm yết"), Cow::Borrowed(_)));
    }
}
