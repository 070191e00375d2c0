//! An inspection as a table for people who collate many: one row per item, with its figures, its
//! verdict and its finding. The crate `tu_kiem_tra_office` and [`csv`] turn the table into a file.

mod csv;

pub use csv::csv;

use chrono::NaiveDate;
use tu_kiem_tra_office::{Cell, Column, Sheet};

use crate::checklist::{Item, Kind, Language, date_to_iso};
use crate::evaluation::{
    Context, Evaluated, Ratio, evaluate, expected_periods, parts_share, roster_share,
};
use crate::inspection::{Done, Entered, Entry, FindingDate, Inspection, write_date};
use crate::messages::{Messages, fill};
use crate::words;

/// The digits that spreadsheets keep of a number. A longer percentage is written as text, so that
/// its cut value does not contradict its verdict.
const DIGITS: usize = 15;

/// Returns the table of an inspection, judged as of `today` or as of the day of its completion. As
/// in the report, items that don't apply to the unit are left out unless they have an entry.
#[must_use]
pub fn sheet(
    inspection: &Inspection,
    today: NaiveDate,
    language: Language,
    words: &Messages,
) -> Sheet {
    let Inspection { header, checklist, entries, .. } = inspection;
    let context = Context::new(header, today);
    let (evaluated, summary) = evaluate(checklist, entries, &context);
    let area = |item: &Item| {
        let area = checklist.area(&item.area);
        area.map(|area| area.title.in_language(language).to_owned()).unwrap_or_default()
    };
    let rows = (1..).zip(&evaluated).filter_map(|(number, evaluated): (usize, _)| {
        let entry = entries.get(&evaluated.item.id).filter(|entry| !entry.is_blank());
        let is_wanted = evaluated.applies || entry.is_some();
        let blank = Entry::blank(&evaluated.item.kind);
        let row = Row { evaluated, entry: entry.unwrap_or(&blank), context, language, words };
        is_wanted.then(|| row.cells(number, area(evaluated.item)))
    });
    let as_of = fill(words.result_as_of, &[("date", &write_date(context.as_of))]);
    Sheet {
        name: words.sheet_name.to_owned(),
        about: vec![
            checklist.title.in_language(language).to_owned(),
            format!("{} · {} · {as_of}", header.unit.name, words::period(header.period, words)),
            words::headline(&summary.all, words),
        ],
        columns: columns(words),
        rows: rows.collect(),
    }
}

fn columns(words: &Messages) -> Vec<Column> {
    let columns = [
        (words.sheet_number, 6),
        (words.sheet_area, 22),
        (words.sheet_item, 48),
        (words.sheet_clause, 16),
        (words.sheet_target, 24),
        (words.sheet_figure, 11),
        (words.sheet_total, 11),
        (words.sheet_percent, 10),
        (words.sheet_answer, 30),
        (words.sheet_verdict, 16),
        (words.sheet_shortfall, 11),
        (words.sheet_lacking, 30),
        (words.item_reason, 30),
        (words.item_note, 30),
        (words.finding_action, 30),
        (words.finding_in_charge, 20),
        (words.finding_due, 13),
        (words.finding_state, 16),
        (words.finding_done_on, 13),
        (words.sheet_proof, 30),
    ];
    columns.map(|(title, width)| Column { title: title.to_owned(), width }).into()
}

/// An item as a row.
struct Row<'a> {
    evaluated: &'a Evaluated<'a>,
    entry: &'a Entry,
    context: Context<'a>,
    language: Language,
    words: &'a Messages,
}

