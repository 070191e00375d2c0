//! Limits of a guest: events that never get far, focus that passes through, room that others share
//! out, attributes that change.

use anyhow::{Context, Result};
use browser_tests::{Browser, Page, TestResult};
use serde_json::json;

use crate::support::keys;
use crate::support::sites::{host_page, portal, small_portal};
use crate::support::start::{Start, inspections};
use crate::support::{dialogs, steps};

/// Stops every event on its way from the element's parent to the window.
const DEAF: &str = "
    const kinds = new Set();
    for (let one = element; one; one = Object.getPrototypeOf(one)) {
      for (const name of Object.getOwnPropertyNames(one)) if (name.startsWith('on')) kinds.add(name.slice(2));
    }
    const ours = ['ready', 'change', 'saved', 'export', 'error'].map((name) => 'tkt-' + name);
    const inputs = ['focusin', 'focusout', 'beforeinput', 'compositionstart', 'compositionend'];
    let stopped = 0;
    const stop = (event) => { stopped++; event.stopImmediatePropagation(); };
    for (let place = element.parentNode; place; place = place.parentNode) {
      for (const kind of [...kinds, ...ours, ...inputs]) place.addEventListener(kind, stop);
    }
    window.__stopped = () => stopped;
    return kinds.size;
";

#[tokio::test]
async fn a_host_that_stops_every_event_breaks_nothing() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let kinds = page.evaluate(DEAF, json!(null)).await?;
            assert!(kinds.as_u64().context("a count")? > 80, "{kinds}");
            let id = Start { checklist: "", ..Start::default() }.run(&page).await?;
            let share = page.item("share");
            share.field("numerator").type_text("24").await?;
            share.field("denominator").type_text("25").await?;
            share.wait_for_verdict("not-met").await?;
            page.item("monthly").check("2022-01").await?;
            page.item("posted").action("add-row").click().await?;
            page.item("posted").wait_for_rows(1).await?;
            page.wait_for_save_state("saved").await?;
            page.action("result").click().await?;
            page.action("complete").click().await?;
            keys::press(&stage.browser, "Escape").await?;
            steps::wait_for_no_dialog(&page).await?;
            steps::complete_anyway(&page, "Thiếu số liệu").await?;
            page.action("export").click().await?;
            stage.browser.wait_for_download(".json").await?;
            let stopped = page.evaluate("return window.__stopped();", json!(null)).await?;
            assert!(stopped.as_u64().context("a count")? > 50, "the host stopped {stopped}");
            steps::go_home(&page).await?;
            assert_eq!(inspections(&page).await?, [id]);
            Ok(())
        })
        .await
}

/// Counts the keys that reach the host, as its shortcuts and default buttons would see them.
const LISTEN_TO_KEYS: &str = "
    window.__keys = [];
    for (const kind of ['keydown', 'keypress', 'keyup']) {
      addEventListener(kind, (event) => __keys.push(`${kind} ${event.key}`));
    }
";

#[tokio::test]
async fn a_host_does_not_hear_what_is_typed() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start { checklist: "", ..Start::default() }.run(&page).await?;
            page.evaluate(LISTEN_TO_KEYS, json!(null)).await?;
            let text = page.item("proposals").field("text");
            text.type_text("Sửa").await?;
            keys::press(&stage.browser, "Enter").await?;
            page.item("attested").choose("met").await?;
            keys::press(&stage.browser, "ArrowDown").await?;
            page.item("attested").wait_for_verdict("partly-met").await?;
            page.action("result").click().await?;
            page.action("complete")
                .wait_for("to be there", async |go| go.is_visible().await)
                .await?;
            assert_eq!(text.value().await?, "Sửa\n");
            assert_eq!(page.evaluate("return __keys;", json!(null)).await?, json!([]));
            // Keys that close or move on are for everybody.
            keys::press(&stage.browser, "Tab").await?;
            keys::press(&stage.browser, "Escape").await?;
            let heard = page.evaluate("return __keys;", json!(null)).await?;
            assert_eq!(heard.pointer("/0"), Some(&json!("keydown Tab")), "{heard}");
            Ok(())
        })
        .await
}

/// Returns the focused element in the host's page, and whether one in the element has the focus.
async fn focused(page: &Page) -> Result<(String, bool)> {
    let script = "return [document.activeElement.id || document.activeElement.localName, !!root.activeElement];";
    Ok(serde_json::from_value(page.evaluate(script, json!(null)).await?)?)
}

