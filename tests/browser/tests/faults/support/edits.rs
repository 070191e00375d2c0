//! Many edits by `setAnswer`, made in the page while other things happen.

use anyhow::Result;
use browser_tests::Page;
use serde_json::{Value, json};

use super::chance::Chance;

/// Makes edits one after the other, with pauses that are counted in tasks of the page: timers are
/// slow in a background tab.
const RUN: &str = "
    const { port1, port2 } = new MessageChannel();
    const task = () => new Promise((done) => {
      port1.onmessage = done;
      port2.postMessage(null);
    });
    element.__running = (async () => {
      for (const { item, answer, pause } of given) {
        for (let passed = 0; passed < pause; passed += 1) await task();
        await element.setAnswer(item, answer);
      }
      return given.length;
    })();
";

/// Starts random edits in a page, without waiting for them.
pub async fn begin(page: &Page, chance: &mut Chance, count: u64) -> Result<()> {
    let edits: Vec<Value> = (0..count).map(|_| edit(chance)).collect();
    page.evaluate(RUN, json!(edits)).await.map(drop)
}

/// Waits for the edits that were started in a page.
pub async fn end(page: &Page) -> Result<()> {
    page.evaluate("return element.__running;", json!(null)).await.map(drop)
}

/// Returns an answer to one of the small checklist's items.
fn edit(chance: &mut Chance) -> Value {
    let number = chance.below(100);
    let (item, answer) = match chance.below(11) {
        0 => ("attested", json!({ "verdict": "not-met", "reason": format!("Lý do {number}") })),
        1 => ("share", json!({ "numerator": number, "denominator": number + chance.below(5) })),
        2 => ("own-share", json!({ "numerator": number, "denominator": 100 })),
        3 => ("overdue", json!({ "count": number })),
        4 => ("hours", json!({ "quantity": number.to_string() })),
        5 => ("report", json!({ "done": format!("2026-06-{:02}", 1 + number % 30) })),
        6 => ("report", json!({ "notYet": true })),
        7 => ("monthly", json!({ "donePeriods": [format!("2026-{:02}", 1 + number % 12)] })),
        8 => {
            ("posted", json!({ "rows": [{ "name": format!("Hàng {number}") }, { "desk": true }] }))
        }
        9 => (
            "notice",
            json!({ "parts": { "phone": number < 50, "mailbox": chance.below(2) == 0 } }),
        ),
        _ => ("proposals", json!({ "text": format!("Đề nghị {number}") })),
    };
    json!({ "item": item, "answer": answer, "pause": chance.below(30) })
}
