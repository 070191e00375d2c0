//! Evidence of an item: what is attached, and the buttons that attach more.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::FileList;

use super::attaching::{Progress, attach};
use crate::app::OpenItem;
use crate::checklist::Digest;
use crate::health::size_in_words;
use crate::inspection::{Edit, Entry, Evidence, EvidenceEdit};
use crate::messages::fill;
use crate::view::evidence::{Look, Missing, Viewer};
use crate::view::field::{FieldText, shown_in};
use crate::view::heard::heard;
use crate::view::icon::{Glyph, Icon};
use crate::view::stencil::{cut, filled};
use crate::view::{Ui, focus};

/// The types that the file dialog offers: other files are told apart by their bytes.
const FILES: &str = "image/*,application/pdf,.pdf";

/// The types that the camera offers.
const PICTURES: &str = "image/*";

/// Where files come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Files,
    Camera,
}

impl Source {
    /// Returns the name of its button in the page (`data-action`).
    const fn action(self) -> &'static str {
        match self {
            Self::Files => "attach",
            Self::Camera => "take-photo",
        }
    }

    fn of_action(action: &str) -> Option<Self> {
        [Self::Files, Self::Camera].into_iter().find(|source| source.action() == action)
    }
}

/// The buttons, and the evidence. What is not needed before there is some, or somebody attaches it,
/// is made then.
#[component]
pub fn EvidenceFields(ui: Ui, open_item: Arc<OpenItem>) -> impl IntoView {
    let words = ui.words();
    let title_id = format!("{}-evidence", open_item.item.id);
    let labelled_by = title_id.clone();
    let choosing = RwSignal::new(None);
    let asked = open_item.clone();
    let is_used = Memo::new(move |was: Option<&bool>| {
        was.copied().unwrap_or_default()
            || choosing.get().is_some()
            || asked.entry.with(|entry| !entry.evidence.is_empty())
    });
    let buttons = cut(ui, "evidence-buttons", || {
        let sources = [Source::Camera, Source::Files];
        sources.map(|source| source_view(ui, source)).collect_view()
    });
    let choose = heard(move |event| {
        let button = event.closest("[data-action]");
        let action = button.and_then(|button| button.get_attribute("data-action"));
        if let Some(source) = action.and_then(|action| Source::of_action(&action)) {
            choosing.set(Some(source));
        }
    });
    view! {
        <div class="evidence" data-evidence role="group" aria-labelledby=labelled_by>
            <p class="evidence-title" id=title_id>{words.evidence_title}</p>
            {move || is_used.get().then(|| view! { <Pieces ui open_item=open_item.clone() choosing/> })}
            <div class="buttons" use:filled=buttons on:click=choose></div>
        </div>
    }
}

/// The button of a source.
fn source_view(ui: Ui, source: Source) -> impl IntoView {
    let words = ui.words();
    let (icon, label) = match source {
        Source::Camera => (Icon::Camera, words.evidence_photo),
        Source::Files => (Icon::Paperclip, words.evidence_attach),
    };
    view! {
        <button
            type="button"
            class="button button-quiet"
            class:evidence-camera=source == Source::Camera
            data-action=source.action()
        >
            <Glyph icon/>
            {label}
        </button>
    }
}

/// The evidence, the choice of more, and how attaching goes.
#[component]
fn Pieces(ui: Ui, open_item: Arc<OpenItem>, choosing: RwSignal<Option<Source>>) -> impl IntoView {
    let progress = Progress::new();
    let listed = open_item.clone();
    let digests = Memo::new(move |_| {
        listed.entry.with(|entry| entry.evidence.iter().map(|one| one.sha256).collect::<Vec<_>>())
    });
    let pieces = {
        let open_item = open_item.clone();
        move |sha256: Digest| {
            let evidence = open_item.entry.with_untracked(|entry| of(entry, sha256).cloned());
            evidence.map(|evidence| view! { <Piece ui open_item=open_item.clone() evidence/> })
        }
    };
    let chooser = {
        let (open_item, progress) = (open_item, progress.clone());
        move || {
            let (open_item, progress) = (open_item.clone(), progress.clone());
            let chosen = move |files| attach(ui, &open_item, progress.clone(), files);
            choosing.get().map(|source| view! { <Chooser source chosen/> })
        }
    };
    let Progress { busy, problems, .. } = progress;
    view! {
        <ul class="evidence-list" hidden=move || digests.with(Vec::is_empty)>
            <For each=move || digests.get() key=|sha256| *sha256 children=pieces/>
        </ul>
        {chooser}
        <p class="evidence-busy" role="status" data-evidence-busy prop:textContent=busy></p>
        <div role="alert" data-evidence-problems>
            <ul class="evidence-problems">
                {move || problems.get().into_iter().map(|line| view! { <li prop:textContent=line></li> }).collect_view()}
            </ul>
        </div>
    }
}

