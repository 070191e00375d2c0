//! The items that a unit sees.

use serde::Deserialize;
use serde_json::{Value, json};
use tu_kiem_tra::checklist::{Checklist, Kind, builtin};

use crate::support::{cases, header_with, item_with};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    case: String,
    performers: Value,
    unit: String,
    when: Option<Value>,
    #[serde(default)]
    questions: serde_json::Map<String, Value>,
    applies: bool,
}

#[test]
fn performers_and_questions_decide() {
    for case in cases::<Case>("applicability.json") {
        let mut fields = json!({"performers": case.performers});
        if let Some(when) = case.when {
            fields["when"] = when;
        }
        let item = item_with("attested", &fields);
        let unit = json!({"name": "Phường 1", "type": case.unit});
        let header = header_with(&json!({"unit": unit, "questions": case.questions}));
        assert_eq!(header.applies(&item), case.applies, "{}", case.case);
    }
}

/// Returns the ids of the deadlines that a commune has to keep.
fn deadlines(checklist: &Checklist, questions: &Value) -> Vec<String> {
    let header = header_with(&json!({"period": "2023", "questions": questions}));
    let applying = checklist.items.iter().filter(|item| header.applies(item));
    let deadlines = applying.filter(|item| matches!(item.kind, Kind::Deadline { .. }));
    deadlines.map(|item| item.id.to_string()).collect()
}

/// Sa Đéc: 'was the unit inspected in 2023?' Its two deadlines exclude each other.
#[test]
fn in_sa_dec_the_answer_at_the_start_leaves_one_deadline() {
    let checklist = builtin("sa-dec-2023").unwrap().read().unwrap();
    let question = checklist.questions[0].id.to_string();
    assert_eq!(checklist.questions.len(), 1);
    let inspected = deadlines(&checklist, &json!({&question: true}));
    let not_inspected = deadlines(&checklist, &json!({&question: false}));
    let unknown = deadlines(&checklist, &json!({}));
    assert_eq!((inspected.len(), not_inspected.len(), unknown.len()), (1, 1, 2));
    assert_ne!(inspected, not_inspected);
}
