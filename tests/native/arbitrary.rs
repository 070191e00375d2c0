//! Inspections of every sort: some laid out by hand, and any that edits can produce.

use std::sync::{Arc, LazyLock};

use chrono::{Duration, NaiveDate};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, json};
use tu_kiem_tra::checklist::{
    BUILTIN, CellType, Checklist, Column, Decimal, Digest, Frequency, Item, Kind, Part, Performer,
};
use tu_kiem_tra::document::Details;
use tu_kiem_tra::inspection::{
    Cell, Choice, Edit, Entries, Entry, Evidence, EvidenceEdit, FindingEdit, FindingState, Header,
    Inspection, Media, PartState, Period, Row,
};

use crate::support::{a_year, day, header_with, small_checklist};

/// The small checklist and the built-in ones.
pub static CHECKLISTS: LazyLock<Vec<Arc<Checklist>>> = LazyLock::new(|| {
    let builtin = BUILTIN.iter().map(|builtin| Arc::new(builtin.read().unwrap()));
    std::iter::once(small_checklist()).chain(builtin).collect()
});

/// Returns an inspection with answers of every sort, in turn; `variant` shifts them.
pub fn mixed_inspection(checklist: &Arc<Checklist>, variant: usize) -> Inspection {
    let questions: Map<_, _> = checklist
        .questions
        .iter()
        .map(|question| (question.id.to_string(), json!(variant.is_multiple_of(2))))
        .collect();
    let unit = |kind| json!({"name": "Ủy ban nhân dân phường 1", "type": kind});
    let header = header_with(&match variant % 4 {
        0 => json!({"unit": unit("commune")}),
        1 => json!({
            "status": "completed", "completedAt": "2026-11-20T17:00:00+07:00", "asOf": "2026-11-20",
            "unit": unit("one-stop"), "questions": questions, "period": "2026-Q4"
        }),
        2 => json!({
            "status": "amended", "completedAt": "2022-10-01T00:00:00Z", "asOf": "2022-10-01",
            "unit": unit("council-office"), "questions": questions, "period": "2022",
            "superior": "", "inspectors": ["Lê Văn \"Tám\"", ""]
        }),
        _ => json!({
            "unit": {"name": "Phường 2", "code": "", "type": "commune"}, "questions": questions,
            "period": "2026-10-01/2026-12-31"
        }),
    });
    let items = checklist.items.iter().enumerate();
    let entries = items.filter_map(|(index, item)| {
        let mut entry = Entry::blank(&item.kind);
        for edit in mixed_edits(&item.kind, index + variant) {
            entry.apply(&item.kind, edit, a_year()).unwrap();
        }
        (!entry.is_blank()).then(|| (item.id.clone(), entry))
    });
    Inspection {
        header,
        checklist: checklist.clone(),
        entries: entries.collect(),
        earlier: Vec::new(),
        details: variant.is_multiple_of(2).then(|| Details {
            number: "05".to_owned(),
            general: "Dòng 1\nDòng 2".to_owned(),
            ..Details::default()
        }),
    }
}

