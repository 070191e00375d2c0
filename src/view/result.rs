//! The result: the verdicts in a chart, the items that are not met, and the missing ones.

use leptos::prelude::*;
use std::sync::Arc;

use super::chart::VerdictChart;
use super::comparison::ComparisonCard;
use super::earlier::EarlierAnswers;
use super::item::{self, VerdictMark};
use super::upload::UploadCard;
use super::{Ui, words};
use crate::app::{Open, OpenItem};
use crate::evaluation::Verdict;
use crate::inspection::write_date;
use crate::messages::fill;

/// The current result of the open inspection.
#[component]
pub fn ResultView(ui: Ui, open: Arc<Open>) -> impl IntoView {
    let words = ui.words();
    let tally = open.summary.with_untracked(|summary| summary.all);
    let headline = words::headline(&tally, words);
    let title = open.checklist.title.in_language(ui.language());
    let facts = open.header.with_untracked(|header| {
        let day = write_date(header.as_of(ui.app().today()));
        let as_of = fill(words.result_as_of, &[("date", &day)]);
        format!(
            "{} · {} · {title} · {as_of}",
            header.unit.name,
            words::period(header.period, words)
        )
    });
    let figures = Verdict::ALL.map(|verdict| {
        view! {
            <li data-verdict=verdict.name()>
                <VerdictMark verdict/>
                <strong>{tally.of(verdict)}</strong>
                <span>{words::verdict(verdict, words)}</span>
            </li>
        }
    });
    let waiting = tally.waiting();
    let waiting =
        (waiting > 0).then(|| fill(words.result_waiting, &[("count", &waiting.to_string())]));
    let findings = wanted(&open, Verdict::is_finding);
    let unanswered = wanted(&open, |verdict| !verdict.is_answered());
    let nothing_missing = unanswered.is_empty();
    let missing_title = fill(words.result_missing, &[("count", &unanswered.len().to_string())]);
    let no_findings = findings.is_empty().then(|| {
        let sentence =
            if nothing_missing { words.result_no_findings } else { words.result_no_findings_yet };
        view! { <p>{sentence}</p> }
    });
    let incomplete = open.header.with_untracked(|header| {
        let reason = header.completed.as_ref()?.incomplete_reason.as_deref()?;
        // Missing items may have been answered since.
        (tally.answered() < tally.total).then_some(())?;
        Some(fill(words.result_incomplete, &[("reason", reason)]))
    });
    view! {
        <div class="result">
            <section class="card">
                <h2 tabindex="-1">{headline}</h2>
                <p>{facts}</p>
                <ul class="figures">{figures.collect_view()}</ul>
                <VerdictChart ui open=open.clone()/>
                {waiting.map(|waiting| view! { <p>{waiting}</p> })}
                {incomplete.map(|incomplete| view! { <p>{incomplete}</p> })}
            </section>
            <ComparisonCard ui open=open.clone()/>
            <section class="card" aria-labelledby="findings-title">
                <h2 id="findings-title">{words.result_findings}</h2>
                {no_findings}
                <ul class="findings">{lines(ui, findings, || ())}</ul>
            </section>
            <details class="card missing" hidden=nothing_missing>
                <summary>{missing_title}</summary>
                <ul class="findings">{lines(ui, unanswered, || ())}</ul>
            </details>
            <UploadCard ui open=open.clone()/>
            <EarlierAnswers ui open/>
        </div>
    }
}

/// Returns the items that apply and whose verdict is wanted.
pub fn wanted(open: &Open, is_wanted: fn(Verdict) -> bool) -> Vec<Arc<OpenItem>> {
    let applying = open.items.iter().filter(|open_item| open_item.applies.get_untracked());
    let verdict = |open_item: &OpenItem| open_item.judgement.with_untracked(|j| j.verdict);
    applying.filter(|open_item| is_wanted(verdict(open_item))).cloned().collect()
}

/// Renders a line for each item: its verdict, its text, the figures behind the verdict. The line
/// leads to the item.
///
/// `going` is called before a line leads there.
pub fn lines(
    ui: Ui,
    items: Vec<Arc<OpenItem>>,
    going: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let lines = items.into_iter().map(|open_item| {
        let item = open_item.item.clone();
        let (verdict, detail) = open_item.judgement.with_untracked(|judgement| {
            let detail = open_item.entry.with_untracked(|entry| {
                words::detail(&item.kind, &entry.answer, judgement, ui.language(), ui.words())
            });
            (judgement.verdict, detail)
        });
        let (text, language) = item.text.get(ui.language());
        let id = item.id.clone();
        let go = move |_| {
            going();
            item::bring_into_sight(ui, id.clone());
        };
        view! {
            <li data-finding=item.id.to_string()>
                <VerdictMark verdict/>
                <button type="button" class="finding-link" on:click=go>
                    <span lang=language.code()>{text.to_owned()}</span>
                </button>
                <span class="finding-facts">
                    {words::verdict(verdict, ui.words())}
                    {(!detail.is_empty()).then(|| format!(" · {detail}"))}
                    " · "
                    <item::Clause ui clause=item.clause.clone()/>
                </span>
                {verdict.is_finding().then(|| view! { <item::FindingFacts ui open_item/> })}
            </li>
        }
    });
    lines.collect_view()
}
