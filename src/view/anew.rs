//! Parts of the page that are drawn anew instead of being mended.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;

/// Draws a view for what is there now, if anything is, and a whole new one when that changes. Where
/// lists and texts change all at once, each text would have to be set on an element of its own to
/// stay right after somebody else touched its nodes.
pub fn anew<T, V>(
    now: impl Fn() -> Option<T> + Send + Sync + 'static,
    draw: impl Fn(T) -> V + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    // Asked once more, maybe, when what is around is gone already: nothing that goes with that may
    // be asked for.
    let times = AtomicU32::new(0);
    let each = move || {
        let number = times.fetch_add(1, Ordering::Relaxed);
        now().map(|now| (number, now)).into_iter().collect::<Vec<_>>()
    };
    view! { <For each key=|(times, _)| *times children=move |(_, now)| draw(now)/> }
}
