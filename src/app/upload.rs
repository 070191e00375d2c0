//! What a person does about sending: sending a report, sending it once more, letting it be.

use leptos::prelude::*;

use super::shelf::put_json;
use super::{App, Failure, HostEvent, Upload};
use crate::browser::{clock, online};
use crate::inspection::InspectionId;
use crate::messages::{Messages, fill};
use crate::storage::{Key, Part, Store};
use crate::upload::{Doubt, State, Ticket};

impl App {
    /// Whether the host names an address that reports are sent to.
    #[must_use]
    pub fn can_send(&self) -> bool {
        self.signals().attributes.track();
        !self.prefill().upload_url.is_empty()
    }

    /// The person sends the report of the open inspection, as it is now. What she sent of it before and is not
    /// there yet gives way to it.
    ///
    /// # Errors
    /// When no inspection is open, or the report can't be stored to be sent.
    pub async fn send(&self) -> Result<(), Failure> {
        let open = self.open().ok_or(Failure::NoInspection)?;
        let store = self.store().ok_or(Failure::NoInspection)?;
        let report = self.report()?;
        let (id, updated_at) =
            open.header.with_untracked(|header| (header.id.clone(), header.updated_at.to_string()));
        let ticket = Ticket::new(report.sha256().to_string(), updated_at, clock::now().to_string());
        // The report's bytes are its canonical form, which is UTF-8.
        let text = String::from_utf8_lossy(report.bytes()).into_owned();
        store.put(Key { inspection: id.clone(), part: Part::Outbox }, text);
        self.note_ticket(&store, &id, Some(ticket));
        self.flush().await?;
        self.send_now(&id);
        Ok(())
    }

    /// The person has a report that is not there yet tried again at once.
    pub fn send_again(&self, id: &InspectionId) {
        let (Some(store), Some(mut ticket)) = (self.store(), self.ticket(id)) else { return };
        if ticket.is_open() {
            ticket.state = State::Waiting { status: None };
            self.note_ticket(&store, id, Some(ticket));
            self.send_now(id);
        }
    }

    /// The person does not want a report sent any more that is not there yet.
    pub fn let_be(&self, id: &InspectionId) {
        let (Some(store), Some(ticket)) = (self.store(), self.ticket(id)) else { return };
        if ticket.is_open() {
            store.put(Key { inspection: id.clone(), part: Part::Outbox }, "null".to_owned());
            self.note_ticket(&store, id, None);
            self.tell_upload(id, &ticket.sha256, "canceled", None, self.words().upload_let_be_done);
        }
    }

    /// What became of the report of an inspection that was sent.
    fn ticket(&self, id: &InspectionId) -> Option<Ticket> {
        self.signals().tickets.with_untracked(|tickets| tickets.get(id).cloned())
    }

    /// Stores what is known of a sent report, or that there is none any more, and shows it.
    pub(super) fn note_ticket(&self, store: &Store, id: &InspectionId, ticket: Option<Ticket>) {
        put_json(store, Key { inspection: id.clone(), part: Part::Upload }, &ticket);
        self.show_ticket(store, id, ticket);
    }

    /// Shows what is known of a sent report, if it is of the list that is shown.
    pub(super) fn show_ticket(&self, store: &Store, id: &InspectionId, ticket: Option<Ticket>) {
        let is_shown = self.store().is_some_and(|shown| shown.namespace() == store.namespace());
        if is_shown {
            self.signals().tickets.update(|tickets| {
                _ = match ticket {
                    Some(ticket) => tickets.insert(id.clone(), ticket),
                    None => tickets.remove(id),
                }
            });
        }
    }

    fn send_now(&self, id: &InspectionId) {
        if let Some(ticket) = self.ticket(id) {
            let state = if online::is_online() { "queued" } else { "waiting" };
            let message = state_sentence(&ticket.state, self.words());
            self.tell_upload(id, &ticket.sha256, state, None, &message);
        }
        self.forget_pause(id);
        self.send_due();
    }

    pub(super) fn tell_upload(
        &self,
        id: &InspectionId,
        sha256: &str,
        state: &'static str,
        status: Option<u16>,
        message: &str,
    ) {
        let retry_in = self.pause_of(id).map(|milliseconds| (milliseconds / 1_000.0).round());
        self.tell(HostEvent::Upload(Upload {
            inspection: id.clone(),
            sha256: sha256.to_owned(),
            state,
            status,
            message: message.to_owned(),
            retry_in: retry_in.filter(|_| state == "waiting"),
        }));
    }
}

/// How far the sending is, in words.
#[must_use]
pub fn state_sentence(state: &State, words: &Messages) -> String {
    let status = |status: u16| status.to_string();
    match state {
        State::Waiting { status: None } => words.upload_waiting.to_owned(),
        State::Waiting { status: Some(code) } => {
            fill(words.upload_waiting_server, &[("status", &status(*code))])
        }
        State::Uploaded { .. } => words.upload_uploaded.to_owned(),
        State::Unauthorized { status: code } => {
            fill(words.upload_unauthorized, &[("status", &status(*code))])
        }
        State::Unconfirmed { doubt } => match doubt {
            Doubt::Redirect | Doubt::NotJson => words.upload_sign_in.to_owned(),
            Doubt::NoDigest => words.upload_no_digest.to_owned(),
            Doubt::OtherDigest => words.upload_other_digest.to_owned(),
        },
        State::Refused { reason: Some(reason), .. } => {
            fill(words.upload_refused_reason, &[("reason", reason)])
        }
        State::Refused { status: code, .. } => {
            fill(words.upload_refused, &[("status", &status(*code))])
        }
    }
}
