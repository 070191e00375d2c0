//! One item: what is asked, its fields by kind, its verdict, and where it comes from.

mod attaching;
mod attestation;
mod count;
mod deadline;
mod evidence;
mod finding;
mod narrative;
mod own;
mod parts;
mod periodic;
mod quantity;
mod ratio;
mod roster;
mod source;
mod verdict;

use leptos::prelude::*;
use std::fmt::Display;
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::attention::{leave_item, told};
use super::field::{CheckField, TextArea};
use super::heard::Heard;
use super::icon::{Glyph, Icon};
use super::words;
use super::{Ui, focus};
use crate::app::{Attention, Open, OpenItem, Screen};
use crate::checklist::Kind;
use crate::evaluation::{Missing, Problem, Verdict};
use crate::inspection::{Choice, Edit, Entered, TypedField};

pub use finding::FindingFacts;
pub use source::Clause;
pub use verdict::{VerdictMark, verdict_id};

/// One item.
#[component]
pub fn ItemView(ui: Ui, open_item: Arc<OpenItem>) -> impl IntoView {
    let item = open_item.item.clone();
    let words = ui.words();
    let (text, text_language) = item.text.get(ui.language());
    // Its number in the checklist, by which people speak of it.
    let number = ui.app().open().and_then(|open| open.number(&item.id));
    let title_id = format!("{}-title", item.id);
    let (labelled_by, fields_labelled_by) = (title_id.clone(), title_id.clone());
    let (id, kind) = (item.id.to_string(), item.kind.name());
    let is_roster = matches!(item.kind, Kind::Roster { .. });
    let verdict = {
        let open_item = open_item.clone();
        // Figures change with every key, verdicts seldom.
        Memo::new(move |_| open_item.verdict())
    };
    let elsewhere = open_item.elsewhere.clone();
    let help = item.help.as_ref().map(|help| {
        let (help, language) = help.get(ui.language());
        view! { <p class="item-help" lang=language.code()>{help.to_owned()}</p> }
    });
    view! {
        <article
            class="item"
            part="item"
            data-item=id
            data-kind=kind
            data-verdict=move || verdict.get().name()
            aria-labelledby=labelled_by
            tabindex="-1"
        >
            <h3 class="item-title" id=title_id lang=text_language.code()>
                {number.map(|number| view! { <span class="item-number">{format!("{number}. ")}</span> })}
                {text.to_owned()}
            </h3>
            {help}
            <div class="item-fields" role="group" aria-labelledby=fields_labelled_by>{fields(ui, &open_item)}</div>
            <verdict::VerdictLine ui open_item=open_item.clone() verdict/>
            {move || {
                elsewhere
                    .get()
                    .then(|| view! { <p class="item-elsewhere" data-elsewhere>{words.saving_other_tab}</p> })
            }}
            <NotApplicable ui open_item=open_item.clone()/>
            <Reason ui open_item=open_item.clone() verdict/>
            <finding::FindingFields ui open_item=open_item.clone() verdict/>
            <TextArea
                ui
                open_item=open_item.clone()
                name="note"
                label=words.item_note
                read=|entry| entry.note.clone()
                edit=Edit::Note
            />
            <evidence::EvidenceFields ui open_item=open_item.clone()/>
            <div class="item-foot">
                <source::SourceView ui item/>
                // A roster is emptied by a button of its own.
                {(!is_roster).then(|| view! { <ClearAnswer ui open_item/> })}
            </div>
        </article>
    }
}

/// The fields of the item's kind.
fn fields(ui: Ui, open_item: &Arc<OpenItem>) -> AnyView {
    let open_item = open_item.clone();
    match &open_item.item.clone().kind {
        Kind::Attestation => view! { <attestation::Fields ui open_item/> }.into_any(),
        Kind::Ratio { numerator, denominator, .. } => {
            let (numerator, denominator) = (numerator.clone(), denominator.clone());
            view! { <ratio::Fields ui open_item numerator denominator/> }.into_any()
        }
        Kind::Count { label, .. } => {
            view! { <count::Fields ui open_item label=label.clone()/> }.into_any()
        }
        Kind::Quantity { label, unit, .. } => {
            let (label, unit) = (label.clone(), unit.clone());
            view! { <quantity::Fields ui open_item label unit/> }.into_any()
        }
        Kind::Deadline { due } => view! { <deadline::Fields ui open_item due=*due/> }.into_any(),
        Kind::Periodic { every } => {
            view! { <periodic::Fields ui open_item every=*every/> }.into_any()
        }
        Kind::Roster { columns, .. } => {
            let columns = columns.clone();
            view! { <roster::Fields ui open_item columns/> }.into_any()
        }
        Kind::Parts { parts } => {
            view! { <parts::Fields ui open_item parts=parts.clone()/> }.into_any()
        }
        Kind::Narrative => view! { <narrative::Fields ui open_item/> }.into_any(),
    }
}

/// 'Does not apply', on every kind but attestation, which has it among its choices.
#[component]
fn NotApplicable(ui: Ui, open_item: Arc<OpenItem>) -> impl IntoView {
    let edited = open_item.clone();
    (open_item.item.kind != Kind::Attestation).then(|| {
        view! {
            <CheckField
                name="na"
                label=ui.words().item_not_applicable
                checked=Signal::derive(move || open_item.entry.with(|entry| entry.answer.not_applicable))
                change=move |yes| ui.app().edit(&edited, Edit::NotApplicable(yes))
            />
        }
    })
}

