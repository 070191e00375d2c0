//! The removed data that can be restored, also after a reload.

use leptos::prelude::*;

use super::dialog::Confirm;
use super::gradually::Gradually;
use super::{Ui, focus, item, words};
use crate::app::{Kept, Undo, What};
use crate::messages::fill;

/// The list of data that can be restored, on the first screen.
#[component]
pub fn KeptList(ui: Ui) -> impl IntoView {
    let kept = ui.app().signals().kept.clone();
    let kept = Signal::from(kept);
    view! {
        <details class="deleted" data-kept hidden=move || kept.with(Vec::is_empty)>
            <summary>{ui.words().home_kept_title}</summary>
            <ul class="inspections">
                <Gradually each=kept key let(kept)>
                    <KeptView ui kept/>
                </Gradually>
            </ul>
        </details>
    }
}

fn key(kept: &Kept) -> String {
    let part = match &kept.what {
        What::Whole => "",
        What::Answer(item, _) => item.id.as_str(),
        What::Detail(detail) => detail.part(),
    };
    format!("{} {part}", kept.listed.id)
}

#[component]
fn KeptView(ui: Ui, kept: Kept) -> impl IntoView {
    let words = ui.words();
    let header = &kept.listed.header;
    let of = format!("{} · {}", header.unit.name, words::period(header.period, words));
    let what = match &kept.what {
        What::Whole => words.kept_inspection.to_owned(),
        What::Answer(_, number) => fill(words.kept_answer, &[("number", &number.to_string())]),
        What::Detail(detail) => {
            fill(words.kept_detail, &[("field", words::document_field(*detail, words))])
        }
    };
    let question = match &kept.what {
        What::Answer(item, _) => {
            let (text, language) = item.text.get(ui.language());
            Some(view! { <p lang=language.code()>{text.to_owned()}</p> })
        }
        What::Whole | What::Detail(_) => None,
    };
    let label = |verb: &str| format!("{verb}: {what}, {of}");
    let (take_label, let_go_label) = (label(words.kept_take_back), label(words.kept_let_go));
    let undo = StoredValue::new(kept.undo());
    let take_back = move |_| {
        let (app, undo) = (ui.app(), undo.get_value());
        leptos::task::spawn_local(async move {
            let item = undo.item().map(ToString::to_string);
            app.undo(undo).await;
            match item {
                Some(id) => item::bring_into_sight(ui, id),
                None => focus::keep(ui),
            }
        });
    };
    let asking = RwSignal::new(false);
    let text = fill(words.kept_let_go_text, &[("what", &what), ("of", &of)]);
    let text = StoredValue::new(text);
    let let_go = move || {
        let (app, undo): (_, Undo) = (ui.app(), undo.get_value());
        leptos::task::spawn_local(async move {
            app.let_go(&undo).await;
            focus::keep(ui);
        });
    };
    view! {
        <li class="inspection" data-kept-of=kept.listed.id.to_string()>
            <div class="inspection-text">
                <p class="inspection-unit">{what}</p>
                {question}
                <p>{of}</p>
            </div>
            <div class="buttons">
                <button type="button" class="button" data-action="take-back" aria-label=take_label on:click=take_back>
                    {words.kept_take_back}
                </button>
                <button type="button" class="button button-quiet" data-action="let-go" aria-label=let_go_label on:click=move |_| asking.set(true)>
                    {words.kept_let_go}
                </button>
            </div>
            {move || {
                asking.get().then(|| {
                    let (title, text) = (words.kept_let_go_title, text.get_value());
                    view! {
                        <Confirm ui name="let-go" title text go_label=words.kept_let_go danger=true asking go=let_go/>
                    }
                })
            }}
        </li>
    }
}
