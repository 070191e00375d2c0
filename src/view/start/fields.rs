//! The fields of the form.

use leptos::prelude::*;
use std::sync::Arc;

use super::form::Form;
use crate::checklist::{BUILTIN_IDS, Checklist, Performer, builtin};
use crate::inspection::Period;
use crate::messages::fill;
use crate::view::{Ui, words};

/// Which checklist: one that is compiled in, or the one that the host names.
#[component]
pub fn ChecklistChoice(ui: Ui, form: Form, error: Signal<&'static str>) -> impl IntoView {
    let words = ui.words();
    let language = ui.language();
    let own = form.checklist.get_untracked();
    let own = (!own.is_empty() && !BUILTIN_IDS.contains(&own.as_str())).then_some(own);
    let own = own.map(|name| {
        let label = name.clone();
        view! { <option value=name>{label}</option> }
    });
    let builtin = BUILTIN_IDS.into_iter().filter_map(|id| {
        let checklist = builtin(id)?.ok()?;
        let (title, language) = checklist.title.get(language);
        Some(view! { <option value=id lang=language.code()>{title.to_owned()}</option> })
    });
    let builtin = builtin.collect_view();
    view! {
        <div class="field" class:field-wrong=move || !error.get().is_empty()>
            <label for="start-checklist">{words.start_checklist}</label>
            <select
                id="start-checklist"
                class="input"
                data-field="checklist"
                aria-describedby="start-checklist-error"
                aria-invalid=move || (!error.get().is_empty()).then_some("true")
                prop:value=form.checklist
                on:change=move |event| form.checklist.set(event_target_value(&event))
            >
                <option value="">{words.start_checklist_choose}</option>
                {own}
                {builtin}
            </select>
            <span class="field-error" id="start-checklist-error">{error}</span>
        </div>
    }
}

/// The directive behind the chosen checklist.
#[component]
pub fn ChecklistFacts(ui: Ui, checklist: Arc<Checklist>) -> impl IntoView {
    let words = ui.words();
    let source = &checklist.source;
    let number = source.number.clone().unwrap_or_else(|| words.start_number_blank.to_owned());
    let count = fill(words.start_item_count, &[("count", &checklist.items.len().to_string())]);
    view! {
        <p class="facts">
            <span lang="vi">{format!("{} · {number} · {}", source.issuer, source.date)}</span>
            <br/>
            <span lang="vi">{source.subject.clone()}</span>
            <br/>
            {count}
        </p>
    }
}

/// What kind of unit it is: this decides which items it sees.
#[component]
pub fn UnitType(ui: Ui, form: Form) -> impl IntoView {
    let words = ui.words();
    let options = Performer::ALL.map(|performer| {
        view! { <option value=performer.name()>{words::performer(performer, words)}</option> }
    });
    let changed = move |event| {
        if let Some(performer) = Performer::from_name(&event_target_value(&event)) {
            form.unit_type.set(performer);
        }
    };
    view! {
        <div class="field">
            <label for="start-unit-type">{words.start_unit_type}</label>
            <select
                id="start-unit-type"
                class="input"
                data-field="unit-type"
                prop:value=move || form.unit_type.get().name()
                on:change=changed
            >
                {options.collect_view()}
            </select>
        </div>
    }
}

/// The periods that are chosen most often.
#[component]
pub fn PeriodButtons(ui: Ui, form: Form) -> impl IntoView {
    let words = ui.words();
    let today = ui.app().today();
    let periods = [Period::month_of(today), Period::quarter_of(today), Period::year_of(today)];
    let buttons = periods.map(|period| {
        view! {
            <button type="button" class="button button-small" on:click=move |_| form.period.set(period.to_string())>
                {words::period(period, words)}
            </button>
        }
    });
    view! { <div class="buttons" role="group" aria-label=words.start_period>{buttons.collect_view()}</div> }
}

/// One text of the form.
#[component]
pub fn StartField(
    name: &'static str,
    label: &'static str,
    #[prop(default = "")] hint: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    text: RwSignal<String>,
    #[prop(into, default = Signal::stored(""))] error: Signal<&'static str>,
) -> impl IntoView {
    let id = format!("start-{name}");
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described_by = format!("{hint_id} {error_id}");
    view! {
        <div class="field" class:field-wrong=move || !error.get().is_empty()>
            <label for=id.clone()>{label}</label>
            <input
                id=id
                type="text"
                class="input"
                data-field=name
                autocomplete=autocomplete
                aria-describedby=described_by
                aria-invalid=move || (!error.get().is_empty()).then_some("true")
                prop:value=text
                on:input=move |event| text.set(event_target_value(&event))
            />
            <span class="field-hint" id=hint_id>{hint}</span>
            <span class="field-error" id=error_id>{error}</span>
        </div>
    }
}
