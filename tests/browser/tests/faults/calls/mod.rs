//! Storage that fails at call k, for every k that an action makes: the action is atomic whatever
//! fails, a refused one changes nothing, and acknowledged data is there.
//!
//! Actions, strikes and invariants know nothing of browsers: They run on a [`device::Device`].

mod action;
mod contents;
mod device;
mod invariants;
mod pages;
mod proofs;
mod strike;
mod tally;

use anyhow::{Context, ensure};
use browser_tests::TestResult;

use self::action::Action;
use self::device::Device as _;
use self::invariants::Told;
use self::pages::Pages;
use self::strike::Strike;
use self::tally::Tally;
use crate::support::form::form;

/// Fails every call of an action, in the ways of this run's form.
async fn every_call(action: Action) -> TestResult {
    let (setup, bell) = pages::portal()?;
    let setup = if form().pages > 0 { setup.own_browser() } else { setup };
    setup
        .run(async |stage| {
            let mut pages = Pages::open(stage, bell).await?;
            let before = pages.before().await?;
            let done = pages.run(action, None).await.context("where nothing fails")?;
            ensure!(done.told == Told::Done, "where nothing fails, it is {:?}", done.told);
            ensure!(done.calls > 0, "it makes no call");
            let changes = done.contents.pieces(&before, action) != before.pieces(&before, action);
            ensure!(changes != action.changes_nothing(), "where nothing fails, it does otherwise");
            let calls = done.calls;
            let mut tally = Tally::new(action, before, done);
            let outcome = strike_all(&mut pages, action, calls, &mut tally).await;
            tally.conclude(outcome)
        })
        .await
}

async fn strike_all(
    pages: &mut Pages<'_>,
    action: Action,
    calls: u64,
    tally: &mut Tally,
) -> TestResult {
    let form = form();
    let strikes: Vec<Strike> = match form.pages {
        0 => strike::some(calls).collect(),
        _ => strike::all(calls).collect(),
    };
    for strike in &strikes {
        let run = pages.run(action, Some(*strike)).await;
        let run =
            run.with_context(|| format!("call {} of {}: {strike}", strike.at, action.name()))?;
        tally.add(strike.at, &strike.to_string(), &run);
    }
    // Real pages behave like frames when they are closed.
    for at in strike::evenly(calls, form.pages) {
        let lasting = strikes.iter().filter(|strike| strike.at == at && strike.stays);
        for strike in lasting.take(1) {
            tally.closings += 1;
            let run = pages.run_and_leave(action, *strike).await?;
            tally.add(at, &format!("{strike}, page closed"), &run);
        }
        if let Some(run) = pages.run_and_kill(action, at).await? {
            tally.kills += 1;
            tally.add(at, "killed", &run);
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_start() -> TestResult {
    every_call(Action::StartOwn).await
}

#[tokio::test]
async fn an_import_that_replaces() -> TestResult {
    every_call(Action::ImportReplace).await
}

#[tokio::test]
async fn a_restore() -> TestResult {
    every_call(Action::Restore).await
}

/// The tests of the long form alone.
macro_rules! in_the_long_form {
    ($($name:ident: $action:ident),* $(,)?) => {$(
        #[tokio::test]
        #[ignore = "`cargo xtask faults` runs it"]
        async fn $name() -> TestResult {
            every_call(Action::$action).await
        }
    )*};
}

in_the_long_form! {
    opening: Open,
    a_start_of_a_built_in_checklist: StartBuiltIn,
    an_answer: Answer,
    a_cleared_answer: Clear,
    an_emptied_roster: Empty,
    a_photo_that_is_taken_away: Detach,
    completing: Complete,
    moving_to_a_newer_version: Move,
    an_import: ImportReject,
    an_import_beside_what_is_there: ImportKeepBoth,
    deleting_for_good: Purge,
    deleting_everything: Erase,
    sending: Send,
}
