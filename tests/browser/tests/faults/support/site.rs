//! The pages of the fault tests, and the way to an inspection on them.

use anyhow::{Context, Result};
use browser_tests::{Engine, Page, Setup, dist};
use serde_json::json;

use super::form::form;
use super::witness::Witness;

/// A page without the element, for reading the storage while nothing of ours runs.
pub const BLANK: &str = "/blank";

/// A page with two elements, `#a` and `#b`.
pub const TWO: &str = "/two";

/// Returns a portal with one element at `/` and two at [`TWO`], and a witness of their events.
pub fn portal(engine: Engine) -> (Setup, Witness) {
    let witness = Witness::default();
    let one = "<tu-kiem-tra></tu-kiem-tra>";
    let two = r#"<tu-kiem-tra id="a"></tu-kiem-tra><tu-kiem-tra id="b"></tu-kiem-tra>"#;
    let blank = r#"<!doctype html><html lang="vi"><title>Trống</title></html>"#;
    let setup = Setup::empty()
        .engine(engine)
        .own_browser()
        .mount("/tkt/", dist())
        .page("/", &host_page(one))
        .page(TWO, &host_page(two))
        .page(BLANK, blank)
        .file("/small.json", "application/json", include_str!("../../../../cases/checklist.json"))
        .timeout(form().timeout);
    (witness.attend(setup), witness)
}

fn host_page(tags: &str) -> String {
    format!(
        r#"<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <script src="/witness.js"></script>
        <script type="module" src="/tkt/tu-kiem-tra.js"></script></head>
        <body><main>{tags}</main></body></html>"#
    )
}

/// Opens an inspection in a page.
pub async fn open(page: &Page, id: &str) -> Result<()> {
    page.call("openInspection", json!([id])).await.map(drop)
}

/// Starts an inspection of the small checklist, which has every kind of items, with two rows in its
/// roster. Returns its id when everything is saved.
pub async fn start(page: &Page) -> Result<String> {
    let unit = json!({ "name": "UBND phường 1" });
    let new = json!({ "checklist": "/small.json", "unit": unit, "period": "2026" });
    let id = page.call("startInspection", json!([new])).await?;
    let rows = json!([{ "name": "Khai sinh" }, { "name": "Kết hôn" }]);
    page.call("setAnswer", json!(["posted", { "rows": rows }])).await?;
    page.call("flush", json!([])).await?;
    Ok(id.as_str().context("an id")?.to_owned())
}
