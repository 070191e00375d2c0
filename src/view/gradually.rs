//! Lists of any length. The first entries are rendered at once, the rest piece by piece.

use std::hash::Hash;

use leptos::prelude::*;

/// The number of entries that are rendered at a time.
const PIECE: usize = 20;

/// The entries of a list. A frame renders one piece, so that a slow device stays responsive.
#[component]
pub fn Gradually<T, K, C, V>(
    /// The entries.
    #[prop(into)]
    each: Signal<Vec<T>>,
    /// Returns the key by which the page recognises an entry.
    key: fn(&T) -> K,
    /// Renders an entry.
    children: C,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    K: Eq + Hash + 'static,
    C: Fn(T) -> V + Clone + Send + 'static,
    V: IntoView + 'static,
{
    let drawn = RwSignal::new(PIECE);
    let count = Memo::new(move |_| each.with(Vec::len));
    Effect::new(move |_| {
        if drawn.get() < count.get() {
            // The list may be gone by then.
            request_animation_frame(move || _ = drawn.try_update(|drawn| *drawn += PIECE));
        }
    });
    let first = move || each.with(|all| all.iter().take(drawn.get()).cloned().collect::<Vec<_>>());
    view! { <For each=first key children/> }
}
