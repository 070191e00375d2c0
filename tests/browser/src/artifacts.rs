//! The artifacts of a failed test.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::tab::Tab;

/// Writes a picture and the HTML of the page, and returns the path of the picture.
pub async fn keep(tab: &Tab) -> Result<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/browser-tests");
    fs::create_dir_all(&folder)?;
    let folder = folder.canonicalize()?;
    // libtest names the thread after the test.
    let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
    let client = tab.client().await?;
    let picture = folder.join(format!("{test}.png"));
    fs::write(&picture, client.screenshot().await?)?;
    let script = "
        const hosts = [...document.querySelectorAll('tu-kiem-tra')].filter((host) => host.shadowRoot);
        const shadows = hosts.map((host) => `<!-- shadow root -->\\n${host.shadowRoot.innerHTML}`);
        return [document.documentElement.outerHTML, ...shadows].join('\\n\\n');
    ";
    let html = tab.execute(script, Vec::new()).await?;
    fs::write(folder.join(format!("{test}.html")), html.as_str().unwrap_or_default())?;
    Ok(picture)
}
