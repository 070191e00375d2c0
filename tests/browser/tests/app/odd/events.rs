//! Events of the wrong class.

use anyhow::ensure;
use browser_tests::TestResult;
use serde_json::{Value, json};

use super::{check_alive, start};
use crate::support::sites::small_portal;

/// Records which listener listens to which event.
const NOTE: &str = "
    window.__listeners = [];
    const { addEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, ...given) {
      __listeners.push([this ?? window, type]);
      return addEventListener.call(this, type, ...given);
    };
";

/// Sends every listener of the page its event in every wrong class, and returns the number of
/// kinds. Actions that leave the inspection are skipped, or there would be nothing left to check.
const SEND: &str = "
    const bubbling = { bubbles: true, composed: true, cancelable: true };
    const throwing = (type) => {
      const event = new Event(type, bubbling);
      for (const name of ['key', 'ctrlKey', 'data', 'detail', 'newVersion']) {
        Object.defineProperty(event, name, { get() { throw new Error('an odd event'); } });
      }
      return event;
    };
    const odd = (type) => Object.assign(new Event(type, bubbling), { key: 5, ctrlKey: 'no', data: {}, newVersion: 'x' });
    const classes = [
      (type) => new Event(type, bubbling), (type) => new CustomEvent(type, { ...bubbling, detail: 7 }),
      (type) => new MouseEvent(type, bubbling), (type) => new KeyboardEvent(type, { ...bubbling, key: 'x' }),
      (type) => new MessageEvent(type, { ...bubbling, data: { no: 'text' } }), odd, throwing,
    ];
    const frame = document.body.appendChild(document.createElement('iframe'));
    classes.push((type) => new frame.contentWindow.KeyboardEvent(type, { ...bubbling, key: 'x' }));
    classes.push((type) => new frame.contentWindow.Event(type, bubbling));
    const kinds = new Set();
    for (const [target, type] of [...__listeners]) {
      const isOurs = target instanceof Node ? target.isConnected : true;
      const leads = type === 'click' && target.matches?.('[data-action=home], [data-action=language], [data-action=print], [data-action^=clear]');
      if (!isOurs || leads || type.startsWith('tkt-') || type === 'securitypolicyviolation') continue;
      kinds.add(`${target.constructor.name} ${type}`);
      for (const make of classes) target.dispatchEvent(make(type));
    }
    frame.remove();
    return [...kinds];
";

/// Leaves the dialogs that were opened meanwhile.
const LEAVE: &str = "
    return (async () => {
      for (let turn = 0; turn < 50 && root.querySelector('dialog'); turn++) {
        root.querySelector('dialog [data-action=leave]').click();
        await new Promise((done) => setTimeout(done));
      }
      return root.querySelectorAll('dialog').length;
    })();
";

#[tokio::test]
async fn every_listener_bears_every_class_of_its_event() -> TestResult {
    small_portal()?
        .preload(NOTE)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let at_start = page.evaluate(SEND, Value::Null).await?;
            let id = start(&page).await?;
            page.item("posted").action("add-row").click().await?;
            page.item("share").field("numerator").fill("24").await?;
            let at_work = page.evaluate(SEND, Value::Null).await?;
            for (kinds, wanted) in [
                (&at_start, "HTMLFormElement submit"),
                (&at_start, "BroadcastChannel message"),
                (&at_work, "HTMLDivElement keydown"),
                (&at_work, "HTMLInputElement input"),
                (&at_work, "Window pagehide"),
            ] {
                let kinds = kinds.as_array().into_iter().flatten();
                ensure!(kinds.clone().any(|kind| kind == wanted), "{wanted} is not in {at_work}");
            }
            assert_eq!(page.evaluate(LEAVE, Value::Null).await?, json!(0));
            check_alive(&page, &id).await?;
            assert_eq!(page.item("share").field("numerator").value().await?, "24");
            Ok(())
        })
        .await
}

/// As Chrome and password managers do.
#[tokio::test]
async fn a_browser_that_fills_a_field_in_stops_nothing() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let fill = "
                for (const type of ['keydown', 'keypress', 'keyup']) {
                  place.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
                }
                place.value = given;
                for (const type of ['input', 'change']) place.dispatchEvent(new Event(type, { bubbles: true }));
            ";
            page.field("unit-name").on_element(fill, json!("UBND xã Tân Hạnh")).await?;
            page.field("period").on_element(fill, json!("2026")).await?;
            page.action("start").click().await?;
            page.item("overdue").field("count").on_element(fill, json!("0")).await?;
            page.item("overdue").wait_for_verdict("met").await?;
            let report = page.call("exportReport", json!([])).await?;
            assert_eq!(report.pointer("/inspection/unit/name"), Some(&json!("UBND xã Tân Hạnh")));
            Ok(())
        })
        .await
}

/// A host that answers our event with one of its own on the same field.
#[tokio::test]
async fn an_event_within_an_event_stops_nothing() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = start(&page).await?;
            let script = "
                let field;
                root.addEventListener('input', (event) => (field = event.target), true);
                element.addEventListener('tkt-change', () => {
                  if (field?.value === '3') {
                    field.value = '30';
                    field.dispatchEvent(new Event('input', { bubbles: true }));
                  }
                });
            ";
            page.evaluate(script, Value::Null).await?;
            let overdue = page.item("overdue");
            overdue.field("count").type_text("3").await?;
            // At the latest when it is exported.
            let report = page.call("exportReport", json!([])).await?;
            let answer =
                crate::support::reports::item(&report, "overdue")?.pointer("/answer/count");
            assert_eq!(answer, Some(&json!(30)));
            page.evaluate("element.replaceWith(element.cloneNode());", Value::Null).await?;
            page.wait_for_events("tkt-ready", 2).await?;
            check_alive(&page, &id).await
        })
        .await
}
