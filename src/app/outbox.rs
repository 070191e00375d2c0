//! Sending what waits to be sent: one report at a time, in one window at a time, whenever there is a
//! network and its pause is over.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;

use super::upload::state_sentence;
use super::{App, Failure};
use crate::browser::listener::Listener;
use crate::browser::timer::Timer;
use crate::browser::upload::{NoAnswer, post};
use crate::browser::{clock, locks, online};
use crate::inspection::InspectionId;
use crate::storage::{Key, Part, Store};
use crate::upload::{Answer, Outcome, State, Ticket, judge, pause};

/// How long it is left to another window that sends the same report, in milliseconds.
const OTHERS: f64 = 5_000.0;

/// What is known of the attempts in this window.
#[derive(Default)]
pub(super) struct Outbox {
    pauses: RefCell<BTreeMap<InspectionId, Pause>>,
    running: Cell<bool>,
    /// Something came up while it was running.
    due: Cell<bool>,
    timer: RefCell<Option<Timer>>,
    network: RefCell<Vec<Listener>>,
}

/// After a failure a report waits.
#[derive(Clone, Copy, Default)]
struct Pause {
    failures: u32,
    /// When it is over ([`clock::elapsed`]); never by itself where something has to change first.
    until: f64,
}

impl App {
    /// Sends what waits as soon as there is a network, and shows whether there is one.
    pub(super) fn follow_network(&self) {
        self.signals().online.set(online::is_online());
        let app = Rc::downgrade(&self.0);
        *self.0.outbox.network.borrow_mut() = online::follow(move |online| {
            let Some(app) = app.upgrade().map(Self) else { return };
            app.signals().online.set(online);
            if online {
                app.send_all_now();
            } else {
                app.announce(app.words().online_what.to_owned());
            }
        });
        self.send_due();
    }

    /// The host changed where reports are sent, or how: what was refused for that is tried again.
    pub fn upload_changed(&self) {
        self.signals().attributes.update(|times| *times = times.wrapping_add(1));
        let (Some(store), tickets) = (self.store(), self.signals().tickets.get_untracked()) else {
            return;
        };
        for (id, mut ticket) in tickets {
            if matches!(ticket.state, State::Unauthorized { .. }) {
                ticket.state = State::Waiting { status: None };
                self.note_ticket(&store, &id, Some(ticket));
            }
        }
        self.send_all_now();
    }

    fn send_all_now(&self) {
        self.0.outbox.pauses.borrow_mut().clear();
        self.send_due();
    }

    /// Sends what waits and whose pause is over.
    pub(super) fn send_due(&self) {
        self.0.outbox.due.set(true);
        if !self.0.outbox.running.replace(true) {
            let app = self.clone();
            leptos::task::spawn_local(async move { app.empty_outbox().await });
        }
    }

    async fn empty_outbox(self) {
        let outbox = &self.0.outbox;
        while outbox.due.take() {
            while let Some(id) = self.next_due() {
                self.signals().sending.set(Some(id.clone()));
                self.attempt(&id).await;
                self.signals().sending.set(None);
            }
        }
        outbox.running.set(false);
        self.wait_for_next();
    }

    fn next_due(&self) -> Option<InspectionId> {
        if !online::is_online() || self.prefill().upload_url.is_empty() {
            return None;
        }
        let pauses = self.0.outbox.pauses.borrow();
        let now = clock::elapsed();
        let is_due = |id: &InspectionId| pauses.get(id).is_none_or(|pause| pause.until <= now);
        self.waiting().into_iter().find(is_due)
    }

    /// The inspections whose reports wait. One that was deleted sends nothing.
    fn waiting(&self) -> Vec<InspectionId> {
        let is_there = |id: &InspectionId| {
            self.signals().listed.with_untracked(|listed| {
                listed.iter().any(|listed| listed.id == *id && !listed.deleted)
            }) || self.open_id().as_ref() == Some(id)
        };
        self.signals().tickets.with_untracked(|tickets| {
            let waiting = tickets.iter().filter(|(id, ticket)| ticket.is_waiting() && is_there(id));
            waiting.map(|(id, _)| id.clone()).collect()
        })
    }

    fn wait_for_next(&self) {
        let pauses = self.0.outbox.pauses.borrow();
        let until = |id: &InspectionId| pauses.get(id).map_or(0.0, |pause| pause.until);
        let next = self.waiting().iter().map(until).fold(f64::INFINITY, f64::min);
        let timer = next.is_finite().then(|| {
            let app = Rc::downgrade(&self.0);
            // Some milliseconds late rather than early; the conversion saturates.
            let wait = (next - clock::elapsed()).max(0.0) as i32;
            Timer::started(wait.saturating_add(10), move || {
                _ = app.upgrade().map(|inner| Self(inner).send_due());
            })
        });
        // Without a network or an address there is nothing to wake up for.
        let can_send = online::is_online() && !self.prefill().upload_url.is_empty();
        *self.0.outbox.timer.borrow_mut() = timer.filter(|_| can_send);
    }

