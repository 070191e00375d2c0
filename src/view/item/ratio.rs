//! A ratio: two whole numbers, and the percentage that is asked for.

use leptos::prelude::*;
use std::sync::Arc;

use super::own::Target;
use super::{field_error, typed_text};
use crate::app::OpenItem;
use crate::checklist::Text;
use crate::inspection::{Edit, Entered, TypedField};
use crate::view::Ui;
use crate::view::field::TextField;

/// The two numbers, and the target.
#[component]
pub fn Fields(
    ui: Ui,
    open_item: Arc<OpenItem>,
    numerator: Text,
    denominator: Text,
) -> impl IntoView {
    let language = ui.language();
    let error = |field| field_error(ui, &open_item, field);
    let (numerator_error, denominator_error) =
        (error(TypedField::Numerator), error(TypedField::Denominator));
    view! {
        <Target ui open_item=open_item.clone()/>
        // While one of them is corrected, the other is still that of before.
        <div class="field-pair" data-together>
            <TextField
                ui
                open_item=open_item.clone()
                name="numerator"
                label=numerator.get(language)
                inputmode="numeric"
                read=|entry| {
                    typed_text(entry, TypedField::Numerator, || match entry.answer.entered {
                        Entered::Ratio { numerator, .. } => numerator.map(|n| n.to_string()),
                        _ => None,
                    })
                }
                edit=Edit::Numerator
                error=numerator_error
                other_error=denominator_error
            />
            <TextField
                ui
                open_item=open_item.clone()
                name="denominator"
                label=denominator.get(language)
                inputmode="numeric"
                read=|entry| {
                    typed_text(entry, TypedField::Denominator, || match entry.answer.entered {
                        Entered::Ratio { denominator, .. } => denominator.map(|n| n.to_string()),
                        _ => None,
                    })
                }
                edit=Edit::Denominator
                error=denominator_error
                other_error=numerator_error
            />
        </div>
    }
}
