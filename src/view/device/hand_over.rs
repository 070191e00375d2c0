//! Handing the device over: the next person gets a workspace of her own.

use leptos::prelude::*;

use super::name_of;
use crate::app::Workspace;
use crate::view::attention::Fields;
use crate::view::dialog::{self, Dialog};
use crate::view::heard::{by_person, heard};
use crate::view::reread::{Seen, text_in};
use crate::view::start::Form;
use crate::view::{Ui, focus};

/// Asks who gets the device.
#[component]
pub fn HandOver(ui: Ui, form: Form, asking: RwSignal<bool>) -> impl IntoView {
    let words = ui.words();
    let new_name = RwSignal::new(String::new());
    let seen = Seen::new();
    let (tried, is_going) = (RwSignal::new(false), RwSignal::new(false));
    let leave = move || asking.set(false);
    let go = move |to: Workspace| {
        dialog::close(ui);
        asking.set(false);
        let app = ui.app();
        leptos::task::spawn_local(async move {
            match app.hand_over(to).await {
                // The next person must not see this one's texts.
                Ok(()) if form.is_there() => form.clear(&app),
                Ok(()) => {}
                Err(failure) => app.report_failure(&failure),
            }
            focus::keep(ui);
        });
    };
    let here = ui.app().signals().workspace.get_untracked();
    let app = ui.app();
    // Another window may have added one.
    leptos::task::spawn_local(async move { _ = app.look_for_workspaces().await });
    let all = ui.app().signals().workspaces.clone();
    let entry = move |workspace: Workspace| {
        let is_here = workspace == here;
        let name = name_of(&workspace, words);
        let mark = is_here.then_some(words.device_here);
        view! {
            <li>
                <button
                    type="button"
                    class="button"
                    data-action="go-to-workspace"
                    disabled=is_here
                    on:click=move |_| go(workspace.clone())
                >
                    {name} " " {mark}
                </button>
            </li>
        }
    };
    let fields = Fields::new();
    let error = fields.told(Signal::derive(move || {
        let is_missing = tried.get() && new_name.with(|name| name.trim().is_empty());
        is_missing.then_some(words.device_new_missing)
    }));
    let submit = heard(move |event| {
        event.prevent_default();
        event.stop();
        tried.set(true);
        fields.send();
        let name = new_name.get_untracked();
        if name.trim().is_empty() {
            focus::on(ui, "#new-workspace");
        } else if !is_going.get_untracked() {
            is_going.set(true);
            let app = ui.app();
            leptos::task::spawn_local(async move {
                match app.workspace_named(&name).await {
                    Ok(workspace) => go(workspace),
                    Err(failure) => {
                        dialog::close(ui);
                        leave();
                        app.report_failure(&failure);
                    }
                }
            });
        }
    });
    view! {
        <Dialog ui name="hand-over" title=words.device_hand_over_title leave>
            <p>{words.device_hand_over_text}</p>
            <p id="known-workspaces"><strong>{words.device_choose}</strong></p>
            <ul class="buttons" aria-labelledby="known-workspaces">
                <For each=move || all.get() key=|workspace| [workspace.id.as_str(), "/", &workspace.name].concat() children=entry/>
            </ul>
            <form
                class="field"
                novalidate
                on:submit=submit
                on:input:capture=by_person(move |event| fields.enter(event))
                on:focusout:capture=heard(move |event| fields.leave(event))
            >
                <label for="new-workspace">{words.device_new}</label>
                <input
                    id="new-workspace"
                    type="text"
                    class="input"
                    data-field="new-workspace"
                    autocomplete="off"
                    aria-describedby="new-workspace-error"
                    aria-invalid=move || error.get().map(|_| "true")
                    use:text_in=(new_name.into(), seen)
                    on:input=heard(move |event| _ = seen.entered(event).map(|typed| new_name.set(typed)))
                />
                <span class="field-error" id="new-workspace-error" prop:textContent=error></span>
                <div class="buttons">
                    <button type="submit" class="button button-primary" data-action="hand-over-go">
                        {words.device_go}
                    </button>
                </div>
            </form>
        </Dialog>
    }
}
