//! The Subresource Integrity of each file of the release, for pages that pin it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};

use crate::failure::{Context, Result};

/// The file of the list, beside the other files.
const LIST: &str = "integrity.json";

/// Returns the `integrity` of a file in the notation of HTML: `sha384-…`.
pub fn of(file: &Path) -> Result<String> {
    let content = fs::read(file).context(|| format!("{} cannot be read", file.display()))?;
    Ok(format!("sha384-{}", STANDARD.encode(Sha384::digest(content))))
}

/// Writes the list of all files in a folder: name and `integrity`.
pub fn write(folder: &Path) -> Result<()> {
    let text = serde_json::to_string_pretty(&list(folder)?).unwrap_or_default() + "\n";
    fs::write(folder.join(LIST), text).context(|| format!("{LIST} cannot be written"))
}

/// Returns the names of all files in a folder and the `integrity` of each.
pub fn list(folder: &Path) -> Result<BTreeMap<String, String>> {
    let unreadable = || format!("{} cannot be read", folder.display());
    let mut list = BTreeMap::new();
    for entry in fs::read_dir(folder).context(unreadable)? {
        let file = entry.context(unreadable)?.path();
        // The webmaster edits these: the settings of the two pages.
        let is_settings = file.ends_with("page.json") || file.ends_with("embed.json");
        if let Some(name) = file.file_name().filter(|_| !is_settings) {
            list.insert(name.to_string_lossy().into_owned(), of(&file)?);
        }
    }
    Ok(list)
}
