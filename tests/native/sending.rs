//! The answers of servers to a report, as cases; the retries; and the stored state.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};
use tu_kiem_tra::upload::{
    Answer, Cause, Doubt, Failures, Outcome, State, Ticket, judge, left, patience, wish,
};

use crate::support::SMALL_REPORT;

const SHA: &str = "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c";

fn cases() -> Vec<Value> {
    let text = include_str!("../cases/answers.json");
    serde_json::from_str(text).expect("the cases are JSON")
}

/// Returns an outcome in the words of the cases.
fn in_words(outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Uploaded => json!({ "is": "uploaded" }),
        Outcome::Later { cause, wait } => json!({
            "is": "later",
            "wait": wait,
            "doubt": cause.doubt,
            "reason": cause.reason,
            "pace": if cause.looks_lasting() { "slow" } else { "quick" },
        }),
        Outcome::Unauthorized(_) => json!({ "is": "unauthorized" }),
        Outcome::Unconfirmed(doubt) => json!({ "is": serde_json::to_value(doubt).unwrap() }),
        Outcome::Refused { reason, .. } => json!({ "is": "refused", "reason": reason }),
    }
}

#[test]
fn answers() {
    for case in cases() {
        let body = case["body"]
            .as_str()
            .unwrap()
            .replace("SHA", SHA)
            .replace("CAPITALS", &SHA.to_uppercase());
        let answer = Answer {
            status: u16::try_from(case["status"].as_u64().unwrap()).unwrap(),
            retry_after: case["retryAfter"].as_u64().map(|seconds| u32::try_from(seconds).unwrap()),
            body,
        };
        let found = in_words(&judge(&answer, SHA));
        for member in ["is", "wait", "doubt", "reason", "pace"] {
            let found = found.get(member).unwrap_or(&Value::Null);
            assert_eq!(found, &case[member], "{}: {member}", case["name"]);
        }
    }
}

#[test]
fn a_long_reason_is_cut_where_a_letter_ends() {
    let answer = Answer { status: 400, retry_after: None, body: "ờ".repeat(5_000) };
    let Outcome::Refused { reason: Some(reason), .. } = judge(&answer, SHA) else {
        panic!("it is refused with a reason")
    };
    assert_eq!(reason, "ờ".repeat(300) + "…");
}

/// Returns the least and the longest pause before each next attempt, while they fail for one cause.
fn pauses(cause: &Cause) -> impl Iterator<Item = (f64, f64)> {
    let mut failures = Failures::default();
    std::iter::repeat_with(move || {
        failures.add(cause);
        (failures.pause(0.0), failures.pause(1.0))
    })
}

fn status(status: u16) -> Cause {
    Cause { status: Some(status), ..Cause::default() }
}

#[test]
fn pauses_grow_and_end() {
    let expected = [2, 4, 8, 16, 32, 64, 128, 256, 300, 300];
    for cause in [Cause::default(), status(503)] {
        for (number, (found, most)) in pauses(&cause).zip(expected).enumerate() {
            let most = f64::from(most) * 1_000.0;
            assert_eq!(found, (most / 2.0, most), "{number}");
        }
    }
    let most = Failures { count: u32::MAX, lasting: u32::MAX };
    assert_eq!(most.pause(1.0), 3_600_000.0);
    assert_eq!(Failures::default().pause(1.0), 0.0);
}

#[test]
fn what_looks_lasting_is_asked_less_often_and_for_ever() {
    let expected = [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600];
    for cause in [status(404), status(405), Cause { doubt: Some(Doubt::Page), ..Cause::default() }]
    {
        for (number, (found, most)) in pauses(&cause).zip(expected).enumerate() {
            let most = f64::from(most) * 1_000.0;
            assert_eq!(found, (most / 2.0, most), "{number}");
        }
    }
}

/// Behind one address, one of two servers may be reachable.
#[test]
fn causes_in_turns_begin_nothing_anew() {
    let mut failures = Failures::default();
    for cause in [status(404), status(503)].iter().cycle().take(40) {
        failures.add(cause);
    }
    assert_eq!(failures.pause(1.0), 300_000.0);
    // After a day without a network, the first page of a guest network costs no hour.
    let mut failures = Failures { count: 300, lasting: 0 };
    failures.add(&status(511));
    assert_eq!(failures.pause(1.0), 300_000.0);
}

