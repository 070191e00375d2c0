//! Where an item comes from: the clause, the addressee, and what became of the law it rests on.

use leptos::prelude::*;
use std::sync::Arc;

use crate::checklist::{Item, date_to_iso};
use crate::inspection::write_date;
use crate::messages::fill;
use crate::view::{Ui, words};

/// The source, folded away until it is asked for; only then it is made.
#[component]
pub fn SourceView(ui: Ui, item: Arc<Item>) -> impl IntoView {
    let was_opened = RwSignal::new(false);
    let clause = item.clause.clone();
    view! {
        <details class="source" on:toggle=move |_| was_opened.set(true)>
            <summary><Clause ui clause/></summary>
            {move || was_opened.get().then(|| view! { <Facts ui item=item.clone()/> })}
        </details>
    }
}

/// Whom it is addressed to, who performs it, and the legal notes.
#[component]
fn Facts(ui: Ui, item: Arc<Item>) -> impl IntoView {
    let words = ui.words();
    let performers: Vec<_> =
        item.performers.iter().map(|performer| words::performer(*performer, words)).collect();
    let legal = item.legal.iter().map(|note| {
        let (status, language) = note.status.get(ui.language());
        let date = write_date(note.as_of);
        let sure = words::confidence(note.confidence, words);
        let known = fill(words.legal_as_of, &[("date", &date), ("confidence", sure)]);
        view! {
            <li>
                <cite lang="vi">{note.cited.clone()}</cite>
                ": "
                <span lang=language.code()>{status.to_owned()}</span>
                " "
                <small><time datetime=date_to_iso(note.as_of)>{known}</time></small>
            </li>
        }
    });
    let legal = legal.collect_view();
    view! {
        <dl>
            <dt>{words.source_addressee}</dt>
            <dd lang="vi">{item.addressee.clone()}</dd>
            <dt>{words.source_performers}</dt>
            <dd>{performers.join(", ")}</dd>
        </dl>
        {(!item.legal.is_empty())
            .then(|| {
                view! {
                    <p class="source-legal">{words.legal_title}</p>
                    <ul>{legal}</ul>
                }
            })}
    }
}

/// Where an item stands in its directive; the place itself is named in the directive's language.
#[component]
pub fn Clause(ui: Ui, clause: String) -> impl IntoView {
    let (before, after) = ui.words().source_clause.split_once("{clause}").unwrap_or_default();
    view! {
        {before}
        <span lang="vi">{clause}</span>
        {after}
    }
}
