//! A newer version of the open inspection's checklist: that it is there, and moving to it once its
//! differences were shown item by item.

mod aspect;
mod change;

use std::sync::Arc;

use leptos::prelude::*;

use super::dialog::{self, Dialog, LeaveButton};
use super::icon::{Glyph, Icon};
use super::{Ui, focus};
use crate::app::Open;
use crate::checklist::{Checklist, Question};
use crate::inspection::Fate;
use crate::messages::fill;
use change::{Answer, ChangeView, ItemLine, Sides};

/// Says that a newer version is there, and leads to what it changes.
#[component]
pub fn NewerVersion(ui: Ui, open: Arc<Open>, locked: Signal<bool>) -> impl IntoView {
    let words = ui.words();
    let asking = RwSignal::new(false);
    let newer = open.newer.clone();
    move || {
        let open = open.clone();
        newer.get().map(|newer| {
            let versions = [("new", &*newer.version), ("old", &*open.checklist.version)];
            let there = fill(words.moving_there, &versions);
            view! {
                <div class="notice" data-notice="newer-version">
                    <Glyph icon=Icon::FilePlus/>
                    <p>
                        {there} " " <span hidden=move || !locked.get()>{words.moving_locked}</span>
                    </p>
                    <button
                        type="button"
                        class="button"
                        data-action="newer-version"
                        hidden=locked
                        on:click=move |_| asking.set(true)
                    >
                        {words.moving_look}
                    </button>
                </div>
                {move || {
                    asking.get().then(|| {
                        let (open, newer) = (open.clone(), newer.clone());
                        view! { <MoveQuestion ui open newer asking/> }
                    })
                }}
            }
        })
    }
}

/// The differences, and the question whether to move.
#[component]
fn MoveQuestion(
    ui: Ui,
    open: Arc<Open>,
    newer: Arc<Checklist>,
    asking: RwSignal<bool>,
) -> impl IntoView {
    let words = ui.words();
    let inspection = open.snapshot();
    let changes = open.checklist.changes_to(&newer);
    let count = changes.unchanged.len().to_string();
    let old = &open.checklist.version;
    let title = fill(words.moving_title, &[("new", &newer.version)]);
    let text = fill(words.moving_text, &[("old", old), ("count", &count)]);
    let nothing =
        changes.changed.is_empty() && changes.added.is_empty() && changes.removed.is_empty();
    let sides = Sides { old: open.checklist.clone(), new: newer.clone() };

    let changed = changes.changed.into_iter().map(|change| {
        let fate = inspection.fate_of_changed(&change);
        let sides = sides.clone();
        view! { <ChangeView ui change fate sides/> }.into_any()
    });
    let changed: Vec<_> = changed.collect();
    let added = changes.added.into_iter().map(|item| {
        let applies = inspection.header.applies(&item);
        let answer = if applies { Answer::Wanted } else { Answer::OfOthers };
        view! { <ItemLine ui item answer of=newer.clone()/> }.into_any()
    });
    let added: Vec<_> = added.collect();
    let removed = changes.removed.into_iter().map(|item| {
        let answer = match inspection.fate_of_removed(&item) {
            Fate::Nothing => Answer::Missing,
            Fate::Kept | Fate::LeftBehind => Answer::Kept,
        };
        view! { <ItemLine ui item answer of=open.checklist.clone()/> }.into_any()
    });
    let removed: Vec<_> = removed.collect();

    let leave = move || asking.set(false);
    let go = move |_| {
        dialog::close(ui);
        asking.set(false);
        let (app, newer) = (ui.app(), newer.clone());
        leptos::task::spawn_local(async move {
            if let Err(failure) = app.move_to(newer).await {
                app.report_failure(&failure);
            }
            focus::keep(ui);
        });
    };
    view! {
        <Dialog ui name="newer-version" title leave>
            <p>{text}</p>
            <p hidden=!nothing>{words.moving_same}</p>
            <Group title=words.moving_changed lines=changed/>
            <Group title=words.moving_added lines=added/>
            <Group title=words.moving_removed lines=removed/>
            <QuestionChanges ui added=changes.questions_added removed=changes.questions_removed/>
            <div class="buttons">
                <button type="button" class="button button-primary" data-action="move" on:click=go>
                    {words.moving_go}
                </button>
                <LeaveButton ui action="move-leave" label=words.moving_leave leave/>
            </div>
        </Dialog>
    }
}

/// Items to which the same happens; nothing where there are none.
#[component]
fn Group(title: &'static str, lines: Vec<AnyView>) -> impl IntoView {
    let title = fill(title, &[("count", &lines.len().to_string())]);
    (!lines.is_empty()).then(|| {
        view! {
            <section class="changes">
                <h3>{title}</h3>
                <ul>{lines}</ul>
            </section>
        }
    })
}

/// The questions of the start that come and go.
#[component]
fn QuestionChanges(ui: Ui, added: Vec<Question>, removed: Vec<Question>) -> impl IntoView {
    let words = ui.words();
    let line = |text: &str, question: Question| {
        let text = fill(text, &[("question", question.text.in_language(ui.language()))]);
        view! { <li class="change">{text}</li> }
    };
    let lines = added.into_iter().map(|question| line(words.moving_question_added, question));
    let gone = removed.into_iter().map(|question| line(words.moving_question_removed, question));
    let lines: Vec<_> = lines.chain(gone).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="changes">
                <h3>{words.moving_questions}</h3>
                <ul>{lines}</ul>
            </section>
        }
    })
}
