//! Phrases for the terms of the core: verdicts, targets, periods, problems, what is missing, and what was
//! entered. The page and the printed report say them alike.

mod compared;
mod counted;
mod entered;
mod finding;
mod result;

pub use compared::{compared_period, compared_summary, state};
pub use counted::{headline, met_of, percent_met, share};
pub use entered::{cell, entered, own};
pub use finding::finding;
pub use result::result;

use chrono::NaiveDate;

use crate::checklist::{
    CellType, Comparator, Confidence, Due, Frequency, Kind, Language, Performer, Source, Target,
};
use crate::document::Detail;
use crate::evaluation::{Judgement, Lacking, Missing, Problem, Shortfall, Verdict};
use crate::inspection::{
    Answer, Cell, Choice, Entered, FindingState, Own, Period, Status, Unreadable, YearPart,
    write_date, write_decimal,
};
use crate::messages::{Messages, fill};

/// A verdict's name.
#[must_use]
pub const fn verdict(verdict: Verdict, words: &Messages) -> &'static str {
    match verdict {
        Verdict::Met => words.verdict_met,
        Verdict::PartlyMet => words.verdict_partly_met,
        Verdict::NotMet => words.verdict_not_met,
        Verdict::NotApplicable => words.verdict_not_applicable,
        Verdict::Unanswered => words.verdict_unanswered,
        Verdict::Invalid => words.verdict_invalid,
    }
}

/// A choice's name.
#[must_use]
pub const fn choice(choice: Choice, words: &Messages) -> &'static str {
    match choice {
        Choice::Met => words.verdict_met,
        Choice::PartlyMet => words.verdict_partly_met,
        Choice::NotMet => words.verdict_not_met,
        Choice::NotApplicable => words.verdict_not_applicable,
    }
}

/// An inspection's status.
#[must_use]
pub const fn status(status: Status, words: &Messages) -> &'static str {
    match status {
        Status::InProgress => words.status_in_progress,
        Status::Completed => words.status_completed,
        Status::Amended => words.status_amended,
    }
}

/// How far the work on a finding is.
#[must_use]
pub const fn finding_state(state: FindingState, words: &Messages) -> &'static str {
    match state {
        FindingState::Open => words.finding_open,
        FindingState::Done => words.finding_done,
        FindingState::CarriedOver => words.finding_carried_over,
    }
}

/// A kind of unit.
#[must_use]
pub const fn performer(performer: Performer, words: &Messages) -> &'static str {
    match performer {
        Performer::Commune => words.performer_commune,
        Performer::PublicServiceCentre => words.performer_public_service_centre,
        Performer::CouncilPeopleOffice => words.performer_council_people_office,
        Performer::Economy => words.performer_economy,
        Performer::CultureSociety => words.performer_culture_society,
        Performer::OneStop => words.performer_one_stop,
        Performer::Office => words.performer_office,
        Performer::InternalAffairs => words.performer_internal_affairs,
        Performer::Justice => words.performer_justice,
        Performer::Finance => words.performer_finance,
        Performer::CultureInformation => words.performer_culture_information,
        Performer::CouncilOffice => words.performer_council_office,
        Performer::YouthUnion => words.performer_youth_union,
        Performer::PublicServiceUnit => words.performer_public_service_unit,
    }
}

/// The number of a checklist's source, or why there is none.
#[must_use]
pub fn source_number<'a>(source: &'a Source, words: &'a Messages) -> &'a str {
    let number = source.number.as_deref().filter(|number| !number.trim().is_empty());
    let none = if source.reference { words.start_reference } else { words.start_number_blank };
    number.unwrap_or(none)
}

/// How sure a legal note is.
#[must_use]
pub const fn confidence(confidence: Confidence, words: &Messages) -> &'static str {
    match confidence {
        Confidence::A => words.confidence_a,
        Confidence::B => words.confidence_b,
        Confidence::C => words.confidence_c,
    }
}

/// A target, with the unit of its figures (`%`, or a word with a space before it).
#[must_use]
pub fn target(target: Target, unit: &str, words: &Messages) -> String {
    let text = match target.comparator {
        Comparator::AtLeast => words.target_at_least,
        Comparator::MoreThan => words.target_more_than,
        Comparator::Exactly => words.target_exactly,
        Comparator::AtMost => words.target_at_most,
    };
    fill(text, &[("figure", &format!("{}{unit}", write_decimal(target.threshold)))])
}

/// The unit of an item's figures, as it stands behind them: `%`, or a word with a space before it.
#[must_use]
pub fn figure_unit(kind: &Kind, language: Language) -> String {
    match kind {
        Kind::Ratio { .. } | Kind::Roster { .. } => "%".to_owned(),
        Kind::Quantity { unit, .. } => format!(" {}", unit.in_language(language)),
        _ => String::new(),
    }
}

/// What an item asks for where that is a figure, a date or an interval: the printed one, and beside it that of the inspection
/// where it is another one.
#[must_use]
pub fn asked(kind: &Kind, own: Own, language: Language, words: &Messages) -> String {
    let unit = figure_unit(kind, language);
    let figure = |asked: Target| target(asked, &unit, words);
    let interval = |every| lower_first(frequency(every, words));
    let (label, printed, own) = match kind {
        Kind::Deadline { due: printed } => {
            let own = own.due.map(|date| due(printed.moved_to(date), words));
            (words.asked_due, Some(due(*printed, words)), own)
        }
        Kind::Periodic { every } => {
            (words.asked_figure, Some(interval(*every)), own.every.map(interval))
        }
        _ => {
            let printed = kind.target().and_then(|target| target.in_force(None)).map(figure);
            let own = own.target.and(own.target_of(kind)).map(figure);
            (words.asked_figure, printed, own)
        }
    };
    match (printed, own) {
        (Some(printed), Some(own)) if printed != own => {
            fill(words.asked_both, &[("printed", &printed), ("own", &own)])
        }
        (Some(one), _) | (None, Some(one)) => fill(label, &[("what", &one)]),
        (None, None) => String::new(),
    }
}

