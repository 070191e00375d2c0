//! An attestation: the person's own verdict.

use leptos::prelude::*;
use std::sync::Arc;

use crate::app::OpenItem;
use crate::inspection::{Choice, Edit, Entered};
use crate::view::{Ui, words};

/// Four choices, one of them taken.
#[component]
pub fn Fields(ui: Ui, open_item: Arc<OpenItem>) -> impl IntoView {
    let choices = Choice::ALL.map(|choice| {
        let (shown, edited) = (open_item.clone(), open_item.clone());
        let chosen = move || {
            shown.entry.with(|entry| entry.answer.entered == Entered::Attestation(Some(choice)))
        };
        view! {
            <label class="choice" data-choice=choice.name()>
                <input
                    type="radio"
                    data-field="verdict"
                    name=open_item.item.id.to_string()
                    value=choice.name()
                    prop:checked=chosen
                    on:change=move |_| {
                        ui.app().edit(&edited, Edit::Verdict(choice));
                        ui.app().save_now();
                    }
                />
                <span>{words::choice(choice, ui.words())}</span>
            </label>
        }
    });
    view! { <div class="choices">{choices.collect_view()}</div> }
}
