//! An inspection as a table: a row an item, with its figures, its verdict and what is done about
//! it, for those who collate many. How the table becomes a file, `office` knows, and [`csv`].

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

/// The digits that spreadsheets keep of a number. A percentage that has more is written as a text,
/// so that it does not become one that says something else than its verdict.
const DIGITS: usize = 15;

/// The table of an inspection, judged as of `today` or as of the day of its completion. Items that
/// don't apply to the unit are left out, as in the report, unless something was entered for them.
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
            // Items that do not concern the unit are not to be counted with the others.
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

    /// A day of the finding; one that can't be read stands as it was typed.
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

    /// Returns the figure, day or interval that the item asks for.
    fn target(&self) -> String {
        let Self { evaluated: Evaluated { item, .. }, entry, language, words, .. } = self;
        words::asked(&item.kind, entry.own, *language, words)
    }

    /// How much there is, and of how much.
    fn figures(&self) -> (Cell, Cell) {
        let pair = |some: usize, all: usize| (whole(some as u64), whole(all as u64));
        let number = |number: Option<u64>| number.map_or(Cell::Empty, whole);
        let share = |share: Option<Ratio>| {
            let share = share.map(Ratio::parts);
            share.map_or((Cell::Empty, Cell::Empty), |(some, all)| (whole(some), whole(all)))
        };
        if self.entry.answer.not_applicable {
            // A value that was entered before counts for nothing, and is not to be summed up.
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

    /// The names of what is lacking.
    fn lacking(&self) -> String {
        let Self { evaluated: Evaluated { item, judgement, .. }, entry, language, words, .. } =
            self;
        let lacking = &judgement.computed.lacking;
        words::lacking(&item.kind, &entry.answer, lacking, *language, words)
    }

    /// Returns the part of the answer that is no figure, and unreadable texts as they were typed.
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
