//! Parts of the page that are rebuilt instead of updated.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;

/// Renders the current value, if there is one, and a whole new view when it changes. If lists and
/// texts were updated in place, each text would need an element of its own to stay right after
/// other code touched its nodes.
pub fn anew<T, V>(
    now: impl Fn() -> Option<T> + Send + Sync + 'static,
    draw: impl Fn(T) -> V + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    // This may run once more after the views around it are gone. It must use nothing that is
    // disposed with them.
    let times = AtomicU32::new(0);
    let each = move || {
        let number = times.fetch_add(1, Ordering::Relaxed);
        now().map(|now| (number, now)).into_iter().collect::<Vec<_>>()
    };
    view! { <For each key=|(times, _)| *times children=move |(_, now)| draw(now)/> }
}
