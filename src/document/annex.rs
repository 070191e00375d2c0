//! The annex: every item with its result, its figures and its remarks; the rows of rosters; the
//! answers from earlier versions of the checklist; and the photos.

use super::body::{figures, stacked};
use super::head::given;
use super::{Annex, Block, Column, Row, Sources, Table, Title, WORDS, text};
use crate::checklist::{Item, Kind, Language};
use crate::evaluation::{Context, Judgement, judge};
use crate::inspection::{Earlier, Entered, Entry};
use crate::messages::fill;
use crate::words;

impl Sources<'_> {
    pub(super) fn annex(&self) -> Annex {
        let belongs_to = fill(
            text::BELONGS_TO,
            &[
                ("number", &*self.number()),
                ("symbol", &self.symbol()),
                ("date", &self.date()),
                ("agency", &self.agency()),
            ],
        );
        let mut body = vec![Block::Table(self.items_table())];
        let rosters = self.applying().filter_map(|(number, one, entry)| {
            rows_table(number, one.item, entry?).map(Block::Table)
        });
        body.extend(rosters);
        body.extend(self.inspection.earlier.iter().flat_map(|earlier| self.earlier(earlier)));
        body.extend(self.photos());
        let subject = text::ANNEX_SUBJECT.to_owned();
        let orientation = self.details.orientation();
        let title = Title { kind: text::ANNEX.to_owned(), subject };
        Annex { orientation, title, belongs_to, body }
    }

    fn items_table(&self) -> Table {
        let mut rows = Vec::new();
        for area in &self.inspection.checklist.areas {
            let of_area = self.applying().filter(|(_, one, _)| one.item.area == area.id);
            let items = of_area.map(|(number, one, entry)| {
                Row::Cells(self.item(&number.to_string(), one.item, entry, &one.judgement))
            });
            let items: Vec<_> = items.collect();
            if !items.is_empty() {
                rows.push(Row::Group(area.title.in_language(Language::Vi).to_owned()));
                rows.extend(items);
            }
        }
        Table { caption: None, columns: item_columns(), rows }
    }

    fn item(
        &self,
        number: &str,
        item: &Item,
        entry: Option<&Entry>,
        judgement: &Judgement,
    ) -> Vec<String> {
        let blank = Entry::blank(&item.kind);
        let entry = entry.unwrap_or(&blank);
        let clause = given(&item.clause).map(|clause| format!("({clause})"));
        // The entries from before it was marked as not applicable stay on the page, but count for
        // nothing.
        let told = if entry.answer.not_applicable {
            String::new()
        } else {
            let entered = words::entered(&item.kind, entry, Language::Vi, WORDS);
            let entered = entered.into_iter().map(|(label, value)| format!("{label}: {value}"));
            let asked = words::asked(&item.kind, entry.own, Language::Vi, WORDS);
            let told = [asked].into_iter().chain(entered);
            stacked(told.chain([figures(&item.kind, entry, judgement)]))
        };
        vec![
            number.to_owned(),
            stacked([item.text.in_language(Language::Vi).to_owned(), clause.unwrap_or_default()]),
            words::verdict(judgement.verdict, WORDS).to_owned(),
            told,
            stacked([entry.answer.reason.clone(), entry.note.clone(), self.evidence(entry)]),
        ]
    }

    /// Returns the tables of the answers that have no place in the checklist any more.
    fn earlier(&self, earlier: &Earlier) -> Vec<Block> {
        if earlier.items.is_empty() {
            return Vec::new();
        }
        let context = Context { as_of: earlier.as_of, ..self.context };
        let rows = earlier.items.iter().zip(1..).map(|(kept, number): (_, usize)| {
            let judgement = judge(&kept.item, Some(&kept.entry), &context);
            let number = number.to_string();
            let mut cells = self.item(&number, &kept.item, Some(&kept.entry), &judgement);
            // For other items, the report itself has this.
            let finding = words::finding(&kept.entry.finding, WORDS);
            let finding = finding.into_iter().map(|(label, text)| format!("{label}: {text}"));
            if let Some(said) = cells.last_mut() {
                *said = stacked(std::iter::once(std::mem::take(said)).chain(finding));
            }
            Row::Cells(cells)
        });
        let version = [("version", earlier.checklist.version.as_str())];
        let caption = Some(text::EARLIER.to_owned());
        let items = Table { caption, columns: item_columns(), rows: rows.collect() };
        let rosters = earlier.items.iter().zip(1..);
        let rosters =
            rosters.filter_map(|(kept, number)| rows_table(number, &kept.item, &kept.entry));
        let tables = std::iter::once(items).chain(rosters).map(Block::Table);
        let sentence = Block::Paragraph(fill(text::EARLIER_TEXT, &version));
        std::iter::once(sentence).chain(tables).collect()
    }
}

fn item_columns() -> Vec<Column> {
    vec![
        Column::short(text::ITEM_NUMBER, 7),
        Column::text(text::REQUIREMENT_AND_CLAUSE, 33),
        Column::short(text::RESULT, 12),
        Column::text(text::FIGURES, 26),
        Column::text(text::REASON_AND_NOTE, 22),
    ]
}

/// Returns the rows of a roster under its columns, or `None` if there are none or the roster does
/// not apply.
fn rows_table(number: usize, item: &Item, entry: &Entry) -> Option<Table> {
    let (Kind::Roster { columns, .. }, Entered::Roster(rows)) = (&item.kind, &entry.answer.entered)
    else {
        return None;
    };
    if rows.is_empty() || entry.answer.not_applicable {
        return None;
    }
    let what = item.text.in_language(Language::Vi);
    let caption = fill(text::ROWS_TABLE, &[("number", &number.to_string()), ("what", what)]);
    let width = 93 / columns.len().max(1);
    let heads =
        columns.iter().map(|column| Column::text(column.label.in_language(Language::Vi), width));
    let lines = rows.iter().zip(1..).map(|(row, place): (_, usize)| {
        let cells = columns.iter().map(|column| words::cell(row.get(&column.id), WORDS));
        Row::Cells(std::iter::once(place.to_string()).chain(cells).collect())
    });
    Some(Table {
        caption: Some(caption),
        columns: std::iter::once(Column::short(text::ORDINAL, 7)).chain(heads).collect(),
        rows: lines.collect(),
    })
}
