//! The finding on an item that is not met, field by field.

use crate::inspection::{Finding, FindingDate, write_date};
use crate::messages::Messages;

/// Returns the entries of a finding, each with the name of its field; nothing for a blank finding.
#[must_use]
pub fn finding(finding: &Finding, words: &Messages) -> Vec<(String, String)> {
    if finding.is_blank() {
        return Vec::new();
    }
    let date = |field, date: Option<_>| {
        let typed = finding.unread.get(&field).cloned();
        typed.or(date.map(write_date)).unwrap_or_default()
    };
    let facts = [
        (words.finding_action, finding.action.clone()),
        (words.finding_in_charge, finding.in_charge.clone()),
        (words.finding_due, date(FindingDate::Due, finding.due)),
        (words.finding_state, super::finding_state(finding.state, words).to_owned()),
        (words.finding_done_on, date(FindingDate::Done, finding.done)),
        (words.finding_proof_short, finding.proof.clone()),
    ];
    let given = facts.into_iter().filter(|(_, text)| !text.trim().is_empty());
    given.map(|(label, text)| (label.to_owned(), text)).collect()
}
