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
    let Some(open) = ui.app().open() else { return ().into_any() };
    let (header, judged_on) = (open.header.clone(), open.judged_on.clone());
    let asked = open_item.clone();
    let expected = Memo::new(move |_| {
        let every = asked.entry.with(|entry| entry.own.every_of(every));
        header.with(|header| expected_periods(every, &Context::new(header, judged_on.get())))
    });
    // Made anew when the interval changes, or the day what is over, which it does once a month.
    let shown = open_item.clone();
    let boxes = move || {
        let boxes = expected.get().into_iter().map(|(period, over)| {
            let (shown, edited) = (shown.clone(), shown.clone());
            let done = Signal::derive(move || {
                shown.entry.with(|entry| match &entry.answer.entered {
                    Entered::Periodic(Some(done)) => done.contains(&period),
                    _ => false,
                })
            });
            let mark = if over { "" } else { words.periodic_not_over };
            let label = [&words::period(period, words), mark].concat();
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
        boxes.collect_view()
    };
    let none_expected = move || expected.with(Vec::is_empty);
    view! {
        <super::own::Every ui open_item=open_item.clone() printed=every/>
        <p class="item-help" hidden=move || !none_expected()>{words.periodic_none_in_period}</p>
        <div hidden=none_expected>
            <p class="item-target">{words.periodic_ask}</p>
            <div class="checks">{boxes}</div>
            <super::parts::NoneOfThem ui open_item/>
        </div>
    }
    .into_any()
}
