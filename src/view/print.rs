//! The button for the printed report, and the dialog for the details that only people know.

use leptos::mount::mount_to;
use leptos::prelude::*;

use super::attention::Fields;
use super::dialog::{self, Dialog, LeaveButton};
use super::field::{FieldText, Leaving, shown_in};
use super::heard::{Heard, by_person, heard};
use super::icon::{Glyph, Icon};
use super::office_file::{FileButton, Making, take};
use super::paper::{Paper, STYLE};
use super::photos::{self, PhotosTold, PhotosWanted, Readied};
use super::reread::{Seen, text_in};
use super::words;
use super::{Ui, focus};
use crate::app::{DrawnPhotos, Format};
use crate::document::{Details, Orientation};
use crate::stored::Detail;

/// The details given so far.
type Given = ArcRwSignal<Details>;

/// The button, and the dialog behind it.
#[component]
pub fn PrintReport(ui: Ui) -> impl IntoView {
    let asking: RwSignal<Option<Given>> = RwSignal::new(None);
    let ask = move |_| {
        let app = ui.app();
        leptos::task::spawn_local(async move {
            // Read now, as a browser may print only if everything is ready when the button is
            // pressed.
            app.look_back().await;
            match app.document_details().await {
                // The page may have been unmounted meanwhile.
                Ok(given) => _ = asking.try_set(Some(given)),
                Err(failure) => app.report_failure(&failure),
            }
        });
    };
    view! {
        <button type="button" class="button button-primary" data-action="print" on:click=ask>
            <Glyph icon=Icon::Printer/>
            {ui.words().print_button}
        </button>
        {move || asking.get().map(|given| view! { <PrintDialog ui given asking/> })}
    }
}

#[component]
fn PrintDialog(ui: Ui, given: Given, asking: RwSignal<Option<Given>>) -> impl IntoView {
    let words = ui.words();
    let leave = move || asking.set(None);
    let photos = Readied::begin(ui);
    let waits = photos.is_waiting();
    let filled = given.clone();
    let ready = move || {
        let details = filled.get_untracked();
        let is_readable = details.issued().is_ok();
        if !is_readable {
            // On paper the date would be missing.
            focus::on(ui, "#document-date");
        }
        photos.ready().filter(|_| is_readable).map(|photos| (details, photos))
    };
    let to_print = ready.clone();
    let print = move |_| {
        let Some((details, photos)) = to_print() else { return };
        // A page under an open dialog can't be printed.
        dialog::close(ui);
        leave();
        print_paper(ui, &details, photos);
    };
    let save = move || {
        if let Some((details, photos)) = ready() {
            save_word(ui, leave, &details, photos);
        }
    };
    let details = given.clone();
    let date_error = Signal::derive(move || {
        let problem = details.with(Details::issued).err();
        problem.map_or_else(String::new, |problem| words::unreadable(&problem, words))
    });
    let numbers = ui.app().numbers_pages();
    let given = StoredValue::new(given);
    let line = move |detail| view! { <Line ui given=given.get_value() detail/> };
    let lines = move |detail| view! { <Lines ui given=given.get_value() detail/> };
    view! {
        <Dialog ui name="print" title=words.print_title leave>
            <p>{words.print_text}</p>
            {(!numbers).then(|| view! { <p data-no-page-numbers>{words.print_no_page_numbers}</p> })}
            <fieldset class="print-part">
                <legend>{words.print_head}</legend>
                <Lines ui given=given.get_value() detail=Detail::Superior hint=words.print_superior_hint rows=1/>
                <Lines ui given=given.get_value() detail=Detail::Agency rows=1/>
                <div class="field-pair">
                    {[Detail::Number, Detail::Symbol, Detail::Place].map(line)}
                    <Line ui given=given.get_value() detail=Detail::Date hint=ui.date_hint(words.hint_date) leaving=Leaving::AsDate(None) error=date_error/>
                </div>
                {lines(Detail::Subject)}
                <Lines ui given=given.get_value() detail=Detail::Addressees hint=words.print_lines_hint/>
            </fieldset>
            <fieldset class="print-part">
                <legend>{words.print_body}</legend>
                {[Detail::General, Detail::Difficulties, Detail::Proposals].map(lines)}
            </fieldset>
            <fieldset class="print-part">
                <legend>{words.print_end}</legend>
                <Lines ui given=given.get_value() detail=Detail::Office hint=words.print_office_hint/>
                {line(Detail::Signer)}
                <Lines ui given=given.get_value() detail=Detail::Recipients hint=words.print_lines_hint/>
                <AnnexPaper ui given=given.get_value()/>
            </fieldset>
            <PhotosWanted ui photos/>
            <Making ui/>
            <div class="buttons">
                <PhotosTold ui photos/>
                <button
                    type="button"
                    class="button button-primary"
                    data-action="print-now"
                    aria-disabled=move || waits.get().then_some("true")
                    aria-describedby=photos::TOLD
                    on:click=print
                >
                    <Glyph icon=Icon::Printer/>
                    {words.print_now}
                </button>
                <FileButton
                    ui
                    action="save-docx"
                    format=Format::Docx
                    label=words.word_save
                    waits
                    press=save
                />
                <LeaveButton ui action="print-leave" label=words.cancel leave/>
            </div>
        </Dialog>
    }
}

