//! An item's verdict: its mark, its name and the figures behind it.

use leptos::prelude::*;
use std::sync::Arc;

use crate::app::OpenItem;
use crate::checklist::Kind;
use crate::evaluation::{Judgement, Missing, Problem, Shortfall, Verdict};
use crate::messages::{Messages, fill};
use crate::view::{Ui, words};

/// The line under an item's fields.
#[component]
pub fn VerdictLine(ui: Ui, open_item: Arc<OpenItem>) -> impl IntoView {
    let words = ui.words();
    let shown = open_item.clone();
    let detail_of = open_item.clone();
    let id = verdict_id(&open_item);
    let detail = move || {
        detail_of.judgement.with(|judgement| detail(&detail_of.item.kind, judgement, words))
    };
    view! {
        <p class="verdict" part="verdict" id=id>
            {move || {
                let verdict = shown.verdict();
                view! {
                    <VerdictMark verdict/>
                    <strong class="verdict-name" data-mark=verdict.name()>{words::verdict(verdict, words)}</strong>
                }
            }}
            <span class="verdict-detail">{detail}</span>
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
        <svg class="mark" data-mark=verdict.name() viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path d=path fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"></path>
        </svg>
    }
}

/// The figures behind a verdict and what is missing for it, in words.
pub fn detail(kind: &Kind, judgement: &Judgement, words: &Messages) -> String {
    let mut phrases = Vec::new();
    if let Some(percent) = &judgement.computed.percent {
        phrases.push(format!("{}%", percent.with_comma()));
    }
    if let Some(shortfall) = judgement.computed.shortfall {
        phrases.push(self::shortfall(kind, shortfall, words));
    }
    let no_case = judgement.verdict == Verdict::NotApplicable && matches!(kind, Kind::Ratio { .. });
    if no_case && judgement.missing.is_empty() && judgement.computed.percent.is_none() {
        phrases.push(words.no_case_arose.to_owned());
    }
    // The others stand at their fields.
    let in_cells = judgement.problems.iter().filter(|p| matches!(p, Problem::UnreadableCell(..)));
    phrases.extend(in_cells.map(|problem| words::problem(problem, words)));
    // That nothing is entered is what the verdict says already; a reason is asked for at its field.
    let shown =
        judgement.missing.iter().filter(|m| !matches!(m, Missing::Answer | Missing::Reason));
    phrases.extend(shown.map(|missing| words::missing(*missing, words).to_owned()));
    phrases.join(" · ")
}

/// By how much an item falls short, in the words of its kind.
pub fn shortfall(kind: &Kind, shortfall: Shortfall, words: &Messages) -> String {
    let text = match (kind, shortfall) {
        (Kind::Parts { .. }, _) => words.shortfall_parts,
        (Kind::Periodic { .. }, _) => words.shortfall_periods,
        (Kind::Roster { .. }, Shortfall::More(_)) => words.shortfall_rows,
        (_, Shortfall::More(_)) => words.shortfall_more,
        (_, Shortfall::Fewer(_)) => words.shortfall_fewer,
    };
    fill(text, &[("count", &shortfall.cases().to_string())])
}
