//! The contents of a server: files of folders, and responses of a test's own.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, ensure};

use crate::first_script;

/// The policy of a careful portal, with which every page is served.
pub const STRICT_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; manifest-src 'self'; worker-src 'self'; \
    base-uri 'none'; form-action 'none'";

/// The contents of a server.
#[derive(Clone)]
pub struct Site {
    folders: Vec<(String, PathBuf)>,
    routes: BTreeMap<String, Arc<Answer>>,
    policy: String,
    headers: Vec<(String, String)>,
    first_script: Option<String>,
}

type Answer = dyn Fn(&Request) -> Response + Send + Sync;

/// A request as received.
#[derive(Clone, Debug)]
pub struct Request {
    /// The method, such as `GET` or `POST`.
    pub method: String,
    /// The path, decoded, without the query.
    pub path: String,
    /// The headers, with names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: Vec<u8>,
}

/// The response to a request.
#[derive(Clone, Debug)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Further headers, including `content-type`.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The delay before the response.
    pub delay: Duration,
    /// Whether the connection ends in the middle of the body.
    pub breaks_off: bool,
}

impl Response {
    /// Returns a response with a body of a type.
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        Self { status, headers, body: body.into(), delay: Duration::ZERO, breaks_off: false }
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    fn is_page(&self) -> bool {
        let is_html = |value: &String| value.starts_with("text/html");
        self.headers.iter().any(|(name, value)| name == "content-type" && is_html(value))
    }

    /// Breaks the connection in the middle of the body.
    pub fn broken_off(mut self) -> Self {
        self.breaks_off = true;
        self
    }

    /// Delays the response.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

impl Default for Site {
    fn default() -> Self {
        let site = Self {
            folders: Vec::new(),
            routes: BTreeMap::new(),
            policy: STRICT_POLICY.to_owned(),
            headers: Vec::new(),
            first_script: None,
        };
        // Browsers request an icon by themselves and would log that there is none.
        site.route("/favicon.ico", |_| Response::new(204, "image/x-icon", ""))
    }
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let routes: Vec<&String> = self.routes.keys().collect();
        f.debug_struct("Site")
            .field("folders", &self.folders)
            .field("routes", &routes)
            .finish_non_exhaustive()
    }
}

impl Site {
    /// Serves a folder below a path that ends in `/`.
    pub fn mount(mut self, path: &str, folder: impl Into<PathBuf>) -> Self {
        self.folders.push((path.to_owned(), folder.into()));
        self
    }

    /// Serves a file at a path.
    pub fn file(self, path: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let response = Response::new(200, content_type, body);
        self.route(path, move |_| response.clone())
    }

    /// Answers requests for a path, by any method. Takes precedence over the folders.
    pub fn route(
        mut self,
        path: &str,
        answer: impl Fn(&Request) -> Response + Send + Sync + 'static,
    ) -> Self {
        self.routes.insert(path.to_owned(), Arc::new(answer));
        self
    }

    /// Sets the Content-Security-Policy of all answers that have none of their own.
    pub fn policy(mut self, policy: &str) -> Self {
        policy.clone_into(&mut self.policy);
        self
    }

    /// Adds a header to all responses, such as the one that lets pages of other origins use them.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Makes each page run a script before its own.
    pub(crate) fn first_script(mut self, script: String) -> Self {
        self.first_script = Some(script);
        self
    }

    pub(crate) fn answer(&self, request: &Request) -> Response {
        let mut response = match (&self.first_script, self.routes.get(&request.path)) {
            (Some(script), _) if request.path == first_script::PATH => {
                // Cached by the browser, for pages that load without the server.
                Response::new(200, "text/javascript; charset=utf-8", script.as_str())
                    .header("cache-control", "max-age=86400, immutable")
            }
            // A service worker would refuse the page with the script in it, or show the page
            // without it.
            (Some(_), None) if request.path.ends_with("/sw.js") => {
                Response::new(404, "text/plain; charset=utf-8", "the pages have to stay ours")
            }
            (_, Some(answer)) => answer(request),
            (_, None) => self.read(&request.path),
        };
        if self.first_script.is_some() && response.is_page() {
            response.body = first_script::put_into(&response.body);
        }
        response.headers.extend(self.headers.iter().cloned());
        let has_own = response.headers.iter().any(|(name, _)| name == "content-security-policy");
        if has_own { response } else { response.header("content-security-policy", &self.policy) }
    }

    /// Rejects mistakes of a test.
    pub(crate) fn check(&self) -> Result<()> {
        for (mount, folder) in &self.folders {
            ensure!(
                mount.starts_with('/') && mount.ends_with('/'),
                "a mount path starts and ends in `/`: {mount}"
            );
            ensure!(
                folder.is_dir(),
                "{} is missing: run `cargo xtask build` first",
                folder.display()
            );
        }
        Ok(())
    }

    /// Reads a file of the folders, with the most specific mount first.
    fn read(&self, path: &str) -> Response {
        let mut folders: Vec<_> = self
            .folders
            .iter()
            .filter_map(|(mount, folder)| Some((path.strip_prefix(mount)?, folder)))
            .collect();
        folders.sort_by_key(|(rest, _)| rest.len());
        for (rest, folder) in folders {
            if rest.split('/').any(|part| part == "..") {
                break;
            }
            let file = folder.join(if rest.is_empty() || rest.ends_with('/') {
                format!("{rest}index.html")
            } else {
                rest.to_owned()
            });
            if let Ok(body) = fs::read(&file) {
                // Revalidated each time, so that a test can change a file.
                return Response::new(200, content_type(&file.to_string_lossy()), body)
                    .header("cache-control", "no-cache");
            }
        }
        Response::new(404, "text/plain; charset=utf-8", format!("there is no {path}"))
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
