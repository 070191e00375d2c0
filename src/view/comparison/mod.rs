//! The result held against an earlier inspection of the unit: in a sentence, in a picture of the
//! last periods, by area, and item by item.

mod areas;
mod lists;
mod trend;

use leptos::prelude::*;
use std::sync::Arc;

use super::anew::anew;
use super::heard::heard;
use super::{Ui, focus, words};
use crate::app::Open;
use crate::comparison::{Comparison, Judged};
use crate::inspection::{InspectionId, Status};
use crate::messages::fill;
use areas::Areas;
use lists::Lists;
use trend::Trend;

/// An inspection and the one that it is held against, with all that are before it.
#[derive(Clone)]
struct Sides {
    this: Arc<Judged>,
    with: Judged,
    earlier: Arc<Vec<Judged>>,
}

/// The card; nothing where there is no earlier inspection.
#[component]
pub fn ComparisonCard(ui: Ui, open: Arc<Open>) -> impl IntoView {
    let words = ui.words();
    let app = ui.app();
    leptos::task::spawn_local(async move { app.look_back().await });
    let this = Arc::new(Judged::of(&open.snapshot(), ui.app().today()));
    let earlier = open.compared.earlier.clone();
    move || {
        let earlier = earlier.get();
        let last = earlier.last()?.id.clone();
        let chosen = open.compared.chosen.clone();
        let chosen = Memo::new(move |_| chosen.get().unwrap_or_else(|| last.clone()));
        let (this, open) = (this.clone(), open.clone());
        let choice = (earlier.len() > 1).then(|| {
            view! { <Choice ui open=open.clone() earlier=earlier.clone() chosen/> }
        });
        let sides = move || {
            let with = earlier.iter().find(|judged| judged.id == chosen.get());
            let with = with.or(earlier.last())?.clone();
            Some(Sides { this: this.clone(), with, earlier: earlier.clone() })
        };
        let body = anew(sides, move |sides| view! { <Body ui open=open.clone() sides/> });
        Some(view! {
            <section class="card comparison" aria-labelledby="comparison-title">
                <h2 id="comparison-title" tabindex="-1">{words.compare_title}</h2>
                {choice}
                {body}
            </section>
        })
    }
}

/// Which inspection it is held against.
#[component]
fn Choice(
    ui: Ui,
    open: Arc<Open>,
    earlier: Arc<Vec<Judged>>,
    chosen: Memo<InspectionId>,
) -> impl IntoView {
    let words = ui.words();
    let options = earlier.iter().rev().map(|judged| {
        let (value, id) = (judged.id.to_string(), judged.id.clone());
        view! {
            <option value=value prop:selected=move || chosen.get() == id>
                {words::period(judged.period, words)}
            </option>
        }
    });
    let options = options.collect_view();
    let choose = heard(move |event| {
        _ = event.value().map(|id| open.compared.chosen.set(InspectionId::parse(&id)));
    });
    view! {
        <div class="field">
            <label for="compare-with">{words.compare_with}</label>
            <select id="compare-with" class="input" data-field="compare-with" on:change=choose>
                {options}
            </select>
        </div>
    }
}

#[component]
fn Body(ui: Ui, open: Arc<Open>, sides: Sides) -> impl IntoView {
    let words = ui.words();
    let comparison = Comparison::new(&sides.this, &sides.with, &sides.earlier);
    let period = words::period(sides.with.period, words);
    let sentence = words.compare_summary;
    let summary = words::compared_summary(sentence, &sides.this, &sides.with, &period, &comparison);
    let comparison = Arc::new(comparison);
    view! {
        <p data-compare-summary>{summary}</p>
        <Carry ui open=open.clone() comparison=comparison.clone()/>
        <Trend ui sides=sides.clone()/>
        <Areas ui open sides comparison=comparison.clone()/>
        <Lists ui comparison/>
    }
}

/// Takes over what is still to be done, with one tap.
#[component]
fn Carry(ui: Ui, open: Arc<Open>, comparison: Arc<Comparison>) -> impl IntoView {
    let words = ui.words();
    let carried = comparison.carried().count();
    let header = open.header.clone();
    let locked = move || header.with(|header| header.status == Status::Completed);
    let carry = move |_| {
        ui.app().carry_findings(&comparison);
        // The button is gone: the card that it stood in goes on.
        focus::on(ui, "#comparison-title");
    };
    (carried > 0).then(|| {
        view! {
            <div class="carry-findings" hidden=locked>
                <button type="button" class="button" data-action="carry-findings" on:click=carry>
                    {fill(words.compare_carry, &[("count", &carried.to_string())])}
                </button>
                <p class="field-hint">{words.compare_carry_hint}</p>
            </div>
        }
    })
}
