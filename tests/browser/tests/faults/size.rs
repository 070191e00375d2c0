//! The cost of much data: 200 inspections of 200 items on one device beside a single one, in one
//! page and in turns, so that the ratios are meaningful whatever the machine is busy with.

use anyhow::{Context, Result};
use browser_tests::{Page, Setup, TestResult, dist};
use serde_json::{Value, json};

use crate::support::figures::Figures;
use crate::support::form::form;

const INSPECTIONS: u64 = 200;
const ITEMS: u64 = 200;

/// The number of measurements of each.
const ROUNDS: u64 = 40;

/// A page with two elements in separate namespaces.
const PAGE: &str = r#"<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng</title>
    <script type="module" src="/tkt/tu-kiem-tra.js"></script></head><body><main>
    <tu-kiem-tra id="one" storage-namespace="one"></tu-kiem-tra>
    <tu-kiem-tra id="many" storage-namespace="many"></tu-kiem-tra></main></body></html>"#;

/// Returns a checklist in which every other item is a ratio.
fn checklist() -> Value {
    let item = |number: u64| {
        let id = format!("item-{number}");
        let text = json!({ "vi": format!("Việc thứ {number}") });
        if number.is_multiple_of(2) {
            json!({
                "id": id, "area": "all", "kind": "ratio", "text": text, "addressee": "Phường",
                "performers": ["commune"], "source": { "clause": "1" }, "target": { "atLeast": "90" },
                "numerator": { "vi": "Đúng hạn" }, "denominator": { "vi": "Tổng số" },
            })
        } else {
            json!({
                "id": id, "area": "all", "kind": "attestation", "text": text, "addressee": "Phường",
                "performers": ["commune"], "source": { "clause": "1" },
            })
        }
    };
    json!({
        "id": "much", "version": "1.0.0", "title": { "vi": "Nhiều" },
        "source": { "issuer": "UBND", "number": null, "date": "2026", "subject": "Nhiều", "addressees": [], "basis": [] },
        "areas": [{ "id": "all", "title": { "vi": "Tất cả" } }], "questions": [],
        "items": (0..ITEMS).map(item).collect::<Value>(),
    })
}

/// Starts an inspection, answers all of it, and imports copies up to the given number.
async fn fill(page: &Page, inspections: u64) -> TestResult {
    let new = json!({ "checklist": "/much.json", "unit": { "name": "UBND xã" }, "period": "2026" });
    let id = page.call("startInspection", json!([new])).await?;
    let answer = "
        return (async () => {
          for (let number = 0; number < given; number++) {
            const answer = number % 2 ? { verdict: 'met' } : { numerator: 95, denominator: 100 };
            await element.setAnswer(`item-${number}`, answer);
          }
          await element.flush();
          element.__report = JSON.stringify(await element.exportReport());
        })();
    ";
    page.evaluate(answer, json!(ITEMS)).await?;
    // One by one, as a script may not take long.
    let copy = "
        return element.importReport(element.__report, { onConflict: 'keep-both' })
          .then(() => element.listInspections()).then((listed) => listed.length);
    ";
    for count in 2..=inspections {
        assert_eq!(page.evaluate(copy, json!(null)).await?, json!(count));
    }
    page.call("openInspection", json!([id])).await.map(drop)
}

/// Makes an edit. Returns the milliseconds until the program has handled it, and from there until
/// it is saved.
async fn edit(page: &Page, round: u64) -> Result<[f64; 2]> {
    let script = "
        const field = root.querySelector('[data-item=item-100] [data-field=numerator]');
        field.value = String(given % 100);
        const start = performance.now();
        field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
        const done = performance.now();
        return element.flush().then(() => [done - start, performance.now() - done]);
    ";
    Ok(serde_json::from_value(page.evaluate(script, json!(round)).await?)?)
}

/// Returns the milliseconds from the insertion of an element until its list is rendered.
async fn open_list(page: &Page, namespace: &str, inspections: u64) -> Result<f64> {
    let script = "
        const [namespace, count] = given;
        const fresh = document.createElement('tu-kiem-tra');
        fresh.setAttribute('storage-namespace', namespace);
        const start = performance.now();
        const shown = () => fresh.shadowRoot?.querySelectorAll('[data-inspection]').length ?? 0;
        return new Promise((done) => {
          const look = () => {
            if (shown() < count) return requestAnimationFrame(look);
            const took = performance.now() - start;
            fresh.remove();
            done(took);
          };
          document.body.append(fresh);
          look();
        });
    ";
    let took = page.evaluate(script, json!([namespace, inspections])).await?;
    took.as_f64().context("a time")
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[tokio::test]
#[ignore = "`cargo xtask faults` runs it"]
async fn many_inspections_cost_an_edit_no_more_than_one() -> TestResult {
    Setup::empty()
        .own_browser()
        .mount("/tkt/", dist())
        .page("/", PAGE)
        .file("/much.json", "application/json", checklist().to_string())
        .timeout(form().timeout)
        .run(async |stage| {
            let page = stage.goto("/").await?;
            let (one, many) = (page.with_host("#one"), page.with_host("#many"));
            for element in [&one, &many] {
                element.wait_until_ready().await?;
            }
            fill(&one, 1).await?;
            fill(&many, INSPECTIONS).await?;

            let mut times: [Vec<f64>; 6] = Default::default();
            for round in 0..ROUNDS {
                let [few, few_saved] = edit(&one, round).await?;
                let [much, much_saved] = edit(&many, round).await?;
                let short = open_list(&page, "one", 1).await?;
                let long = open_list(&page, "many", INSPECTIONS).await?;
                let measured = [few, much, few_saved, much_saved, short, long];
                times.iter_mut().zip(measured).for_each(|(all, time)| all.push(time));
            }
            let [few, much, few_saved, much_saved, short, long] = times.map(median);
            Figures {
                test: format!("Cost of {INSPECTIONS} inspections of {ITEMS} items"),
                times: ROUNDS,
                typed: 2 * ROUNDS,
                acknowledged: 2 * ROUNDS,
                remark: format!(
                    "medians, one inspection and {INSPECTIONS}: an edit {few:.1} and {much:.1} ms (ratio {:.2}), \
                     its saving {few_saved:.1} and {much_saved:.1} ms (ratio {:.2}), \
                     opening the list {short:.0} and {long:.0} ms",
                    much / few,
                    much_saved / few_saved
                ),
                ..Figures::default()
            }
            .conclude(Ok(()))
        })
        .await
}