/// Presses Tab until the focus has left the element. Returns the number of controls passed.
async fn pass_through(page: &Page, browser: &Browser, backwards: bool) -> Result<usize> {
    for steps in 0..400 {
        let (place, is_inside) = focused(page).await?;
        if steps > 0 && place != "tu-kiem-tra" {
            return Ok(steps);
        }
        assert!(steps == 0 || is_inside, "the focus is on the element, but on nothing in it");
        if backwards { keys::back(browser).await? } else { keys::press(browser, "Tab").await? }
    }
    anyhow::bail!("the focus does not leave the element")
}

#[tokio::test]
async fn focus_enters_and_leaves_in_order() -> TestResult {
    let tag = r#"<a id="before" href="/x">Trước</a><tu-kiem-tra checklist="/small.json"></tu-kiem-tra>
        <a id="after" href="/y">Sau</a>"#;
    portal(tag)?
        .run(async |stage| {
            let page = stage.open("/").await?;
            for screen in ["the first screen", "the items"] {
                page.evaluate("document.querySelector('#before').focus();", json!(null)).await?;
                let forwards = pass_through(&page, &stage.browser, false).await?;
                assert_eq!(focused(&page).await?.0, "after", "{screen}");
                let backwards = pass_through(&page, &stage.browser, true).await?;
                assert_eq!(focused(&page).await?.0, "before", "{screen}");
                assert_eq!(forwards, backwards, "{screen}");
                assert!(forwards > 5, "{screen} has {forwards} controls");
                if screen == "the first screen" {
                    Start { checklist: "", ..Start::default() }.run(&page).await?;
                }
            }
            // An import must not take the focus from the host's own fields.
            page.evaluate("document.querySelector('#before').focus();", json!(null)).await?;
            page.call("setAnswer", json!(["overdue", { "count": 3 }])).await?;
            page.wait_for_save_state("saved").await?;
            assert_eq!(focused(&page).await?.0, "before");
            Ok(())
        })
        .await
}

/// A host's layer over everything, such as cookie banners and chat windows, and boxes that clip and
/// shift their contents.
const CROWDED: &str = "
    #over { position: fixed; inset: 0; z-index: 2147483647; background: rgb(0 0 0 / 20%); pointer-events: none; }
    #box { overflow: hidden; transform: translateX(10px); height: 600px; contain: paint; }
    #scroll { overflow: auto; height: 560px; }
";

#[tokio::test]
async fn dialogs_stay_inside_and_lie_above_the_host() -> TestResult {
    let tag = r#"<div id="over"></div><div id="box"><div id="scroll"><tu-kiem-tra></tu-kiem-tra></div></div>"#;
    let page =
        host_page(tag).replace("</head>", r#"<link rel="stylesheet" href="/crowded.css"></head>"#);
    portal("")?
        .page("/crowded", &page)
        .file("/crowded.css", "text/css", CROWDED)
        .run(async |stage| {
            let page = stage.open("/crowded").await?;
            let id = Start::default().run(&page).await?;
            let report = page.call("exportReport", json!([])).await?;
            page.item("thrift").choose("met").await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            let script = "
                const box = root.querySelector('dialog[open]').getBoundingClientRect();
                document.querySelector('#over').style.pointerEvents = 'auto';
                const points = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.9]].map(([x, y]) => {
                  const at = [box.left + box.width * x, box.top + box.height * y];
                  const top = document.elementFromPoint(...at);
                  return top === element && !!root.elementFromPoint(...at)?.closest('dialog');
                });
                document.querySelector('#over').style.pointerEvents = '';
                const isWhole = box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
                return { isWhole, points, outside: document.querySelectorAll('body > :not(main)').length };
            ";
            for opener in dialogs::on_home(stage, &report)? {
                opener.open(&page).await?;
                let seen = page.evaluate(script, json!(null)).await?;
                let expected = json!({ "isWhole": true, "points": [true, true, true], "outside": 0 });
                assert_eq!(seen, expected, "{}", opener.name);
                keys::press(&stage.browser, "Escape").await?;
                steps::wait_for_no_dialog(&page).await?;
            }
            assert_eq!(inspections(&page).await?, [id]);
            Ok(())
        })
        .await
}

/// A host's content below the element, positioned like banners and footers.
const BELOW: &str = "
    footer { position: relative; height: 2000px; background: rgb(0 80 0); }
    header { position: sticky; top: 0; height: 40px; z-index: 10; background: rgb(80 0 0); }
";

