//! The sticky line while answering: the progress, the save state and the next item.

use leptos::prelude::*;
use std::sync::Arc;

use super::icon::{Glyph, Icon};
use super::nav::AreasToggle;
use super::{Ui, item};
use crate::app::{Open, SaveState, Screen};
use crate::messages::fill;

/// The progress line.
#[component]
pub fn ProgressLine(
    ui: Ui,
    open: Arc<Open>,
    place: item::Place,
    areas_open: RwSignal<bool>,
) -> impl IntoView {
    let words = ui.words();
    let summary = open.summary.clone();
    let tally = move || summary.with(|summary| summary.all);
    let next = {
        let open = open.clone();
        move |_| next_unanswered(ui, &open, place)
    };
    let counts = {
        let tally = tally.clone();
        move || {
            let tally = tally();
            format!(" {}/{}", tally.answered(), tally.total)
        }
    };
    let (answered, total, met) = (tally.clone(), tally.clone(), tally.clone());
    let (bar_answered, bar_total) = (tally.clone(), tally);
    view! {
        <div
            class="progress-line"
            part="progress"
            data-summary
            data-answered=move || answered().answered()
            data-total=move || total().total
            data-met=move || met().met
        >
            <button type="button" class="button button-quiet" data-action="home" on:click=move |_| ui.app().close()>
                <Glyph icon=Icon::ArrowLeft/>
                <span class="narrow-hidden">{words.back_home}</span>
            </button>
            <AreasToggle ui is_open=areas_open/>
            <div class="progress-figures">
                <span class="progress-count"><span class="progress-words">{words.progress_words}</span><span prop:textContent=counts></span></span>
                <progress aria-label=words.progress_label max=move || bar_total().total.max(1) value=move || bar_answered().answered()></progress>
            </div>
            <SaveStateView ui/>
            <button type="button" class="button button-primary" data-action="next-unanswered" on:click=next>
                <Glyph icon=Icon::ArrowRight/>
                {words.next_unanswered}
            </button>
            <button type="button" class="button" data-action="result" on:click=move |_| ui.app().show(Screen::Result)>
                <Glyph icon=Icon::ChartColumn/>
                {words.show_result}
            </button>
        </div>
    }
}

/// The save state of the entries.
#[component]
fn SaveStateView(ui: Ui) -> impl IntoView {
    let saving = ui.app().signals().saving.clone();
    let words = ui.words();
    let name = {
        let saving = saving.clone();
        move || saving.with(SaveState::name)
    };
    let text = move || match saving.get() {
        SaveState::Saved(None) => words.saving_nothing_new.to_owned(),
        SaveState::Saved(Some(time)) => fill(words.saving_saved, &[("time", &time)]),
        SaveState::Saving => words.saving_now.to_owned(),
        SaveState::Failed => words.saving_failed.to_owned(),
    };
    view! { <span class="save-state" data-save-state=name prop:textContent=text></span> }
}

/// Scrolls to the next item without a verdict, after the one that had the focus last.
fn next_unanswered(ui: Ui, open: &Open, place: item::Place) {
    let count = open.items.len();
    let here = place.with_value(|id| {
        let id = id.as_deref()?;
        open.items.iter().position(|open_item| open_item.item.id.as_str() == id)
    });
    let start = here.map_or(0, |position| position + 1);
    let wanted = (0..count).map(|step| (start + step) % count.max(1)).find(|position| {
        open.items.get(*position).is_some_and(|open_item| {
            open_item.applies.get_untracked()
                && !open_item.judgement.with_untracked(|judgement| judgement.verdict.is_answered())
        })
    });
    match wanted.and_then(|position| open.items.get(position)) {
        Some(open_item) => item::bring_into_sight(ui, open_item.item.id.clone()),
        None => ui.app().notify(ui.words().all_answered.to_owned(), None),
    }
}
