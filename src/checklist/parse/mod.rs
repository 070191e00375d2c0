//! From the text of a file to a checklist that is always valid, or to every problem in it.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::shape::read_shape;
use super::wire::{RawArea, RawChecklist, RawItem, RawQuestion, RawText};
use super::{
    Area, AreaId, Checklist, ChecklistId, Digest, Fault, ItemId, MAX_TEXT, NotAnId, Problem,
    Question, QuestionId, Source, Text, canonical_json, date_from_iso,
};
use item::ItemReader;

mod item;

impl Checklist {
    /// Reads a checklist file.
    ///
    /// # Errors
    /// Every problem that was found, each with its place.
    pub fn parse(file: &str) -> Result<Self, Vec<Problem>> {
        match serde_json::from_str(file) {
            Ok(definition) => Self::from_definition(definition),
            Err(error) => {
                let fault = Fault::NotJson { line: error.line(), column: error.column() };
                Err(vec![Problem::new("", fault)])
            }
        }
    }

    /// Reads a checklist from JSON that was parsed already, such as the one inside a report.
    ///
    /// # Errors
    /// Every problem that was found, each with its place.
    pub fn from_definition(definition: Value) -> Result<Self, Vec<Problem>> {
        let problems = Problems::default();
        let checklist = read_checklist(&definition, &problems).and_then(|parts| {
            let digest = canonical_json(&definition).ok().map(|bytes| Digest::of(&bytes))?;
            Some(Self { definition, digest, ..parts })
        });
        match (checklist, problems.0.into_inner()) {
            (Some(checklist), problems) if problems.is_empty() => Ok(checklist),
            (_, problems) => Err(problems),
        }
    }
}

/// Collects problems while reading goes on: a value that can't be read is `None`.
#[derive(Default)]
struct Problems(RefCell<Vec<Problem>>);

impl Problems {
    fn add(&self, pointer: &str, fault: Fault) {
        self.0.borrow_mut().push(Problem::new(pointer, fault));
    }

    fn keep<T>(&self, pointer: &str, result: Result<T, Fault>) -> Option<T> {
        result.map_err(|fault| self.add(pointer, fault)).ok()
    }

    /// Reads a value's shape; the first fault in it is added with its own place.
    fn shape<T: DeserializeOwned>(&self, pointer: &str, value: &Value) -> Option<T> {
        read_shape(pointer, value)
            .map_err(|error| self.add(&error.pointer, Fault::Shape(error.words)))
            .ok()
    }

    /// Reads the elements of one of the file's lists, each with its place. Each is read by itself,
    /// so that a fault in one hides none in the others.
    fn list<T: DeserializeOwned>(&self, definition: &Value, name: &str) -> Vec<(String, T)> {
        let elements = definition.get(name).and_then(Value::as_array).into_iter().flatten();
        let places = (0..).map(|index: usize| format!("/{name}/{index}"));
        let read = |(pointer, value): (String, &Value)| {
            let element = self.shape(&pointer, value)?;
            Some((pointer, element))
        };
        places.zip(elements).filter_map(read).collect()
    }

    fn not_empty(&self, definition: &Value, name: &str) {
        if definition.get(name).and_then(Value::as_array).is_some_and(Vec::is_empty) {
            self.add(&format!("/{name}"), Fault::TooShort);
        }
    }

    fn id<I>(&self, pointer: &str, text: &str, new: fn(&str) -> Result<I, NotAnId>) -> Option<I> {
        self.keep(pointer, new(text).map_err(|NotAnId(text)| Fault::NotAnId(text)))
    }

    fn unique<I: Ord + Clone + ToString>(&self, pointer: &str, id: &I, seen: &mut BTreeSet<I>) {
        if !seen.insert(id.clone()) {
            self.add(pointer, Fault::Duplicate(id.to_string()));
        }
    }

    fn string(&self, pointer: &str, text: String) -> Option<String> {
        let fault = if text.trim().is_empty() {
            Fault::TooShort
        } else if text.len() > MAX_TEXT {
            Fault::TooLong
        } else {
            return Some(text);
        };
        self.add(pointer, fault);
        None
    }

    fn text(&self, pointer: &str, raw: RawText) -> Option<Text> {
        let vi = self.string(&format!("{pointer}/vi"), raw.vi);
        let en = raw.en.map(|en| self.string(&format!("{pointer}/en"), en));
        Some(Text::new(vi?, en.flatten()))
    }

    fn date(&self, pointer: &str, text: String) -> Option<NaiveDate> {
        self.keep(pointer, date_from_iso(&text).ok_or(Fault::NotADate(text)))
    }
}

/// Everything but the definition and its digest, which the caller has.
fn read_checklist(definition: &Value, problems: &Problems) -> Option<Checklist> {
    // Whatever is wrong with the file as a whole, its lists are looked at all the same.
    let raw = problems.shape::<RawChecklist<Value, Value, Value>>("", definition);

    let mut area_ids = BTreeSet::new();
    let mut areas = Vec::new();
    problems.not_empty(definition, "areas");
    for (pointer, area) in problems.list::<RawArea>(definition, "areas") {
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
    for (pointer, question) in problems.list::<RawQuestion>(definition, "questions") {
        let id_pointer = format!("{pointer}/id");
        let id = problems.id(&id_pointer, &question.id, QuestionId::new);
        if let Some(id) = &id {
            problems.unique(&id_pointer, id, &mut question_ids);
        }
        let text = problems.text(&format!("{pointer}/text"), question.text);
        questions.extend(id.zip(text).map(|(id, text)| Question { id, text }));
    }

    let mut item_ids = BTreeSet::new();
    let mut items = Vec::new();
    problems.not_empty(definition, "items");
    for (pointer, raw) in problems.list::<RawItem>(definition, "items") {
        let reader =
            ItemReader { problems, pointer, area_ids: &area_ids, question_ids: &question_ids };
        if let Ok(id) = ItemId::new(&raw.id) {
            problems.unique(&reader.at("id"), &id, &mut item_ids);
        }
        items.extend(reader.item(raw).map(Arc::new));
    }

    let raw = raw?;
    let id = problems.id("/id", &raw.id, ChecklistId::new);
    let version = problems.string("/version", raw.version);
    let title = problems.text("/title", raw.title);
    let issuer = problems.string("/source/issuer", raw.source.issuer);
    Some(Checklist {
        id: id?,
        version: version?,
        title: title?,
        source: Source {
            issuer: issuer?,
            number: raw.source.number,
            date: raw.source.date,
            subject: raw.source.subject,
            addressees: raw.source.addressees,
            basis: raw.source.basis,
        },
        areas,
        questions,
        items,
        definition: Value::Null,
        digest: Digest::of(&[]),
    })
}
