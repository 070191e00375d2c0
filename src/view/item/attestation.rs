//! An attestation: the person's own verdict.

use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;

use crate::app::OpenItem;
use crate::inspection::{Choice, Edit, Entered};
use crate::view::{Ui, words};

/// Four choices, one of them taken.
#[component]
pub fn Fields(ui: Ui, open_item: Arc<OpenItem>) -> impl IntoView {
    let choices = NodeRef::<leptos::html::Div>::new();
    let shown = open_item.clone();
    // One effect for all four.
    Effect::new(move || {
        let entered = shown.entry.with(|entry| entry.answer.entered.clone());
        let Some(choices) = choices.get() else { return };
        for choice in Choice::ALL {
            let radio = choices.query_selector(&format!("[value=\"{}\"]", choice.name()));
            let radio =
                radio.ok().flatten().and_then(|radio| radio.dyn_into::<HtmlInputElement>().ok());
            if let Some(radio) = radio {
                radio.set_checked(entered == Entered::Attestation(Some(choice)));
            }
        }
    });
    let radios = Choice::ALL.map(|choice| {
        let edited = open_item.clone();
        view! {
            <label class="choice" data-choice=choice.name()>
                <input
                    type="radio"
                    data-field="verdict"
                    name=open_item.item.id.to_string()
                    value=choice.name()
                    on:change=move |_| {
                        ui.app().edit(&edited, Edit::Verdict(choice));
                        ui.app().save_now();
                    }
                />
                <span>{words::choice(choice, ui.words())}</span>
            </label>
        }
    });
    view! { <div class="choices" node_ref=choices>{radios.collect_view()}</div> }
}
