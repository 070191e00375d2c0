//! A ratio: two whole numbers, and the inspection's own target where the directive names none.

use leptos::prelude::*;
use std::sync::Arc;

use super::{field_error, typed_text};
use crate::app::OpenItem;
use crate::checklist::{RatioTarget, Text};
use crate::inspection::{Edit, Entered, TypedField, write_decimal};
use crate::view::field::TextField;
use crate::view::{Ui, words};

/// The two numbers, and the target.
#[component]
pub fn Fields(
    ui: Ui,
    open_item: Arc<OpenItem>,
    numerator: Text,
    denominator: Text,
    target: RatioTarget,
) -> impl IntoView {
    let language = ui.language();
    let target = match target {
        RatioTarget::Fixed(target) => {
            let text = words::target(target, "%", ui.words());
            view! { <p class="item-target">{text}</p> }.into_any()
        }
        RatioTarget::Own(_) => view! {
            <TextField
                ui
                open_item=open_item.clone()
                name="target"
                label=ui.words().own_target
                inputmode="decimal"
                suffix="%"
                hint=ui.words().own_target_hint
                read=|entry| typed_text(entry, TypedField::Target, || entry.own.target.map(write_decimal))
                edit=Edit::Target
                error=field_error(ui, &open_item, TypedField::Target)
            />
        }
        .into_any(),
    };
    view! {
        {target}
        <div class="field-pair">
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
                error=field_error(ui, &open_item, TypedField::Numerator)
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
                error=field_error(ui, &open_item, TypedField::Denominator)
            />
        </div>
    }
}
