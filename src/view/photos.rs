//! The photos of the evidence, prepared for paper while the person enters the other details of the
//! report.

use leptos::prelude::*;

use super::Ui;
use super::heard::heard;
use crate::app::{self, DrawnPhotos};
use crate::messages::fill;

/// The id of the text that describes the buttons.
pub const TOLD: &str = "photos-told";

/// Photos that are prepared as long as the dialog is open.
#[derive(Clone, Copy)]
pub struct Readied {
    count: usize,
    /// Whether the person wants them in the report.
    wanted: RwSignal<bool>,
    photos: RwSignal<Option<DrawnPhotos>, LocalStorage>,
}

impl Readied {
    /// Starts to prepare the photos of the open inspection.
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

    /// Returns the photos for the report, once they are ready.
    pub fn ready(self) -> Option<DrawnPhotos> {
        if self.wanted.get_untracked() {
            self.photos.get_untracked()
        } else {
            Some(DrawnPhotos::default())
        }
    }

    /// Returns whether the photos are still awaited, as a signal.
    pub fn is_waiting(self) -> Signal<bool> {
        Signal::derive(move || self.wanted.get() && self.photos.with(Option::is_none))
    }
}

/// The question whether the report shows photos, if there are any.
#[component]
pub fn PhotosWanted(ui: Ui, photos: Readied) -> impl IntoView {
    let Readied { count, wanted, .. } = photos;
    (count > 0).then(|| {
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    data-field="photos"
                    prop:checked=wanted
                    on:change=heard(move |event| _ = event.checked().map(|yes| wanted.set(yes)))
                />
                <span>{fill(ui.words().print_photos, &[("count", &count.to_string())])}</span>
            </label>
        }
    })
}

/// The progress of the photos, and those that the report can't show. It can be seen and heard
/// beside the buttons, as a report without them may go out otherwise.
#[component]
pub fn PhotosTold(ui: Ui, photos: Readied) -> impl IntoView {
    let words = ui.words();
    let Readied { count, wanted, photos } = photos;
    let with = |text: &str, count: usize| fill(text, &[("count", &count.to_string())]);
    let told = move || {
        photos.with(|ready| match ready {
            None if count > 0 => words.print_photos_waiting.to_owned(),
            None => String::new(),
            Some(DrawnPhotos { lacks, undrawn, .. }) => {
                let lacking = (!lacks.is_empty()).then(|| {
                    app::with_lacks(
                        with(words.print_photos_missing, lacks.len()),
                        lacks.clone(),
                        words,
                    )
                });
                let undrawn = (*undrawn > 0).then(|| with(words.print_photos_undrawn, *undrawn));
                lacking.into_iter().chain(undrawn).collect::<Vec<_>>().join("\n")
            }
        })
    };
    let told = move || wanted.get().then(told);
    view! { <p class="buttons-told" role="status" id=TOLD data-photos prop:textContent=told></p> }
}
