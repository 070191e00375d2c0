//! A person's actions on sending: sending a report, sending it again, cancelling it.

use leptos::prelude::*;

use crate::app::shelf::put_json;
use crate::app::{App, Failure, HostEvent, Listed, Undo, Upload};
use crate::browser::clock;
use crate::inspection::InspectionId;
use crate::messages::{Messages, fill};
use crate::storage::Store;
use crate::stored::{Key, NOTHING_TO_SEND, Part};
use crate::upload::{Cause, Doubt, State, Ticket};

impl App {
    /// Returns the full address to which the host has reports sent, if it names a valid one.
    #[must_use]
    pub fn sends_to(&self) -> Option<String> {
        self.signals().attributes.track();
        self.upload_address()
    }

    /// Returns the number of reports that wait to be sent, in all workspaces.
    #[must_use]
    pub fn unsent(&self) -> usize {
        let signals = self.signals();
        let tickets = signals.tickets.get();
        let waits = |listed: &&Listed| {
            !listed.deleted && tickets.get(&listed.id).is_some_and(Ticket::is_waiting)
        };
        let here = signals.listed.with(|listed| listed.iter().filter(waits).count());
        let elsewhere = signals.waiting_elsewhere.get();
        here + elsewhere.into_iter().map(|(_, count)| count).sum::<usize>()
    }

    /// Sends the report of the open inspection, as it is now. It replaces a report of this
    /// inspection that was not delivered yet.
    ///
    /// # Errors
    /// When no inspection is open, or the host names no valid address.
    pub async fn send(&self) -> Result<(), Failure> {
        let open = self.open().ok_or(Failure::NoInspection)?;
        let store = self.store().ok_or(Failure::NoInspection)?;
        let url = self.upload_address().ok_or(Failure::BadAttribute("upload-url"))?;
        let report = self.report()?;
        let (id, updated_at) =
            open.header.with_untracked(|header| (header.id.clone(), header.updated_at.to_string()));
        let (sha256, now) = (report.sha256().to_string(), clock::now().to_string());
        let ticket = Ticket::new(sha256, url, updated_at, now, self.ticket(&id));
        // The report's bytes are its canonical form, which is UTF-8.
        let text = String::from_utf8_lossy(report.bytes()).into_owned();
        self.withdraw(|undo| matches!(undo, Undo::Completion(_)));
        store.put(Key { inspection: id.clone(), part: Part::Outbox }, text);
        self.note_ticket(&store, &id, Some(ticket));
        // A report that can't be stored is sent from memory. The store reports the error.
        _ = store.flush().await;
        self.send_now(&id);
        Ok(())
    }

    /// Retries a report that was not delivered yet, at once and at the address that the host names
    /// now.
    pub fn send_again(&self, id: &InspectionId) {
        let (Some(store), Some(ticket)) = (self.store(), self.ticket(id)) else { return };
        match self.upload_address() {
            None => self.report_failure(&Failure::BadAttribute("upload-url")),
            Some(url) if ticket.is_open() => {
                self.note_ticket(&store, id, Some(ticket.again(url)));
                self.send_now(id);
            }
            Some(_) => {}
        }
    }

    /// Cancels a report that was not delivered yet.
    pub fn let_be(&self, id: &InspectionId) {
        let (Some(store), Some(ticket)) = (self.store(), self.ticket(id)) else { return };
        if ticket.is_open() {
            store.put(
                Key { inspection: id.clone(), part: Part::Outbox },
                NOTHING_TO_SEND.to_owned(),
            );
            self.tell_upload(id, &ticket, "canceled", None, self.words().upload_let_be_done);
            self.note_ticket(&store, id, ticket.delivered.map(|delivered| *delivered));
        }
    }

    /// Returns whether a report of an inspection waits to be sent and is not being sent.
    pub(in crate::app) fn is_waiting(&self, id: &InspectionId) -> bool {
        let is_sending = self.signals().sending.with_untracked(|sending| sending.contains(id));
        !is_sending && self.ticket(id).is_some_and(|ticket| ticket.is_waiting())
    }

