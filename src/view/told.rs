//! The outcomes of the imported reports, in one list.

use leptos::prelude::*;

use super::Ui;
use super::dialog::{self, Dialog, LeaveButton};
use super::home;
use crate::inspection::InspectionId;
use crate::intake::{Outcome, Told};
use crate::messages::{Messages, fill};

/// Shows the outcomes until the person dismisses them.
#[component]
pub fn ImportTold(ui: Ui) -> impl IntoView {
    let told = ui.app().signals().told.clone();
    move || match &*told.get() {
        [] => None,
        [Told { name, outcome: Outcome::Same(id), .. }] => {
            let (name, id) = (name.clone(), id.clone());
            Some(view! { <Same ui name id/> }.into_any())
        }
        told => Some(view! { <List ui told=told.to_vec()/> }.into_any()),
    }
}

/// Tells that an identical report is here, and leads to it.
#[component]
fn Same(ui: Ui, name: String, id: InspectionId) -> impl IntoView {
    let words = ui.words();
    let leave = move || ui.app().dismiss_told();
    let id = StoredValue::new(id);
    let open = move |_| {
        dialog::close(ui);
        leave();
        home::open(ui, id.get_value());
    };
    view! {
        <Dialog ui name="import-same" title=words.import_same_title leave>
            <p><strong>{name}</strong></p>
            <div class="buttons">
                <button type="button" class="button button-primary" data-action="import-open" on:click=open>
                    {words.import_open}
                </button>
                <LeaveButton ui action="import-close" label=words.close leave/>
            </div>
        </Dialog>
    }
}

#[component]
fn List(ui: Ui, told: Vec<Told>) -> impl IntoView {
    let words = ui.words();
    let leave = move || ui.app().dismiss_told();
    let groups = Outcome::NAMES.into_iter().filter_map(|name| {
        let lines = told.iter().filter(|told| told.outcome.name() == name).map(line);
        let lines: Vec<_> = lines.collect();
        let title = fill(title(name, words), &[("count", &lines.len().to_string())]);
        (!lines.is_empty()).then(|| {
            view! {
                <section data-outcome=name>
                    <h3>{title}</h3>
                    <ul class="dialog-list">{lines}</ul>
                </section>
            }
        })
    });
    let groups = groups.collect_view();
    view! {
        <Dialog ui name="import-told" title=words.import_told leave>
            <div class="dialog-body">{groups}</div>
            <div class="buttons">
                <LeaveButton ui action="import-close" label=words.close primary=true leave/>
            </div>
        </Dialog>
    }
}

/// Renders an import: its name, why it is not here, and the files of its evidence that are not.
fn line(told: &Told) -> impl IntoView + use<> {
    let reason = match &told.outcome {
        Outcome::Refused(reason) => format!("{}: {reason}", told.name),
        _ => told.name.clone(),
    };
    let lacks = told.lacks.iter().map(|lack| view! { <p>{lack.clone()}</p> });
    view! {
        <li>
            <p>{reason}</p>
            {lacks.collect_view()}
        </li>
    }
}

fn title(name: &str, words: &Messages) -> &'static str {
    match name {
        "refused" => words.told_refused,
        "left" => words.told_left,
        "added" => words.told_added,
        "replaced" => words.told_replaced,
        "mended" => words.told_mended,
        _ => words.told_same,
    }
}
