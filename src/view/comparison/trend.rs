//! The share that is met over the last periods: a bar a period, told apart by their names and figures,
//! with a table as their text.

use leptos::prelude::*;

use super::Sides;
use crate::comparison::{Judged, share_met};
use crate::evaluation::Tally;
use crate::messages::{Messages, fill};
use crate::view::table::Table;
use crate::view::{Ui, words};

/// How wide a full bar is, in the picture's own units.
const WIDTH: u64 = 1000;

/// The picture and its table.
#[component]
pub fn Trend(ui: Ui, sides: Sides) -> impl IntoView {
    let words = ui.words();
    let all = || sides.earlier.iter().chain([&*sides.this]);
    let told = all().map(|judged| {
        let value = value(&judged.summary.all, words);
        format!("{}: {value}", words::period(judged.period, words))
    });
    let told = format!("{}. {}", words.compare_trend, told.collect::<Vec<_>>().join("; "));
    let bars = all().map(|judged| {
        let role = if judged.id == sides.this.id {
            "this"
        } else if judged.id == sides.with.id {
            "with"
        } else {
            "other"
        };
        view! { <Bar ui judged=judged.clone() role/> }
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

/// A period's name, its bar and its figures. The bar of this period is full, that of the one it is
/// compared with hatched, those of the others are outlined: no colour is needed to tell them apart.
#[component]
fn Bar(ui: Ui, judged: Judged, role: &'static str) -> impl IntoView {
    let words = ui.words();
    let tally = judged.summary.all;
    let period = words::period(judged.period, words);
    let name = match role {
        "this" => fill(words.compare_this, &[("period", &period)]),
        "with" => fill(words.compare_compared, &[("period", &period)]),
        _ => period,
    };
    let width = tally.met as u64 * WIDTH / (tally.meetable() as u64).max(1);
    let hatches = (0..width).step_by(25).filter(|_| role == "with").map(|x| {
        view! { <line class="trend-hatch" x1=x x2=x y1="0" y2="40"></line> }
    });
    let hatches = hatches.collect_view();
    view! {
        <div class="trend-row" data-trend=role>
            <p class="trend-name">{name} " " <span>{value(&tally, words)}</span></p>
            <svg class="bar-picture" viewBox=format!("0 0 {WIDTH} 40") preserveAspectRatio="none">
                <rect class="trend-whole" x="0" y="0" width=WIDTH height="40"></rect>
                <rect class="trend-bar" x="0" y="0" width=width height="40"></rect>
                {hatches}
            </svg>
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
            <td>{percent(&tally)} "%"</td>
            <td>{waiting(&tally)}</td>
        </tr>
    }
}

/// How much of a period's items is met, and how many have no verdict that could be.
fn value(tally: &Tally, words: &Messages) -> String {
    let (met, total) = (tally.met.to_string(), tally.meetable().to_string());
    let values = [("percent", &*percent(tally)), ("met", &met), ("total", &total)];
    let share = fill(words.compare_value, &values);
    match waiting(tally) {
        0 => share,
        count => {
            let waiting = fill(words.compare_waiting, &[("count", &count.to_string())]);
            format!("{share}, {waiting}")
        }
    }
}

fn percent(tally: &Tally) -> String {
    share_met(tally).map_or_else(|| "0".to_owned(), |share| share.percent(None).with_comma())
}

const fn waiting(tally: &Tally) -> usize {
    tally.unanswered() + tally.invalid
}
