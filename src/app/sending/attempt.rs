//! One attempt at sending a report: that it is the right one, what the server says of it, and what
//! is noted.

use super::upload::state_sentence;
use crate::app::{App, Failure};
use crate::browser::upload::{NoAnswer, Post, headers, post};
use crate::browser::{clock, locks};
use crate::inspection::InspectionId;
use crate::storage::{Store, StoreError};
use crate::stored::{Key, NOTHING_TO_SEND, Part, StoredHeader, ticket_in};
use crate::upload::{Cause, Outcome, State, Ticket, judge, wish};

/// How long it is left to another window that sends the same report, in milliseconds.
const OTHERS: f64 = 5_000.0;

/// The stored state of a report that was sent.
struct Stored {
    ticket: Option<Ticket>,
    /// The text that is to be sent.
    report: String,
}

impl App {
    /// Sends the report of an inspection to an address, and takes note of what came of it.
    pub(super) async fn attempt(&self, store: &Store, id: &InspectionId, url: &str) {
        let name = ["tkt:upload:", store.namespace(), ":", id.as_str()].concat();
        let Some(_held) = locks::try_hold(&name).await else {
            self.leave_for(id, OTHERS);
            return;
        };
        // Another window may have sent it since it was read here.
        let (ticket, report) = match stored(store, id).await {
            Ok(Some(Stored { ticket: Some(ticket), report })) => (ticket, report),
            Ok(_) => return self.show_ticket(store, id, None),
            // It is told by the store itself, which may be able to read it the next time.
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
            // The list may not know of it yet, and would have the host asked again and again
            // meanwhile.
            None => self.leave_for(id, OTHERS),
        }
    }

    /// Whether a report still goes to an address: what the host adds may take its time to come, and
    /// meanwhile the person may have let it be, sent a newer one or deleted all of it, here or in
    /// another window.
    fn still_goes(&self, store: &Store, id: &InspectionId, sent: &Ticket, url: &str) -> bool {
        let known = |part| store.known(&Key { inspection: id.clone(), part });
        self.upload_address().as_deref() == Some(url)
            && known(Part::Header).is_some_and(|header| StoredHeader::is_there(&header))
            && known(Part::Upload).and_then(|record| ticket_in(&record)).is_some_and(|ticket| {
                ticket.is_waiting() && ticket.is_for(url) && ticket.sha256 == sent.sha256
            })
    }

    /// Posts a report, a second time with fresh headers where the host can give some. `None`: it
    /// does not go there any more.
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
            // Nor is what the host adds for any other address.
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
                    // Once, unless the person asks for it meanwhile: without a network, a host that
                    // asks for a token fails again and again.
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
                // The host gave others meanwhile.
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
        // Meanwhile the person may have sent a newer one, let it be, or deleted all of it.
        let note = match stored(store, id).await {
            Ok(None) => {
                // Nothing is written of what she deleted for good, but the host hears that it has
                // it.
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
        // In another workspace it is another person's.
        if !self.is_shown(store) {
            self.look_elsewhere().await;
        } else if is_uploaded {
            self.notify(message.clone(), None);
        } else if !settled.is_waiting() || is_news(&sent.state, &settled.state) {
            self.warn(message.clone());
        }
        // Where it can't be stored that it is there, it is sent again after a restart: the server
        // knows it.
        _ = store.flush().await;
        self.tell_upload(id, &settled, settled.state.name(), status, &message);
    }

    /// Notes that the stored text is not the report that the person sent: nothing goes out that
    /// nobody saw.
    fn note_damaged(&self, store: &Store, id: &InspectionId, mut ticket: Ticket) {
        ticket.state = State::Damaged;
        let message = state_sentence(&ticket.state, self.words(), true);
        self.warn(message.clone());
        self.note_ticket(store, id, Some(ticket.clone()));
        self.tell_upload(id, &ticket, ticket.state.name(), None, &message);
    }
}

/// It is tried again by itself, for this status or for want of an answer.
fn later(status: Option<u16>) -> Outcome {
    Outcome::Later { cause: Cause { status, ..Cause::default() }, wait: None }
}

/// Whether a report waits now for something that looks lasting and was not told before.
fn is_news(before: &State, now: &State) -> bool {
    matches!(now, State::Waiting(cause) if cause.looks_lasting()) && before != now
}

/// Returns the stored state of the report of an inspection that was sent; `None` where the
/// inspection is not there any more.
async fn stored(store: &Store, id: &InspectionId) -> Result<Option<Stored>, StoreError> {
    let header = Key { inspection: id.clone(), part: Part::Header };
    // Without asking the vault: asking one that was deleted would bring it into being again.
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