/// Why it is not met, only partly met, or does not apply; shown when that is so.
#[component]
fn Reason(ui: Ui, open_item: Arc<OpenItem>, verdict: Memo<Verdict>) -> impl IntoView {
    let words = ui.words();
    let asked = {
        let open_item = open_item.clone();
        move || {
            open_item.entry.with(|entry| {
                let answer = &entry.answer;
                let chosen = matches!(
                    answer.entered,
                    Entered::Attestation(Some(
                        Choice::PartlyMet | Choice::NotMet | Choice::NotApplicable
                    ))
                );
                chosen || answer.not_applicable || !answer.reason.is_empty()
            }) || verdict.get().is_finding()
        }
    };
    let error = {
        let open_item = open_item.clone();
        Signal::derive(move || {
            let missing =
                open_item.judgement.with(|judgement| judgement.missing.contains(&Missing::Reason));
            if missing { words.missing_reason.to_owned() } else { String::new() }
        })
    };
    // It is asked for as soon as there is a reason to ask, which may be before she could come to
    // it.
    let attention = open_item.attention.clone();
    let error = told(error, move || attention.get() != Attention::Away);
    view! {
        <div hidden=move || !asked()>
            <TextArea
                ui
                open_item
                name="reason"
                label=words.item_reason
                read=|entry| entry.answer.reason.clone()
                edit=Edit::Reason
                error
            />
        </div>
    }
}

/// Takes the answer away, which can be taken back: an answer may stand there by mistake, and not
/// every field can be emptied by itself.
#[component]
fn ClearAnswer(ui: Ui, open_item: Arc<OpenItem>) -> impl IntoView {
    let words = ui.words();
    let cleared = open_item.clone();
    let clear = move |_| {
        let text = words.answer_cleared.to_owned();
        ui.app().edit_with_undo(&cleared, Edit::Clear, text);
        cleared.refresh();
        focus::on(ui, format!("[data-item=\"{}\"]", cleared.item.id));
    };
    let is_answered =
        Memo::new(move |_| open_item.entry.with(|entry| !entry.answer.to_raw().is_empty()));
    move || {
        let clear = clear.clone();
        is_answered.get().then(|| {
            view! {
                <button type="button" class="button button-quiet" data-action="clear-answer" on:click=clear>
                    <Glyph icon=Icon::Trash/>
                    {words.answer_clear}
                </button>
            }
        })
    }
}

/// The error of a typed field, in words, once it is left; empty when there is none.
fn field_error(ui: Ui, open_item: &Arc<OpenItem>, field: TypedField) -> Signal<String> {
    let judged = open_item.clone();
    let words = ui.words();
    let error = Signal::derive(move || {
        judged.judgement.with(|judgement| {
            let concerns = |problem: &&Problem| match problem {
                Problem::Unreadable(unread, _) => *unread == field,
                Problem::NumeratorOverDenominator => field == TypedField::Numerator,
                Problem::TargetOutOfRange => field == TypedField::Target,
                Problem::UnreadableCell(..) => false,
            };
            let problem = judgement.problems.iter().find(concerns);
            problem.map_or_else(String::new, |problem| words::problem(problem, words))
        })
    });
    told_at_fields(open_item, error)
}

/// Returns an error of an item's fields as it is told: once the person types in none of them.
fn told_at_fields(open_item: &OpenItem, error: Signal<String>) -> Signal<String> {
    let attention = open_item.attention.clone();
    told(error, move || attention.get() == Attention::Typing)
}

/// The text of a typed field: what could not be read as it was typed, else the value.
fn typed_text(
    entry: &crate::inspection::Entry,
    field: TypedField,
    value: impl FnOnce() -> Option<String>,
) -> String {
    let unread = entry.answer.unread.get(&field).cloned();
    unread.or_else(value).unwrap_or_default()
}

/// The item that had the focus last: the place where the person is.
pub type Place = StoredValue<Option<String>>;

/// Notes the item that an event in the page came from.
pub fn note_place(ui: Ui, open: &Arc<Open>, place: Place, event: &Heard) {
    let item = event.closest("[data-item]");
    if let Some(id) = item.and_then(|item| item.get_attribute("data-item"))
        && place.try_with_value(|place| place.as_ref() != Some(&id)) == Some(true)
    {
        ui.app().remember_place(&id);
        let before = place.try_update_value(|place| place.replace(id)).flatten();
        _ = before.map(|before| leave_item(open, before));
    }
}

/// Shows the items, scrolls to one of them and gives it the focus.
pub fn bring_into_sight(ui: Ui, id: impl Display + 'static) {
    let Some(root) = ui.try_root() else { return };
    ui.app().show(Screen::Answering);
    // Whatever is filtered: the item is wanted now.
    ui.app().signals().wanted.set(Some(id.to_string()));
    leptos::task::spawn_local(async move {
        // Once the items are shown again: a hidden one can't take the focus.
        leptos::task::tick().await;
        leptos::task::tick().await;
        // Ids are letters, digits and hyphens: no selector can break out of the quotes.
        let found = root.query_selector(&format!("[data-item=\"{id}\"]")).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            focus::bring_up(element);
        }
    });
}