fn mixed_edits(kind: &Kind, turn: usize) -> Vec<Edit> {
    let text = |text: &str| text.to_owned();
    let mut edits = match (kind, turn % 6) {
        (_, 0) => vec![],
        (Kind::Attestation, turn) => vec![Edit::Verdict(Choice::ALL[turn % 4])],
        (_, 1) => vec![Edit::NotApplicable(true), Edit::Reason(text("Không phát sinh"))],
        (Kind::Ratio { .. }, 2) => {
            vec![Edit::Numerator(text("24a")), Edit::Denominator(text("1,5"))]
        }
        (Kind::Ratio { .. }, 3) => vec![Edit::Numerator(text("0")), Edit::Denominator(text("0"))],
        (Kind::Ratio { .. }, 4) => vec![
            Edit::Numerator(text("9.007.199.254.740.990")),
            Edit::Denominator(text("9007199254740991")),
            Edit::Target(text("33,3")),
        ],
        (Kind::Ratio { .. }, _) => vec![Edit::Numerator(text("1")), Edit::Denominator(text("3"))],
        (Kind::Count { .. }, 2) => vec![Edit::Count(text("mười"))],
        (Kind::Count { .. }, turn) => {
            vec![Edit::Count((turn - 3).to_string()), Edit::Target(text("2"))]
        }
        (Kind::Quantity { .. }, 2) => vec![Edit::Quantity(text("4.5"))],
        (Kind::Quantity { .. }, turn) => vec![Edit::Quantity(format!("{turn},50"))],
        (Kind::Deadline { .. }, 2) => vec![Edit::Date(text("31/02/2022")), Edit::Due(text("mai"))],
        (Kind::Deadline { .. }, 3) => vec![Edit::NotYet(true)],
        (Kind::Deadline { .. }, 4) => vec![Edit::NotYet(true), Edit::Due(text("20/11/2026"))],
        (Kind::Deadline { .. }, _) => vec![Edit::Date(text("30/8/2022"))],
        (Kind::Periodic { .. }, 2) => vec![Edit::NoneOfThem, Edit::Every(Some(Frequency::Quarter))],
        (Kind::Periodic { every }, _) => {
            let parts = Period::parse("2026").unwrap().parts(*every);
            parts.into_iter().step_by(2).map(|period| Edit::DonePeriod(period, true)).collect()
        }
        (Kind::Parts { .. }, 2) => vec![Edit::NoneOfThem],
        (Kind::Parts { parts }, turn) => {
            let answered = parts.iter().take(turn - 2).enumerate();
            let states = [PartState::Done, PartState::NotArisen, PartState::NotDone];
            let part = |(index, part): (usize, &Part)| {
                Edit::Part(part.id.clone(), Some(states[index % 3]))
            };
            answered.map(part).collect()
        }
        (Kind::Roster { .. }, 2) => vec![Edit::AddRows(vec![Row::new(), Row::new()])],
        (Kind::Roster { columns, .. }, turn) => {
            vec![Edit::AddRows((3..turn + 4).map(|row| mixed_row(columns, row)).collect())]
        }
        (Kind::Narrative, _) => vec![Edit::Text(text("Dòng 1\n\tDòng 2 \u{1f4c4} \\ \""))],
    };
    if turn.is_multiple_of(3) {
        edits.push(Edit::Note(format!("Ghi chú {turn}")));
    }
    edits
}

fn mixed_row(columns: &[Column], turn: usize) -> Row {
    let cells = columns.iter().filter_map(|column| {
        let cell = match (column.cell, turn % 3) {
            (CellType::Text, _) => Cell::Text(format!("Thủ tục {turn}")),
            (CellType::Check { .. }, 0) => return None,
            (CellType::Check { .. }, turn) => Cell::Check(turn == 1),
            (CellType::Date, 0) => Cell::Text("hôm qua".to_owned()),
            (CellType::Date, _) => Cell::Date(day("2026-10-31")),
        };
        Some((column.id.clone(), cell))
    });
    cells.collect()
}

/// Generates texts that could be typed anywhere.
pub fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => "[0-9]{0,4}",
        2 => "[0-9]{1,3}(\\.[0-9]{3}){0,3}(,[0-9]{1,3})?",
        1 => "[0-3]?[0-9]/[01]?[0-9]/20[0-9]{2}",
        1 => "20[0-9]{2}-[01][0-9]-[0-3][0-9]",
        1 => select(vec!["", " ", "\u{a0}", "9007199254740991", "9007199254740992", "100", "100,1"])
            .prop_map(str::to_owned),
        2 => ".{0,20}",
    ]
}

pub fn days() -> impl Strategy<Value = NaiveDate> {
    let near = (0..4_000i64).prop_map(|days| day("2020-01-01") + Duration::days(days));
    let any = (0..400_000i64).prop_map(|days| day("1900-01-01") + Duration::days(days));
    prop_oneof![3 => near, 1 => any]
}

pub fn periods() -> impl Strategy<Value = Period> {
    prop_oneof![
        days().prop_map(Period::year_of),
        days().prop_map(Period::quarter_of),
        days().prop_map(Period::month_of),
        (days(), days()).prop_filter_map("a first day after the last", |(a, b)| {
            Period::parse(&format!("{}/{}", a.min(b), a.max(b)))
        }),
    ]
}

