//! The whole browser, or the process that shows the page, is killed while a person types.

use anyhow::Result;
use browser_tests::{Engine, Page, Stage, TestResult};
use serde_json::json;

use crate::support::chance::Chance;
use crate::support::figures::Figures;
use crate::support::form::form;
use crate::support::ledger::Ledger;
use crate::support::site::{self, BLANK};
use crate::support::stored::Stored;
use crate::support::typist::Typist;
use crate::support::witness::Witness;

/// The process that is killed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Victim {
    /// All processes of the browser. It is restarted on the same profile.
    Browser,
    /// The processes that show pages. The page is reopened.
    Tab,
}

impl Victim {
    async fn kill(self, stage: &mut Stage) -> Result<()> {
        match self {
            Self::Browser => {
                stage.browser.kill().await?;
                stage.browser.reopen().await
            }
            Self::Tab => stage.browser.kill_pages().await,
        }
    }
}

/// Kills repeatedly while a person types, always on the same inspection. Acknowledged data must be
/// there, and after a killed tab every edit.
async fn kill_and_compare(victim: Victim, engine: Engine) -> TestResult {
    let name = format!("{victim:?} killed, {engine:?}");
    let (setup, witness) = site::portal(engine);
    setup
        .run(async |stage| {
            let mut chance = Chance::new(&name);
            let page = stage.open("/").await?;
            let id = site::start(&page).await?;
            let mut page = continued(stage, &id).await?;
            let typist = Typist::at(&page, engine).await?;
            let mut ledger = Ledger::open(&page, &Stored::of(&page, &id).await?).await?;
            let mut kills = async || -> TestResult {
                for _ in 0..form().kills {
                    let load = Witness::load(&page).await?;
                    let moment = chance.millis(50, 2500);
                    typist.type_until(&page, &mut chance, moment).await?;
                    victim.kill(stage).await?;

                    let blank = stage.goto(BLANK).await?;
                    let (stored, told) = (Stored::of(&blank, &id).await?, witness.told(&load)?);
                    ledger.enter(&told, &stored)?;
                    if victim == Victim::Tab {
                        ledger.check_edits(&told, &stored)?;
                    }
                    page = continued(stage, &id).await?;
                    ledger.check_shown(&page).await?;
                }
                Ok(())
            };
            let outcome = kills().await;
            let mut figures = ledger.figures;
            figures.test = name;
            figures.remark = format!("seed {}", chance.seed());
            figures.conclude(outcome)
        })
        .await
}

async fn continued(stage: &mut Stage, id: &str) -> Result<Page> {
    let page = stage.open("/").await?;
    site::open(&page, id).await?;
    Ok(page)
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_killed_browser() -> TestResult {
    kill_and_compare(Victim::Browser, Engine::Chromium).await
}

#[tokio::test]
async fn every_edit_survives_a_killed_tab() -> TestResult {
    kill_and_compare(Victim::Tab, Engine::Chromium).await
}

#[tokio::test]
#[ignore = "`cargo xtask faults` runs it"]
async fn what_was_acknowledged_survives_a_killed_firefox() -> TestResult {
    kill_and_compare(Victim::Browser, Engine::Firefox).await
}

/// The reason why a killed WebKit can't be tested. When this fails, it can be.
#[tokio::test]
#[ignore = "`cargo xtask faults` runs it"]
async fn webkit_has_no_profile_under_its_driver() -> TestResult {
    let (setup, _) = site::portal(Engine::WebKit);
    setup
        .run(async |stage| {
            let page = stage.open("/").await?;
            site::start(&page).await?;
            stage.browser.close().await?;
            stage.browser.reopen().await?;
            let page = stage.open("/").await?;
            let list = page.call("listInspections", json!([])).await?;
            assert_eq!(list, json!([]), "it kept what is stored: kill it too");
            let figures = Figures {
                test: "Browser killed, WebKit".to_owned(),
                remark: "not tested: its driver gives it an empty profile each time".to_owned(),
                ..Figures::default()
            };
            figures.conclude(Ok(()))
        })
        .await
}
