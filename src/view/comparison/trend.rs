//! The share that is met over the last periods: a bar a period, told apart by their names and
//! figures, with a table as their text.

use leptos::prelude::*;

use super::Sides;
use crate::comparison::Judged;
use crate::document::Side;
use crate::messages::Messages;
use crate::view::chart::ShareBar;
use crate::view::table::Table;
use crate::view::{Ui, words};

/// The picture and its table.
#[component]
pub fn Trend(ui: Ui, sides: Sides) -> impl IntoView {
    let words = ui.words();
    let all = || sides.earlier.iter().chain([&*sides.this]);
    let told = all().map(|judged| {
        let share = words::share(&judged.summary.all, words);
        format!("{}: {share}", words::period(judged.period, words))
    });
    let told = format!("{}. {}", words.compare_trend, told.collect::<Vec<_>>().join("; "));
    let bars = all().map(|judged| {
        let side = if judged.id == sides.this.id {
            Side::This
        } else if judged.id == sides.with.id {
            Side::With
        } else {
            Side::Other
        };
        view! { <Period ui judged=judged.clone() side/> }
    });
    let bars = bars.collect_view();
    let heads = [
        words.compare_period,
        words.verdict_met,
        words.compare_total,
        words.compare_share,
        words.compare_open,
    ];
    let heads = heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view().into_any();
    let rows = all().map(|judged| row(judged, words)).collect_view();
    view! {
        <figure class="chart trend">
            <figcaption class="chart-title">{words.compare_trend}</figcaption>
            <div class="trend-picture" role="img" aria-label=told>{bars}</div>
            <details>
                <summary>{words.chart_as_table}</summary>
                <Table label=words.compare_trend captioned=true heads>{rows}</Table>
            </details>
        </figure>
    }
}

/// A period's name, its figures and its bar.
#[component]
fn Period(ui: Ui, judged: Judged, side: Side) -> impl IntoView {
    let words = ui.words();
    let tally = judged.summary.all;
    let name = words::compared_period(&judged, side, words);
    view! {
        <div class="trend-row" data-trend=side.name()>
            <p class="trend-name">{name} " " <span>{words::share(&tally, words)}</span></p>
            <ShareBar met=tally.met meetable=tally.meetable() side/>
        </div>
    }
}

fn row(judged: &Judged, words: &'static Messages) -> impl IntoView + use<> {
    let tally = judged.summary.all;
    view! {
        <tr>
            <th scope="row">{words::period(judged.period, words)}</th>
            <td>{tally.met}</td>
            <td>{tally.meetable()}</td>
            <td>{words::percent_met(&tally)}</td>
            <td>{tally.waiting()}</td>
        </tr>
    }
}
