//! Deleting everything of one's own, once it is exported or the person says that it need not be.

use leptos::prelude::*;

use super::name_of;
use super::unexported::{UnexportedList, unexported};
use crate::messages::fill;
use crate::view::dialog::{self, Dialog, LeaveButton};
use crate::view::heard::heard;
use crate::view::start::Form;
use crate::view::{Ui, focus};

/// Asks before everything of a workspace is deleted; what was not exported can be exported first.
#[component]
pub fn DeleteMine(ui: Ui, form: Form, asking: RwSignal<bool>) -> impl IntoView {
    let words = ui.words();
    let accepted = RwSignal::new(false);
    let leave = move || asking.set(false);
    let signals = ui.app().signals().clone();
    let name = name_of(&signals.workspace.get_untracked(), words);
    let title = fill(words.device_delete_title, &[("name", &name)]);
    let listed = signals.listed;
    let count = move || {
        let count = listed.with(Vec::len).to_string();
        fill(words.device_delete_text, &[("count", &count)])
    };
    let waiting = unexported(ui);
    let may_delete = move || accepted.get() || waiting.with(Vec::is_empty);
    let delete = move |_| {
        if !may_delete() {
            return;
        }
        dialog::close(ui);
        asking.set(false);
        let app = ui.app();
        leptos::task::spawn_local(async move {
            app.delete_all().await;
            if form.is_there() {
                form.clear(&app);
            }
            focus::keep(ui);
        });
    };
    view! {
        <Dialog ui name="delete-mine" title leave>
            <p prop:textContent=count></p>
            <p hidden=move || !waiting.with(Vec::is_empty)>{words.device_all_exported}</p>
            <div class="dialog-body" hidden=move || waiting.with(Vec::is_empty)>
                <p>{words.device_not_exported}</p>
                <UnexportedList ui waiting then="[data-dialog=delete-mine] .dialog-title"/>
                <label class="check">
                    <input
                        type="checkbox"
                        data-field="accept-loss"
                        prop:checked=accepted
                        on:change=heard(move |event| _ = event.checked().map(|yes| accepted.set(yes)))
                    />
                    <span>{words.device_accept_loss}</span>
                </label>
            </div>
            <div class="buttons">
                <button
                    type="button"
                    class="button button-danger"
                    data-action="delete-mine-go"
                    disabled=move || !may_delete()
                    on:click=delete
                >
                    {words.device_delete_go}
                </button>
                <LeaveButton ui action="delete-mine-leave" label=words.cancel leave/>
            </div>
        </Dialog>
    }
}
