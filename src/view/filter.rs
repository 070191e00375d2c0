//! The filter of items: by words, verdict and performer.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::heard::heard;
use super::icon::{Glyph, Icon};
use super::{Ui, words};
use crate::app::{Open, OpenItem};
use crate::checklist::{ItemId, Language, Performer};
use crate::evaluation::Verdict;
use crate::messages::fill;
use crate::vietnamese::{fold, has_words};

/// The criteria, and the items that were found.
#[derive(Clone, Copy)]
pub struct Filter {
    words: RwSignal<String>,
    verdict: RwSignal<Option<Verdict>>,
    performer: RwSignal<Option<Performer>>,
    /// The items that were found, or `None` while there are no criteria.
    found: Memo<Option<BTreeSet<ItemId>>>,
    /// Whether items of others are shown, too, and whether they were before the filter showed them.
    others: RwSignal<bool>,
    others_before: StoredValue<Option<bool>>,
}

impl Filter {
    /// Creates a filter that shows every item.
    pub fn new(ui: Ui, open: &Arc<Open>, others: RwSignal<bool>) -> Self {
        let (words, verdict, performer) =
            (RwSignal::new(String::new()), RwSignal::new(None), RwSignal::new(None));
        let open = open.clone();
        let texts = StoredValue::new(Vec::new());
        let found = Memo::new(move |_| {
            let looked_for = fold(&words.read());
            let (verdict, performer) = (verdict.get(), performer.get());
            if looked_for.trim().is_empty() && verdict.is_none() && performer.is_none() {
                return None;
            }
            if texts.with_value(Vec::is_empty) {
                texts.set_value(open.items.iter().map(|open_item| text_of(open_item)).collect());
            }
            // Verdicts and notes are not tracked: an item must not disappear while it is answered.
            let fits = |(open_item, text): (&Arc<OpenItem>, &String)| {
                let item = &open_item.item;
                let note = open_item.entry.with_untracked(|entry| fold(&entry.note));
                (has_words(&[text, " ", &note].concat(), &looked_for)
                    && performer.is_none_or(|performer| item.performers.contains(&performer))
                    && verdict
                        .is_none_or(|v| v == open_item.judgement.with_untracked(|j| j.verdict)))
                .then(|| item.id.clone())
            };
            texts.with_value(|texts| Some(open.items.iter().zip(texts).filter_map(fits).collect()))
        });
        let others_before = StoredValue::new(None);
        let filter = Self { words, verdict, performer, found, others, others_before };
        let wanted = ui.app().signals().wanted.clone();
        Effect::new(move |_| {
            if wanted.get().is_some_and(|id| !filter.shows_now(&id)) {
                filter.clear();
            }
        });
        filter
    }

    /// Returns whether an item is shown.
    pub fn shows(self, id: &ItemId) -> bool {
        self.found.with(|found| found.as_ref().is_none_or(|found| found.contains(id)))
    }

    /// Returns whether an item is shown, without tracking.
    fn shows_now(self, id: &str) -> bool {
        self.found.with_untracked(|found| {
            found.as_ref().is_none_or(|found| found.iter().any(|known| known.as_str() == id))
        })
    }

    /// Filters by performer. Items of others are shown then, as they are hidden otherwise.
    fn choose_performer(self, performer: Option<Performer>) {
        if performer.is_some() {
            let others = self.others.get_untracked();
            self.others_before.update_value(|before| _ = before.get_or_insert(others));
            self.others.set(true);
        }
        self.performer.set(performer);
    }

    /// Clears the criteria, so that every item is shown.
    pub fn clear(self) {
        self.words.set(String::new());
        self.verdict.set(None);
        self.performer.set(None);
        if let Some(others) = self.others_before.try_update_value(Option::take).flatten() {
            self.others.set(others);
        }
    }
}

