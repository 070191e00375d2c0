//! The judgement on items with several requirements: months and quarters, parts, rows.

use std::collections::{BTreeMap, BTreeSet};

use super::judge::{Judgement, Lacking, Missing, Problem, judge_share, kept_date};
use super::{Context, Ratio, Shortfall, Verdict};
use crate::checklist::{CellType, Column, Frequency, Part, PartId, Target};
use crate::inspection::{Cell, PartState, Period, Row, Unreadable};

/// Returns the months or quarters that end inside the inspection's period, and whether each is
/// over. They are expected up to the day of judging.
#[must_use]
pub fn expected_periods(every: Frequency, context: &Context) -> Vec<(Period, bool)> {
    let parts = context.header.period.parts(every).into_iter();
    parts.map(|part| (part, part.last_day() <= context.as_of)).collect()
}

pub(super) fn judge_periodic(
    every: Frequency,
    done: Option<&BTreeSet<Period>>,
    context: &Context,
) -> Judgement {
    let in_period = expected_periods(every, context);
    if in_period.is_empty() {
        // The inspection's period is shorter than the duty's: it falls due in another one.
        return Judgement::of(Verdict::NotApplicable);
    }
    let over: Vec<_> =
        in_period.into_iter().filter_map(|(part, over)| over.then_some(part)).collect();
    if over.is_empty() {
        return Judgement::unanswered(Missing::NothingOverYet);
    }
    let Some(done) = done else { return Judgement::unanswered(Missing::Answer) };
    let lacking = over.iter().filter(|part| !done.contains(part));
    all_of(over.len(), lacking.copied().map(Lacking::Period).collect())
}

pub(super) fn judge_parts(parts: &[Part], answers: &BTreeMap<PartId, PartState>) -> Judgement {
    let arisen: Vec<_> = arisen(parts, answers).collect();
    if arisen.is_empty() {
        return Judgement::of(Verdict::NotApplicable);
    }
    if arisen.iter().all(|part| !answers.contains_key(&part.id)) {
        return Judgement::unanswered(Missing::Answer);
    }
    let lacking = arisen.iter().filter(|part| answers.get(&part.id) != Some(&PartState::Done));
    all_of(arisen.len(), lacking.map(|part| Lacking::Part(part.id.clone())).collect())
}

fn arisen<'a>(
    parts: &'a [Part],
    answers: &BTreeMap<PartId, PartState>,
) -> impl Iterator<Item = &'a Part> {
    parts.iter().filter(|part| answers.get(&part.id) != Some(&PartState::NotArisen))
}

/// Returns the share of done parts among those that arose; `None` if nothing is said of any, or
/// none arose.
#[must_use]
pub fn parts_share(parts: &[Part], answers: &BTreeMap<PartId, PartState>) -> Option<Ratio> {
    let said = arisen(parts, answers).filter_map(|part| answers.get(&part.id));
    let done = said.map(|state| u64::from(*state == PartState::Done));
    let done = done.reduce(|sum, one| sum + one)?;
    Ratio::new(done, arisen(parts, answers).count() as u64)
}

/// Judges a set of requirements: all are asked for; some are better than none.
fn all_of(expected: usize, lacking: Vec<Lacking>) -> Judgement {
    let verdict = match lacking.len() {
        0 => return Judgement::of(Verdict::Met),
        lacking if lacking >= expected => Verdict::NotMet,
        _ => Verdict::PartlyMet,
    };
    let mut judgement = Judgement::of(verdict);
    judgement.computed.shortfall = Some(Shortfall::More(lacking.len() as u64));
    judgement.computed.lacking = lacking;
    judgement
}

pub(super) fn judge_roster(
    columns: &[Column],
    target: Target,
    rows: &[Row],
    period: Period,
) -> Judgement {
    if !target.is_share() {
        return Judgement::invalid(Problem::TargetOutOfRange);
    }
    let Some(ratio) = roster_share(columns, rows) else {
        return Judgement::unanswered(Missing::Answer);
    };
    let mut judgement = judge_share(ratio, Some(target));
    // Where too many rows pass, the others are not lacking.
    if matches!(judgement.computed.shortfall, Some(Shortfall::More(_))) {
        let lacking = rows.iter().enumerate();
        let lacking = lacking.filter(|(_, row)| !row_is_blank(row) && !row_meets(columns, row));
        judgement.computed.lacking = lacking.map(|(place, _)| Lacking::Row(place)).collect();
    }
    for (index, row) in rows.iter().enumerate() {
        for column in columns.iter().filter(|column| column.cell == CellType::Date) {
            if let Some(why) = row.get(&column.id).and_then(|cell| unreadable_cell(cell, period)) {
                judgement.problems.push(Problem::UnreadableCell(index, column.id.clone(), why));
            }
        }
    }
    judgement
}

/// Returns the share of a roster's rows that have everything that counts; `None` if nothing is
/// entered.
#[must_use]
pub fn roster_share(columns: &[Column], rows: &[Row]) -> Option<Ratio> {
    let filled = rows.iter().filter(|row| !row_is_blank(row)).count() as u64;
    let passing = rows.iter().filter(|row| row_meets(columns, row)).count() as u64;
    Ratio::new(passing, filled)
}

/// Returns whether a row has everything that counts.
#[must_use]
pub fn row_meets(columns: &[Column], row: &Row) -> bool {
    columns.iter().all(|column| {
        column.cell != CellType::Check { counts: true }
            || row.get(&column.id) == Some(&Cell::Check(true))
    })
}

/// Returns whether a row is blank. A blank row is no case.
#[must_use]
pub fn row_is_blank(row: &Row) -> bool {
    row.values().all(|cell| match cell {
        Cell::Text(text) => text.trim().is_empty(),
        Cell::Check(yes) => !yes,
        Cell::Date(_) => false,
    })
}

/// Returns why a cell of a date column is no date, if it has another text.
#[must_use]
pub fn unreadable_cell(cell: &Cell, period: Period) -> Option<Unreadable> {
    unread_text(cell).map(|text| kept_date(text, period))
}

/// Returns the text of a cell of a date column, if it is no date.
#[must_use]
pub fn unread_text(cell: &Cell) -> Option<&str> {
    let Cell::Text(text) = cell else { return None };
    Some(text.as_str()).filter(|text| !text.trim().is_empty())
}
