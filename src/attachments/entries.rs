//! The entries of a ZIP file with a report or a backup and its attachments.

use std::collections::{BTreeSet, VecDeque};

use crate::checklist::Digest;
use crate::inspection::{is_unseen, short_name};
use crate::vietnamese::fold;

/// The largest report with all its attachments, in bytes, as JSON or as a ZIP file.
pub const MAX_WITH_ATTACHMENTS: usize = 300 * 1024 * 1024;

/// The largest backup with all its attachments, in bytes. It has those of all inspections.
pub const MAX_BACKUP_WITH_ATTACHMENTS: usize = 2_000 * 1024 * 1024;

/// The longest name of an entry in a ZIP file, in bytes of UTF-8. Phones and servers don't take
/// longer names, and some programs lose all files behind one.
const MAX_ENTRY_NAME: usize = 255;

/// The names that Windows reserves for devices, with any extension. No file can have such a name
/// there.
/// <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The device names that have a digit behind them. Windows also takes three superscript digits.
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// The role of an entry in a ZIP file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A possible report or backup. Of several, the one in the fewest folders is the likeliest.
    Text {
        /// The number of folders around it.
        depth: usize,
    },
    /// An attachment.
    Attachment,
    /// A folder, or a file that a program put in for itself.
    Nothing,
}

/// Returns the role of an entry in a ZIP file by its name.
#[must_use]
pub fn role(name: &str) -> Role {
    // Some Windows programs write backslashes.
    let name = name.replace('\\', "/");
    let depth = name.matches('/').count();
    let last = name.rsplit('/').next().unwrap_or_default();
    if last.is_empty() || last.starts_with('.') || name.starts_with("__MACOSX/") {
        Role::Nothing
    } else if last.to_lowercase().ends_with(".json") {
        Role::Text { depth }
    } else {
        Role::Attachment
    }
}

/// The contents of a ZIP file. Each entry has its index in the file and its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// The possible reports or backups, the likeliest first.
    pub texts: VecDeque<(usize, String)>,
    /// The attachments.
    pub others: Vec<(usize, String)>,
}

/// Sorts the entries of a ZIP file with these names by their roles.
#[must_use]
pub fn contents(names: Vec<String>) -> Contents {
    let (mut texts, mut others) = (Vec::new(), Vec::new());
    for (index, name) in names.into_iter().enumerate() {
        match role(&name) {
            Role::Text { depth } => texts.push((depth, (index, name))),
            Role::Attachment => others.push((index, name)),
            Role::Nothing => {}
        }
    }
    texts.sort_by_key(|(depth, _)| *depth);
    Contents { texts: texts.into_iter().map(|(_, text)| text).collect(), others }
}

/// Returns a name for an attachment in a ZIP file and adds it to `taken`. That is its own name, as
/// far as every system accepts it and can tell it from the others, else one that begins with its
/// digest.
#[must_use]
pub fn entry_name(name: &str, sha256: Digest, taken: &mut BTreeSet<String>) -> String {
    let digits: String = sha256.to_string().chars().take(16).collect();
    let own = Some(plain_name(name)).filter(|name| !name.is_empty());
    let own = own.unwrap_or_else(|| digits.clone());
    // There is always a number that is not taken yet.
    let numbered = (2_u64..).map(|number| format!("{digits}_{number}_{own}"));
    let names = [own.clone(), format!("{digits}_{own}")].into_iter().chain(numbered);
    let names = names.skip(usize::from(!is_tellable(&own)));
    let mut names = names.map(|name| short_name(&name, MAX_ENTRY_NAME));
    names.find(|name| taken.insert(fold(name))).unwrap_or_default()
}

/// Returns a name without anything that some system rejects: path separators, invisible characters,
/// dots and spaces around it, device names.
fn plain_name(name: &str) -> String {
    let is_bad = |letter: char| letter.is_control() || "/\\:*?\"<>|".contains(letter);
    let name = name.chars().filter(|letter| !is_unseen(*letter));
    let name: String = name.map(|letter| if is_bad(letter) { '_' } else { letter }).collect();
    let name = name.trim().trim_matches(['.', ' ']);
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let is_numbered = NUMBERED_DEVICES.iter().any(|device| {
        let number = stem.strip_prefix(device).unwrap_or_default();
        number.chars().count() == 1 && number.contains(|digit| "0123456789¹²³".contains(digit))
    });
    if is_numbered || DEVICES.contains(&&*stem) { format!("_{name}") } else { name.to_owned() }
}

/// Returns whether a name can be compared by its [fold](fold): two such names with different folds
/// are different on every system, whatever case and normal form it keeps. That holds for Vietnamese
/// letters (their marks are left out), ASCII, dashes and quotation marks. Other letters would need
/// the tables of Unicode (0.1 MB).
fn is_tellable(name: &str) -> bool {
    fold(name).chars().all(|letter| letter.is_ascii() || matches!(letter, '\u{2010}'..='\u{2027}'))
}
