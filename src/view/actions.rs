//! The actions on the open inspection, below its items and above its result.

use leptos::prelude::*;
use std::sync::Arc;

use super::Ui;
use super::complete::Complete;
use super::export::Export;
use super::icon::{Glyph, Icon};
use super::item::{Place, bring_into_sight};
use super::print::PrintReport;
use super::share::ShareButtons;
use super::spreadsheet::Spreadsheet;
use crate::app::{Open, Screen};

/// The buttons.
#[component]
pub fn Actions(ui: Ui, open: Arc<Open>, place: Place) -> impl IntoView {
    let words = ui.words();
    let screen = ui.app().signals().screen.clone();
    view! {
        <div class="actions buttons" role="group" aria-label=words.actions_label>
            <PrintReport ui/>
            <Spreadsheet ui/>
            <ShareButtons ui/>
            <Export ui/>
            <Complete ui open/>
            <button
                type="button"
                class="button button-quiet"
                data-action="answering"
                hidden=move || screen.get() == Screen::Answering
                on:click=move |_| match place.get_value() {
                    Some(item) => bring_into_sight(ui, item),
                    None => ui.app().show(Screen::Answering),
                }
            >
                <Glyph icon=Icon::Pencil/>
                {words.back_to_items}
            </button>
        </div>
    }
}