    /// Returns the ticket of an inspection's report that was sent.
    fn ticket(&self, id: &InspectionId) -> Option<Ticket> {
        self.signals().tickets.with_untracked(|tickets| tickets.get(id).cloned())
    }

    /// Stores the ticket of a sent report, or that there is none any more, and shows it.
    pub(in crate::app) fn note_ticket(
        &self,
        store: &Store,
        id: &InspectionId,
        ticket: Option<Ticket>,
    ) {
        put_json(store, Key { inspection: id.clone(), part: Part::Upload }, &ticket);
        self.show_ticket(store, id, ticket);
    }

    /// Returns whether a store is that of the workspace that is shown.
    pub(in crate::app) fn is_shown(&self, store: &Store) -> bool {
        self.store().is_some_and(|shown| shown.namespace() == store.namespace())
    }

    /// Shows the ticket of a sent report, if its workspace is shown.
    pub(in crate::app) fn show_ticket(
        &self,
        store: &Store,
        id: &InspectionId,
        ticket: Option<Ticket>,
    ) {
        if self.is_shown(store) {
            self.list_changes();
            self.signals().tickets.update(|tickets| {
                _ = match ticket {
                    Some(ticket) => tickets.insert(id.clone(), ticket),
                    None => tickets.remove(id),
                }
            });
        }
    }

    fn send_now(&self, id: &InspectionId) {
        self.forget_attempts(id);
        // Earlier errors are out of date.
        self.dismiss_errors();
        if let Some(ticket) = self.ticket(id) {
            let message = state_sentence(&ticket.state, self.words(), true);
            self.tell_upload(id, &ticket, "queued", None, &message);
        }
        self.send_at_once(id);
    }

    pub(in crate::app) fn tell_upload(
        &self,
        id: &InspectionId,
        ticket: &Ticket,
        state: &'static str,
        status: Option<u16>,
        message: &str,
    ) {
        let wait = (self.wait_of(id, ticket) / 1_000.0).round();
        self.tell(HostEvent::Upload(Upload {
            inspection: id.clone(),
            sha256: ticket.sha256.clone(),
            state,
            status,
            message: message.to_owned(),
            retry_in: Some(wait).filter(|_| state == "waiting"),
        }));
    }
}

/// Returns the state of sending in words. `online` is whether the browser believes that there is a
/// network.
#[must_use]
pub fn state_sentence(state: &State, words: &Messages, online: bool) -> String {
    let with_status = |text, status: u16| fill(text, &[("status", &status.to_string())]);
    match state {
        State::Waiting(Cause { doubt: Some(doubt), .. }) | State::Unconfirmed { doubt } => {
            doubt_sentence(*doubt, words).to_owned()
        }
        State::Waiting(Cause { status: Some(code), reason: Some(reason), .. }) => {
            fill(&with_status(words.upload_waiting_reason, *code), &[("reason", reason)])
        }
        State::Waiting(Cause { status: Some(code @ (404 | 405)), .. }) => {
            with_status(words.upload_waiting_place, *code)
        }
        State::Waiting(Cause { status: Some(code), .. }) => {
            with_status(words.upload_waiting_server, *code)
        }
        State::Waiting(_) if online => words.upload_waiting_answer.to_owned(),
        State::Waiting(_) => words.upload_waiting.to_owned(),
        State::Uploaded { .. } => words.upload_uploaded.to_owned(),
        State::Unauthorized { status } => with_status(words.upload_unauthorized, *status),
        State::Damaged => words.upload_damaged.to_owned(),
        State::Refused { reason: Some(reason), .. } => {
            fill(words.upload_refused_reason, &[("reason", reason)])
        }
        State::Refused { status, .. } => with_status(words.upload_refused, *status),
    }
}

const fn doubt_sentence(doubt: Doubt, words: &Messages) -> &'static str {
    match doubt {
        Doubt::Redirect | Doubt::Page => words.upload_sign_in,
        Doubt::NoDigest => words.upload_no_digest,
        Doubt::OtherDigest => words.upload_other_digest,
    }
}
