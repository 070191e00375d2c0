//! A count: one whole number.

use leptos::prelude::*;
use std::sync::Arc;

use super::{field_error, typed_text};
use crate::app::OpenItem;
use crate::checklist::{Target, Text};
use crate::inspection::{Edit, Entered, TypedField};
use crate::view::field::TextField;
use crate::view::{Ui, words};

/// The number and what is asked for.
#[component]
pub fn Fields(ui: Ui, open_item: Arc<OpenItem>, label: Text, target: Target) -> impl IntoView {
    view! {
        <p class="item-target">{words::target(target, "", ui.words())}</p>
        <TextField
            ui
            open_item=open_item.clone()
            name="count"
            label=label.get(ui.language())
            inputmode="numeric"
            read=|entry| {
                typed_text(entry, TypedField::Count, || match entry.answer.entered {
                    Entered::Count(count) => count.map(|count| count.to_string()),
                    _ => None,
                })
            }
            edit=Edit::Count
            error=field_error(ui, &open_item, TypedField::Count)
        />
    }
}
