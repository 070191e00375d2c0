//! A button by which a file is chosen: a file field can't be named and styled like the other
//! buttons, so it stands hidden behind one.

use leptos::prelude::*;
use web_sys::File;

use super::heard::heard;
use super::icon::{Glyph, Icon};

/// The files that can be chosen: those of JSON, also under another name.
const JSON: &str = ".json,application/json,.txt,text/plain";

/// The same, and ZIP files with such a file in them.
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
    /// Called with the file.
    chosen: impl Fn(File) + 'static,
) -> impl IntoView {
    let input = NodeRef::<leptos::html::Input>::new();
    let choose = move |_| _ = input.get_untracked().map(|input| input.click());
    let changed = heard(move |event| {
        if let Some(file) = event.files().and_then(|files| files.get(0)) {
            chosen(file);
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
            accept=if zip { JSON_OR_ZIP } else { JSON }
            data-field=field
            on:change=changed
        />
    }
}
