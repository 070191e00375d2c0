//! Sending a report: the button, the state of the upload, and the actions on it.

use leptos::prelude::*;
use std::sync::Arc;

use super::device::name_of;
use super::icon::{Glyph, Icon};
use super::{Ui, focus};
use crate::app::{Listed, Open, state_sentence};
use crate::checklist::date_from_iso;
use crate::inspection::{InspectionId, Timestamp, write_date};
use crate::messages::{Messages, fill};
use crate::upload::{State, Ticket};

/// The card of the upload. It is shown if the host names an address for reports, or something was
/// sent already.
#[component]
pub fn UploadCard(ui: Ui, open: Arc<Open>) -> impl IntoView {
    let id = open.header.with_untracked(|header| header.id.clone());
    let tickets = ui.app().signals().tickets.clone();
    let of_this = id.clone();
    let ticket = Memo::new(move |_| tickets.with(|tickets| tickets.get(&of_this).cloned()));
    let address = Memo::new(move |_| ui.app().sends_to());
    let id = StoredValue::new(id);
    let open = StoredValue::new(open);
    let is_there = move || address.with(Option::is_some) || ticket.with(Option::is_some);
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
                        let address = address.get();
                        view! { <Sent ui id=id.get_value() ticket is_changed address/> }.into_any()
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

/// The state of the report that was sent.
#[component]
fn Sent(
    ui: Ui,
    id: InspectionId,
    ticket: Ticket,
    is_changed: bool,
    /// The address to which this page sends reports, if any.
    address: Option<String>,
) -> impl IntoView {
    let words = ui.words();
    let can_send = address.is_some();
    let signals = ui.app().signals().clone();
    let of_this = id.clone();
    let sending = signals.sending.clone();
    let is_sending = Memo::new(move |_| sending.with(|sending| sending.contains(&of_this)));
    let (is_open, is_waiting, is_held) =
        (ticket.is_open(), ticket.is_waiting(), is_held(&ticket, &address));
    let name = if is_held { "held" } else { ticket.state.name() };
    let is_elsewhere = address.as_ref().is_some_and(|address| !ticket.is_for(address));
    let (again_label, again_class) = match () {
        () if is_held && is_changed => (words.upload_send_waiting, "button"),
        () if is_held => (words.upload_send_waiting, "button button-primary"),
        () if is_waiting => (words.upload_now, "button"),
        () => (words.upload_again, "button"),
    };
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
    let send_label = match () {
        () if is_changed => Some(words.upload_newer),
        () if is_elsewhere && !is_open => Some(words.upload_button),
        () => None,
    };
    let online = signals.online.clone();
    let sentence = move || match ticket.state {
        State::Waiting(_) if !can_send => words.upload_waiting_no_address.to_owned(),
        _ => sentence(&ticket, is_elsewhere, words, online.get()),
    };
    view! {
        <p
            class="upload-state"
            class:upload-failed=is_failed
            data-upload-state=move || if is_sending.get() { "sending" } else { name }
            prop:textContent=move || if is_sending.get() { words.upload_sending.to_owned() } else { sentence() }
        ></p>
        <p hidden=can_send || is_waiting>{words.upload_no_address}</p>
        <p hidden=!is_changed data-upload-changed=is_changed.to_string()>{words.upload_changed}</p>
        <div class="buttons">
            {send_label.filter(|_| can_send).map(|label| view! { <SendButton ui label/> })}
            {(is_open && can_send).then(|| {
                view! {
                    <button
                        type="button"
                        class=again_class
                        data-action="upload-again"
                        disabled=move || is_sending.get()
                        prop:textContent=again_label
                        on:click=again
                    ></button>
                }
            })}
            // A report that is being sent may have arrived already.
            {is_open.then(|| {
                view! {
                    <button
                        type="button"
                        class="button button-quiet"
                        data-action="upload-let-be"
                        disabled=move || is_sending.get()
                        on:click=let_be
                    >
                        {words.upload_let_be}
                    </button>
                }
            })}
        </div>
    }
}

/// Returns whether a report waits for the person: it has no address, or another than this page's.
fn is_held(ticket: &Ticket, address: &Option<String>) -> bool {
    let goes = |address: &String| ticket.is_for(address);
    ticket.is_waiting() && (ticket.url.is_none() || !address.as_ref().is_none_or(goes))
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
            <span prop:textContent=label></span>
        </button>
    }
}

/// Returns the state in words: with the time if the server has the report, and with the address of
/// the server if it is another one.
fn sentence(ticket: &Ticket, is_elsewhere: bool, words: &Messages, online: bool) -> String {
    let said = state_sentence(&ticket.state, words, online);
    let place = ticket.url.as_deref().map(|url| url.split(['?', '#']).next().unwrap_or(url));
    match (&ticket.state, place) {
        (State::Waiting(_), None) => words.upload_held.to_owned(),
        (State::Waiting(_), Some(place)) if is_elsewhere => {
            fill(words.upload_held_elsewhere, &[("address", place)])
        }
        (State::Uploaded { at }, place) => {
            let at = Timestamp::parse(at).map(|at| {
                let day = date_from_iso(at.day()).map(write_date).unwrap_or_default();
                fill(words.upload_uploaded_at, &[("time", at.clock()), ("day", &day)])
            });
            let elsewhere = place.filter(|_| is_elsewhere);
            let elsewhere =
                elsewhere.map(|place| fill(words.upload_elsewhere, &[("address", place)]));
            [at, Some(elsewhere.unwrap_or(said))]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" ")
        }
        _ => said,
    }
}

/// The state in a few words, for the list of inspections.
#[component]
pub fn ListedUpload(ui: Ui, listed: Listed) -> impl IntoView {
    let signals = ui.app().signals().clone();
    let words = ui.words();
    let id = listed.id.clone();
    let (sending, updated_at) = (signals.sending.clone(), listed.header.updated_at.to_string());
    move || {
        let ticket = signals.tickets.with(|tickets| tickets.get(&id).cloned())?;
        let is_sending = sending.with(|sending| sending.contains(&id));
        let (name, said) = match &ticket.state {
            _ if is_sending => ("sending", words.upload_listed_sending),
            State::Waiting(_) if is_held(&ticket, &ui.app().sends_to()) => {
                ("held", words.upload_listed_held)
            }
            State::Waiting(_) => ("waiting", words.upload_listed_waiting),
            State::Uploaded { .. } if ticket.updated_at != updated_at => {
                ("changed", words.upload_listed_changed)
            }
            State::Uploaded { .. } => ("uploaded", words.upload_listed_uploaded),
            other => (other.name(), words.upload_listed_failed),
        };
        Some(view! { <span class="upload-word" data-upload=name prop:textContent=said></span> })
    }
}

/// Tells which other workspaces of this device have reports that wait.
#[component]
pub fn WaitingElsewhere(ui: Ui) -> impl IntoView {
    let words = ui.words();
    let elsewhere = ui.app().signals().waiting_elsewhere.clone();
    move || {
        let lines = elsewhere.get().into_iter().map(|(workspace, count)| {
            let (name, count) = (name_of(&workspace, words), count.to_string());
            let text = fill(words.upload_elsewhere_waiting, &[("name", &name), ("count", &count)]);
            view! { <p class="notice" data-notice="waiting-elsewhere" prop:textContent=text></p> }
        });
        lines.collect_view()
    }
}
