//! The wall between the page and the values that the browser passes to it: no value is cast without
//! a check.

use super::check;
use super::source::Source;

/// The files with unchecked casts, and the reasons why they are necessary. No event and no event's
/// target is among them.
const UNSEEN: &[(&str, &str)] = &[
    ("src/browser/archive.rs", "what our own other program made"),
    ("src/browser/download.rs", "a link that was just made, and a closure"),
    ("src/browser/fetch.rs", "what `fetch` and a body's reader give"),
    ("src/browser/listener.rs", "a closure is a function"),
    ("src/browser/locks.rs", "a closure is a function"),
    ("src/browser/picture.rs", "a closure is a function"),
    ("src/browser/print.rs", "a frame and a sheet that were just made, of the frame's own classes"),
    ("src/browser/share.rs", "a closure is a function"),
    ("src/browser/sight.rs", "a closure is a function"),
    ("src/browser/timer.rs", "a closure is a function"),
    ("src/browser/upload.rs", "what `fetch` gives"),
    ("src/storage/idb/connection.rs", "what opening a database gives, and closures"),
    ("src/view/stencil.rs", "a fragment's clone"),
];

/// Classes of events, of which a page's events need not be instances.
const CLASSES: &[&str] = &[
    "AnimationEvent",
    "ClipboardEvent",
    "CompositionEvent",
    "DragEvent",
    "FocusEvent",
    "InputEvent",
    "KeyboardEvent",
    "MouseEvent",
    "PointerEvent",
    "SubmitEvent",
    "TouchEvent",
    "WheelEvent",
];

#[test]
fn nothing_is_taken_unseen_for_what_it_should_be() {
    let rule = "what the browser gives is looked at (`dyn_into`, `Heard`); exceptions stand in tests/tidy/events.rs";
    let casts = ["unchecked_", "event_target", "on:target:", "Targeted<"];
    check(rule, &["src", "office/src"], |source| {
        let is_known = UNSEEN.iter().any(|(name, _)| *name == source.name);
        if is_known { Vec::new() } else { source.without_tests().containing(&casts) }
    });
}

#[test]
fn each_exception_is_one() {
    for (name, _) in UNSEEN {
        let source = Source::of(&super::root().join(name));
        assert!(!source.containing(&["unchecked_"]).is_empty(), "{name} is none any more");
    }
}

#[test]
fn no_event_is_of_a_class() {
    let words: Vec<String> = CLASSES.iter().map(|class| (*class).to_owned()).collect();
    check("an event has no class that can be relied on", &["src"], |source| source.uses(&words));
}

#[test]
fn the_page_hears_of_events_by_one_door() {
    let rule = "a handler that looks at its event is `heard(move |event| …)` or `by_person(…)`";
    check(rule, &["src/view"], |source| {
        if source.name == "src/view/heard.rs" {
            return Vec::new();
        }
        let mut findings = source.containing(&["|event|", "|event:", "|ev|", "|ev:", "|e|"]);
        let doors = ["heard(", "heard::<", "by_person("];
        findings.retain(|(_, line)| !doors.iter().any(|door| line.contains(door)));
        findings.extend(source.containing(&["event: web_sys", "event: leptos", "event: ev::"]));
        findings
    });
}
