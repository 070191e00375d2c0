//! A count: one whole number.

use leptos::prelude::*;
use std::sync::Arc;

use super::own::Target;
use super::{field_error, typed_text};
use crate::app::OpenItem;
use crate::checklist::Text;
use crate::inspection::{Edit, Entered, TypedField};
use crate::view::Ui;
use crate::view::field::TextField;

/// The number and what is asked for.
#[component]
pub fn Fields(ui: Ui, open_item: Arc<OpenItem>, label: Text) -> impl IntoView {
    view! {
        <Target ui open_item=open_item.clone()/>
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
