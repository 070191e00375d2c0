//! The queue of reports that wait to be sent. Reports are sent one at a time, in one window at a
//! time, as soon as each is due. The browser only guesses whether there is a network: an attempt
//! tells.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use leptos::prelude::*;

use crate::app::{App, Failure};
use crate::browser::listener::Listener;
use crate::browser::timer::Timer;
use crate::browser::{clock, online, upload};
use crate::inspection::InspectionId;
use crate::storage::Store;
use crate::upload::{Cause, Failures, State, Ticket, left};

/// The time over which attempts are spread when the network is back, in milliseconds. It is back
/// for everybody at once.
const SPREAD: f64 = 3_000.0;

/// The state of sending in this window.
#[derive(Default)]
pub(in crate::app) struct Outbox {
    attempts: RefCell<BTreeMap<InspectionId, Attempts>>,
    /// The namespaces whose queue is being worked off. A workspace does not wait for the previous
    /// one.
    running: RefCell<BTreeSet<String>>,
    /// Whether something became due while a queue was being worked off.
    due: Cell<bool>,
    /// The reports that are being sent, each with its namespace.
    on_their_way: RefCell<BTreeSet<(String, InspectionId)>>,
    timer: RefCell<Option<Timer>>,
    network: RefCell<Vec<Listener>>,
    /// Counts the host's changes of the upload settings.
    pub settings: Cell<u32>,
}

/// The failed attempts in a row at sending a report.
#[derive(Clone, Copy, Default)]
struct Attempts {
    failures: Failures,
    /// Whether the receiving server itself answered the last one.
    is_answered: bool,
    /// The time before which the next attempt does not start ([`clock::elapsed`]).
    until: f64,
}

impl App {
    /// Follows the network: shows the browser's word on it, and sends waiting reports soon after it
    /// is back. Retries reports whose refusal may be over.
    pub(in crate::app) fn follow_network(&self) {
        self.signals().online.set(online::is_online());
        let app = Rc::downgrade(&self.0);
        *self.0.outbox.network.borrow_mut() = online::follow(move |online| {
            _ = app.upgrade().map(|inner| Self(inner).network_changed(online));
        });
        self.try_refused(State::may_be_over);
    }

    /// Checks whether the network changed. A page that sleeps does not hear of every change.
    pub(in crate::app) fn look_at_network(&self) {
        let online = online::is_online();
        if self.signals().online.get_untracked() == online {
            self.send_due();
        } else {
            self.network_changed(online);
        }
    }

    fn network_changed(&self, online: bool) {
        self.signals().online.set(online);
        if online {
            let until = clock::elapsed() + clock::chance() * SPREAD;
            // A change of the network does not help a server that answered, and some networks come
            // and go all the time.
            let mut all = self.0.outbox.attempts.borrow_mut();
            for attempts in all.values_mut().filter(|attempts| !attempts.is_answered) {
                attempts.until = attempts.until.min(until);
            }
            drop(all);
            self.send_due();
        } else {
            self.announce(self.words().online_what.to_owned());
        }
    }

    /// Notes that the host changed the upload settings, and retries reports that were refused for
    /// them.
    pub fn upload_changed(&self) {
        self.signals().attributes.update(|times| *times = times.wrapping_add(1));
        let settings = &self.0.outbox.settings;
        settings.set(settings.get().wrapping_add(1));
        self.try_refused(|state| matches!(state, State::Unauthorized { .. }));
    }

    /// Retries reports that may be sent now although they were refused before.
    fn try_refused(&self, may_go: impl Fn(&State) -> bool) {
        let (Some(store), tickets) = (self.store(), self.signals().tickets.get_untracked()) else {
            return;
        };
        for (id, mut ticket) in tickets {
            if may_go(&ticket.state) {
                ticket.state = State::Waiting(Cause::default());
                self.note_ticket(&store, &id, Some(ticket));
                self.try_what_is_new(&id);
            }
        }
        self.send_due();
    }

    /// Returns the full address that the host names, if it is valid.
    pub(in crate::app) fn upload_address(&self) -> Option<String> {
        let url = self.prefill().upload_url;
        if url.is_empty() { None } else { upload::address(&url) }
    }

    /// Reports an error if the host names an invalid address.
    pub fn check_upload_url(&self) {
        if !self.prefill().upload_url.is_empty() && self.upload_address().is_none() {
            self.report_failure(&Failure::BadAttribute("upload-url"));
        }
    }

    /// Sends the reports that are due.
    pub(in crate::app) fn send_due(&self) {
        let Some(store) = self.store() else { return };
        self.show_sending();
        self.0.outbox.due.set(true);
        if self.0.outbox.running.borrow_mut().insert(store.namespace().to_owned()) {
            let app = self.clone();
            leptos::task::spawn_local(async move { app.empty_outbox(&store).await });
        }
    }

    async fn empty_outbox(self, store: &Store) {
        let outbox = &self.0.outbox;
        while self.is_shown(store) && outbox.due.take() {
            while let Some((id, url)) = self.next_due(store) {
                self.send_one(store, &id, &url).await;
            }
        }
        outbox.running.borrow_mut().remove(store.namespace());
        self.wait_for_next();
    }

