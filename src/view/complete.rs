//! Completing an inspection. It happens at once if every item is answered and every finding is
//! planned. Otherwise the missing parts are shown first. Unanswered items need a reason.

use std::sync::Arc;

use leptos::prelude::*;

use super::attention::Fields;
use super::dialog::{self, Dialog, LeaveButton};
use super::heard::{by_person, heard};
use super::icon::{Glyph, Icon};
use super::reread::{Seen, text_in};
use super::result::{lines, wanted};
use super::{Ui, focus};
use crate::app::{Open, OpenItem};
use crate::evaluation::Verdict;
use crate::inspection::Status;
use crate::messages::fill;

/// The button, and the dialog behind it.
#[component]
pub fn Complete(ui: Ui, open: Arc<Open>) -> impl IntoView {
    let words = ui.words();
    let asking = RwSignal::new(false);
    let header = open.header.clone();
    let can_complete = move || header.with(|header| header.status == Status::InProgress);
    let asked = open.clone();
    let complete = move |_| {
        let tally = open.summary.with_untracked(|summary| summary.all);
        if tally.answered() < tally.total || !lacking(&open).is_empty() {
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

/// Returns the items that are not met and lack a part of their corrective action.
fn lacking(open: &Open) -> Vec<Arc<OpenItem>> {
    let lacks = |item: &Arc<OpenItem>| {
        item.entry.with_untracked(|entry| !entry.finding.gaps(&entry.answer.reason).is_empty())
    };
    wanted(open, Verdict::is_finding).into_iter().filter(lacks).collect()
}

/// The dialog with the missing items and the reason to complete the inspection all the same.
#[component]
fn Missing(ui: Ui, open: Arc<Open>, asking: RwSignal<bool>) -> impl IntoView {
    let words = ui.words();
    let reason = RwSignal::new(String::new());
    let seen = Seen::new();
    let tried = RwSignal::new(false);
    let missing = wanted(&open, |verdict| !verdict.is_answered());
    let lacking = lacking(&open);
    let count =
        |sentence, items: &[Arc<OpenItem>]| fill(sentence, &[("count", &items.len().to_string())]);
    let title = match missing.len() {
        0 => words.complete_title_findings.to_owned(),
        _ => count(words.complete_title, &missing),
    };
    let findings = (!lacking.is_empty()).then(|| count(words.complete_findings, &lacking));
    let has_missing = !missing.is_empty();
    let fields = Fields::new();
    let error = fields.told(Signal::derive(move || {
        let is_missing = tried.get() && reason.with(|reason| reason.trim().is_empty());
        is_missing.then_some(words.complete_reason_missing)
    }));
    let leave = move || asking.set(false);
    let anyway = move |_| {
        tried.set(true);
        fields.send();
        let given = reason.get_untracked();
        if has_missing && given.trim().is_empty() {
            focus::on(ui, "#complete-reason");
            return;
        }
        dialog::close(ui);
        asking.set(false);
        ui.app().complete(has_missing.then_some(given));
    };
    let gone_to = move || {
        dialog::close(ui);
        asking.set(false);
    };
    view! {
        <Dialog ui name="complete" title leave>
            <p hidden=!has_missing>{words.complete_text}</p>
            <ul class="findings dialog-list" hidden=!has_missing>{lines(ui, missing, gone_to)}</ul>
            {findings.map(|findings| view! {
                <p>{findings}</p>
                <ul class="findings dialog-list" data-lacking>{lines(ui, lacking, gone_to)}</ul>
            })}
            <div
                class="field"
                hidden=!has_missing
                on:input:capture=by_person(move |event| fields.enter(event))
                on:focusout:capture=heard(move |event| fields.leave(event))
            >
                <label for="complete-reason">{words.complete_reason}</label>
                <textarea
                    id="complete-reason"
                    class="input"
                    rows="2"
                    data-field="complete-reason"
                    required
                    aria-describedby="complete-reason-error"
                    aria-invalid=move || error.get().map(|_| "true")
                    use:text_in=(reason.into(), seen)
                    on:input=heard(move |event| _ = seen.entered(event).map(|typed| reason.set(typed)))
                ></textarea>
                <span class="field-error" id="complete-reason-error" prop:textContent=error></span>
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
