//! Vietnamese input methods: typing in the element's fields behaves, step by step, as in a plain
//! field outside of it. No letter is lost, no caret jumps, nothing is transformed.

mod fields;
mod methods;
mod together;

use anyhow::{Context, Result, ensure};
use browser_tests::{Control, Page, Setup, Stroke, Typed};
use serde_json::{Value, json};

use crate::support::sites::portal;
use methods::{FIGURES, Method, WORDS, unikey};

/// The plain fields are the reference: no script listens to them.
const PLAIN: &str = r#"<p><input id="plain-input"> <textarea id="plain-textarea"></textarea></p>"#;

/// A portal with plain fields beside the element.
fn beside_plain_fields(tag: &str) -> Result<Setup> {
    portal(&format!("{PLAIN}{tag}"))
}

/// The place of typing in a text.
#[derive(Clone, Copy, Debug)]
struct Place {
    name: &'static str,
    before: &'static str,
    selected: &'static str,
    after: &'static str,
}

const PLACES: [Place; 3] = [
    Place { name: "at the end", before: "Xã ", selected: "", after: "" },
    Place { name: "in the middle", before: "Xã ", selected: "", after: " Mỹ Lệ" },
    Place { name: "over a selection", before: "Xã ", selected: "Ấp", after: " Mỹ Lệ" },
];

/// A field to type into: one of the element's, or a plain one.
#[derive(Clone, Debug)]
enum Target<'a> {
    Plain(&'a str),
    Ours(Control),
}

impl Target<'_> {
    /// Focuses the field and sets this text and this selection.
    async fn prepare(&self, page: &Page, place: Place) -> Result<u32> {
        match self {
            Self::Plain(kind) => {
                let script = "
                    const field = document.querySelector(`#plain-${given}`);
                    field.focus();
                    field.select();
                ";
                page.evaluate(script, json!(kind)).await?;
            }
            Self::Ours(control) => {
                control.on_element("place.focus(); place.select();", Value::Null).await?;
            }
        }
        let text = [place.before, place.selected, place.after].concat();
        page.stroke(Stroke::Commit(&text)).await?;
        let start = units(place.before)?;
        page.stroke(Stroke::Select(start, start + units(place.selected)?)).await?;
        Ok(start)
    }
}

/// Returns the length of a text as the page counts it.
fn units(text: &str) -> Result<u32> {
    Ok(u32::try_from(text.encode_utf16().count())?)
}

/// Returns the state of a field after each stroke. Fails at the first state that differs from that
/// of a plain field.
async fn steps(
    page: &Page,
    target: &Target<'_>,
    place: Place,
    method: Method,
    plain: Option<&[Typed]>,
) -> Result<Vec<Typed>> {
    let start = target.prepare(page, place).await?;
    let mut steps = Vec::new();
    for (index, stroke) in (method.strokes)(start).into_iter().enumerate() {
        let typed = page.stroke(stroke).await?;
        if let Some(expected) = plain.and_then(|plain| plain.get(index)) {
            ensure!(typed == *expected, "{stroke:?}: {typed:?}, in a plain field {expected:?}");
        }
        steps.push(typed);
    }
    Ok(steps)
}

/// Types in every way and at every place. Fails at the first step after which a field of the
/// element differs from a plain one of its kind (`input` or `textarea`).
async fn compare(page: &Page, kind: &str, fields: &[Control]) -> Result<()> {
    let figures: &[Method] = if kind == "input" { &FIGURES } else { &[] };
    for place in PLACES {
        for method in WORDS.iter().chain(figures).copied() {
            let plain = steps(page, &Target::Plain(kind), place, method, None).await?;
            let last = plain.last().map(|typed| typed.value.as_str()).unwrap_or_default();
            let expected = [place.before, method.typed, place.after].concat();
            // Otherwise the input method would not be active.
            ensure!(last == expected, "{}: {last:?} in a plain field", method.name);
            for field in fields {
                steps(page, &Target::Ours(field.clone()), place, method, Some(&plain))
                    .await
                    .with_context(|| format!("{field}: {}, {}", method.name, place.name))?;
            }
        }
        quickly(page, kind, fields, place).await?;
    }
    Ok(())
}

/// Compares the fields with an input method that presses its keys without a pause.
async fn quickly(page: &Page, kind: &str, fields: &[Control], place: Place) -> Result<()> {
    Target::Plain(kind).prepare(page, place).await?;
    let plain = page.type_quickly(&unikey()).await?;
    let last = plain.last().context("something was typed")?;
    let text = [place.before, "tiếng ", place.after].concat();
    ensure!(last.value == text, "the plain field has {last:?}");
    for field in fields {
        Target::Ours(field.clone()).prepare(page, place).await?;
        let seen = page.type_quickly(&unikey()).await?;
        ensure!(plain == seen, "{field}, {}:\n{plain:?}\n{seen:?}", place.name);
    }
    Ok(())
}
