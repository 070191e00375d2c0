//! The data on this device: whose workspace is shown, how safe it is, backing up and restoring,
//! handing the device over, deleting what is one's own or everything.

mod delete_mine;
mod erase;
mod hand_over;
mod health;
mod loss;
mod restore;
mod unexported;

pub use health::{ForgetsWarning, FramedWarning, SpaceWarning};
pub use loss::LossNotice;
pub use restore::RestoreQuestion;

use leptos::prelude::*;

use super::Ui;
use super::icon::{Glyph, Icon};
use super::start::Form;
use crate::app::Workspace;
use crate::messages::Messages;
use delete_mine::DeleteMine;
use erase::Erase;
use hand_over::HandOver;
use health::{BackUpButton, HealthLines};
use restore::RestoreButton;
use unexported::Unexported;

/// Returns the name of a workspace.
pub fn name_of(workspace: &Workspace, words: &Messages) -> String {
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
                <span prop:textContent=name></span>
            </p>
        })
    }
}

/// The panel about the data on this device, on the first screen.
#[component]
pub fn Device(ui: Ui, form: Form) -> impl IntoView {
    let words = ui.words();
    let (handing, deleting) = (RwSignal::new(false), RwSignal::new(false));
    let erasing = RwSignal::new(false);
    let signals = ui.app().signals().clone();
    let workspace = signals.workspace.clone();
    let name = move || workspace.with(|workspace| name_of(workspace, words));
    let shown = signals.workspace.clone();
    // An empty workspace with a name can be done away with, too.
    let nothing = move || signals.listed.with(Vec::is_empty) && shown.with(Workspace::is_first);
    view! {
        <section class="card device" aria-labelledby="device-title">
            <h2 id="device-title" tabindex="-1">{words.device_title}</h2>
            <p>{words.device_text}</p>
            <HealthLines ui/>
            <Unexported ui/>
            <h3>{words.device_backup_title}</h3>
            <div class="buttons">
                <BackUpButton ui/>
                <RestoreButton ui/>
            </div>
            <p class="field-hint">{words.backup_hint}</p>
            <h3>{words.device_shared_title}</h3>
            <p>{words.device_where} ": " <strong prop:textContent=name></strong></p>
            <div class="buttons">
                <button type="button" class="button" data-action="hand-over" on:click=move |_| handing.set(true)>
                    <Glyph icon=Icon::Users/>
                    {words.device_hand_over}
                </button>
            </div>
            <h3>{words.device_deleting_title}</h3>
            <div class="buttons">
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
                <button
                    type="button"
                    class="button button-danger"
                    data-action="erase"
                    on:click=move |_| erasing.set(true)
                >
                    <Glyph icon=Icon::Trash/>
                    {words.erase_button}
                </button>
            </div>
            {move || handing.get().then(|| view! { <HandOver ui form asking=handing/> })}
            {move || erasing.get().then(|| view! { <Erase ui asking=erasing/> })}
            {move || deleting.get().then(|| view! { <DeleteMine ui form asking=deleting/> })}
        </section>
    }
}
