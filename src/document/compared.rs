//! The comparison with earlier periods: in a sentence, in figures and a chart, and item by item for
//! those that rose, fell or fail again and again.

use super::{Block, Column, Row, Share, Side, Sources, Table, Trend, WORDS, text};
use crate::checklist::Language;
use crate::comparison::{Change, Comparison, ItemChange, Judged};
use crate::messages::fill;
use crate::words;

impl Sources<'_> {
    /// Returns the comparison with the last inspection before this one, or nothing if there is
    /// none.
    pub(super) fn compared(&self) -> Vec<Block> {
        let Some(last) = self.earlier.last() else { return Vec::new() };
        let this = Judged::of(self.inspection, self.today);
        let comparison = Comparison::new(&this, last, self.earlier);
        let mut blocks = vec![
            Block::Heading(text::COMPARED.to_owned()),
            Block::Paragraph(summary(&this, last, &comparison)),
            Block::Table(self.periods_table(&this)),
            Block::Trend(self.trend(&this)),
        ];
        blocks.extend(self.changes_table(&comparison).map(Block::Table));
        blocks
    }

    /// Returns all periods, the oldest first.
    fn periods<'b>(&'b self, this: &'b Judged) -> impl Iterator<Item = &'b Judged> {
        self.earlier.iter().chain([this])
    }

    fn periods_table(&self, this: &Judged) -> Table {
        let rows = self.periods(this).map(|judged| {
            let tally = judged.summary.all;
            Row::Cells(vec![
                words::period(judged.period, WORDS),
                tally.met.to_string(),
                tally.meetable().to_string(),
                words::percent_met(&tally),
                tally.waiting().to_string(),
            ])
        });
        let columns = vec![
            Column::text(text::PERIOD, 32),
            Column::short(text::MET, 14),
            Column::short(text::MEETABLE, 18),
            Column::short(text::SHARE_MET, 14),
            Column::short(text::WAITING, 22),
        ];
        Table { caption: Some(text::PERIODS_TABLE.to_owned()), columns, rows: rows.collect() }
    }

    fn trend(&self, this: &Judged) -> Trend {
        Trend {
            about: text::PERIODS_CHART.to_owned(),
            met: WORDS.verdict_met.to_owned(),
            not_met: text::NOT_YET_MET.to_owned(),
            shares: self.shares(this),
        }
    }

    fn shares(&self, this: &Judged) -> Vec<Share> {
        let last = self.earlier.last().map(|judged| &judged.id);
        let shares = self.periods(this).map(|judged| {
            let side = if judged.id == this.id {
                Side::This
            } else if Some(&judged.id) == last {
                Side::With
            } else {
                Side::Other
            };
            let tally = judged.summary.all;
            let period = words::compared_period(judged, side, WORDS);
            let title = format!("{period}: {}", words::share(&tally, WORDS));
            Share { title, met: tally.met, meetable: tally.meetable(), side }
        });
        shares.collect()
    }

    /// Returns the items that fell, that fail for at least the third time in a row, and that rose,
    /// or `None` if there are none.
    fn changes_table(&self, comparison: &Comparison) -> Option<Table> {
        let of = |change| comparison.with(change).collect::<Vec<_>>();
        let groups = [
            (text::FELL, of(Change::Fell)),
            (text::LASTING, comparison.lasting().collect()),
            (text::ROSE, of(Change::Rose)),
        ];
        let groups = groups.into_iter().filter(|(_, changes)| !changes.is_empty());
        let rows = groups.flat_map(|(title, changes)| {
            let count = changes.len().to_string();
            let group = Row::Group(fill(title, &[("count", &count)]));
            std::iter::once(group).chain(changes.into_iter().map(|change| self.change(change)))
        });
        let rows: Vec<_> = rows.collect();
        let columns = vec![
            Column::short(text::ITEM_NUMBER, 7),
            Column::text(text::REQUIREMENT, 45),
            Column::text(text::THEN, 24),
            Column::text(text::NOW, 24),
        ];
        let caption = Some(text::CHANGES_TABLE.to_owned());
        (!rows.is_empty()).then_some(Table { caption, columns, rows })
    }

    fn change(&self, change: &ItemChange) -> Row {
        let item = &change.item;
        let state = |state| words::state(item, state, Language::Vi, WORDS);
        let number = self.applying().find(|(_, one, _)| one.item.id == item.id);
        let times = (change.times_failed >= ItemChange::LASTING)
            .then(|| fill(text::TIMES, &[("count", &change.times_failed.to_string())]));
        let now = [Some(state(change.now)), times].map(Option::unwrap_or_default);
        Row::Cells(vec![
            number.map(|(number, ..)| number.to_string()).unwrap_or_default(),
            item.text.in_language(Language::Vi).to_owned(),
            change.then.map_or_else(|| text::NOT_ASKED.to_owned(), state),
            super::body::stacked(now),
        ])
    }
}

fn summary(this: &Judged, last: &Judged, comparison: &Comparison) -> String {
    let period = super::in_sentence(last.period);
    words::compared_summary(text::COMPARED_SUMMARY, this, last, &period, comparison)
}
