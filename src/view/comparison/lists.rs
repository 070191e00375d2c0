//! What became of the items, in lists whose lines lead to them.

use leptos::prelude::*;
use std::sync::Arc;

use crate::checklist::{Item, Kind, Language, RatioTarget};
use crate::comparison::{Change, Comparison, Figure, ItemChange};
use crate::evaluation::Verdict;
use crate::inspection::write_decimal;
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
    let now = state(ui, &item, change.now);
    let told = match change.then.filter(|then| *then != change.now) {
        Some(then) => {
            fill(words.compare_then_now, &[("then", &state(ui, &item, then)), ("now", &now)])
        }
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

/// A verdict with the figure behind it.
fn state(ui: Ui, item: &Item, (verdict, figure): (Verdict, Option<Figure>)) -> String {
    let verdict = words::verdict(verdict, ui.words());
    match figure {
        Some(figure) => format!("{verdict}, {}", write_figure(figure, item, ui.language())),
        None => verdict.to_owned(),
    }
}

/// A figure as people read it. A share has its numbers too: two that differ may be the same when cut.
fn write_figure(figure: Figure, item: &Item, language: Language) -> String {
    match (figure, &item.kind) {
        (Figure::Share(share), kind) => {
            let target = match kind {
                Kind::Ratio { target: RatioTarget::Fixed(target), .. }
                | Kind::Roster { target, .. } => Some(*target),
                _ => None,
            };
            let (numerator, denominator) = share.parts();
            format!("{}% ({numerator}/{denominator})", share.percent(target).with_comma())
        }
        (Figure::Count(count), _) => count.to_string(),
        (Figure::Quantity(quantity), Kind::Quantity { unit, .. }) => {
            format!("{} {}", write_decimal(quantity), unit.in_language(language))
        }
        (Figure::Quantity(quantity), _) => write_decimal(quantity),
    }
}
