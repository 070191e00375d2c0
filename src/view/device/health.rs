//! How safe what is stored is, in words: whether the browser keeps it, how much room there is, and
//! what to do before something is lost.

use leptos::prelude::*;

use super::unexported::unexported;
use crate::health::{Space, size_in_words};
use crate::messages::fill;
use crate::view::icon::{Glyph, Icon};
use crate::view::{Ui, focus};

/// Whether the browser keeps everything, and how much room there is.
#[component]
pub fn HealthLines(ui: Ui) -> impl IntoView {
    let words = ui.words();
    let health = ui.app().signals().health.clone();
    let (kept, asked) = (health.clone(), health.clone());
    let kept = move || match kept.with(|health| health.persistent) {
        Some(true) => words.health_kept,
        Some(false) => words.health_not_kept,
        None => words.health_kept_unknown,
    };
    let is_settled = move || asked.with(|health| health.persistent != Some(false));
    let space = move || match health.with(|health| health.space) {
        Some(space) => {
            let size = |bytes| size_in_words(bytes, ui.language());
            let (used, left) = (size(space.used), size(space.left()));
            fill(words.health_space, &[("used", &used), ("left", &left)])
        }
        None => words.health_space_unknown.to_owned(),
    };
    let keep = move |_| {
        let app = ui.app();
        leptos::task::spawn_local(async move {
            let is_kept = app.ask_to_keep().await;
            let words = app.words();
            let text = if is_kept { words.health_keep_granted } else { words.health_keep_refused };
            app.notify(text.to_owned(), None);
            focus::keep(ui);
        });
    };
    view! {
        <p data-health="kept" prop:textContent=kept></p>
        <div class="buttons" hidden=is_settled>
            <button type="button" class="button" data-action="keep" on:click=keep>
                <Glyph icon=Icon::Lock/>
                {words.health_keep}
            </button>
        </div>
        <p data-health="space" prop:textContent=space></p>
    }
}

/// The button that saves everything in one file.
#[component]
pub fn BackUpButton(
    ui: Ui,
    /// Gets the sentence that tells of it, where notices can't be seen.
    #[prop(optional)]
    told: Option<RwSignal<String>>,
) -> impl IntoView {
    let back_up = move |_| {
        let app = ui.app();
        leptos::task::spawn_local(async move {
            let sentence = app.back_up_all().await;
            // The dialog may have been left meanwhile.
            _ = told.and_then(|told| told.try_set(sentence));
        });
    };
    view! {
        <button type="button" class="button" data-action="back-up-all" on:click=back_up>
            <Glyph icon=Icon::Download/>
            {ui.words().backup_button}
        </button>
    }
}

/// Says on the first screen that the browser may delete everything after seven days, while
/// something is not exported.
#[component]
pub fn ForgetsWarning(ui: Ui) -> impl IntoView {
    let words = ui.words();
    let health = ui.app().signals().health.clone();
    let waiting = unexported(ui);
    move || {
        let count = waiting.with(Vec::len);
        let is_due = count > 0 && health.with(|health| health.may_be_forgotten());
        is_due.then(|| {
            let text = fill(words.warning_forgets, &[("count", &count.to_string())]);
            view! {
                <div class="notice" role="note" data-notice="forgets">
                    <p prop:textContent=text></p>
                    <BackUpButton ui/>
                </div>
            }
        })
    }
}

/// Says on the first screen that what is entered may be kept for the page around alone.
#[component]
pub fn FramedWarning(ui: Ui) -> impl IntoView {
    let health = ui.app().signals().health.clone();
    let is_framed = Memo::new(move |_| health.with(|health| health.framed));
    move || {
        is_framed.get().then(|| {
            view! {
                <div class="notice" role="note" data-notice="framed">
                    <p>{ui.words().warning_framed}</p>
                    <BackUpButton ui/>
                </div>
            }
        })
    }
}

/// Says on any screen that little room is left, until the person has seen it.
#[component]
pub fn SpaceWarning(ui: Ui) -> impl IntoView {
    let words = ui.words();
    let signals = ui.app().signals().clone();
    let is_due = {
        let signals = signals.clone();
        let is_short = move || signals.health.with(|health| health.is_short_of_space());
        Memo::new(move |_| is_short() && !signals.space_seen.get())
    };
    let health = signals.health.clone();
    move || {
        let (health, seen) = (health.clone(), signals.space_seen.clone());
        is_due.get().then(|| {
            let text = move || {
                let left = health.with(|health| health.space.map_or(0, Space::left));
                fill(words.warning_space, &[("left", &size_in_words(left, ui.language()))])
            };
            view! {
                <div class="notice notice-error" role="alert" data-notice="space">
                    <p prop:textContent=text></p>
                    <div class="buttons">
                        <BackUpButton ui/>
                        <button
                            type="button"
                            class="button button-quiet"
                            data-action="space-seen"
                            on:click=move |_| {
                                seen.set(true);
                                focus::keep(ui);
                            }
                        >
                            {words.dismiss}
                        </button>
                    </div>
                </div>
            }
        })
    }
}
