//! The button for the printed report, and the dialog in which the person gives what only people know of it.

use leptos::mount::mount_to;
use leptos::prelude::*;
use std::sync::Arc;

use super::dialog::{self, Dialog, LeaveButton};
use super::icon::{Glyph, Icon};
use super::paper::{Paper, STYLE};
use super::words;
use super::{Ui, focus};
use crate::document::Details;
use crate::inspection::read_date;

/// The button, and the dialog behind it.
#[component]
pub fn PrintReport(ui: Ui) -> impl IntoView {
    let asking: RwSignal<Option<Arc<Details>>> = RwSignal::new(None);
    let ask = move |_| {
        let app = ui.app();
        leptos::task::spawn_local(async move {
            let details = app.document_details().await;
            // The page may have been taken down meanwhile.
            _ = asking.try_set(Some(Arc::new(details)));
        });
    };
    view! {
        <button type="button" class="button" data-action="print" on:click=ask>
            <Glyph icon=Icon::Printer/>
            {ui.words().print_button}
        </button>
        {move || asking.get().map(|details| view! { <PrintDialog ui details asking/> })}
    }
}

/// What is given so far.
type Given = RwSignal<Details>;

/// One of the details.
type Place = fn(&mut Details) -> &mut String;

#[component]
fn PrintDialog(
    ui: Ui,
    details: Arc<Details>,
    asking: RwSignal<Option<Arc<Details>>>,
) -> impl IntoView {
    let words = ui.words();
    let given = RwSignal::new(Details::clone(&details));
    let leave = move || asking.set(None);
    let print = move |_| {
        let details = given.get_untracked();
        if read_date(&details.date).is_err() {
            // On paper there would be none.
            focus::on(ui, "#document-date");
            return;
        }
        // What is under an open dialog can't be printed.
        dialog::close(ui);
        leave();
        print_paper(ui, &details);
    };
    let date_error = Signal::derive(move || {
        let problem = given.with(|given| read_date(&given.date)).err();
        problem.map_or_else(String::new, |problem| words::unreadable(&problem, words))
    });
    let numbers = ui.app().numbers_pages();
    view! {
        <Dialog ui name="print" title=words.print_title leave>
            <p>{words.print_text}</p>
            {(!numbers).then(|| view! { <p data-no-page-numbers>{words.print_no_page_numbers}</p> })}
            <fieldset class="print-part">
                <legend>{words.print_head}</legend>
                <Lines ui given name="document-superior" label=words.print_superior hint=words.print_superior_hint place=|d| &mut d.superior rows=1/>
                <Lines ui given name="document-agency" label=words.print_agency place=|d| &mut d.agency rows=1/>
                <div class="field-pair">
                    <Line ui given name="document-number" label=words.print_number place=|d| &mut d.number/>
                    <Line ui given name="document-symbol" label=words.print_symbol place=|d| &mut d.symbol/>
                    <Line ui given name="document-place" label=words.print_place place=|d| &mut d.place/>
                    <Line ui given name="document-date" label=words.print_date hint=words.hint_date place=|d| &mut d.date error=date_error/>
                </div>
                <Lines ui given name="document-subject" label=words.print_subject place=|d| &mut d.subject/>
                <Lines ui given name="document-addressees" label=words.print_addressees hint=words.print_lines_hint place=|d| &mut d.addressees/>
            </fieldset>
            <fieldset class="print-part">
                <legend>{words.print_body}</legend>
                <Lines ui given name="document-general" label=words.print_general place=|d| &mut d.general/>
                <Lines ui given name="document-difficulties" label=words.print_difficulties place=|d| &mut d.difficulties/>
                <Lines ui given name="document-proposals" label=words.print_proposals place=|d| &mut d.proposals/>
            </fieldset>
            <fieldset class="print-part">
                <legend>{words.print_end}</legend>
                <Lines ui given name="document-office" label=words.print_office hint=words.print_office_hint place=|d| &mut d.office/>
                <Line ui given name="document-signer" label=words.print_signer place=|d| &mut d.signer/>
                <Lines ui given name="document-recipients" label=words.print_recipients hint=words.print_lines_hint place=|d| &mut d.recipients/>
            </fieldset>
            <div class="buttons">
                <button type="button" class="button button-primary" data-action="print-now" on:click=print>
                    <Glyph icon=Icon::Printer/>
                    {words.print_now}
                </button>
                <LeaveButton ui action="print-leave" label=words.cancel leave/>
            </div>
        </Dialog>
    }
}

/// Prints the document in a frame beside the component.
fn print_paper(ui: Ui, details: &Details) {
    let app = ui.app();
    match app.document(details) {
        Ok(document) => {
            let title = format!("{} - {}", document.title.kind, document.title.subject);
            app.print(&ui.root(), title, STYLE, |body| {
                Box::new(mount_to(body, move || view! { <Paper document/> }))
            });
        }
        Err(failure) => app.report_failure(&failure),
    }
}

/// Keeps what was typed.
fn take(ui: Ui, given: Given, place: Place, typed: String) {
    given.update(|given| *place(given) = typed);
    given.with_untracked(|given| ui.app().keep_document_details(given));
}

/// The text of a field as the dialog opens. Nothing writes into it afterwards.
fn text_of(given: Given, place: Place) -> String {
    let mut details = given.get_untracked();
    std::mem::take(place(&mut details))
}

/// A field of one line.
#[component]
fn Line(
    ui: Ui,
    given: Given,
    name: &'static str,
    label: &'static str,
    #[prop(default = "")] hint: &'static str,
    place: Place,
    /// What is wrong with it, in words; empty when nothing is.
    #[prop(into, default = Signal::stored(String::new()))]
    error: Signal<String>,
) -> impl IntoView {
    let described_by = format!("{name}-hint {name}-error");
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                id=name
                type="text"
                class="input"
                lang="vi"
                data-field=name
                autocomplete="off"
                aria-describedby=described_by
                aria-invalid=move || error.with(|error| (!error.is_empty()).then_some("true"))
                prop:value=text_of(given, place)
                on:input=move |event| take(ui, given, place, event_target_value(&event))
            />
            <span class="field-hint" id=format!("{name}-hint")>{hint}</span>
            <span class="field-error" id=format!("{name}-error")>{error}</span>
        </div>
    }
}

/// A field of several lines.
#[component]
fn Lines(
    ui: Ui,
    given: Given,
    name: &'static str,
    label: &'static str,
    #[prop(default = "")] hint: &'static str,
    place: Place,
    #[prop(default = 2)] rows: u32,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <textarea
                id=name
                class="input"
                rows=rows
                lang="vi"
                data-field=name
                aria-describedby=format!("{name}-hint")
                prop:value=text_of(given, place)
                on:input=move |event| take(ui, given, place, event_target_value(&event))
            ></textarea>
            <span class="field-hint" id=format!("{name}-hint")>{hint}</span>
        </div>
    }
}
