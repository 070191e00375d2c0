//! A roster: rows of things, each with what it needs.

use leptos::prelude::*;
use std::sync::Arc;

use super::roster_paste::PasteRows;
use crate::app::OpenItem;
use crate::checklist::{CellType, Column, ColumnId, Target};
use crate::inspection::{Cell, Edit, Entered, Entry, Row, write_date};
use crate::view::{Ui, words};

/// The rows of the item, each under a key of its own: rows keep their place in the page, their
/// focus and their caret when others come and go.
#[derive(Clone, Copy)]
struct Keys {
    rows: RwSignal<Vec<u32>>,
    next: StoredValue<u32>,
}

impl Keys {
    fn new(count: usize) -> Self {
        let keys = Self { rows: RwSignal::new(Vec::new()), next: StoredValue::new(0) };
        keys.fit(count);
        keys
    }

    /// Adds or drops keys at the end until there are as many as rows.
    fn fit(self, count: usize) {
        self.rows.update(|rows| {
            rows.truncate(count);
            while rows.len() < count {
                rows.push(self.next.get_value());
                self.next.update_value(|next| *next = next.wrapping_add(1));
            }
        });
    }

    /// Gives every row a new key, so that all are shown anew.
    fn renew(self, count: usize) {
        self.rows.update(Vec::clear);
        self.fit(count);
    }

    fn position(self, key: u32) -> Option<usize> {
        self.rows.with_untracked(|rows| rows.iter().position(|row| *row == key))
    }
}

/// The table with its buttons.
#[component]
pub fn Fields(
    ui: Ui,
    open_item: Arc<OpenItem>,
    columns: Vec<Column>,
    target: Target,
) -> impl IntoView {
    let words = ui.words();
    let language = ui.language();
    let keys = Keys::new(open_item.entry.with_untracked(row_count));
    let followed = open_item.clone();
    Effect::new(move |before: Option<u32>| {
        let times = followed.refreshed.get();
        let count = followed.entry.with(row_count);
        if before.is_some_and(|before| before != times) {
            keys.renew(count);
        } else if keys.rows.with_untracked(Vec::len) != count {
            keys.fit(count);
        }
        times
    });
    let heads = columns.iter().map(|column| {
        let (label, language) = column.label.get(language);
        view! { <th scope="col" lang=language.code()>{label.to_owned()}</th> }
    });
    let heads = heads.collect_view();
    let add = {
        let open_item = open_item.clone();
        move |_| ui.app().edit(&open_item, Edit::AddRows(vec![Row::new()]))
    };
    let paste_into = open_item.clone();
    let paste_columns = columns.clone();
    view! {
        <p class="item-target">{words::target(target, "%", words)}</p>
        <div class="roster">
            <table hidden=move || keys.rows.with(Vec::is_empty)>
                <thead>
                    <tr>
                        {heads}
                        <th scope="col"><span class="visually-hidden">{words.roster_remove}</span></th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || keys.rows.get() key=|key| *key let(key)>
                        <RowView ui open_item=open_item.clone() columns=columns.clone() keys key/>
                    </For>
                </tbody>
            </table>
            <div class="buttons">
                <button type="button" class="button" data-action="add-row" on:click=add>
                    {words.roster_add}
                </button>
                <PasteRows ui open_item=paste_into columns=paste_columns/>
            </div>
        </div>
    }
}

/// One row.
#[component]
fn RowView(
    ui: Ui,
    open_item: Arc<OpenItem>,
    columns: Vec<Column>,
    keys: Keys,
    key: u32,
) -> impl IntoView {
    let number = move || {
        keys.rows.with(|rows| rows.iter().position(|row| *row == key).unwrap_or_default() + 1)
    };
    let cells = columns.into_iter().map(|column| {
        let (label, language) = column.label.get(ui.language());
        let label = label.to_owned();
        let (open_item, heading) = (open_item.clone(), label.clone());
        let kind = match column.cell {
            CellType::Text => "text",
            CellType::Check { .. } => "check",
            CellType::Date => "date",
        };
        view! {
            <td data-label=heading data-type=kind lang=language.code()>
                {match column.cell {
                    CellType::Check { .. } => view! { <CheckCell ui open_item column=column.id label keys key/> }.into_any(),
                    cell => view! { <TextCell ui open_item column=column.id label keys key is_date=cell == CellType::Date/> }.into_any(),
                }}
            </td>
        }
    });
    let cells = cells.collect_view();
    let remove = move |_| {
        if let Some(position) = keys.position(key) {
            keys.rows.update(|rows| _ = rows.remove(position));
            ui.app().remove_row(&open_item, position);
        }
    };
    view! {
        <tr data-row=number>
            {cells}
            <td>
                <button type="button" class="button button-quiet" data-action="remove-row" on:click=remove>
                    {ui.words().roster_remove}
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
    label: String,
    keys: Keys,
    key: u32,
    is_date: bool,
) -> impl IntoView {
    let position = keys.position(key).unwrap_or_default();
    let shown = open_item.entry.with_untracked(|entry| match cell(entry, position, &column) {
        Some(Cell::Text(text)) => text.clone(),
        Some(Cell::Date(date)) => write_date(*date),
        _ => String::new(),
    });
    let text = RwSignal::new(shown);
    let id = column.to_string();
    let unreadable = {
        let (open_item, column) = (open_item.clone(), column.clone());
        move || {
            let position = keys.rows.with(|rows| rows.iter().position(|row| *row == key))?;
            let is_text = open_item.entry.with(|entry| {
                matches!(cell(entry, position, &column), Some(Cell::Text(text)) if !text.trim().is_empty())
            });
            (is_date && is_text).then_some("true")
        }
    };
    let typed = move |event| {
        let typed = event_target_value(&event);
        text.set(typed.clone());
        if let Some(position) = keys.position(key) {
            let cell = if is_date { Cell::from_typed_date(typed) } else { Cell::Text(typed) };
            ui.app().edit(&open_item, Edit::Cell(position, column.clone(), cell));
        }
    };
    view! {
        <input
            type="text"
            class="input"
            autocomplete="off"
            data-column=id
            aria-label=label
            aria-invalid=unreadable
            prop:value=text
            on:input=typed
            on:blur=move |_| ui.app().save_now()
        />
    }
}

/// A cell with a yes or no.
#[component]
fn CheckCell(
    ui: Ui,
    open_item: Arc<OpenItem>,
    column: ColumnId,
    label: String,
    keys: Keys,
    key: u32,
) -> impl IntoView {
    let id = column.to_string();
    let position = keys.position(key).unwrap_or_default();
    let checked = open_item
        .entry
        .with_untracked(|entry| cell(entry, position, &column) == Some(&Cell::Check(true)));
    let change = move |event| {
        if let Some(position) = keys.position(key) {
            let cell = Cell::Check(event_target_checked(&event));
            ui.app().edit(&open_item, Edit::Cell(position, column.clone(), cell));
        }
    };
    view! {
        <label class="check check-cell">
            <input type="checkbox" data-column=id aria-label=label prop:checked=checked on:change=change/>
        </label>
    }
}

fn row_count(entry: &Entry) -> usize {
    match &entry.answer.entered {
        Entered::Roster(rows) => rows.len(),
        _ => 0,
    }
}

fn cell<'a>(entry: &'a Entry, row: usize, column: &ColumnId) -> Option<&'a Cell> {
    match &entry.answer.entered {
        Entered::Roster(rows) => rows.get(row)?.get(column),
        _ => None,
    }
}
