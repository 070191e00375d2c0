//! The list of areas beside the items: where one is done, where something is missing.

use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::Ui;
use crate::app::Open;
use crate::checklist::AreaId;
use crate::evaluation::Tally;
use crate::messages::fill;

/// The areas; on a narrow screen a drawer that opens by a button.
#[component]
pub fn AreaNav(ui: Ui, open: Arc<Open>, others: RwSignal<bool>) -> impl IntoView {
    let words = ui.words();
    let is_open = RwSignal::new(false);
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
            go_to_area(ui, &target);
        };
        let (title, language) = area.title.get(ui.language());
        view! {
            <li hidden=move || shown().total == 0 && !others.get()>
                <button type="button" class="nav-area" on:click=go>
                    <span lang=language.code()>{title.to_owned()}</span>
                    <span class="nav-count" data-done=move || (done().answered() == done().total).to_string()>
                        {move || format!("{}/{}", figures().answered(), figures().total)}
                    </span>
                </button>
            </li>
        }
    });
    let areas = areas.collect_view();
    view! {
        <nav class="areas" aria-label=words.nav_label>
            <button
                type="button"
                class="button nav-toggle"
                data-action="areas"
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
            >
                {words.nav_label}
            </button>
            <div class="nav-drawer" class:nav-open=is_open>
                <ul>{areas}</ul>
                <div hidden=move || none_hidden() == 0>
                    <label class="check">
                        <input
                            type="checkbox"
                            data-field="show-others"
                            prop:checked=others
                            on:change=move |event| others.set(event_target_checked(&event))
                        />
                        <span>{show_others}</span>
                    </label>
                </div>
            </div>
        </nav>
    }
}

fn go_to_area(ui: Ui, id: &AreaId) {
    let found = ui.root().query_selector(&format!("[data-area=\"{id}\"]")).ok().flatten();
    if let Some(heading) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        heading.scroll_into_view();
        _ = heading.focus();
    }
}
