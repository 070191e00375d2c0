//! Random edits in both pages, by the host and by a person, end identical everywhere.

use anyhow::Result;
use browser_tests::{Engine, TestResult};

use super::{Two, Where};
use crate::support::chance::Chance;
use crate::support::edits;
use crate::support::figures::Figures;
use crate::support::form::form;
use crate::support::site;
use crate::support::typist::Typist;

/// Random edits in both, by the host and by typing, end identical everywhere.
async fn interleaved(place: Where, name: &str) -> TestResult {
    let (setup, _) = site::portal(Engine::Chromium);
    setup
        .run(async |stage| {
            let mut chance = Chance::new(name);
            let two = Two::open(stage, place).await?;
            let typist = Typist::at(&two.a, Engine::Chromium).await?;
            let (mut all, mut rounds) = (0, 0);
            let mut rounds_until_enough = async || -> TestResult {
                while all < form().edits {
                    edit_together(&two, &typist, &mut chance).await?;
                    all = two.edits().await?;
                    rounds += 1;
                    // They must agree on the way, too.
                    if chance.below(10) == 0 {
                        two.agree().await?;
                    }
                }
                let items = two.agree().await?;
                // A page opened only now has the same state.
                let third = stage.open_tab("/").await?;
                site::open(&third, &two.id).await?;
                assert_eq!(super::items(&third).await?, items);
                Ok(())
            };
            let outcome = rounds_until_enough().await;
            Figures {
                test: name.to_owned(),
                times: all,
                typed: all,
                acknowledged: all,
                remark: format!("{rounds} rounds; seed {}", chance.seed()),
                ..Figures::default()
            }
            .conclude(outcome)
        })
        .await
}

/// Makes the host edit in both while a person types in one or the other.
async fn edit_together(two: &Two, typist: &Typist, chance: &mut Chance) -> Result<()> {
    for page in two.both() {
        let count = 20 + chance.below(20);
        edits::begin(page, chance, count).await?;
    }
    for _ in 0..4 {
        let page = if chance.below(2) == 0 { &two.a } else { &two.b };
        typist.type_word(page, chance).await?;
    }
    for page in two.both() {
        edits::end(page).await?;
    }
    Ok(())
}

#[tokio::test]
async fn edits_of_two_tabs_at_random_end_identical() -> TestResult {
    interleaved(Where::Tabs, "Random edits of two tabs").await
}

#[tokio::test]
async fn edits_of_two_elements_at_random_end_identical() -> TestResult {
    interleaved(Where::Elements, "Random edits of two elements").await
}
