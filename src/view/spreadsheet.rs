//! The open inspection as a spreadsheet: the button, and the choice of its file.

use leptos::prelude::*;

use super::Ui;
use super::dialog::{self, Dialog, LeaveButton};
use super::icon::{Glyph, Icon};
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
    let take = move |format: Format| {
        dialog::close(ui);
        leave();
        let app = ui.app();
        leptos::task::spawn_local(async move { app.spreadsheet(format).await });
    };
    let choices = [(Format::Xlsx, words.sheet_xlsx), (Format::Csv, words.sheet_csv)];
    let buttons = choices.map(|(format, label)| {
        view! {
            <button
                type="button"
                class="button"
                class:button-primary=format == Format::Xlsx
                data-action=format.extension()
                on:click=move |_| take(format)
            >
                {label}
            </button>
        }
    });
    view! {
        <Dialog ui name="spreadsheet" title=words.sheet_title leave>
            <p>{words.sheet_text}</p>
            <p>{words.sheet_csv_hint}</p>
            <div class="buttons">
                {buttons.collect_view()}
                <LeaveButton ui action="spreadsheet-leave" label=words.cancel leave/>
            </div>
        </Dialog>
    }
}
