//! Where the focus goes when what had it is gone: to the heading of what is shown now, so that
//! nobody who works by keyboard or by ear has to start from the top of the page.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{
    Element, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, ShadowRoot,
};

use super::Ui;
use crate::app::Screen;

/// Follows the screens: each takes the focus along, but the first.
pub fn follow_screens(ui: Ui) {
    let screen = ui.app().signals().screen.clone();
    Effect::new(move |before: Option<Screen>| {
        let now = screen.get();
        if before.is_some_and(|before| before != now) {
            // The screen after loading begins where loading was shown; to look where that is would
            // have all of it laid out at once.
            if before != Some(Screen::Loading) {
                to_top(ui);
                keep(ui);
            }
        }
        now
    });
}

/// Brings the top of the component into sight if it is above: another screen begins there.
fn to_top(ui: Ui) {
    let top = ui.root().query_selector(".root").ok().flatten();
    if let Some(top) = top.filter(|top| top.get_bounding_client_rect().top() < 0.0) {
        top.scroll_into_view();
    }
}

/// Gives the focus to the heading of what is shown, if nothing has it once the page is drawn anew.
pub fn keep(ui: Ui) {
    // The component may have been taken down meanwhile.
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
            // The person's place on the page is hers.
            options.set_prevent_scroll(true);
            _ = heading.focus_with_options(&options);
        }
    });
}

/// For how many frames [`bring_up`] follows an element.
const FRAMES: u32 = 5;

/// Brings an element up to the line that stays, and gives it the focus. Of many items, those that
/// were never in sight are taken to be as high as most are: as they come into sight they turn out
/// higher or lower and move it away, so it is brought back.
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

/// Brings what has the focus out from under the line that stays: browsers look where the caret of a
/// text field is, and not at the room that style sheets keep above it.
pub fn uncover(ui: Ui) {
    _ = ui.root().active_element().map(|focused| bring_near(&focused));
}

/// Brings an element into sight, by no more than it takes.
pub fn bring_near(element: &Element) {
    keep_clear_of_notices(element);
    let nearest = ScrollIntoViewOptions::new();
    nearest.set_block(ScrollLogicalPosition::Nearest);
    nearest.set_inline(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&nearest);
}

/// Gives the focus to what a selector finds, once the page is drawn anew.
pub fn on(ui: Ui, selector: impl Into<String>) {
    on_first(ui, [selector.into()]);
}

/// Gives the focus to what the first of some selectors finds, once the page is drawn anew.
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

/// Brings what a selector finds up to the line that stays and gives it the focus, once the page is
/// drawn anew.
pub fn on_top(ui: Ui, selector: String) {
    let Some(root) = ui.try_root() else { return };
    leptos::task::spawn_local(async move {
        leptos::task::tick().await;
        let found = root.query_selector(&selector).ok().flatten();
        _ = found.and_then(|element| element.dyn_into().ok()).map(bring_up);
    });
}

/// Tells the style sheets how high the notices are (`--notices`): an element that is brought into
/// sight keeps clear of them.
pub fn keep_clear_of_notices(element: &Element) {
    let root = element.get_root_node().dyn_into::<ShadowRoot>().ok();
    let find = |selector| root.as_ref()?.query_selector(selector).ok()?;
    let height =
        find(".notices-passing").map_or(0.0, |notices| notices.get_bounding_client_rect().height());
    if let Some(top) = find(".root").and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        _ = top.style().set_property("--notices", &format!("{height}px"));
    }
}

/// Whether nothing on the whole page has the focus, or something that is not shown any more.
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

/// Whether some of an element is in the window.
pub fn is_in_window(element: &Element) -> bool {
    let height = window().inner_height().ok().and_then(|height| height.as_f64());
    let place = element.get_bounding_client_rect();
    place.bottom() > 0.0 && height.is_some_and(|height| place.top() < height)
}

fn is_shown(element: &Element) -> bool {
    let size = element.get_bounding_client_rect();
    size.width() > 0.0 && size.height() > 0.0
}
