//! The name of a report's file and of files made from it, in plain ASCII: they go through mail, USB
//! sticks and old servers.

use crate::checklist::Checklist;
use crate::inspection::Header;

/// The longest name, in bytes.
pub const MAX_FILE_NAME: usize = 120;

/// The most bytes that the checklist's id gets in the name.
const MAX_CHECKLIST: usize = 48;

/// Returns `tu-kiem-tra_{unit}_{checklist}_{period}.{extension}`.
#[must_use]
pub fn file_name(header: &Header, checklist: &Checklist, extension: &str) -> String {
    // A period of two days has a slash between them.
    let period = header.period.to_string().replace('/', "_");
    let checklist = cut(checklist.id.as_str().to_owned(), MAX_CHECKLIST);
    let ends = format!("_{checklist}_{period}.{extension}");
    let mut name = "tu-kiem-tra".to_owned();
    // One more underscore is before the unit.
    let room = MAX_FILE_NAME.saturating_sub(name.len() + 1 + ends.len());
    let unit = cut(plain(&header.unit.name), room);
    if !unit.is_empty() {
        name.push('_');
        name.push_str(&unit);
    }
    name + &ends
}

/// Returns a text in lower-case letters and digits, with single hyphens for everything else.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.chars().flat_map(char::to_lowercase).filter(|c| !is_mark(*c)) {
        match base(letter) {
            letter if letter.is_ascii_alphanumeric() => plain.push(letter),
            _ if plain.is_empty() || plain.ends_with('-') => {}
            _ => plain.push('-'),
        }
    }
    cut(plain, usize::MAX)
}

/// Returns at most `most` bytes of a plain text, without a hyphen at the end.
fn cut(mut plain: String, most: usize) -> String {
    if plain.len() > most {
        plain = plain.chars().take(most).collect();
    }
    plain.truncate(plain.trim_end_matches('-').len());
    plain
}

/// Returns whether a character is a mark on the letter before it, as in decomposed texts.
const fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// Returns the letter under the marks of a Vietnamese lower-case letter.
const fn base(letter: char) -> char {
    match letter {
        'à' | 'á' | 'ả' | 'ã' | 'ạ' => 'a',
        'ă' | 'ằ' | 'ắ' | 'ẳ' | 'ẵ' | 'ặ' => 'a',
        'â' | 'ầ' | 'ấ' | 'ẩ' | 'ẫ' | 'ậ' => 'a',
        'đ' => 'd',
        'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ' => 'e',
        'ê' | 'ề' | 'ế' | 'ể' | 'ễ' | 'ệ' => 'e',
        'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' => 'i',
        'ò' | 'ó' | 'ỏ' | 'õ' | 'ọ' => 'o',
        'ô' | 'ồ' | 'ố' | 'ổ' | 'ỗ' | 'ộ' => 'o',
        'ơ' | 'ờ' | 'ớ' | 'ở' | 'ỡ' | 'ợ' => 'o',
        'ù' | 'ú' | 'ủ' | 'ũ' | 'ụ' => 'u',
        'ư' | 'ừ' | 'ứ' | 'ử' | 'ữ' | 'ự' => 'u',
        'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ' => 'y',
        other => other,
    }
}
