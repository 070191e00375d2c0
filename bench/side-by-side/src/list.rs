//! The time that the element takes to show its list of inspections.

use anyhow::Result;
use browser_tests::wait_until;
use serde_json::{Value, json};

use crate::measure::{setup, slow_down, started};
use crate::median::median;
use crate::site::{OURS, Site};

/// The lengths of the measured lists: a short one and a long one.
pub const SHOWN: [usize; 2] = [10, 200];

/// Returns the time that the element takes to show a list of this many inspections, from the start
/// of the navigation.
pub async fn show(site: &Site, inspections: usize) -> Result<f64> {
    let mut took = 0.0;
    setup(site)
        .run(async |stage| {
            let page = stage.goto(&format!("{}?items=60", Site::page(OURS))).await?;
            started(&page).await?;
            let script = "
                const checklist = new URL('../checklist-60.json', location.href).href;
                return (async () => {
                  for (let number = 1; number <= given; number++) {
                    const unit = { name: `UBND phường ${number}`, type: 'commune' };
                    await element.startInspection({ checklist, unit, period: '2026' });
                  }
                  await element.flush();
                })();
            ";
            // One exists already. Each script has to finish within half a minute.
            let mut missing = inspections.saturating_sub(1);
            while missing > 0 {
                let some = missing.min(20);
                page.evaluate(script, json!(some)).await?;
                missing -= some;
            }
            slow_down(stage).await?;
            let mut times = Vec::new();
            for _ in 0..5 {
                let page =
                    stage.goto(&format!("/{OURS}/embed-list.html?rows={inspections}")).await?;
                wait_until("the list", async || {
                    let script = "return globalThis.listed ?? null;";
                    Ok(page
                        .evaluate(script, Value::Null)
                        .await?
                        .as_f64()
                        .map(|time| times.push(time)))
                })
                .await?;
            }
            took = median(&mut times);
            Ok(())
        })
        .await?;
    Ok(took)
}
