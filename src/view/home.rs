//! The first screen: the inspections on this device, and the form for a new one.

use leptos::prelude::*;

use super::device::{Device, ForgetsWarning, FramedWarning, LossNotice};
use super::dialog::Confirm;
use super::gradually::Gradually;
use super::heard::heard;
use super::icon::{Glyph, Icon};
use super::import::{self, ImportButton};
use super::inspection::MANY;
use super::kept::KeptList;
use super::start::{Form, StartForm};
use super::upload::{ListedUpload, WaitingElsewhere};
use super::{Ui, focus, item, words};
use crate::app::Listed;
use crate::checklist::date_from_iso;
use crate::inspection::{InspectionId, write_date};
use crate::messages::fill;

/// The first screen.
#[component]
pub fn Home(ui: Ui, form: Form) -> impl IntoView {
    let words = ui.words();
    let listed = |which: fn(&Listed) -> bool| {
        let listed = ui.app().signals().listed.clone();
        Memo::new(move |_| {
            listed.with(|all| all.iter().filter(|one| which(one)).cloned().collect::<Vec<_>>())
        })
    };
    let (kept, deleted) = (listed(|listed| !listed.deleted), listed(|listed| listed.deleted));
    let is_many = move || (kept.with(Vec::len) > MANY).then_some("");
    view! {
        <div class="home">
            <section
                class="card"
                aria-labelledby="home-title"
                on:dragover=heard(import::dragged)
                on:drop=heard(move |event| import::dropped(ui, event))
            >
                <div class="card-head">
                    <h2 id="home-title" tabindex="-1">{words.home_title}</h2>
                    <ImportButton ui/>
                </div>
                <LossNotice ui/>
                <div class="empty" hidden=move || !kept.with(Vec::is_empty)>
                    <Glyph icon=Icon::FolderOpen/>
                    <p><strong>{words.home_empty_title}</strong></p>
                    <p>{words.home_empty}</p>
                </div>
                <ul class="inspections" data-many=is_many hidden=move || kept.with(Vec::is_empty)>
                    <Gradually each=kept key let(listed)>
                        <ListedView ui form listed/>
                    </Gradually>
                </ul>
                <Damaged ui/>
                <WaitingElsewhere ui/>
                <FramedWarning ui/>
                <ForgetsWarning ui/>
                <details class="deleted" hidden=move || deleted.with(Vec::is_empty)>
                    <summary>{words.home_deleted_title}</summary>
                    <ul class="inspections">
                        <Gradually each=deleted key let(listed)>
                            <DeletedView ui listed/>
                        </Gradually>
                    </ul>
                </details>
                <KeptList ui/>
            </section>
            <StartForm ui form/>
            <Device ui form/>
        </div>
    }
}

/// The inspections whose headers can't be read. They are shown by id, so that none is hidden.
#[component]
fn Damaged(ui: Ui) -> impl IntoView {
    let words = ui.words();
    let damaged = ui.app().signals().damaged.clone();
    move || {
        let all = damaged.get();
        (!all.is_empty()).then(|| {
            let one = |id: &InspectionId| {
                let text = fill(words.home_damaged, &[("id", id.as_str())]);
                view! { <p class="notice" role="note" data-notice="damaged" data-damaged=id.to_string()>{text}</p> }
            };
            all.iter().map(one).collect_view()
        })
    }
}

/// Returns the key of a list entry. A new key makes the page render the entry anew.
fn key(listed: &Listed) -> String {
    let Listed { id, answered, total, .. } = listed;
    let header = &listed.header;
    let exported = listed.exported_at.as_ref().map_or("", |at| at.as_str());
    format!("{id} {answered}/{total} {} {} {exported}", header.updated_at, header.status.name())
}

/// Renders the unit, period and checklist of an inspection.
fn title(ui: Ui, listed: &Listed) -> impl IntoView + use<> {
    let words = ui.words();
    let (checklist, language) = listed.checklist.title(ui.language());
    view! {
        <p class="inspection-unit">{listed.header.unit.name.clone()}</p>
        <p>
            {words::period(listed.header.period, words)}
            " · "
            <span lang=language.code()>{checklist.to_owned()}</span>
        </p>
    }
}

/// Opens an inspection where the person left it.
pub fn open(ui: Ui, id: InspectionId) {
    let app = ui.app();
    leptos::task::spawn_local(async move {
        match app.continue_inspection(&id).await {
            Ok(Some(item)) => item::bring_into_sight(ui, item),
            Ok(None) => {}
            Err(failure) => app.report_failure(&failure),
        }
    });
}

