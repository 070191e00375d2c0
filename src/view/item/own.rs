//! The figure, date or interval that an item asks for, and fields for the inspection's own.

use leptos::prelude::*;
use std::sync::Arc;

use super::{field_error, typed_text};
use crate::app::OpenItem;
use crate::checklist::{Frequency, Kind, RatioTarget};
use crate::inspection::{Edit, Entered, TypedField, write_decimal};
use crate::messages::fill;
use crate::view::field::TextField;
use crate::view::heard::heard;
use crate::view::reread::{Seen, text_in};
use crate::view::{Ui, words};

/// The figure, date or interval that is asked for: the printed one, and that of the inspection
/// beside it.
#[component]
pub fn Asked(ui: Ui, open_item: Arc<OpenItem>) -> impl IntoView {
    let asked = Signal::derive(move || {
        let own = open_item.entry.with(|entry| entry.own);
        words::asked(&open_item.item.kind, own, ui.language(), ui.words())
    });
    view! {
        <p
            class="item-target"
            hidden=move || asked.with(String::is_empty)
            prop:textContent=asked
        ></p>
    }
}

/// The figure that is asked for, and a field for the inspection's own.
#[component]
pub fn Target(ui: Ui, open_item: Arc<OpenItem>) -> impl IntoView {
    let words = ui.words();
    let kind = &open_item.item.kind;
    let inputmode = if matches!(kind, Kind::Count { .. }) { "numeric" } else { "decimal" };
    let unit = words::figure_unit(kind, ui.language()).trim().to_owned();
    let (label, hint) = match kind.target() {
        Some(RatioTarget::Own(_)) => (words.own_target, words.own_target_hint),
        _ => (words.own_target_other, ""),
    };
    view! {
        <div class="asked">
            <Asked ui open_item=open_item.clone()/>
            <TextField
                ui
                open_item=open_item.clone()
                name="target"
                label
                inputmode
                suffix=unit
                hint
                read=|entry| {
                    typed_text(entry, TypedField::Target, || entry.own.target.map(write_decimal))
                }
                edit=Edit::Target
                error=field_error(ui, &open_item, TypedField::Target)
            />
        </div>
    }
}

/// The interval that is asked for, and a choice of the inspection's own.
#[component]
pub fn Every(ui: Ui, open_item: Arc<OpenItem>, printed: Frequency) -> impl IntoView {
    let words = ui.words();
    let id = format!("{}-every", open_item.item.id);
    let shown = {
        let open_item = open_item.clone();
        Signal::derive(move || {
            let own = open_item.entry.with(|entry| entry.own);
            own.every_of(printed).name().to_owned()
        })
    };
    let options = Frequency::ALL.map(|every| {
        let name = words::frequency(every, words);
        let name = if every == printed {
            fill(words.own_every_printed, &[("every", name)])
        } else {
            name.to_owned()
        };
        view! { <option value=every.name()>{name}</option> }
    });
    let seen = Seen::new();
    let asked = open_item.clone();
    let changed = heard(move |event| {
        let Some(chosen) = seen.entered(event) else { return };
        let chosen = Frequency::ALL.into_iter().find(|every| every.name() == chosen);
        let edit = Edit::Every(chosen.filter(|every| *every != printed));
        let has_ticks = open_item.entry.with_untracked(|entry| {
            matches!(&entry.answer.entered, Entered::Periodic(Some(done)) if !done.is_empty())
        });
        if has_ticks {
            // Ticks of months say nothing of quarters: they go, and can be taken back.
            ui.app().edit_with_undo(&open_item, edit, words.own_every_dropped.to_owned());
        } else {
            ui.app().edit(&open_item, edit);
        }
    });
    view! {
        <div class="asked">
            <Asked ui open_item=asked/>
            <div class="field">
                <label for=id.clone()>{words.own_every}</label>
                <select
                    id=id
                    class="input"
                    data-field="every"
                    use:text_in=(shown, seen)
                    on:change=changed
                >
                    {options.collect_view()}
                </select>
            </div>
        </div>
    }
}
