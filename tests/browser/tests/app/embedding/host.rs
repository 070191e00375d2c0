//! A page of one site with an iframe of another in it, and the calls between them.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use browser_tests::{Page, Response, STRICT_POLICY, Server, Setup, Site, dist};
use serde_json::{Value, json};

use crate::support::checklists::small;

/// The page around an iframe, which a test inserts.
const HOST: &str = r#"<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"></head>
    <body><main><h1>Cổng</h1></main></body></html>"#;

/// Inserts an iframe, connects to it, and records its events.
pub const EMBED: &str = "
    window.__heard = [];
    const iframe = document.createElement('iframe');
    iframe.id = 'frame';
    iframe.title = 'Tự kiểm tra';
    iframe.width = 700;
    iframe.allow = given.allow ?? '';
    if (given.sandbox) iframe.sandbox = given.sandbox;
    iframe.src = given.page;
    document.querySelector('main').append(iframe);
    return (given.script ? import(given.script) : Promise.resolve()).then((module) => {
      window.__frame = module?.connect(iframe, given.options);
      const names = ['ready', 'change', 'saved', 'save-error', 'export', 'upload', 'error'];
      for (const name of names) {
        window.__frame?.addEventListener('tkt-' + name, ({ type, detail }) => __heard.push({ type, detail }));
      }
    });
";

/// The contents of a server's `embed.json`, which a test may change.
#[derive(Clone, Default)]
pub struct Allowed(Arc<Mutex<String>>);

impl Allowed {
    pub fn set(&self, content: &str) {
        content.clone_into(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    pub fn get(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Starts a server with the release, from which another site's page takes its iframe.
pub fn guest(allowed: &Allowed) -> Result<Server> {
    Server::start(guest_site(allowed)?)
}

pub fn guest_site(allowed: &Allowed) -> Result<Site> {
    let (allowed, checklist) = (allowed.clone(), small()?.to_string());
    let site = Site::default()
        .mount("/tkt/", dist())
        .file("/small.json", "application/json", checklist)
        .route("/tkt/embed.json", move |_| Response::new(200, "application/json", allowed.get()));
    // A script for other origins needs a header for that.
    let script = std::fs::read(dist().join("tu-kiem-tra-frame.js"))?;
    Ok(site.route("/tkt/tu-kiem-tra-frame.js", move |_| {
        Response::new(200, "text/javascript", script.clone())
            .header("access-control-allow-origin", "*")
    }))
}

pub fn host(guest: &Server) -> Setup {
    let origin = guest.url("");
    // Firefox treats a download in an iframe as a page in it.
    let policy = STRICT_POLICY.replace("script-src 'self'", &format!("script-src 'self' {origin}"));
    Setup::empty().page("/", HOST).policy(&format!("{policy}; frame-src {origin} blob:"))
}

/// Calls a method of the frame and returns the outcome of its promise.
pub async fn call(page: &Page, method: &str, given: Value) -> Result<Value> {
    let script = "
        return __frame[given.method](...given.given).then(
          (value) => ({ value: value ?? null }),
          ({ code, message }) => ({ code, message }));
    ";
    page.evaluate(script, json!({ "method": method, "given": given })).await
}

pub async fn heard(page: &Page, kind: &str) -> Result<Vec<Value>> {
    let script = "return __heard.filter(({ type }) => type === given).map(({ detail }) => detail);";
    Ok(serde_json::from_value(page.evaluate(script, json!(kind)).await?)?)
}

pub async fn wait_to_hear(page: &Page, kind: &str, count: usize) -> Result<Vec<Value>> {
    page.wait_for(&format!("{count} {kind}"), async |page| {
        Ok(heard(page, kind).await?.len() >= count)
    })
    .await?;
    heard(page, kind).await
}
