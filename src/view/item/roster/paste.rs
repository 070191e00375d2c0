//! Taking rows from a spreadsheet: a field to paste into, and a preview of what will be taken.

use leptos::prelude::*;
use std::sync::Arc;

use super::keys::Keys;
use super::rows_of;
use crate::app::{OpenItem, Pasted};
use crate::checklist::{Column, ColumnId};
use crate::evaluation::row_is_blank;
use crate::inspection::{Cell, Edit, Table};
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
    keys: Keys,
    is_open: RwSignal<bool>,
    /// The field's id.
    id: StoredValue<String>,
) -> impl IntoView {
    let words = ui.words();
    let pasted = RwSignal::from(open_item.pasted.clone());
    let text = Signal::derive(move || pasted.with(|pasted| pasted.text.clone()));
    let seen = Seen::new();
    let columns = StoredValue::new(columns);
    let period = ui.app().period();
    let table = Memo::new(move |_| {
        columns.with_value(|columns| {
            pasted.with(|Pasted { text, assigned }| match assigned {
                Some(assigned) => Table::read_as(text, columns, period, assigned),
                None => Table::read(text, columns, period),
            })
        })
    });
    // Columns without headings are told apart by the first line.
    let columns_of = |table: &Table| {
        let first = (!table.has_heading).then(|| table.lines.first().cloned());
        (table.headings.clone(), first)
    };
    let columns_now = move || table.with_untracked(columns_of);
    let type_in = heard(move |event| {
        if let Some(typed) = seen.entered(event) {
            let before = columns_now();
            pasted.update(|pasted| pasted.text = typed);
            // The person's choice holds as long as the columns are the same ones.
            if columns_now() != before {
                pasted.update(|pasted| pasted.assigned = None);
            }
        }
    });
    let item = StoredValue::new(format!("[data-item=\"{}\"]", open_item.item.id));
    let in_item = move |selector: &str| format!("{} {selector}", item.get_value());
    let assign = move |place: usize, column: Option<ColumnId>| {
        let mut all = table.with_untracked(|table| table.assigned.clone());
        // Each is taken from one place.
        let others = all.iter_mut().filter(|other| column.is_some() && **other == column);
        others.for_each(|other| *other = None);
        _ = all.get_mut(place).map(|assigned| *assigned = column);
        pasted.update(|pasted| pasted.assigned = Some(all));
        focus::on(ui, in_item(&format!("[data-place=\"{place}\"]")));
    };
    let take = move |_| {
        let rows = table.with_untracked(|table| table.rows.clone());
        if !rows.is_empty() {
            let count = rows.len().to_string();
            let taken = fill(words.paste_taken, &[("count", &count)]);
            // Rows in which nothing is entered give way.
            let old = open_item.entry.with_untracked(|entry| rows_of(entry).to_vec());
            let count = old.len();
            let (places, mut all): (Vec<_>, Vec<_>) =
                old.into_iter().enumerate().filter(|(_, row)| !row_is_blank(row)).unzip();
            let first = all.len() + 1;
            all.extend(rows);
            if !ui.app().edit_with_undo(&open_item, Edit::SetRows(all), taken) {
                return;
            }
            pasted.set(Pasted::default());
            is_open.set(false);
            keys.fit(count);
            keys.order(&places);
            keys.fit(first);
            focus::on_top(ui, in_item(&format!("[data-row=\"{first}\"]")));
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
                use:text_in=(text, seen)
                on:input=type_in
            ></textarea>
            <p
                class="paste-words"
                role="status"
                prop:textContent=move || table.with(|table| columns.with_value(|c| remarks(ui, table, c)))
            ></p>
            {move || {
                table.with(|t| {
                    (!t.lines.is_empty()).then(|| columns.with_value(|c| preview(ui, t, c, assign)))
                })
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
                        focus::on(ui, in_item("[data-action=paste-rows]"));
                    }
                >
                    {words.paste_cancel}
                </button>
            </div>
        </div>
    }
}

/// Returns sentences on the rows that will be taken, and on those that may not be as they were
/// meant.
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

/// The first lines, each cell as it will stand in the roster, under what each column is taken for.
fn preview<F: Fn(usize, Option<ColumnId>) + Copy + 'static>(
    ui: Ui,
    table: &Table,
    columns: &[Column],
    assign: F,
) -> impl IntoView + use<F> {
    let words = ui.words();
    let taken: Vec<_> = table
        .assigned
        .iter()
        .map(|id| columns.iter().find(|column| Some(&column.id) == id.as_ref()))
        .collect();
    let heads = table.headings.iter().zip(&taken).enumerate().map(|(place, (heading, column))| {
        view! { <th scope="col">{assignment(ui, place, heading, *column, columns, assign)}</th> }
    });
    let heads = heads.collect_view().into_any();
    let rows = table.lines.iter().take(SHOWN).map(|line| {
        let cells = taken.iter().enumerate().map(|(place, column)| {
            let text = line.get(place).filter(|text| !text.is_empty());
            let cell = column
                .zip(text)
                .map(|(column, text)| Cell::from_pasted(text, column.cell, ui.app().period()));
            // A column that is left out shows as it is.
            let shown = match column {
                Some(_) => words::cell(cell.as_ref(), words),
                None => text.cloned().unwrap_or_default(),
            };
            view! { <td class:left-out=column.is_none() prop:textContent=shown></td> }
        });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    let rows = rows.collect_view();
    let more = table.lines.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| fill(words.paste_more, &[("count", &more.to_string())]));
    view! {
        <table::Table label=words.paste_label class="paste-preview" heads>{rows}</table::Table>
        {more.map(|more| view! { <p prop:textContent=more></p> })}
    }
}

/// The heading of a column of the text, and the roster's column that it is taken for.
fn assignment<F: Fn(usize, Option<ColumnId>) + 'static>(
    ui: Ui,
    place: usize,
    heading: &str,
    column: Option<&Column>,
    columns: &[Column],
    assign: F,
) -> impl IntoView + use<F> {
    let words = ui.words();
    let heading = match heading {
        "" => fill(words.paste_column, &[("number", &(place + 1).to_string())]),
        heading => heading.to_owned(),
    };
    let ids: Vec<_> = columns.iter().map(|column| column.id.clone()).collect();
    let options = columns.iter().map(|of| {
        let (label, language) = of.label.get(ui.language());
        let is_chosen = column.is_some_and(|column| column.id == of.id);
        view! { <option value=of.id.to_string() lang=language.code() prop:selected=is_chosen>{label.to_owned()}</option> }
    });
    let options = options.collect_view();
    let choose = heard(move |event| {
        if let Some(name) = event.value() {
            assign(place, ids.iter().find(|id| id.as_str() == name).cloned());
        }
    });
    view! {
        <label class="field">
            <span>{heading}</span>
            <select class="input" data-field="paste-column" data-place=place on:change=choose>
                <option value="">{words.paste_left_out}</option>
                {options}
            </select>
        </label>
    }
}
