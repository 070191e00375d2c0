//! The answers of earlier versions of the checklist: they count for nothing, and stay in the report and
//! on paper.

use leptos::prelude::*;
use std::sync::Arc;

use super::item::{VerdictMark, verdict_detail};
use super::{Ui, words};
use crate::app::Open;
use crate::checklist::{Column, Kind, Language};
use crate::evaluation::{Context, judge};
use crate::inspection::{
    Cell, Done, Earlier, EarlierItem, Entered, Row, TypedField, write_date, write_decimal,
};
use crate::messages::{Messages, fill};

/// All that stays of earlier versions; nothing where there is none.
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
                    <p>{text}</p>
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
        <h3>{title}</h3>
        <ul class="findings">{items}</ul>
    }
}

/// What was asked, what was answered, and what followed from it.
#[component]
fn ItemView(ui: Ui, open: Arc<Open>, kept: EarlierItem, as_of: chrono::NaiveDate) -> impl IntoView {
    let words = ui.words();
    let judgement = open
        .header
        .with_untracked(|header| judge(&kept.item, Some(&kept.entry), &Context { header, as_of }));
    let verdict = judgement.verdict;
    let detail = verdict_detail(&kept.item.kind, &judgement, words);
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

/// What was entered, field by field; a roster's rows stand in a table.
fn facts(kept: &EarlierItem, language: Language, words: &Messages) -> Vec<(String, String)> {
    let entry = &kept.entry;
    let unread = |field| entry.answer.unread.get(&field).cloned();
    let mut facts = Vec::new();
    let mut tell = |label: &str, value: Option<String>| {
        facts
            .extend(value.filter(|value| !value.is_empty()).map(|value| (label.to_owned(), value)));
    };
    match (&kept.item.kind, &entry.answer.entered) {
        (
            Kind::Ratio { numerator: upper, denominator: lower, .. },
            Entered::Ratio { numerator, denominator },
        ) => {
            let upper_text = unread(TypedField::Numerator).or(numerator.map(|n| n.to_string()));
            let lower_text = unread(TypedField::Denominator).or(denominator.map(|n| n.to_string()));
            tell(upper.in_language(language), upper_text);
            tell(lower.in_language(language), lower_text);
        }
        (Kind::Count { label, .. }, Entered::Count(count)) => {
            let count = count.map(|count| count.to_string());
            tell(label.in_language(language), unread(TypedField::Count).or(count));
        }
        (Kind::Quantity { label, unit, .. }, Entered::Quantity(quantity)) => {
            let unit = unit.in_language(language);
            let quantity = quantity.map(|quantity| format!("{} {unit}", write_decimal(quantity)));
            tell(label.in_language(language), unread(TypedField::Quantity).or(quantity));
        }
        (_, Entered::Deadline(Some(Done::NotYet))) => {
            tell(words.deadline_not_yet, Some(words.yes.to_owned()));
        }
        (_, Entered::Deadline(done)) => {
            let date = done.and_then(|done| match done {
                Done::On(date) => Some(write_date(date)),
                Done::NotYet => None,
            });
            tell(words.deadline_done, unread(TypedField::Done).or(date));
        }
        (_, Entered::Periodic(Some(done))) => {
            let names: Vec<_> = done.iter().map(|one| words::period(*one, words)).collect();
            let names =
                if names.is_empty() { words.none_of_periods.to_owned() } else { names.join(", ") };
            tell(words.periodic_ask.trim_end_matches(':'), Some(names));
        }
        (Kind::Parts { parts }, Entered::Parts(answers)) => {
            for part in parts {
                let answer =
                    answers.get(&part.id).map(|yes| if *yes { words.yes } else { words.no });
                tell(part.text.in_language(language), answer.map(str::to_owned));
            }
        }
        (_, Entered::Narrative(text)) => tell(words.narrative_text, Some(text.clone())),
        _ => {}
    }
    let target = entry.own.target.map(|target| format!("{}%", write_decimal(target)));
    tell(words.own_target, unread(TypedField::Target).or(target));
    let due = unread(TypedField::Due).or(entry.own.due.map(write_date));
    tell(words.earlier_due, due);
    tell(words.item_reason, Some(entry.answer.reason.clone()));
    tell(words.item_note, Some(entry.note.clone()));
    facts
}

/// The rows of a roster under its columns.
fn table(ui: Ui, columns: &[Column], rows: &[Row]) -> impl IntoView + use<> {
    let words = ui.words();
    let text = |cell: Option<&Cell>| match cell {
        None => String::new(),
        Some(Cell::Text(text)) => text.clone(),
        Some(Cell::Date(date)) => write_date(*date),
        Some(Cell::Check(yes)) => (if *yes { words.yes } else { words.no }).to_owned(),
    };
    let heads = columns.iter().map(|column| {
        let (label, language) = column.label.get(ui.language());
        view! { <th scope="col" lang=language.code()>{label.to_owned()}</th> }
    });
    let heads = heads.collect_view();
    let lines = rows.iter().map(|row| {
        let cells = columns.iter().map(|column| {
            let cell = text(row.get(&column.id));
            view! { <td>{cell}</td> }
        });
        let cells = cells.collect_view();
        view! { <tr>{cells}</tr> }
    });
    let lines = lines.collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=words.earlier_rows>
            <table class="facts-table">
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}
