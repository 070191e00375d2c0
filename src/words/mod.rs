//! Phrases for the terms of the core: verdicts, targets, periods, problems, missing things, and
//! entries. The page and the printed report use the same ones.

mod asked;
mod compared;
mod counted;
mod entered;
mod finding;
mod judged;
mod result;

pub use asked::{asked, due, figure_unit, frequency, target};
pub use compared::{compared_period, compared_summary, state};
pub use counted::{headline, met_of, percent_met, share};
pub use entered::{cell, entered, own};
pub use finding::finding;
pub use judged::{cell_problems, detail, figures, joined, lacking, problem, unreadable};
pub use result::result;

use chrono::NaiveDate;

use crate::checklist::{Confidence, Frequency, Performer, Source};
use crate::evaluation::Verdict;
use crate::inspection::{Choice, FindingState, Period, Status, YearPart, write_date};
use crate::messages::{Messages, fill};
use crate::stored::Detail;

/// Returns a verdict's name.
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

/// Returns a choice's name.
#[must_use]
pub const fn choice(choice: Choice, words: &Messages) -> &'static str {
    match choice {
        Choice::Met => words.verdict_met,
        Choice::PartlyMet => words.verdict_partly_met,
        Choice::NotMet => words.verdict_not_met,
        Choice::NotApplicable => words.verdict_not_applicable,
    }
}

/// Returns the name of an inspection's status.
#[must_use]
pub const fn status(status: Status, words: &Messages) -> &'static str {
    match status {
        Status::InProgress => words.status_in_progress,
        Status::Completed => words.status_completed,
        Status::Amended => words.status_amended,
    }
}

/// Returns the name of a finding's state.
#[must_use]
pub const fn finding_state(state: FindingState, words: &Messages) -> &'static str {
    match state {
        FindingState::Open => words.finding_open,
        FindingState::Done => words.finding_done,
        FindingState::CarriedOver => words.finding_carried_over,
    }
}

/// Returns the name of a kind of unit.
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

/// Returns the number of a checklist's source, or the reason why there is none.
#[must_use]
pub fn source_number<'a>(source: &'a Source, words: &'a Messages) -> &'a str {
    let number = source.number.as_deref().filter(|number| !number.trim().is_empty());
    let none = if source.reference { words.start_reference } else { words.start_number_blank };
    number.unwrap_or(none)
}

/// Returns the confidence of a legal note in words.
#[must_use]
pub const fn confidence(confidence: Confidence, words: &Messages) -> &'static str {
    match confidence {
        Confidence::A => words.confidence_a,
        Confidence::B => words.confidence_b,
        Confidence::C => words.confidence_c,
    }
}

/// Returns a text as it is written inside a sentence. A leading abbreviation stays.
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

/// Returns the name of a field of the printed report.
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

/// Returns a period as people say it.
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
