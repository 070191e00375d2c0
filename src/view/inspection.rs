//! The open inspection: its areas with their items, or its result.

use leptos::prelude::*;
use std::sync::Arc;

use super::actions::Actions;
use super::amend::{Amend, is_locked};
use super::anew::anew;
use super::attention::{enter_item, leave_field};
use super::earlier::EarlierAnswers;
use super::filter::{Filter, FilterBar};
use super::heard::{Heard, by_person, heard};
use super::item::{ItemView, Place, note_place};
use super::moving::NewerVersion;
use super::nav::{AreaNav, note_area};
use super::notices::Notices;
use super::progress::ProgressLine;
use super::question::Questions;
use super::result::ResultView;
use super::{Ui, words};
use crate::app::{Open, OpenItem, Screen};
use crate::checklist::Area;
use crate::inspection::Status;

/// The greatest number of items, or rows, that are laid out at once. Few are better laid out at
/// once: browsers that look for fields to fill in ask for each field's place by itself, which would
/// lay out each item by itself.
pub const MANY: usize = 100;

/// The open inspection. Its items stay in the page while the result is shown.
#[component]
pub fn InspectionView(ui: Ui, open: Arc<Open>, areas_open: RwSignal<bool>) -> impl IntoView {
    let words = ui.words();
    let screen = ui.app().signals().screen.clone();
    let others = RwSignal::new(false);
    let place = Place::new(None);
    let (on_items, on_result, noticed) = (screen.clone(), screen.clone(), screen.clone());
    let here = RwSignal::new(open.checklist.areas.first().map(|area| area.id.to_string()));
    let filter = Filter::new(ui, &open, others);
    on_cleanup(move || _ = areas_open.try_set(false));
    let locked = is_locked(&open);
    let asking = RwSignal::new(false);
    let is_many = (open.items.len() > MANY).then_some("");
    // The items are in the page now, and code that waits for them may go on.
    Effect::new(move |_| ui.app().rendered());
    let sections = open.checklist.areas.iter().map(|area| {
        view! { <AreaView ui open=open.clone() area=area.clone() others filter/> }
    });
    let sections = sections.collect_view();
    let (line, nav, about, amend, moving) =
        (open.clone(), open.clone(), open.clone(), open.clone(), open.clone());
    let (finding, earlier, actions) = (open.clone(), open.clone(), open.clone());
    let (arrived, entered, pressed, left) =
        (open.clone(), open.clone(), open.clone(), open.clone());
    let (followed, result) = (open.clone(), open);
    view! {
        <div class="inspection-screen" hidden=move || !matches!(screen.get(), Screen::Answering | Screen::Result)>
            <div class="stays">
                <ProgressLine ui open=line place areas_open/>
                {move || matches!(noticed.get(), Screen::Answering | Screen::Result).then(|| view! { <Notices ui/> })}
            </div>
            <div class="workspace" hidden=move || on_items.get() != Screen::Answering>
                <AreaNav ui open=nav others filter here is_open=areas_open/>
                <div class="items">
                    <AboutView ui open=about/>
                    <Amend ui open=amend locked asking/>
                    <NewerVersion ui open=moving locked/>
                    <FilterBar ui open=finding filter/>
                    <fieldset
                        class="all-items"
                        data-many=is_many
                        disabled=locked
                        aria-label=words.items_label
                        // Enter in a field would submit the form of its area and leave the page.
                        on:submit=heard(|event| event.prevent_default())
                        on:focusin=heard(move |event| {
                            note_place(ui, &arrived, place, event);
                            note_area(here, event);
                        })
                        // This runs before the fields' own handlers, as the errors that they tell
                        // depend on it.
                        on:input:capture=by_person(move |event| {
                            note_place(ui, &entered, place, event);
                            enter_item(&entered, event);
                        })
                        on:focusout:capture=heard(move |event| leave_field(&left, event))
                        // A button of an item may give an answer.
                        on:click:capture=heard(move |event| if event.closest("button").is_some() { enter_item(&pressed, event) })
                        // A disabled field lets a click through to the elements around it.
                        on:click=heard(move |event| if locked.get_untracked() && is_in_fields(event) { asking.set(true) })
                    >
                        {sections}
                    </fieldset>
                    // On the screen, these are in the result.
                    <div class="on-paper">
                        <EarlierAnswers ui open=earlier/>
                    </div>
                </div>
            </div>
            <Actions ui open=actions place/>
            {anew(
                move || {
                    followed.judged.track();
                    (on_result.get() == Screen::Result).then_some(())
                },
                move |()| view! { <ResultView ui open=result.clone()/> },
            )}
        </div>
    }
}

