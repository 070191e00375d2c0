//! Sending a report: the button, what became of it, and what can be done about that.

use leptos::prelude::*;
use std::sync::Arc;

use super::icon::{Glyph, Icon};
use super::{Ui, focus};
use crate::app::{Listed, Open, state_sentence};
use crate::checklist::date_from_iso;
use crate::inspection::{InspectionId, Timestamp, write_date};
use crate::messages::{Messages, fill};
use crate::upload::{State, Ticket};

/// Where the host names an address to send reports to, or something was sent already.
#[component]
pub fn UploadCard(ui: Ui, open: Arc<Open>) -> impl IntoView {
    let id = open.header.with_untracked(|header| header.id.clone());
    let tickets = ui.app().signals().tickets.clone();
    let of_this = id.clone();
    let ticket = Memo::new(move |_| tickets.with(|tickets| tickets.get(&of_this).cloned()));
    let can_send = Memo::new(move |_| ui.app().can_send());
    let id = StoredValue::new(id);
    let open = StoredValue::new(open);
    let is_there = move || can_send.get() || ticket.with(Option::is_some);
    let words = ui.words();
    move || {
        is_there().then(|| {
            let body = move || {
                let updated_at = open.with_value(|open| {
                    open.header.with_untracked(|header| header.updated_at.to_string())
                });
                match ticket.get() {
                    None => view! {
                        <p class="field-hint">{words.upload_hint}</p>
                        <div class="buttons"><SendButton ui label=words.upload_button/></div>
                    }
                    .into_any(),
                    Some(ticket) => {
                        let is_changed = ticket.updated_at != updated_at;
                        view! { <Sent ui id=id.get_value() ticket is_changed can_send/> }.into_any()
                    }
                }
            };
            view! {
                <section class="card upload" aria-labelledby="upload-title">
                    <h2 id="upload-title" tabindex="-1">{words.upload_title}</h2>
                    {body}
                </section>
            }
        })
    }
}

/// What became of what was sent.
#[component]
fn Sent(
    ui: Ui,
    id: InspectionId,
    ticket: Ticket,
    is_changed: bool,
    can_send: Memo<bool>,
) -> impl IntoView {
    let words = ui.words();
    let sending = ui.app().signals().sending.clone();
    let of_this = id.clone();
    let is_sending = Memo::new(move |_| sending.with(|sending| sending.as_ref() == Some(&of_this)));
    let (name, is_open, is_waiting) = (ticket.state.name(), ticket.is_open(), ticket.is_waiting());
    let sentence = sentence(&ticket.state, words);
    let again_label = if is_waiting { words.upload_now } else { words.upload_again };
    let (again, let_be) = (id.clone(), id);
    let again = move |_| {
        ui.app().send_again(&again);
        focus::on(ui, "#upload-title");
    };
    let let_be = move |_| {
        ui.app().let_be(&let_be);
        focus::on(ui, "#upload-title");
    };
    let is_failed = is_open && !is_waiting;
    let no_address = move || (!can_send.get()).then_some(words.upload_no_address);
    view! {
        <p
            class="upload-state"
            class:upload-failed=is_failed
            data-upload-state=move || if is_sending.get() { "sending" } else { name }
        >
            {move || if is_sending.get() { words.upload_sending.to_owned() } else { sentence.clone() }}
        </p>
        <p>{no_address}</p>
        <p hidden=!is_changed data-upload-changed=is_changed.to_string()>{words.upload_changed}</p>
        <div class="buttons">
            {is_changed.then(|| view! { <SendButton ui label=words.upload_newer/> })}
            {is_open.then(|| {
                view! {
                    <button
                        type="button"
                        class="button"
                        data-action="upload-again"
                        disabled=move || is_sending.get()
                        on:click=again
                    >
                        {again_label}
                    </button>
                    <button
                        type="button"
                        class="button button-quiet"
                        data-action="upload-let-be"
                        on:click=let_be
                    >
                        {words.upload_let_be}
                    </button>
                }
            })}
        </div>
    }
}

#[component]
fn SendButton(ui: Ui, label: &'static str) -> impl IntoView {
    let send = move |_| {
        let app = ui.app();
        leptos::task::spawn_local(async move {
            if let Err(failure) = app.send().await {
                app.report_failure(&failure);
            }
            focus::on(ui, "#upload-title");
        });
    };
    view! {
        <button type="button" class="button button-primary" data-action="upload" on:click=send>
            <Glyph icon=Icon::Send/>
            {label}
        </button>
    }
}

/// How far it is, with the time where the server has it.
fn sentence(state: &State, words: &Messages) -> String {
    let at = match state {
        State::Uploaded { at } => Timestamp::parse(at),
        _ => None,
    };
    let said = state_sentence(state, words);
    match at {
        Some(at) => {
            let day = date_from_iso(at.day()).map(write_date).unwrap_or_default();
            let at = fill(words.upload_uploaded_at, &[("time", at.clock()), ("day", &day)]);
            format!("{at} {said}")
        }
        None => said,
    }
}

/// How far it is, in a few words for the list of inspections.
#[component]
pub fn ListedUpload(ui: Ui, listed: Listed) -> impl IntoView {
    let signals = ui.app().signals().clone();
    let words = ui.words();
    let id = listed.id.clone();
    let (sending, updated_at) = (signals.sending.clone(), listed.header.updated_at.to_string());
    move || {
        let ticket = signals.tickets.with(|tickets| tickets.get(&id).cloned())?;
        let is_sending = sending.with(|sending| sending.as_ref() == Some(&id));
        let (name, said) = match &ticket.state {
            _ if is_sending => ("sending", words.upload_listed_sending),
            State::Waiting { .. } => ("waiting", words.upload_listed_waiting),
            State::Uploaded { .. } if ticket.updated_at != updated_at => {
                ("changed", words.upload_listed_changed)
            }
            State::Uploaded { .. } => ("uploaded", words.upload_listed_uploaded),
            other => (other.name(), words.upload_listed_failed),
        };
        Some(view! { <span class="upload-word" data-upload=name>{said}</span> })
    }
}
