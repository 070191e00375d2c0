//! The moment at which errors are told: once a field is left or a form is sent, not while the
//! person types. Verdicts and figures follow each key. Errors wait, for the eye and the ear alike.

use std::sync::Arc;

use leptos::prelude::*;

use super::heard::Heard;
use super::press;
use crate::app::{Attention, Open};

/// The fields in which the person types. The others are chosen from.
const TYPED: &str = "textarea, input:not([type=checkbox], [type=radio], [type=file])";

/// Returns an error as it is told. An error that arises while `waits` is told afterwards. An error
/// that was told stays until it is corrected.
pub fn told<T>(error: Signal<T>, waits: impl Fn() -> bool + Send + Sync + 'static) -> Signal<T>
where
    T: Clone + Default + PartialEq + Send + Sync + 'static,
{
    let told = Memo::new(move |before: Option<&T>| {
        let was_told = before.is_some_and(|before| *before != T::default());
        // This may run once more while the field is unmounted.
        let is_told = was_told || !waits();
        is_told.then(|| error.try_get()).flatten().unwrap_or_default()
    });
    told.into()
}

/// Returns the errors of several fields as they are told, each by itself. `is_same` returns whether
/// two are of one field.
pub fn each_told<T>(
    errors: Signal<Vec<T>>,
    is_same: fn(&T, &T) -> bool,
    waits: impl Fn() -> bool + Send + Sync + 'static,
) -> Signal<Vec<T>>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let told = Memo::new(move |before: Option<&Vec<T>>| {
        let mut errors = errors.try_get().unwrap_or_default();
        if waits() {
            let before = before.map_or(&[][..], Vec::as_slice);
            errors.retain(|error| before.iter().any(|told| is_same(told, error)));
        }
        errors
    });
    told.into()
}

/// The fields of a form, each of which is left by itself.
#[derive(Clone, Copy)]
pub struct Fields(RwSignal<bool>);

impl Fields {
    /// Creates fields in which nobody types.
    pub fn new() -> Self {
        Self(RwSignal::new(false))
    }

    /// Returns the error of one of its fields as it is told.
    pub fn told<T>(self, error: Signal<T>) -> Signal<T>
    where
        T: Clone + Default + PartialEq + Send + Sync + 'static,
    {
        told(error, move || self.0.try_get().unwrap_or_default())
    }

    /// Notes that something is entered in a field.
    pub fn enter(self, event: &Heard) {
        self.set(is_typed(event));
    }

    /// Notes that the focus leaves a field.
    pub fn leave(self, event: &Heard) {
        if event.is_left() {
            self.send();
        }
    }

    /// Notes that the form is sent.
    pub fn send(self) {
        press::after(move || self.set(false));
    }

    fn set(self, is_typing: bool) {
        // An unmounted field is left, too, and this may be disposed then.
        if self.0.try_get_untracked().is_some_and(|was| was != is_typing) {
            self.0.set(is_typing);
        }
    }
}

/// Notes that something is entered in an item.
pub fn enter_item(open: &Open, event: &Heard) {
    if is_typed(event) {
        attend(open, event, |_| Attention::Typing);
    } else if event.closest(TYPED).is_none() {
        attend(open, event, |_| Attention::Near);
    }
}

/// Notes that the focus leaves a field of an item, for another field or another item.
pub fn leave_field(open: &Arc<Open>, event: &Heard) {
    if event.goes_within("[data-together]") || !event.is_left() {
        return;
    }
    // A person who leaves the reason's field was asked for the reason.
    let stays = event.goes_within("[data-item]") && event.closest("[data-field=reason]").is_none();
    let Some(id) = item_of(event) else { return };
    let open = open.clone();
    press::after(move || {
        attend_to(&open, &id, |before| match before {
            Attention::Near | Attention::Typing if stays => Attention::Near,
            _ => Attention::Away,
        });
    });
}

/// Notes that the person moved to another item.
pub fn leave_item(open: &Arc<Open>, id: String) {
    let open = open.clone();
    press::after(move || attend_to(&open, &id, |_| Attention::Away));
}

fn attend(open: &Open, event: &Heard, change: impl FnOnce(Attention) -> Attention) {
    _ = item_of(event).map(|id| attend_to(open, &id, change));
}

fn item_of(event: &Heard) -> Option<String> {
    event.closest("[data-item]")?.get_attribute("data-item")
}

fn attend_to(open: &Open, id: &str, change: impl FnOnce(Attention) -> Attention) {
    let Some(attention) = open.item(id).map(|item| &item.attention) else { return };
    let before = attention.get_untracked();
    let now = change(before);
    if now != before {
        attention.set(now);
    }
}

/// Returns whether the person types in the field that an event comes from. A field that the browser
/// fills in is never left.
fn is_typed(event: &Heard) -> bool {
    event.closest(TYPED).is_some() && event.has_focus()
}
