//! A page with the element in it, and the methods of the element's contract.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::axe;
use crate::control::{Control, quoted};
use crate::item::Item;
use crate::tab::Tab;
use crate::wait::wait_until;

/// A page in a tab. It acts on one element in it: the only one, unless
/// [`with_host`](Self::with_host) chose another.
#[derive(Clone, Debug)]
pub struct Page {
    tab: Tab,
    host: String,
}

/// The progress in `[data-summary]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Items with an answer.
    pub answered: u64,
    /// Items that apply.
    pub total: u64,
    /// Items that are met.
    pub met: u64,
}

/// The reason with which a method's promise was rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodError {
    /// The stable code, empty if it has none.
    pub code: String,
    /// The message for people.
    pub message: String,
}

impl Page {
    pub(crate) fn new(tab: Tab) -> Self {
        Self { tab, host: "tu-kiem-tra".to_owned() }
    }

    /// Returns the page for the element that a selector matches in the document.
    pub fn with_host(&self, selector: &str) -> Self {
        Self { tab: self.tab.clone(), host: selector.to_owned() }
    }

    /// Returns the page in an iframe of this one, by the iframe's number, counted from 0. After a
    /// reload of the iframe, [`in_frame`](Self::in_frame) has to be called again.
    pub fn in_frame(&self, number: u16) -> Self {
        Self { tab: self.tab.frame(number), host: "tu-kiem-tra".to_owned() }
    }

    pub(crate) fn tab(&self) -> &Tab {
        &self.tab
    }

    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// Returns the item of this id.
    pub fn item(&self, id: &str) -> Item {
        Item::new(self, id)
    }

