//! The open inspection as a spreadsheet: the button, and the choice of the format.

use leptos::prelude::*;

use super::Ui;
use super::dialog::{Dialog, LeaveButton};
use super::icon::{Glyph, Icon};
use super::office_file::{FileButton, Making, take};
use crate::app::Format;

/// The button, and the choice behind it.
#[component]
pub fn Spreadsheet(ui: Ui) -> impl IntoView {
    let words = ui.words();
    let asking = RwSignal::new(false);
    view! {
        <button type="button" class="button" data-action="spreadsheet" on:click=move |_| asking.set(true)>
            <Glyph icon=Icon::Sheet/>
            {words.sheet_button}
        </button>
        {move || asking.get().then(|| view! { <Choice ui asking/> })}
    }
}

#[component]
fn Choice(ui: Ui, asking: RwSignal<bool>) -> impl IntoView {
    let words = ui.words();
    let leave = move || asking.set(false);
    let choices = [(Format::Xlsx, words.sheet_xlsx), (Format::Csv, words.sheet_csv)];
    let buttons = choices.map(|(format, label)| {
        let press = move || {
            let app = ui.app();
            take(ui, leave, async move { app.spreadsheet(format).await });
        };
        view! {
            <FileButton
                ui
                action=format.extension()
                format
                label
                primary=format == Format::Xlsx
                press
            />
        }
    });
    view! {
        <Dialog ui name="spreadsheet" title=words.sheet_title leave>
            <p>{words.sheet_text}</p>
            <p>{words.sheet_csv_hint}</p>
            <Making ui/>
            <div class="buttons">
                {buttons.collect_view()}
                <LeaveButton ui action="spreadsheet-leave" label=words.cancel leave/>
            </div>
        </Dialog>
    }
}
