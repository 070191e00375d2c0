//! Sentences for the person, with an undo where there is one.

use leptos::prelude::*;

use super::{App, Failure, HostEvent, Undo};
use crate::browser::archive::NotUnpacked;
use crate::browser::office::NotFetched;

/// A sentence for the person, with an undo where there is one.
#[derive(Clone)]
pub struct Notice {
    /// Tells notices apart.
    pub number: u32,
    /// The sentence.
    pub text: String,
    /// Whether something went wrong.
    pub is_error: bool,
    /// The undo that it offers.
    pub undo: Option<Undo>,
}

/// The number of recent removals that can be undone at a time. More would cover the page.
const PIECES: usize = 3;

impl App {
    /// Shows a sentence to the person.
    pub fn notify(&self, text: String, undo: Option<Undo>) {
        self.add_notice(text, false, undo);
    }

    /// Shows an error that was not caused by anything done here.
    pub(super) fn warn(&self, text: String) {
        self.add_notice(text, true, None);
    }

    /// Shows a failure to the person and tells the host.
    pub fn report_failure(&self, failure: &Failure) {
        let message = self.tell_failure(failure);
        self.add_notice(message, true, None);
    }

    /// Tells the host of a failure. Returns the sentence for the person.
    pub(super) fn tell_failure(&self, failure: &Failure) -> String {
        let message = failure.sentence(self.words());
        if matches!(failure, Failure::Archive(NotUnpacked::NotFetched(NotFetched::Replaced))) {
            self.offer_newer();
        }
        self.tell(HostEvent::Error { code: failure.code(), message: message.clone() });
        message
    }

    fn add_notice(&self, text: String, is_error: bool, undo: Option<Undo>) {
        let number = self.0.next_notice.get();
        self.0.next_notice.set(number.wrapping_add(1));
        self.signals().notices.update(|notices| {
            // A second of the same kind replaces the first: the page is not a log. What can be
            // taken back gives way to something else that can be, and only what was removed piece
            // by piece can be taken back piece by piece.
            let is_piece = |undo: &Option<Undo>| matches!(undo, Some(Undo::Evidence(..)));
            let stays = |notice: &Notice| match &notice.undo {
                Some(_) if undo.is_none() => true,
                before => is_piece(before) && is_piece(&undo),
            };
            notices.retain(|notice| notice.is_error != is_error || stays(notice));
            notices.push(Notice { number, text, is_error, undo });
            let pieces = notices.iter().filter(|notice| is_piece(&notice.undo));
            let newest: Vec<_> = pieces.rev().take(PIECES).map(|notice| notice.number).collect();
            notices.retain(|notice| !is_piece(&notice.undo) || newest.contains(&notice.number));
        });
    }

    /// Takes away the notices that offer to undo something that can no longer be undone.
    pub(super) fn withdraw(&self, is_over: impl Fn(&Undo) -> bool) {
        let is_over = |notice: &Notice| notice.undo.as_ref().is_some_and(&is_over);
        self.signals().notices.update(|notices| notices.retain(|notice| !is_over(notice)));
    }

    /// Takes all notices away: they speak of what is not shown any more.
    pub(super) fn clear_notices(&self) {
        self.signals().notices.update(Vec::clear);
    }

    /// Removes the notices of errors.
    pub(super) fn dismiss_errors(&self) {
        self.signals().notices.update(|notices| notices.retain(|notice| !notice.is_error));
    }

    /// Removes a notice.
    pub fn dismiss(&self, number: u32) {
        self.signals().notices.update(|notices| notices.retain(|notice| notice.number != number));
    }
}