#[test]
fn a_wish_is_followed_for_a_day_at_most_whatever_the_clock_says() {
    assert_eq!((wish(0), wish(120), wish(u32::MAX)), (0.0, 120_000.0, 86_400_000.0));
    for (not_before, now, expected) in [
        (5_000, 2_000, 3_000.0),
        (5_000, 5_000, 0.0),
        (5_000, 9_000, 0.0),
        // Set back by years.
        (2_000_000_000_000, 0, 86_400_000.0),
        (i64::MAX, i64::MIN, 86_400_000.0),
        (i64::MIN, i64::MAX, 0.0),
    ] {
        assert_eq!(left(not_before, now), expected, "{not_before} {now}");
    }
}

#[test]
fn patience_grows_with_the_report_and_with_failures() {
    assert_eq!(patience(0, 0), 60_000.0);
    assert_eq!(patience(1_000_000, 0), 110_000.0);
    assert_eq!(patience(1_000_000, 1), 220_000.0);
    assert_eq!(patience(0, u32::MAX), 480_000.0);
}

proptest! {
    /// Only the report's own digest is success, whatever the server says.
    #[test]
    fn only_the_digest_is_success(status in 0_u16..1000, body in ".{0,80}", retry_after: Option<u32>) {
        prop_assume!(!body.contains(SHA));
        let answer = Answer { status, retry_after, body };
        prop_assert_ne!(judge(&answer, SHA), Outcome::Uploaded);
    }

    #[test]
    fn a_pause_is_never_short_and_never_endless(
        count in 0..u32::MAX,
        lasting: u32,
        status: Option<u16>,
        chance in 0.0..1.0_f64,
    ) {
        let mut failures = Failures { count, lasting };
        failures.add(&Cause { status, ..Cause::default() });
        prop_assert!((1_000.0..=3_600_000.0).contains(&failures.pause(chance)));
    }
}

const NOW: &str = "2026-11-22T10:00:00.000+07:00";
const HERE: &str = "https://cong.example/nhan";

fn ticket(sha256: &str, before: Option<Ticket>) -> Ticket {
    Ticket::new(sha256.to_owned(), HERE.to_owned(), NOW.to_owned(), NOW.to_owned(), before)
}

#[test]
fn a_report_goes_by_itself_only_to_where_it_was_sent() {
    let here = ticket(SHA, None);
    assert!(here.is_for(HERE));
    assert!(!here.is_for("https://cong.example/nhan/"));
    assert!(!here.is_for("https://khac.example/nhan"));
    let held = here.clone().held();
    assert!(held.is_waiting() && !held.is_for(HERE) && !held.is_for(""));
    let again = Ticket { not_before: Some(1), ..held }.again("https://khac.example/".to_owned());
    assert!(again.is_for("https://khac.example/") && again.not_before.is_none());
    // A ticket that an older program stored has no address, and one that has an address keeps it.
    let text = format!(
        r#"{{"sha256":"{SHA}","updatedAt":"{NOW}","queuedAt":"{NOW}","state":{{"waiting":{{}}}}}}"#
    );
    assert!(!serde_json::from_str::<Ticket>(&text).unwrap().is_for(HERE));
    let mut uploaded = here;
    uploaded.settle(Outcome::Uploaded, NOW);
    assert_eq!(uploaded.clone().held(), uploaded);
}

#[test]
fn a_newer_report_does_not_forget_the_one_that_is_there() {
    let mut first = ticket(SHA, None);
    first.settle(Outcome::Uploaded, NOW);
    let second = ticket("2", Some(first.clone()));
    assert_eq!(second.delivered.as_deref(), Some(&first));
    // The second had not arrived yet when the third was sent.
    let mut third = ticket("3", Some(second));
    assert_eq!(third.delivered.as_deref(), Some(&first));
    third.settle(Outcome::Uploaded, NOW);
    let fourth = ticket("4", Some(third));
    let delivered = fourth.delivered.unwrap();
    assert_eq!((delivered.sha256.as_str(), &delivered.delivered), ("3", &None));
}

#[test]
fn only_the_very_report_fits_its_ticket() {
    let report = String::from_utf8(SMALL_REPORT.bytes().to_vec()).unwrap();
    let ticket = ticket(&SMALL_REPORT.sha256().to_string(), None);
    assert!(ticket.is_of(&report));
    let altered = report.replacen("Phường", "phường", 1);
    assert_ne!(altered, report);
    let cut = &report[..report.len() - 1];
    for other in [altered.as_str(), cut, "null", "", "{}", "[]", r#"{"integrity":{}}"#] {
        assert!(!ticket.is_of(other), "{other}");
    }
}

