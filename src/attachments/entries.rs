//! The files of a ZIP file that has a report or a backup with what goes along.

use std::collections::{BTreeSet, VecDeque};

use crate::checklist::Digest;
use crate::inspection::{is_unseen, short_name};
use crate::vietnamese::fold;

/// The most bytes of a file with everything that goes along, whatever carries it.
pub const MAX_WITH_ATTACHMENTS: usize = 300 * 1024 * 1024;

/// The greatest size of a backup with its attachments, in bytes; it has those of all inspections.
pub const MAX_BACKUP_WITH_ATTACHMENTS: usize = 2_000 * 1024 * 1024;

/// The longest name of a file in a ZIP file, in bytes of UTF-8: phones and servers take no longer
/// one, and some programs lose all files behind it.
const MAX_ENTRY_NAME: usize = 255;

/// The names that Windows takes for devices, whatever follows a point behind them: such a file
/// can't be made there. <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The names that Windows takes for devices with a digit behind them, of which it knows three more.
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// The role of a file in a ZIP file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It may be the report or the backup; of several, the one in the fewest folders is the
    /// likeliest.
    Text {
        /// In how many folders it is.
        depth: usize,
    },
    /// It goes along.
    Attachment,
    /// A folder, or what programs put in for themselves.
    Nothing,
}

/// Returns the role of a file in a ZIP file, by its name.
#[must_use]
pub fn role(name: &str) -> Role {
    // Some programs of Windows write it the other way around.
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

/// The contents of a ZIP file: each entry has its place in the file, and its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// The entries that may be a report or a backup, the likeliest first.
    pub texts: VecDeque<(usize, String)>,
    /// The attachments.
    pub others: Vec<(usize, String)>,
}

/// Returns what is in a ZIP file with these names.
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

/// Returns the name of an attachment in a ZIP file, which `taken` then has: its own, as far as
/// every system takes it and can tell it from the others there, else one that begins with its
/// digest.
#[must_use]
pub fn entry_name(name: &str, sha256: Digest, taken: &mut BTreeSet<String>) -> String {
    let digits: String = sha256.to_string().chars().take(16).collect();
    let own = Some(plain_name(name)).filter(|name| !name.is_empty());
    let own = own.unwrap_or_else(|| digits.clone());
    // Whatever the others are called, there is a number that none of them has.
    let numbered = (2_u64..).map(|number| format!("{digits}_{number}_{own}"));
    let names = [own.clone(), format!("{digits}_{own}")].into_iter().chain(numbered);
    let names = names.skip(usize::from(!is_tellable(&own)));
    let mut names = names.map(|name| short_name(&name, MAX_ENTRY_NAME));
    names.find(|name| taken.insert(fold(name))).unwrap_or_default()
}

/// A name without what some system does not take in one: signs of paths, what nobody sees, points
/// and spaces around it, names of devices.
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

/// Whether a name that is [folded](fold) differs from another such name wherever a system tells the
/// two names apart, in whatever case and normal form it keeps them. That is so of Vietnamese
/// letters, whose marks are left out, of ASCII and of dashes and quotation marks. Of other letters
/// only the tables of Unicode (0.1 MB) would tell.
fn is_tellable(name: &str) -> bool {
    fold(name).chars().all(|letter| letter.is_ascii() || matches!(letter, '\u{2010}'..='\u{2027}'))
}
