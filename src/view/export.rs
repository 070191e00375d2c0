//! The button that exports the report as a file, and the choice of its contents if evidence is
//! attached.

use leptos::prelude::*;

use super::Ui;
use super::dialog::{self, Dialog, LeaveButton};
use super::icon::{Glyph, Icon};
use super::office_file::{FileButton, Making, take};
use crate::app::{Carrier, Format};

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
        <button type="button" class="button" data-action="export" on:click=export>
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
    let files = [
        (Carrier::Zip, "export-zip", words.export_zip),
        (Carrier::Json, "export-json", words.export_json),
    ];
    let buttons = files.map(|(carrier, action, label)| {
        let press = move || {
            let app = ui.app();
            take(ui, leave, async move { app.report_with_evidence(carrier).await });
        };
        let format = Format::Report(carrier);
        view! { <FileButton ui action format label primary=carrier == Carrier::Zip press/> }
    });
    let alone = move |_| {
        dialog::close(ui);
        leave();
        ui.app().export();
    };
    view! {
        <Dialog ui name="export" title=words.export_title leave>
            <p>{words.export_text}</p>
            <Making ui/>
            <div class="buttons">
                {buttons.collect_view()}
                <button type="button" class="button" data-action="export-alone" on:click=alone>
                    {words.export_alone}
                </button>
                <LeaveButton ui action="export-leave" label=words.cancel leave/>
            </div>
        </Dialog>
    }
}
