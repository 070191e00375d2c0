//! The yes/no questions of a checklist, which rule items in or out.

use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Ui;
use super::heard::heard;
use super::reread::{Seen, tick_in};
use crate::checklist::{Checklist, QuestionId};

/// Every question of a checklist.
#[component]
pub fn Questions(
    ui: Ui,
    checklist: Arc<Checklist>,
    /// The answers so far.
    #[prop(into)]
    answers: Signal<BTreeMap<QuestionId, bool>>,
    /// Whether the answers can't be changed.
    #[prop(into, default = Signal::stored(false))]
    locked: Signal<bool>,
    /// Called with each answer.
    set: impl Fn(QuestionId, bool) + Copy + 'static,
) -> impl IntoView {
    let words = ui.words();
    let questions = checklist.questions.iter().map(|question| {
        let choice = |yes: bool, label: &'static str| {
            let (shown, answered) = (question.id.clone(), question.id.clone());
            let ticked =
                Signal::derive(move || answers.with(|given| given.get(&shown) == Some(&yes)));
            let seen = Seen::new();
            let changed = heard(move |event| {
                if seen.ticked(event) == Some(true) {
                    set(answered.clone(), yes);
                }
            });
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        data-field="question"
                        data-question=question.id.to_string()
                        name=format!("question-{}", question.id)
                        value=if yes { "yes" } else { "no" }
                        use:tick_in=(ticked, seen)
                        on:change=changed
                    />
                    <span>{label}</span>
                </label>
            }
        };
        view! {
            <fieldset class="question" disabled=locked>
                <legend prop:textContent=question.text.in_language(ui.language()).to_owned()></legend>
                <div class="choices">{choice(true, words.yes)} {choice(false, words.no)}</div>
            </fieldset>
        }
    });
    questions.collect_view()
}
