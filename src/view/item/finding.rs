//! The corrective action on an item that is not met, or only partly met.

use std::sync::Arc;
use std::time::Duration;

use leptos::html;
use leptos::prelude::*;

use super::told_at_fields;
use crate::app::OpenItem;
use crate::evaluation::Verdict;
use crate::inspection::{
    Edit, Entry, Finding, FindingDate, FindingEdit, FindingGap, FindingState, write_date,
};
use crate::messages::{Messages, fill};
use crate::view::field::{Leaving, TextArea, TextField};
use crate::view::heard::heard;
use crate::view::press;
use crate::view::reread::{Seen, text_in};
use crate::view::{Ui, words};

/// The fields, while the item is a finding or something is entered in them. Those that are being
/// emptied do not go away under the person who writes in them.
#[component]
pub fn FindingFields(ui: Ui, open_item: Arc<OpenItem>, verdict: Memo<Verdict>) -> impl IntoView {
    let entry = open_item.entry.clone();
    let has_focus = RwSignal::new(false);
    let is_shown = Memo::new(move |_| {
        let is_filled = entry.with(|entry| !entry.finding.is_blank());
        verdict.get().is_finding() || is_filled || has_focus.get()
    });
    move || is_shown.get().then(|| view! { <Fields ui open_item=open_item.clone() has_focus/> })
}

#[component]
fn Fields(ui: Ui, open_item: Arc<OpenItem>, has_focus: RwSignal<bool>) -> impl IntoView {
    let words = ui.words();
    let fields = NodeRef::<html::Div>::new();
    let left = move || {
        let focused = ui.try_root().and_then(|root| root.active_element());
        let fields = fields.try_get_untracked().flatten();
        // A window that loses the focus keeps it in the field.
        let is_inside =
            fields.zip(focused).is_some_and(|(own, focused)| own.contains(Some(&focused)));
        _ = has_focus.try_set(is_inside);
    };
    let read = open_item.clone();
    let state = Memo::new(move |_| read.entry.with(|entry| entry.finding.state));
    let is_done = move || state.get() == FindingState::Done;
    let done = open_item.clone();
    let title_id = format!("{}-finding", open_item.item.id);
    let labelled_by = title_id.clone();
    view! {
        <div
            node_ref=fields
            class="finding"
            data-finding-fields
            role="group"
            aria-labelledby=labelled_by
            on:focusin=move |_| has_focus.set(true)
            // The focus arrives elsewhere after it has left.
            on:focusout=move |_| press::after(move || set_timeout(left, Duration::ZERO))
        >
            <p class="finding-title" id=title_id>{words.finding_title}</p>
            <TextArea
                ui
                open_item=open_item.clone()
                name="action"
                label=words.finding_action
                read=|entry| entry.finding.action.clone()
                edit=|text| Edit::Finding(FindingEdit::Action(text))
            />
            <div class="field-pair">
                <TextField
                    ui
                    open_item=open_item.clone()
                    name="in-charge"
                    label=words.finding_in_charge
                    read=|entry| entry.finding.in_charge.clone()
                    edit=|text| Edit::Finding(FindingEdit::InCharge(text))
                    error=Signal::stored(String::new())
                />
                <TextField
                    ui
                    open_item=open_item.clone()
                    name="finding-due"
                    label=words.finding_due
                    hint=ui.date_hint(words.hint_date)
                    leaving=Leaving::AsDate(None)
                    read=|entry| typed_date(entry, FindingDate::Due, |finding| finding.due)
                    edit=|text| Edit::Finding(FindingEdit::Due(text))
                    error=date_error(ui, &open_item, FindingDate::Due)
                />
            </div>
            <StateField ui open_item state/>
            {move || is_done().then(|| view! { <DoneFields ui open_item=done.clone()/> })}
        </div>
    }
}

/// How far it is.
#[component]
fn StateField(ui: Ui, open_item: Arc<OpenItem>, state: Memo<FindingState>) -> impl IntoView {
    let words = ui.words();
    let id = format!("{}-finding-state", open_item.item.id);
    let options = FindingState::ALL.map(|choice| {
        view! { <option value=choice.name()>{words::finding_state(choice, words)}</option> }
    });
    let (shown, seen) = (Signal::derive(move || state.get().name().to_owned()), Seen::new());
    let choose = heard(move |event| {
        let name = seen.entered(event);
        let chosen =
            FindingState::ALL.into_iter().find(|choice| name.as_deref() == Some(choice.name()));
        if let Some(state) = chosen {
            ui.app().edit(&open_item, Edit::Finding(FindingEdit::State(state)));
        }
    });
    view! {
        <div class="field">
            <label for=id.clone()>{words.finding_state}</label>
            <select
                id=id
                class="input"
                data-field="finding-state"
                use:text_in=(shown, seen)
                on:change=choose
            >
                {options.collect_view()}
            </select>
        </div>
    }
}

