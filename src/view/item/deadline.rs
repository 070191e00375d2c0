//! A deadline: the date on which it was done, or 'not yet', and the inspection's own date.

use leptos::prelude::*;
use std::sync::Arc;

use super::own::Asked;
use super::{field_error, typed_text};
use crate::app::OpenItem;
use crate::checklist::Due;
use crate::inspection::{Done, Edit, Entered, TypedField, write_date};
use crate::messages::fill;
use crate::view::Ui;
use crate::view::field::{CheckField, Leaving, TextField};

/// The date, 'not yet', and this inspection's own due date.
#[component]
pub fn Fields(ui: Ui, open_item: Arc<OpenItem>, due: Due) -> impl IntoView {
    let words = ui.words();
    let leaving = Leaving::AsDate(ui.app().period());
    let own_due = match due {
        Due::Before(_) => words.own_due_before,
        Due::By(_) => words.own_due_by,
    };
    let (shown, edited) = (open_item.clone(), open_item.clone());
    let not_yet = Signal::derive(move || {
        shown.entry.with(|entry| entry.answer.entered == Entered::Deadline(Some(Done::NotYet)))
    });
    view! {
        <Asked ui open_item=open_item.clone()/>
        <div class="field-pair">
            <TextField
                ui
                open_item=open_item.clone()
                name="date"
                label=words.deadline_done
                inputmode="text"
                hint=ui.date_hint(words.hint_date)
                leaving
                read=|entry| {
                    typed_text(entry, TypedField::Done, || match entry.answer.entered {
                        Entered::Deadline(Some(Done::On(date))) => Some(write_date(date)),
                        _ => None,
                    })
                }
                edit=Edit::Date
                error=field_error(ui, &open_item, TypedField::Done)
            />
            <TextField
                ui
                open_item=open_item.clone()
                name="due"
                label=own_due
                inputmode="text"
                hint=ui.date_hint(words.own_due_hint)
                leaving
                read=|entry| typed_text(entry, TypedField::Due, || entry.own.due.map(write_date))
                edit=Edit::Due
                error=field_error(ui, &open_item, TypedField::Due)
            />
        </div>
        <CheckField
            name="not-yet"
            label=words.deadline_not_yet
            checked=not_yet
            change=move |yes| not_yet_chosen(ui, &edited, yes)
        />
    }
}

/// 'Not yet' takes the place of a date, which can be taken back.
fn not_yet_chosen(ui: Ui, open_item: &Arc<OpenItem>, yes: bool) {
    let date = open_item.entry.with_untracked(|entry| match entry.answer.entered {
        Entered::Deadline(Some(Done::On(date))) => Some(write_date(date)),
        _ => entry.answer.unread.get(&TypedField::Done).cloned(),
    });
    match date.filter(|_| yes) {
        Some(date) => {
            let text = fill(ui.words().deadline_date_dropped, &[("date", &date)]);
            ui.app().edit_with_undo(open_item, Edit::NotYet(yes), text);
            open_item.refresh();
        }
        None => ui.app().edit_and_refresh(open_item, Edit::NotYet(yes)),
    }
}
