//! The chart of the verdicts by area. Each area has a bar, whose parts differ by shade and by
//! number. A table is its text. The bars are also used on paper.

use leptos::prelude::*;
use std::sync::Arc;

use super::table::Table;
use super::{Ui, words};
use crate::app::Open;
use crate::document::Side;
use crate::evaluation::{Tally, Verdict};

/// The width of a full bar, in the picture's own units.
const WIDTH: usize = 1000;

/// The chart and its table.
#[component]
pub fn VerdictChart(ui: Ui, open: Arc<Open>) -> impl IntoView {
    let words = ui.words();
    let language = ui.language();
    let heads = Verdict::ALL.map(|verdict| words::verdict(verdict, words));
    let heads = [words.chart_area].into_iter().chain(heads);
    let heads = heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view().into_any();
    let legend = Verdict::ALL.map(|verdict| {
        view! {
            <li><span class="swatch" data-verdict=verdict.name()></span>{words::verdict(verdict, words)}</li>
        }
    });
    let areas: Vec<_> = open.summary.with_untracked(|summary| {
        let areas = summary.areas.iter().filter(|(_, tally)| tally.total > 0);
        areas
            .filter_map(|(id, tally)| {
                let (title, language) = open.checklist.area(id)?.title.get(language);
                Some((title.to_owned(), language.code(), *tally))
            })
            .collect()
    });
    let bars = areas.iter().map(|(title, language, tally)| {
        view! {
            <div class="bar">
                <p class="bar-title" lang=*language>{format!("{title} ({})", words::met_of(tally))}</p>
                <Bar tally=*tally/>
            </div>
        }
    });
    let bars = bars.collect_view();
    let rows = areas.iter().map(|(title, language, tally)| {
        let cells = Verdict::ALL.map(|verdict| view! { <td>{tally.of(verdict)}</td> });
        view! {
            <tr>
                <th scope="row" lang=*language>{title.clone()}</th>
                {cells.collect_view()}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <figure class="chart">
            <div aria-hidden="true">
                <ul class="legend">{legend.collect_view()}</ul>
                {bars}
            </div>
            <details>
                <summary>{words.chart_as_table}</summary>
                <Table label=words.chart_title captioned=true heads>{rows}</Table>
            </details>
        </figure>
    }
}

/// A bar of verdicts.
#[component]
fn Bar(tally: Tally) -> impl IntoView {
    let counts = Verdict::ALL.map(|verdict| tally.of(verdict));
    let parts = Verdict::ALL.into_iter().zip(shares(&counts)).map(|(verdict, (start, width))| {
        (width > 0).then(|| {
            view! {
                <rect class="bar-part" data-verdict=verdict.name() x=start y="0" width=width height="40"></rect>
            }
        })
    });
    bar_picture(parts.collect_view())
}

/// Draws a full bar of the given parts.
pub fn bar_picture(parts: impl IntoView) -> impl IntoView {
    view! {
        <svg class="bar-picture" viewBox=format!("0 0 {WIDTH} 40") preserveAspectRatio="none">
            {parts}
        </svg>
    }
}

/// Returns the start and the width of each part of a full bar.
pub fn shares(counts: &[usize]) -> Vec<(usize, usize)> {
    let total = counts.iter().sum::<usize>().max(1);
    let shares = counts.iter().scan(0, |before, count| {
        let start = *before * WIDTH / total;
        *before += count;
        Some((start, *before * WIDTH / total - start))
    });
    shares.collect()
}

/// A bar that shows how much is met. The bar of this period is full, that of the period it is
/// compared with is hatched, and the others are outlined. No colour is needed to tell them apart.
#[component]
pub fn ShareBar(met: usize, meetable: usize, side: Side) -> impl IntoView {
    let width = met * WIDTH / meetable.max(1);
    let hatches = (0..width).step_by(25).filter(|_| side == Side::With).map(|x| {
        view! { <line class="trend-hatch" x1=x x2=x y1="0" y2="40"></line> }
    });
    let hatches = hatches.collect_view();
    view! {
        <svg class="bar-picture" viewBox=format!("0 0 {WIDTH} 40") preserveAspectRatio="none">
            <rect class="trend-whole" x="0" y="0" width=WIDTH height="40"></rect>
            <rect class="trend-bar" x="0" y="0" width=width height="40"></rect>
            {hatches}
        </svg>
    }
}
