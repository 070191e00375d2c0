//! The tools for all rows of a roster: putting them in order, looking at those that fall short
//! alone, taking the names of the period before, emptying it.

use leptos::prelude::*;
use std::sync::Arc;

use super::keys::Keys;
use super::rows_of;
use crate::app::OpenItem;
use crate::checklist::{CellType, Column};
use crate::evaluation::{row_meets, unread_text};
use crate::inspection::{Edit, Row, sorted};
use crate::messages::fill;
use crate::view::heard::heard;
use crate::view::icon::{Glyph, Icon};
use crate::view::{Ui, focus, words};

/// Order and filter; nothing for less than two rows.
#[component]
pub fn RowTools(
    ui: Ui,
    open_item: Arc<OpenItem>,
    columns: Vec<Column>,
    keys: Keys,
) -> impl IntoView {
    let words = ui.words();
    let options = columns.iter().enumerate().flat_map(|(index, column)| {
        let label = column.label.in_language(ui.language());
        let ways = match column.cell {
            CellType::Text => [words.sort_up, words.sort_down],
            CellType::Check { .. } => [words.sort_no_first, words.sort_yes_first],
            CellType::Date => [words.sort_old_first, words.sort_new_first],
        };
        ways.into_iter().enumerate().map(move |(way, words)| {
            view! { <option value=format!("{index} {way}")>{format!("{label}: {words}")}</option> }
        })
    });
    let options = options.collect_view();
    let (sorted_item, sorted_columns) = (open_item.clone(), columns.clone());
    let chosen_order = RwSignal::new(String::new());
    let sort = heard(move |event| {
        let Some(chosen) = event.value() else { return };
        chosen_order.set(chosen.clone());
        let Some((index, way)) = chosen.split_once(' ') else { return };
        let column = index.parse().ok().and_then(|index: usize| sorted_columns.get(index));
        let Some(column) = column else { return };
        let rows = sorted_item.entry.with_untracked(|entry| rows_of(entry).to_vec());
        let places = sorted(&rows, &column.id, way == "1");
        let rows = places.iter().filter_map(|place| rows.get(*place).cloned()).collect();
        keys.fit(places.len());
        keys.order(&places);
        ui.app().edit_with_undo(&sorted_item, Edit::SetRows(rows), words.sorted.to_owned());
        // An order can be asked for again when rows have come.
        chosen_order.set(String::new());
    });
    let failing = heard(move |event| {
        let Some(wanted) = event.checked() else { return };
        keys.only_failing.set(wanted);
        let hidden = if wanted {
            let is_right = |row: &Row| row_meets(&columns, row) && !has_bad_date(&columns, row);
            let meets = open_item
                .entry
                .with_untracked(|entry| rows_of(entry).iter().map(is_right).collect::<Vec<_>>());
            keys.fit(meets.len());
            keys.rows.with_untracked(|rows| {
                let met = rows.iter().zip(meets).filter(|(_, meets)| *meets);
                met.map(|(key, _)| *key).collect()
            })
        } else {
            Default::default()
        };
        keys.hidden.set(hidden);
    });
    let count = move || {
        let (all, hidden) = (keys.rows.with(Vec::len), keys.hidden.with(|hidden| hidden.len()));
        let all_text = all.to_string();
        if hidden == 0 {
            fill(words.roster_count, &[("count", &all_text)])
        } else {
            let shown = all.saturating_sub(hidden).to_string();
            fill(words.roster_shown, &[("shown", &shown), ("count", &all_text)])
        }
    };
    view! {
        <div class="row-tools" hidden=move || keys.rows.with(Vec::len) < 2>
            <label class="field">
                <span>{words.roster_sort}</span>
                <select class="input" data-field="sort-rows" prop:value=chosen_order on:change=sort>
                    <option value="">{words.sort_as_is}</option>
                    {options}
                </select>
            </label>
            <label class="check">
                <input
                    type="checkbox"
                    data-field="failing-rows"
                    prop:checked=keys.only_failing
                    on:change=failing
                />
                <span>{words.roster_failing}</span>
            </label>
            <p class="row-count" role="status" prop:textContent=count></p>
        </div>
    }
}

/// Whether a row has a date that can't be read: it has to be put right.
fn has_bad_date(columns: &[Column], row: &Row) -> bool {
    let mut dates = columns.iter().filter(|column| column.cell == CellType::Date);
    dates.any(|column| row.get(&column.id).and_then(unread_text).is_some())
}

/// Takes the names of the period before; nothing where there is none.
#[component]
pub fn TakeOver(ui: Ui, open_item: Arc<OpenItem>) -> impl IntoView {
    let words = ui.words();
    let before = ui.app().before_this()?;
    let period = words::period(before.header.period, words);
    let label = fill(words.roster_take_over, &[("period", &period)]);
    let take = move |_| {
        let (app, open_item, before) = (ui.app(), open_item.clone(), before.clone());
        leptos::task::spawn_local(async move {
            if let Err(failure) = app.take_rows_over(&open_item, &before).await {
                app.report_failure(&failure);
            }
        });
    };
    Some(view! {
        <button type="button" class="button" data-action="take-over-rows" on:click=take>
            <Glyph icon=Icon::RotateCcw/>
            {label}
        </button>
    })
}

/// Empties the roster, which can be taken back.
#[component]
pub fn ClearRows(ui: Ui, open_item: Arc<OpenItem>, keys: Keys) -> impl IntoView {
    let words = ui.words();
    let clear = move |_| {
        let count = keys.rows.with_untracked(Vec::len).to_string();
        let text = fill(words.roster_cleared, &[("count", &count)]);
        ui.app().edit_with_undo(&open_item, Edit::SetRows(Vec::new()), text);
        focus::on(ui, format!("[data-item=\"{}\"] [data-action=add-row]", open_item.item.id));
    };
    view! {
        <button
            type="button"
            class="button button-quiet"
            data-action="clear-rows"
            hidden=move || keys.rows.with(Vec::len) < 2
            on:click=clear
        >
            <Glyph icon=Icon::Trash/>
            {words.roster_clear}
        </button>
    }
}
