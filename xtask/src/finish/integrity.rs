//! The digests of the release's files, for people who pin them: Subresource Integrity.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};

use crate::failure::{Context, Result};

/// The list, beside the files.
const LIST: &str = "integrity.json";

/// The `integrity` of a file, as HTML writes it: `sha384-…`.
pub fn of(file: &Path) -> Result<String> {
    let content = fs::read(file).context(|| format!("{} cannot be read", file.display()))?;
    Ok(format!("sha384-{}", STANDARD.encode(Sha384::digest(content))))
}

/// Writes the list of all files in a folder: name and `integrity`.
pub fn write(folder: &Path) -> Result<()> {
    let text = serde_json::to_string_pretty(&list(folder)?).unwrap_or_default() + "\n";
    fs::write(folder.join(LIST), text).context(|| format!("{LIST} cannot be written"))
}

/// All files in a folder: name and `integrity`.
pub fn list(folder: &Path) -> Result<BTreeMap<String, String>> {
    let unreadable = || format!("{} cannot be read", folder.display());
    let mut list = BTreeMap::new();
    for entry in fs::read_dir(folder).context(unreadable)? {
        let file = entry.context(unreadable)?.path();
        // The webmaster's own: how the two pages are set up.
        let is_settings = file.ends_with("page.json") || file.ends_with("embed.json");
        if let Some(name) = file.file_name().filter(|_| !is_settings) {
            list.insert(name.to_string_lossy().into_owned(), of(&file)?);
        }
    }
    Ok(list)
}
