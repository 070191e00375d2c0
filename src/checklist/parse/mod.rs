//! Reading the text of a file into an always valid checklist, or every problem in it.

use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::wire::{RawArea, RawChecklist, RawItem, RawNote, RawQuestion, RawSource};
use super::{
    Area, AreaId, Checklist, ChecklistId, Digest, Fault, Item, ItemId, MAX_ITEMS, MAX_PARTS, Note,
    Problem, Question, QuestionId, Source, canonical_json,
};
use item::ItemReader;
use problems::Problems;

mod item;
mod names;
mod problems;
mod target;

impl Checklist {
    /// Reads the bytes of a checklist file.
    ///
    /// # Errors
    /// Returns every problem that was found, each with its place.
    pub fn from_bytes(file: &[u8]) -> Result<Self, Vec<Problem>> {
        match std::str::from_utf8(file) {
            Ok(file) => Self::parse(file),
            Err(_) => Err(vec![Problem::new("", Fault::NotText)]),
        }
    }

    /// Reads a checklist file.
    ///
    /// # Errors
    /// Returns every problem that was found, each with its place.
    pub fn parse(file: &str) -> Result<Self, Vec<Problem>> {
        // Some editors put a byte order mark in front.
        let file = file.strip_prefix('\u{feff}').unwrap_or(file);
        match serde_json::from_str(file) {
            Ok(definition) => Self::from_definition(definition),
            Err(error) => Err(vec![Problem::new("", not_json(file, &error))]),
        }
    }

    /// Reads a checklist from parsed JSON, such as the definition inside a report.
    ///
    /// # Errors
    /// Returns every problem that was found, each with its place.
    pub fn from_definition(definition: Value) -> Result<Self, Vec<Problem>> {
        let problems = Problems::default();
        let checklist = read_checklist(&definition, &problems);
        let mut problems = problems.into_found();
        match checklist {
            Some(parts) if problems.is_empty() => {
                let digest = canonical_json(&definition).map(|bytes| Digest::of(&bytes));
                let digest = digest.map_err(|_| vec![Problem::new("", Fault::Unreadable)])?;
                Ok(Self { definition, digest, ..parts })
            }
            _ => {
                for problem in &mut problems {
                    problem.names = names::on_the_way(&problem.pointer, &definition);
                }
                Err(problems)
            }
        }
    }
}

impl Item {
    /// Reads one item by itself, as defined in the file of a checklist that is not at hand. Its
    /// area and its question are assumed to be in that file.
    ///
    /// # Errors
    /// Returns every problem that was found, each with its place in the item.
    pub fn from_definition(definition: &Value) -> Result<Self, Vec<Problem>> {
        let problems = Problems::default();
        let item = problems.shape::<RawItem>("", definition).and_then(|raw| {
            let question = raw.when.as_ref().map(|when| &when.question);
            let area_ids = AreaId::new(&raw.area).into_iter().collect();
            let question_ids =
                question.and_then(|id| QuestionId::new(id).ok()).into_iter().collect();
            let pointer = String::new();
            let reader = ItemReader {
                problems: &problems,
                pointer,
                area_ids: &area_ids,
                question_ids: &question_ids,
            };
            reader.item(raw)
        });
        let problems = problems.into_found();
        item.filter(|_| problems.is_empty()).ok_or(problems)
    }
}

/// Returns the fault of a file that is not JSON. Its column counts characters, as editors do.
fn not_json(file: &str, error: &serde_json::Error) -> Fault {
    if error.is_eof() {
        return Fault::EndsEarly;
    }
    let line = file.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let before = line.as_bytes().get(..error.column()).unwrap_or(line.as_bytes());
    // Continuation bytes of a character begin with the bits 10.
    let column = before.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
    Fault::NotJson { line: error.line(), column }
}

/// Reads everything but the definition and its digest, which the caller has.
fn read_checklist(definition: &Value, problems: &Problems) -> Option<Checklist> {
    // The lists are read whatever is wrong with the file as a whole.
    let raw = problems.shape::<RawChecklist<Value, Value, Value>>("", definition);
    let head = raw.and_then(|raw| {
        let id = problems.id("/id", &raw.id, ChecklistId::new);
        let version = problems.string("/version", raw.version);
        let title = problems.text("/title", raw.title);
        let source = read_source(raw.source, problems);
        let note = raw.note.map(|note| read_note(note, problems));
        Some((id?, version?, title?, source?, note))
    });

    let mut area_ids = BTreeSet::new();
    let mut areas = Vec::new();
    problems.not_empty(definition, "areas");
    for (pointer, area) in problems.list::<RawArea>(definition, "areas", MAX_PARTS) {
        let id_pointer = format!("{pointer}/id");
        let id = problems.id(&id_pointer, &area.id, AreaId::new);
        if let Some(id) = &id {
            problems.unique(&id_pointer, id, &mut area_ids);
        }
        let title = problems.text(&format!("{pointer}/title"), area.title);
        areas.extend(id.zip(title).map(|(id, title)| Area { id, title }));
    }

    let mut question_ids = BTreeSet::new();
    let mut questions = Vec::new();
    for (pointer, question) in problems.list::<RawQuestion>(definition, "questions", MAX_PARTS) {
        let id_pointer = format!("{pointer}/id");
        let id = problems.id(&id_pointer, &question.id, QuestionId::new);
        if let Some(id) = &id {
            problems.unique(&id_pointer, id, &mut question_ids);
        }
        let text = problems.text(&format!("{pointer}/text"), question.text);
        questions.extend(id.zip(text).map(|(id, text)| Question { id, text }));
    }

    let mut item_ids = BTreeSet::new();
    let mut items: Vec<Arc<Item>> = Vec::new();
    problems.not_empty(definition, "items");
    for (pointer, raw) in problems.list::<RawItem>(definition, "items", MAX_ITEMS) {
        let reader =
            ItemReader { problems, pointer, area_ids: &area_ids, question_ids: &question_ids };
        if let Ok(id) = ItemId::new(&raw.id) {
            problems.unique(&reader.at("id"), &id, &mut item_ids);
        }
        items.extend(reader.item(raw).map(Arc::new));
    }

    let (id, version, title, source, note) = head?;
    // A note with a fault was reported as such.
    let note = note.flatten();
    let positions =
        items.iter().enumerate().map(|(position, item)| (item.id.clone(), position)).collect();
    Some(Checklist {
        id,
        version,
        title,
        source,
        note,
        areas,
        questions,
        items,
        positions,
        definition: Value::Null,
        digest: Digest::of(&[]),
    })
}

fn read_note(raw: RawNote, problems: &Problems) -> Option<Note> {
    let text = problems.text("/note/text", raw.text);
    let as_of = problems.date("/note/asOf", raw.as_of);
    Some(Note { text: text?, as_of: as_of? })
}

fn read_source(raw: RawSource, problems: &Problems) -> Option<Source> {
    Some(Source {
        issuer: problems.string("/source/issuer", raw.issuer)?,
        number: match raw.number {
            Some(number) => Some(problems.short("/source/number", number)?),
            None => None,
        },
        date: problems.short("/source/date", raw.date)?,
        subject: problems.short("/source/subject", raw.subject)?,
        addressees: problems.all_short("/source/addressees", raw.addressees)?,
        basis: problems.all_short("/source/basis", raw.basis)?,
        reference: raw.reference,
    })
}
