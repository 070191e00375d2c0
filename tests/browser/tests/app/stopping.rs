//! The program stops by its own fault: the person is told, and their entries are there afterwards.
//!
//! Most tests use a build that can be made to panic (`cargo xtask build --panicking`).

use anyhow::{Context, Result, ensure};
use browser_tests::{Engine, Page, Response, Setup, TestResult, dist, wait_until};
use fantoccini::key::Key;
use serde_json::json;

use crate::support::checklists::project;
use crate::support::release;
use crate::support::scripts::{check_same, fields, refusal, settle};
use crate::support::sites::host_page;
use crate::support::start::Start;
use crate::support::steps;

const STOPPED: &str = "đã dừng vì một lỗi của chương trình";
const KEPT: &str = "được giữ trên máy này";
const EXPOSED: &str = "chưa lưu được vào máy này";

/// The program's module in the page.
const GLUE: &str = "
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    const glue = await import(loaded.find((name) => /tu-kiem-tra-[0-9a-f]+\\.js$/.test(name)));
";

/// A setup that expects the program to stop.
fn stopping(setup: Setup) -> Setup {
    setup.allow_problem("panicked at").allow_problem("RuntimeError")
}

fn panicking() -> Setup {
    stopping(Setup::empty().mount("/", project("target/dist-panicking")))
}

async fn panic_now(page: &Page) -> Result<()> {
    let script = format!(
        "return (async () => {{ {GLUE}; try {{ glue.panicNow(); }} catch {{ return true; }} }})();"
    );
    let panicked = page.evaluate(&script, json!(null)).await?;
    assert_eq!(panicked, json!(true), "it panics");
    Ok(())
}

/// Makes the program panic while it handles the next edit.
async fn panic_after_edit(page: &Page) -> Result<()> {
    let script = format!("return (async () => {{ {GLUE}; glue.panicAfter('tkt-change'); }})();");
    page.evaluate(&script, json!(null)).await.map(drop)
}

/// Waits until the element says that the program stopped, and returns the sentence.
async fn told(page: &Page) -> Result<String> {
    page.find("[role=alert] [data-action=reload]").wait_for_attribute("type", "button").await?;
    page.find("[role=alert] p").text().await
}

/// Reloads by the button, which has the focus, and reopens the inspection.
async fn reload_by_keyboard(page: &Page, id: &str) -> Result<()> {
    assert!(page.action("reload").is_focused().await?);
    page.evaluate("window.__leaving = true;", json!(null)).await?;
    page.press_keys(&char::from(Key::Enter).to_string()).await?;
    page.wait_for("the page to be loaded again", async |page| {
        Ok(page.evaluate("return !window.__leaving;", json!(null)).await? == json!(true))
    })
    .await?;
    page.wait_until_ready().await?;
    steps::open(page, id).await
}

#[tokio::test]
async fn a_panic_at_a_keystroke_loses_nothing() -> TestResult {
    panicking()
        .media("prefers-color-scheme", "dark")
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            page.item("staff-coordination").choose("not-met").await?;
            page.item("staff-coordination").field("reason").type_text("Thiếu người").await?;
            let ratio = page.item("signature-agency");
            ratio.field("denominator").type_text("960").await?;
            ratio.field("numerator").type_text("95").await?;
            let before = fields(&page).await?;

            panic_after_edit(&page).await?;
            ratio.field("numerator").type_text("9").await?;
            let sentence = told(&page).await?;
            assert!(sentence.contains(STOPPED) && sentence.contains(KEPT), "{sentence}");
            assert!(page.items().await?.is_empty(), "no dead form is left");
            let errors = page.events("tkt-error").await?;
            let error = errors.first().context("the host is told")?;
            assert_eq!(error.get("code"), Some(&json!("program-stopped")));
            assert_eq!(errors.len(), 1);
            assert_eq!(refusal(&page, "flush", json!([])).await?, "program-stopped");
            assert_eq!(refusal(&page, "exportReport", json!([])).await?, "program-stopped");
            let (width, height) = page.action("reload").size().await?;
            assert!(width >= 44.0 && height >= 44.0, "{width} x {height}");
            assert_eq!(page.axe().await?, Vec::<String>::new());

            reload_by_keyboard(&page, &id).await?;
            let now = fields(&page).await?;
            assert_eq!(ratio.field("numerator").value().await?, "959");
            assert_eq!(ratio.verdict().await?, "not-met");
            page.action("home").click().await?;
            steps::open(&page, &id).await?;
            check_same(&now, &fields(&page).await?)?;
            ratio.field("numerator").fill("95").await?;
            check_same(&before, &fields(&page).await?)
        })
        .await
}