fn of(entry: &Entry, sha256: Digest) -> Option<&Evidence> {
    entry.evidence.iter().find(|one| one.sha256 == sha256)
}

/// The name of a piece, with its number where others before it have the same: cameras and scanners
/// give names again.
fn told_apart(entry: &Entry, evidence: &Evidence) -> String {
    let mut of_name = entry.evidence.iter().filter(|one| one.name == evidence.name);
    match of_name.position(|one| one.sha256 == evidence.sha256) {
        None | Some(0) => evidence.name.clone(),
        Some(before) => format!("{} ({})", evidence.name, before + 1),
    }
}

/// The system's choice of files or its camera, opened at once. Its field is in the page only now: a
/// page of a thousand items has a thousand of these buttons.
#[component]
fn Chooser(source: Source, chosen: impl Fn(FileList) + 'static) -> impl IntoView {
    let input = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |_| _ = input.get().map(|input| input.click()));
    let (accept, capture) = match source {
        Source::Files => (FILES, None),
        Source::Camera => (PICTURES, Some("environment")),
    };
    let changed = heard(move |event| {
        if let Some(files) = event.files().filter(|files| files.length() > 0) {
            chosen(files);
        }
    });
    view! {
        <input
            node_ref=input
            hidden
            type="file"
            accept=accept
            capture=capture
            multiple=source == Source::Files
            data-field="evidence"
            on:change=changed
        />
    }
}

/// One piece of evidence.
#[component]
fn Piece(ui: Ui, open_item: Arc<OpenItem>, evidence: Evidence) -> impl IntoView {
    let words = ui.words();
    let sha256 = evidence.sha256;
    let name = open_item.entry.with_untracked(|entry| told_apart(entry, &evidence));
    let named = |text: &str| fill(text, &[("name", &name)]);
    let (open, remove) = (named(words.evidence_open), named(words.evidence_remove));
    let size = size_in_words(evidence.size, ui.language());
    let (edited, removed) = (open_item.clone(), open_item.clone());
    let text = FieldText::of(&open_item, move |entry| {
        of(entry, sha256).map(|one| one.caption.clone()).unwrap_or_default()
    });
    let id = format!("{}-{sha256}", open_item.item.id);
    let typed = heard(move |event| {
        if let Some(typed) = text.type_in(event) {
            ui.app().edit(&edited, Edit::Evidence(EvidenceEdit::Caption(sha256, typed)));
        }
    });
    let viewing = RwSignal::new(false);
    let missing = ArcRwSignal::new(None);
    let is_missing = missing.clone();
    // As it is when it is looked at: its caption may have been written since.
    let viewer = move || {
        let evidence = open_item.entry.with_untracked(|entry| of(entry, sha256).cloned());
        evidence.map(|evidence| view! { <Viewer ui evidence viewing/> })
    };
    view! {
        <li class="evidence-piece" data-sha256=sha256.to_string()>
            <button
                type="button"
                class="evidence-open"
                data-action="open-evidence"
                aria-label=open
                on:click=move |_| viewing.set(true)
            >
                <Look ui sha256 media=evidence.media small=true missing/>
            </button>
            <div class="evidence-words">
                <span class="evidence-name">{evidence.name.clone()}<small>{format!(" · {size}")}</small></span>
                <Missing missing=is_missing/>
            </div>
            <button
                type="button"
                class="button button-quiet button-icon"
                data-action="remove-evidence"
                aria-label=remove
                on:click=move |_| {
                    let (app, item) = (ui.app(), removed.clone());
                    leptos::task::spawn_local(async move { app.detach(&item, sha256).await });
                    focus::on(ui, format!("[data-item=\"{}\"] [data-action=\"attach\"]", removed.item.id));
                }
            >
                <Glyph icon=Icon::Trash/>
            </button>
            <div class="evidence-caption">
                <label for=id.clone()>{words.evidence_caption}</label>
                <input
                    id=id
                    type="text"
                    class="input"
                    data-field="caption"
                    use:shown_in=text
                    on:input=typed
                    on:blur=heard(move |event| text.leave(ui, event, None))
                />
            </div>
            {move || viewing.get().then(&viewer)}
        </li>
    }
}
