//! The import of reports: the button with its file field, dropping, and the question about a report
//! that can't just be added.

use leptos::prelude::*;

use super::dialog::{self, Dialog};
use super::file::FileButton;
use super::heard::Heard;
use super::icon::Icon;
use super::item::VerdictMark;
use super::{Ui, words};
use crate::app::{Decision, Difference, Here, OnConflict, PendingImport};
use crate::checklist::date_from_iso;
use crate::evaluation::Tally;
use crate::inspection::{Header, write_date};
use crate::messages::fill;

/// The button that imports reports from files.
#[component]
pub fn ImportButton(ui: Ui) -> impl IntoView {
    view! {
        <FileButton
            action="import"
            field="import-file"
            icon=Icon::FolderOpen
            label=ui.words().import_button
            zip=true
            multiple=true
            chosen=move |files| bring_in(ui, files)
        />
    }
}

/// Tells the browser that files may be dropped here.
pub fn dragged(event: &Heard) {
    if event.drags_files() {
        event.prevent_default();
    }
}

/// Imports the files that are dropped here.
pub fn dropped(ui: Ui, event: &Heard) {
    let files = event.dropped();
    if !files.is_empty() {
        // The browser would open the file.
        event.prevent_default();
        bring_in(ui, files);
    }
}

fn bring_in(ui: Ui, files: Vec<web_sys::File>) {
    let app = ui.app();
    leptos::task::spawn_local(async move { app.import_files(files).await });
}

/// Asks how to import a report that can't just be added to the list.
#[component]
pub fn ImportQuestion(ui: Ui) -> impl IntoView {
    let pending = ui.app().signals().pending_import.clone();
    move || pending.get().map(|pending| view! { <Question ui pending/> })
}

#[component]
fn Question(ui: Ui, pending: PendingImport) -> impl IntoView {
    let words = ui.words();
    let decide = move |decision| {
        dialog::close(ui);
        let app = ui.app();
        leptos::task::spawn_local(async move { app.decide_import(decision).await });
    };
    let take = move |on_conflict| decide(Decision::Take(on_conflict));
    let leave = move || decide(Decision::LeaveAll);
    let PendingImport { arrived, question, place: [number, count], .. } = pending;
    let (name, inspection) = (arrived.name(words), arrived.inspection);
    let is_here = question.is_here;
    let title = if is_here { words.import_title_here } else { words.import_title };
    let (number, is_many) = (number.to_string(), count > 1);
    let place = fill(words.import_place, &[("number", &number), ("count", &count.to_string())]);
    let elsewhere = question.elsewhere.as_ref().map(|workspace| {
        if workspace.is_first() {
            words.import_elsewhere_first.to_owned()
        } else {
            fill(words.import_elsewhere, &[("name", &workspace.name)])
        }
    });
    let older = question.newer_checklist.as_ref().map(|new| {
        let old = &inspection.checklist.version;
        fill(words.import_older_checklist, &[("old", old), ("new", new)])
    });
    let here = question.here.map(|here| {
        let (file, tally) = (inspection.header.clone(), question.tally);
        view! { <Comparison ui here file tally/> }
    });
    view! {
        <Dialog ui name="import" title leave>
            <div class="dialog-body" data-notice="import-conflict">
                <p hidden=!is_many data-import-place>{place}</p>
                <p><strong>{name}</strong></p>
                {elsewhere.map(|text| view! { <p>{text}</p> })}
                {older.map(|text| view! { <p>{text}</p> })}
                {here}
            </div>
            <div class="buttons">
                <button type="button" class="button button-primary" data-action="import-keep-both" hidden=!is_here on:click=move |_| take(OnConflict::KeepBoth)>
                    {words.import_keep_both}
                </button>
                <button type="button" class="button" data-action="import-replace" hidden=!is_here on:click=move |_| take(OnConflict::Replace)>
                    {words.import_replace}
                </button>
                <button type="button" class="button button-primary" data-action="import-take" hidden=is_here on:click=move |_| take(OnConflict::Reject)>
                    {words.import_take}
                </button>
                <button type="button" class="button button-quiet" data-action="import-cancel" on:click=move |_| decide(Decision::Leave)>
                    {if is_many { words.import_leave } else { words.cancel }}
                </button>
            </div>
        </Dialog>
    }
}

/// The inspection that is here and the one in the file, side by side.
#[component]
fn Comparison(ui: Ui, here: Here, file: Header, tally: Tally) -> impl IntoView {
    let words = ui.words();
    let (old, new) = (here.header.updated_at.milliseconds(), file.updated_at.milliseconds());
    let age = match new.cmp(&old) {
        std::cmp::Ordering::Less => words.import_file_older,
        std::cmp::Ordering::Equal => "",
        std::cmp::Ordering::Greater => words.import_file_newer,
    };
    let count = here.differences.len();
    let answered = |tally: Tally| format!("{}/{}", tally.answered(), tally.total);
    let facts = [
        (words.import_updated, changed(&here.header), changed(&file)),
        (words.import_answered, answered(here.tally), answered(tally)),
        (
            words.import_status,
            words::status(here.header.status, words).to_owned(),
            words::status(file.status, words).to_owned(),
        ),
    ];
    let facts = facts.map(|(name, here, file)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{here}</td>
                <td>{file}</td>
            </tr>
        }
    });
    let differences = here.differences.into_iter();
    let differences =
        differences.map(|difference| view! { <DifferenceView ui difference/> }).collect_view();
    view! {
        <table class="facts-table">
            <thead>
                <tr>
                    <td></td>
                    <th scope="col">{words.import_column_here}</th>
                    <th scope="col">{words.import_column_file}</th>
                </tr>
            </thead>
            <tbody>{facts.collect_view()}</tbody>
        </table>
        <p><strong>{age}</strong></p>
        <p hidden={count > 0}>{words.import_same}</p>
        <details class="differences" hidden={count == 0}>
            <summary>{fill(words.import_differences, &[("count", &count.to_string())])}</summary>
            <ul class="dialog-list">{differences}</ul>
        </details>
    }
}

/// An item on which the two inspections differ.
#[component]
fn DifferenceView(ui: Ui, difference: Difference) -> impl IntoView {
    let words = ui.words();
    let (text, language) = difference.item.text.get(ui.language());
    let side = |label: &'static str, verdict| {
        view! {
            <span class="difference-side" data-verdict=crate::evaluation::Verdict::name(verdict)>
                {label}
                ": "
                <VerdictMark verdict/>
                {words::verdict(verdict, words)}
            </span>
        }
    };
    view! {
        <li>
            <span lang=language.code()>{text.to_owned()}</span>
            <span class="difference-sides">
                {side(words.import_column_here, difference.here)}
                {side(words.import_column_file, difference.there)}
            </span>
        </li>
    }
}

/// Returns the date and time of the last change, as people write them.
fn changed(header: &Header) -> String {
    let at = &header.updated_at;
    let day = date_from_iso(at.day()).map(write_date).unwrap_or_default();
    format!("{day} {}", at.clock())
}
