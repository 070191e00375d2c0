//! Starting an inspection: the checklist, the unit, the period, who inspects.

mod carry;
mod errors;
mod fields;
mod form;
mod own_checklist;

use leptos::prelude::*;

use super::attention::Fields;
use super::heard::{by_person, heard};
use super::question::Questions;
use super::{Ui, focus, words};
use crate::app::Failure;
use crate::inspection::Period;
use carry::CarryChoice;
use errors::ErrorSummary;
use fields::{ChecklistChoice, ChecklistFacts, PeriodButtons, StartField, UnitType, as_typed};
pub use form::Form;
use own_checklist::OwnChecklist;

/// The form.
#[component]
pub fn StartForm(ui: Ui, form: Form) -> impl IntoView {
    let words = ui.words();
    let busy = RwSignal::new(false);
    follow_choice(ui, form);

    let fields = Fields::new();
    let submit = heard(move |event| {
        // The form is ours alone: nothing may reach a form of the host around it.
        event.prevent_default();
        event.stop();
        form.tried.set(true);
        fields.send();
        match form.read(ui.app().today()) {
            Some(new) if !busy.get_untracked() => {
                busy.set(true);
                let app = ui.app();
                leptos::task::spawn_local(async move {
                    match app.start(new).await {
                        // The component may have been taken down meanwhile.
                        Ok(_) if form.tried.try_get_untracked().is_some() => form.clear(&app),
                        Ok(_) => {}
                        Err(failure) => app.report_failure(&failure),
                    }
                    busy.try_set(false);
                });
            }
            Some(_) => {}
            None => focus::on(ui, "#start-errors"),
        }
    });
    let answer = move |id, yes| form.questions.update(|given| _ = given.insert(id, yes));
    let missing = move |text: RwSignal<String>, sentence: &'static str| {
        fields.told(Signal::derive(move || {
            if form.tried.get() && text.with(|t| t.trim().is_empty()) { sentence } else { "" }
        }))
    };
    let period_error = fields.told(Signal::derive(move || {
        let text = form.period.get();
        match text.trim() {
            "" if form.tried.get() => words.start_period_missing,
            "" => "",
            text if Period::read(text).is_none() && form.tried.get() => {
                words.start_period_unreadable
            }
            _ => "",
        }
    }));
    let read_period = move || {
        let period = form.period.with(|text| Period::read(text));
        period.map(|period| words::period(period, words)).unwrap_or_default()
    };
    let write_period =
        Box::new(move |text: &str| Period::read(text).map(|period| as_typed(period, words)));
    let checklist_error = Signal::derive(move || {
        if form.tried.get() && form.chosen.with(Option::is_none) {
            words.start_checklist_missing
        } else {
            ""
        }
    });
    let unit_error = missing(form.unit_name, words.start_unit_name_missing);
    let errors = [
        ("#start-checklist", checklist_error),
        ("#start-unit-name", unit_error),
        ("#start-period", period_error),
    ];
    view! {
        <section class="card" aria-labelledby="start-title">
            <h2 id="start-title">{words.start_title}</h2>
            <form
                class="start"
                novalidate
                on:submit=submit
                on:input:capture=by_person(move |event| fields.enter(event))
                on:focusout:capture=heard(move |event| fields.leave(event))
            >
                <ErrorSummary ui errors/>
                <ChecklistChoice ui form error=checklist_error/>
                <OwnChecklist ui form/>
                {move || form.chosen.get().map(|checklist| view! { <ChecklistFacts ui checklist/> })}
                {move || form.chosen.get().map(|checklist| view! { <Questions ui checklist answers=form.questions set=answer/> })}
                <div class="field-pair">
                    <StartField required=true name="unit-name" label=words.start_unit_name text=form.unit_name error=unit_error autocomplete="organization"/>
                    <UnitType ui form/>
                </div>
                <div class="field-pair">
                    <div class="field">
                        <StartField required=true name="period" label=words.start_period hint=words.start_period_hint text=form.period error=period_error write=write_period/>
                        <p class="field-hint" role="status" prop:textContent=read_period></p>
                        <PeriodButtons ui form/>
                    </div>
                    <StartField name="inspectors" label=words.start_inspectors hint=words.start_inspectors_hint text=form.inspectors/>
                </div>
                <CarryChoice ui form/>
                <details class="more">
                    <summary>{words.start_more}</summary>
                    <div class="field-pair">
                        <StartField name="superior-name" label=words.start_superior hint=words.start_superior_hint text=form.superior/>
                        <StartField name="unit-code" label=words.start_unit_code text=form.unit_code/>
                    </div>
                </details>
                <button type="submit" class="button button-primary button-large" data-action="start" disabled=busy>
                    {words.start_button}
                </button>
                <p class="field-hint">{words.start_where_kept}</p>
            </form>
        </section>
    }
}

/// Reads the checklist that is chosen, whenever the choice changes.
fn follow_choice(ui: Ui, form: Form) {
    Effect::new(move |_| {
        let name = form.checklist.get();
        form.chosen.set(None);
        if name.is_empty() {
            return;
        }
        let app = ui.app();
        leptos::task::spawn_local(async move {
            let checklist = app.checklist(&name).await;
            // The person may have chosen another one meanwhile, or left the screen.
            if form.checklist.try_get_untracked() != Some(name) {
                return;
            }
            match checklist {
                Ok(checklist) => form.chosen.set(Some(checklist)),
                Err(failure) => {
                    app.report_failure(&failure);
                    if matches!(failure, Failure::UnknownChecklist(_)) {
                        form.checklist.set(String::new());
                    }
                }
            }
        });
    });
}
