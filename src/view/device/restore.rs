//! Restoring a backup: the button with its file field, and the question that tells what is in the
//! file.

use leptos::prelude::*;

use super::name_of;
use crate::app::{PendingRestore, Workspace};
use crate::checklist::date_from_iso;
use crate::inspection::{Timestamp, write_date};
use crate::messages::fill;
use crate::view::Ui;
use crate::view::dialog::{self, Dialog};
use crate::view::file::FileButton;
use crate::view::icon::Icon;

/// The button that restores from a file.
#[component]
pub fn RestoreButton(ui: Ui) -> impl IntoView {
    let chosen = move |files| {
        let app = ui.app();
        leptos::task::spawn_local(async move { app.restore_files(files).await });
    };
    view! {
        <FileButton
            action="restore-all"
            field="restore-file"
            icon=Icon::FolderOpen
            label=ui.words().restore_button
            zip=true
            chosen
        />
    }
}

/// Asks whether a backup is to be restored.
#[component]
pub fn RestoreQuestion(ui: Ui) -> impl IntoView {
    let pending = ui.app().signals().pending_restore.clone();
    move || pending.get().map(|pending| view! { <Question ui pending/> })
}

#[component]
fn Question(ui: Ui, pending: PendingRestore) -> impl IntoView {
    let words = ui.words();
    let decide = move |go| {
        dialog::close(ui);
        let app = ui.app();
        leptos::task::spawn_local(async move { app.decide_restore(go).await });
    };
    let leave = move || decide(false);
    let PendingRestore { backup, outcome, .. } = pending;
    let raw = backup.raw();
    let names = raw.workspaces.iter().map(|workspace| {
        let (id, name) = (workspace.id.clone(), workspace.name.clone());
        let name = name_of(&Workspace { id, name }, words);
        format!("{name} ({})", workspace.inspections.len())
    });
    let names = names.collect::<Vec<_>>().join(", ");
    let fates = [
        (words.restore_new, outcome.new),
        (words.restore_newer, outcome.newer),
        (words.restore_beside, outcome.beside),
        (words.restore_older, outcome.older),
        (words.restore_same, outcome.same),
        (words.restore_aside, outcome.aside),
        (words.restore_files, outcome.files),
    ];
    let fates = fates.into_iter().filter(|(_, count)| *count > 0).map(|(fate, count)| {
        view! {
            <tr>
                <th scope="row">{fate}</th>
                <td>{count}</td>
            </tr>
        }
    });
    let fates = fates.collect_view();
    let made = fill(
        words.restore_made,
        &[
            ("day", &day(&raw.made_at)),
            ("time", &time(&raw.made_at)),
            ("count", &backup.inspections().count().to_string()),
        ],
    );
    let is_empty = backup.inspections().next().is_none() && outcome.aside == 0;
    let (is_complete, changes) = (raw.complete, outcome.changes());
    view! {
        <Dialog ui name="restore" title=words.restore_title leave>
            <div class="dialog-body">
                <p>{made}</p>
                <p>{fill(words.restore_workspaces, &[("names", &names)])}</p>
                <p hidden=is_complete>{words.restore_incomplete}</p>
                <table class="facts-table" hidden=is_empty>
                    <thead>
                        <tr>
                            <th scope="col">{words.restore_fate}</th>
                            <th scope="col">{words.restore_count}</th>
                        </tr>
                    </thead>
                    <tbody>{fates}</tbody>
                </table>
                <p>{if changes { words.restore_promise } else { words.restore_nothing }}</p>
            </div>
            <div class="buttons">
                <button
                    type="button"
                    class="button button-primary"
                    data-action="restore-go"
                    hidden=!changes
                    on:click=move |_| decide(true)
                >
                    {words.restore_go}
                </button>
                <button type="button" class="button" data-action="restore-leave" on:click=move |_| decide(false)>
                    {words.cancel}
                </button>
            </div>
        </Dialog>
    }
}

/// The day of a moment in a file.
fn day(moment: &str) -> String {
    let moment = Timestamp::parse(moment);
    let day = moment.and_then(|moment| date_from_iso(moment.day()));
    day.map(write_date).unwrap_or_default()
}

/// The time of day of a moment in a file.
fn time(moment: &str) -> String {
    Timestamp::parse(moment).map(|moment| moment.clock().to_owned()).unwrap_or_default()
}