/// The unit, period and checklist of the open inspection, and its questions.
#[component]
fn AboutView(ui: Ui, open: Arc<Open>) -> impl IntoView {
    let words = ui.words();
    let header = open.header.clone();
    let (title, title_language) = open.checklist.title.get(ui.language());
    let title = title.to_owned();
    let facts = move || {
        header.with(|header| {
            let period = words::period(header.period, words);
            let mut facts = vec![header.unit.name.clone(), period];
            if !header.inspectors.is_empty() {
                let names = header.inspectors.join(", ");
                facts.push(format!("{}: {names}", words.start_inspectors));
            }
            facts.join(" · ")
        })
    };
    let (answered, status) = (open.header.clone(), open.header.clone());
    let answers = Signal::derive(move || answered.with(|header| header.questions.clone()));
    let locked = Signal::derive(move || status.with(|header| header.status == Status::Completed));
    let set = move |id, yes| {
        ui.app().change_header(|header| _ = header.questions.insert(id, yes));
    };
    view! {
        <div class="about">
            <h2 class="about-title" lang=title_language.code() tabindex="-1">{title}</h2>
            <p prop:textContent=facts></p>
            <Questions ui checklist=open.checklist.clone() answers locked set/>
        </div>
    }
}

/// An area with its items. It is a form of its own: browsers that look for fields to fill in
/// examine the whole form at each key, and without a form all fields of the page.
#[component]
fn AreaView(
    ui: Ui,
    open: Arc<Open>,
    area: Area,
    others: RwSignal<bool>,
    filter: Filter,
) -> impl IntoView {
    let items: Vec<_> =
        open.items.iter().filter(|open_item| open_item.item.area == area.id).cloned().collect();
    let shown = {
        let items = items.clone();
        move || {
            items.iter().any(|open_item| {
                (others.get() || open_item.applies.get()) && filter.shows(&open_item.item.id)
            })
        }
    };
    let id = format!("area-{}", area.id);
    let labelled_by = id.clone();
    let (title, language) = area.title.get(ui.language());
    let items = items.into_iter().map(|open_item| view! { <ItemSlot ui open_item others filter/> });
    let (count, items) = (items.len(), items.collect_view());
    view! {
        <section
            class="area"
            aria-labelledby=labelled_by
            hidden=move || !shown()
            style:--count=count.to_string()
        >
            <h2 class="area-title" id=id data-area=area.id.to_string() lang=language.code() tabindex="-1">
                {title.to_owned()}
            </h2>
            <form class="area-items" role="none" autocomplete="off">
                {items}
            </form>
        </section>
    }
}

/// The state of an item in the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Own,
    OfOthers,
    Hidden,
}

/// An item that applies, or another one if the person wants to see those, too.
#[component]
fn ItemSlot(
    ui: Ui,
    open_item: Arc<OpenItem>,
    others: RwSignal<bool>,
    filter: Filter,
) -> impl IntoView {
    let words = ui.words();
    let applies = open_item.applies.clone();
    // A memo, so that the view is updated only if the standing changes, not at every change of a
    // signal.
    let standing = Memo::new(move |_| match (applies.get(), others.get()) {
        (true, _) => Standing::Own,
        (false, true) => Standing::OfOthers,
        (false, false) => Standing::Hidden,
    });
    let id = open_item.item.id.clone();
    // An item stays mounted while it does not match, so that nothing that is being typed is lost.
    let found = move || filter.shows(&id);
    let body = move || match standing.get() {
        Standing::Own => view! { <ItemView ui open_item=open_item.clone()/> }.into_any(),
        Standing::OfOthers => {
            let (before, after) = words.for_others.split_once("{whom}").unwrap_or_default();
            let whom = open_item.item.addressee.clone();
            view! {
                <div class="item-of-others">
                    <p class="item-whom">{before} <span lang="vi">{whom}</span> {after}</p>
                    <ItemView ui open_item=open_item.clone()/>
                </div>
            }
            .into_any()
        }
        Standing::Hidden => ().into_any(),
    };
    view! { <div class="item-slot" hidden=move || !found()>{body}</div> }
}

/// Returns whether an event comes from the fields of an item, not from its text or its source.
fn is_in_fields(event: &Heard) -> bool {
    event.closest(".item-fields, .field, .check").is_some()
}
