//! The report itself: the situation, the results by area and compared with earlier periods, the
//! items not met, difficulties and proposals.

use super::head::{given, lines};
use super::{
    Bar, Block, Chart, Column, Part, Row, Shade, Sources, Table, WORDS, in_sentence, text,
};
use crate::checklist::{Checklist, Kind, Language};
use crate::evaluation::{Evaluated, Judgement, Missing, Tally, Verdict};
use crate::inspection::{Entry, FindingDate, FindingState, Status, write_date};
use crate::messages::fill;
use crate::words;

impl Sources<'_> {
    pub(super) fn body(&self) -> Vec<Block> {
        let parts = [
            vec![Block::Paragraph(self.opening())],
            self.general(),
            self.results(),
            self.compared(),
            self.findings(),
            written(text::DIFFICULTIES, &self.details.difficulties),
            written(text::PROPOSALS, &self.details.proposals),
        ];
        numbered(parts.into_iter().flatten())
    }

    pub(super) fn closing(&self) -> String {
        fill(text::CLOSING, &[("unit", &self.agency()), ("period", &self.period())])
    }

    fn period(&self) -> String {
        in_sentence(self.inspection.header.period)
    }

    /// Returns the opening sentence, which names the directive that the unit acts on.
    fn opening(&self) -> String {
        let source = &self.inspection.checklist.source;
        if source.reference {
            let values = [
                ("checklist", self.inspection.checklist.title.in_language(Language::Vi)),
                ("issuer", &source.issuer),
                ("unit", &self.agency()),
                ("period", &self.period()),
            ];
            return fill(text::OPENING_REFERENCE, &values);
        }
        let number = source.number.as_deref().and_then(given);
        let number = number.map(|number| fill(text::OPENING_NUMBER, &[("number", number)]));
        let about = source.subject.trim();
        let about = about.strip_prefix(text::SUBJECT_SHORT).unwrap_or(about);
        let about = given(about.trim_end_matches('.'));
        let about = about.map(|subject| fill(text::OPENING_SUBJECT, &[("subject", subject)]));
        let values = [
            ("number", &*number.unwrap_or_default()),
            ("date", &source.date),
            ("issuer", &source.issuer),
            ("subject", &about.unwrap_or_default()),
            ("unit", &self.agency()),
            ("period", &self.period()),
        ];
        fill(text::OPENING, &values)
    }

    fn general(&self) -> Vec<Block> {
        let header = &self.inspection.header;
        let title = self.inspection.checklist.title.in_language(Language::Vi);
        let as_of = write_date(self.context.as_of);
        let scope = fill(
            text::SCOPE,
            &[("checklist", title), ("period", &self.period()), ("date", &as_of)],
        );
        let mut blocks = vec![Block::Heading(text::GENERAL.to_owned()), Block::Paragraph(scope)];
        blocks.extend(self.about_the_checklist().into_iter().map(Block::Paragraph));
        if !header.inspectors.is_empty() {
            let names = fill(text::INSPECTORS, &[("names", &header.inspectors.join(", "))]);
            blocks.push(Block::Paragraph(names));
        }
        blocks.extend(room_or_text(&self.details.general));
        blocks
    }

    /// Returns the basis of the figures of a set for reference, and the note on the checklist.
    fn about_the_checklist(&self) -> Vec<String> {
        let Checklist { source, note, .. } = &*self.inspection.checklist;
        let basis = source.reference && !source.basis.is_empty();
        let basis =
            basis.then(|| fill(text::REFERENCE_BASIS, &[("basis", &source.basis.join("; "))]));
        let note = note.as_ref().map(|note| {
            let date = write_date(note.as_of);
            let said = [("date", &*date), ("note", note.text.in_language(Language::Vi))];
            fill(text::NOTE, &said)
        });
        basis.into_iter().chain(note).collect()
    }

    fn results(&self) -> Vec<Block> {
        let header = &self.inspection.header;
        let tally = self.summary.all;
        let counted = Verdict::ALL.into_iter().filter(|verdict| tally.of(*verdict) > 0);
        let verdicts = counted.map(|verdict| {
            let name = words::lower_first(words::verdict(verdict, WORDS));
            let count = tally.of(verdict).to_string();
            fill(text::TALLY_PART, &[("verdict", &name), ("count", &count)])
        });
        let verdicts = verdicts.collect::<Vec<_>>().join("; ");
        let total = tally.total.to_string();
        let mut sentences = vec![fill(text::TALLY, &[("total", &total), ("verdicts", &verdicts)])];
        let share = [("percent", &*words::percent_met(&tally)), ("of", &words::met_of(&tally))];
        sentences.push(fill(text::SHARE, &share));
        if header.status == Status::InProgress {
            sentences.push(text::IN_PROGRESS.to_owned());
        }
        let completion = header.completed.as_ref();
        let reason = completion.and_then(|completion| completion.incomplete_reason.as_deref());
        // Changes may have completed it since.
        let reason = reason.filter(|_| tally.answered() < tally.total);
        sentences.extend(reason.map(|reason| fill(text::INCOMPLETE, &[("reason", reason)])));
        sentences.push(text::DETAILS_IN_ANNEX.to_owned());

        let mut blocks = vec![Block::Heading(text::RESULTS.to_owned())];
        blocks.extend(sentences.into_iter().map(Block::Paragraph));
        blocks.push(Block::Table(self.areas_table()));
        blocks.push(Block::Chart(self.areas_chart()));
        blocks
    }

    /// Returns the areas in which items apply, with their titles.
    fn areas(&self) -> impl Iterator<Item = (&str, &Tally)> {
        let areas = self.summary.areas.iter().filter(|(_, tally)| tally.total > 0);
        areas.filter_map(|(id, tally)| {
            let area = self.inspection.checklist.area(id)?;
            Some((area.title.in_language(Language::Vi), tally))
        })
    }

    fn areas_chart(&self) -> Chart {
        let all = self.summary.all;
        let shown: Vec<_> = Verdict::ALL.into_iter().filter(|one| all.of(*one) > 0).collect();
        let part = |verdict: &Verdict| Part {
            name: words::verdict(*verdict, WORDS).to_owned(),
            shade: shade(*verdict),
        };
        let bars = self.areas().map(|(title, tally)| Bar {
            title: format!("{title} ({})", words::met_of(tally)),
            counts: shown.iter().map(|verdict| tally.of(*verdict)).collect(),
        });
        Chart {
            about: text::AREAS_CHART.to_owned(),
            parts: shown.iter().map(part).collect(),
            bars: bars.collect(),
        }
    }

    fn areas_table(&self) -> Table {
        // Verdicts that are still open have columns only if they occur.
        let all = self.summary.all;
        let shown: Vec<_> = Verdict::ALL
            .into_iter()
            .filter(|verdict| verdict.is_answered() || all.of(*verdict) > 0)
            .collect();
        let width = 8;
        let mut columns = vec![
            Column::short(text::ORDINAL, 6),
            Column::text(text::AREA, 100 - 6 - width * (shown.len() + 2)),
            Column::short(text::TOTAL, width),
        ];
        columns.extend(shown.iter().map(|v| Column::short(words::verdict(*v, WORDS), width)));
        columns.push(Column::short(text::SHARE_MET, width));
        let figures = |tally: &Tally| {
            let verdicts = shown.iter().map(|verdict| tally.of(*verdict).to_string());
            let counts = std::iter::once(tally.total.to_string()).chain(verdicts);
            counts.chain([words::percent_met(tally)]).collect::<Vec<_>>()
        };
        let numbers = (1..).map(|number: usize| number.to_string());
        let rows = self.areas().zip(numbers).map(|((title, tally), number)| {
            Row::Cells([vec![number, title.to_owned()], figures(tally)].concat())
        });
        let sum = [vec![String::new(), text::SUM.to_owned()], figures(&all)];
        let rows = rows.chain([Row::Total(sum.concat())]).collect();
        Table { caption: Some(text::AREAS_TABLE.to_owned()), columns, rows }
    }

    fn findings(&self) -> Vec<Block> {
        let findings = self.applying().filter(|(_, one, _)| one.judgement.verdict.is_finding());
        let rows: Vec<_> =
            findings.map(|(number, one, entry)| Row::Cells(finding(number, one, entry))).collect();
        let content = if rows.is_empty() {
            let tally = self.summary.all;
            let is_whole = tally.answered() == tally.total;
            let sentence = if is_whole { text::NO_FINDINGS } else { text::NO_FINDINGS_YET };
            Block::Paragraph(sentence.to_owned())
        } else {
            let columns = vec![
                Column::short(text::ITEM_NUMBER, 7),
                Column::text(text::REQUIREMENT, 27),
                Column::text(text::RESULT_AND_CAUSE, 21),
                Column::text(text::ACTION, 19),
                Column::text(text::IN_CHARGE, 12),
                Column::text(text::DUE_AND_STATE, 14),
            ];
            Block::Table(Table { caption: Some(text::FINDINGS_TABLE.to_owned()), columns, rows })
        };
        vec![Block::Heading(text::FINDINGS.to_owned()), content]
    }
}