    /// Returns the ids of all items in the page, in their order.
    pub async fn items(&self) -> Result<Vec<String>> {
        let script =
            "return [...root.querySelectorAll('[data-item]')].map((item) => item.dataset.item);";
        let ids = self.evaluate(script, json!(null)).await?;
        Ok(ids
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|id| id.as_str().map(str::to_owned))
            .collect())
    }

    /// Returns the field of this name outside of any item, as on the start screen: `unit-name`,
    /// `period`.
    pub fn field(&self, name: &str) -> Control {
        self.find(&format!("[data-field={}]:not([data-item] *)", quoted(name)))
    }

    /// Returns the button of this name: `start`, `export`, `next-unanswered` and so on.
    pub fn action(&self, name: &str) -> Control {
        self.find(&format!("[data-action={}]", quoted(name)))
    }

    /// Returns the first element in the shadow root that a selector matches.
    pub fn find(&self, selector: &str) -> Control {
        Control::new(self, selector.to_owned())
    }

    /// Returns the first element of the host's own page, outside of our element, that a selector
    /// matches.
    pub fn outside(&self, selector: &str) -> Control {
        Control::in_host_page(self, selector.to_owned())
    }

    /// Returns the progress that the page shows.
    pub async fn summary(&self) -> Result<Summary> {
        let summary = self.find("[data-summary]");
        let read = async |name: &str| -> Result<u64> {
            let text = summary
                .attribute(name)
                .await?
                .with_context(|| format!("{summary} has no {name}"))?;
            text.parse().with_context(|| format!("{name}={text:?} is no whole number"))
        };
        Ok(Summary {
            answered: read("data-answered").await?,
            total: read("data-total").await?,
            met: read("data-met").await?,
        })
    }

    /// Returns `saving`, `saved` or `failed`.
    pub async fn save_state(&self) -> Result<String> {
        let state = self.find("[data-save-state]").attribute("data-save-state").await?;
        Ok(state.unwrap_or_default())
    }

    /// Waits until the page shows this state of saving.
    pub async fn wait_for_save_state(&self, state: &str) -> Result<()> {
        self.find("[data-save-state]").wait_for_attribute("data-save-state", state).await
    }

    /// Waits until a condition holds. `what` completes the message: "waited 15 s for WHAT".
    pub async fn wait_for(
        &self,
        what: &str,
        condition: impl AsyncFn(&Self) -> Result<bool>,
    ) -> Result<()> {
        wait_until(what, async || Ok(condition(self).await?.then_some(()))).await
    }

    /// Calls a method of the element and returns what its promise resolves to (`null` for nothing).
    /// `arguments` is a list.
    pub async fn call(&self, method: &str, arguments: Value) -> Result<Value> {
        match self.try_call(method, arguments).await? {
            Ok(value) => Ok(value),
            Err(error) => bail!("{method}() was rejected: {error}"),
        }
    }

    /// Calls a method of the element that may be rejected.
    pub async fn try_call(
        &self,
        method: &str,
        arguments: Value,
    ) -> Result<Result<Value, MethodError>> {
        // As text, so that the driver can't change it.
        let script = "
            const [host, method, args, done] = arguments;
            const element = document.querySelector(host);
            Promise.resolve()
              .then(() => element[method](...args))
              .then(
                (value) => done({ value: JSON.stringify(value ?? null) }),
                (error) => done({ code: String(error?.code ?? ''), message: String(error?.message ?? error) }),
              );
        ";
        let arguments = vec![json!(self.host), json!(method), arguments];
        let outcome = self.tab.client().await?.execute_async(script, arguments).await;
        let outcome =
            outcome.with_context(|| format!("{method}() neither resolves nor rejects"))?;
        let text = |name: &str| outcome.get(name).and_then(Value::as_str).map(str::to_owned);
        match text("value") {
            Some(value) => Ok(Ok(serde_json::from_str(&value)?)),
            None => Ok(Err(MethodError {
                code: text("code").unwrap_or_default(),
                message: text("message").unwrap_or_default(),
            })),
        }
    }

    /// Returns the details of the element's events of this type, such as `tkt-saved`, since the
    /// page was opened.
    pub async fn events(&self, kind: &str) -> Result<Vec<Value>> {
        let script = "return __harness.events.filter(({ type }) => type === given).map(({ detail }) => detail);";
        match self.evaluate(script, json!(kind)).await? {
            Value::Array(details) => Ok(details),
            other => bail!("the events are no list: {other}"),
        }
    }

    /// Waits until at least `count` events of this type were dispatched, and returns their details.
    pub async fn wait_for_events(&self, kind: &str, count: usize) -> Result<Vec<Value>> {
        wait_until(&format!("{count} events {kind}"), async || {
            let details = self.events(kind).await?;
            if details.len() >= count {
                Ok(Some(details))
            } else {
                bail!("there are {}", details.len())
            }
        })
        .await
    }

    /// Runs a script in which `element` is the element, `root` its shadow root and `given` the
    /// argument, and returns its value.
    pub async fn evaluate(&self, script: &str, given: Value) -> Result<Value> {
        let script = format!(
            "const [host, given] = arguments;
             const element = document.querySelector(host), root = element?.shadowRoot;
             {script}"
        );
        self.tab.execute(&script, vec![json!(self.host), given]).await
    }

    /// Reloads the page and waits until the element is ready. (WebDriver's own command bypasses the
    /// service worker in some browsers.)
    pub async fn reload(&self) -> Result<()> {
        self.evaluate("window.__leaving = true; location.reload();", Value::Null).await?;
        wait_until("the page to be loaded again", async || {
            let loaded = self.evaluate("return !window.__leaving;", Value::Null).await?;
            Ok((loaded == json!(true)).then_some(()))
        })
        .await?;
        self.wait_until_ready().await
    }

    /// Waits for the element's `tkt-ready`.
    pub async fn wait_until_ready(&self) -> Result<()> {
        wait_until("the element's tkt-ready", async || {
            if !self.events("tkt-ready").await?.is_empty() {
                return Ok(Some(()));
            }
            bail!("tkt-error: {:?}; {}", self.events("tkt-error").await?, self.outline().await)
        })
        .await
    }

    /// Slows the page's processor down by this factor.
    pub async fn slow_down(&self, times: u64) -> Result<()> {
        let rate = json!({ "rate": times });
        self.tab.cdp("Emulation.setCPUThrottlingRate", rate).await.map(drop)
    }

    /// Closes this tab, which must not be the last one.
    pub async fn close(self) -> Result<()> {
        self.tab.close().await
    }

    /// Writes a PNG of the viewport, and creates its folder.
    pub async fn screenshot(&self, file: &Path) -> Result<()> {
        let picture = self.tab.client().await?.screenshot().await?;
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(file, picture).with_context(|| format!("{} cannot be written", file.display()))
    }

    /// Returns the violations of accessibility that axe-core finds, in the shadow root, too: one
    /// text for each kind, with the places.
    pub async fn axe(&self) -> Result<Vec<String>> {
        axe::violations(&self.tab).await
    }

    /// Describes the contents of the shadow root, for messages.
    pub(crate) async fn outline(&self) -> String {
        let script = "
            if (!element) return 'there is no such element in the document';
            if (!root) return 'the element has no shadow root yet';
            const list = (name) => [...new Set([...root.querySelectorAll(`[data-${name}]`)]
              .map((node) => node.getAttribute(`data-${name}`)))].join(' ') || 'none';
            const text = (root.textContent ?? '').replace(/\\s+/g, ' ').trim().slice(0, 200);
            return `there are the items ${list('item')}; fields ${list('field')}; actions ${list('action')}; ` +
              `the text begins: ${text}`;
        ";
        match self.evaluate(script, Value::Null).await {
            Ok(outline) => outline.as_str().unwrap_or_default().to_owned(),
            Err(error) => format!("the page does not answer: {error}"),
        }
    }
}

impl fmt::Display for MethodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.code)
    }
}

impl std::error::Error for MethodError {}
