//! The element before the program is loaded, and when it can't be: never an empty box, and a
//! sentence that says what to do.

use std::fs;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};

use anyhow::Result;
use browser_tests::{Engine, Page, Response, STRICT_POLICY, Server, Setup, Site, TestResult, dist};
use serde_json::json;

use crate::support::release::{elsewhere, glue, integrity, wasm};
use crate::support::scripts::refusal;

/// Returns a page whose element comes from this address, by a tag with these attributes.
fn page(address: &str, attributes: &str, content: &str) -> String {
    format!(
        r#"<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng</title>
        <script type="module" src="{address}tu-kiem-tra.js" {attributes}></script></head>
        <body><main><h1>Cổng</h1><tu-kiem-tra>{content}</tu-kiem-tra></main></body></html>"#
    )
}

fn answer(policy: &str, html: &str) -> Response {
    Response::new(200, "text/html; charset=utf-8", html).header("content-security-policy", policy)
}

/// Waits until the element shows why it can't load, and returns the text.
async fn reason(page: &Page) -> Result<String> {
    let told = page.wait_for_events("tkt-error", 1).await?;
    let code = told.first().and_then(|detail| detail.get("code"));
    assert_eq!(code, Some(&json!("load-failed")));
    let sentence = page.find("[role=alert] p").text().await?;
    assert!(sentence.starts_with("Không tải được"), "{sentence}");
    assert_eq!(refusal(page, "listInspections", json!([])).await?, "load-failed");
    Ok(sentence)
}

#[tokio::test]
async fn what_the_host_put_there_shows_until_the_program_is_there() -> TestResult {
    // The program loads when the test has looked.
    let (go, may_go) = mpsc::channel();
    let (may_go, name) = (Mutex::new(may_go), wasm()?);
    let body = fs::read(dist().join(&name))?;
    Setup::empty()
        .mount("/tkt/", dist())
        .route(&format!("/tkt/{name}"), move |_| {
            // The wait ends with the test, too.
            _ = may_go.lock().unwrap_or_else(PoisonError::into_inner).recv();
            Response::new(200, "application/wasm", body.clone())
        })
        .page("/given", &page("/tkt/", "", "\n  <p id=given>Biểu mẫu giấy: mẫu số 1</p>\n"))
        .page("/none", &page("/tkt/", "", "\n  "))
        .run(async |stage| {
            for (path, given, own) in [("/given", true, false), ("/none", false, true)] {
                let page = stage.goto(path).await?;
                let sentence = page.find("p");
                sentence
                    .wait_for("to be as it should", async |p| Ok(p.is_visible().await? == own))
                    .await?;
                let script = "return document.querySelector('#given')?.checkVisibility() ?? false;";
                assert_eq!(page.evaluate(script, json!(null)).await?, json!(given), "{path}");
                let shown = page
                    .evaluate("return element.getBoundingClientRect().height > 10;", json!(null));
                assert_eq!(shown.await?, json!(true), "{path} is an empty box");
                go.send(())?;
                page.wait_until_ready().await?;
                assert_eq!(page.evaluate(script, json!(null)).await?, json!(false), "{path}");
            }
            Ok(())
        })
        .await
}

