//! A button by which a file is chosen: a file field can't be named and styled like the other
//! buttons, so it stands hidden behind one.

use leptos::prelude::*;
use web_sys::File;

use super::heard::{all, heard};
use super::icon::{Glyph, Icon};

/// The files that can be chosen: those of JSON, also under another name.
const JSON: &str = ".json,application/json,.txt,text/plain";

/// The types of such files, and of ZIP files with one of them inside.
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
    /// Whether what is wanted may also come in a ZIP file.
    #[prop(optional)]
    zip: bool,
    /// Whether any number may be chosen at once.
    #[prop(optional)]
    multiple: bool,
    /// Called with the files; there is one at least.
    chosen: impl Fn(Vec<File>) + 'static,
) -> impl IntoView {
    let input = NodeRef::<leptos::html::Input>::new();
    let choose = move |_| _ = input.get_untracked().map(|input| input.click());
    let changed = heard(move |event| {
        let files = event.files().map(|files| all(&files)).unwrap_or_default();
        if !files.is_empty() {
            chosen(files);
        }
        // It may be chosen again after it was mended.
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
