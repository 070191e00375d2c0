//! A modal question. A native dialog keeps the focus in itself, closes with Esc and is above the
//! host's page.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlDialogElement, HtmlElement};

use super::heard::{Heard, heard};
use super::icon::{Glyph, Icon};
use super::{Ui, focus};

/// The dialog. It is open as long as it is mounted.
#[component]
pub fn Dialog(
    ui: Ui,
    /// Its name in the page (`data-dialog`).
    name: &'static str,
    #[prop(into)] title: String,
    /// Called when the person leaves the dialog without an answer.
    leave: impl Fn() + Copy + Send + 'static,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Dialog>::new();
    let title_id = format!("dialog-{name}");
    let labelled_by = title_id.clone();
    Effect::new(move |_| {
        // This fails only if the dialog is no longer in a page.
        _ = node.get().map(|dialog| dialog.show_modal());
    });
    let cancel = heard::<leptos::ev::Event>(move |event| {
        // A file picker inside sends `cancel`, too.
        if event.is_own() {
            event.prevent_default();
            close(ui);
            leave();
        }
    });
    view! {
        <dialog
            node_ref=node
            class="dialog"
            data-dialog=name
            aria-labelledby=labelled_by
            on:cancel=cancel
            on:focusin=heard(move |event| uncover(node, event))
        >
            <div class="dialog-head">
                <h2 id=title_id class="dialog-title" tabindex="-1">{title}</h2>
                <button
                    type="button"
                    class="button button-quiet button-icon"
                    data-action="leave"
                    aria-label=ui.words().close
                    on:click=move |_| {
                        close(ui);
                        leave();
                    }
                >
                    <Glyph icon=Icon::Close/>
                </button>
            </div>
            {children()}
        </dialog>
    }
}

/// Scrolls the focused field into view with its hint and error, above the sticky buttons, however
/// high they are.
fn uncover(dialog: NodeRef<leptos::html::Dialog>, event: &Heard) {
    let Some(dialog) = dialog.get_untracked() else { return };
    let foot = dialog.query_selector(":scope > .buttons").ok().flatten();
    let height = foot.map_or(0.0, |foot| foot.get_bounding_client_rect().height());
    _ = HtmlElement::style(&dialog).set_property("--foot", &format!("{height}px"));
    _ = event.closest(".field").map(|field| focus::bring_near(&field));
}

/// The button that leaves a dialog without an answer.
#[component]
pub fn LeaveButton(
    ui: Ui,
    /// Its name in the page (`data-action`).
    #[prop(into)]
    action: String,
    label: &'static str,
    /// Whether it is the recommended button.
    #[prop(default = false)]
    primary: bool,
    leave: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button"
            class:button-primary=primary
            data-action=action
            on:click=move |_| {
                close(ui);
                leave();
            }
        >
            {label}
        </button>
    }
}

/// A dialog that asks whether to go on.
#[component]
pub fn Confirm(
    ui: Ui,
    /// Its name in the page; its buttons are called `{name}-go` and `{name}-leave`.
    name: &'static str,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    /// The label of the button that goes on.
    go_label: &'static str,
    /// Whether going on destroys something.
    #[prop(default = false)]
    danger: bool,
    /// Whether the dialog is shown.
    asking: RwSignal<bool>,
    /// Called when the person wants to go on.
    go: impl Fn() + Send + 'static,
) -> impl IntoView {
    let leave = move || asking.set(false);
    view! {
        <Dialog ui name title leave>
            <p>{text}</p>
            <div class="buttons">
                <button
                    type="button"
                    class="button"
                    class:button-primary=!danger
                    class:button-danger=danger
                    data-action=format!("{name}-go")
                    on:click=move |_| {
                        close(ui);
                        leave();
                        go();
                    }
                >
                    {go_label}
                </button>
                <LeaveButton ui action=format!("{name}-leave") label=ui.words().cancel leave/>
            </div>
        </Dialog>
    }
}

/// Closes the open dialog before it is unmounted. The browser then returns the focus to the element
/// that had it, which it does not do for a dialog that just disappears.
pub fn close(ui: Ui) {
    let open = ui.root().query_selector("dialog[open]").ok().flatten();
    if let Some(dialog) = open.and_then(|element| element.dyn_into::<HtmlDialogElement>().ok()) {
        dialog.close();
    }
    focus::keep(ui);
}
