//! Judgements in words: the figures behind a verdict, the names of the things that are lacking, and
//! faults.

use super::period;
use crate::checklist::{CellType, Kind, Language};
use crate::evaluation::{Judgement, Lacking, Missing, Problem, Shortfall, Verdict};
use crate::inspection::{Answer, Cell, Entered, Unreadable};
use crate::messages::{Messages, fill};

/// Returns the reason why a typed text can't be read, and how to write what was probably meant.
#[must_use]
pub fn unreadable(why: &Unreadable, words: &Messages) -> String {
    match why {
        Unreadable::Whole => words.unreadable_whole.to_owned(),
        Unreadable::Decimal => words.unreadable_decimal.to_owned(),
        Unreadable::Date => words.unreadable_date.to_owned(),
        Unreadable::TooLarge => words.unreadable_too_large.to_owned(),
        Unreadable::TooFine => words.unreadable_too_fine.to_owned(),
        Unreadable::Kept(way) => fill(words.unreadable_kept, &[("way", way)]),
        Unreadable::Fraction(way) => fill(words.unreadable_fraction, &[("way", way)]),
        Unreadable::Ambiguous(ways) => {
            let ways = ways.join(words.unreadable_or);
            fill(words.unreadable_ambiguous, &[("ways", &ways)])
        }
    }
}

/// Returns the fault of an answer.
#[must_use]
pub fn problem(problem: &Problem, words: &Messages) -> String {
    match problem {
        Problem::Unreadable(_, why) => unreadable(why, words),
        Problem::NumeratorOverDenominator => words.problem_numerator_over_denominator.to_owned(),
        Problem::TargetOutOfRange => words.problem_target_out_of_range.to_owned(),
        Problem::UnreadableCell(row, _, why) => {
            let (row, why) = ((row + 1).to_string(), unreadable(why, words));
            fill(words.problem_cell, &[("row", &row), ("why", &why)])
        }
    }
}

/// Returns the prompt for something that is missing for a verdict or for the report.
const fn missing(missing: Missing, words: &Messages) -> &'static str {
    match missing {
        Missing::Answer => words.missing_answer,
        Missing::Lost => words.missing_lost,
        Missing::Numerator => words.missing_numerator,
        Missing::Denominator => words.missing_denominator,
        Missing::Reason => words.missing_reason,
        Missing::OwnTarget => words.missing_own_target,
        Missing::OwnDue => words.missing_own_due,
        Missing::NotDueYet => words.missing_not_due_yet,
        Missing::NothingOverYet => words.missing_nothing_over_yet,
    }
}

/// Returns the figures behind a verdict, what is missing for it, and the faults of a roster's
/// cells.
#[must_use]
pub fn detail(
    kind: &Kind,
    answer: &Answer,
    judgement: &Judgement,
    language: Language,
    words: &Messages,
) -> String {
    joined([
        figures(kind, answer, judgement, language, words),
        cell_problems(&judgement.problems, words),
    ])
}

/// Joins two phrases in one line. Either may be empty.
#[must_use]
pub fn joined(phrases: [String; 2]) -> String {
    phrases.into_iter().filter(|phrase| !phrase.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Returns the faults of a roster's cells. Other fields show their own faults.
#[must_use]
pub fn cell_problems(problems: &[Problem], words: &Messages) -> String {
    let in_cells = problems.iter().filter(|problem| problem.cell().is_some());
    in_cells.map(|problem| self::problem(problem, words)).collect::<Vec<_>>().join(" · ")
}

/// Returns the figures behind a verdict, and what is missing for it.
#[must_use]
pub fn figures(
    kind: &Kind,
    answer: &Answer,
    judgement: &Judgement,
    language: Language,
    words: &Messages,
) -> String {
    let mut phrases = Vec::new();
    if let Some(percent) = &judgement.computed.percent {
        phrases.push(format!("{}%", percent.with_comma()));
    }
    if let Some(shortfall) = judgement.computed.shortfall {
        let of = &judgement.computed.lacking;
        let names = lacking(kind, answer, of, language, words);
        let names = if names.is_empty() { names } else { format!(": {names}") };
        phrases.push(self::shortfall(kind, shortfall, of.len(), words) + &names);
    }
    let no_case = judgement.verdict == Verdict::NotApplicable
        && matches!(kind, Kind::Ratio { .. } | Kind::Parts { .. })
        && !answer.not_applicable;
    if no_case && judgement.missing.is_empty() && judgement.computed.percent.is_none() {
        phrases.push(words.no_case_arose.to_owned());
    }
    // The verdict already says that nothing is entered, and the field for the reason asks for it.
    let shown =
        judgement.missing.iter().filter(|m| !matches!(m, Missing::Answer | Missing::Reason));
    phrases.extend(shown.map(|missing| self::missing(*missing, words).to_owned()));
    phrases.join(" · ")
}

/// The most rows of a roster that are named as lacking: a person looks the others up in the roster
/// itself.
const NAMED_ROWS: usize = 5;

/// Returns the names of the parts, months, quarters or rows that are lacking.
#[must_use]
pub fn lacking(
    kind: &Kind,
    answer: &Answer,
    lacking: &[Lacking],
    language: Language,
    words: &Messages,
) -> String {
    let row_name = |place: &usize| {
        let Entered::Roster(rows) = &answer.entered else { return None };
        let names = kind.columns().iter().find(|column| column.cell == CellType::Text)?;
        match rows.get(*place)?.get(&names.id)? {
            Cell::Text(name) if !name.trim().is_empty() => Some(name.trim().to_owned()),
            _ => None,
        }
    };
    let name = |one: &Lacking| match one {
        Lacking::Part(id) => {
            let part = kind.parts().iter().find(|part| part.id == *id)?;
            Some(part.text.in_language(language).to_owned())
        }
        Lacking::Period(one) => Some(period(*one, words)),
        Lacking::Row(place) => row_name(place)
            .or_else(|| Some(fill(words.row_number, &[("number", &(place + 1).to_string())]))),
    };
    let is_row = |one: &&Lacking| matches!(one, Lacking::Row(_));
    let more = lacking.iter().filter(is_row).count().saturating_sub(NAMED_ROWS);
    let named = lacking.len() - more;
    let mut names: Vec<_> = lacking.iter().take(named).filter_map(name).collect();
    if more > 0 {
        names.push(fill(words.and_more_rows, &[("count", &more.to_string())]));
    }
    names.join("; ")
}

/// Returns the shortfall of an item, in the words of its kind. If a share of a roster is enough,
/// fewer rows are needed than are lacking.
fn shortfall(kind: &Kind, shortfall: Shortfall, lacking: usize, words: &Messages) -> String {
    let text = match (kind, shortfall) {
        (Kind::Parts { .. }, _) => words.shortfall_parts,
        (Kind::Periodic { .. }, _) => words.shortfall_periods,
        (Kind::Roster { .. }, Shortfall::More(needed)) if needed < lacking as u64 => {
            words.shortfall_some_rows
        }
        (Kind::Roster { .. }, Shortfall::More(_)) => words.shortfall_rows,
        (_, Shortfall::More(_)) => words.shortfall_more,
        (_, Shortfall::Fewer(_)) => words.shortfall_fewer,
    };
    let count = shortfall.cases().to_string();
    fill(text, &[("count", &count), ("lacking", &lacking.to_string())])
}
