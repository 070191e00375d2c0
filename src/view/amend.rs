//! A completed inspection. It is read-only until the person chooses to change it.

use std::sync::Arc;

use leptos::prelude::*;

use super::Ui;
use super::dialog::Confirm;
use super::icon::{Glyph, Icon};
use crate::app::Open;
use crate::checklist::date_from_iso;
use crate::inspection::{Status, write_date};
use crate::messages::fill;

/// Returns whether the inspection is completed and therefore locked, as a signal.
pub fn is_locked(open: &Arc<Open>) -> Signal<bool> {
    let header = open.header.clone();
    Signal::derive(move || header.with(|header| header.status == Status::Completed))
}

/// Tells that the inspection is completed, and asks before it is opened for changes.
#[component]
pub fn Amend(
    ui: Ui,
    open: Arc<Open>,
    locked: Signal<bool>,
    asking: RwSignal<bool>,
) -> impl IntoView {
    let words = ui.words();
    let header = open.header.clone();
    let text = Signal::derive(move || {
        let day = header.with(|header| header.completed.as_ref().map(|c| c.at.day().to_owned()));
        let day = day.as_deref().and_then(date_from_iso).map(write_date).unwrap_or_default();
        fill(words.amend_text, &[("date", &day)])
    });
    view! {
        <div class="notice" hidden=move || !locked.get()>
            <Glyph icon=Icon::Lock/>
            <p>{words.completed_locked}</p>
            <button type="button" class="button" data-action="amend" on:click=move |_| asking.set(true)>
                {words.amend}
            </button>
        </div>
        {move || {
            asking.get().then(|| {
                let (title, text) = (words.amend_title, text.get_untracked());
                let go = move || ui.app().amend();
                view! { <Confirm ui name="amend" title text go_label=words.amend asking go/> }
            })
        }}
    }
}
