//! Parts of the page that are drawn anew instead of being mended.

use leptos::prelude::*;

/// Draws a view for what is there now, if anything is, and a whole new one when that changes. Where lists and texts
/// change all at once, each text would have to be set on an element of its own to stay right after somebody else
/// touched its nodes.
pub fn anew<T, V>(
    now: impl Fn() -> Option<T> + Send + Sync + 'static,
    draw: impl Fn(T) -> V + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let times = StoredValue::new(0_u32);
    let each = move || {
        times.update_value(|times| *times = times.wrapping_add(1));
        now().map(|now| (times.get_value(), now)).into_iter().collect::<Vec<_>>()
    };
    view! { <For each key=|(times, _)| *times children=move |(_, now)| draw(now)/> }
}
