//! The page goes away in the middle of typing, in the ways of people: not one keystroke is missing.

use std::time::Duration;

use anyhow::Result;
use browser_tests::{Ability, Engine, Page, Stage, TestResult};
use serde_json::json;

use crate::support::chance::Chance;
use crate::support::form::form;
use crate::support::ledger::Ledger;
use crate::support::site::{self, BLANK};
use crate::support::stored::Stored;
use crate::support::typist::Typist;
use crate::support::witness::Witness;

/// The way in which the page goes away.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Reload,
    Navigation,
    Closing,
}

impl Way {
    fn name(self) -> &'static str {
        match self {
            Self::Reload => "Page reloaded",
            Self::Navigation => "Page left for another",
            Self::Closing => "Tab closed",
        }
    }

    async fn open(self, stage: &mut Stage, engine: Engine, id: &str) -> Result<Page> {
        let page = match self {
            Self::Closing if closes_by_script(engine) => stage.open_closable_tab("/").await?,
            Self::Closing => stage.open_tab("/").await?,
            Self::Reload | Self::Navigation => stage.open("/").await?,
        };
        site::open(&page, id).await?;
        Ok(page)
    }

    /// Makes the page go away by itself, whatever the driver is doing then.
    async fn go_at_some_time(self, page: &Page, chance: &mut Chance) -> Result<()> {
        let step = match self {
            Self::Reload => "location.reload()",
            Self::Navigation => "location.assign('/blank')",
            Self::Closing => "window.close()",
        };
        let moment = some_time(chance).as_millis();
        let script = format!("setTimeout(() => {step}, {moment});");
        page.evaluate(&script, json!(null)).await.map(drop)
    }
}

fn closes_by_script(engine: Engine) -> bool {
    engine.lacks(Ability::ClosingByScript).is_none()
}

fn some_time(chance: &mut Chance) -> Duration {
    chance.millis(50, 2500)
}

async fn leave_and_compare(way: Way, engine: Engine) -> TestResult {
    let name = format!("{}, {engine:?}", way.name());
    let (setup, witness) = site::portal(engine);
    setup
        .run(async |stage| {
            let mut chance = Chance::new(&name);
            let page = stage.open("/").await?;
            let id = site::start(&page).await?;
            let typist = Typist::at(&page, engine).await?;
            let mut ledger = Ledger::open(&page, &Stored::of(&page, &id).await?).await?;
            stage.goto(BLANK).await?;
            let mut strokes = 0;
            let mut leavings = async || -> TestResult {
                for _ in 0..form().leavings {
                    let page = way.open(stage, engine, &id).await?;
                    ledger.check_shown(&page).await?;
                    let load = Witness::load(&page).await?;
                    let told = if way == Way::Closing && !closes_by_script(engine) {
                        // The driver closes the page in this case.
                        let moment = some_time(&mut chance);
                        typist.type_until(&page, &mut chance, moment).await?;
                        page.close().await?;
                        witness.all_of(&load).await?
                    } else {
                        way.go_at_some_time(&page, &mut chance).await?;
                        typist.type_until_left(&page, &mut chance, &witness, &load).await?
                    };

                    let blank = stage.goto(BLANK).await?;
                    let stored = Stored::of(&blank, &id).await?;
                    strokes += told.strokes;
                    ledger.enter(&told, &stored)?;
                    ledger.check_keystrokes(&told, &stored)?;
                }
                let page = way.open(stage, engine, &id).await?;
                ledger.check_shown(&page).await
            };
            let outcome = leavings().await;
            let mut figures = ledger.figures;
            figures.test = name;
            figures.remark = format!("{strokes} strokes; seed {}", chance.seed());
            figures.conclude(outcome)
        })
        .await
}

#[tokio::test]
async fn no_keystroke_is_lost_by_a_reload() -> TestResult {
    leave_and_compare(Way::Reload, Engine::Chromium).await
}

#[tokio::test]
async fn no_keystroke_is_lost_by_going_to_another_page() -> TestResult {
    leave_and_compare(Way::Navigation, Engine::Chromium).await
}

#[tokio::test]
async fn no_keystroke_is_lost_by_closing_the_tab() -> TestResult {
    leave_and_compare(Way::Closing, Engine::Chromium).await
}

#[tokio::test]
#[ignore = "`cargo xtask faults` runs it"]
async fn no_keystroke_is_lost_by_a_reload_in_firefox() -> TestResult {
    leave_and_compare(Way::Reload, Engine::Firefox).await
}

#[tokio::test]
#[ignore = "`cargo xtask faults` runs it"]
async fn no_keystroke_is_lost_by_going_to_another_page_in_firefox() -> TestResult {
    leave_and_compare(Way::Navigation, Engine::Firefox).await
}

#[tokio::test]
#[ignore = "`cargo xtask faults` runs it"]
async fn no_keystroke_is_lost_by_closing_the_tab_in_firefox() -> TestResult {
    leave_and_compare(Way::Closing, Engine::Firefox).await
}

#[tokio::test]
#[ignore = "`cargo xtask faults` runs it"]
async fn no_keystroke_is_lost_by_a_reload_in_webkit() -> TestResult {
    leave_and_compare(Way::Reload, Engine::WebKit).await
}

#[tokio::test]
#[ignore = "`cargo xtask faults` runs it"]
async fn no_keystroke_is_lost_by_going_to_another_page_in_webkit() -> TestResult {
    leave_and_compare(Way::Navigation, Engine::WebKit).await
}

#[tokio::test]
#[ignore = "`cargo xtask faults` runs it"]
async fn no_keystroke_is_lost_by_closing_the_tab_in_webkit() -> TestResult {
    leave_and_compare(Way::Closing, Engine::WebKit).await
}
