//! Reading one item, with the fields of its kind.

use std::collections::BTreeSet;

use super::Problems;
use super::target::PRINTED;
use crate::checklist::wire::{
    RawCellType, RawColumn, RawConfidence, RawItem, RawKind, RawLegalNote, RawPart, RawText,
};
use crate::checklist::{
    AreaId, CellType, Column, ColumnId, Condition, Confidence, Fault, Figure, Item, ItemId, Kind,
    LegalNote, Part, PartId, QuestionId, RatioTarget, Text,
};

/// The cell type that decides whether a row passes.
const COUNTING: CellType = CellType::Check { counts: true };

/// A reader of one item, with its place and the ids that it may refer to.
pub(super) struct ItemReader<'a> {
    pub(super) problems: &'a Problems,
    pub(super) pointer: String,
    pub(super) area_ids: &'a BTreeSet<AreaId>,
    pub(super) question_ids: &'a BTreeSet<QuestionId>,
}

impl ItemReader<'_> {
    pub(super) fn at(&self, field: &str) -> String {
        format!("{}/{field}", self.pointer)
    }

    fn text(&self, field: &str, raw: Option<RawText>) -> Option<Text> {
        self.problems.text(&self.at(field), raw?)
    }

    /// Returns an identifier if a list of the file has it, and adds a fault otherwise.
    fn known<I: Ord + ToString>(
        &self,
        field: &str,
        id: Option<I>,
        (list, known): (&str, &BTreeSet<I>),
        fault: fn(String) -> Fault,
    ) -> Option<I> {
        let id = id?;
        if known.contains(&id) {
            return Some(id);
        }
        // A missing list was reported once, and is not reported again for each item.
        if !self.problems.is_misshapen(list) {
            self.problems.add(&self.at(field), fault(id.to_string()));
        }
        None
    }

    pub(super) fn item(&self, mut raw: RawItem) -> Option<Item> {
        let problems = self.problems;
        let fields_fit = self.check_fields(&raw);
        let kind = self.kind(&mut raw);
        let id = problems.id(&self.at("id"), &raw.id, ItemId::new);
        let area = problems.id(&self.at("area"), &raw.area, AreaId::new);
        let area = self.known("area", area, ("/areas", self.area_ids), Fault::UnknownArea);
        let text = self.text("text", Some(raw.text));
        let help = raw.help.map(|help| self.text("help", Some(help)));
        if raw.performers.is_empty() {
            problems.add(&self.at("performers"), Fault::EmptyList);
        }
        let when = raw.when.map(|when| {
            let pointer = "when/question";
            let question = problems.id(&self.at(pointer), &when.question, QuestionId::new);
            let known = ("/questions", self.question_ids);
            let question = self.known(pointer, question, known, Fault::UnknownQuestion)?;
            Some(Condition { question, is: when.is })
        });
        let legal: Vec<_> =
            raw.legal.into_iter().enumerate().filter_map(|(i, note)| self.legal(i, note)).collect();
        let clause = problems.string(&self.at("source/clause"), raw.source.clause);
        let addressee = problems.short(&self.at("addressee"), raw.addressee);
        fields_fit.then_some(())?;
        Some(Item {
            id: id?,
            area: area?,
            text: text?,
            help: help.flatten(),
            addressee: addressee?,
            performers: raw.performers,
            when: when.flatten(),
            clause: clause?,
            legal,
            kind: kind?,
        })
    }

    /// Checks that the item has the fields of its kind and no others.
    fn check_fields(&self, raw: &RawItem) -> bool {
        if self.problems.is_misshapen(&self.at("kind")) {
            // The fields that it needs are not known.
            return false;
        }
        let needed = raw.kind.fields();
        let mut fit = true;
        for (field, given) in raw.kind_fields() {
            let fault = match (needed.contains(&field), given) {
                (true, false) => Fault::MissingField(field),
                (false, true) => Fault::FieldOfOtherKind(field),
                _ => continue,
            };
            self.problems.add(&self.at(field), fault);
            fit = false;
        }
        fit
    }

    fn kind(&self, raw: &mut RawItem) -> Option<Kind> {
        Some(match raw.kind {
            RawKind::Attestation => Kind::Attestation,
            RawKind::Narrative => Kind::Narrative,
            RawKind::Ratio => {
                let numerator = self.text("numerator", raw.numerator.take());
                let denominator = self.text("denominator", raw.denominator.take());
                let target = self.ratio_target(raw.target.take()?);
                Kind::Ratio { numerator: numerator?, denominator: denominator?, target: target? }
            }
            RawKind::Count => {
                let label = self.text("label", raw.label.take());
                let target = raw.target.take()?;
                let pointer = self.at(&format!("target/{}", target.name()));
                let target = self.bound(target, Figure::Whole)?;
                if target.threshold.scale() > 0 {
                    let given = target.threshold.to_string();
                    let fault = Fault::BadNumber { given, wanted: Figure::Whole };
                    self.problems.add(&pointer, fault);
                    return None;
                }
                Kind::Count { label: label?, target }
            }
            RawKind::Quantity => {
                let label = self.text("label", raw.label.take());
                let unit = self.text("unit", raw.unit.take());
                let target = self.bound(raw.target.take()?, Figure::Decimal);
                Kind::Quantity { label: label?, unit: unit?, target: target? }
            }
            RawKind::Deadline => Kind::Deadline { due: self.due(raw.due.take()?)? },
            RawKind::Periodic => Kind::Periodic { every: raw.every? },
            RawKind::Roster => {
                let columns = self.columns(raw.columns.take()?);
                let target = self.ratio_target(raw.target.take()?)?;
                let RatioTarget::Fixed(target) = target else {
                    self.problems.add(&self.at("target/own"), Fault::BadComparator(&PRINTED));
                    return None;
                };
                Kind::Roster { columns: columns?, target }
            }
            RawKind::Parts => Kind::Parts { parts: self.parts(raw.parts.take()?)? },
        })
    }

    fn columns(&self, raw: Vec<RawColumn>) -> Option<Vec<Column>> {
        let mut seen = BTreeSet::new();
        let mut columns = Vec::new();
        let expected = raw.len();
        for (index, raw) in raw.into_iter().enumerate() {
            let id_field = self.at(&format!("columns/{index}/id"));
            let id = self.problems.id(&id_field, &raw.id, ColumnId::new);
            if let Some(id) = &id {
                self.problems.unique(&id_field, id, &mut seen);
            }
            let label = self.text(&format!("columns/{index}/label"), Some(raw.label));
            if raw.counts && raw.cell != RawCellType::Check {
                let pointer = self.at(&format!("columns/{index}/counts"));
                if !self.problems.is_misshapen(&self.at(&format!("columns/{index}/type"))) {
                    self.problems.add(&pointer, Fault::OnlyChecksCount);
                }
            }
            let cell = match raw.cell {
                RawCellType::Text => CellType::Text,
                RawCellType::Date => CellType::Date,
                RawCellType::Check => CellType::Check { counts: raw.counts },
            };
            columns.extend(id.zip(label).map(|(id, label)| Column { id, label, cell }));
        }
        // A column of another shape may have been meant to count.
        let readable = !self.problems.is_misshapen_inside(&self.at("columns"));
        if readable && !columns.iter().any(|column| column.cell == COUNTING) {
            self.problems.add(&self.at("columns"), Fault::NothingCounts);
        }
        (columns.len() == expected).then_some(columns)
    }

    fn parts(&self, raw: Vec<RawPart>) -> Option<Vec<Part>> {
        let mut seen = BTreeSet::new();
        let mut parts = Vec::new();
        let expected = raw.len();
        if expected < 2 {
            self.problems.add(&self.at("parts"), Fault::TooFewParts);
        }
        for (index, raw) in raw.into_iter().enumerate() {
            let id_field = self.at(&format!("parts/{index}/id"));
            let id = self.problems.id(&id_field, &raw.id, PartId::new);
            if let Some(id) = &id {
                self.problems.unique(&id_field, id, &mut seen);
            }
            let text = self.text(&format!("parts/{index}/text"), Some(raw.text));
            parts.extend(id.zip(text).map(|(id, text)| Part { id, text }));
        }
        (parts.len() == expected).then_some(parts)
    }

    fn legal(&self, index: usize, raw: RawLegalNote) -> Option<LegalNote> {
        let pointer = self.at(&format!("legal/{index}"));
        let cited = self.problems.short(&format!("{pointer}/cited"), raw.cited);
        let status = self.problems.text(&format!("{pointer}/status"), raw.status);
        let as_of = self.problems.date(&format!("{pointer}/asOf"), raw.as_of);
        let confidence = match raw.confidence {
            RawConfidence::A => Confidence::A,
            RawConfidence::B => Confidence::B,
            RawConfidence::C => Confidence::C,
        };
        Some(LegalNote { cited: cited?, status: status?, as_of: as_of?, confidence })
    }
}
