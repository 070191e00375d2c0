//! Taking rows from a spreadsheet: a field to paste into, and a preview of what will be taken.

use leptos::prelude::*;
use std::sync::Arc;

use crate::app::OpenItem;
use crate::checklist::Column;
use crate::inspection::{Edit, Table};
use crate::messages::fill;
use crate::view::heard::heard;
use crate::view::icon::{Glyph, Icon};
use crate::view::reread::{Seen, text_in};
use crate::view::{Ui, focus, table};
use crate::words;

/// How many rows the preview shows: enough to see whether the columns are right.
const SHOWN: usize = 5;

/// The button that opens the field.
#[component]
pub fn PasteButton(ui: Ui, is_open: RwSignal<bool>, id: StoredValue<String>) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button"
            data-action="paste-rows"
            aria-expanded=move || is_open.get().to_string()
            on:click=move |_| {
                is_open.update(|is_open| *is_open = !*is_open);
                if is_open.get_untracked() {
                    focus::on(ui, format!("[id=\"{}\"]", id.get_value()));
                }
            }
        >
            <Glyph icon=Icon::ClipboardPaste/>
            {ui.words().roster_paste}
        </button>
    }
}

/// The field, the preview, and the button that takes the rows.
#[component]
pub fn PasteRows(
    ui: Ui,
    open_item: Arc<OpenItem>,
    columns: Vec<Column>,
    is_open: RwSignal<bool>,
    /// The field's id.
    id: StoredValue<String>,
) -> impl IntoView {
    let words = ui.words();
    let text = RwSignal::from(open_item.pasted.clone());
    let seen = Seen::new();
    let columns = StoredValue::new(columns);
    let period = ui.app().period();
    let table = Memo::new(move |_| {
        columns.with_value(|columns| text.with(|text| Table::read(text, columns, period)))
    });
    let item = open_item.item.id.to_string();
    let paste_button = StoredValue::new(format!("[data-item=\"{item}\"] [data-action=paste-rows]"));
    let take = move |_| {
        let rows = table.with_untracked(|table| table.rows.clone());
        if !rows.is_empty() {
            let count = rows.len().to_string();
            let taken = fill(words.paste_taken, &[("count", &count)]);
            ui.app().edit_with_undo(&open_item, Edit::AddRows(rows), taken);
            text.set(String::new());
            is_open.set(false);
            focus::on(ui, paste_button.get_value());
        }
    };
    let hint_id = format!("{}-hint", id.get_value());
    let described_by = hint_id.clone();
    let nothing = move || table.with(|table| table.rows.is_empty());
    view! {
        <div class="paste" hidden=move || !is_open.get()>
            <label for=id.get_value()>{words.paste_label}</label>
            <p class="field-hint" id=hint_id>{words.paste_hint}</p>
            <textarea
                id=id.get_value()
                class="input"
                rows="4"
                data-field="paste"
                spellcheck="false"
                aria-describedby=described_by
                use:text_in=(text.into(), seen)
                on:input=heard(move |event| _ = seen.entered(event).map(|typed| text.set(typed)))
            ></textarea>
            <p
                class="paste-words"
                role="status"
                prop:textContent=move || table.with(|table| columns.with_value(|c| remarks(ui, table, c)))
            ></p>
            {move || {
                (!nothing()).then(|| table.with(|t| columns.with_value(|c| preview(ui, t, c))))
            }}
            <div class="buttons">
                <button type="button" class="button button-primary" data-action="take-rows" disabled=nothing on:click=take>
                    {words.paste_take}
                </button>
                <button
                    type="button"
                    class="button"
                    data-action="paste-leave"
                    on:click=move |_| {
                        is_open.set(false);
                        focus::on(ui, paste_button.get_value());
                    }
                >
                    {words.paste_cancel}
                </button>
            </div>
        </div>
    }
}

/// What will be taken, and what may not be as it was meant.
fn remarks(ui: Ui, table: &Table, columns: &[Column]) -> String {
    let words = ui.words();
    let count = |count: usize| count.to_string();
    let mut remarks = vec![fill(words.paste_preview, &[("count", &count(table.rows.len()))])];
    if table.rows.is_empty() {
        return remarks.concat();
    }
    if table.has_heading {
        remarks.push(words.paste_heading.to_owned());
    }
    let lacking = columns.iter().zip(&table.found).filter(|(_, found)| !**found);
    let lacking: Vec<_> =
        lacking.map(|(column, _)| column.label.in_language(ui.language())).collect();
    if !lacking.is_empty() {
        remarks.push(fill(words.paste_not_found, &[("columns", &lacking.join(", "))]));
    }
    if table.unclear > 0 {
        remarks.push(fill(words.paste_unclear, &[("count", &count(table.unclear))]));
    }
    if table.no_dates > 0 {
        remarks.push(fill(words.paste_no_dates, &[("count", &count(table.no_dates))]));
    }
    remarks.join(" ")
}

/// The first rows, as they will stand in the roster.
fn preview(ui: Ui, table: &Table, columns: &[Column]) -> impl IntoView + use<> {
    let words = ui.words();
    let heads = columns.iter().map(|column| {
        let (label, language) = column.label.get(ui.language());
        view! { <th scope="col" lang=language.code()>{label.to_owned()}</th> }
    });
    let heads = heads.collect_view().into_any();
    let rows = table.rows.iter().take(SHOWN).map(|row| {
        let cells = columns.iter().map(
            |column| view! { <td prop:textContent=words::cell(row.get(&column.id), words)></td> },
        );
        view! { <tr>{cells.collect_view()}</tr> }
    });
    let rows = rows.collect_view();
    let more = table.rows.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| fill(words.paste_more, &[("count", &more.to_string())]));
    view! {
        <table::Table label=words.paste_label class="paste-preview" heads>{rows}</table::Table>
        {more.map(|more| view! { <p prop:textContent=more></p> })}
    }
}
