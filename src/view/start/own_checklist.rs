//! A checklist from a file of the person's own: checked, looked at, then used.

use leptos::prelude::*;
use std::sync::Arc;

use super::fields::ChecklistFacts;
use super::form::Form;
use crate::app::{OpenedChecklist, name_by_digest};
use crate::checklist::{Checklist, builtin};
use crate::messages::fill;
use crate::review::Flaw;
use crate::view::dialog::{self, Dialog, LeaveButton};
use crate::view::file::FileButton;
use crate::view::icon::Icon;
use crate::view::{Ui, focus, words};

/// The button that opens a checklist file, and what comes of it.
#[component]
pub fn OwnChecklist(ui: Ui, form: Form) -> impl IntoView {
    let words = ui.words();
    let opened = RwSignal::new(None::<OpenedChecklist>);
    let chosen = move |files: Vec<web_sys::File>| {
        let app = ui.app();
        leptos::task::spawn_local(async move {
            let Some(file) = files.into_iter().next() else { return };
            match app.open_checklist(file).await {
                Ok(checked) => _ = opened.try_set(Some(checked)),
                Err(failure) => app.report_failure(&failure),
            }
        });
    };
    let take = move |checklist: Arc<Checklist>| {
        dialog::close(ui);
        opened.set(None);
        let name = name_by_digest(&checklist);
        ui.app().keep_checklist(checklist);
        form.checklist.set(name);
        ui.app().announce(words.checklist_opened.to_owned());
        focus::on(ui, "#start-checklist");
    };
    let leave = move || opened.set(None);
    view! {
        <div class="own-checklist">
            <p class="field-hint">{words.start_own_checklist_hint}</p>
            <FileButton
                action="open-checklist"
                field="checklist-file"
                icon=Icon::FilePlus
                label=words.start_own_checklist
                chosen
            />
        </div>
        {move || {
            opened.get().map(|opened| match opened.checklist {
                Ok(checklist) => view! { <Preview ui checklist take leave/> }.into_any(),
                Err(flaws) => view! { <Flaws ui file=opened.file flaws leave/> }.into_any(),
            })
        }}
    }
}

/// Everything that is wrong with the file, each with its place.
#[component]
fn Flaws(
    ui: Ui,
    file: String,
    flaws: Vec<Flaw>,
    leave: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    let words = ui.words();
    let count = flaws.len().to_string();
    let text = fill(words.checklist_bad_text, &[("count", &count), ("file", &file)]);
    let flaws = flaws.into_iter().map(|flaw| {
        let Flaw { place, pointer, sentence } = flaw;
        view! {
            <li>
                <strong>{place}</strong>
                ": "
                {sentence}
                " "
                <code>{pointer}</code>
            </li>
        }
    });
    let flaws = flaws.collect_view();
    view! {
        <Dialog ui name="checklist-problems" title=words.checklist_bad_title leave>
            <p>{text}</p>
            <ol class="dialog-list flaws" tabindex="0" aria-label=words.checklist_bad_title>{flaws}</ol>
            <div class="buttons">
                <LeaveButton ui action="checklist-leave" label=words.close primary=true leave/>
            </div>
        </Dialog>
    }
}

/// The contents of the file, before it is used.
#[component]
fn Preview(
    ui: Ui,
    checklist: Arc<Checklist>,
    take: impl Fn(Arc<Checklist>) + Copy + Send + 'static,
    leave: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    let words = ui.words();
    let language = ui.language();
    let (title, title_language) = checklist.title.get(language);
    let title = title.to_owned();
    let version = fill(
        words.checklist_version,
        &[("version", &checklist.version), ("id", checklist.id.as_str())],
    );
    let areas = checklist.areas.iter().map(|area| {
        let items = checklist.items.iter().filter(|item| item.area == area.id);
        let lines = items.clone().map(|item| {
            let (text, language) = item.text.get(language);
            let performers: Vec<_> =
                item.performers.iter().map(|one| words::performer(*one, words)).collect();
            view! {
                <li>
                    <span lang=language.code()>{text.to_owned()}</span>
                    <span class="field-hint">{format!("{} · {}", item.clause, performers.join(", "))}</span>
                </li>
            }
        });
        let lines = lines.collect_view();
        let title = area.title.in_language(language);
        let count = items.count().to_string();
        let summary = fill(words.checklist_area, &[("title", title), ("count", &count)]);
        view! {
            <li>
                <details>
                    <summary>{summary}</summary>
                    <ul class="preview-items">{lines}</ul>
                </details>
            </li>
        }
    });
    let areas = areas.collect_view();
    let same_id = builtin(checklist.id.as_str()).is_some();
    let facts = checklist.clone();
    view! {
        <Dialog ui name="checklist-preview" title=words.checklist_preview_title leave>
            <p><strong lang=title_language.code()>{title}</strong></p>
            <p class="field-hint">{version}</p>
            <ChecklistFacts ui checklist=facts/>
            <p hidden=!same_id>{words.checklist_same_id}</p>
            <ul class="dialog-list" tabindex="0" aria-label=words.nav_label>{areas}</ul>
            <div class="buttons">
                <button
                    type="button"
                    class="button button-primary"
                    data-action="use-checklist"
                    on:click=move |_| take(checklist.clone())
                >
                    {words.checklist_use}
                </button>
                <LeaveButton ui action="checklist-leave" label=words.cancel leave/>
            </div>
        </Dialog>
    }
}
