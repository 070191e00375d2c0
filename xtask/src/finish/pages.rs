//! The release's own two pages and the files that make them installable. They name each script by
//! its content, so that no cache between the server and the page can mix the scripts of two
//! releases.

use std::fs;
use std::path::Path;

use super::scripts::{read, write_file};
use super::{Bundle, replace_all, short_hash};
use crate::failure::{Context, Result};
use crate::project;

/// The scripts with fixed names that the pages name.
pub const SCRIPTS: &[&str] = &["tu-kiem-tra.js", "embed.js", "offline.js", "page.js"];

const MANIFEST: &str = "manifest.webmanifest";

/// The files of `icons/` that browsers request.
const ICONS: &[&str] =
    &["icon.svg", "icon-192.png", "icon-512.png", "icon-maskable-512.png", "apple-touch-icon.png"];

/// Writes both pages and the files beside them.
pub fn write(staging: &Path, bundle: &Bundle, release: bool) -> Result<()> {
    let icons = project::root().join("icons");
    for icon in ICONS {
        fs::copy(icons.join(icon), staging.join(icon))
            .context(|| format!("icons/{icon} cannot be copied"))?;
    }
    write_file(staging, MANIFEST, &read("offline", MANIFEST)?)?;

    let element = address(staging, "tu-kiem-tra.js")?;
    write_file(staging, "page.json", &read("page", "page.json")?)?;
    let page = replace_all(&read("page", "page.js")?, "tu-kiem-tra.js", &element, "src/page/")?;
    write_file(staging, "page.js", &page)?;
    let index = fs::read_to_string(staging.join("index.html"))
        .context(|| "index.html cannot be read".to_owned())?;
    // The page's script makes the element's wait for the settings, but it may be fetched before.
    let preload = format!("<link rel=\"modulepreload\" href=\"./{element}\" />");
    // During development the page has to come from the server at each change.
    let offline = if release { tag(&address(staging, "offline.js")?) } else { String::new() };
    let tags = preload + &offline + &tag(&address(staging, "page.js")?);
    let index =
        replace_all(&index, &tag("tu-kiem-tra.js"), &tags, "index.html as Trunk writes it")?;
    write_file(staging, "index.html", &index)?;

    let mut embed = read("frame", "embed.html")?;
    for (old, new) in [
        ("__PAGE_STYLE__", &bundle.page_style),
        ("embed.js", &address(staging, "embed.js")?),
        ("tu-kiem-tra.js", &element),
    ] {
        embed = replace_all(&embed, old, new, "src/frame/embed.html")?;
    }
    write_file(staging, "embed.html", &embed)
}

/// Returns a script's name with the hash of its content.
pub fn address(staging: &Path, name: &str) -> Result<String> {
    let content = fs::read(staging.join(name)).context(|| format!("{name} cannot be read"))?;
    Ok(format!("{name}?{}", short_hash(&content)))
}

/// Returns the script tag as Trunk.toml has it.
fn tag(address: &str) -> String {
    format!("<script type=\"module\" src=\"./{address}\"></script>")
}
