//! Form fields: a label, a native control, and the error of the entry.
//!
//! No text is transformed while it is typed: Vietnamese input methods retype what they entered, and
//! a page that writes back corrupts it. A field shows its entry anew only after a change from
//! elsewhere.

use leptos::prelude::*;
use std::sync::Arc;
use web_sys::{Element, HtmlLabelElement, HtmlTextAreaElement};

use super::Ui;
use super::heard::{Heard, heard};
use super::press;
use super::reread::{self, Seen, text_in, tick_in};
use super::stencil::{cut, filled, first};
use crate::app::OpenItem;
use crate::checklist::Language;
use crate::document::Details;
use crate::inspection::{Edit, Entry, Period, read_date, write_date};
use crate::stored::Detail;

/// The label of a field. A checklist's text comes with its language, which may differ from the
/// page's.
#[derive(Clone, Debug, Default)]
pub struct Label {
    text: String,
    language: Option<&'static str>,
}

impl From<&str> for Label {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), language: None }
    }
}

impl From<String> for Label {
    fn from(text: String) -> Self {
        Self { text, language: None }
    }
}

impl From<(&str, Language)> for Label {
    fn from((text, language): (&str, Language)) -> Self {
        Self { text: text.to_owned(), language: Some(language.code()) }
    }
}

/// The fate of the text in a field when the person leaves it.
#[derive(Clone, Copy, Default)]
pub enum Leaving {
    /// It stays as it was typed.
    #[default]
    AsTyped,
    /// A date is shown in the form in which dates are written. The period of an inspection supplies
    /// a missing year.
    AsDate(Option<Period>),
}

impl Leaving {
    /// Returns the form in which a typed text is written, or `None` if it stays as typed.
    pub fn written(self, typed: &str) -> Option<String> {
        match self {
            Self::AsTyped => None,
            Self::AsDate(period) => read_date(typed, period).ok().flatten().map(write_date),
        }
    }
}

/// The text in a field. It follows changes of its entry from elsewhere, but never while the person
/// types. Such a change waits until the person leaves the field, and is dropped if they type on.
#[derive(Clone, Copy)]
pub struct FieldText {
    /// The text that the field shows.
    pub shown: Signal<String>,
    text: RwSignal<String>,
    /// The text that the field in the page is known to show.
    seen: Seen<String>,
    /// Whether something was typed since the field got the focus.
    is_typing: StoredValue<bool>,
    /// The text that came from elsewhere while the person typed.
    waiting: StoredValue<Option<String>>,
}

impl FieldText {
    /// Creates the text of a field that shows a part of an entry.
    pub fn of(
        open_item: &Arc<OpenItem>,
        read: impl Fn(&Entry) -> String + Send + Sync + 'static,
    ) -> Self {
        let text = Self::new(open_item.entry.with_untracked(&read));
        let open_item = open_item.clone();
        let seen = StoredValue::new(open_item.refreshed.get_untracked());
        // The signal follows the entry when it is read: a thousand items have thousands of fields,
        // and an effect of its own for each costs as much as the field itself.
        let shown = Signal::derive(move || {
            let times = open_item.refreshed.get();
            if seen.get_value() != times {
                seen.set_value(times);
                text.follow(open_item.entry.with_untracked(&read));
            }
            text.text.get()
        });
        Self { shown, ..text }
    }

    /// Creates the text of a field that shows a detail of the printed report.
    pub fn of_detail(details: ArcRwSignal<Details>, detail: Detail) -> Self {
        let text = Self::new(details.with_untracked(|details| details.get(detail)));
        let shown = Signal::derive(move || {
            text.follow(details.with(|details| details.get(detail)));
            text.text.get()
        });
        Self { shown, ..text }
    }

    fn new(text: String) -> Self {
        let text = RwSignal::new(text);
        Self {
            shown: text.into(),
            text,
            seen: Seen::new(),
            is_typing: StoredValue::new(false),
            waiting: StoredValue::new(None),
        }
    }

