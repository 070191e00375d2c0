//! The next period: what is carried over from an inspection, and what is not.

use serde_json::{Value, json};
use tu_kiem_tra::inspection::Carry;

use crate::support::{entries, header_with, periods, small_checklist};

/// Returns entries of all kinds, as they would be written.
fn before() -> Value {
    json!({
        "attested": {"answer": {"verdict": "not-met", "reason": "Thiếu máy"}, "note": "Hỏi lại tổ 3"},
        "share": {"answer": {"numerator": 24, "denominator": 25}},
        "own-share": {"answer": {"numerator": 1, "denominator": 3}, "own": {"target": "80"}},
        "report": {"answer": {"done": "2022-08-30"}, "own": {"due": "2022-12-15"}, "note": "Đã gửi"},
        "monthly": {"answer": {"donePeriods": ["2022-Q1"]}, "own": {"every": "quarter"}},
        "posted": {"answer": {"rows": [
            {"name": "Khai sinh", "desk": true, "website": true, "since": "2022-06-16"},
            {"desk": true},
        ], "notApplicable": true, "reason": "Chưa có"}},
        "proposals": {"answer": {"text": "Bổ sung máy quét"}},
    })
}

#[test]
fn answers_never_go_on() {
    let checklist = small_checklist();
    let before = entries(&checklist, &before());
    let rows = json!({"posted": {"answer": {"rows": [{"name": "Khai sinh"}]}}});
    let targets = json!({
        "own-share": {"own": {"target": "80"}},
        "report": {"own": {"due": "2023-12-15"}},
        "monthly": {"own": {"every": "quarter"}},
    });
    let notes = json!({"attested": {"note": "Hỏi lại tổ 3"}, "report": {"note": "Đã gửi"}});
    let nothing = json!({});
    for (carry, expected) in [
        (Carry { rows: true, targets: false, notes: false, findings: false }, &rows),
        (Carry { rows: false, targets: true, notes: false, findings: false }, &targets),
        (Carry { rows: false, targets: false, notes: true, findings: false }, &notes),
        (Carry { rows: false, targets: false, notes: false, findings: false }, &nothing),
    ] {
        let carried = carry.entries(&before, periods("2022", "2023"), &checklist, |_| false);
        assert_eq!(carried, entries(&checklist, expected), "{carry:?}");
    }
}

/// An own date has the same place in the next period. If that is no day of it, the date stays
/// behind.
#[test]
fn own_dates_move_on_with_the_period() {
    let checklist = small_checklist();
    for (from, to, due, moved) in [
        ("2025", "2026", "2025-06-30", Some("2026-06-30")),
        ("2025-Q4", "2026-Q1", "2025-11-30", Some("2026-02-28")),
        ("2025-12", "2026-01", "2025-12-31", Some("2026-01-31")),
        ("2024", "2025", "2024-02-29", Some("2025-02-28")),
        ("2025", "2026-Q1", "2025-06-30", None),
        ("2026", "2025", "2026-06-30", None),
        ("2025", "2026", "2026-01-15", None),
    ] {
        let before = entries(&checklist, &json!({"report": {"own": {"due": due}}}));
        let carried = Carry::default().entries(&before, periods(from, to), &checklist, |_| true);
        let expected = moved.map(|moved| json!({"report": {"own": {"due": moved}}}));
        let expected = entries(&checklist, &expected.unwrap_or_else(|| json!({})));
        assert_eq!(carried, expected, "{due} from {from} to {to}");
    }
}

#[test]
fn units_are_known_by_their_code_else_by_their_name() {
    let unit = |name: &str, code: Option<&str>| {
        let mut unit = json!({"name": name, "type": "commune"});
        if let Some(code) = code {
            unit["code"] = json!(code);
        }
        header_with(&json!({"unit": unit}))
    };
    for (one, other, same) in [
        (unit("Phường 1", None), unit(" phường 1 ", None), true),
        (unit("Phường 1", None), unit("Phường 2", None), false),
        (unit("UBND xã Hòa An", None), unit("UBND  xã Hoà An", None), true),
        (unit("Phường 1", Some("29551")), unit("UBND phường 1", Some("29551")), true),
        (unit("Phường 1", Some("29551")), unit("Phường 1", Some("29552")), false),
        (unit("Phường 1", Some("29551")), unit("Phường 1", None), true),
    ] {
        assert_eq!(one.is_of_same_unit(&other), same, "{:?} {:?}", one.unit, other.unit);
    }
}