    /// Sends a report at once on the person's request, whatever else is being sent.
    pub(in crate::app) fn send_at_once(&self, id: &InspectionId) {
        let (Some(store), Some(url)) = (self.store(), self.upload_address()) else { return };
        let (app, id) = (self.clone(), id.clone());
        leptos::task::spawn_local(async move {
            app.send_one(&store, &id, &url).await;
            app.send_due();
        });
    }

    async fn send_one(&self, store: &Store, id: &InspectionId, url: &str) {
        let on_their_way = &self.0.outbox.on_their_way;
        let this = (store.namespace().to_owned(), id.clone());
        if on_their_way.borrow_mut().insert(this.clone()) {
            self.show_sending();
            self.attempt(store, id, url).await;
            on_their_way.borrow_mut().remove(&this);
            self.show_sending();
        }
    }

    /// Shows which reports of the workspace that is shown are being sent.
    fn show_sending(&self) {
        let Some(store) = self.store() else { return };
        let on_their_way = self.0.outbox.on_their_way.borrow();
        let here = on_their_way.iter().filter(|(namespace, _)| namespace == store.namespace());
        let here: BTreeSet<_> = here.map(|(_, id)| id.clone()).collect();
        let sending = &self.signals().sending;
        if sending.with_untracked(|shown| *shown != here) {
            sending.set(here);
        }
    }

    /// Returns the next report of a store that is due, while that store is shown.
    fn next_due(&self, store: &Store) -> Option<(InspectionId, String)> {
        let url = self.upload_address().filter(|_| self.is_shown(store))?;
        let sending = self.signals().sending.get_untracked();
        let is_due = |(id, wait): &(InspectionId, f64)| *wait <= 0.0 && !sending.contains(id);
        let (id, _) = self.waiting(&url).into_iter().find(is_due)?;
        Some((id, url))
    }

    /// Returns the inspections whose reports wait to go to an address, with the milliseconds that
    /// are left. Reports of deleted inspections are left out.
    fn waiting(&self, url: &str) -> Vec<(InspectionId, f64)> {
        let is_there = |id: &InspectionId| {
            self.signals().listed.with_untracked(|listed| {
                listed.iter().any(|listed| listed.id == *id && !listed.deleted)
            }) || self.open_id().as_ref() == Some(id)
        };
        self.signals().tickets.with_untracked(|tickets| {
            let goes = |id: &InspectionId, ticket: &Ticket| {
                ticket.is_waiting() && ticket.is_for(url) && is_there(id)
            };
            let waiting = tickets.iter().filter(|(id, ticket)| goes(id, ticket));
            waiting.map(|(id, ticket)| (id.clone(), self.wait_of(id, ticket))).collect()
        })
    }

    fn wait_for_next(&self) {
        // Without an address there is nothing to wake up for. A report that is being sent continues
        // the queue itself.
        let waiting = self.upload_address().map(|url| self.waiting(&url)).unwrap_or_default();
        let sending = self.signals().sending.get_untracked();
        let waiting = waiting.into_iter().filter(|(id, _)| !sending.contains(id));
        let next = waiting.map(|(_, wait)| wait).reduce(f64::min);
        *self.0.outbox.timer.borrow_mut() = next.map(|wait| {
            let app = Rc::downgrade(&self.0);
            // A few milliseconds late rather than early. The conversion saturates.
            Timer::started((wait as i32).saturating_add(10), move || {
                _ = app.upgrade().map(|inner| Self(inner).send_due());
            })
        });
    }

    /// Returns the milliseconds that a report has to wait, for this window's attempts or the
    /// server's request.
    pub(in crate::app) fn wait_of(&self, id: &InspectionId, ticket: &Ticket) -> f64 {
        let attempts = self.0.outbox.attempts.borrow();
        let own = attempts.get(id).map_or(0.0, |attempts| attempts.until - clock::elapsed());
        let now = clock::now().milliseconds();
        own.max(ticket.not_before.map_or(0.0, |not_before| left(not_before, now)))
    }

    /// Returns the number of failed attempts in a row at sending a report.
    pub(in crate::app) fn failures_of(&self, id: &InspectionId) -> u32 {
        self.0.outbox.attempts.borrow().get(id).map_or(0, |attempts| attempts.failures.count)
    }

    /// Notes a failed attempt. Returns the milliseconds until the next one.
    pub(in crate::app) fn attempt_failed(&self, id: &InspectionId, cause: &Cause) -> f64 {
        let mut all = self.0.outbox.attempts.borrow_mut();
        let attempts = all.entry(id.clone()).or_default();
        attempts.failures.add(cause);
        attempts.is_answered = cause.status.is_some();
        let pause = attempts.failures.pause(clock::chance());
        attempts.until = clock::elapsed() + pause;
        pause
    }

    /// Makes a report wait so many milliseconds without noting a failure.
    pub(in crate::app) fn leave_for(&self, id: &InspectionId, milliseconds: f64) {
        let mut all = self.0.outbox.attempts.borrow_mut();
        all.entry(id.clone()).or_default().until = clock::elapsed() + milliseconds;
    }

    /// Lets a report wait no longer, as the obstacle has changed, unless such a change did not help
    /// before.
    pub(in crate::app) fn try_what_is_new(&self, id: &InspectionId) {
        if self.failures_of(id) <= 1 {
            self.leave_for(id, 0.0);
        }
    }

    pub(in crate::app) fn forget_attempts(&self, id: &InspectionId) {
        self.0.outbox.attempts.borrow_mut().remove(id);
    }
}
