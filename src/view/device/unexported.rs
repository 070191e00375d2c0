//! The inspections whose reports are yet to be exported, with the buttons that do it.

use leptos::prelude::*;

use crate::app::Listed;
use crate::messages::fill;
use crate::view::gradually::Gradually;
use crate::view::{Ui, focus, words};

/// The inspections that were never exported, or changed since.
pub fn unexported(ui: Ui) -> Memo<Vec<Listed>> {
    let listed = ui.app().signals().listed.clone();
    Memo::new(move |_| {
        listed.with(|all| all.iter().filter(|listed| listed.is_unexported()).cloned().collect())
    })
}

/// The inspections that are not exported: how many there are, and which when the panel is opened.
#[component]
pub fn Unexported(ui: Ui) -> impl IntoView {
    let words = ui.words();
    let waiting = unexported(ui);
    let count = move || {
        let count = waiting.with(Vec::len).to_string();
        fill(words.health_unexported, &[("count", &count)])
    };
    let export_all = move |_| {
        let app = ui.app();
        leptos::task::spawn_local(async move {
            app.export_all().await;
            focus::on(ui, "#device-title");
        });
    };
    view! {
        <details class="unexported" hidden=move || waiting.with(Vec::is_empty)>
            <summary prop:textContent=count></summary>
            <UnexportedList ui waiting then="#device-title"/>
            <div class="buttons">
                <button type="button" class="button" data-action="export-all" on:click=export_all>
                    {words.export_all}
                </button>
            </div>
        </details>
    }
}

/// The list, with a button for each.
#[component]
pub fn UnexportedList(
    ui: Ui,
    waiting: Memo<Vec<Listed>>,
    /// The control that has the focus when one is exported and out of the list.
    then: &'static str,
) -> impl IntoView {
    view! {
        <ul class="dialog-list">
            <Gradually each=waiting key=|listed| listed.id.clone() let(listed)>
                <Line ui listed then/>
            </Gradually>
        </ul>
    }
}

#[component]
fn Line(ui: Ui, listed: Listed, then: &'static str) -> impl IntoView {
    let words = ui.words();
    let name =
        format!("{} · {}", listed.header.unit.name, words::period(listed.header.period, words));
    let label = format!("{}: {name}", words.export_button);
    let export = move |_| {
        let (app, id) = (ui.app(), listed.id.clone());
        leptos::task::spawn_local(async move {
            if let Err(failure) = app.export_stored(&id).await {
                app.report_failure(&failure);
            }
            focus::on(ui, then);
        });
    };
    view! {
        <li class="dialog-line">
            <span>{name}</span>
            <button type="button" class="button" data-action="export-listed" aria-label=label on:click=export>
                {words.export_button}
            </button>
        </li>
    }
}
