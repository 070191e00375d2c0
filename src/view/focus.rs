//! The focus after its element is gone: it moves to the heading of the current view, so that nobody
//! who works by keyboard or by ear has to start from the top of the page.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{
    Element, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, ShadowRoot,
};

use super::Ui;
use crate::app::Screen;

/// Moves the focus to each new screen, except the first.
pub fn follow_screens(ui: Ui) {
    let screen = ui.app().signals().screen.clone();
    Effect::new(move |before: Option<Screen>| {
        let now = screen.get();
        if before.is_some_and(|before| before != now) {
            // The screen after loading begins where loading was shown. Measuring that place would
            // lay the whole screen out at once.
            if before != Some(Screen::Loading) {
                to_top(ui);
                keep(ui);
            }
        }
        now
    });
}

/// Scrolls to the top of the component if it is above the window: another screen begins there.
fn to_top(ui: Ui) {
    let top = ui.root().query_selector(".root").ok().flatten();
    if let Some(top) = top.filter(|top| top.get_bounding_client_rect().top() < 0.0) {
        top.scroll_into_view();
    }
}

/// Focuses the heading of the current view, if nothing has the focus after the next render.
pub fn keep(ui: Ui) {
    // The component may have been unmounted meanwhile.
    let Some(root) = ui.try_root() else { return };
    leptos::task::spawn_local(async move {
        leptos::task::tick().await;
        if !is_lost(&root) {
            return;
        }
        let headings = root.query_selector_all("h2[tabindex]").ok();
        let headings = headings.into_iter().flat_map(|found| {
            (0..found.length()).filter_map(move |index| found.item(index)?.dyn_into().ok())
        });
        let shown = headings.into_iter().find(|heading: &HtmlElement| is_shown(heading));
        if let Some(heading) = shown {
            let options = FocusOptions::new();
            // The person keeps their place on the page.
            options.set_prevent_scroll(true);
            _ = heading.focus_with_options(&options);
        }
    });
}

/// The number of frames for which [`bring_up`] follows an element.
const FRAMES: u32 = 5;

/// Scrolls an element up to the sticky line and focuses it. In a long list, items that were never
/// visible get the height that most items have. As they become visible, they turn out higher or
/// lower and move the element away, so it is scrolled back.
pub fn bring_up(element: HtmlElement) {
    keep_clear_of_notices(&element);
    element.scroll_into_view();
    _ = element.focus();
    if element.closest("[data-many]").ok().flatten().is_some() {
        hold(element, FRAMES);
    }
}

fn hold(element: HtmlElement, frames: u32) {
    let place = element.get_bounding_client_rect().top();
    request_animation_frame(move || {
        let moved = element.get_bounding_client_rect().top() - place;
        if moved.abs() >= 1.0 {
            element.scroll_into_view();
        }
        if frames > 0 {
            hold(element, frames - 1);
        }
    });
}

/// Scrolls the focused element out from under the sticky line. Browsers look at the caret of a text
/// field, not at the room that style sheets keep above it.
pub fn uncover(ui: Ui) {
    _ = ui.root().active_element().map(|focused| bring_near(&focused));
}

/// Scrolls an element into view, by no more than it takes.
pub fn bring_near(element: &Element) {
    keep_clear_of_notices(element);
    let nearest = ScrollIntoViewOptions::new();
    nearest.set_block(ScrollLogicalPosition::Nearest);
    nearest.set_inline(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&nearest);
}

/// Focuses the element that a selector finds, after the next render.
pub fn on(ui: Ui, selector: impl Into<String>) {
    on_first(ui, [selector.into()]);
}

/// Focuses the element that the first matching selector finds, after the next render.
pub fn on_first<const COUNT: usize>(ui: Ui, selectors: [String; COUNT]) {
    let Some(root) = ui.try_root() else { return };
    leptos::task::spawn_local(async move {
        leptos::task::tick().await;
        let mut found =
            selectors.iter().filter_map(|selector| root.query_selector(selector).ok().flatten());
        let found = found.next();
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            keep_clear_of_notices(&element);
            _ = element.focus();
        }
    });
}

/// Scrolls the element that a selector finds up to the sticky line and focuses it, after the next
/// render.
pub fn on_top(ui: Ui, selector: String) {
    let Some(root) = ui.try_root() else { return };
    leptos::task::spawn_local(async move {
        leptos::task::tick().await;
        let found = root.query_selector(&selector).ok().flatten();
        _ = found.and_then(|element| element.dyn_into().ok()).map(bring_up);
    });
}

/// Passes the height of the notices to the style sheets (`--notices`), so that an element that is
/// scrolled into view keeps clear of them.
pub fn keep_clear_of_notices(element: &Element) {
    let root = element.get_root_node().dyn_into::<ShadowRoot>().ok();
    let find = |selector| root.as_ref()?.query_selector(selector).ok()?;
    let height =
        find(".notices-passing").map_or(0.0, |notices| notices.get_bounding_client_rect().height());
    if let Some(top) = find(".root").and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        _ = top.style().set_property("--notices", &format!("{height}px"));
    }
}

/// Returns whether nothing on the whole page has the focus, or something that is no longer shown.
fn is_lost(root: &ShadowRoot) -> bool {
    let Some(document) = root.owner_document() else { return false };
    match document.active_element() {
        None => true,
        Some(element) if element == root.host() => {
            root.active_element().is_none_or(|focused| !is_shown(&focused))
        }
        Some(element) => document.body().is_some_and(|body| element == *body),
    }
}

/// Returns whether a part of an element is in the window.
pub fn is_in_window(element: &Element) -> bool {
    let height = window().inner_height().ok().and_then(|height| height.as_f64());
    let place = element.get_bounding_client_rect();
    place.bottom() > 0.0 && height.is_some_and(|height| place.top() < height)
}

fn is_shown(element: &Element) -> bool {
    let size = element.get_bounding_client_rect();
    size.width() > 0.0 && size.height() > 0.0
}
