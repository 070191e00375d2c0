//! An item's verdict: its mark, its name and the figures behind it.

use leptos::prelude::*;
use std::sync::Arc;

use crate::app::{Attention, OpenItem};
use crate::checklist::Kind;
use crate::evaluation::{Problem, Verdict};
use crate::view::attention::each_told;
use crate::view::{Ui, words};

/// The line under an item's fields.
#[component]
pub fn VerdictLine(ui: Ui, open_item: Arc<OpenItem>, verdict: Memo<Verdict>) -> impl IntoView {
    let words = ui.words();
    let id = verdict_id(&open_item);
    // A person's own judgement has no figures.
    let has_detail = !matches!(open_item.item.kind, Kind::Attestation | Kind::Narrative);
    let detail = has_detail.then(|| {
        // The errors of a roster's cells have no room in them; others stand at their fields.
        let problems = matches!(open_item.item.kind, Kind::Roster { .. }).then(|| {
            let (judged, attention) = (open_item.clone(), open_item.attention.clone());
            let problems = move || {
                judged.judgement.with(|judgement| {
                    judgement.problems.iter().filter(|one| one.cell().is_some()).cloned().collect()
                })
            };
            let is_same = |one: &Problem, other: &Problem| one.cell() == other.cell();
            let waits = move || attention.get() == Attention::Typing;
            each_told(Signal::derive(problems), is_same, waits)
        });
        let detail = move || {
            let kind = &open_item.item.kind;
            let figures = open_item.entry.with(|entry| {
                open_item.judgement.with(|judgement| {
                    words::figures(kind, &entry.answer, judgement, ui.language(), words)
                })
            });
            let problems =
                problems.map(|problems| problems.with(|all| words::cell_problems(all, words)));
            words::joined([figures, problems.unwrap_or_default()])
        };
        view! { <span class="verdict-detail" prop:textContent=detail></span> }
    });
    view! {
        <p class="verdict" part="verdict" id=id>
            {move || {
                let verdict = verdict.get();
                view! {
                    <VerdictMark verdict/>
                    <strong class="verdict-name" data-mark=verdict.name() prop:textContent=words::verdict(verdict, words)></strong>
                }
            }}
            {detail}
        </p>
    }
}

/// The id of the line, for fields that it speaks of.
pub fn verdict_id(open_item: &OpenItem) -> String {
    format!("{}-verdict", open_item.item.id)
}

/// A verdict's mark: it tells by its shape, not by its colour alone.
#[component]
pub fn VerdictMark(verdict: Verdict) -> impl IntoView {
    let path = match verdict {
        Verdict::Met => "M4 10.5l4 4 8-9",
        Verdict::PartlyMet => "M4 10h12",
        Verdict::NotMet => "M5 5l10 10M15 5L5 15",
        Verdict::NotApplicable => "M5 15L15 5",
        Verdict::Unanswered => "M10 9.9v.2M5 9.9v.2M15 9.9v.2",
        Verdict::Invalid => "M10 4v7M10 14.9v.2",
    };
    view! {
        <svg class="mark" data-mark=verdict.name() viewBox="0 0 20 20" aria-hidden="true">
            <path d=path/>
        </svg>
    }
}