#[tokio::test]
async fn a_call_that_will_not_be_answered_ends() -> TestResult {
    panicking()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            panic_after_edit(&page).await?;
            let answer = json!(["overdue-not-closed", { "count": 3 }]);
            assert_eq!(refusal(&page, "setAnswer", answer).await?, "program-stopped");
            told(&page).await?;
            page.reload().await?;
            steps::open(&page, &id).await?;
            assert_eq!(page.item("overdue-not-closed").field("count").value().await?, "3");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn every_element_of_the_page_says_it() -> TestResult {
    let tags = r#"<tu-kiem-tra id="one"></tu-kiem-tra>
        <tu-kiem-tra id="two" lang="en" storage-namespace="two"></tu-kiem-tra>"#;
    let site = Setup::empty().mount("/tkt/", project("target/dist-panicking"));
    stopping(site.page("/", &host_page(tags)))
        .run(async |stage| {
            let page = stage.open("/").await?;
            page.wait_for_events("tkt-ready", 2).await?;
            let (one, two) = (page.with_host("#one"), page.with_host("#two"));
            one.action("language").click().await?;
            one.action("language").click().await?;
            two.action("language").click().await?;
            two.field("unit-name").fill("UBND phường 1").await?;
            panic_now(&page).await?;
            assert!(told(&one).await?.contains(STOPPED));
            // The message is in the language that the person chose.
            assert!(told(&two).await?.contains(STOPPED));
            assert!(two.action("reload").is_focused().await?);
            assert_eq!(page.wait_for_events("tkt-error", 2).await?.len(), 2);

            // It doesn't start again, whatever the host does.
            let script = "
                const [one, two] = ['#one', '#two'].map((id) => document.querySelector(id));
                one.remove();
                two.lang = 'vi';
                window.__kept = one;
            ";
            page.evaluate(script, json!(null)).await?;
            settle(&page).await?;
            let script = "
                document.querySelector('main').append(window.__kept);
                const three = document.createElement('tu-kiem-tra');
                three.id = 'three';
                three.lang = 'en';
                document.querySelector('main').append(three);
            ";
            page.evaluate(script, json!(null)).await?;
            assert!(told(&one).await?.contains(STOPPED));
            let three = page.with_host("#three");
            assert!(told(&three).await?.contains("has stopped because of an error"));
            let (_, height) = three.action("reload").size().await?;
            assert!(height >= 44.0, "{height}");
            for element in [&one, &two, &three] {
                let code = refusal(element, "listInspections", json!([])).await?;
                assert_eq!(code, "program-stopped");
            }
            assert_eq!(page.events("tkt-error").await?.len(), 3, "each says it once");
            assert_eq!(page.axe().await?, Vec::<String>::new());
            Ok(())
        })
        .await
}

/// A browser that denies storage.
fn denied(names: &str) -> String {
    format!(
        "for (const name of {names}) {{
           Object.defineProperty(window, name, {{
             get() {{ throw new DOMException('denied by the test', 'SecurityError'); }},
           }});
         }}"
    )
}

#[tokio::test]
async fn what_is_kept_nowhere_is_not_said_to_be() -> TestResult {
    panicking()
        .preload(&denied("['localStorage', 'indexedDB']"))
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            page.item("disbursement-difficulties").field("note").type_text("Chậm vốn").await?;
            page.wait_for_save_state("failed").await?;
            // A dialog covers everything.
            page.action("complete").click().await?;
            let dialog = page.find("dialog[open]");
            dialog.wait_for("to be there", async |dialog| dialog.exists().await).await?;
            panic_now(&page).await?;
            let sentence = told(&page).await?;
            assert!(sentence.contains(EXPOSED) && !sentence.contains(KEPT), "{sentence}");
            assert!(page.action("reload").is_focused().await?);
            assert!(!dialog.exists().await?);
            // The entries can still be read, and nothing more.
            let field = page.item("disbursement-difficulties").field("note");
            assert_eq!(field.value().await?, "Chậm vốn");
            assert!(field.is_visible().await?);
            assert_eq!(
                field.on_element("return !!place.closest('[inert]');", json!(null)).await?,
                json!(true)
            );
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_the_vault_alone_has_is_kept() -> TestResult {
    panicking()
        .preload(&denied("['localStorage']"))
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            page.item("disbursement-difficulties").field("note").type_text("Chậm vốn").await?;
            page.wait_for_save_state("saved").await?;
            panic_now(&page).await?;
            let sentence = told(&page).await?;
            assert!(sentence.contains(KEPT) && !sentence.contains(EXPOSED), "{sentence}");
            reload_by_keyboard(&page, &id).await?;
            let field = page.item("disbursement-difficulties").field("note");
            assert_eq!(field.value().await?, "Chậm vốn");
            Ok(())
        })
        .await
}

/// Makes the program's memory accessible.
const MEMORY: &str = "
    for (const name of ['instantiate', 'instantiateStreaming']) {
      const original = WebAssembly[name];
      WebAssembly[name] = async (...given) => {
        const made = await original.apply(WebAssembly, given);
        window.__memory = (made.instance ?? made).exports.memory;
        return made;
      };
    }
";

