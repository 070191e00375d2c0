//! Every dialog of the page, one after another.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use browser_tests::{Page, Stage};
use serde_json::{Value, json};

use super::checklists::{project, small};
use super::steps;

/// A dialog that a control of the page opens, or a file.
pub struct Opener {
    /// Its name in `data-dialog`.
    pub name: &'static str,
    opens: Opens,
}

enum Opens {
    Action(&'static str),
    File(&'static str, PathBuf),
}

/// Writes a file on the device.
pub fn file(stage: &Stage, name: &str, text: &str) -> Result<PathBuf> {
    let folder = stage.browser.downloads().with_file_name("files");
    fs::create_dir_all(&folder)?;
    let path = folder.join(name);
    fs::write(&path, text)?;
    Ok(path)
}

/// Returns an object with one of its members replaced or added.
pub fn with(mut object: Value, name: &str, value: Value) -> Value {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
    object
}

/// Returns the dialogs of the first screen. `report` is of a listed inspection that has changed
/// since.
pub fn on_home(stage: &Stage, report: &Value) -> Result<Vec<Opener>> {
    let bad = with(with(small()?, "version", json!(7)), "colour", json!("xanh"));
    let bad = file(stage, "sai.json", &bad.to_string())?;
    let good = file(stage, "danh-muc.json", &small()?.to_string())?;
    let report = file(stage, "bao-cao.json", &report.to_string())?;
    Ok(vec![
        Opener { name: "hand-over", opens: Opens::Action("hand-over") },
        Opener { name: "delete-mine", opens: Opens::Action("delete-mine") },
        Opener { name: "erase", opens: Opens::Action("erase") },
        Opener {
            name: "restore",
            opens: Opens::File("restore-file", project("tests/cases/backup.json").canonicalize()?),
        },
        Opener { name: "checklist-problems", opens: Opens::File("checklist-file", bad) },
        Opener { name: "checklist-preview", opens: Opens::File("checklist-file", good) },
        Opener { name: "import", opens: Opens::File("import-file", report) },
    ])
}

impl Opener {
    /// Opens the dialog.
    pub async fn open(&self, page: &Page) -> Result<()> {
        match &self.opens {
            Opens::Action(action) => page.action(action).click().await?,
            Opens::File(field, file) => page.field(field).upload(file).await?,
        }
        let dialog = page.find(&format!("[data-dialog={}]", self.name));
        dialog.wait_for("to be open", async |dialog| dialog.is_visible().await).await
    }

    /// Closes it by the button in its corner.
    pub async fn close(&self, page: &Page) -> Result<()> {
        page.find("dialog[open] [data-action=leave]").click().await?;
        steps::wait_for_no_dialog(page).await
    }
}
