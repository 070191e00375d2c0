//! What servers answer to a report, as cases; when it is tried again; what is kept of it.

use proptest::prelude::*;
use serde_json::{Value, json};
use tu_kiem_tra::upload::{Answer, Doubt, Outcome, State, Ticket, judge, pause};

const SHA: &str = "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c";

fn cases() -> Vec<Value> {
    let text = include_str!("../cases/answers.json");
    serde_json::from_str(text).expect("the cases are JSON")
}

/// An outcome in the words of the cases.
fn in_words(outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Uploaded => json!({ "is": "uploaded" }),
        Outcome::Later { wait, .. } => json!({ "is": "later", "wait": wait }),
        Outcome::Unauthorized(_) => json!({ "is": "unauthorized" }),
        Outcome::Unconfirmed(doubt) => json!({ "is": serde_json::to_value(doubt).unwrap() }),
        Outcome::Refused { reason, .. } => json!({ "is": "refused", "reason": reason }),
    }
}

#[test]
fn answers() {
    for case in cases() {
        let body = case["body"].as_str().unwrap().replace("SHA", SHA);
        let answer = Answer {
            status: u16::try_from(case["status"].as_u64().unwrap()).unwrap(),
            retry_after: case["retryAfter"].as_u64().map(|seconds| u32::try_from(seconds).unwrap()),
            body,
        };
        let found = in_words(&judge(&answer, SHA));
        assert_eq!(found["is"], case["is"], "{}", case["name"]);
        assert_eq!(found.get("wait").unwrap_or(&Value::Null), &case["wait"], "{}", case["name"]);
        let reason = found.get("reason").unwrap_or(&Value::Null);
        assert_eq!(reason, &case["reason"], "{}", case["name"]);
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

#[test]
fn pauses_grow_and_end() {
    let least = |failures| pause(failures, None, 0.0);
    let most = |failures| pause(failures, None, 1.0);
    let expected =
        [1_000.0, 2_000.0, 4_000.0, 8_000.0, 16_000.0, 32_000.0, 64_000.0, 128_000.0, 150_000.0];
    for (failures, expected) in (1..).zip(expected) {
        assert_eq!((least(failures), most(failures)), (expected, expected * 2.0), "{failures}");
    }
    assert_eq!(most(u32::MAX), 300_000.0);
    // What the server wants is the least, but a day at most.
    assert_eq!(pause(1, Some(120), 0.0), 121_000.0);
    assert_eq!(pause(1, Some(u32::MAX), 0.0), 86_401_000.0);
    assert_eq!(pause(1, Some(0), 0.0), 1_000.0);
}

proptest! {
    /// Nothing but the very digest is success, whatever the server says.
    #[test]
    fn only_the_digest_is_success(status in 0_u16..1000, body in ".{0,80}", retry_after: Option<u32>) {
        prop_assume!(!body.contains(SHA));
        let answer = Answer { status, retry_after, body };
        prop_assert_ne!(judge(&answer, SHA), Outcome::Uploaded);
    }

    #[test]
    fn a_pause_is_never_short_and_never_endless(failures: u32, wait: Option<u32>, chance in 0.0..1.0_f64) {
        let pause = pause(failures, wait, chance);
        prop_assert!(pause >= 1_000.0 && pause >= f64::from(wait.unwrap_or(0).min(86_400)) * 1_000.0);
        prop_assert!(pause <= 86_400_000.0 + 300_000.0);
    }
}

#[test]
fn tickets_are_stored_as_they_were() {
    let now = "2026-11-22T10:00:00.000+07:00";
    let new = || Ticket::new(SHA.to_owned(), now.to_owned(), now.to_owned());
    let outcomes = [
        (Outcome::Uploaded, "uploaded", false, false),
        (Outcome::Later { status: Some(503), wait: Some(9) }, "waiting", true, true),
        (Outcome::Later { status: None, wait: None }, "waiting", true, true),
        (Outcome::Unauthorized(419), "unauthorized", false, true),
        (Outcome::Unconfirmed(Doubt::NotJson), "unconfirmed", false, true),
        (
            Outcome::Refused { status: 422, reason: Some("Đã khóa".to_owned()) },
            "refused",
            false,
            true,
        ),
        (Outcome::Refused { status: 404, reason: None }, "refused", false, true),
    ];
    for (outcome, name, is_waiting, is_open) in outcomes {
        let mut ticket = new();
        assert!(ticket.is_waiting() && ticket.is_open());
        ticket.settle(outcome, now);
        assert_eq!(
            (ticket.state.name(), ticket.is_waiting(), ticket.is_open()),
            (name, is_waiting, is_open)
        );
        let text = serde_json::to_string(&ticket).unwrap();
        assert_eq!(serde_json::from_str::<Ticket>(&text).unwrap(), ticket, "{text}");
    }
    let waiting = serde_json::to_value(new()).unwrap();
    assert_eq!(waiting["state"], json!({ "waiting": {} }));
    // A newer program may know more of it: that is not taken for less.
    assert!(
        serde_json::from_str::<Ticket>(
            r#"{"sha256":"","updatedAt":"","queuedAt":"","state":"lost"}"#
        )
        .is_err()
    );
    assert!(matches!(new().state, State::Waiting { status: None }));
}
