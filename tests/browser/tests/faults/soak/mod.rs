//! A device in long use: many inspections with files, three tabs on a slow processor, and random
//! events, until the time of this run's form is over. Every acknowledged answer is there, no task
//! of a start grows with the stored data, and an open page's memory doesn't grow.

mod account;
mod device;
mod happening;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use browser_tests::TestResult;
use serde_json::json;

use self::account::Account;
use self::device::Device;
use self::happening::{ALL, GENTLE, Happening, Releases, some_time};
use crate::support::chance::Chance;
use crate::support::figures::Figures;
use crate::support::form::form;
use crate::support::held::{Held, held};

/// The number of inspections at the first measurement of a start.
const FEW: usize = 10;

/// The number of rounds before a page's memory is measured, after which one-time objects exist.
const WARM_UP: u32 = 5;

/// The counts and measurements.
#[derive(Debug, Default)]
struct Course {
    happened: BTreeMap<Happening, u32>,
    acknowledged: u64,
    starts: [f64; 2],
    /// The first tab's memory in kilobytes, early and late.
    memory: [u64; 2],
}

impl Course {
    /// Makes people work for a while, and an event happen.
    async fn work_until(
        &mut self,
        happening: Happening,
        device: &mut Device<'_>,
        chance: &mut Chance,
    ) -> TestResult {
        device.work(chance).await?;
        tokio::time::sleep(some_time(chance)).await;
        happening.come(device, chance).await?;
        *self.happened.entry(happening).or_default() += 1;
        Ok(())
    }
}

#[tokio::test]
async fn a_device_that_is_used_for_long() -> TestResult {
    let name = "Soak";
    let mut chance = Chance::new(name);
    let (account, releases) = (Account::default(), Releases::new()?);
    let mut course = Course::default();
    let outcome = device::portal(&releases, &account)
        .run(async |stage| {
            let mut device = Device::new(stage, releases);
            device.fill(FEW).await?;
            let few = device.longest_tasks(form().starts).await?;
            device.fill(form().inspections).await?;
            let many = device.longest_tasks(form().starts).await?;
            course.starts = [few, many].map(least);
            let half = form().soak / 2;
            stay_open(&mut device, &account, &mut course, &mut chance, half).await?;
            go_wrong(&mut device, &account, &mut course, &mut chance, half).await?;
            let [few, many] = course.starts;
            ensure!(many <= few * 2.0, "a start grows with what is stored: {few} and {many} ms");
            Ok(())
        })
        .await;
    let [few, many] = course.starts;
    let [early, late] = course.memory;
    Figures {
        test: format!("{name} of {} s", form().soak.as_secs()),
        times: course.happened.values().map(|times| u64::from(*times)).sum(),
        typed: course.acknowledged,
        acknowledged: course.acknowledged,
        remark: format!(
            "{:?}; longest task of a start with {FEW} and {} inspections, six times throttled: {few:.0} and {many:.0} ms; \
             memory of a page early and late: {early} and {late} kB; seed {}",
            course.happened,
            form().inspections,
            chance.seed()
        ),
        ..Figures::default()
    }
    .conclude(outcome)
}

/// Pages stay open while people work on one inspection after the other. They are frozen, and
/// storage is full at times: their memory doesn't grow.
async fn stay_open(
    device: &mut Device<'_>,
    account: &Account,
    course: &mut Course,
    chance: &mut Chance,
    time: Duration,
) -> TestResult {
    let start = Instant::now();
    let mut rounds = 0;
    while rounds <= WARM_UP || start.elapsed() < time {
        let happening = chance.one_of(&GENTLE).copied().context("something")?;
        course.work_until(happening, device, chance).await?;
        device.rest().await?;
        rounds += 1;
        if rounds == WARM_UP {
            course.memory[0] = memory(device).await?;
        }
    }
    course.memory[1] = memory(device).await?;
    let blank = device.blank().await?;
    course.acknowledged = account.check(&blank, device.files()).await?;
    let [early, late] = course.memory;
    ensure!(late * 10 <= early * 11, "memory grew from {early} to {late} kB");
    Ok(())
}

/// Tabs end in every way. Each time, everything acknowledged is checked.
async fn go_wrong(
    device: &mut Device<'_>,
    account: &Account,
    course: &mut Course,
    chance: &mut Chance,
    time: Duration,
) -> TestResult {
    let start = Instant::now();
    // Each event at least once, and more at random.
    let mut next = ALL.into_iter();
    loop {
        let forced = next.next();
        if forced.is_none() && start.elapsed() >= time {
            break;
        }
        let happening = forced.or_else(|| chance.one_of(&ALL).copied()).context("something")?;
        course.work_until(happening, device, chance).await?;
        let blank = device.blank().await?;
        let acknowledged = account.check(&blank, device.files()).await;
        course.acknowledged = acknowledged.with_context(|| format!("after {happening:?}"))?;
    }
    // The newer release can save the entries that the previous one could only keep aside.
    Happening::Updated.come(device, chance).await?;
    device.settle().await?;
    let blank = device.blank().await?;
    course.acknowledged = account.check(&blank, device.files()).await?;
    Ok(())
}

/// Returns the memory of JavaScript and of the program in the first tab, in kilobytes.
async fn memory(device: &Device<'_>) -> Result<u64> {
    device.stage.browser.cdp("Performance.enable", json!({})).await?;
    let Held { heap, program, .. } = held(device.first_tab()?, device.stage).await?;
    Ok((heap + program) / 1000)
}

/// Returns the time without disturbance, which is the shortest.
fn least(times: Vec<f64>) -> f64 {
    times.into_iter().reduce(f64::min).unwrap_or_default()
}
