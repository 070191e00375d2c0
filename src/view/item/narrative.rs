//! A narrative: a text.

use leptos::prelude::*;
use std::sync::Arc;

use crate::app::OpenItem;
use crate::inspection::{Edit, Entered};
use crate::view::Ui;
use crate::view::field::TextArea;

/// The text.
#[component]
pub fn Fields(ui: Ui, open_item: Arc<OpenItem>) -> impl IntoView {
    view! {
        <TextArea
            ui
            open_item
            name="text"
            label=ui.words().narrative_text
            read=|entry| match &entry.answer.entered {
                Entered::Narrative(text) => text.clone(),
                _ => String::new(),
            }
            edit=Edit::Text
        />
    }
}
