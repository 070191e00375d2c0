//! The answers of earlier versions of the checklist. They don't count, and stay in the report and
//! on paper.

use leptos::prelude::*;
use std::sync::Arc;

use super::item::VerdictMark;
use super::table::Table;
use super::{Ui, words};
use crate::app::Open;
use crate::checklist::{Column, Kind, Language};
use crate::evaluation::{Context, judge};
use crate::inspection::{Earlier, EarlierItem, Entered, Row};
use crate::messages::{Messages, fill};

/// The answers that stay of earlier versions, if there are any.
#[component]
pub fn EarlierAnswers(ui: Ui, open: Arc<Open>) -> impl IntoView {
    let words = ui.words();
    let earlier = open.earlier.clone();
    move || {
        let mut earlier = earlier.get();
        earlier.retain(|version| !version.items.is_empty());
        let text = fill(words.earlier_text, &[("version", &open.checklist.version)]);
        (!earlier.is_empty()).then(|| {
            let versions = earlier.into_iter().map(|version| {
                view! { <Version ui open=open.clone() version/> }
            });
            view! {
                <section class="card earlier">
                    <h2>{words.earlier_title}</h2>
                    <p prop:textContent=text></p>
                    {versions.collect_view()}
                </section>
            }
        })
    }
}

#[component]
fn Version(ui: Ui, open: Arc<Open>, version: Earlier) -> impl IntoView {
    let title = fill(ui.words().earlier_version, &[("version", &version.checklist.version)]);
    let items = version.items.into_iter().map(|kept| {
        view! { <ItemView ui open=open.clone() kept as_of=version.as_of/> }
    });
    let items = items.collect_view();
    view! {
        <h3 prop:textContent=title></h3>
        <ul class="findings">{items}</ul>
    }
}

/// The item, its answer, and the verdict on it.
#[component]
fn ItemView(ui: Ui, open: Arc<Open>, kept: EarlierItem, as_of: chrono::NaiveDate) -> impl IntoView {
    let words = ui.words();
    let judgement = open
        .header
        .with_untracked(|header| judge(&kept.item, Some(&kept.entry), &Context { header, as_of }));
    let verdict = judgement.verdict;
    let detail =
        words::detail(&kept.item.kind, &kept.entry.answer, &judgement, ui.language(), words);
    let facts = facts(&kept, ui.language(), words).into_iter().map(|(label, value)| {
        view! {
            <dt>{label}</dt>
            <dd>{value}</dd>
        }
    });
    let facts = facts.collect_view();
    let rows = match (&kept.item.kind, &kept.entry.answer.entered) {
        (Kind::Roster { columns, .. }, Entered::Roster(rows)) if !rows.is_empty() => {
            Some(table(ui, columns, rows))
        }
        _ => None,
    };
    let (text, language) = kept.item.text.get(ui.language());
    view! {
        <li data-earlier=kept.item.id.to_string() data-verdict=verdict.name()>
            <VerdictMark verdict/>
            <p lang=language.code()>{text.to_owned()}</p>
            <div class="finding-facts">
                <p>
                    {words::verdict(verdict, words)}
                    {(!detail.is_empty()).then(|| format!(" · {detail}"))}
                </p>
                <dl class="earlier-facts">{facts}</dl>
                {rows}
            </div>
        </li>
    }
}

/// Returns the entry with the person's reason, note and corrective action. A roster's rows are in a
/// table.
fn facts(kept: &EarlierItem, language: Language, words: &Messages) -> Vec<(String, String)> {
    let EarlierItem { item, entry, .. } = kept;
    let said = [(words.item_reason, &entry.answer.reason), (words.item_note, &entry.note)];
    let said = said.into_iter().filter(|(_, text)| !text.is_empty());
    let said = said.map(|(label, text)| (label.to_owned(), text.clone()));
    let entered = words::entered(&item.kind, entry, language, words).into_iter();
    let own = words::own(&item.kind, entry.own, language, words);
    entered.chain(own).chain(said).chain(words::finding(&entry.finding, words)).collect()
}

/// Returns the table of a roster's rows.
fn table(ui: Ui, columns: &[Column], rows: &[Row]) -> impl IntoView + use<> {
    let words = ui.words();
    let heads = columns.iter().map(|column| {
        let (label, language) = column.label.get(ui.language());
        view! { <th scope="col" lang=language.code()>{label.to_owned()}</th> }
    });
    let heads = heads.collect_view().into_any();
    let lines = rows.iter().map(|row| {
        let cells = columns.iter().map(|column| {
            let cell = words::cell(row.get(&column.id), words);
            view! { <td>{cell}</td> }
        });
        let cells = cells.collect_view();
        view! { <tr>{cells}</tr> }
    });
    let lines = lines.collect_view();
    view! {
        <Table label=words.earlier_rows class="facts-table" heads>{lines}</Table>
    }
}