/// One edit, on an item that is chosen when it is carried out.
#[derive(Clone, Debug)]
pub struct Op {
    item: Index,
    field: usize,
    text: String,
    pick: Index,
    yes: bool,
    period: Period,
}

pub fn ops() -> impl Strategy<Value = Op> {
    let parts = (any::<Index>(), 0..40usize, typed(), any::<Index>(), any::<bool>(), periods());
    parts.prop_map(|(item, field, text, pick, yes, period)| Op {
        item,
        field,
        text,
        pick,
        yes,
        period,
    })
}

impl Op {
    /// Returns the item that it edits.
    pub fn item<'a>(&self, checklist: &'a Checklist) -> &'a Item {
        &checklist.items[self.item.index(checklist.items.len())]
    }

    /// Returns the edit: one that the fields of any item could send, mostly one of this item's.
    pub fn edit(&self, item: &Item) -> Edit {
        let text = self.text.clone();
        let own = match &item.kind {
            Kind::Attestation => 0,
            Kind::Ratio { .. } => [1, 2, 13][self.pick.index(3)],
            Kind::Count { .. } => [3, 13][self.pick.index(2)],
            Kind::Quantity { .. } => [4, 13][self.pick.index(2)],
            Kind::Deadline { .. } => [5, 6, 14][self.pick.index(3)],
            Kind::Periodic { .. } => [7, 7, 9, 22][self.pick.index(4)],
            Kind::Parts { .. } => [8, 9][self.pick.index(2)],
            Kind::Roster { .. } => [13, 16, 17, 17, 18, 21][self.pick.index(6)],
            Kind::Narrative => 10,
        };
        match if self.field < 23 { self.field } else { own } {
            0 => Edit::Verdict(Choice::ALL[self.pick.index(4)]),
            1 => Edit::Numerator(text),
            2 => Edit::Denominator(text),
            3 => Edit::Count(text),
            4 => Edit::Quantity(text),
            5 => Edit::Date(text),
            6 => Edit::NotYet(self.yes),
            7 => Edit::DonePeriod(self.period_of(item), self.yes),
            8 => Edit::Part(self.part(item), self.part_state()),
            9 => Edit::NoneOfThem,
            10 => Edit::Text(text),
            11 => Edit::NotApplicable(self.yes),
            12 => Edit::Reason(text),
            13 => Edit::Target(text),
            14 => Edit::Due(text),
            15 => Edit::Note(text),
            16 => {
                let (id, cell) = self.cell(item);
                Edit::Cell(self.pick.index(3), id, cell)
            }
            17 => Edit::AddRows(vec![Row::from([self.cell(item)]), Row::new()]),
            18 => Edit::RemoveRow(self.pick.index(4)),
            19 => Edit::Finding(self.finding()),
            20 => Edit::Evidence(self.evidence()),
            22 => Edit::Every(self.yes.then(|| Frequency::ALL[self.pick.index(2)])),
            _ => Edit::InsertRow(self.pick.index(9), Row::from([self.cell(item)])),
        }
    }

    fn evidence(&self) -> EvidenceEdit {
        let sha256 = Digest::of(&[u8::from(self.yes)]);
        let (name, caption) = (self.text.clone(), String::new());
        match self.pick.index(3) {
            0 => EvidenceEdit::Caption(sha256, name),
            1 => EvidenceEdit::Remove(sha256),
            _ => EvidenceEdit::Add(Evidence { sha256, media: Media::Jpeg, size: 1, name, caption }),
        }
    }

    fn finding(&self) -> FindingEdit {
        let text = self.text.clone();
        match self.pick.index(6) {
            0 => FindingEdit::Action(text),
            1 => FindingEdit::InCharge(text),
            2 => FindingEdit::Due(text),
            3 => FindingEdit::Done(text),
            4 => FindingEdit::Proof(text),
            _ => FindingEdit::State(FindingState::ALL[text.len() % 3]),
        }
    }

    fn period_of(&self, item: &Item) -> Period {
        match &item.kind {
            Kind::Periodic { every } if self.yes => {
                let every =
                    if self.text.len().is_multiple_of(3) { Frequency::Quarter } else { *every };
                let parts = self.period.parts(every);
                parts.first().copied().unwrap_or(self.period)
            }
            _ => self.period,
        }
    }

    fn part_state(&self) -> Option<PartState> {
        let states = [PartState::Done, PartState::NotDone, PartState::NotArisen];
        states.get(self.text.len() % 4).copied()
    }

    fn part(&self, item: &Item) -> tu_kiem_tra::checklist::PartId {
        match &item.kind {
            Kind::Parts { parts } => parts[self.pick.index(parts.len())].id.clone(),
            _ => tu_kiem_tra::checklist::PartId::new("phone").unwrap(),
        }
    }

    fn cell(&self, item: &Item) -> (tu_kiem_tra::checklist::ColumnId, Cell) {
        let text = self.text.clone();
        let Kind::Roster { columns, .. } = &item.kind else {
            return (tu_kiem_tra::checklist::ColumnId::new("name").unwrap(), Cell::Text(text));
        };
        let column = &columns[self.pick.index(columns.len())];
        let cell = match column.cell {
            CellType::Text => Cell::Text(text),
            CellType::Check { .. } => Cell::Check(self.yes),
            CellType::Date => Cell::from_typed_date(text, Some(a_year())),
        };
        (column.id.clone(), cell)
    }
}

