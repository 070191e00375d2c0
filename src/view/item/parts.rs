//! Several yes/no parts of one requirement.

use leptos::prelude::*;
use std::sync::Arc;

use crate::app::OpenItem;
use crate::checklist::{Kind, Part};
use crate::inspection::{Edit, Entered, PartState};
use crate::view::Ui;
use crate::view::field::CheckField;

/// Two boxes for each part, 'done' and 'no case arose', and one answer for 'none of them'.
#[component]
pub fn Fields(ui: Ui, open_item: Arc<OpenItem>, parts: Vec<Part>) -> impl IntoView {
    let boxes = parts.into_iter().map(|part| {
        let (text, language) = part.text.get(ui.language());
        let is = |state: PartState| {
            let (open_item, id) = (open_item.clone(), part.id.clone());
            Signal::derive(move || {
                open_item.entry.with(|entry| match &entry.answer.entered {
                    Entered::Parts(parts) => parts.get(&id) == Some(&state),
                    _ => false,
                })
            })
        };
        let set = |on: PartState, off: Option<PartState>| {
            let (open_item, id) = (open_item.clone(), part.id.clone());
            move |yes| {
                let state = if yes { Some(on) } else { off };
                ui.app().edit(&open_item, Edit::Part(id.clone(), state));
            }
        };
        view! {
            <div class="part" role="group" aria-label=text.to_owned() lang=language.code()>
                <CheckField
                    name="part"
                    value=part.id.to_string()
                    label=(text, language)
                    checked=is(PartState::Done)
                    change=set(PartState::Done, Some(PartState::NotDone))
                />
                <CheckField
                    name="part-na"
                    value=part.id.to_string()
                    label=(ui.words().no_case_arose, ui.language())
                    checked=is(PartState::NotArisen)
                    change=set(PartState::NotArisen, None)
                />
            </div>
        }
    });
    let boxes = boxes.collect_view();
    view! {
        <p class="item-target">{ui.words().parts_ask}</p>
        <div class="parts">{boxes}</div>
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
