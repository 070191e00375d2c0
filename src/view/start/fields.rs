//! The fields of the form.

use leptos::prelude::*;
use std::sync::Arc;

use super::form::Form;
use crate::app::name_by_digest;
use crate::checklist::{BUILTIN, Checklist, Performer, builtin};
use crate::inspection::{Period, write_date};
use crate::messages::{Messages, fill};
use crate::view::heard::heard;
use crate::view::reread::{Seen, text_in};
use crate::view::{Ui, words};

/// Which checklist: one that is compiled in, or the one that the host names.
#[component]
pub fn ChecklistChoice(ui: Ui, form: Form, error: Signal<&'static str>) -> impl IntoView {
    let words = ui.words();
    let language = ui.language();
    let others = other_checklists(ui, form);
    let others = move || {
        let option = |(name, title): (String, String)| {
            let value = name.clone();
            // The option may come after the choice.
            let is_chosen = move || form.checklist.with(|chosen| *chosen == name);
            view! { <option value=value prop:selected=is_chosen prop:textContent=title></option> }
        };
        others.get().into_iter().map(option).collect_view()
    };
    let compiled_in = BUILTIN.iter().map(|builtin| {
        let (title, language) = builtin.title(language);
        view! { <option value=builtin.id lang=language.code()>{title}</option> }
    });
    let compiled_in = compiled_in.collect_view();
    let seen = Seen::new();
    let choose = heard(move |event| {
        let name = seen.entered(event);
        // It may have been chosen before there was a line for it.
        let other = name.filter(|name| form.checklist.with_untracked(|chosen| chosen != name));
        _ = other.map(|name| form.checklist.set(name));
    });
    view! {
        <div class="field">
            <label for="start-checklist">{words.start_checklist}</label>
            <select
                id="start-checklist"
                class="input"
                data-field="checklist"
                required
                aria-describedby="start-checklist-error"
                aria-invalid=move || (!error.get().is_empty()).then_some("true")
                use:text_in=(form.checklist.into(), seen)
                on:change=choose
            >
                <option value="">{words.start_checklist_choose}</option>
                {compiled_in}
                {others}
            </select>
            <span class="field-error" id="start-checklist-error" prop:textContent=error></span>
        </div>
    }
}

/// The names and titles of the checklists that are not compiled in: those that the person opened
/// from files, those that inspections on this device were started with, and the one that the host
/// names.
fn other_checklists(ui: Ui, form: Form) -> Memo<Vec<(String, String)>> {
    let signals = ui.app().signals().clone();
    let language = ui.language();
    let own_label = ui.words().checklist_from_file;
    Memo::new(move |_| {
        let mut others: Vec<(String, String)> = signals.own_checklists.with(|own| {
            let named = |own: &Arc<Checklist>| {
                let title = own.title.in_language(language);
                let from = fill(own_label, &[("version", &own.version)]);
                (name_by_digest(own), format!("{title} ({from})"))
            };
            own.iter().map(named).collect()
        });
        signals.listed.with(|listed| {
            let own = listed.iter().filter_map(|listed| listed.own_checklist(language));
            for (name, title) in own {
                if others.iter().all(|(known, _)| *known != name) {
                    others.push((name, title));
                }
            }
        });
        let chosen = form.checklist.get();
        let is_known = chosen.is_empty()
            || builtin(&chosen).is_some()
            || others.iter().any(|(name, _)| *name == chosen);
        if !is_known {
            let title = form.chosen.with(|checklist| {
                checklist.as_ref().map(|checklist| checklist.title.in_language(language).to_owned())
            });
            others.push((chosen.clone(), title.unwrap_or(chosen)));
        }
        others
    })
}

/// The directive behind the chosen checklist.
#[component]
pub fn ChecklistFacts(ui: Ui, checklist: Arc<Checklist>) -> impl IntoView {
    let words = ui.words();
    let source = &checklist.source;
    let number = words::source_number(source, words);
    let count = fill(words.start_item_count, &[("count", &checklist.items.len().to_string())]);
    let of = format!("{} · {number} · {}", source.issuer, source.date);
    let note = checklist.note.as_ref().map(|note| {
        let (text, language) = note.text.get(ui.language());
        let as_of = fill(words.checklist_note_as_of, &[("day", &write_date(note.as_of))]);
        view! {
            <p class="facts" data-checklist-note>
                <span lang=language.code() prop:textContent=text.to_owned()></span>
                " "
                <span prop:textContent=as_of></span>
            </p>
        }
    });
    view! {
        <p class="facts">
            <span lang="vi" prop:textContent=of></span>
            <br/>
            <span lang="vi" prop:textContent=source.subject.clone()></span>
            <br/>
            <span prop:textContent=count></span>
        </p>
        {note}
    }
}

