//! The components of the page. They show the app's signals and call its actions. They decide
//! nothing: verdicts come from the core, and the app stores and fetches.

mod actions;
mod amend;
mod anew;
mod attention;
mod chart;
mod comparison;
mod complete;
mod device;
mod dialog;
mod earlier;
mod evidence;
mod export;
mod field;
mod file;
mod filter;
mod focus;
mod gradually;
mod heard;
mod home;
mod icon;
mod import;
mod inspection;
mod item;
mod kept;
mod moving;
mod nav;
mod newer;
mod notices;
mod office_file;
mod online;
mod paper;
mod photos;
mod press;
mod print;
mod progress;
mod question;
pub mod reread;
mod result;
mod share;
mod spreadsheet;
mod start;
mod stencil;
mod table;
mod told;
mod upload;

use leptos::prelude::*;
use web_sys::ShadowRoot;

use self::anew::anew;
use crate::app::{App, Screen};
use crate::checklist::Language;
use crate::inspection::{Period, write_date};
use crate::messages::{Messages, fill, messages};
use crate::words;
use heard::{Heard, heard};

/// The handle on the app that every component gets. It can be copied into closures.
#[derive(Clone, Copy)]
pub struct Ui(StoredValue<(App, ShadowRoot), LocalStorage>);

impl Ui {
    /// Returns the app.
    fn app(self) -> App {
        self.0.with_value(|(app, _)| app.clone())
    }

    /// Returns the shadow root of the page, for focus and scrolling alone.
    fn root(self) -> ShadowRoot {
        self.0.with_value(|(_, root)| root.clone())
    }

    /// Returns the root after a wait, or `None` if the component was unmounted meanwhile.
    fn try_root(self) -> Option<ShadowRoot> {
        self.0.try_with_value(|(_, root)| root.clone())
    }

    /// Returns the texts in the person's language. The whole page is rebuilt when that changes, so
    /// components need not follow it.
    fn words(self) -> &'static Messages {
        self.app().words()
    }

    /// Fills an example date that fits the inspection into a sentence on how dates are written.
    fn date_hint(self, sentence: &str) -> String {
        let app = self.app();
        let day = app.period().map_or_else(|| app.today(), Period::last_day);
        fill(sentence, &[("date", &write_date(day))])
    }

    fn language(self) -> Language {
        self.app().signals().language.get_untracked()
    }
}

/// The whole component.
#[component]
pub fn Root(app: App, shadow: ShadowRoot) -> impl IntoView {
    let ui = Ui(StoredValue::new_local((app, shadow)));
    let signals = ui.app().signals().clone();
    let (language, labelled) = (signals.language.clone(), signals.language.clone());
    let announcement = signals.announcement.clone();
    // The form outlives a change of language, with everything that is typed in it.
    let form = start::Form::prefilled(&ui.app());
    let attributes = signals.attributes.clone();
    Effect::new(move |_| {
        attributes.track();
        form.take_attributes(&ui.app());
    });
    let cleared = signals.cleared.clone();
    Effect::new(move |_| {
        // The texts in the form are cleared with the rest.
        if cleared.get() > 0 {
            form.clear(&ui.app());
        }
    });
    press::follow();
    let areas_open = RwSignal::new(false);
    let newer_waits = signals.newer.clone();
    view! {
        <div
            class="root notranslate"
            class:areas-open=areas_open
            class:newer-waits=move || newer_waits.get()
            part="root"
            // The component has the person's language by itself. A translator of pages would keep
            // old words where new ones are due.
            translate="no"
            role="region"
            aria-label=move || messages(labelled.get()).app_title
            lang=move || language.get().code()
            on:keydown=heard(|event| keep_to_ourselves(event, event.key()))
            on:keypress=heard(|event| keep_to_ourselves(event, event.key()))
            on:keyup=heard(move |event| {
                let key = event.key();
                if key.as_deref() == Some("Tab") {
                    focus::uncover(ui);
                }
                keep_to_ourselves(event, key);
            })
        >
            {move || {
                signals.language.track();
                view! { <Page ui form areas_open/> }
            }}
            <p class="visually-hidden" role="status" prop:textContent=announcement></p>
        </div>
    }
}

/// Hides typed keys from the host's page, which can't see that they go into a field: a shortcut of
/// one letter would fire, and Enter would submit a form around everything, such as ASP.NET's. An
/// event without a key comes from a browser that fills the field in.
fn keep_to_ourselves(event: &Heard, key: Option<String>) {
    let key = key.unwrap_or_default();
    let is_for_all =
        matches!(key.as_str(), "Escape" | "Tab") || (key.len() > 1 && key.starts_with('F'));
    if !is_for_all && !event.is_command() {
        event.stop();
    }
}

/// The current screen, and the parts above every screen.
#[component]
fn Page(ui: Ui, form: start::Form, areas_open: RwSignal<bool>) -> impl IntoView {
    let signals = ui.app().signals().clone();
    let words = ui.words();
    let (screen, noticed) = (signals.screen.clone(), signals.screen.clone());
    focus::follow_screens(ui);
    let opened = signals.open.clone();
    let body = move || match screen.get() {
        Screen::Loading => {
            view! { <p class="loading" role="status">{words.loading}</p> }.into_any()
        }
        Screen::Home => view! { <home::Home ui form/> }.into_any(),
        Screen::Answering | Screen::Result => ().into_any(),
    };
    // The open inspection stays mounted under its result, so that going back finds its place.
    let inspection = anew(
        move || opened.get(),
        move |open| view! { <inspection::InspectionView ui open areas_open/> },
    );
    view! {
        <div class="masthead" part="header">
            <p class="masthead-title">{words.app_title}</p>
            <online::OnlineTag ui/>
            <device::WorkspaceTag ui/>
            <LanguageSwitch ui/>
        </div>
        <online::OfflineLine ui/>
        <notices::Trouble ui/>
        <device::SpaceWarning ui/>
        <import::ImportQuestion ui/>
        <told::ImportTold ui/>
        <device::RestoreQuestion ui/>
        {move || matches!(noticed.get(), Screen::Loading | Screen::Home).then(|| view! { <notices::Notices ui/> })}
        {body}
        {inspection}
        <newer::Newer ui/>
    }
}

/// The button that switches to the other language, in that language.
#[component]
fn LanguageSwitch(ui: Ui) -> impl IntoView {
    let other = match ui.language() {
        Language::Vi => Language::En,
        Language::En => Language::Vi,
    };
    view! {
        <button
            type="button"
            class="button button-quiet"
            data-action="language"
            lang=other.code()
            on:click=move |_| {
                ui.app().set_language(other);
                focus::keep(ui);
            }
        >
            <icon::Glyph icon=icon::Icon::Languages/>
            {messages(other).language_name}
        </button>
    }
}
