//! The result of an inspection as a plain text, to be pasted into a letter or a message.

use chrono::NaiveDate;

use super::{detail, period, share, status, verdict};
use crate::checklist::Language;
use crate::evaluation::{Context, Evaluated, Tally, Verdict, evaluate};
use crate::inspection::{Entry, Inspection, write_date};
use crate::messages::{Messages, fill, messages};

/// Returns the result of an inspection as of `today`, or as of the day of its completion: its
/// heading, the share that is met, and the items not met, each with its reason.
#[must_use]
pub fn result(inspection: &Inspection, today: NaiveDate, language: Language) -> String {
    let words = messages(language);
    let Inspection { header, checklist, entries, .. } = inspection;
    let context = Context::new(header, today);
    let (evaluated, summary) = evaluate(checklist, entries, &context);
    let as_of = fill(words.result_as_of, &[("date", &write_date(context.as_of))]);
    let mut lines = vec![
        words.copy_title.to_owned(),
        fact(words.copy_unit, &header.unit.name),
        fact(words.start_period, &period(header.period, words)),
        fact(words.start_checklist, checklist.title.in_language(language)),
        fact(words.import_status, &format!("{}, {as_of}", status(header.status, words))),
        fact(words.compare_share, &share(&summary.all, words)),
        counts(&summary.all, words),
        String::new(),
    ];
    let numbered = (1_usize..).zip(&evaluated);
    let findings = numbered.filter(|(_, one)| one.applies && one.judgement.verdict.is_finding());
    let findings =
        findings.map(|(number, one)| finding(number, one, entries.get(&one.item.id), language));
    let findings: Vec<_> = findings.collect();
    let all = summary.all;
    lines.push(match (findings.is_empty(), all.answered() == all.total) {
        (true, true) => words.result_no_findings.to_owned(),
        (true, false) => words.result_no_findings_yet.to_owned(),
        (false, _) => format!("{}:", words.result_findings),
    });
    lines.extend(findings);
    lines.join("\n")
}

fn fact(name: &str, value: &str) -> String {
    format!("{name}: {}", in_one_line(value))
}

/// Returns the number of items for each verdict. Verdicts that no item has are left out.
fn counts(tally: &Tally, words: &Messages) -> String {
    let counted = Verdict::ALL.into_iter().filter(|one| tally.of(*one) > 0);
    let counts = counted.map(|one| format!("{}: {}", verdict(one, words), tally.of(one)));
    counts.collect::<Vec<_>>().join("; ")
}

/// Returns an item that is not met, or only partly, with the figure and the reason. It has the
/// number by which people refer to it.
fn finding(number: usize, one: &Evaluated, entry: Option<&Entry>, language: Language) -> String {
    let words = messages(language);
    let Evaluated { item, judgement, .. } = one;
    let blank = Entry::blank(&item.kind);
    let answer = &entry.unwrap_or(&blank).answer;
    let figure = detail(&item.kind, answer, judgement, language, words);
    let reason = entry.map(|entry| in_one_line(&entry.answer.reason)).unwrap_or_default();
    let reason = (!reason.is_empty()).then(|| fact(words.item_reason, &reason));
    let facts = [Some(verdict(judgement.verdict, words).to_owned()), Some(figure), reason];
    let facts = facts.into_iter().flatten().filter(|fact| !fact.is_empty());
    let text = in_one_line(item.text.in_language(language));
    format!("{number}. {text}\n   {}", facts.collect::<Vec<_>>().join(" · "))
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
