//! The project's goals, and the results.

use std::fmt::{Display, Formatter, Result};

use crate::ITEMS;
use crate::report::{COLD, LONGEST, MEMORY, Measure, NOTE, NUMERATOR, RADIO, Report, SENT, WORK};
use crate::site::{FLOOR, OURS};

/// A goal.
pub struct Goal {
    what: String,
    limit: f64,
    /// Whether the value must be below the limit, not equal to it.
    below: bool,
    unit: String,
    measured: Option<f64>,
}

impl Display for Goal {
    fn fmt(&self, line: &mut Formatter<'_>) -> Result {
        let Self { what, limit, below, unit, measured } = self;
        let wanted = if *below { "below" } else { "at most" };
        write!(line, "| {what} | {wanted} {limit}{unit} | ")?;
        match measured {
            Some(value) => {
                let met = if *below { value < limit } else { value <= limit };
                write!(line, "{value:.2}{unit} | {} |", if met { "met" } else { "not met" })
            }
            None => write!(line, "not measured | |"),
        }
    }
}

/// Returns all goals with their results.
pub fn goals(report: &Report<'_>) -> Vec<Goal> {
    let ours = |measure: &Measure, items| report.middle(measure, OURS, items);
    let beside = |measure: &Measure, items, limit| {
        let floor = report.middle(measure, FLOOR, items);
        let measured = ratio(ours(measure, items), floor);
        goal(&format!("{}, {items} items", measure.what), limit, " × the floor", measured)
    };
    let mut goals = vec![goal(
        "Over the network (Brotli 11), 60 items; what makes office files comes when it is asked for",
        150.0,
        " kB",
        ours(&SENT, 60),
    )];
    for items in ITEMS {
        goals.push(beside(&COLD, items, 1.5));
        goals.push(beside_peers(report, items));
    }
    for measure in [&NOTE, &NUMERATOR, &RADIO] {
        goals.extend(ITEMS.map(|items| beside(measure, items, 1.2)));
    }
    let edits = ratio(ours(&WORK, 1_000), ours(&WORK, 60));
    goals.push(goal("An edit with 1,000 items, saving included", 1.3, " × one with 60", edits));
    let mut lists = report.lists.iter().map(|list| list.as_ref().ok().copied());
    let (few, many) = (lists.next().flatten(), lists.next().flatten());
    goals.push(goal("Opening a list of 200 inspections", 1.5, " × one of 10", ratio(many, few)));
    goals.push(beside(&MEMORY, 1_000, 1.5));
    goals.extend(ITEMS.map(|items| {
        let what = format!("{}, {items} items", LONGEST.what);
        goal(&what, 50.0, " ms", ours(&LONGEST, items))
    }));
    goals
}

fn goal(what: &str, limit: f64, unit: &str, measured: Option<f64>) -> Goal {
    Goal { what: what.to_owned(), limit, below: false, unit: unit.to_owned(), measured }
}

/// Returns the goal of a cold start faster than that of the fastest other library, which is then
/// faster than all. It is only met if all libraries were measured.
fn beside_peers(report: &Report<'_>, items: usize) -> Goal {
    let peers = report.names.iter().filter(|name| ![FLOOR, OURS].contains(&name.as_str()));
    let starts: Vec<_> = peers.map(|name| (report.middle(&COLD, name, items), name)).collect();
    let are_all_there = starts.iter().all(|(start, _)| start.is_some());
    let starts = starts.into_iter().filter_map(|(start, name)| Some((start?, name)));
    let fastest = starts.min_by(|one, other| one.0.total_cmp(&other.0));
    let measured = ratio(report.middle(&COLD, OURS, items), fastest.map(|(start, _)| start));
    let measured = measured.filter(|ratio| are_all_there || *ratio >= 1.0);
    let name = fastest.map_or("the fastest other library", |(_, name)| name);
    let what = format!("{}, {items} items, beside every other library", COLD.what);
    Goal { below: true, ..goal(&what, 1.0, &format!(" × {name}"), measured) }
}

fn ratio(of: Option<f64>, to: Option<f64>) -> Option<f64> {
    Some(of? / to?)
}