#[test]
fn tickets_are_stored_as_they_were() {
    let new = || ticket(SHA, None);
    let outcomes = [
        (Outcome::Uploaded, "uploaded", false, false),
        (Outcome::Later { cause: status(503), wait: Some(9) }, "waiting", true, true),
        (Outcome::Later { cause: Cause::default(), wait: None }, "waiting", true, true),
        (
            Outcome::Later {
                cause: Cause { doubt: Some(Doubt::Page), ..Cause::default() },
                wait: None,
            },
            "waiting",
            true,
            true,
        ),
        (Outcome::Unauthorized(419), "unauthorized", false, true),
        (Outcome::Unconfirmed(Doubt::OtherDigest), "unconfirmed", false, true),
        (
            Outcome::Refused { status: 422, reason: Some("Đã khóa".to_owned()) },
            "refused",
            false,
            true,
        ),
        (Outcome::Refused { status: 413, reason: None }, "refused", false, true),
    ];
    for (outcome, name, is_waiting, is_open) in outcomes {
        let mut ticket = new();
        assert!(ticket.is_waiting() && ticket.is_open());
        ticket.settle(outcome, NOW);
        assert_eq!(
            (ticket.state.name(), ticket.is_waiting(), ticket.is_open()),
            (name, is_waiting, is_open)
        );
        let text = serde_json::to_string(&ticket).unwrap();
        assert_eq!(serde_json::from_str::<Ticket>(&text).unwrap(), ticket, "{text}");
    }
    let waiting = serde_json::to_value(new()).unwrap();
    assert_eq!(waiting["state"], json!({ "waiting": {} }));
    // A newer program may know more states: an unknown one is not taken for another.
    assert!(
        serde_json::from_str::<Ticket>(
            r#"{"sha256":"","updatedAt":"","queuedAt":"","state":"lost"}"#
        )
        .is_err()
    );
    assert_eq!(new().state, State::Waiting(Cause::default()));
}

/// Earlier releases gave up on states that are retried now, and some of them may end by themselves.
#[test]
fn what_may_be_over_is_known() {
    for (state, expected) in [
        (json!({ "unauthorized": { "status": 401 } }), true),
        (json!({ "unconfirmed": { "doubt": "redirect" } }), true),
        (json!({ "unconfirmed": { "doubt": "page" } }), true),
        (json!({ "unconfirmed": { "doubt": "no-digest" } }), true),
        (json!({ "unconfirmed": { "doubt": "other-digest" } }), false),
        (json!({ "refused": { "status": 404 } }), true),
        (json!({ "refused": { "status": 405 } }), true),
        (json!({ "refused": { "status": 422, "reason": "Đã khóa" } }), false),
        (json!({ "waiting": { "status": 503 } }), false),
        (json!({ "uploaded": { "at": NOW } }), false),
        (json!("damaged"), false),
    ] {
        let read: State = serde_json::from_value(state.clone()).unwrap();
        assert_eq!(read.may_be_over(), expected, "{state}");
        assert_eq!(serde_json::to_value(read).unwrap(), state);
    }
}

/// Returns the statuses in the row of a guide's table with this state; `number` picks one of
/// several such rows.
fn statuses_of_guide(guide: &str, state: &str, number: usize) -> BTreeSet<u16> {
    let end = format!("| `{state}` |");
    let row = guide.lines().filter(|line| line.ends_with(&end)).nth(number).unwrap();
    let cell = row.split(" | ").next().unwrap();
    cell.split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter_map(|word| word.parse().ok())
        .collect()
}

#[test]
fn the_guides_say_what_becomes_of_each_status() {
    let all = |is_it: &dyn Fn(&Outcome) -> bool| -> BTreeSet<u16> {
        let outcome = |status| judge(&Answer { status, ..Answer::default() }, SHA);
        (400..=511).filter(|status| is_it(&outcome(*status))).collect()
    };
    let waits = |lasting: bool| move |outcome: &Outcome| matches!(outcome, Outcome::Later { cause, .. } if cause.looks_lasting() == lasting);
    for guide in
        [include_str!("../../docs/embedding.md"), include_str!("../../docs/embedding.en.md")]
    {
        // 5xx is there as such.
        let mut quick = all(&waits(false));
        quick.retain(|status| *status < 500);
        assert_eq!(statuses_of_guide(guide, "waiting", 0), quick);
        assert_eq!(statuses_of_guide(guide, "waiting", 1), all(&waits(true)));
        let unauthorized = all(&|outcome| matches!(outcome, Outcome::Unauthorized(_)));
        assert_eq!(statuses_of_guide(guide, "unauthorized", 0), unauthorized);
        let refused = all(&|outcome| matches!(outcome, Outcome::Refused { .. }));
        let named = statuses_of_guide(guide, "refused", 0);
        assert!(!named.is_empty() && named.is_subset(&refused), "{named:?}");
    }
}