/// Prints the document in a frame beside the component.
fn print_paper(ui: Ui, details: &Details, photos: DrawnPhotos) {
    let app = ui.app();
    match app.document(details, &photos) {
        Ok(mut document) => {
            if !app.numbers_pages() {
                document.annex.orientation = Orientation::Portrait;
            }
            let title = format!("{} - {}", document.title.kind, document.title.subject);
            app.print(&ui.root(), title, STYLE, |body| {
                let mounted = mount_to(body.clone(), move || view! { <Paper document/> });
                photos.put(&body);
                Box::new((mounted, photos))
            });
        }
        Err(failure) => app.report_failure(&failure),
    }
}

/// Saves the document as a Word file.
fn save_word(ui: Ui, leave: impl Fn() + 'static, details: &Details, photos: DrawnPhotos) {
    let app = ui.app();
    match app.document(details, &photos) {
        Ok(document) => take(ui, leave, async move { app.word(&document, &photos).await }),
        Err(failure) => app.report_failure(&failure),
    }
}

/// A field of one line.
#[component]
fn Line(
    ui: Ui,
    given: Given,
    detail: Detail,
    #[prop(into, optional)] hint: String,
    /// The fate of the text when the field is left.
    #[prop(optional)]
    leaving: Leaving,
    /// The error of the field, in words; empty when there is none.
    #[prop(into, default = Signal::stored(String::new()))]
    error: Signal<String>,
) -> impl IntoView {
    let name = detail.name();
    let text = FieldText::of_detail(given, detail);
    let fields = Fields::new();
    let error = fields.told(error);
    view! {
        <div
            class="field"
            on:input:capture=by_person(move |event| fields.enter(event))
            on:focusout:capture=heard(move |event| fields.leave(event))
        >
            <label for=name>{words::document_field(detail, ui.words())}</label>
            <input
                id=name
                type="text"
                class="input"
                lang="vi"
                data-field=name
                autocomplete="off"
                aria-describedby=format!("{name}-hint {name}-error")
                aria-invalid=move || error.with(|error| (!error.is_empty()).then_some("true"))
                use:shown_in=text
                on:input=heard(move |event| give(ui, text, detail, event))
                on:focusout=heard(move |event| {
                    let written = text.write_out(event, |typed| leaving.written(typed));
                    _ = written.map(|written| ui.app().give_detail(detail, written));
                    text.leave(ui, event, [error]);
                })
            />
            <span class="field-hint" id=format!("{name}-hint")>{hint}</span>
            <span class="field-error" id=format!("{name}-error") prop:textContent=error></span>
        </div>
    }
}

/// A field of several lines.
#[component]
fn Lines(
    ui: Ui,
    given: Given,
    detail: Detail,
    #[prop(default = "")] hint: &'static str,
    #[prop(default = 2)] rows: u32,
) -> impl IntoView {
    let name = detail.name();
    let text = FieldText::of_detail(given, detail);
    view! {
        <div class="field">
            <label for=name>{words::document_field(detail, ui.words())}</label>
            <textarea
                id=name
                class="input"
                rows=rows
                lang="vi"
                data-field=name
                aria-describedby=format!("{name}-hint")
                use:shown_in=text
                on:input=heard(move |event| give(ui, text, detail, event))
                on:blur=heard(move |event| text.leave(ui, event, None))
            ></textarea>
            <span class="field-hint" id=format!("{name}-hint")>{hint}</span>
        </div>
    }
}

/// The orientation of the annex.
#[component]
fn AnnexPaper(ui: Ui, given: Given) -> impl IntoView {
    let words = ui.words();
    let (detail, name) = (Detail::Annex, Detail::Annex.name());
    let options = Orientation::ALL.map(|one| {
        let told = match one {
            Orientation::Portrait => words.print_portrait,
            Orientation::Landscape => words.print_landscape,
        };
        view! { <option value=one.name()>{told}</option> }
    });
    let shown = move || given.with(Details::orientation).name().to_owned();
    let (shown, seen) = (Signal::derive(shown), Seen::new());
    let choose = heard(move |event| {
        _ = seen.entered(event).map(|chosen| ui.app().give_detail(detail, chosen));
    });
    view! {
        <div class="field">
            <label for=name>{words::document_field(detail, words)}</label>
            <select
                id=name
                class="input"
                data-field=name
                use:text_in=(shown, seen)
                on:change=choose
            >
                {options.collect_view()}
            </select>
        </div>
    }
}

/// Stores a typed detail.
fn give(ui: Ui, text: FieldText, detail: Detail, event: &Heard) {
    if let Some(typed) = text.type_in(event) {
        ui.app().give_detail(detail, typed);
    }
}