/// Returns the folded text by which an item is found.
fn text_of(open_item: &OpenItem) -> String {
    let item = &open_item.item;
    let texts = [Some(&item.text), item.help.as_ref()].into_iter().flatten();
    let mut all: Vec<&str> =
        texts.flat_map(|text| Language::ALL.map(|language| text.in_language(language))).collect();
    all.extend([item.addressee.as_str(), &item.clause]);
    fold(&all.join(" "))
}

/// The fields of the filter, and the number of items found.
#[component]
pub fn FilterBar(ui: Ui, open: Arc<Open>, filter: Filter) -> impl IntoView {
    let words = ui.words();
    let others = filter.others;
    let verdicts = Verdict::ALL.map(|verdict| (verdict.name(), words::verdict(verdict, words)));
    let performs = |performer: &Performer| {
        open.items.iter().any(|open_item| open_item.item.performers.contains(performer))
    };
    let performers = Performer::ALL.into_iter().filter(performs);
    let performers = performers.map(|one| (one.name(), words::performer(one, words))).collect();
    let counted = open.clone();
    let count = move || {
        filter.found.with(|found| {
            let found = found.as_ref()?;
            let shown = counted.items.iter().filter(|open_item| {
                found.contains(&open_item.item.id) && (others.get() || open_item.applies.get())
            });
            Some(shown.count())
        })
    };
    let (text, none) = (count.clone(), count);
    let text = move || match text() {
        None => String::new(),
        Some(0) => words.find_none.to_owned(),
        Some(count) => fill(words.find_found, &[("count", &count.to_string())]),
    };
    view! {
        <div class="filter" role="search" aria-label=words.find_label>
            <div class="field filter-words">
                <label for="find-words">{words.find_search}</label>
                <span class="input-icon">
                    <Glyph icon=Icon::Search/>
                    <input
                        id="find-words"
                        type="search"
                        class="input"
                        data-field="search"
                        autocomplete="off"
                        enterkeyhint="search"
                        placeholder=words.find_search_hint
                        prop:value=filter.words
                        on:input=heard(move |event| _ = event.value().map(|words| filter.words.set(words)))
                    />
                </span>
            </div>
            <Choice
                name="find-verdict"
                label=words.find_verdict
                all=words.find_all_verdicts
                options=verdicts.to_vec()
                chosen=Signal::derive(move || filter.verdict.get().map_or("", Verdict::name))
                choose=move |name| {
                    filter.verdict.set(Verdict::ALL.into_iter().find(|v| v.name() == name));
                }
            />
            <Choice
                name="find-performer"
                label=words.find_performer
                all=words.find_all_performers
                options=performers
                chosen=Signal::derive(move || filter.performer.get().map_or("", Performer::name))
                choose=move |name| filter.choose_performer(Performer::from_name(&name))
            />
            <p class="filter-count" role="status" prop:textContent=text></p>
            <button
                type="button"
                class="button"
                data-action="clear-filter"
                hidden=move || none().is_none()
                on:click=move |_| {
                    filter.clear();
                    super::focus::on(ui, "#find-words");
                }
            >
                {words.find_clear}
            </button>
        </div>
    }
}

/// A criterion to choose from a list.
#[component]
fn Choice(
    /// The field's name in the page (`data-field`), and its id.
    name: &'static str,
    label: &'static str,
    /// The label of the empty choice.
    all: &'static str,
    /// Names and labels.
    options: Vec<(&'static str, &'static str)>,
    chosen: Signal<&'static str>,
    /// Called with the chosen name.
    choose: impl Fn(String) + 'static,
) -> impl IntoView {
    let options = options
        .into_iter()
        .map(|(name, label)| view! { <option value=name>{label}</option> })
        .collect_view();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select
                id=name
                class="input"
                data-field=name
                prop:value=chosen
                on:change=heard(move |event| _ = event.value().map(&choose))
            >
                <option value="">{all}</option>
                {options}
            </select>
        </div>
    }
}
