//! The invariants, whichever call of storage fails.

use std::collections::BTreeMap;

use serde_json::Value;

use super::action::{Action, Promise};
use super::contents::{Contents, Stored};

/// The result of an action while storage failed.
#[derive(Clone, Debug)]
pub struct Run {
    /// The call that failed first. It is empty if the action made fewer calls.
    pub struck: String,
    /// The number of calls, and of those that failed.
    pub calls: u64,
    pub failed: u64,
    pub told: Told,
    /// Whether the page said in the end that everything is saved.
    pub is_saved: bool,
    /// Whether the program had stopped.
    pub has_stopped: bool,
    /// The acknowledged revisions, by the record's key.
    pub acknowledged: BTreeMap<String, u64>,
    pub contents: Contents,
}

/// The outcome of an action as a person or a host was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Done,
    /// The reason.
    Refused(String),
    /// Nothing yet, or the page ended earlier.
    Nothing,
    /// Nothing, after any wait.
    Never,
}

/// Returns all violations. `before` has the initial contents, and `done` those after the action
/// without a fault.
pub fn violations(action: Action, before: &Contents, done: &Contents, run: &Run) -> Vec<String> {
    let mut all = wholeness(action, before, done, run);
    if run.told == Told::Never {
        all.push("neither done nor refused".to_owned());
    }
    if run.has_stopped {
        all.push("the program stopped".to_owned());
    }
    let settled = &run.contents.settled;
    all.extend(headers_without_checklist(settled));
    all.extend(names_without_bytes(settled));
    if action != Action::Erase {
        all.extend(fallen(before, run));
        all.extend(unacknowledged(action, run));
    }
    all.iter().map(|violation| without_ids(violation)).collect()
}

/// Returns a text with its ids, which are random, replaced by `new`.
fn without_ids(text: &str) -> String {
    let is_id = |word: &&str| word.len() == 36 && word.matches('-').count() == 4;
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-');
    words.filter(is_id).fold(text.to_owned(), |text, id| text.replace(id, "new"))
}

/// Checks that the action is atomic: nothing if it was refused, everything if it was said to be
/// done.
fn wholeness(action: Action, before: &Contents, done: &Contents, run: &Run) -> Vec<String> {
    let is = run.contents.pieces(before, action);
    let (old, new) = (before.pieces(before, action), done.pieces(before, action));
    let promised = match action.promise() {
        Promise::Told => run.told == Told::Done,
        Promise::Saved => run.told == Told::Done && run.is_saved,
    };
    let mut all = Vec::new();
    match &run.told {
        _ if promised && is != new => {
            all.push(format!("said to be done, but {}", compared(&is, &old, &new)));
        }
        Told::Refused(_) if action.is_finished_later() && is == new => {}
        Told::Refused(_) if !action.goes_by_inspection() && is != old => {
            all.push(format!("refused, but {}", compared(&is, &old, &new)));
        }
        _ if is == old || is == new => {}
        _ if action.goes_by_inspection() => {
            let is_neither = |name: &&String| {
                let piece = is.get(*name);
                piece != old.get(*name) && piece != new.get(*name)
            };
            let keys = is.keys().chain(old.keys()).chain(new.keys());
            let mut broken: Vec<_> = keys.filter(is_neither).cloned().collect();
            broken.dedup();
            if !broken.is_empty() {
                all.push(format!("neither whole nor as before: {}", broken.join(", ")));
            }
        }
        _ => all.push(format!("in part: {}", compared(&is, &old, &new))),
    }
    all
}

/// Describes which pieces are as before, which as intended, and which neither.
fn compared(
    is: &BTreeMap<String, Value>,
    old: &BTreeMap<String, Value>,
    new: &BTreeMap<String, Value>,
) -> String {
    let mut told = BTreeMap::new();
    for name in is.keys().chain(old.keys()).chain(new.keys()) {
        let (is, old, new) = (is.get(name), old.get(name), new.get(name));
        let what = match () {
            () if old == new && is == new => continue,
            () if is == new => "as wanted",
            () if is == old && is.is_none() => "not there",
            () if is == old => "as before",
            () if is.is_none() => "gone",
            () if is.and_then(|is| is.get("error")).is_some() => "damaged",
            () => "neither",
        };
        told.insert(name, what);
    }
    told.iter().map(|(name, what)| format!("{name}: {what}")).collect::<Vec<_>>().join("; ")
}

fn headers_without_checklist(settled: &Stored) -> Vec<String> {
    let checklists: Vec<&str> = settled.entries("checklists").map(|(key, _)| key).collect();
    let lacking = settled.records("overviews").filter(|(_, record)| {
        let sha256 = record.pointer("/body/checklist/sha256").and_then(Value::as_str);
        sha256.is_some_and(|sha256| !checklists.contains(&sha256))
    });
    lacking.map(|(key, _)| format!("no checklist for {key}")).collect()
}

/// Returns evidence without bytes that a record or a restorable version names.
fn names_without_bytes(settled: &Stored) -> Vec<String> {
    let mut all = Vec::new();
    for store in ["items", "kept"] {
        for (key, record) in settled.records(store) {
            let inspection = key.split('/').next().unwrap_or_default();
            let evidence = record.pointer("/body/evidence").and_then(Value::as_array);
            for one in evidence.into_iter().flatten() {
                let sha256 = one.get("sha256").and_then(Value::as_str).unwrap_or_default();
                let wanted = format!("{inspection}/{sha256}");
                let bytes = settled.entries("attachments").find(|(key, _)| *key == wanted);
                if bytes.map(|(_, bytes)| bytes) != one.get("size") {
                    all.push(format!("no bytes for a name in {store} {key}"));
                }
            }
        }
    }
    all
}

/// Returns the present records with a revision lower than before.
fn fallen(before: &Contents, run: &Run) -> Vec<String> {
    let (earlier, now) = (before.settled.revisions(), run.contents.settled.revisions());
    let left = run.contents.left.revisions();
    let mut all = Vec::new();
    for (key, is) in &now {
        let was = earlier.get(key).max(left.get(key)).copied().unwrap_or(0);
        if *is < was {
            all.push(format!("the stamp of {key} fell from {was} to {is}"));
        }
    }
    all
}

/// Returns the records announced by `tkt-saved` that are missing, unless their inspection was to be
/// removed.
fn unacknowledged(action: Action, run: &Run) -> Vec<String> {
    let now = run.contents.settled.revisions();
    let missing = run.acknowledged.iter().filter(|(key, revision)| {
        action != Action::Purge && now.get(key.as_str()).copied().unwrap_or(0) < **revision
    });
    missing.map(|(key, revision)| format!("{key} {revision} was said to be saved")).collect()
}
