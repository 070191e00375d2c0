//! One item that a newer version of a checklist changes, brings or drops.

use std::sync::Arc;

use leptos::prelude::*;

use super::aspect::{Line, name, sides};
use crate::checklist::{Change, Checklist, Item};
use crate::inspection::Fate;
use crate::view::Ui;

/// The two versions.
#[derive(Clone)]
pub struct Sides {
    pub old: Arc<Checklist>,
    pub new: Arc<Checklist>,
}

/// The fate of the answer to an item that only one version has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The person has to give it.
    Wanted,
    /// Other units give it.
    OfOthers,
    /// There is none.
    Missing,
    /// It stays in the report.
    Kept,
}

/// An item that both versions have: in what they differ, side by side, and what becomes of its
/// answer.
#[component]
pub fn ChangeView(ui: Ui, change: Change, fate: Fate, sides: Sides) -> impl IntoView {
    let words = ui.words();
    let (sentence, fate) = match fate {
        Fate::Nothing => (words.moving_not_answered, "nothing"),
        Fate::Kept => (words.moving_kept, "kept"),
        Fate::LeftBehind => (words.moving_left_behind, "left-behind"),
    };
    let rows = change.aspects.iter().map(|aspect| {
        let (old, new) = self::sides(*aspect, &change, &sides, ui.language(), words);
        view! {
            <dt>{name(*aspect, words)}</dt>
            <dd class="change-sides">
                <Side ui label=words.moving_old lines=old/>
                <Side ui label=words.moving_new lines=new/>
            </dd>
        }
    });
    let rows = rows.collect_view();
    let id = change.new.id.to_string();
    view! {
        <li class="change" data-changed=id data-fate=fate>
            <ItemTitle ui item=change.new of=sides.new/>
            <p class="change-fate">{sentence}</p>
            <dl>{rows}</dl>
        </li>
    }
}

/// An item that only one version has, and what is said of its answer.
#[component]
pub fn ItemLine(
    ui: Ui,
    item: Arc<Item>,
    answer: Answer,
    /// The version that has it.
    of: Arc<Checklist>,
) -> impl IntoView {
    let words = ui.words();
    let sentence = match answer {
        Answer::Wanted => words.moving_to_answer,
        Answer::OfOthers => words.moving_for_others,
        Answer::Missing => words.moving_not_answered,
        Answer::Kept => words.moving_left_behind_removed,
    };
    let id = item.id.to_string();
    view! {
        <li class="change" data-changed=id>
            <ItemTitle ui item of/>
            <p class="change-fate">{sentence}</p>
        </li>
    }
}

/// An item's number in its checklist, by which people speak of it, and its text.
#[component]
fn ItemTitle(ui: Ui, item: Arc<Item>, of: Arc<Checklist>) -> impl IntoView {
    let number = of.items.iter().position(|known| known.id == item.id);
    let number = number.map(|place| format!("{}. ", place + 1));
    let (text, language) = item.text.get(ui.language());
    view! {
        <p class="change-title" lang=language.code()>
            <span class="item-number">{number}</span>
            {text.to_owned()}
        </p>
    }
}

/// The text of one version.
#[component]
fn Side(ui: Ui, label: &'static str, lines: Vec<Line>) -> impl IntoView {
    let nothing = lines.is_empty().then_some(ui.words().moving_nothing);
    let lines = lines.into_iter().map(|(text, language)| {
        view! { <p lang=language.code()>{text}</p> }
    });
    view! {
        <div class="change-side">
            <p class="change-label">{label}</p>
            {lines.collect_view()}
            {nothing.map(|nothing| view! { <p>{nothing}</p> })}
        </div>
    }
}
