//! A periodic duty: the months or quarters of the period, each done or not.

use leptos::prelude::*;
use std::sync::Arc;

use crate::app::OpenItem;
use crate::checklist::Frequency;
use crate::evaluation::{Context, expected_periods};
use crate::inspection::{Edit, Entered};
use crate::view::field::CheckField;
use crate::view::{Ui, words};

/// A box for each month or quarter, and one answer for 'none of them'.
#[component]
pub fn Fields(ui: Ui, open_item: Arc<OpenItem>, every: Frequency) -> impl IntoView {
    let words = ui.words();
    let header = ui.app().open().map(|open| open.header.get_untracked());
    let expected = header.map_or_else(Vec::new, |header| {
        expected_periods(every, &Context::new(&header, ui.app().today()))
    });
    if expected.is_empty() {
        return view! { <p class="item-help">{words.periodic_none_in_period}</p> }.into_any();
    }
    let boxes = expected.into_iter().map(|(period, over)| {
        let (shown, edited) = (open_item.clone(), open_item.clone());
        let done = Signal::derive(move || {
            shown.entry.with(|entry| match &entry.answer.entered {
                Entered::Periodic(Some(done)) => done.contains(&period),
                _ => false,
            })
        });
        let mut label = words::period(period, words);
        if !over {
            label.push_str(words.periodic_not_over);
        }
        view! {
            <CheckField
                name="done-period"
                value=period.to_string()
                label
                checked=done
                change=move |yes| ui.app().edit(&edited, Edit::DonePeriod(period, yes))
            />
        }
    });
    let boxes = boxes.collect_view();
    view! {
        <p class="item-target">{words.periodic_ask}</p>
        <div class="checks">{boxes}</div>
        <super::parts::NoneOfThem ui open_item/>
    }
    .into_any()
}