/// The type of the unit: it decides which items the unit sees.
#[component]
pub fn UnitType(ui: Ui, form: Form) -> impl IntoView {
    let words = ui.words();
    // Those for which the checklist has items, and the one that is chosen already, which a host may
    // have given.
    let offered = Memo::new(move |_| {
        let chosen = form.unit_type.get();
        let counts = form.chosen.with(|checklist| {
            Performer::ALL.map(|unit| {
                let items = checklist.iter().flat_map(|checklist| &checklist.items);
                let count = items.filter(|item| unit.is_among(&item.performers)).count();
                (unit, checklist.is_some().then_some(count))
            })
        });
        counts
            .into_iter()
            .filter(|(unit, count)| *unit == chosen || *count != Some(0))
            .collect::<Vec<_>>()
    });
    let options = move || {
        let options = offered.get().into_iter().map(|(unit, count)| {
            let name = words::performer(unit, words);
            let text = count.map_or_else(
                || name.to_owned(),
                |count| {
                    let values = [("kind", name), ("count", &*count.to_string())];
                    fill(words.start_unit_type_items, &values)
                },
            );
            let is_chosen = unit == form.unit_type.get_untracked();
            view! { <option value=unit.name() selected=is_chosen>{text}</option> }
        });
        options.collect_view()
    };
    let shown = Signal::derive(move || form.unit_type.get().name().to_owned());
    let seen = Seen::new();
    let changed = heard(move |event| {
        let chosen = seen.entered(event).and_then(|name| Performer::from_name(&name));
        _ = chosen.map(|performer| form.unit_type.set(performer));
    });
    view! {
        <div class="field">
            <label for="start-unit-type">{words.start_unit_type}</label>
            <select
                id="start-unit-type"
                class="input"
                data-field="unit-type"
                use:text_in=(shown, seen)
                on:change=changed
            >
                {options}
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
        let (name, text) = (words::period(period, words), as_typed(period, words));
        view! {
            <button type="button" class="button button-small" on:click=move |_| form.period.set(text.clone())>
                {name}
            </button>
        }
    });
    view! { <div class="buttons" role="group" aria-label=words.start_period>{buttons.collect_view()}</div> }
}

/// A period as people write it, so that they see how it can be written.
pub fn as_typed(period: Period, words: &Messages) -> String {
    let name = words::period(period, words);
    if Period::read(&name) == Some(period) { name } else { period.to_string() }
}

/// How a typed text is written; `None` where it stays as it is.
pub type Write = Box<dyn Fn(&str) -> Option<String>>;

/// One text of the form.
#[component]
pub fn StartField(
    name: &'static str,
    label: &'static str,
    #[prop(default = "")] hint: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(default = false)] required: bool,
    text: RwSignal<String>,
    #[prop(into, default = Signal::stored(""))] error: Signal<&'static str>,
    /// How a typed text is written once the field is left.
    #[prop(optional)]
    write: Option<Write>,
) -> impl IntoView {
    let id = format!("start-{name}");
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described_by = format!("{hint_id} {error_id}");
    let seen = Seen::new();
    // A value from the host stays as it gave it, so that it can be told from a text that a person
    // typed.
    let is_typed = StoredValue::new(false);
    let typed = heard(move |event| {
        if let Some(typed) = seen.entered(event) {
            is_typed.set_value(true);
            text.set(typed);
        }
    });
    let leave = heard(move |event| {
        if event.is_left() && is_typed.try_update_value(std::mem::take).unwrap_or_default() {
            let written = text.with_untracked(|text| write.as_ref()?(text));
            _ = written.map(|written| text.set(written));
        }
    });
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input
                id=id
                type="text"
                class="input"
                data-field=name
                autocomplete=autocomplete
                required=required
                aria-describedby=described_by
                aria-invalid=move || (!error.get().is_empty()).then_some("true")
                use:text_in=(text.into(), seen)
                on:input=typed
                on:blur=leave
            />
            <span class="field-hint" id=hint_id>{hint}</span>
            <span class="field-error" id=error_id prop:textContent=error></span>
        </div>
    }
}
