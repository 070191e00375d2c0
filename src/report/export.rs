//! Writing a report: judging an inspection as of a day, and making the bytes of the file.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;

use super::sealed::{canonical, integrity_of};
use super::wire::{
    RawAreaSummary, RawComputed, RawGenerator, RawReport, RawReportChecklist, RawReportItem,
    RawSummary,
};
use super::{FORMAT, FORMAT_VERSION, write_earlier};
use crate::checklist::wire::RawKind;
use crate::checklist::{AreaId, Digest, date_to_iso};
use crate::evaluation::{Context, Evaluated, Judgement, Shortfall, Summary, Tally, evaluate};
use crate::inspection::{Entry, Evidence, Inspection, Own, RawEvidence};

/// The finished report of one inspection, judged as of one day. It is immutable.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    raw: RawReport,
    sha256: Digest,
    bytes: Vec<u8>,
}

impl Report {
    /// Returns the report of an inspection, judged as of `today` or as of the day of its
    /// completion.
    #[must_use]
    pub fn of(inspection: &Inspection, today: NaiveDate) -> Self {
        let Inspection { header, checklist, entries, earlier, details } = inspection;
        let context = Context::new(header, today);
        let (evaluated, summary) = evaluate(checklist, entries, &context);

        let mut raw_header = header.to_raw();
        raw_header.as_of = Some(date_to_iso(context.as_of));
        raw_header.document.clone_from(details);
        raw_header.own = entries
            .iter()
            .filter(|(id, entry)| {
                entry.own != Own::default() && checklist.item(id.as_str()).is_some()
            })
            .map(|(id, entry)| (id.to_string(), entry.own.to_raw()))
            .collect();

        let items = evaluated.iter().filter_map(|evaluated| {
            let entry = entries.get(&evaluated.item.id).filter(|entry| !entry.is_blank());
            (evaluated.applies || entry.is_some()).then(|| item(evaluated, entry))
        });
        Self::seal(RawReport {
            format: FORMAT.to_owned(),
            format_version: FORMAT_VERSION,
            generator: RawGenerator::this(),
            inspection: raw_header,
            checklist: RawReportChecklist {
                id: checklist.id.to_string(),
                version: checklist.version.clone(),
                sha256: checklist.digest().to_string(),
                definition: checklist.definition().clone(),
            },
            items: items.collect(),
            earlier: write_earlier(earlier, header),
            summary: raw_summary(&summary),
            attachments: BTreeMap::new(),
            integrity: None,
        })
    }

    /// Adds the digest of everything else to the report.
    fn seal(mut raw: RawReport) -> Self {
        let (sha256, integrity) = integrity_of(&raw);
        raw.integrity = Some(integrity);
        let bytes = canonical(&raw);
        Self { raw, sha256, bytes }
    }

    /// Returns the file: the report's RFC 8785 form in UTF-8.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the digest that is in the report. It covers the report without its `integrity`.
    #[must_use]
    pub const fn sha256(&self) -> Digest {
        self.sha256
    }

    /// Returns the report in its published shape.
    #[must_use]
    pub const fn raw(&self) -> &RawReport {
        &self.raw
    }

    /// Returns the report as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        // It was serialized as JSON before, so this can't fail.
        serde_json::to_value(&self.raw).unwrap_or_default()
    }
}

fn item(evaluated: &Evaluated, entry: Option<&Entry>) -> RawReportItem {
    let Evaluated { item, judgement, .. } = evaluated;
    RawReportItem {
        id: item.id.to_string(),
        kind: RawKind::from(&item.kind),
        answer: entry.map(|entry| entry.answer.to_raw()).unwrap_or_default(),
        verdict: judgement.verdict,
        computed: computed(judgement),
        note: entry.map(|entry| entry.note.clone()).unwrap_or_default(),
        finding: entry.map(|entry| entry.finding.to_raw()).unwrap_or_default(),
        evidence: entry.map(written_evidence).unwrap_or_default(),
    }
}

fn written_evidence(entry: &Entry) -> Vec<RawEvidence> {
    entry.evidence.iter().map(Evidence::to_raw).collect()
}

fn computed(judgement: &Judgement) -> RawComputed {
    RawComputed {
        percent: judgement.computed.percent.as_ref().map(ToString::to_string),
        shortfall: judgement.computed.shortfall.map(Shortfall::cases),
    }
}

fn raw_summary(summary: &Summary) -> RawSummary {
    let Tally { total, met, partly_met, not_met, not_applicable, invalid } = summary.all;
    RawSummary {
        total,
        answered: summary.all.answered(),
        met,
        partly_met,
        not_met,
        not_applicable,
        invalid,
        areas: summary.areas.iter().map(area_summary).collect(),
    }
}

fn area_summary((id, tally): &(AreaId, Tally)) -> RawAreaSummary {
    let Tally { total, met, partly_met, not_met, not_applicable, invalid } = *tally;
    RawAreaSummary {
        id: id.to_string(),
        total,
        answered: tally.answered(),
        met,
        partly_met,
        not_met,
        not_applicable,
        invalid,
    }
}
