//! The judgement on one item, kind by kind.

use super::several::{judge_parts, judge_periodic, judge_roster};
use super::{Context, Percent, Ratio, Shortfall, Verdict};
use crate::checklist::{ColumnId, Due, Item, Kind, PartId, Target};
use crate::inspection::{
    Answer, Choice, Done, Entered, Entry, Own, Period, TypedField, Unreadable, read_date,
    read_decimal, read_whole, write_date, write_decimal, write_whole,
};

/// The result of judging one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// The figures behind it.
    pub computed: Computed,
    /// The missing pieces, for the verdict or for the report.
    pub missing: Vec<Missing>,
    /// The problems in the entered values.
    pub problems: Vec<Problem>,
}

/// Figures that follow from an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Computed {
    /// A ratio or roster as a percentage.
    pub percent: Option<Percent>,
    /// The number of cases, rows, parts or periods by which the item falls short.
    pub shortfall: Option<Shortfall>,
    /// The ones that are lacking, if they have names.
    pub lacking: Vec<Lacking>,
}

/// One of several requirements that is lacking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lacking {
    /// A part.
    Part(PartId),
    /// A month or quarter.
    Period(Period),
    /// A row, by its position in the roster.
    Row(usize),
}

/// Something that a person still has to enter, or to wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The answer itself.
    Answer,
    /// The answer, which is stored and can't be read.
    Lost,
    /// A ratio's upper number.
    Numerator,
    /// A ratio's lower number.
    Denominator,
    /// The reason why it is not met, only partly met, or does not apply.
    Reason,
    /// This inspection's own target: the directive gives no figure.
    OwnTarget,
    /// This inspection's own date: the printed one lies outside the period.
    OwnDue,
    /// Not done, and not due yet.
    NotDueYet,
    /// No month or quarter of the period is over yet.
    NothingOverYet,
}

/// A problem in the entered values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A text that its field can't read.
    Unreadable(TypedField, Unreadable),
    /// A ratio whose upper number is over the lower one.
    NumeratorOverDenominator,
    /// An own target that is no reachable percentage.
    TargetOutOfRange,
    /// A date in a roster's row that can't be read.
    UnreadableCell(usize, ColumnId, Unreadable),
}

impl Problem {
    /// Returns the roster's cell with the problem: the row's position and the column.
    #[must_use]
    pub const fn cell(&self) -> Option<(usize, &ColumnId)> {
        if let Self::UnreadableCell(row, column, _) = self { Some((*row, column)) } else { None }
    }
}

impl Judgement {
    pub(super) fn of(verdict: Verdict) -> Self {
        let computed = Computed::default();
        Self { verdict, computed, missing: Vec::new(), problems: Vec::new() }
    }

    pub(super) fn unanswered(missing: Missing) -> Self {
        Self { missing: vec![missing], ..Self::of(Verdict::Unanswered) }
    }

    pub(super) fn invalid(problem: Problem) -> Self {
        Self { problems: vec![problem], ..Self::of(Verdict::Invalid) }
    }

    fn met_if(met: bool) -> Self {
        Self::of(if met { Verdict::Met } else { Verdict::NotMet })
    }

    fn needing_reason(verdict: Verdict, reason: &str) -> Self {
        let mut judgement = Self::of(verdict);
        if reason.trim().is_empty() {
            judgement.missing.push(Missing::Reason);
        }
        judgement
    }
}

/// Judges one item.
#[must_use]
pub fn judge(item: &Item, entry: Option<&Entry>, context: &Context) -> Judgement {
    let blank;
    let Entry { answer, own, lost, .. } = if let Some(entry) = entry {
        entry
    } else {
        blank = Entry::blank(&item.kind);
        &blank
    };
    if answer.not_applicable {
        return Judgement::needing_reason(Verdict::NotApplicable, &answer.reason);
    }
    let mut judgement = judge_entered(item, answer, *own, context);
    let period = context.header.period;
    let unread = answer.unread.iter();
    let unread = unread.map(|(field, text)| unreadable(&item.kind, *field, text, period));
    judgement.problems.extend(unread);
    if !judgement.problems.is_empty() {
        judgement.verdict = Verdict::Invalid;
        judgement.missing.clear();
    }
    if *lost {
        judgement.missing = vec![Missing::Lost];
    }
    judgement
}