const fn shade(verdict: Verdict) -> Shade {
    match verdict {
        Verdict::Met => Shade::Dark,
        Verdict::PartlyMet => Shade::Middle,
        Verdict::NotMet => Shade::Light,
        Verdict::NotApplicable => Shade::Blank,
        Verdict::Invalid | Verdict::Unanswered => Shade::Open,
    }
}

/// Numbers the parts and the tables, which depend on the inspection.
fn numbered(blocks: impl Iterator<Item = Block>) -> Vec<Block> {
    let mut parts = text::PARTS.into_iter();
    let mut tables = 1..;
    let mut number = |what: &str| {
        let number = tables.next().map(|number: usize| number.to_string()).unwrap_or_default();
        fill(text::TABLE, &[("number", &number), ("what", what)])
    };
    let blocks = blocks.map(|block| match block {
        Block::Heading(title) => {
            Block::Heading(format!("{}. {title}", parts.next().unwrap_or_default()))
        }
        Block::Table(Table { caption: Some(caption), columns, rows }) => {
            Block::Table(Table { caption: Some(number(&caption)), columns, rows })
        }
        other => other,
    });
    blocks.collect()
}

/// Returns the cells of an item that is not met: the cause, and what is done about it. Fields
/// without an entry stay blank, to be filled in by hand.
fn finding(number: usize, evaluated: &Evaluated, entry: Option<&Entry>) -> Vec<String> {
    let Evaluated { item, judgement, .. } = evaluated;
    let verdict = words::verdict(judgement.verdict, WORDS).to_owned();
    let blank = Entry::blank(&item.kind);
    let detail = figures(&item.kind, entry.unwrap_or(&blank), judgement);
    let cause = entry.map(|entry| entry.answer.reason.clone()).unwrap_or_default();
    let finding = entry.map(|entry| entry.finding.clone()).unwrap_or_default();
    let dated = |sentence, date: Option<_>, field| {
        let typed = finding.unread.get(&field).cloned();
        let date = typed.or(date.map(write_date))?;
        Some(fill(sentence, &[("date", &date)]))
    };
    let proof = given(&finding.proof).map(|proof| fill(text::PROOF, &[("proof", proof)]));
    let end = match finding.state {
        FindingState::Done => [dated(text::DONE_ON, finding.done, FindingDate::Done), proof],
        FindingState::Open | FindingState::CarriedOver => {
            [dated(text::DUE, finding.due, FindingDate::Due), None]
        }
    };
    let state =
        (!finding.is_blank()).then(|| words::finding_state(finding.state, WORDS).to_owned());
    let [date, proof] = end;
    vec![
        number.to_string(),
        item.text.in_language(Language::Vi).to_owned(),
        stacked([verdict, detail, cause]),
        finding.action.trim().to_owned(),
        finding.in_charge.trim().to_owned(),
        stacked([date, state, proof].map(Option::unwrap_or_default)),
    ]
}

