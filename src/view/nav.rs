//! The list of areas beside the items, with the number of answered items in each.

use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, ShadowRoot};

use super::filter::Filter;
use super::heard::{Heard, heard};
use super::icon::{Glyph, Icon};
use super::{Ui, focus};
use crate::app::{Open, Screen, Sight};
use crate::checklist::AreaId;
use crate::evaluation::Tally;
use crate::messages::fill;

/// The areas. On a narrow screen, a button opens them as a drawer.
#[component]
pub fn AreaNav(
    ui: Ui,
    open: Arc<Open>,
    others: RwSignal<bool>,
    filter: Filter,
    /// The area in which the person is.
    here: RwSignal<Option<String>>,
    /// Whether the drawer is open.
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let words = ui.words();
    follow_sight(ui, here);
    let hidden_count = {
        let open = open.clone();
        move || open.items.iter().filter(|open_item| !open_item.applies.get()).count()
    };
    let none_hidden = hidden_count.clone();
    let show_others = move || fill(words.show_others, &[("count", &hidden_count().to_string())]);
    let areas = open.checklist.areas.iter().map(|area| {
        let (id, summary) = (area.id.clone(), open.summary.clone());
        let tally = move || {
            summary.with(|summary| {
                let of_area = summary.areas.iter().find(|(of, _)| *of == id);
                of_area.map_or_else(Tally::default, |(_, tally)| *tally)
            })
        };
        let (shown, figures, done) = (tally.clone(), tally.clone(), tally);
        let (target, name) = (area.id.clone(), area.id.to_string());
        let go = move |_| {
            is_open.set(false);
            filter.clear();
            go_to_area(ui, target.clone());
        };
        let (title, language) = area.title.get(ui.language());
        view! {
            <li hidden=move || shown().total == 0 && !others.get()>
                <button
                    type="button"
                    class="nav-area"
                    aria-current=move || here.with(|here| here.as_ref() == Some(&name)).then_some("true")
                    on:click=go
                >
                    <span lang=language.code()>{title.to_owned()}</span>
                    <span
                        class="nav-count"
                        data-done=move || (done().answered() == done().total).to_string()
                        prop:textContent=move || format!("{}/{}", figures().answered(), figures().total)
                    ></span>
                </button>
            </li>
        }
    });
    let areas = areas.collect_view();
    let close_by_key = heard(move |event| {
        if event.key().as_deref() == Some("Escape") && is_open.get_untracked() {
            is_open.set(false);
            focus::on(ui, "[data-action=areas]");
        }
    });
    view! {
        <nav class="areas" aria-label=words.nav_label>
            <div class="nav-drawer" id="nav-drawer" class:nav-open=is_open on:keydown=close_by_key>
                <ul>{areas}</ul>
                <div hidden=move || none_hidden() == 0>
                    <label class="check">
                        <input
                            type="checkbox"
                            data-field="show-others"
                            prop:checked=others
                            on:change=heard(move |event| _ = event.checked().map(|yes| others.set(yes)))
                        />
                        <span prop:textContent=show_others></span>
                    </label>
                </div>
            </div>
        </nav>
    }
}

/// The button that opens the drawer on a narrow screen.
#[component]
pub fn AreasToggle(ui: Ui, is_open: RwSignal<bool>) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button button-quiet nav-toggle"
            data-action="areas"
            aria-controls="nav-drawer"
            aria-expanded=move || is_open.get().to_string()
            on:click=move |_| {
                ui.app().show(Screen::Answering);
                is_open.update(|is_open| *is_open = !*is_open);
                if is_open.get_untracked() {
                    focus::on(ui, ".nav-area");
                }
            }
        >
            <Glyph icon=Icon::Menu/>
            <span class="narrow-hidden">{ui.words().nav_label}</span>
        </button>
    }
}

/// The margins of the part of the window that people read in, below the sticky line.
const READ: &str = "-25% 0px -65% 0px";

/// Follows the areas as they are scrolled through. If a visible field has the focus, its area
/// counts.
fn follow_sight(ui: Ui, here: RwSignal<Option<String>>) {
    let sight = StoredValue::new_local(None);
    // This runs once the areas are in the page.
    Effect::new(move |_| {
        let root = ui.root();
        let areas: Vec<Element> = elements(&root, ".area").collect();
        let names: Vec<_> = elements(&root, ".area").map(|area| area_of(&area)).collect();
        let read = RefCell::new(BTreeSet::new());
        let seen = move |place, is_read| {
            let mut read = read.borrow_mut();
            if is_read {
                read.insert(place)
            } else {
                read.remove(&place)
            };
            let first = read.first().and_then(|place| names.get(*place).cloned().flatten());
            let focused = root.active_element().filter(focus::is_in_window);
            be_in(here, focused.and_then(|focused| area_of(&focused)).or(first));
        };
        sight.set_value(Sight::of(areas, READ, seen));
    });
}

fn elements(root: &ShadowRoot, selector: &str) -> impl Iterator<Item = Element> + use<> {
    let found = root.query_selector_all(selector).ok();
    found.into_iter().flat_map(|found| {
        (0..found.length()).filter_map(move |index| found.item(index)?.dyn_into().ok())
    })
}

/// Returns the area around an element.
fn area_of(element: &Element) -> Option<String> {
    let title = element.closest(".area").ok()??.query_selector("[data-area]").ok()??;
    title.get_attribute("data-area")
}

/// Notes the area that the person is in now, if any.
fn be_in(here: RwSignal<Option<String>>, area: Option<String>) {
    if area.is_some() && here.try_with_untracked(|here| *here != area) == Some(true) {
        here.set(area);
    }
}

/// Notes that the focus came to an element of an area.
pub fn note_area(here: RwSignal<Option<String>>, event: &Heard) {
    be_in(here, event.closest(".area").and_then(|area| area_of(&area)));
}

fn go_to_area(ui: Ui, id: AreaId) {
    let root = ui.root();
    leptos::task::spawn_local(async move {
        // Wait until the areas that a filter hid are shown again.
        leptos::task::tick().await;
        let found = root.query_selector(&format!("[data-area=\"{id}\"]")).ok().flatten();
        if let Some(heading) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            focus::bring_up(heading);
        }
    });
}
