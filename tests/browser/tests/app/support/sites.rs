//! Pages with the element in them.

use anyhow::Result;
use browser_tests::{Setup, dist};

use super::checklists::small;

/// Returns a page of a portal: one script and one tag.
pub fn host_page(tag: &str) -> String {
    format!(
        r#"<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <script type="module" src="/tkt/tu-kiem-tra.js"></script></head>
        <body><main><h1>Cổng thông tin</h1>{tag}</main></body></html>"#
    )
}

/// A portal with a page `/` that has this tag, the built files below `/tkt/` and the small checklist
/// at `/small.json`.
pub fn portal(tag: &str) -> Result<Setup> {
    Ok(Setup::empty().mount("/tkt/", dist()).page("/", &host_page(tag)).file(
        "/small.json",
        "application/json",
        small()?.to_string(),
    ))
}

/// A portal with the small checklist, which is preselected.
pub fn small_portal() -> Result<Setup> {
    portal(r#"<tu-kiem-tra checklist="/small.json"></tu-kiem-tra>"#)
}
