//! A button that opens a file picker. A file field can't be named and styled like the other
//! buttons, so it is hidden behind one.

use leptos::prelude::*;
use web_sys::File;

use super::heard::{all, heard};
use super::icon::{Glyph, Icon};

/// The accepted types: JSON, also under another name.
const JSON: &str = ".json,application/json,.txt,text/plain";

/// The accepted types: JSON, and ZIP files with a JSON file inside.
const JSON_OR_ZIP: &str =
    ".json,application/json,.txt,text/plain,.zip,application/zip,application/x-zip-compressed";

/// The button and its field.
#[component]
pub fn FileButton(
    /// The button's name in the page (`data-action`).
    action: &'static str,
    /// The field's name in the page (`data-field`).
    field: &'static str,
    icon: Icon,
    label: &'static str,
    /// Whether a ZIP file is accepted, too.
    #[prop(optional)]
    zip: bool,
    /// Whether several files can be chosen at once.
    #[prop(optional)]
    multiple: bool,
    /// Called with the files, at least one.
    chosen: impl Fn(Vec<File>) + 'static,
) -> impl IntoView {
    let input = NodeRef::<leptos::html::Input>::new();
    let choose = move |_| _ = input.get_untracked().map(|input| input.click());
    let changed = heard(move |event| {
        let files = event.files().map(|files| all(&files)).unwrap_or_default();
        if !files.is_empty() {
            chosen(files);
        }
        // The file may be chosen again after it was corrected.
        event.forget_files();
    });
    view! {
        <button type="button" class="button" data-action=action on:click=choose>
            <Glyph icon/>
            {label}
        </button>
        <input
            node_ref=input
            hidden
            type="file"
            multiple=multiple
            accept=if zip { JSON_OR_ZIP } else { JSON }
            data-field=field
            on:change=changed
        />
    }
}
