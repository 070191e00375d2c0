//! The photos of the evidence, made ready for paper while the person gives what else stands in the report.

use leptos::prelude::*;

use super::Ui;
use crate::app::Photos;
use crate::messages::fill;

/// Photos that are being made ready for as long as the dialog is open.
#[derive(Clone, Copy)]
pub struct Readied {
    count: usize,
    /// Whether the person wants them in the report.
    wanted: RwSignal<bool>,
    photos: RwSignal<Option<Photos>, LocalStorage>,
}

impl Readied {
    /// Begins with those of the open inspection.
    pub fn begin(ui: Ui) -> Self {
        let app = ui.app();
        let list = app.photos();
        let count = list.len();
        let photos = RwSignal::new_local(None);
        leptos::task::spawn_local(async move {
            let drawn = app.draw_photos(&list, || !photos.is_disposed()).await;
            _ = photos.try_set(Some(drawn));
        });
        Self { count, wanted: RwSignal::new(true), photos }
    }

    /// Those that the report is to show, once they are ready.
    pub fn ready(self) -> Option<Photos> {
        if self.wanted.get_untracked() {
            self.photos.get_untracked()
        } else {
            Some(Photos::default())
        }
    }

    /// Whether they are still to be waited for, as a signal.
    pub fn is_waiting(self) -> Signal<bool> {
        Signal::derive(move || self.wanted.get() && self.photos.with(Option::is_none))
    }
}

/// The question whether the report is to show photos, where there are any, and how far they are.
#[component]
pub fn PhotosWanted(ui: Ui, photos: Readied) -> impl IntoView {
    let words = ui.words();
    let Readied { count, wanted, photos: ready } = photos;
    let told = move || {
        ready.with(|ready| match ready {
            None => words.print_photos_waiting.to_owned(),
            Some(ready) if ready.missing > 0 => {
                fill(words.print_photos_missing, &[("count", &ready.missing.to_string())])
            }
            Some(_) => String::new(),
        })
    };
    let told = move || wanted.get().then(told);
    (count > 0).then(|| {
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    data-field="photos"
                    prop:checked=wanted
                    on:change=move |event| wanted.set(event_target_checked(&event))
                />
                <span>{fill(words.print_photos, &[("count", &count.to_string())])}</span>
            </label>
            <p class="making" role="status" data-photos>{told}</p>
        }
    })
}
