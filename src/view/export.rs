//! The button for the report as a file, and the choice of what goes into it where evidence is attached.

use leptos::prelude::*;

use super::Ui;
use super::dialog::{self, Dialog, LeaveButton};
use super::icon::{Glyph, Icon};
use crate::app::Carrier;

/// The button, and the choice behind it.
#[component]
pub fn Export(ui: Ui) -> impl IntoView {
    let words = ui.words();
    let asking = RwSignal::new(false);
    let export = move |_| {
        if ui.app().has_evidence() {
            asking.set(true);
        } else {
            ui.app().export();
        }
    };
    view! {
        <button type="button" class="button button-primary" data-action="export" on:click=export>
            <Glyph icon=Icon::Download/>
            {words.export_button}
        </button>
        {move || asking.get().then(|| view! { <Choice ui asking/> })}
    }
}

#[component]
fn Choice(ui: Ui, asking: RwSignal<bool>) -> impl IntoView {
    let words = ui.words();
    let leave = move || asking.set(false);
    let take = move |carrier: Option<Carrier>| {
        dialog::close(ui);
        leave();
        let app = ui.app();
        match carrier {
            Some(carrier) => {
                leptos::task::spawn_local(async move { app.export_with_evidence(carrier).await });
            }
            None => app.export(),
        }
    };
    let choices = [
        (Some(Carrier::Zip), "export-zip", words.export_zip),
        (Some(Carrier::Json), "export-json", words.export_json),
        (None, "export-alone", words.export_alone),
    ];
    let buttons = choices.map(|(carrier, action, label)| {
        view! {
            <button
                type="button"
                class="button"
                class:button-primary=carrier == Some(Carrier::Zip)
                data-action=action
                on:click=move |_| take(carrier)
            >
                {label}
            </button>
        }
    });
    view! {
        <Dialog ui name="export" title=words.export_title leave>
            <p>{words.export_text}</p>
            <div class="buttons">
                {buttons.collect_view()}
                <LeaveButton ui action="export-leave" label=words.cancel leave/>
            </div>
        </Dialog>
    }
}
