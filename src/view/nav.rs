//! The list of areas beside the items: where one is done, where something is missing.

use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::filter::Filter;
use super::heard::heard;
use super::icon::{Glyph, Icon};
use super::{Ui, focus};
use crate::app::{Open, Screen};
use crate::checklist::AreaId;
use crate::evaluation::Tally;
use crate::messages::fill;

/// The areas; on a narrow screen a drawer that opens by a button.
#[component]
pub fn AreaNav(
    ui: Ui,
    open: Arc<Open>,
    others: RwSignal<bool>,
    filter: Filter,
    /// Whether the drawer is open.
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let words = ui.words();
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
        let target = area.id.clone();
        let go = move |_| {
            is_open.set(false);
            filter.clear();
            go_to_area(ui, target.clone());
        };
        let (title, language) = area.title.get(ui.language());
        view! {
            <li hidden=move || shown().total == 0 && !others.get()>
                <button type="button" class="nav-area" on:click=go>
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

/// The button that opens the drawer where it is one.
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

fn go_to_area(ui: Ui, id: AreaId) {
    let root = ui.root();
    leptos::task::spawn_local(async move {
        // Once the areas that a filter hid are shown again.
        leptos::task::tick().await;
        let found = root.query_selector(&format!("[data-area=\"{id}\"]")).ok().flatten();
        if let Some(heading) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            focus::bring_up(heading);
        }
    });
}
