//! The document laid out on paper. It has nothing but the text to read, and `style/document.css`
//! alone styles it.

use leptos::prelude::*;

use super::chart::{ShareBar, bar_picture, shares};
use crate::document::{
    Align, Annex, Bar, Block, Chart, Column, Document, Letterhead, Photo, Photos, Row, Share,
    Signature, Table, Title,
};

/// The style sheet of the paper.
pub const STYLE: &str = include_str!("../../style/document.css");

/// The number of dotted lines to write on by hand.
const LINES_OF_ROOM: usize = 3;

/// The whole document.
#[component]
pub fn Paper(document: Document) -> impl IntoView {
    let Document { letterhead, title, addressed_to, addressees, body, closing, .. } = document;
    let Document { signature, copies_to, recipients, annex, .. } = document;
    let addressees = match addressees.as_slice() {
        [one] => view! { <p class="addressees">{format!("{addressed_to} {one}")}</p> }.into_any(),
        several => {
            let lines = several.iter().map(|line| view! { <li>{line.clone()}</li> });
            view! {
                <div class="addressees">
                    <p>{addressed_to}</p>
                    <ul>{lines.collect_view()}</ul>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <main>
            <LetterheadView letterhead/>
            <TitleView title/>
            {addressees}
            {blocks(body)}
            <End closing signature copies_to recipients/>
        </main>
        <AnnexView annex/>
    }
}

#[component]
fn LetterheadView(letterhead: Letterhead) -> impl IntoView {
    let Letterhead { superior, agency, nation, motto, number, place_and_date } = letterhead;
    view! {
        <header class="letterhead">
            <div>
                {superior.map(|superior| view! { <p class="superior">{superior}</p> })}
                <p class="agency">{agency}</p>
            </div>
            <div>
                <p class="nation">{nation}</p>
                <p class="motto">{motto}</p>
            </div>
            <p class="number">{number}</p>
            <p class="place">{place_and_date}</p>
        </header>
    }
}

#[component]
fn TitleView(title: Title) -> impl IntoView {
    view! {
        <h1 class="title">
            <span class="kind">{title.kind}</span>
            <span class="subject">{title.subject}</span>
        </h1>
    }
}

/// The last sentence, and below it signature and recipients side by side. A page break never
/// separates them.
#[component]
fn End(
    closing: String,
    signature: Signature,
    copies_to: String,
    recipients: Vec<String>,
) -> impl IntoView {
    let office = signature.office.into_iter().map(|line| view! { <p>{line}</p> });
    let recipients = recipients.into_iter().map(|line| view! { <li>{line}</li> });
    view! {
        <div class="kept">
            {block(Block::Paragraph(closing))}
            <footer class="end">
                <section class="recipients">
                    <p class="recipients-title">{copies_to}</p>
                    <ul>{recipients.collect_view()}</ul>
                </section>
                <section class="signature">
                    <div class="office">{office.collect_view()}</div>
                    <p class="signer">{signature.name.unwrap_or_default()}</p>
                </section>
            </footer>
        </div>
    }
}

#[component]
fn AnnexView(annex: Annex) -> impl IntoView {
    view! {
        <section class="annex" data-orientation=annex.orientation.name()>
            <h2 class="title">
                <span class="kind">{annex.title.kind}</span>
                <span class="subject">{annex.title.subject}</span>
            </h2>
            <p class="belongs-to">{annex.belongs_to}</p>
            {blocks(annex.body)}
        </section>
    }
}

fn blocks(blocks: Vec<Block>) -> impl IntoView {
    let mut blocks = blocks.into_iter().peekable();
    let mut views = Vec::new();
    while let Some(one) = blocks.next() {
        let is_short = |next: &Block| matches!(next, Block::Paragraph(_) | Block::Room);
        let next = match one {
            Block::Heading(_) => blocks.next_if(is_short),
            _ => None,
        };
        views.push(match next {
            Some(next) => view! { <div class="kept">{block(one)} {block(next)}</div> }.into_any(),
            None => block(one),
        });
    }
    views
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Heading(text) => view! { <h2 class="heading">{text}</h2> }.into_any(),
        Block::Paragraph(text) => view! { <p class="paragraph">{text}</p> }.into_any(),
        Block::Room => {
            let lines = [(); LINES_OF_ROOM].map(|()| view! { <p></p> });
            view! { <div class="room" aria-hidden="true">{lines.collect_view()}</div> }.into_any()
        }
        Block::Table(table) => view! { <TableView table/> }.into_any(),
        Block::Chart(chart) => view! { <ChartView chart/> }.into_any(),
        Block::Trend(trend) => view! { <TrendView shares=trend.shares/> }.into_any(),
        Block::Photos(photos) => view! { <PhotosView photos/> }.into_any(),
    }
}

/// A table. The browser repeats its head on each page.
#[component]
fn TableView(table: Table) -> impl IntoView {
    let Table { caption, columns, rows } = table;
    let widths = columns
        .iter()
        .map(|column| leptos::html::col().attr("width", format!("{}%", column.width)));
    let widths = widths.collect_view();
    let heads = columns.iter().map(|column| view! { <th scope="col">{column.head.clone()}</th> });
    let heads = heads.collect_view();
    let rows = rows.into_iter().map(|row| row_view(row, &columns)).collect_view();
    view! {
        <table>
            {caption.map(|caption| view! { <caption>{caption}</caption> })}
            <colgroup>{widths}</colgroup>
            <thead>
                <tr>{heads}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row_view(row: Row, columns: &[Column]) -> AnyView {
    let cells = |texts: Vec<String>| {
        let cells = texts.into_iter().zip(columns).map(|(text, column)| {
            let centred = column.align == Align::Centre;
            view! { <td class:centred=centred>{text}</td> }
        });
        cells.collect_view()
    };
    match row {
        Row::Group(title) => {
            view! { <tr class="group"><th scope="rowgroup" colspan=columns.len()>{title}</th></tr> }
                .into_any()
        }
        Row::Cells(texts) => view! { <tr>{cells(texts)}</tr> }.into_any(),
        Row::Total(texts) => view! { <tr class="total">{cells(texts)}</tr> }.into_any(),
    }
}

/// Bars whose parts differ by shade. The figures are in a table.
#[component]
fn ChartView(chart: Chart) -> impl IntoView {
    let Chart { parts, bars, .. } = chart;
    let legend = parts.iter().map(|part| {
        view! {
            <li>
                <svg class="swatch" viewBox="0 0 10 10" width="10" height="10">
                    <rect class="bar-part" data-shade=part.shade.name() width="10" height="10"></rect>
                </svg>
                {part.name.clone()}
            </li>
        }
    });
    let legend = legend.collect_view();
    let bars = bars.into_iter().map(|Bar { title, counts }| {
        let drawn = parts.iter().zip(shares(&counts)).map(|(part, (start, width))| {
            (width > 0).then(|| {
                view! {
                    <rect class="bar-part" data-shade=part.shade.name() x=start y="0" width=width height="40"></rect>
                }
            })
        });
        let drawn = drawn.collect_view();
        view! {
            <div class="bar">
                <p>{title}</p>
                {bar_picture(drawn)}
            </div>
        }
    });
    view! {
        <figure class="chart" aria-hidden="true">
            <ul class="legend">{legend}</ul>
            {bars.collect_view()}
        </figure>
    }
}

/// The bars of how much was met from period to period. The figures are in the table before them.
#[component]
fn TrendView(shares: Vec<Share>) -> impl IntoView {
    let bars = shares.into_iter().map(|Share { title, met, meetable, side }| {
        view! {
            <div class="bar" data-trend=side.name()>
                <p>{title}</p>
                <ShareBar met meetable side/>
            </div>
        }
    });
    view! {
        <figure class="chart" aria-hidden="true">{bars.collect_view()}</figure>
    }
}

/// The places of photos, and their captions.
#[component]
fn PhotosView(photos: Photos) -> impl IntoView {
    let Photos { caption, photos } = photos;
    let figures = photos.into_iter().map(|Photo { id, title, .. }| {
        view! {
            <figure class="photo">
                <div data-photo=id></div>
                <figcaption>{title}</figcaption>
            </figure>
        }
    });
    view! {
        <h3 class="photos-title">{caption}</h3>
        <div class="photos">{figures.collect_view()}</div>
    }
}
