//! One attempt at sending a report: the checks before it, the server's answer, and the record of
//! it.

use super::upload::state_sentence;
use crate::app::{App, Failure};
use crate::browser::upload::{NoAnswer, Post, headers, post};
use crate::browser::{clock, locks};
use crate::inspection::InspectionId;
use crate::storage::{Store, StoreError};
use crate::stored::{Key, NOTHING_TO_SEND, Part, StoredHeader, ticket_in};
use crate::upload::{Cause, Outcome, State, Ticket, judge, wish};

/// How long to wait, in milliseconds, while another window sends the same report.
const OTHERS: f64 = 5_000.0;

/// The stored state of an inspection's report that was sent.
struct Stored {
    ticket: Option<Ticket>,
    /// The text to send.
    report: String,
}

impl App {
    /// Sends the report of an inspection to an address and records the outcome.
    pub(super) async fn attempt(&self, store: &Store, id: &InspectionId, url: &str) {
        let name = ["tkt:upload:", store.namespace(), ":", id.as_str()].concat();
        let Some(_held) = locks::try_hold(&name).await else {
            self.leave_for(id, OTHERS);
            return;
        };
        // Another window may have sent it since this window read it.
        let (ticket, report) = match stored(store, id).await {
            Ok(Some(Stored { ticket: Some(ticket), report })) => (ticket, report),
            Ok(_) => return self.show_ticket(store, id, None),
            // The store itself reports the error. It may be able to read the record the next time.
            Err(_) => {
                self.attempt_failed(id, &Cause::default());
                return;
            }
        };
        if !ticket.is_waiting() || !ticket.is_for(url) || self.wait_of(id, &ticket) > 0.0 {
            self.show_ticket(store, id, Some(ticket));
            return;
        }
        if !ticket.is_of(&report) {
            self.note_damaged(store, id, ticket);
            return;
        }
        self.tell_upload(id, &ticket, "sending", None, self.words().upload_sending);
        match self.post(store, id, &ticket, url, &report).await {
            Some(outcome) => self.conclude(store, id, ticket, outcome).await,
            // The list may not know of it yet. Without a pause the host would be asked again and
            // again.
            None => self.leave_for(id, OTHERS),
        }
    }

    /// Returns whether a report still goes to an address. The host may take its time with the
    /// headers. In the meantime the person may have cancelled the report, sent a newer one or
    /// deleted the inspection, here or in another window.
    fn still_goes(&self, store: &Store, id: &InspectionId, sent: &Ticket, url: &str) -> bool {
        let known = |part| store.known(&Key { inspection: id.clone(), part });
        self.upload_address().as_deref() == Some(url)
            && known(Part::Header).is_some_and(|header| StoredHeader::is_there(&header))
            && known(Part::Upload).and_then(|record| ticket_in(&record)).is_some_and(|ticket| {
                ticket.is_waiting() && ticket.is_for(url) && ticket.sha256 == sent.sha256
            })
    }

    /// Posts a report, and posts it again with fresh headers where the host can give some. Returns
    /// `None` if the report does not go to this address any more.
    async fn post(
        &self,
        store: &Store,
        id: &InspectionId,
        ticket: &Ticket,
        url: &str,
        report: &str,
    ) -> Option<Outcome> {
        let sha256 = &ticket.sha256;
        let property = &*self.0.property;
        let failures = self.failures_of(id);
        let settings = self.0.outbox.settings.get();
        let mut again = false;
        loop {
            let headers = headers(property, url, again).await;
            // The host's headers for this address must not go to any other one.
            if !self.still_goes(store, id, ticket, url) {
                return None;
            }
            let answer = match headers {
                Ok(headers) => {
                    let what = Post { url, report, sha256, failures };
                    post(property, headers, &what).await
                }
                Err(error) => Err(error),
            };
            let outcome = match answer {
                Ok(answer) => judge(&answer, sha256),
                Err(NoAnswer::Unreachable) => later(None),
                Err(NoAnswer::BadHeaders(why)) => {
                    // Reported once, unless the person asks again in the meantime: without a
                    // network, a host that fetches a token fails again and again.
                    if self.failures_of(id) == 0 {
                        self.report_failure(&Failure::BadUploadHeaders(why));
                    }
                    later(None)
                }
            };
            let Outcome::Unauthorized(status) = outcome else { return Some(outcome) };
            if property("uploadHeaders").is_function() && !again {
                again = true;
            } else if self.0.outbox.settings.get() == settings {
                return Some(outcome);
            } else {
                // The host gave other headers in the meantime.
                return Some(later(Some(status)));
            }
        }
    }

