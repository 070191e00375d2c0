//! Taking rows from a spreadsheet: a field to paste into, and a word on what will be taken.

use leptos::prelude::*;
use std::sync::Arc;

use crate::app::OpenItem;
use crate::checklist::Column;
use crate::inspection::{Edit, rows_from_table};
use crate::messages::fill;
use crate::view::Ui;

/// The button and the field that it opens.
#[component]
pub fn PasteRows(ui: Ui, open_item: Arc<OpenItem>, columns: Vec<Column>) -> impl IntoView {
    let words = ui.words();
    let is_open = RwSignal::new(false);
    let text = RwSignal::new(String::new());
    let id = StoredValue::new(format!("{}-paste", open_item.item.id));
    let columns = StoredValue::new(columns);
    let rows = Memo::new(move |_| {
        columns.with_value(|columns| text.with(|text| rows_from_table(text, columns)))
    });
    let preview = move || {
        let count = rows.with(Vec::len).to_string();
        fill(words.paste_preview, &[("count", &count)])
    };
    let take = move |_| {
        let rows = rows.get_untracked();
        if !rows.is_empty() {
            ui.app().edit(&open_item, Edit::AddRows(rows));
            text.set(String::new());
            is_open.set(false);
        }
    };
    view! {
        <button
            type="button"
            class="button"
            data-action="paste-rows"
            aria-expanded=move || is_open.get().to_string()
            on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
        >
            {words.roster_paste}
        </button>
        <div class="paste" hidden=move || !is_open.get()>
            <label for=id.get_value()>{words.paste_label}</label>
            <textarea
                id=id.get_value()
                class="input"
                rows="4"
                data-field="paste"
                prop:value=text
                on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
            <p class="field-hint" role="status">{preview}</p>
            <button type="button" class="button" data-action="take-rows" on:click=take>
                {words.paste_take}
            </button>
        </div>
    }
}