    /// Sends one report, and takes note of what came of it.
    async fn attempt(&self, id: &InspectionId) {
        let Some(store) = self.store() else { return };
        let name = ["tkt:upload:", store.namespace(), ":", id.as_str()].concat();
        let Some(_held) = locks::try_hold(&name).await else {
            self.set_pause(id, |pause| pause.until = clock::elapsed() + OTHERS);
            return;
        };
        // Another window may have sent it since it was read here.
        let Some((ticket, report)) = stored(&store, id).await else {
            self.set_pause(id, |pause| pause.until = f64::INFINITY);
            return;
        };
        if !ticket.is_waiting() {
            self.show_ticket(&store, id, Some(ticket));
            return;
        }
        self.tell_upload(id, &ticket.sha256, "sending", None, self.words().upload_sending);
        let outcome = match self.post(&report, &ticket.sha256).await {
            Ok(outcome) => outcome,
            Err(failure) => {
                self.set_pause(id, |pause| pause.until = f64::INFINITY);
                self.report_failure(&failure);
                return;
            }
        };
        self.conclude(&store, id, ticket, outcome).await;
    }

    /// Posts a report, a second time with fresh headers where the host can give some.
    async fn post(&self, report: &str, sha256: &str) -> Result<Outcome, Failure> {
        let url = self.prefill().upload_url;
        let property = &*self.0.property;
        let mut again = false;
        loop {
            let answer: Result<Answer, _> = post(property, &url, report, sha256, again).await;
            let outcome = match answer {
                Ok(answer) => judge(&answer, sha256),
                Err(NoAnswer::Unreachable) => Outcome::Later { status: None, wait: None },
                Err(NoAnswer::BadUrl(_)) => return Err(Failure::BadAttribute("upload-url")),
                Err(NoAnswer::BadHeaders(why)) => return Err(Failure::BadUploadHeaders(why)),
            };
            let can_refresh = property("uploadHeaders").is_function();
            if matches!(outcome, Outcome::Unauthorized(_)) && can_refresh && !again {
                again = true;
                continue;
            }
            return Ok(outcome);
        }
    }

    async fn conclude(&self, store: &Store, id: &InspectionId, sent: Ticket, outcome: Outcome) {
        let (status, wait) = match &outcome {
            Outcome::Later { status, wait } => (*status, *wait),
            Outcome::Unauthorized(status) | Outcome::Refused { status, .. } => {
                (Some(*status), None)
            }
            Outcome::Uploaded | Outcome::Unconfirmed(_) => (None, None),
        };
        match &outcome {
            Outcome::Later { .. } => self.set_pause(id, |own| {
                own.failures = own.failures.saturating_add(1);
                own.until = clock::elapsed() + pause(own.failures, wait, clock::chance());
            }),
            _ => self.forget_pause(id),
        }
        let is_uploaded = outcome == Outcome::Uploaded;
        // Meanwhile the person may have sent a newer one, or let it be.
        let now = stored(store, id).await.map(|(ticket, _)| ticket);
        let is_still_it = now.as_ref().is_some_and(|now| now.sha256 == sent.sha256);
        if !is_still_it && (now.is_some() || !is_uploaded) {
            self.show_ticket(store, id, now);
            return;
        }
        let mut ticket = sent;
        ticket.settle(outcome, clock::now().as_str());
        if is_uploaded {
            store.put(Key { inspection: id.clone(), part: Part::Outbox }, "null".to_owned());
        }
        let message = state_sentence(&ticket.state, self.words());
        let (name, sha256) = (ticket.state.name(), ticket.sha256.clone());
        let is_waiting = ticket.is_waiting();
        self.note_ticket(store, id, Some(ticket));
        if is_uploaded {
            self.notify(message.clone(), None);
        } else if !is_waiting {
            self.warn(message.clone());
        }
        // Where it can't be stored that it is there, it is sent again after a restart: the server knows it.
        _ = store.flush().await;
        self.tell_upload(id, &sha256, name, status, &message);
    }

    fn set_pause(&self, id: &InspectionId, change: impl FnOnce(&mut Pause)) {
        change(self.0.outbox.pauses.borrow_mut().entry(id.clone()).or_default());
    }

    pub(super) fn forget_pause(&self, id: &InspectionId) {
        self.0.outbox.pauses.borrow_mut().remove(id);
    }

    /// Milliseconds until a report is tried again.
    pub(super) fn pause_of(&self, id: &InspectionId) -> Option<f64> {
        let pauses = self.0.outbox.pauses.borrow();
        let left = pauses.get(id)?.until - clock::elapsed();
        left.is_finite().then(|| left.max(0.0))
    }
}

/// What is stored of a report that is to be sent, and its text.
async fn stored(store: &Store, id: &InspectionId) -> Option<(Ticket, String)> {
    let records = store.load(id).await.ok()?;
    let body =
        |part| records.iter().find(|record| record.key.part == part).map(|record| &record.body);
    let ticket = serde_json::from_str(body(Part::Upload)?).ok()?;
    Some((ticket, body(Part::Outbox)?.clone()))
}
