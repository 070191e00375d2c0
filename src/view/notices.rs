//! Notices for the person: events, errors, and offers to undo.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;

use super::heard::heard;
use super::{Ui, focus, item, press};
use crate::app::Notice;
use crate::messages::fill;

/// The errors of storing, as long as they last.
#[component]
pub fn Trouble(ui: Ui) -> impl IntoView {
    let signals = ui.app().signals().clone();
    let words = ui.words();
    let trouble = signals.trouble.clone();
    let open = signals.open.clone();
    let set_aside = signals.set_aside.clone();
    let journal_works = signals.journal_works.clone();
    let all_fails = signals.trouble.clone();
    view! {
        <div class="notices">
            {move || {
                // If the vault fails, too, the notice below says so.
                (!journal_works.get() && all_fails.with(Option::is_none)).then(|| {
                    view! {
                        <div class="notice" role="status" data-notice="journal">
                            <p>{words.storage_journal}</p>
                        </div>
                    }
                })
            }}
            {move || {
                let open = open.clone();
                trouble.get().map(|sentence| {
                    // Only another release can save again, and it comes with a reload.
                    let is_newer = sentence == words.storage_newer;
                    view! {
                        <div class="notice notice-error" role="alert" data-notice="trouble">
                            <p prop:textContent=sentence></p>
                            <p hidden=is_newer>{words.trouble_advice}</p>
                            <button
                                type="button"
                                class="button"
                                data-action="backup"
                                hidden=move || open.with(Option::is_none)
                                on:click=move |_| ui.app().download()
                            >
                                {words.trouble_backup}
                            </button>
                        </div>
                    }
                })
            }}
            {move || {
                let count = set_aside.get();
                (count > 0)
                    .then(|| {
                        let text = fill(words.set_aside, &[("count", &count.to_string())]);
                        view! {
                            <div class="notice notice-error" role="alert" data-notice="set-aside">
                                <p prop:textContent=text></p>
                                <button
                                    type="button"
                                    class="button"
                                    data-action="download-aside"
                                    on:click=move |_| {
                                        let app = ui.app();
                                        leptos::task::spawn_local(async move { app.download_aside().await });
                                    }
                                >
                                    {words.set_aside_download}
                                </button>
                            </div>
                        }
                    })
            }}
        </div>
    }
}

/// The passing notices, under the sticky line. They push the content down.
#[component]
pub fn Notices(ui: Ui) -> impl IntoView {
    let signals = ui.app().signals().clone();
    let (notices, incoming) = (signals.notices, signals.incoming);
    let is_coming = Memo::new({
        let incoming = incoming.clone();
        move |_| incoming.with(|text| !text.is_empty())
    });
    let place = NodeRef::<html::Div>::new();
    let shown = move || {
        push_down(place);
        notices.get()
    };
    view! {
        <div class="notices notices-passing" node_ref=place>
            {move || {
                let incoming = incoming.clone();
                push_down(place);
                is_coming
                    .get()
                    .then(|| view! { <div class="notice" role="status" data-notice="incoming"><p prop:textContent=incoming></p></div> })
            }}
            <For each=shown key=|notice| notice.number let(notice)>
                <NoticeView ui notice/>
            </For>
        </div>
    }
}

/// Makes a new notice push the content down. A browser may scroll along with content that is
/// inserted above, so that the notice would cover the text that is read. This takes that scrolling
/// back.
fn push_down(place: NodeRef<html::Div>) {
    let height =
        move || place.try_get_untracked().flatten().map(|place| f64::from(place.offset_height()));
    let Some(empty) = height() else { return };
    let before = window().scroll_y().unwrap_or_default();
    // The browser scrolls when it lays the page out.
    request_animation_frame(move || {
        request_animation_frame(move || {
            _ = place
                .try_get_untracked()
                .flatten()
                .map(|place| focus::keep_clear_of_notices(&place));
            let window = window();
            let scrolled = window.scroll_y().unwrap_or_default() - before;
            let grown = height().unwrap_or_default() - empty;
            if scrolled > 0.0 && (scrolled - grown).abs() < 2.0 {
                window.scroll_by_with_x_and_y(0.0, -scrolled);
            }
        });
    });
}

/// The time for which a notice stays that needs nothing from the person.
const GLANCE: Duration = Duration::from_secs(6);

/// The extra time for each letter of such a notice, for people who read slowly.
const LETTER: Duration = Duration::from_millis(80);

/// A notice. Undo offers and errors stay until the person dismisses them. The others go by
/// themselves, but not while they are pointed at or have the focus.
#[component]
fn NoticeView(ui: Ui, notice: Notice) -> impl IntoView {
    let words = ui.words();
    let Notice { number, text, is_error, undo } = notice;
    let passes = !is_error && undo.is_none();
    let time = GLANCE + LETTER * u32::try_from(text.chars().count()).unwrap_or(u32::MAX).min(1_000);
    let (is_pointed_at, has_focus) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| {
        if passes && !is_pointed_at.get() && !has_focus.get() {
            // The component may be unmounted before the press ends.
            let app = ui.app();
            let go = move || press::after(move || app.dismiss(number));
            let timer = set_timeout_with_handle(go, time);
            on_cleanup(move || _ = timer.map(|timer| timer.clear()));
        }
    });
    let undo = undo.map(|undo| {
        view! {
            <button
                type="button"
                class="button"
                data-action="undo"
                on:click=move |_| {
                    let app = ui.app();
                    let undo = undo.clone();
                    app.dismiss(number);
                    leptos::task::spawn_local(async move {
                        let item = undo.item().map(ToString::to_string);
                        app.undo(undo).await;
                        match item {
                            Some(id) => item::bring_into_sight(ui, id),
                            None => focus::keep(ui),
                        }
                    });
                }
            >
                {words.undo}
            </button>
        }
    });
    view! {
        <div
            class="notice"
            class:notice-error=is_error
            role=if is_error { "alert" } else { "status" }
            data-notice=if is_error { "error" } else { "done" }
            on:mouseenter=move |_| is_pointed_at.set(true)
            on:mouseleave=move |_| is_pointed_at.set(false)
            on:focusin=move |_| has_focus.set(true)
            on:focusout=heard(move |event| if event.is_left() { _ = has_focus.try_set(false) })
        >
            <p>{text}</p>
            {undo}
            <button
                type="button"
                class="button button-quiet"
                data-action="dismiss"
                on:click=move |_| {
                    ui.app().dismiss(number);
                    focus::keep(ui);
                }
            >
                {words.dismiss}
            </button>
        </div>
    }
}