impl Row<'_> {
    fn cells(&self, number: usize, area: String) -> Vec<Cell> {
        let Self { evaluated: Evaluated { item, judgement, applies }, entry, words, .. } = self;
        let finding = &entry.finding;
        let (figure, total) = self.figures();
        let state = (judgement.verdict.is_finding() || !finding.is_blank())
            .then(|| words::finding_state(finding.state, words));
        vec![
            whole(number as u64),
            Cell::text(area),
            Cell::text(item.text.in_language(self.language)),
            Cell::text(item.clause.clone()),
            Cell::text(self.target()),
            figure,
            total,
            judgement.computed.percent.as_ref().filter(|_| *applies).map_or(
                Cell::Empty,
                |percent| {
                    let exact = percent.to_string();
                    let digits = exact.chars().filter(char::is_ascii_digit).count();
                    if digits > DIGITS {
                        Cell::Text(percent.with_comma())
                    } else {
                        Cell::Number(exact)
                    }
                },
            ),
            Cell::text(self.answer()),
            // Items that don't concern the unit must not be counted with the others.
            Cell::text(if *applies {
                words::verdict(judgement.verdict, words)
            } else {
                words.sheet_not_asked
            }),
            judgement
                .computed
                .shortfall
                .filter(|_| *applies)
                .map_or(Cell::Empty, |shortfall| whole(shortfall.cases())),
            Cell::text(if *applies { self.lacking() } else { String::new() }),
            Cell::text(entry.answer.reason.clone()),
            Cell::text(entry.note.clone()),
            Cell::text(finding.action.clone()),
            Cell::text(finding.in_charge.clone()),
            self.day(FindingDate::Due),
            Cell::text(state.unwrap_or_default()),
            self.day(FindingDate::Done),
            Cell::text(finding.proof.clone()),
        ]
    }

    /// Returns a day of the finding. A day that can't be read stays as typed.
    fn day(&self, field: FindingDate) -> Cell {
        let finding = &self.entry.finding;
        let date = match field {
            FindingDate::Due => finding.due,
            FindingDate::Done => finding.done,
        };
        match (finding.unread.get(&field), date) {
            (Some(typed), _) => Cell::text(typed.clone()),
            (None, Some(date)) => Cell::Date(date_to_iso(date)),
            (None, None) => Cell::Empty,
        }
    }

    /// Returns the target, if it is a figure, a day or an interval.
    fn target(&self) -> String {
        let Self { evaluated: Evaluated { item, .. }, entry, language, words, .. } = self;
        words::asked(&item.kind, entry.own, *language, words)
    }

    /// Returns the figure and the total that it is out of.
    fn figures(&self) -> (Cell, Cell) {
        let pair = |some: usize, all: usize| (whole(some as u64), whole(all as u64));
        let number = |number: Option<u64>| number.map_or(Cell::Empty, whole);
        let share = |share: Option<Ratio>| {
            let share = share.map(Ratio::parts);
            share.map_or((Cell::Empty, Cell::Empty), |(some, all)| (whole(some), whole(all)))
        };
        if self.entry.answer.not_applicable {
            // The entries from before count for nothing and must not be summed up.
            return (Cell::Empty, Cell::Empty);
        }
        match (&self.evaluated.item.kind, &self.entry.answer.entered) {
            (_, Entered::Ratio { numerator, denominator }) => {
                (number(*numerator), number(*denominator))
            }
            (_, Entered::Count(count)) => (number(*count), Cell::Empty),
            (_, Entered::Quantity(Some(quantity))) => {
                (Cell::Number(quantity.to_string()), Cell::Empty)
            }
            (Kind::Periodic { every }, Entered::Periodic(Some(done))) => {
                let expected = expected_periods(self.entry.own.every_of(*every), &self.context);
                let over = || expected.iter().filter(|(_, is_over)| *is_over);
                pair(over().filter(|(period, _)| done.contains(period)).count(), over().count())
            }
            (Kind::Roster { columns, .. }, Entered::Roster(rows)) => {
                share(roster_share(columns, rows))
            }
            (Kind::Parts { parts }, Entered::Parts(answers)) => share(parts_share(parts, answers)),
            _ => (Cell::Empty, Cell::Empty),
        }
    }

    /// Returns the names of the things that are lacking.
    fn lacking(&self) -> String {
        let Self { evaluated: Evaluated { item, judgement, .. }, entry, language, words, .. } =
            self;
        let lacking = &judgement.computed.lacking;
        words::lacking(&item.kind, &entry.answer, lacking, *language, words)
    }

    /// Returns the entries that are not figures, and the texts that can't be read, as typed.
    fn answer(&self) -> String {
        let answer = &self.entry.answer;
        let own = match &answer.entered {
            Entered::Deadline(Some(Done::On(date))) => write_date(*date),
            Entered::Deadline(Some(Done::NotYet)) => self.words.deadline_not_yet.to_owned(),
            Entered::Narrative(text) => text.clone(),
            _ => String::new(),
        };
        let lost = self.entry.lost.then(|| self.words.missing_lost.to_owned());
        let given = std::iter::once(own).chain(answer.unread.values().cloned()).chain(lost);
        given.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
    }
}

fn whole(number: u64) -> Cell {
    Cell::Number(number.to_string())
}
