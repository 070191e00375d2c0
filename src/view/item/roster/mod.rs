//! A roster: rows of things, each with what it needs.

mod keys;
mod paste;
mod row;
mod tools;

use leptos::prelude::*;
use std::sync::Arc;

use super::own::Target;
use crate::app::OpenItem;
use crate::checklist::{CellType, Column, ColumnId};
use crate::inspection::{Edit, Entered, Entry, Row};
use crate::view::icon::{Glyph, Icon};
use crate::view::{Ui, focus};
use keys::Keys;
use paste::{PasteButton, PasteRows};
use row::RowView;
use tools::{ClearRows, RowTools, TakeOver};

/// The table with its buttons.
#[component]
pub fn Fields(ui: Ui, open_item: Arc<OpenItem>, columns: Vec<Column>) -> impl IntoView {
    let words = ui.words();
    let language = ui.language();
    let keys = Keys::new(open_item.entry.with_untracked(|entry| rows_of(entry).len()));
    follow(&open_item, keys);
    let heads = columns.iter().map(|column| {
        let (label, language) = column.label.get(language);
        let (id, kind) = (head_id(&open_item, &column.id), cell_name(column.cell));
        view! { <th scope="col" id=id data-type=kind lang=language.code()>{label.to_owned()}</th> }
    });
    let heads = heads.collect_view();
    let is_pasting = open_item.pasted.with_untracked(|pasted| !pasted.text.is_empty());
    let paste_open = RwSignal::new(is_pasting);
    let paste_id = StoredValue::new(format!("{}-paste", open_item.item.id));
    let add = {
        let open_item = open_item.clone();
        move |_| {
            ui.app().edit(&open_item, Edit::AddRows(vec![Row::new()]));
            let last = open_item.entry.with_untracked(|entry| rows_of(entry).len());
            keys.fit(last);
            let row = format!("[data-item=\"{}\"] [data-row=\"{last}\"]", open_item.item.id);
            focus::on(ui, format!("{row} [data-column]"));
        }
    };
    let of = || open_item.clone();
    let (tools, taken, cleared, pasted) = (of(), of(), of(), of());
    let (tool_columns, paste_columns) = (columns.clone(), columns.clone());
    view! {
        <Target ui open_item=open_item.clone()/>
        <div class="roster">
            <p class="item-help" hidden=move || keys.rows.with(|rows| !rows.is_empty())>{words.roster_empty}</p>
            <RowTools ui open_item=tools columns=tool_columns keys/>
            <table hidden=move || keys.rows.with(Vec::is_empty)>
                <thead>
                    <tr>
                        <th scope="col" data-type="number">{words.roster_number}</th>
                        {heads}
                        <th scope="col" data-type="end"><span class="visually-hidden">{words.roster_remove}</span></th>
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
                    <Glyph icon=Icon::Plus/>
                    {words.roster_add}
                </button>
                <PasteButton ui is_open=paste_open id=paste_id/>
                <TakeOver ui open_item=taken/>
                <ClearRows ui open_item=cleared keys/>
            </div>
            <PasteRows ui open_item=pasted columns=paste_columns keys is_open=paste_open id=paste_id/>
        </div>
    }
}

/// Has the page keep as many rows as the entry has. The cells follow what is in them themselves, so
/// that a change from elsewhere takes no row away under a person's hands.
fn follow(open_item: &Arc<OpenItem>, keys: Keys) {
    let open_item = open_item.clone();
    Effect::new(move |before: Option<u32>| {
        let times = open_item.refreshed.get();
        open_item.entry.track();
        let is_emptied = open_item.entry.with_untracked(|entry| rows_of(entry).is_empty());
        if before.is_some_and(|before| before != times) || is_emptied {
            keys.show_all();
        }
        fill_up(open_item.clone(), keys);
        times
    });
}

/// Makes the rows that are missing in the page, some at each frame.
fn fill_up(open_item: Arc<OpenItem>, keys: Keys) {
    let count = open_item.entry.with_untracked(|entry| rows_of(entry).len());
    if keys.rows.try_with_untracked(Vec::len) != Some(count) && keys.grow(count) == Some(true) {
        request_animation_frame(move || fill_up(open_item, keys));
    }
}

/// The id of a column's heading, by which its cells are named.
fn head_id(open_item: &OpenItem, column: &ColumnId) -> String {
    format!("{}-head-{column}", open_item.item.id)
}

/// Returns the name of a column's type, for its width.
const fn cell_name(cell: CellType) -> &'static str {
    match cell {
        CellType::Text => "text",
        CellType::Check { .. } => "check",
        CellType::Date => "date",
    }
}

fn rows_of(entry: &Entry) -> &[Row] {
    match &entry.answer.entered {
        Entered::Roster(rows) => rows,
        _ => &[],
    }
}
