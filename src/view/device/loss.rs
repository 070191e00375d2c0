//! The data that were deleted from outside while the page was not open, on the first screen until
//! the person has seen it.

use leptos::prelude::*;

use super::restore::RestoreButton;
use crate::health::Loss;
use crate::view::{Ui, focus};

/// Says what was deleted, and offers a backup where it can help.
#[component]
pub fn LossNotice(ui: Ui) -> impl IntoView {
    let words = ui.words();
    let loss = ui.app().signals().loss.clone();
    let is_saved = Memo::new(move |_| loss.get().map(|loss| loss == Loss::Saved));
    let seen = move |_| {
        ui.app().accept_loss();
        focus::keep(ui);
    };
    move || {
        let is_saved = is_saved.get()?;
        let text = if is_saved { words.loss_saved } else { words.loss_unsaved };
        Some(view! {
            <div class="notice notice-error" role="alert" data-notice="loss">
                <p>{text}</p>
                <div class="buttons">
                    {is_saved.then(|| view! { <RestoreButton ui/> })}
                    <button type="button" class="button button-quiet" data-action="loss-seen" on:click=seen>
                        {words.dismiss}
                    </button>
                </div>
            </div>
        })
    }
}
