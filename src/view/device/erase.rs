//! Deleting everything on this device: a word must be typed, and a backup is offered first.

use leptos::prelude::*;

use super::health::BackUpButton;
use crate::messages::fill;
use crate::vietnamese::fold;
use crate::view::dialog::{self, Dialog, LeaveButton};
use crate::view::heard::heard;
use crate::view::{Ui, focus};

/// Asks before everything is deleted.
#[component]
pub fn Erase(ui: Ui, asking: RwSignal<bool>) -> impl IntoView {
    let words = ui.words();
    let (typed, told) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let leave = move || asking.set(false);
    // Whatever the keyboard makes of marks and spaces.
    let plain = |text: &str| fold(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let may_go = move || typed.with(|typed| plain(typed) == plain(words.erase_word));
    let submit = heard(move |event| {
        event.prevent_default();
        event.stop();
        if !may_go() {
            return;
        }
        dialog::close(ui);
        leave();
        let app = ui.app();
        leptos::task::spawn_local(async move {
            app.erase_everything().await;
            focus::keep(ui);
        });
    });
    view! {
        <Dialog ui name="erase" title=words.erase_title leave>
            <p>{words.erase_text}</p>
            {move || {
                let count = ui.app().unsent();
                let text = fill(words.erase_unsent, &[("count", &count.to_string())]);
                (count > 0).then(|| view! { <p data-erase-unsent=count><strong>{text}</strong></p> })
            }}
            <p><strong>{words.erase_first}</strong></p>
            <div><BackUpButton ui told/></div>
            <p role="status" hidden=move || told.with(String::is_empty) prop:textContent=told></p>
            <form class="dialog-body" novalidate on:submit=submit>
                <div class="field">
                    <label for="erase-word">{fill(words.erase_type, &[("word", words.erase_word)])}</label>
                    <input
                        id="erase-word"
                        type="text"
                        class="input"
                        data-field="erase-word"
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        prop:value=typed
                        on:input=heard(move |event| _ = event.value().map(|word| typed.set(word)))
                    />
                </div>
                <div class="buttons">
                    <button
                        type="submit"
                        class="button button-danger"
                        data-action="erase-go"
                        disabled=move || !may_go()
                    >
                        {words.erase_go}
                    </button>
                    <LeaveButton ui action="erase-leave" label=words.cancel leave/>
                </div>
            </form>
        </Dialog>
    }
}