/// An inspection that can be continued.
#[component]
fn ListedView(ui: Ui, form: Form, listed: Listed) -> impl IntoView {
    let words = ui.words();
    let header = &listed.header;
    let day = date_from_iso(header.updated_at.day()).map(write_date).unwrap_or_default();
    let updated = fill(words.home_updated, &[("day", &day), ("time", header.updated_at.clock())]);
    let (answered, total) = (listed.answered.to_string(), listed.total.to_string());
    let progress = fill(words.progress_count, &[("answered", &answered), ("total", &total)]);
    let export = match (&listed.exported_at, listed.changed_since_export()) {
        (None, _) => words.home_never_exported,
        (Some(_), true) => words.home_changed_since_export,
        (Some(_), false) => words.home_exported,
    };
    let status = words::status(header.status, words);
    let continue_label = if listed.finished() { words.home_view } else { words.home_continue };
    let name = format!("{} {}", header.unit.name, words::period(header.period, words));
    let label = |verb: &str| format!("{verb}: {name}");
    let (open_label, next_label, delete_label) =
        (label(continue_label), label(words.home_next), label(words.home_delete));
    let (opened, repeated, deleted) = (listed.id.clone(), listed.id.clone(), listed.id.clone());
    let next = move |_| {
        let (app, id) = (ui.app(), repeated.clone());
        leptos::task::spawn_local(async move {
            match app.earlier(&id).await {
                Ok(earlier) if form.is_there() => {
                    form.follow_up(earlier, ui.words());
                    focus::on(ui, "#start-period");
                }
                Ok(_) => {}
                Err(failure) => app.report_failure(&failure),
            }
        });
    };
    let open = move |_| open(ui, opened.clone());
    let delete = move |_| {
        let (app, id) = (ui.app(), deleted.clone());
        leptos::task::spawn_local(async move {
            app.delete(&id).await;
            focus::keep(ui);
        });
    };
    view! {
        <li class="inspection" data-inspection=listed.id.to_string()>
            <div class="inspection-text">
                {title(ui, &listed)}
                <p class="inspection-facts">
                    <span class="tag" data-status=header.status.name()>{status}</span>
                    <span>{progress}</span>
                    <span>{updated}</span>
                    <span>{export}</span>
                    <ListedUpload ui listed=listed.clone()/>
                </p>
            </div>
            <div class="buttons">
                <button type="button" class="button button-primary" data-action="open" aria-label=open_label on:click=open>
                    {continue_label}
                </button>
                <button type="button" class="button" data-action="next-period" aria-label=next_label on:click=next>
                    <Glyph icon=Icon::CopyPlus/>
                    {words.home_next}
                </button>
                <button type="button" class="button button-quiet" data-action="delete" aria-label=delete_label on:click=delete>
                    <Glyph icon=Icon::Trash/>
                    {words.home_delete}
                </button>
            </div>
        </li>
    }
}

/// A deleted inspection, which can be restored or deleted for good.
#[component]
fn DeletedView(ui: Ui, listed: Listed) -> impl IntoView {
    let words = ui.words();
    let (restored, purged) = (listed.id.clone(), listed.id.clone());
    let restore = move |_| {
        let (app, id) = (ui.app(), restored.clone());
        leptos::task::spawn_local(async move {
            app.undelete(&id).await;
            focus::keep(ui);
        });
    };
    let asking = RwSignal::new(false);
    let name = words::period(listed.header.period, words);
    let name = format!("{} · {name}", listed.header.unit.name);
    let text = StoredValue::new(fill(words.home_purge_text, &[("name", &name)]));
    let purged = StoredValue::new(purged);
    let purge = move || {
        let (app, id) = (ui.app(), purged.get_value());
        leptos::task::spawn_local(async move {
            app.purge(&id).await;
            focus::keep(ui);
        });
    };
    view! {
        <li class="inspection" data-deleted=listed.id.to_string()>
            <div class="inspection-text">{title(ui, &listed)}</div>
            <div class="buttons">
                <button type="button" class="button" data-action="restore" on:click=restore>
                    {words.home_restore}
                </button>
                <button type="button" class="button button-quiet" data-action="purge" on:click=move |_| asking.set(true)>
                    {words.home_purge}
                </button>
            </div>
            {move || {
                asking.get().then(|| {
                    let (title, text) = (words.home_purge_title, text.get_value());
                    view! {
                        <Confirm
                            ui
                            name="purge"
                            title
                            text
                            go_label=words.home_purge
                            danger=true
                            asking
                            go=purge
                        />
                    }
                })
            }}
        </li>
    }
}
