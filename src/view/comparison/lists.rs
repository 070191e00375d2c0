//! The changes of the items, in lists whose lines lead to them.

use leptos::prelude::*;
use std::sync::Arc;

use crate::comparison::{Change, Comparison, ItemChange};
use crate::messages::fill;
use crate::view::item::{self, VerdictMark};
use crate::view::{Ui, words};

/// The lists. What became worse is open; the rest is folded, as it may be long.
#[component]
pub fn Lists(ui: Ui, comparison: Arc<Comparison>) -> impl IntoView {
    let words = ui.words();
    let of = |change| comparison.with(change).cloned().collect::<Vec<_>>();
    let lists = [
        ("fell", words.compare_list_fell, of(Change::Fell), true),
        ("lasting", words.compare_list_lasting, comparison.lasting().cloned().collect(), false),
        ("rose", words.compare_list_rose, of(Change::Rose), false),
        ("answered", words.compare_list_answered, of(Change::NewlyAnswered), false),
        ("unanswered", words.compare_list_unanswered, of(Change::NoLongerAnswered), false),
        ("new", words.compare_list_new, of(Change::New), false),
    ];
    let lists = lists.into_iter().filter(|(_, _, items, _)| !items.is_empty());
    let lists = lists.map(|(name, title, items, is_open)| {
        let title = fill(title, &[("count", &items.len().to_string())]);
        let lines = items.into_iter().map(|change| view! { <Line ui change/> });
        let lines = lines.collect_view();
        view! {
            <details class="compared" data-compared-list=name open=is_open>
                <summary>{title}</summary>
                <ul class="findings">{lines}</ul>
            </details>
        }
    });
    lists.collect_view()
}

/// An item: what it was, what it is, and how long it fails.
#[component]
fn Line(ui: Ui, change: ItemChange) -> impl IntoView {
    let words = ui.words();
    let item = change.item.clone();
    let (text, language) = item.text.get(ui.language());
    let id = item.id.clone();
    let state = |state| words::state(&item, state, ui.language(), words);
    let now = state(change.now);
    let told = match change.then.filter(|then| *then != change.now) {
        Some(then) => fill(words.compare_then_now, &[("then", &state(then)), ("now", &now)]),
        None => fill(words.compare_now, &[("now", &now)]),
    };
    let times = (change.times_failed >= ItemChange::LASTING)
        .then(|| fill(words.compare_times, &[("count", &change.times_failed.to_string())]));
    view! {
        <li data-compared=item.id.to_string()>
            <VerdictMark verdict=change.now.0/>
            <button type="button" class="finding-link" on:click=move |_| item::bring_into_sight(ui, id.clone())>
                <span lang=language.code()>{text.to_owned()}</span>
            </button>
            <span class="finding-facts">{told} " " {times}</span>
        </li>
    }
}