#[tokio::test]
async fn the_drawer_lies_above_what_the_host_has_below() -> TestResult {
    let tag = "<header>Cổng</header><tu-kiem-tra></tu-kiem-tra><footer>Chân trang</footer>";
    let page =
        host_page(tag).replace("</head>", r#"<link rel="stylesheet" href="/below.css"></head>"#);
    portal("")?
        .page("/below", &page)
        .file("/below.css", "text/css", BELOW)
        .run(async |stage| {
            let page = stage.open("/below").await?;
            Start::default().run(&page).await?;
            // The end of the element near the top of the window, the footer below it.
            let end = "scrollBy(0, element.getBoundingClientRect().bottom - 260);";
            page.evaluate(end, json!(null)).await?;
            let open = "root.querySelector('[data-action=areas]').click();";
            page.evaluate(open, json!(null)).await?;
            let drawer = page.find(".nav-drawer");
            drawer.wait_for("to be open", async |drawer| drawer.is_visible().await).await?;
            let script = "
                const box = root.querySelector('.nav-drawer').getBoundingClientRect();
                const top = document.elementFromPoint(box.left + box.width / 2, box.bottom - 8);
                const header = document.elementFromPoint(innerWidth / 2, 20);
                return [box.bottom > element.getBoundingClientRect().bottom, top.localName, header.localName];
            ";
            let seen = page.evaluate(script, json!(null)).await?;
            assert_eq!(seen, json!([true, "tu-kiem-tra", "header"]));
            Ok(())
        })
        .await
}

const ROOMS: &str = "
    .row { display: flex; gap: 8px; }
    .row > aside { width: 200px; }
    .grid { display: grid; grid-template-columns: 200px 1fr; justify-items: start; }
    .float > * { float: left; }
    .inline > * { display: inline-block; }
";

#[tokio::test]
async fn it_has_a_width_in_any_layout_and_hides_when_told() -> TestResult {
    let element = "<tu-kiem-tra></tu-kiem-tra>";
    let tags: String = ["row", "grid", "float", "inline"]
        .map(|layout| format!(r#"<div class="{layout}"><aside>Menu</aside>{element}</div>"#))
        .concat();
    let page =
        host_page(&tags).replace("</head>", r#"<link rel="stylesheet" href="/rooms.css"></head>"#);
    portal("")?
        .page("/rooms", &page)
        .file("/rooms.css", "text/css", ROOMS)
        .run(async |stage| {
            let page = stage.goto("/rooms").await?;
            page.wait_for_events("tkt-ready", 4).await?;
            let script = "return [...document.querySelectorAll('tu-kiem-tra')].map((one) =>
                [one.parentNode.className, one.getBoundingClientRect().width]);";
            let widths = page.evaluate(script, json!(null)).await?;
            for (layout, width) in serde_json::from_value::<Vec<(String, f64)>>(widths)? {
                let least = if layout == "row" { 500.0 } else { 240.0 };
                assert!(width >= least, "{layout}: {width}");
            }
            let hidden = "element.hidden = true; return element.checkVisibility();";
            assert_eq!(page.evaluate(hidden, json!(null)).await?, json!(false));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn another_namespace_is_followed_at_the_next_start() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let first = Start { checklist: "", ..Start::default() }.run(&page).await?;
            page.item("share").field("numerator").type_text("24").await?;
            // The open inspection stays open and is stored in its namespace.
            page.evaluate("element.storageNamespace = 'khac';", json!(null)).await?;
            page.item("share").field("denominator").type_text("25").await?;
            page.item("share").wait_for_verdict("not-met").await?;
            page.wait_for_save_state("saved").await?;
            assert_eq!(inspections(&page).await?, [first.as_str()]);
            steps::go_home(&page).await?;
            page.wait_for("the other namespace", async |page| Ok(inspections(page).await?.is_empty())).await?;
            let second = Start { checklist: "", unit: "UBND Phường 9", ..Start::default() }.run(&page).await?;
            steps::go_home(&page).await?;
            assert_eq!(inspections(&page).await?, [second.as_str()]);
            // On the first screen the change takes effect at once.
            page.evaluate("element.removeAttribute('storage-namespace');", json!(null)).await?;
            page.wait_for("the first namespace", async |page| Ok(inspections(page).await? == [first.as_str()])).await?;
            steps::open(&page, &first).await?;
            assert_eq!(page.item("share").field("denominator").value().await?, "25");
            // A method starts an inspection in the current namespace.
            page.evaluate("element.storageNamespace = 'khac';", json!(null)).await?;
            let new = json!({ "checklist": "/small.json", "unit": { "name": "Phường 3" }, "period": "2022" });
            let third = page.call("startInspection", json!([new])).await?;
            assert_eq!(json!(inspections(&page).await?), json!([third, second]));
            Ok(())
        })
        .await
}