/// Cases with a page each, and words that its message must contain.
pub async fn what_is_in_the_way(engine: Engine) -> TestResult {
    let other = elsewhere()?;
    let closed = Server::start(
        // The script may be used, but not the files that it then requests.
        Site::default().mount("/tkt/", dist()).route("/tkt/tu-kiem-tra.js", |_| {
            let script = fs::read(dist().join("tu-kiem-tra.js")).unwrap_or_default();
            Response::new(200, "text/javascript", script).header("access-control-allow-origin", "*")
        }),
    )?;
    let (other_origin, closed_origin) = (other.url(""), closed.url(""));
    let with = |old: &str, new: &str| STRICT_POLICY.replace(old, new);
    let open = "default-src 'self' 'wasm-unsafe-eval' http://127.0.0.1:*";
    let sources = format!("'self' 'wasm-unsafe-eval' {other_origin}");
    let scripts_alone = with("'self' 'wasm-unsafe-eval'", &sources);
    // WebKit reports neither that a policy forbids WebAssembly nor the policy itself.
    let of_default = match engine {
        Engine::WebKit => "script-src 'self' 'wasm-unsafe-eval'",
        _ => "script-src 'self' https://cdn.example 'wasm-unsafe-eval'",
    };
    let cases = [
        (
            "/eval",
            "/tkt/",
            with(" 'wasm-unsafe-eval'", ""),
            "script-src 'self' 'wasm-unsafe-eval'".to_owned(),
        ),
        ("/connect", "/tkt/", with("connect-src 'self'; ", ""), "connect-src 'self'".to_owned()),
        (
            "/other",
            &other.url("/tkt/"),
            scripts_alone,
            format!("connect-src 'self' {other_origin}"),
        ),
        // A directive of its own replaces the default, so the message names that directive.
        (
            "/default",
            "/tkt/",
            "default-src 'self' https://cdn.example; style-src *".to_owned(),
            of_default.to_owned(),
        ),
        ("/busy", "/busy/", open.to_owned(), "quá tải".to_owned()),
        ("/kept-back", "/kept-back/", open.to_owned(), "không cho đọc".to_owned()),
        ("/closed", &closed.url("/tkt/"), open.to_owned(), closed_origin),
        ("/gone", "/gone/", open.to_owned(), wasm()?),
        ("/no-glue", "/no-glue/", open.to_owned(), glue()?),
        ("/login", "/login/", open.to_owned(), wasm()?),
    ];
    let login = || Response::new(200, "text/html", "<!doctype html><title>Đăng nhập</title>");
    let missing = || Response::new(404, "text/plain", "");
    let mut setup = Setup::empty()
        .engine(engine)
        .mount("/tkt/", dist())
        .mount("/gone/", dist())
        .mount("/busy/", dist())
        .mount("/kept-back/", dist())
        .route(&format!("/busy/{}", wasm()?), |_| Response::new(502, "text/plain", ""))
        .route(&format!("/kept-back/{}", wasm()?), |_| Response::new(403, "text/plain", ""))
        .mount("/no-glue/", dist())
        .mount("/login/", dist())
        .route(&format!("/gone/{}", wasm()?), move |_| missing())
        .route(&format!("/no-glue/{}", glue()?), move |_| missing())
        .route(&format!("/login/{}", wasm()?), move |_| login());
    for (path, address, policy, _) in &cases {
        let (policy, html) = (policy.clone(), page(address, "", ""));
        setup = setup.route(path, move |_| answer(&policy, &html));
    }
    // All of it is the browser's log of the provoked errors.
    setup
        .allow_problem("")
        .run(async |stage| {
            for (path, _, _, expected) in &cases {
                let page = stage.goto(path).await?;
                let sentence = reason(&page).await?;
                assert!(
                    sentence.contains(expected.as_str()),
                    "{path}: {sentence:?}, not {expected}"
                );
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_is_in_the_way_is_named() -> TestResult {
    what_is_in_the_way(Engine::Chromium).await
}

#[tokio::test]
async fn a_browser_without_webassembly_is_told() -> TestResult {
    Setup::dist()
        .preload("delete globalThis.WebAssembly;")
        .run(async |stage| {
            let page = stage.goto("/").await?;
            let sentence = reason(&page).await?;
            assert!(sentence.contains("WebAssembly"), "{sentence}");
            Ok(())
        })
        .await
}

/// A browser whose WebAssembly lacks the program's features.
#[tokio::test]
async fn a_browser_that_is_too_old_is_told() -> TestResult {
    let old = "
        const { instantiate } = WebAssembly;
        const fail = async () => { throw new WebAssembly.CompileError('invalid opcode'); };
        const small = async (module, imports) => module.length < 100 ? instantiate(module, imports) : fail();
        Object.assign(WebAssembly, { instantiateStreaming: fail, instantiate: small });
    ";
    Setup::dist()
        .preload(old)
        .run(async |stage| {
            let page = stage.goto("/").await?;
            let sentence = reason(&page).await?;
            assert!(sentence.contains("quá cũ"), "{sentence}");
            Ok(())
        })
        .await
}

/// A host's tag that pins the script pins everything behind it, too.
pub async fn pinned(engine: Engine) -> TestResult {
    let list = integrity()?;
    let of_script = list.get("tu-kiem-tra.js").cloned().unwrap_or_default();
    let pinned = format!(r#"integrity="{of_script}" crossorigin="anonymous""#);
    let altered = |name: &str| -> Result<Vec<u8>> {
        // One more byte at the end changes nothing but the digest.
        let mut body = fs::read(dist().join(name))?;
        body.extend(if name.ends_with(".wasm") {
            b"\0\x01\0".as_slice()
        } else {
            b"\n".as_slice()
        });
        Ok(body)
    };
    let (glue, wasm) = (glue()?, wasm()?);
    let mut setup = Setup::empty().engine(engine);
    for (folder, name) in [("/tkt/", None), ("/g/", Some(&glue)), ("/w/", Some(&wasm))] {
        setup = setup
            .mount(folder, dist())
            .page(&format!("{folder}pinned"), &page(folder, &pinned, ""))
            .page(&format!("{folder}free"), &page(folder, "", ""));
        if let Some(name) = name {
            let kind = if name.ends_with(".wasm") { "application/wasm" } else { "text/javascript" };
            setup = setup.file(&format!("{folder}{name}"), kind, altered(name)?);
        }
    }
    setup
        .allow_problem("")
        .run(async |stage| {
            for (path, refused) in [
                ("/tkt/pinned", None),
                ("/g/pinned", Some(&glue)),
                ("/w/pinned", Some(&wasm)),
                // A page that pins nothing gets the server's files.
                ("/g/free", None),
                ("/w/free", None),
            ] {
                match refused {
                    None => drop(stage.open(path).await?),
                    Some(name) => {
                        let page = stage.goto(path).await?;
                        let sentence = reason(&page).await?;
                        assert!(sentence.contains(name.as_str()), "{path}: {sentence}");
                    }
                }
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_pinned_release_is_held_to_its_hashes() -> TestResult {
    pinned(Engine::Chromium).await
}

/// A file lost once is requested again, and a report-only policy blocks nothing.
#[tokio::test]
async fn one_lost_answer_is_no_reason_to_give_up() -> TestResult {
    let (name, glue) = (wasm()?, glue()?);
    let lost = |name: &str, kind: &'static str| -> Result<_> {
        let body = fs::read(dist().join(name))?;
        let times = AtomicU32::new(0);
        Ok(move |_: &browser_tests::Request| {
            let response = Response::new(200, kind, body.clone());
            if times.fetch_add(1, Ordering::Relaxed) == 0 {
                response.broken_off()
            } else {
                response
            }
        })
    };
    let reported = "default-src 'none'";
    let html = page("/tkt/", "", "");
    Setup::empty()
        .mount("/tkt/", dist())
        .route(&format!("/tkt/{name}"), lost(&name, "application/wasm")?)
        .route(&format!("/tkt/{glue}"), lost(&glue, "text/javascript")?)
        .route("/", move |_| {
            Response::new(200, "text/html; charset=utf-8", html.as_str())
                .header("content-security-policy-report-only", reported)
        })
        .allow_problem("")
        .run(async |stage| stage.open("/").await.map(drop))
        .await
}

/// The messages appear before the program's styles, so the host's styles must not spoil them.
#[tokio::test]
async fn a_sentence_can_be_read_whatever_the_host_looks_like() -> TestResult {
    let html = page("/gone/", "", "<p id=given>Xin liên hệ Văn phòng</p>")
        .replace("</head>", r#"<link rel="stylesheet" href="/hostile.css"></head>"#);
    Setup::empty()
        .mount("/gone/", dist())
        .route(&format!("/gone/{}", wasm()?), |_| Response::new(404, "text/plain", ""))
        .page("/", &html)
        .file("/hostile.css", "text/css", include_str!("hostile.css"))
        .viewport(360, 740)
        .allow_problem("404")
        .run(async |stage| {
            let page = stage.goto("/").await?;
            reason(&page).await?;
            let script = "
                const style = getComputedStyle(root.querySelector('[role=alert] p'));
                return [style.textTransform, style.letterSpacing, style.fontSize, style.direction,
                  element.scrollWidth <= element.clientWidth,
                  document.querySelector('#given').checkVisibility()];
            ";
            let seen = page.evaluate(script, json!(null)).await?;
            assert_eq!(seen, json!(["none", "normal", "16px", "ltr", true, true]));
            Ok(())
        })
        .await
}
