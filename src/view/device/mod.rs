//! A tablet that people share: whose workspace is shown, handing the device over, and deleting
//! everything of one's own.

mod delete_mine;
mod hand_over;

use leptos::prelude::*;

use super::Ui;
use super::icon::{Glyph, Icon};
use super::start::Form;
use crate::app::Workspace;
use crate::messages::Messages;
use delete_mine::DeleteMine;
use hand_over::HandOver;

/// What a workspace is called.
fn name_of(workspace: &Workspace, words: &Messages) -> String {
    if workspace.is_first() { words.device_first.to_owned() } else { workspace.name.clone() }
}

/// Whose workspace is shown, in the head of the page; nothing while there is but one.
#[component]
pub fn WorkspaceTag(ui: Ui) -> impl IntoView {
    let workspace = ui.app().signals().workspace.clone();
    move || {
        let name = workspace
            .with(|workspace| (!workspace.is_first()).then(|| name_of(workspace, ui.words())))?;
        Some(view! {
            <p class="workspace-tag">
                <Glyph icon=Icon::Users/>
                <span class="visually-hidden">{ui.words().device_where} ": "</span>
                {name}
            </p>
        })
    }
}

/// What stands on the first screen about a shared device.
#[component]
pub fn Device(ui: Ui, form: Form) -> impl IntoView {
    let words = ui.words();
    let (handing, deleting) = (RwSignal::new(false), RwSignal::new(false));
    let signals = ui.app().signals().clone();
    let workspace = signals.workspace.clone();
    let name = move || workspace.with(|workspace| name_of(workspace, words));
    let shown = signals.workspace.clone();
    // An empty workspace with a name can be done away with, too.
    let nothing = move || signals.listed.with(Vec::is_empty) && shown.with(Workspace::is_first);
    view! {
        <section class="card" aria-labelledby="device-title">
            <h2 id="device-title">{words.device_title}</h2>
            <p>{words.device_text}</p>
            <p>{words.device_where} ": " <strong>{name}</strong></p>
            <div class="buttons">
                <button type="button" class="button" data-action="hand-over" on:click=move |_| handing.set(true)>
                    <Glyph icon=Icon::Users/>
                    {words.device_hand_over}
                </button>
                <button
                    type="button"
                    class="button button-danger"
                    data-action="delete-mine"
                    hidden=nothing
                    on:click=move |_| deleting.set(true)
                >
                    <Glyph icon=Icon::Trash/>
                    {words.device_delete}
                </button>
            </div>
            {move || handing.get().then(|| view! { <HandOver ui form asking=handing/> })}
            {move || deleting.get().then(|| view! { <DeleteMine ui form asking=deleting/> })}
        </section>
    }
}
