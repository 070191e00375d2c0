//! One row of a roster.

use leptos::prelude::*;
use std::sync::Arc;

use super::keys::Keys;
use super::{cell_name, head_id, rows_of};
use crate::app::OpenItem;
use crate::checklist::{CellType, Column, ColumnId};
use crate::evaluation::unreadable_cell;
use crate::inspection::{Cell, Edit, Entry, write_date};
use crate::view::field::{FieldText, shown_in};
use crate::view::heard::heard;
use crate::view::icon::{Glyph, Icon};
use crate::view::item::{told_at_fields, verdict_id};
use crate::view::reread::{Seen, tick_in};
use crate::view::{Ui, focus, words};

/// The row with its cells.
#[component]
pub fn RowView(
    ui: Ui,
    open_item: Arc<OpenItem>,
    columns: Vec<Column>,
    keys: Keys,
    key: u32,
) -> impl IntoView {
    let words = ui.words();
    let number = Memo::new(move |_| {
        keys.rows.with(|rows| rows.iter().position(|row| *row == key).unwrap_or_default() + 1)
    });
    // Cells are named by their column's heading and this number: nothing to follow for each of
    // them.
    let number_id = format!("{}-row-{key}", open_item.item.id);
    let cells = columns.into_iter().map(|column| {
        let (label, language) = column.label.get(ui.language());
        let heading = label.to_owned();
        let name = format!("{} {number_id}", head_id(&open_item, &column.id));
        let open_item = open_item.clone();
        view! {
            <td data-label=heading data-type=cell_name(column.cell) lang=language.code()>
                {match column.cell {
                    CellType::Check { .. } => view! { <CheckCell ui open_item column=column.id name keys key/> }.into_any(),
                    cell => view! { <TextCell ui open_item column=column.id name keys key is_date=cell == CellType::Date/> }.into_any(),
                }}
            </td>
        }
    });
    let cells = cells.collect_view();
    let remove = move |_| {
        if let Some(position) = keys.position(key) {
            keys.rows.update(|rows| _ = rows.remove(position));
            ui.app().remove_row(&open_item, position);
            // The row that comes into its place, or what adds one.
            let item = format!("[data-item=\"{}\"]", open_item.item.id);
            let row = format!("{item} [data-row=\"{}\"]:not([hidden])", position + 1);
            focus::on_first(
                ui,
                [
                    format!("{row} [data-action=remove-row]"),
                    format!("{item} [data-action=add-row]"),
                ],
            );
        }
    };
    let remove_id = format!("{number_id}-remove");
    let remove_name = format!("{remove_id} {number_id}");
    view! {
        <tr data-row=number tabindex="-1" hidden=move || keys.hidden.with(|hidden| hidden.contains(&key))>
            <th scope="row" id=number_id data-type="number" prop:textContent=number></th>
            {cells}
            <td data-type="end">
                <button
                    type="button"
                    class="button button-quiet button-icon"
                    id=remove_id
                    data-action="remove-row"
                    aria-label=words.roster_remove
                    aria-labelledby=remove_name
                    on:click=remove
                >
                    <Glyph icon=Icon::Trash/>
                </button>
            </td>
        </tr>
    }
}

/// A cell with a text or a date.
#[component]
fn TextCell(
    ui: Ui,
    open_item: Arc<OpenItem>,
    column: ColumnId,
    /// The ids of what names it.
    name: String,
    keys: Keys,
    key: u32,
    is_date: bool,
) -> impl IntoView {
    let read_column = column.clone();
    let read = move |entry: &Entry| {
        let position = keys.position(key).unwrap_or_default();
        cell(entry, position, &read_column).map(written).unwrap_or_default()
    };
    let text = FieldText::of(&open_item, read.clone());
    let id = column.to_string();
    let words = ui.words();
    // The whole sentence stands in the line of the verdict.
    let verdict_id = verdict_id(&open_item);
    let period = ui.app().period();
    let (entry, judged_column) = (open_item.entry.clone(), column.clone());
    // A date alone can be wrong: there may be a thousand other cells, which need follow nothing for
    // that.
    let error = is_date.then_some(period).flatten().map(|period| {
        let error = Signal::derive(move || {
            text.shown.track();
            // Every cell follows its own text alone, and not each edit of the roster.
            let why = keys.position(key).and_then(|position| {
                entry.with_untracked(|entry| {
                    unreadable_cell(cell(entry, position, &judged_column)?, period)
                })
            });
            why.map(|why| words::unreadable(&why, words)).unwrap_or_default()
        });
        told_at_fields(&open_item, error)
    });
    let is_wrong = move || error.is_some_and(|error| error.with(|error| !error.is_empty()));
    let as_cell = move |typed: String| {
        if is_date { Cell::from_typed_date(typed, period) } else { Cell::Text(typed) }
    };
    let edited = open_item.clone();
    let put = move |typed: String| {
        if let Some(position) = keys.position(key) {
            ui.app().edit(&edited, Edit::Cell(position, column.clone(), as_cell(typed)));
        }
    };
    let put_kept = put.clone();
    let typed = heard(move |event| _ = text.type_in(event).map(&put));
    let leave = heard(move |event| {
        let written = text.write_out(event, |typed| Some(written(&as_cell(typed.to_owned()))));
        // A text that an earlier release could not read is no date yet.
        let kept = written.filter(|text| open_item.entry.with_untracked(&read) != *text);
        _ = kept.map(&put_kept);
        text.leave(ui, event, error);
    });
    view! {
        <input
            type="text"
            class="input"
            data-column=id
            aria-labelledby=name
            aria-invalid=move || is_wrong().then_some("true")
            aria-describedby=move || is_wrong().then(|| verdict_id.clone())
            use:shown_in=text
            on:input=typed
            on:focusout=leave
        />
    }
}

/// A cell with a yes or no.
#[component]
fn CheckCell(
    ui: Ui,
    open_item: Arc<OpenItem>,
    column: ColumnId,
    /// The ids of what names it.
    name: String,
    keys: Keys,
    key: u32,
) -> impl IntoView {
    let id = column.to_string();
    let (followed, read_column) = (open_item.clone(), column.clone());
    let checked = Signal::derive(move || {
        followed.refreshed.track();
        let position = keys.position(key).unwrap_or_default();
        followed
            .entry
            .with_untracked(|entry| cell(entry, position, &read_column) == Some(&Cell::Check(true)))
    });
    let seen = Seen::new();
    let change = heard(move |event| {
        if let (Some(ticked), Some(position)) = (seen.ticked(event), keys.position(key)) {
            ui.app().edit(&open_item, Edit::Cell(position, column.clone(), Cell::Check(ticked)));
        }
    });
    view! {
        <label class="check check-cell">
            <input type="checkbox" data-column=id aria-labelledby=name use:tick_in=(checked, seen) on:change=change/>
        </label>
    }
}

/// Returns the content of a cell as it is written.
fn written(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Date(date) => write_date(*date),
        Cell::Check(_) => String::new(),
    }
}

fn cell<'a>(entry: &'a Entry, row: usize, column: &ColumnId) -> Option<&'a Cell> {
    rows_of(entry).get(row)?.get(column)
}
