//! An attestation: the person's own verdict.

use leptos::prelude::*;
use std::sync::Arc;
use web_sys::HtmlInputElement;

use crate::app::OpenItem;
use crate::inspection::{Choice, Edit, Entered};
use crate::view::heard::heard;
use crate::view::reread::Seen;
use crate::view::stencil::{cut, filled, found};
use crate::view::{Ui, words};

/// Four choices, one of them taken.
#[component]
pub fn Fields(ui: Ui, open_item: Arc<OpenItem>) -> impl IntoView {
    let choices =
        cut(ui, "choices", || Choice::ALL.map(|choice| choice_view(ui, choice)).collect_view());
    let radios: Vec<HtmlInputElement> = found(&choices, "input");
    radios.iter().for_each(|radio| radio.set_name(open_item.item.id.as_str()));
    let radios = StoredValue::new_local(radios);
    let (shown, seen) = (open_item.clone(), Seen::new());
    // One effect for all four.
    Effect::new(move || {
        let chosen = shown.entry.with(|entry| match entry.answer.entered {
            Entered::Attestation(chosen) => chosen,
            _ => None,
        });
        radios.with_value(|radios| {
            seen.note(chosen.map(|choice| choice.name().to_owned()).unwrap_or_default());
            for (radio, choice) in radios.iter().zip(Choice::ALL) {
                radio.set_checked(chosen == Some(choice));
            }
        });
    });
    let choose = heard(move |event| {
        let name = seen.entered(event);
        let chosen = Choice::ALL.into_iter().find(|choice| name.as_deref() == Some(choice.name()));
        if let Some(choice) = chosen {
            ui.app().edit(&open_item, Edit::Verdict(choice));
            ui.app().save_now();
        }
    });
    view! { <div class="choices" use:filled=choices on:change=choose></div> }
}

fn choice_view(ui: Ui, choice: Choice) -> impl IntoView {
    view! {
        <label class="choice" data-choice=choice.name()>
            <input type="radio" data-field="verdict" value=choice.name()/>
            <span>{words::choice(choice, ui.words())}</span>
        </label>
    }
}
