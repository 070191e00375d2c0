//! Completing an inspection: at once when everything is answered; otherwise what is missing is shown
//! first, and a reason is asked for.

use std::sync::Arc;

use leptos::prelude::*;

use super::dialog::{self, Dialog, LeaveButton};
use super::icon::{Glyph, Icon};
use super::result::{lines, wanted};
use super::{Ui, focus};
use crate::app::Open;
use crate::inspection::Status;
use crate::messages::fill;

/// The button, and the question behind it.
#[component]
pub fn Complete(ui: Ui, open: Arc<Open>) -> impl IntoView {
    let words = ui.words();
    let asking = RwSignal::new(false);
    let header = open.header.clone();
    let can_complete = move || header.with(|header| header.status == Status::InProgress);
    let asked = open.clone();
    let complete = move |_| {
        let tally = open.summary.with_untracked(|summary| summary.all);
        if tally.answered() < tally.total {
            asking.set(true);
        } else {
            ui.app().complete(None);
            focus::keep(ui);
        }
    };
    view! {
        <button type="button" class="button" data-action="complete" hidden=move || !can_complete() on:click=complete>
            <Glyph icon=Icon::CircleCheck/>
            {words.complete_button}
        </button>
        {move || asking.get().then(|| view! { <Missing ui open=asked.clone() asking/> })}
    }
}

/// What is missing, and the reason why it is completed all the same.
#[component]
fn Missing(ui: Ui, open: Arc<Open>, asking: RwSignal<bool>) -> impl IntoView {
    let words = ui.words();
    let reason = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let missing = wanted(&open, |verdict| !verdict.is_answered());
    let title = fill(words.complete_title, &[("count", &missing.len().to_string())]);
    let error = move || {
        let is_missing = tried.get() && reason.with(|reason| reason.trim().is_empty());
        is_missing.then_some(words.complete_reason_missing)
    };
    let leave = move || asking.set(false);
    let anyway = move |_| {
        tried.set(true);
        let given = reason.get_untracked();
        if given.trim().is_empty() {
            focus::on(ui, "#complete-reason");
            return;
        }
        dialog::close(ui);
        asking.set(false);
        ui.app().complete(Some(given));
    };
    let gone_to = move || {
        dialog::close(ui);
        asking.set(false);
    };
    view! {
        <Dialog ui name="complete" title leave>
            <p>{words.complete_text}</p>
            <ul class="findings dialog-list">{lines(ui, missing, gone_to)}</ul>
            <div class="field">
                <label for="complete-reason">{words.complete_reason}</label>
                <textarea
                    id="complete-reason"
                    class="input"
                    rows="2"
                    data-field="complete-reason"
                    required
                    aria-describedby="complete-reason-error"
                    aria-invalid=move || error().map(|_| "true")
                    prop:value=reason
                    on:input=move |event| reason.set(event_target_value(&event))
                ></textarea>
                <span class="field-error" id="complete-reason-error">{error}</span>
            </div>
            <div class="buttons">
                <LeaveButton ui action="go-on" label=words.complete_go_on primary=true leave/>
                <button type="button" class="button" data-action="complete-anyway" on:click=anyway>
                    {words.complete_anyway}
                </button>
            </div>
        </Dialog>
    }
}