fn judge_entered(item: &Item, answer: &Answer, own: Own, context: &Context) -> Judgement {
    match (&item.kind, &answer.entered) {
        (Kind::Attestation, Entered::Attestation(Some(choice))) => match choice {
            Choice::Met => Judgement::of(Verdict::Met),
            Choice::PartlyMet => Judgement::needing_reason(Verdict::PartlyMet, &answer.reason),
            Choice::NotMet => Judgement::needing_reason(Verdict::NotMet, &answer.reason),
            Choice::NotApplicable => {
                Judgement::needing_reason(Verdict::NotApplicable, &answer.reason)
            }
        },
        (Kind::Ratio { .. }, Entered::Ratio { numerator, denominator }) => {
            judge_ratio(own.target_of(&item.kind), *numerator, *denominator)
        }
        (Kind::Count { target, .. }, Entered::Count(Some(count))) => {
            judge_count(own.target_of(&item.kind).unwrap_or(*target), *count)
        }
        (Kind::Quantity { target, .. }, Entered::Quantity(Some(quantity))) => {
            let target = own.target_of(&item.kind).unwrap_or(*target);
            Judgement::met_if(target.comparator.accepts(quantity.cmp(&target.threshold)))
        }
        (Kind::Deadline { due }, Entered::Deadline(Some(done))) => {
            judge_deadline(due_in_force(*due, own, context), *done, context)
        }
        (Kind::Periodic { every }, Entered::Periodic(done)) => {
            judge_periodic(own.every_of(*every), done.as_ref(), context)
        }
        (Kind::Roster { columns, target }, Entered::Roster(rows)) => {
            let target = own.target_of(&item.kind).unwrap_or(*target);
            judge_roster(columns, target, rows, context.header.period)
        }
        (Kind::Parts { parts }, Entered::Parts(answers)) => judge_parts(parts, answers),
        (Kind::Narrative, Entered::Narrative(text)) if !text.trim().is_empty() => {
            Judgement::of(Verdict::Met)
        }
        _ => Judgement::unanswered(Missing::Answer),
    }
}

fn judge_ratio(
    target: Option<Target>,
    numerator: Option<u64>,
    denominator: Option<u64>,
) -> Judgement {
    if target.is_some_and(|target| !target.is_share()) {
        return Judgement::invalid(Problem::TargetOutOfRange);
    }
    let (numerator, denominator) = match (numerator, denominator) {
        // 'Không phát sinh': no case arose, so there is nothing to judge.
        (None | Some(0), Some(0)) => return Judgement::of(Verdict::NotApplicable),
        (None, None) => return Judgement::unanswered(Missing::Answer),
        (None, Some(_)) => return Judgement::unanswered(Missing::Numerator),
        (Some(_), None) => return Judgement::unanswered(Missing::Denominator),
        (Some(numerator), Some(denominator)) => (numerator, denominator),
    };
    match Ratio::new(numerator, denominator) {
        Some(ratio) => judge_share(ratio, target),
        None => Judgement::invalid(Problem::NumeratorOverDenominator),
    }
}

pub(super) fn judge_share(ratio: Ratio, target: Option<Target>) -> Judgement {
    let mut judgement = match target {
        Some(target) => Judgement::met_if(ratio.meets(target)),
        // The figure is shown, but not judged until the inspection has set its target.
        None => Judgement::unanswered(Missing::OwnTarget),
    };
    judgement.computed = Computed {
        percent: Some(ratio.percent(target)),
        shortfall: target.and_then(|target| ratio.shortfall(target)),
        lacking: Vec::new(),
    };
    judgement
}

fn judge_count(target: Target, count: u64) -> Judgement {
    // INVARIANT of `Kind::Count`: the threshold is whole, so its mantissa is the number.
    let threshold = target.threshold.mantissa();
    let mut judgement = Judgement::met_if(target.comparator.accepts(count.cmp(&threshold)));
    if judgement.verdict == Verdict::NotMet {
        judgement.computed.shortfall = Some(match threshold.checked_sub(count) {
            Some(more) => Shortfall::More(more),
            None => Shortfall::Fewer(count - threshold),
        });
    }
    judgement
}

/// Returns the limit in force: the inspection's own date, or the printed one if it is inside the
/// period; `None` if there is neither.
#[must_use]
pub fn due_in_force(printed: Due, own: Own, context: &Context) -> Option<Due> {
    match own.due {
        Some(date) => Some(printed.moved_to(date)),
        None => context.header.period.contains(printed.date()).then_some(printed),
    }
}

fn judge_deadline(due: Option<Due>, done: Done, context: &Context) -> Judgement {
    match (due, done) {
        (None, _) => Judgement::unanswered(Missing::OwnDue),
        (Some(due), Done::On(date)) => Judgement::met_if(due.met_on(date)),
        // It could still be done in time today.
        (Some(due), Done::NotYet) if due.met_on(context.as_of) => {
            Judgement::unanswered(Missing::NotDueYet)
        }
        (Some(_), Done::NotYet) => Judgement::of(Verdict::NotMet),
    }
}

fn unreadable(kind: &Kind, field: TypedField, text: &str, period: Period) -> Problem {
    let why = match (field, kind) {
        (TypedField::Numerator | TypedField::Denominator | TypedField::Count, _)
        | (TypedField::Target, Kind::Count { .. }) => {
            Unreadable::of_kept(read_whole(text), write_whole, Unreadable::Whole)
        }
        (TypedField::Quantity | TypedField::Target, _) => {
            Unreadable::of_kept(read_decimal(text), write_decimal, Unreadable::Decimal)
        }
        (TypedField::Done | TypedField::Due, _) => kept_date(text, period),
    };
    Problem::Unreadable(field, why)
}

pub(super) fn kept_date(text: &str, period: Period) -> Unreadable {
    Unreadable::of_kept(read_date(text, Some(period)), write_date, Unreadable::Date)
}
