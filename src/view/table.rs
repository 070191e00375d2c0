//! A table that scrolls sideways, also by keyboard, if it is wider than the screen.

use leptos::prelude::*;

/// The table. Its children are its rows.
#[component]
pub fn Table(
    /// Its name.
    label: &'static str,
    /// Whether the name is shown above it. Otherwise another text there says it.
    #[prop(default = false)]
    captioned: bool,
    #[prop(default = "")] class: &'static str,
    /// The cells of its head.
    heads: AnyView,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=label>
            <table class=class>
                {captioned.then(|| view! { <caption>{label}</caption> })}
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
