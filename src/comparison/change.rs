//! The changes of an item and of an area since an earlier inspection.

use std::cmp::Ordering;
use std::sync::Arc;

use super::{Figure, Judged, JudgedItem};
use crate::checklist::{AreaId, Item};
use crate::evaluation::{Tally, Verdict};
use crate::inspection::Finding;

/// The change of an item since then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// A better verdict, or a better figure for the same one.
    Rose,
    /// A worse verdict, or a worse figure for the same one.
    Fell,
    /// No change.
    Same,
    /// A verdict now, none then.
    NewlyAnswered,
    /// A verdict then, none now.
    NoLongerAnswered,
    /// An item that was not asked then.
    New,
    /// An item that does not apply, or of which no case arose, in one of them or both.
    NotCompared,
}

/// The change of an item, with its verdicts then and now.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemChange {
    /// The item.
    pub item: Arc<Item>,
    /// The change.
    pub change: Change,
    /// The verdict and the figure then; `None` if the item was not asked.
    pub then: Option<(Verdict, Option<Figure>)>,
    /// The verdict and the figure now.
    pub now: (Verdict, Option<Figure>),
    /// The number of periods in a row, up to this one, in which it is not met or only partly met.
    pub times_failed: usize,
    /// The earlier finding that still needs work, if nothing is planned here.
    pub carried: Option<Finding>,
}

impl ItemChange {
    /// The number of failures in a row from which an item counts as lasting.
    pub const LASTING: usize = 3;

    pub(super) fn new(now: &JudgedItem, with: &Judged, earlier: &[Judged]) -> Self {
        let then = with.item(&now.item.id);
        let failed_then = |judged: &&Judged| {
            judged.item(&now.item.id).is_some_and(|then| then.verdict.is_finding())
        };
        let times_failed = if now.verdict.is_finding() {
            1 + earlier.iter().rev().take_while(failed_then).count()
        } else {
            0
        };
        // The latest finding counts, whatever this is compared with: work done since is not
        // repeated.
        let planned = earlier.iter().rev().filter_map(|judged| judged.item(&now.item.id));
        let planned = planned.into_iter().find(|then| !then.finding.is_blank());
        let carried = planned
            .filter(|then| then.verdict.is_finding() && now.verdict.is_finding())
            .filter(|_| now.finding.is_blank())
            .and_then(|then| then.finding.carried_over());
        Self {
            item: now.item.clone(),
            change: then.map_or(Change::New, |then| change(then, now)),
            then: then.map(|then| (then.verdict, then.figure)),
            now: (now.verdict, now.figure),
            times_failed,
            carried,
        }
    }
}

fn change(then: &JudgedItem, now: &JudgedItem) -> Change {
    let by_figure = || now.figure?.held_against(then.figure?, &now.item);
    let order = match (rank(then.verdict), rank(now.verdict)) {
        (Some(old), Some(new)) => new.cmp(&old).then(by_figure().unwrap_or(Ordering::Equal)),
        // The figure of a ratio without a target of its own yet rises and falls all the same.
        _ if then.verdict == Verdict::Unanswered && now.verdict == Verdict::Unanswered => {
            by_figure().unwrap_or(Ordering::Equal)
        }
        _ => return without_order(then.verdict, now.verdict),
    };
    match order {
        Ordering::Less => Change::Fell,
        Ordering::Equal => Change::Same,
        Ordering::Greater => Change::Rose,
    }
}

/// Returns the change of an item that has no verdict to compare, then or now.
const fn without_order(then: Verdict, now: Verdict) -> Change {
    match (then.is_answered(), now.is_answered()) {
        (true, true) => Change::NotCompared,
        (false, true) => Change::NewlyAnswered,
        (true, false) => Change::NoLongerAnswered,
        (false, false) => Change::Same,
    }
}

/// Returns the rank of a verdict that can be compared.
const fn rank(verdict: Verdict) -> Option<u8> {
    match verdict {
        Verdict::NotMet => Some(0),
        Verdict::PartlyMet => Some(1),
        Verdict::Met => Some(2),
        Verdict::NotApplicable | Verdict::Unanswered | Verdict::Invalid => None,
    }
}

/// The change of an area.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaChange {
    /// The area.
    pub area: AreaId,
    /// Its verdicts then; `None` if nothing in it applied.
    pub then: Option<Tally>,
    /// Its verdicts now.
    pub now: Tally,
}

impl AreaChange {
    /// Returns whether the share that is met is greater, smaller or equal now. `None` if nothing in
    /// it applied then, or as long as something has no verdict: that may still be met.
    #[must_use]
    pub fn order(&self) -> Option<Ordering> {
        let share = |tally: &Tally| {
            let is_whole = tally.answered() == tally.total;
            tally.share().filter(|_| is_whole)
        };
        Some(share(&self.now)?.compare_to(share(&self.then?)?))
    }
}