pub fn headers() -> impl Strategy<Value = Header> {
    let units = (select(Performer::ALL.to_vec()), "\\PC{0,12}x", any::<bool>());
    (units, periods(), days(), 0..3usize, any::<u8>()).prop_map(
        |((kind, name, code), period, as_of, status, answers)| {
            let mut fields = json!({
                "unit": {"name": name, "type": kind},
                "period": period.to_string(),
                "inspectors": vec![name.clone(); usize::from(answers % 3)],
            });
            if code {
                fields["unit"]["code"] = json!(name);
                fields["superior"] = json!(name);
            }
            if status > 0 {
                fields["status"] = json!(["completed", "amended"][status - 1]);
                fields["completedAt"] = json!("2026-11-20T17:00:00.5+07:00");
                fields["asOf"] = json!(as_of.to_string());
            }
            header_with(&fields)
        },
    )
}

/// Generates inspections that edits produced.
pub fn inspections() -> impl Strategy<Value = Inspection> {
    let details = prop::option::of((typed(), typed()));
    let details = details.prop_map(|details| {
        details.map(|(number, signer)| Details { number, signer, ..Details::default() })
    });
    let parts = (any::<Index>(), headers(), any::<[Option<bool>; 2]>(), details);
    (parts, prop::collection::vec(ops(), 0..80)).prop_map(
        |((which, mut header, answers, details), ops)| {
            let checklist = CHECKLISTS[which.index(CHECKLISTS.len())].clone();
            let answered = checklist.questions.iter().zip(answers);
            let answered = answered.filter_map(|(question, yes)| Some((question.id.clone(), yes?)));
            header.questions = answered.collect();
            let mut entries = Entries::new();
            for op in ops {
                let item = op.item(&checklist);
                let entry =
                    entries.entry(item.id.clone()).or_insert_with(|| Entry::blank(&item.kind));
                // An edit without a field in the item changes nothing.
                _ = entry.apply(&item.kind, op.edit(item), a_year());
            }
            Inspection { header, checklist, entries, earlier: Vec::new(), details }
        },
    )
}

/// Compares two decimal texts of any length.
pub fn compare_decimals(left: &str, right: &str) -> std::cmp::Ordering {
    let parts = |text: &str| {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        (format!("{whole:0>40}"), format!("{fraction:0<40}"))
    };
    parts(left).cmp(&parts(right))
}

#[test]
fn decimals_compare_by_value() {
    use std::cmp::Ordering::{Equal, Greater, Less};
    for (left, right, order) in [
        ("96", "96.0", Equal),
        ("96.001", "96", Greater),
        ("9", "10", Less),
        ("0.1", "0.09", Greater),
    ] {
        assert_eq!(compare_decimals(left, right), order, "{left} {right}");
        let by_model = Decimal::parse(left).unwrap().cmp(&Decimal::parse(right).unwrap());
        assert_eq!(by_model, order, "{left} {right}");
    }
}