/// Uses up its memory, so that the program can't get more.
const USE_UP: &str = "
    for (let pages = 4096; pages >= 1; pages /= 2) {
      try { while (true) __memory.grow(pages); } catch {}
    }
";

/// The memory runs out, which is a trap without a panic.
#[tokio::test]
async fn a_memory_that_is_used_up_is_told_of() -> TestResult {
    used_up_memory(Engine::Chromium).await
}

/// Used-up memory is reported, in any browser: each tells in its own way where an error was thrown.
pub async fn used_up_memory(engine: Engine) -> TestResult {
    stopping(Setup::dist())
        .engine(engine)
        .preload(MEMORY)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            page.item("thrift").choose("met").await?;
            let text = page.item("disbursement-difficulties").field("note");
            text.type_text("Chậm vốn").await?;
            let answer = "
                const long = { verdict: 'not-met', reason: 'x'.repeat(3e7) };
                return element.setAnswer('disbursement-difficulties', long).catch(({ code }) => code);
            ";
            let code = page.evaluate(&format!("{USE_UP} {answer}"), json!(null)).await?;
            assert_eq!(code, json!("program-stopped"));
            assert!(told(&page).await?.contains(STOPPED));
            reload_by_keyboard(&page, &id).await?;
            assert_eq!(text.value().await?, "Chậm vốn");
            assert_eq!(page.item("thrift").verdict().await?, "met");
            Ok(())
        })
        .await
}

/// An exception passes right through the program, which was not made for it.
#[tokio::test]
async fn a_browser_that_lacks_something_is_told_of() -> TestResult {
    Setup::dist()
        .allow_problem("getTimezoneOffset")
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            let text = page.item("disbursement-difficulties").field("note");
            text.type_text("Chậm vốn").await?;
            page.wait_for_save_state("saved").await?;
            let script = "
                delete Date.prototype.getTimezoneOffset;
                const field = root.querySelector('[data-item=disbursement-difficulties] [data-field=note]');
                field.value += '!';
                field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
            ";
            page.evaluate(script, json!(null)).await?;
            assert!(told(&page).await?.contains(STOPPED));
            reload_by_keyboard(&page, &id).await?;
            assert_eq!(text.value().await?, "Chậm vốn");
            Ok(())
        })
        .await
}

/// A program that never ran has not stopped: it can be loaded later.
#[tokio::test]
async fn a_program_that_comes_in_half_has_not_stopped() -> TestResult {
    let wasm = release::wasm()?;
    Setup::empty()
        .mount("/tkt/", dist())
        .page("/", &host_page("<tu-kiem-tra></tu-kiem-tra>"))
        .route(&format!("/tkt/{wasm}"), |_| Response::new(404, "text/plain", "gone"))
        .allow_problem("404")
        .run(async |stage| {
            let page = stage.goto("/").await?;
            page.wait_for_events("tkt-error", 1).await?;
            assert!(told(&page).await?.contains("Không tải được"));
            assert_eq!(refusal(&page, "listInspections", json!([])).await?, "load-failed");
            for error in page.events("tkt-error").await? {
                assert_eq!(error.get("code"), Some(&json!("load-failed")));
            }
            Ok(())
        })
        .await
}

/// A host that makes mistakes of every kind, even while the program calls it.
const HOST: &str = "
    window.faults = [];
    addEventListener('error', ({ error }) => faults.push(String(error)));
    addEventListener('unhandledrejection', ({ reason }) => faults.push(String(reason)));
    const element = document.querySelector('tu-kiem-tra');
    element.addEventListener('tkt-change', () => {
      throw new WebAssembly.RuntimeError('by the host');
    }, { once: true });
    element.addEventListener('tkt-ready', () => {
      const deeper = () => deeper();
      setTimeout(deeper);
      Promise.reject('by the host');
      // Nobody takes care of this refusal.
      element.setAnswer('none', {});
    });
";

#[tokio::test]
async fn faults_of_the_host_do_not_stop_it() -> TestResult {
    let page = host_page("<tu-kiem-tra></tu-kiem-tra>")
        .replace("</head>", r#"<script type="module" src="/host.js"></script></head>"#);
    Setup::empty()
        .mount("/tkt/", dist())
        .page("/", &page)
        .file("/host.js", "text/javascript", HOST)
        .allow_problem("Uncaught")
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            let overdue = page.item("overdue-not-closed");
            overdue.field("count").type_text("3").await?;
            wait_until("the faults", async || {
                let faults = page.evaluate("return faults;", json!(null)).await?;
                let count = faults.as_array().map(Vec::len);
                ensure!(count == Some(4), "{faults}");
                Ok(Some(()))
            })
            .await?;
            settle(&page).await?;
            overdue.wait_for_verdict("not-met").await?;
            overdue.field("count").type_text("0").await?;
            page.wait_for_save_state("saved").await?;
            assert!(page.events("tkt-error").await?.is_empty());
            Ok(())
        })
        .await
}
