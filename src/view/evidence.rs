//! A piece of evidence to be looked at: small beside its item, and large in a dialog of its own.

use leptos::prelude::*;

use super::Ui;
use super::dialog::{Dialog, LeaveButton};
use super::icon::{Glyph, Icon};
use crate::checklist::Digest;
use crate::health::size_in_words;
use crate::inspection::{Evidence, Media};

/// A picture of the open inspection's evidence; where it is not on this device, a sentence that says so.
#[component]
pub fn Picture(
    ui: Ui,
    sha256: Digest,
    /// Whether a small one will do.
    small: bool,
) -> impl IntoView {
    let canvas = NodeRef::<leptos::html::Canvas>::new();
    let is_missing = ArcRwSignal::new(false);
    let missing = is_missing.clone();
    Effect::new(move |_| {
        let Some(canvas) = canvas.get() else { return };
        let (app, missing) = (ui.app(), missing.clone());
        leptos::task::spawn_local(async move {
            missing.set(!app.draw_evidence(&canvas, sha256, small).await);
        });
    });
    let is_there = is_missing.clone();
    view! {
        <canvas node_ref=canvas class="evidence-picture" aria-hidden="true" hidden=move || is_missing.get()></canvas>
        <span class="evidence-missing" hidden=move || !is_there.get()>{ui.words().evidence_missing}</span>
    }
}

/// The dialog in which a piece is looked at, and saved as a file.
#[component]
pub fn Viewer(ui: Ui, evidence: Evidence, viewing: RwSignal<bool>) -> impl IntoView {
    let words = ui.words();
    let leave = move || viewing.set(false);
    let saved = evidence.clone();
    let Evidence { sha256, media, size, name, caption } = evidence;
    let size = size_in_words(size, ui.language());
    let facts = if caption.trim().is_empty() { size } else { format!("{caption} · {size}") };
    let save = move |_| {
        let (app, evidence) = (ui.app(), saved.clone());
        leptos::task::spawn_local(async move { app.save_evidence(&evidence).await });
    };
    view! {
        <Dialog ui name="evidence" title=name leave>
            {(media == Media::Jpeg).then(|| view! { <Picture ui sha256 small=false/> })}
            <p class="evidence-facts">{facts}</p>
            <div class="buttons">
                <button type="button" class="button button-primary" data-action="save-evidence" on:click=save>
                    <Glyph icon=Icon::Download/>
                    {words.evidence_save}
                </button>
                <LeaveButton ui action="evidence-leave" label=words.close leave/>
            </div>
        </Dialog>
    }
}