    async fn conclude(&self, store: &Store, id: &InspectionId, sent: Ticket, outcome: Outcome) {
        let (status, wait, pause) = match &outcome {
            Outcome::Later { cause, wait } => (cause.status, *wait, self.attempt_failed(id, cause)),
            Outcome::Unauthorized(status) => {
                (Some(*status), None, self.attempt_failed(id, &Cause::default()))
            }
            Outcome::Refused { status, .. } => (Some(*status), None, 0.0),
            Outcome::Uploaded | Outcome::Unconfirmed(_) => (None, None, 0.0),
        };
        let is_uploaded = outcome == Outcome::Uploaded;
        let mut settled = sent.clone();
        settled.settle(outcome, clock::now().as_str());
        settled.not_before = wait
            .map(|wait| clock::now().milliseconds().saturating_add((wish(wait) + pause) as i64));
        if matches!(settled.state, State::Waiting(Cause { status: Some(401 | 403 | 419), .. })) {
            self.try_what_is_new(id);
        }
        if is_uploaded {
            self.forget_attempts(id);
            settled.delivered = None;
        }
        // In the meantime the person may have sent a newer one, cancelled it or deleted the
        // inspection.
        let note = match stored(store, id).await {
            Ok(None) => {
                // Nothing is written for a purged inspection, but the host hears that the server
                // has the report.
                self.show_ticket(store, id, None);
                if is_uploaded {
                    let message = self.words().upload_uploaded;
                    self.tell_upload(id, &settled, settled.state.name(), None, message);
                }
                return;
            }
            Ok(Some(Stored { ticket: Some(newer), .. }))
                if newer.sha256 != sent.sha256 || newer.url != sent.url =>
            {
                let delivered = is_uploaded.then(|| Box::new(settled.clone())).or(newer.delivered);
                Some(Ticket { delivered, ..newer })
            }
            Ok(Some(Stored { ticket: None, .. })) if !is_uploaded => None,
            _ => {
                if is_uploaded {
                    store.put(
                        Key { inspection: id.clone(), part: Part::Outbox },
                        NOTHING_TO_SEND.to_owned(),
                    );
                }
                Some(settled.clone())
            }
        };
        let is_still_it = note.as_ref() == Some(&settled);
        self.note_ticket(store, id, note);
        if !is_still_it && !is_uploaded {
            return;
        }
        let message = state_sentence(&settled.state, self.words(), true);
        // A report of another workspace is another person's.
        if !self.is_shown(store) {
            self.look_elsewhere().await;
        } else if is_uploaded {
            self.notify(message.clone(), None);
        } else if !settled.is_waiting() || is_news(&sent.state, &settled.state) {
            self.warn(message.clone());
        }
        // If this can't be stored, the report is sent again after a restart. The server recognises
        // it.
        _ = store.flush().await;
        self.tell_upload(id, &settled, settled.state.name(), status, &message);
    }

    /// Notes that the stored report is not the one that the person sent. Nothing goes out that the
    /// person did not see.
    fn note_damaged(&self, store: &Store, id: &InspectionId, mut ticket: Ticket) {
        ticket.state = State::Damaged;
        let message = state_sentence(&ticket.state, self.words(), true);
        self.warn(message.clone());
        self.note_ticket(store, id, Some(ticket.clone()));
        self.tell_upload(id, &ticket, ticket.state.name(), None, &message);
    }
}

/// Returns the outcome of an attempt to be retried, for this status or because no answer came.
fn later(status: Option<u16>) -> Outcome {
    Outcome::Later { cause: Cause { status, ..Cause::default() }, wait: None }
}

/// Returns whether a report now waits for a cause that looks lasting and was not told before.
fn is_news(before: &State, now: &State) -> bool {
    matches!(now, State::Waiting(cause) if cause.looks_lasting()) && before != now
}

/// Reads the stored state of an inspection's report that was sent. Returns `None` if the inspection
/// is not there any more.
async fn stored(store: &Store, id: &InspectionId) -> Result<Option<Stored>, StoreError> {
    let header = Key { inspection: id.clone(), part: Part::Header };
    // The vault is not asked: asking a vault that was deleted would create it again.
    if store.known(&header).is_none() {
        return Ok(None);
    }
    let records = store.load(id).await?;
    let of = |part| records.iter().find(|record| record.key.part == part);
    Ok(of(Part::Header).map(|_| Stored {
        ticket: of(Part::Upload).and_then(ticket_in),
        report: of(Part::Outbox).map(|record| record.body.clone()).unwrap_or_default(),
    }))
}