/// A text as it goes on inside a sentence. What begins with an abbreviation stays.
#[must_use]
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

/// How often a periodic duty is due.
#[must_use]
pub const fn frequency(every: Frequency, words: &Messages) -> &'static str {
    match every {
        Frequency::Month => words.frequency_month,
        Frequency::Quarter => words.frequency_quarter,
    }
}

/// A due date.
#[must_use]
pub fn due(due: Due, words: &Messages) -> String {
    let text = match due {
        Due::Before(_) => words.due_before,
        Due::By(_) => words.due_by,
    };
    fill(text, &[("date", &write_date(due.date()))])
}

/// What a field of the printed report is called.
#[must_use]
pub const fn document_field(detail: Detail, words: &Messages) -> &'static str {
    match detail {
        Detail::Superior => words.print_superior,
        Detail::Agency => words.print_agency,
        Detail::Number => words.print_number,
        Detail::Symbol => words.print_symbol,
        Detail::Place => words.print_place,
        Detail::Date => words.print_date,
        Detail::Subject => words.print_subject,
        Detail::Addressees => words.print_addressees,
        Detail::General => words.print_general,
        Detail::Difficulties => words.print_difficulties,
        Detail::Proposals => words.print_proposals,
        Detail::Office => words.print_office,
        Detail::Signer => words.print_signer,
        Detail::Recipients => words.print_recipients,
        Detail::Annex => words.print_annex,
    }
}

/// A period as people say it.
#[must_use]
pub fn period(period: Period, words: &Messages) -> String {
    if let Some(year) = period.whole_year() {
        return fill(words.period_year, &[("year", &year.to_string())]);
    }
    if let Some((year, part)) = period.year_part() {
        let text = match part {
            YearPart::FirstSixMonths => words.period_first_six,
            YearPart::LastSixMonths => words.period_last_six,
            YearPart::FirstNineMonths => words.period_first_nine,
        };
        return fill(text, &[("year", &year.to_string())]);
    }
    if let Some((year, number, frequency)) = period.numbered() {
        let text = match frequency {
            Frequency::Month => words.period_month,
            Frequency::Quarter => words.period_quarter,
        };
        let roman = ["I", "II", "III", "IV"].get((number as usize).wrapping_sub(1)).unwrap_or(&"");
        let values =
            [("year", &*year.to_string()), ("number", &*number.to_string()), ("roman", roman)];
        return fill(text, &values);
    }
    days(period.first_day(), period.last_day(), words)
}

fn days(first: NaiveDate, last: NaiveDate, words: &Messages) -> String {
    fill(words.period_days, &[("first", &write_date(first)), ("last", &write_date(last))])
}

/// Why a typed text can't be read, and how to write what was probably meant.
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

/// What is wrong with an answer.
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

/// What is missing for a verdict or for the report.
#[must_use]
pub const fn missing(missing: Missing, words: &Messages) -> &'static str {
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

/// The figures behind a verdict and what is missing for it, in words.
#[must_use]
pub fn detail(
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
        let names = lacking(kind, answer, &judgement.computed.lacking, language, words);
        let names = if names.is_empty() { names } else { format!(": {names}") };
        phrases.push(self::shortfall(kind, shortfall, words) + &names);
    }
    let no_case = judgement.verdict == Verdict::NotApplicable
        && matches!(kind, Kind::Ratio { .. } | Kind::Parts { .. })
        && !answer.not_applicable;
    if no_case && judgement.missing.is_empty() && judgement.computed.percent.is_none() {
        phrases.push(words.no_case_arose.to_owned());
    }
    // The others stand at their fields.
    let in_cells = judgement.problems.iter().filter(|p| matches!(p, Problem::UnreadableCell(..)));
    phrases.extend(in_cells.map(|problem| self::problem(problem, words)));
    // That nothing is entered is what the verdict says already; a reason is asked for at its field.
    let shown =
        judgement.missing.iter().filter(|m| !matches!(m, Missing::Answer | Missing::Reason));
    phrases.extend(shown.map(|missing| self::missing(*missing, words).to_owned()));
    phrases.join(" · ")
}

/// How many rows of a roster are named as lacking: a person looks the others up in the roster itself.
const NAMED_ROWS: usize = 5;

/// The names of the parts, months, quarters or rows that are lacking.
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

/// By how much an item falls short, in the words of its kind.
#[must_use]
pub fn shortfall(kind: &Kind, shortfall: Shortfall, words: &Messages) -> String {
    let text = match (kind, shortfall) {
        (Kind::Parts { .. }, _) => words.shortfall_parts,
        (Kind::Periodic { .. }, _) => words.shortfall_periods,
        (Kind::Roster { .. }, Shortfall::More(_)) => words.shortfall_rows,
        (_, Shortfall::More(_)) => words.shortfall_more,
        (_, Shortfall::Fewer(_)) => words.shortfall_fewer,
    };
    fill(text, &[("count", &shortfall.cases().to_string())])
}
