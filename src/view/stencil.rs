//! Markup that is equal in every item. It is made once and then cloned, which costs a fraction of
//! making it anew.

use std::cell::RefCell;
use std::collections::HashMap;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DocumentFragment, Element, Node};

use super::Ui;
use crate::checklist::Language;

thread_local! {
    static STENCILS: RefCell<HashMap<(&'static str, Language), DocumentFragment>> = RefCell::default();
}

/// Returns a clone of a view that is equal in every item of a language. The view is made the first
/// time that a name is given. Only its markup is cloned: it must neither follow a signal nor listen
/// to an event.
pub fn cut<V: IntoView>(ui: Ui, name: &'static str, view: impl FnOnce() -> V) -> DocumentFragment {
    let stencil = STENCILS.with_borrow(|made| made.get(&(name, ui.language())).cloned());
    let stencil = stencil.unwrap_or_else(|| {
        let stencil = drawn(view());
        STENCILS.with_borrow_mut(|made| made.insert((name, ui.language()), stencil.clone()));
        stencil
    });
    stencil.clone_node_with_deep(true).map_or_else(|_| stencil.clone(), JsCast::unchecked_into)
}

/// Appends a clone to an element (`use:filled`).
pub fn filled(element: Element, cut: DocumentFragment) {
    _ = element.append_child(&cut);
}

/// Returns the first element of a clone that a selector finds.
pub fn first<E: JsCast>(cut: &DocumentFragment, selector: &str) -> Option<E> {
    cut.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// Returns all elements of a clone that a selector finds, in order.
pub fn found<E: JsCast>(cut: &DocumentFragment, selector: &str) -> Vec<E> {
    let Ok(found) = cut.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}

fn drawn(view: impl IntoView) -> DocumentFragment {
    let fragment = document().create_document_fragment();
    for element in view.into_view().build().elements() {
        _ = fragment.append_child(&element);
    }
    without_comments(&fragment);
    fragment
}

/// Removes the comments by which a view would find its places again.
fn without_comments(node: &Node) {
    let children = node.child_nodes();
    // From the end, as the list is live.
    for child in (0..children.length()).rev().filter_map(|index| children.item(index)) {
        if child.node_type() == Node::COMMENT_NODE {
            _ = node.remove_child(&child);
        } else {
            without_comments(&child);
        }
    }
}