/// Returns the figures behind a verdict, and what is missing for it.
pub(super) fn figures(kind: &Kind, entry: &Entry, judgement: &Judgement) -> String {
    let mut told = judgement.clone();
    // The page's prompts would be no statement on paper.
    let is_told = |missing: &Missing| {
        matches!(missing, Missing::NotDueYet | Missing::NothingOverYet | Missing::Lost)
    };
    told.missing.retain(is_told);
    let lacks = judgement.missing.iter().filter_map(|missing| match missing {
        Missing::OwnTarget => Some(text::NO_OWN_TARGET.to_owned()),
        Missing::OwnDue => Some(text::NO_OWN_DUE.to_owned()),
        _ => None,
    });
    stacked(
        std::iter::once(words::detail(kind, &entry.answer, &told, Language::Vi, WORDS))
            .chain(lacks),
    )
}

/// Joins texts one under the other. Blank ones are left out.
pub(super) fn stacked(texts: impl IntoIterator<Item = String>) -> String {
    let given = texts.into_iter().filter(|text| !text.trim().is_empty());
    given.map(|text| text.trim().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Returns a part that people write themselves.
fn written(heading: &str, text: &str) -> Vec<Block> {
    [vec![Block::Heading(heading.to_owned())], room_or_text(text)].concat()
}

/// Returns a paragraph for each line, or room to write if there is none.
fn room_or_text(text: &str) -> Vec<Block> {
    let paragraphs: Vec<_> = lines(text).into_iter().map(Block::Paragraph).collect();
    if paragraphs.is_empty() { vec![Block::Room] } else { paragraphs }
}
