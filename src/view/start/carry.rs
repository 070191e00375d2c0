//! The parts that the next period takes over from the one before: never an answer.

use leptos::prelude::*;

use super::form::Form;
use crate::inspection::Carry;
use crate::messages::fill;
use crate::view::field::CheckField;
use crate::view::{Ui, words};

/// The choice; nothing while the form is no next period.
#[component]
pub fn CarryChoice(ui: Ui, form: Form) -> impl IntoView {
    let words = ui.words();
    let change = move |change: fn(&mut Carry, bool)| {
        move |yes: bool| form.carry.update(|carry| change(carry, yes))
    };
    let is_on = move |read: fn(&Carry) -> bool| Signal::derive(move || form.carry.with(read));
    move || {
        let earlier = form.earlier_of_same()?;
        let period = words::period(earlier.header.period, words);
        let title = fill(words.start_carry_title, &[("period", &period)]);
        Some(view! {
            <fieldset class="carry" data-carry>
                <legend prop:textContent=title></legend>
                <p class="field-hint">{words.start_carry_hint}</p>
                <CheckField name="carry-rows" label=words.start_carry_rows checked=is_on(|carry| carry.rows) change=change(|carry, yes| carry.rows = yes)/>
                <CheckField name="carry-targets" label=words.start_carry_targets checked=is_on(|carry| carry.targets) change=change(|carry, yes| carry.targets = yes)/>
                <CheckField name="carry-findings" label=words.start_carry_findings checked=is_on(|carry| carry.findings) change=change(|carry, yes| carry.findings = yes)/>
                <CheckField name="carry-notes" label=words.start_carry_notes checked=is_on(|carry| carry.notes) change=change(|carry, yes| carry.notes = yes)/>
            </fieldset>
        })
    }
}
