//! Several yes/no parts of one requirement.

use leptos::prelude::*;
use std::sync::Arc;

use crate::app::OpenItem;
use crate::checklist::{Kind, Part};
use crate::inspection::{Edit, Entered};
use crate::view::Ui;
use crate::view::field::CheckField;

/// A box for each part, and one answer for 'none of them'.
#[component]
pub fn Fields(ui: Ui, open_item: Arc<OpenItem>, parts: Vec<Part>) -> impl IntoView {
    let boxes = parts.into_iter().map(|part| {
        let (shown, edited) = (open_item.clone(), open_item.clone());
        let (shown_id, edited_id) = (part.id.clone(), part.id.clone());
        let yes = Signal::derive(move || {
            shown.entry.with(|entry| match &entry.answer.entered {
                Entered::Parts(parts) => parts.get(&shown_id).copied().unwrap_or_default(),
                _ => false,
            })
        });
        view! {
            <CheckField
                name="part"
                value=part.id.to_string()
                label=part.text.get(ui.language())
                checked=yes
                change=move |yes| ui.app().edit(&edited, Edit::Part(edited_id.clone(), yes))
            />
        }
    });
    let boxes = boxes.collect_view();
    view! {
        <p class="item-target">{ui.words().parts_ask}</p>
        <div class="checks">{boxes}</div>
        <NoneOfThem ui open_item/>
    }
}

/// Says that none is done, which is other than not having answered: offered until there is an
/// answer.
#[component]
pub fn NoneOfThem(ui: Ui, open_item: Arc<OpenItem>) -> impl IntoView {
    let edited = open_item.clone();
    let label = match open_item.item.kind {
        Kind::Periodic { .. } => ui.words().none_of_periods,
        _ => ui.words().none_of_them,
    };
    let unanswered = move || {
        open_item.entry.with(|entry| match &entry.answer.entered {
            Entered::Parts(parts) => parts.is_empty(),
            Entered::Periodic(done) => done.is_none(),
            _ => false,
        })
    };
    view! {
        <button
            type="button"
            class="button button-quiet"
            data-action="none-of-them"
            hidden=move || !unanswered()
            on:click=move |_| ui.app().edit(&edited, Edit::NoneOfThem)
        >
            {label}
        </button>
    }
}