    /// Takes over the entry's current text. The caller reads the text right afterwards and need not
    /// be notified.
    fn follow(self, new: String) {
        if self.text.with_untracked(|text| *text == new) {
            // The person typed it, or the waiting change was undone.
            self.waiting.set_value(None);
        } else if self.is_typing.get_value() {
            self.waiting.set_value(Some(new));
        } else {
            self.text.update_untracked(|text| *text = new);
        }
    }

    /// Takes the text that the person typed, and returns it if it is new.
    pub fn type_in(self, event: &Heard) -> Option<String> {
        let typed = self.seen.entered(event)?;
        self.is_typing.set_value(!reread::is_on() || event.has_focus());
        self.waiting.set_value(None);
        self.text.set(typed.clone());
        Some(typed)
    }

    /// Shows the text that was left in the field in its written form, and returns that. Returns
    /// `None` if the text stays as it is.
    pub fn write_out(
        self,
        event: &Heard,
        write: impl FnOnce(&str) -> Option<String>,
    ) -> Option<String> {
        self.settle();
        let written = self.text.try_with_untracked(|text| {
            write(text).filter(|written| written != text && event.is_left())
        });
        let written = written.flatten()?;
        _ = self.text.try_set(written.clone());
        Some(written)
    }

    /// Notes that nobody types any more, and shows the waiting text.
    fn settle(self) {
        _ = self.is_typing.try_set_value(false);
        if let Some(new) = self.waiting.try_update_value(Option::take).flatten() {
            _ = self.text.try_set(new);
        }
    }

    /// Saves everything when the focus leaves the field or the window, or the field is unmounted
    /// (and may be disposed). If the field is left, an error is announced to people who don't see
    /// it: once, not at every key.
    pub fn leave(self, ui: Ui, event: &Heard, errors: impl IntoIterator<Item = Signal<String>>) {
        self.settle();
        ui.app().save_now();
        if !event.is_left() {
            return;
        }
        let errors: Vec<_> = errors.into_iter().collect();
        press::after(move || {
            let mut errors = errors.into_iter().filter_map(|error| error.try_get_untracked());
            if let Some(error) = errors.find(|error| !error.is_empty()) {
                ui.app().announce(error);
            }
        });
    }
}

/// Makes a field show such a text (`use:shown_in`).
pub fn shown_in(field: Element, text: FieldText) {
    text_in(field, (text.shown, text.seen));
}

/// A field for a number, a date or a short text.
#[component]
pub fn TextField(
    ui: Ui,
    open_item: Arc<OpenItem>,
    /// The field's name in the page (`data-field`).
    name: &'static str,
    #[prop(into)] label: Label,
    /// The keyboard that a tablet shows.
    #[prop(default = "text")]
    inputmode: &'static str,
    /// The text behind the field, such as a unit.
    #[prop(into, optional)]
    suffix: Label,
    /// The hint on how to write it.
    #[prop(into, optional)]
    hint: String,
    /// The fate of the text when the field is left.
    #[prop(optional)]
    leaving: Leaving,
    /// Returns the field's text in an entry.
    read: fn(&Entry) -> String,
    /// Makes an edit of a typed text.
    edit: fn(String) -> Edit,
    /// The error of the field, in words; empty when there is none.
    #[prop(into)]
    error: Signal<String>,
    /// The error of the field that is left together with it.
    #[prop(optional)]
    other_error: Option<Signal<String>>,
) -> impl IntoView {
    let id = format!("{}-{name}", open_item.item.id);
    let error_id = format!("{id}-error");
    let hint_id = format!("{id}-hint");
    let described_by = format!("{hint_id} {error_id}");
    let text = FieldText::of(&open_item, read);
    let edited = open_item.clone();
    let typed = heard(move |event| {
        if let Some(typed) = text.type_in(event) {
            ui.app().edit(&edited, edit(typed));
        }
    });
    let leave = heard(move |event| {
        let written = text.write_out(event, |typed| leaving.written(typed));
        // A text that an earlier release could not read has no value yet.
        let unread = written.filter(|text| open_item.entry.with_untracked(read) != *text);
        _ = unread.map(|text| ui.app().edit(&open_item, edit(text)));
        text.leave(ui, event, std::iter::once(error).chain(other_error));
    });
    view! {
        <div class="field">
            <label for=id.clone() lang=label.language>{label.text}</label>
            <span class="field-line">
                <input
                    id=id
                    type="text"
                    class="input"
                    data-field=name
                    inputmode=inputmode
                    aria-describedby=described_by
                    aria-invalid=move || error.with(|error| (!error.is_empty()).then_some("true"))
                    use:shown_in=text
                    on:input=typed
                    on:focusout=leave
                />
                {(!suffix.text.is_empty())
                    .then(|| view! { <span class="field-suffix" lang=suffix.language>{suffix.text}</span> })}
            </span>
            <span class="field-hint" id=hint_id>{hint}</span>
            <span class="field-error" id=error_id prop:textContent=error></span>
        </div>
    }
}

