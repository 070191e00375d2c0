//! Checks that an upload is a report, and reads its description.

use chrono::Utc;
use jsonschema::Validator;
use serde::Serialize;
use serde_json::Value;
use tu_kiem_tra::checklist::Language;
use tu_kiem_tra::inspection::Inspection;
use tu_kiem_tra::report::{Report, import};

use crate::answer::Refusal;
use crate::failure::Failure;
use crate::words::unfit;

/// The project's published schema.
const SCHEMA: &str = include_str!("../../../schema/report.schema.json");

/// The description of a report, for listing it without opening it.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// The inspection, which may come in several versions.
    pub inspection: String,
    /// The unit's name.
    pub unit_name: String,
    /// The unit's code, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_code: Option<String>,
    /// The checklist's id.
    pub checklist: String,
    /// The checklist's version.
    pub checklist_version: String,
    /// The checklist's title in Vietnamese.
    pub checklist_title: String,
    /// The period: `2026`, `2026-Q4`, `2026-11` or two days.
    pub period: String,
    /// The status: `in-progress`, `completed` or `amended`.
    pub status: String,
    /// The time of the last entry, by the clock of the device.
    pub updated_at: String,
    /// The counts of the verdicts.
    pub summary: Figures,
}

/// The counts of the verdicts.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// Items that apply.
    pub total: u32,
    /// Items that need nothing more.
    pub answered: u32,
    /// Items that are met.
    pub met: u32,
    /// Items that are partly met.
    pub partly_met: u32,
    /// Items that are not met.
    pub not_met: u32,
    /// Items that do not apply.
    pub not_applicable: u32,
    /// Items with a contradictory answer.
    pub invalid: u32,
}

/// Checks reports.
pub struct Checker {
    schema: Validator,
}

impl Checker {
    /// Reads the schema once.
    pub fn new() -> Result<Self, Failure> {
        let broken = |error: &dyn std::fmt::Display| {
            Failure::new(format!("Lược đồ schema/report.schema.json không dùng được: {error}."))
        };
        let schema: Value = serde_json::from_str(SCHEMA).map_err(|error| broken(&error))?;
        let schema = jsonschema::options()
            .should_validate_formats(true)
            .build(&schema)
            .map_err(|error| broken(&error))?;
        Ok(Self { schema })
    }

    /// Checks a report: first its shape, digests, checklist and answers, which gives the plainest
    /// reasons, then the published schema. Returns its digest, which matches, and its description.
    pub fn check(&self, bytes: &[u8]) -> Result<(String, About), Refusal> {
        let inspection = import(bytes).map_err(|error| unfit(&error))?;
        let report = self.value(bytes)?;
        let sha256 = report.pointer("/integrity/sha256").and_then(Value::as_str);
        Ok((sha256.unwrap_or_default().to_owned(), about(&inspection)))
    }

    /// Returns the report as JSON that matches the schema.
    fn value(&self, bytes: &[u8]) -> Result<Value, Refusal> {
        // As `import` does: editors tend to add a byte order mark.
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let report: Value = serde_json::from_slice(text)
            .map_err(|_| Refusal::unfit("Nội dung gửi đến không phải JSON."))?;
        self.schema.validate(&report).map_err(|error| {
            let sentence = "Báo cáo không đúng lược đồ report.schema.json ở vị trí này.";
            Refusal::unfit(sentence).at(error.instance_path().to_string())
        })?;
        Ok(report)
    }
}

/// Describes an inspection. The figures are computed from the answers, whatever the file claims.
fn about(inspection: &Inspection) -> About {
    let Inspection { header, checklist, .. } = inspection;
    // Today's date does not matter: a report is evaluated as of its own day.
    let judged = Report::of(inspection, Utc::now().date_naive());
    let summary = &judged.raw().summary;
    let figure = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    About {
        inspection: header.id.to_string(),
        unit_name: header.unit.name.clone(),
        unit_code: header.unit.code.clone(),
        checklist: checklist.id.to_string(),
        checklist_version: checklist.version.clone(),
        checklist_title: checklist.title.in_language(Language::Vi).to_owned(),
        period: header.period.to_string(),
        status: header.status.name().to_owned(),
        updated_at: header.to_raw().updated_at,
        summary: Figures {
            total: figure(summary.total),
            answered: figure(summary.answered),
            met: figure(summary.met),
            partly_met: figure(summary.partly_met),
            not_met: figure(summary.not_met),
            not_applicable: figure(summary.not_applicable),
            invalid: figure(summary.invalid),
        },
    }
}
