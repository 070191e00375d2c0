//! From the text of a file to a checklist that is always valid, or to every problem in it.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::shape::read_all;
use super::wire::{RawArea, RawChecklist, RawItem, RawQuestion, RawSource, RawText};
use super::{
    Area, AreaId, Checklist, ChecklistId, Digest, Fault, Item, ItemId, MAX_TEXT, NotAnId, Problem,
    Question, QuestionId, Source, Text, canonical_json, date_from_iso,
};
use item::ItemReader;

mod item;
mod names;
mod target;

impl Checklist {
    /// Reads the bytes of a checklist file.
    ///
    /// # Errors
    /// Every problem that was found, each with its place.
    pub fn from_bytes(file: &[u8]) -> Result<Self, Vec<Problem>> {
        match std::str::from_utf8(file) {
            Ok(file) => Self::parse(file),
            Err(_) => Err(vec![Problem::new("", Fault::NotText)]),
        }
    }

    /// Reads a checklist file.
    ///
    /// # Errors
    /// Every problem that was found, each with its place.
    pub fn parse(file: &str) -> Result<Self, Vec<Problem>> {
        // Some editors put a byte order mark in front.
        let file = file.strip_prefix('\u{feff}').unwrap_or(file);
        match serde_json::from_str(file) {
            Ok(definition) => Self::from_definition(definition),
            Err(error) => Err(vec![Problem::new("", not_json(file, &error))]),
        }
    }

    /// Reads a checklist from JSON that was parsed already, such as the one inside a report.
    ///
    /// # Errors
    /// Every problem that was found, each with its place.
    pub fn from_definition(definition: Value) -> Result<Self, Vec<Problem>> {
        let problems = Problems::default();
        let checklist = read_checklist(&definition, &problems);
        let mut problems = problems.found.into_inner();
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
    /// Reads one item by itself, as it stands in the file of a checklist that is not at hand. That
    /// its area and its question are in that file is taken for granted.
    ///
    /// # Errors
    /// Every problem that was found, each with its place in the item.
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
        let problems = problems.found.into_inner();
        item.filter(|_| problems.is_empty()).ok_or(problems)
    }
}

/// Where a file stops being JSON. Its column is told in characters, as editors count.
fn not_json(file: &str, error: &serde_json::Error) -> Fault {
    if error.is_eof() {
        return Fault::EndsEarly;
    }
    let line = file.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let before = line.as_bytes().get(..error.column()).unwrap_or(line.as_bytes());
    // Bytes that go on with a character begin with the bits 10.
    let column = before.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
    Fault::NotJson { line: error.line(), column }
}

/// Collects problems while reading goes on: a value that can't be read is `None`, and one of another
/// shape is blank.
#[derive(Default)]
struct Problems {
    found: RefCell<Vec<Problem>>,
    /// Those of shape. What stands at their places is not the file's.
    misshapen: RefCell<Vec<Problem>>,
}

impl Problems {
    /// Adds a fault, unless what it was found in is only a blank for something of another shape.
    fn add(&self, pointer: &str, fault: Fault) {
        if !self.is_misshapen(pointer) {
            self.found.borrow_mut().push(Problem::new(pointer, fault));
        }
    }

    fn keep<T>(&self, pointer: &str, result: Result<T, Fault>) -> Option<T> {
        result.map_err(|fault| self.add(pointer, fault)).ok()
    }

    /// Whether the value at a place, or what it stands in, has another shape.
    fn is_misshapen(&self, pointer: &str) -> bool {
        self.misshapen.borrow().iter().any(|problem| problem.covers(pointer))
    }

    /// Whether anything inside the value at a place has another shape.
    fn is_misshapen_inside(&self, pointer: &str) -> bool {
        self.misshapen.borrow().iter().any(|problem| problem.is_within(pointer))
    }

    /// Reads a value's shape. Faults in it are added, each with its own place.
    fn shape<T: DeserializeOwned>(&self, pointer: &str, value: &Value) -> Option<T> {
        let (read, mut problems) = read_all(pointer, value);
        self.found.borrow_mut().extend(problems.iter().cloned());
        self.misshapen.borrow_mut().append(&mut problems);
        read
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
            self.add(&format!("/{name}"), Fault::EmptyList);
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
            Fault::Blank
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
    let head = raw.and_then(|raw| {
        let id = problems.id("/id", &raw.id, ChecklistId::new);
        let version = problems.string("/version", raw.version);
        let title = problems.text("/title", raw.title);
        let source = read_source(raw.source, problems);
        Some((id?, version?, title?, source?))
    });

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
    let mut items: Vec<Arc<Item>> = Vec::new();
    problems.not_empty(definition, "items");
    for (pointer, raw) in problems.list::<RawItem>(definition, "items") {
        let reader =
            ItemReader { problems, pointer, area_ids: &area_ids, question_ids: &question_ids };
        if let Ok(id) = ItemId::new(&raw.id) {
            problems.unique(&reader.at("id"), &id, &mut item_ids);
        }
        items.extend(reader.item(raw).map(Arc::new));
    }

    let (id, version, title, source) = head?;
    let positions =
        items.iter().enumerate().map(|(position, item)| (item.id.clone(), position)).collect();
    Some(Checklist {
        id,
        version,
        title,
        source,
        areas,
        questions,
        items,
        positions,
        definition: Value::Null,
        digest: Digest::of(&[]),
    })
}

fn read_source(raw: RawSource, problems: &Problems) -> Option<Source> {
    Some(Source {
        issuer: problems.string("/source/issuer", raw.issuer)?,
        number: raw.number,
        date: raw.date,
        subject: raw.subject,
        addressees: raw.addressees,
        basis: raw.basis,
    })
}
