//! A piece of evidence: small beside its item, and large in a dialog of its own.

use leptos::prelude::*;

use super::Ui;
use super::dialog::{Dialog, LeaveButton};
use super::icon::{Glyph, Icon};
use crate::checklist::Digest;
use crate::health::size_in_words;
use crate::inspection::{Evidence, Media};

/// The preview of a piece of the open inspection's evidence: a picture, or an icon for a document.
/// If it is not on this device, `missing` is set for [`Missing`].
#[component]
pub fn Look(
    ui: Ui,
    sha256: Digest,
    media: Media,
    /// Whether a thumbnail is enough.
    small: bool,
    missing: ArcRwSignal<Option<&'static str>>,
) -> impl IntoView {
    if media == Media::Pdf {
        let app = ui.app();
        leptos::task::spawn_local(async move { missing.set(app.lacks_bytes(sha256).await) });
        return view! { <Glyph icon=Icon::FileText/> }.into_any();
    }
    let canvas = NodeRef::<leptos::html::Canvas>::new();
    let noted = missing.clone();
    Effect::new(move |_| {
        let Some(canvas) = canvas.get() else { return };
        let (app, missing) = (ui.app(), noted.clone());
        leptos::task::spawn_local(async move {
            missing.set(app.draw_evidence(&canvas, sha256, small).await);
        });
    });
    let is_missing = missing.clone();
    view! {
        <canvas node_ref=canvas class="evidence-picture" aria-hidden="true" hidden=move || is_missing.get().is_some()></canvas>
        {move || missing.get().map(|_| view! { <Glyph icon=Icon::Camera/> })}
    }
    .into_any()
}

/// Tells why a piece can't be shown, such as that it is not on this device. It must not be inside a
/// button: of a button with a name, screen readers read nothing else.
#[component]
pub fn Missing(missing: ArcRwSignal<Option<&'static str>>) -> impl IntoView {
    let is_shown = missing.clone();
    view! {
        <p class="evidence-missing" hidden=move || is_shown.get().is_none()>{move || missing.get()}</p>
    }
}

/// The dialog that shows a piece and saves it as a file.
#[component]
pub fn Viewer(ui: Ui, evidence: Evidence, viewing: RwSignal<bool>) -> impl IntoView {
    let words = ui.words();
    let missing = ArcRwSignal::new(None);
    let is_missing = missing.clone();
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
            <Look ui sha256 media small=false missing/>
            <Missing missing=is_missing/>
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
