//! A quantity: a number with a unit.

use leptos::prelude::*;
use std::sync::Arc;

use super::own::Target;
use super::{field_error, typed_text};
use crate::app::OpenItem;
use crate::checklist::Text;
use crate::inspection::{Edit, Entered, TypedField, write_decimal};
use crate::view::Ui;
use crate::view::field::TextField;

/// The number, its unit and what is asked for.
#[component]
pub fn Fields(ui: Ui, open_item: Arc<OpenItem>, label: Text, unit: Text) -> impl IntoView {
    let unit = unit.get(ui.language());
    view! {
        <Target ui open_item=open_item.clone()/>
        <TextField
            ui
            open_item=open_item.clone()
            name="quantity"
            label=label.get(ui.language())
            inputmode="decimal"
            suffix=unit
            hint=ui.words().hint_decimal
            read=|entry| {
                typed_text(entry, TypedField::Quantity, || match entry.answer.entered {
                    Entered::Quantity(quantity) => quantity.map(write_decimal),
                    _ => None,
                })
            }
            edit=Edit::Quantity
            error=field_error(ui, &open_item, TypedField::Quantity)
        />
    }
}
