//! The changes of the areas, as a table.

use leptos::prelude::*;
use std::cmp::Ordering;
use std::sync::Arc;

use super::Sides;
use crate::app::Open;
use crate::comparison::{AreaChange, Comparison};
use crate::messages::Messages;
use crate::view::table::Table;
use crate::view::{Ui, words};

/// How many items of each area are met, then and now.
#[component]
pub fn Areas(ui: Ui, open: Arc<Open>, sides: Sides, comparison: Arc<Comparison>) -> impl IntoView {
    let words = ui.words();
    let rows = comparison.areas.iter().filter_map(|change| {
        let (title, language) = open.checklist.area(&change.area)?.title.get(ui.language());
        let then =
            change.then.as_ref().map_or_else(|| words.compare_not_there.to_owned(), words::met_of);
        Some(view! {
            <tr data-compared-area=change.area.to_string()>
                <th scope="row" lang=language.code()>{title.to_owned()}</th>
                <td>{then}</td>
                <td>{words::met_of(&change.now)} " " {order(change, words)}</td>
            </tr>
        })
    });
    let rows = rows.collect_view();
    let periods = [&sides.with, &sides.this].map(|judged| words::period(judged.period, words));
    let heads = [words.chart_area.to_owned()].into_iter().chain(periods);
    let heads = heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view().into_any();
    view! {
        <div class="chart">
            <Table label=words.compare_areas captioned=true heads>{rows}</Table>
        </div>
    }
}

/// The change in a word, with a sign that is seen at a glance.
fn order(change: &AreaChange, words: &'static Messages) -> Option<impl IntoView + use<>> {
    let (sign, word) = match (change.order(), change.then) {
        (Some(Ordering::Greater), _) => ("▲ ", words.compare_up),
        (Some(Ordering::Less), _) => ("▼ ", words.compare_down),
        (Some(Ordering::Equal), _) => ("", words.compare_same),
        (None, Some(_)) => ("", words.compare_not_whole),
        (None, None) => return None,
    };
    Some(view! {
        <span class="area-change">
            <span aria-hidden="true">{sign}</span>
            {word}
        </span>
    })
}