/// A field for a text of several lines, which grows with its text. Each item has two of them, so
/// they are cut from a stencil.
#[component]
pub fn TextArea(
    ui: Ui,
    open_item: Arc<OpenItem>,
    /// The field's name in the page (`data-field`).
    name: &'static str,
    /// The label of the fields of this name.
    label: &'static str,
    /// Returns the field's text in an entry.
    read: fn(&Entry) -> String,
    /// Makes an edit of a typed text.
    edit: fn(String) -> Edit,
    /// The request for the text, in words. Empty while the text is not needed, `None` if it never
    /// is.
    #[prop(optional)]
    error: Option<Signal<String>>,
) -> impl IntoView {
    let id = format!("{}-{name}", open_item.item.id);
    let field = cut(ui, name, || {
        view! {
            <label>{label}</label>
            <textarea class="input" rows="1" data-field=name></textarea>
        }
    });
    let label: Option<HtmlLabelElement> = first(&field, "label");
    label.inspect(|label| label.set_html_for(&id));
    let area: Option<HtmlTextAreaElement> = first(&field, "textarea");
    area.as_ref().inspect(|area| area.set_id(&id));
    let error_line = error.map(|error| {
        let error_id = format!("{id}-error");
        _ = area.as_ref().map(|area| area.set_attribute("aria-describedby", &error_id));
        view! { <span class="field-error" id=error_id use:said_of=(area.clone(), error)></span> }
    });
    let text = FieldText::of(&open_item, read);
    _ = area.map(|area| shown_in(area.into(), text));
    let typed = heard(move |event| {
        if let Some(typed) = text.type_in(event) {
            ui.app().edit(&open_item, edit(typed));
        }
    });
    view! {
        <div
            class="field field-wide"
            use:filled=field
            on:input=typed
            on:focusout=heard(move |event| text.leave(ui, event, error))
        >
            {error_line}
        </div>
    }
}

/// Makes a line show the error of a field, and marks the field as invalid (`use:said_of`). One
/// effect does both, as most items have such a line.
fn said_of(line: Element, (field, error): (Option<HtmlTextAreaElement>, Signal<String>)) {
    Effect::new(move |_| {
        error.with(|error| {
            line.set_text_content(Some(error));
            _ = field.as_ref().map(|field| match error.as_str() {
                "" => field.remove_attribute("aria-invalid"),
                _ => field.set_attribute("aria-invalid", "true"),
            });
        });
    });
}

/// A checkbox.
#[component]
pub fn CheckField(
    /// The field's name in the page (`data-field`).
    name: &'static str,
    #[prop(into)] label: Label,
    /// Its value, if several fields share a name.
    #[prop(into, optional)]
    value: String,
    /// Whether it is checked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Called with the new state.
    change: impl Fn(bool) + 'static,
) -> impl IntoView {
    let seen = Seen::new();
    let changed = heard(move |event| _ = seen.ticked(event).map(&change));
    view! {
        <label class="check">
            <input
                type="checkbox"
                data-field=name
                value=value
                use:tick_in=(checked, seen)
                on:change=changed
            />
            <span lang=label.language prop:textContent=label.text></span>
        </label>
    }
}