/// When it was done, and what shows that.
#[component]
fn DoneFields(ui: Ui, open_item: Arc<OpenItem>) -> impl IntoView {
    let words = ui.words();
    view! {
        <div class="field-pair">
            <TextField
                ui
                open_item=open_item.clone()
                name="finding-done"
                label=words.finding_done_on
                hint=ui.date_hint(words.hint_date)
                leaving=Leaving::AsDate(None)
                read=|entry| typed_date(entry, FindingDate::Done, |finding| finding.done)
                edit=|text| Edit::Finding(FindingEdit::Done(text))
                error=date_error(ui, &open_item, FindingDate::Done)
            />
        </div>
        <TextArea
            ui
            open_item
            name="proof"
            label=words.finding_proof
            read=|entry| entry.finding.proof.clone()
            edit=|text| Edit::Finding(FindingEdit::Proof(text))
        />
    }
}

/// The text of a date: what could not be read as it was typed, else the date.
fn typed_date(
    entry: &Entry,
    field: FindingDate,
    date: impl FnOnce(&Finding) -> Option<chrono::NaiveDate>,
) -> String {
    let unread = entry.finding.unread.get(&field).cloned();
    unread.or_else(|| date(&entry.finding).map(write_date)).unwrap_or_default()
}

/// Returns the error of a date, in words; empty when there is none.
fn date_error(ui: Ui, open_item: &Arc<OpenItem>, field: FindingDate) -> Signal<String> {
    let (read, words) = (open_item.clone(), ui.words());
    let error = Signal::derive(move || {
        let problem = read.entry.with(|entry| entry.finding.problem(field));
        problem.map_or_else(String::new, |problem| words::unreadable(&problem, words))
    });
    told_at_fields(open_item, error)
}

/// The corrective action on an item, in a sentence or two, and the parts that it still lacks.
#[component]
pub fn FindingFacts(ui: Ui, open_item: Arc<OpenItem>) -> impl IntoView {
    let words = ui.words();
    let (facts, gaps) = open_item.entry.with_untracked(|entry| {
        (facts(&entry.finding, words), entry.finding.gaps(&entry.answer.reason))
    });
    let lacks = (!gaps.is_empty()).then(|| {
        let gaps: Vec<_> = gaps.into_iter().map(|gap| gap_word(gap, words)).collect();
        fill(words.finding_lacks, &[("what", &gaps.join(", "))])
    });
    view! {
        {(!facts.is_empty()).then(|| view! { <span class="finding-facts">{facts}</span> })}
        {lacks.map(|lacks| view! { <span class="finding-facts" data-finding-lacks>{lacks}</span> })}
    }
}

fn facts(finding: &Finding, words: &Messages) -> String {
    if finding.is_blank() {
        return String::new();
    }
    let dated = |sentence: &str, field, date: Option<chrono::NaiveDate>| {
        let typed = finding.unread.get(&field).cloned();
        Some(fill(sentence, &[("date", &typed.or(date.map(write_date))?)]))
    };
    let end = match finding.state {
        FindingState::Done => dated(words.finding_done_at, FindingDate::Done, finding.done),
        FindingState::Open | FindingState::CarriedOver => {
            dated(words.finding_due_on, FindingDate::Due, finding.due)
        }
    };
    let state = (finding.state == FindingState::CarriedOver || end.is_none())
        .then(|| words::finding_state(finding.state, words).to_owned());
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let parts = [given(&finding.action), given(&finding.in_charge), end, state];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

const fn gap_word(gap: FindingGap, words: &Messages) -> &'static str {
    match gap {
        FindingGap::Cause => words.finding_lacks_cause,
        FindingGap::Action => words.finding_lacks_action,
        FindingGap::InCharge => words.finding_lacks_in_charge,
        FindingGap::Due => words.finding_lacks_due,
        FindingGap::Done => words.finding_lacks_done,
        FindingGap::Proof => words.finding_lacks_proof,
    }
}
