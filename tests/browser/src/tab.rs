//! A tab of the browser. It becomes WebDriver's current one before each command.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use fantoccini::wd::{WebDriverCompatibleCommand, WindowHandle};
use fantoccini::{Client, elements::Element};
use hyper::Method;
use serde_json::{Value, json};
use tokio::sync::Mutex;
use url::{ParseError, Url};

use crate::engine::Engine;
use crate::wait::wait_until;

/// A tab, or an iframe of the page in it. WebDriver sends commands to the 'current' one, which
/// `current` records.
#[derive(Clone, Debug)]
pub struct Tab {
    client: Client,
    engine: Engine,
    place: Place,
    current: Arc<Mutex<Place>>,
}

/// A window, and the number of an iframe in its page, counted from 0.
#[derive(Clone, Debug, PartialEq)]
struct Place {
    handle: WindowHandle,
    frame: Option<u16>,
}

impl From<WindowHandle> for Place {
    fn from(handle: WindowHandle) -> Self {
        Self { handle, frame: None }
    }
}

impl Tab {
    /// Returns the tab with which a new session starts.
    pub async fn first(client: Client, engine: Engine) -> Result<Self> {
        let place = Place::from(client.window().await?);
        let current = Arc::new(Mutex::new(place.clone()));
        Ok(Self { client, engine, place, current })
    }

    /// Returns the browser of the tab.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Opens another tab in the same browser.
    pub async fn another(&self) -> Result<Self> {
        let handle = self.client.new_window(true).await?.handle;
        Ok(self.beside(handle.into()))
    }

    /// Opens a new tab and closes all others.
    pub async fn instead_of_all(&self) -> Result<Self> {
        let old = self.client.windows().await?;
        // The current one may have been closed.
        let one = old.first().context("no tab is left")?;
        self.client.switch_to_window(one.clone()).await?;
        let new = self.client.new_window(true).await?.handle;
        for handle in old {
            self.client.switch_to_window(handle).await?;
            self.client.close_window().await?;
        }
        self.client.switch_to_window(new.clone()).await?;
        let current = Arc::new(Mutex::new(Place::from(new.clone())));
        Ok(Self { current, ..self.beside(new.into()) })
    }

    /// Returns the tab that opens by something other than the driver's own command.
    pub async fn that_comes_of(&self, step: impl AsyncFnOnce(&Self) -> Result<()>) -> Result<Self> {
        let before = self.client().await?.windows().await?;
        step(self).await?;
        let handle = wait_until("another tab", async || {
            let now = self.client.windows().await?;
            Ok(now.into_iter().find(|handle| !before.contains(handle)))
        })
        .await?;
        Ok(self.beside(handle.into()))
    }

    /// Returns an iframe of the page in this tab, by its number.
    pub fn frame(&self, number: u16) -> Self {
        self.beside(Place { frame: Some(number), ..self.place.clone() })
    }

    fn beside(&self, place: Place) -> Self {
        Self { place, ..self.clone() }
    }

    /// Returns the client, with this tab as the current one.
    pub async fn client(&self) -> Result<&Client> {
        let mut current = self.current.lock().await;
        if *current != self.place {
            self.client
                .switch_to_window(self.place.handle.clone())
                .await
                .context("the tab is not there any more")?;
            *current = Place::from(self.place.handle.clone());
            if let Some(number) = self.place.frame {
                self.client.enter_frame(number).await.context("there is no such iframe")?;
                current.frame = Some(number);
            }
        }
        Ok(&self.client)
    }

    /// Closes this tab, which must not be the last one.
    pub async fn close(self) -> Result<()> {
        Ok(self.client().await?.close_window().await?)
    }

    /// Runs a script with these arguments and returns the value of its `return`.
    pub async fn execute(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.client().await?.execute(script, arguments).await?)
    }

    /// Returns the element that a script returns, if any.
    pub async fn element(&self, script: &str, arguments: Vec<Value>) -> Result<Option<Element>> {
        let reference = self.execute(script, arguments).await?;
        // The WebDriver standard's name for a reference to an element.
        let id = reference.get("element-6066-11e4-a52e-4f735466cecf").and_then(Value::as_str);
        Ok(id.map(|id| Element::from_element_id(self.client.clone(), id.to_owned().into())))
    }

    /// Sends a command of the Chrome DevTools Protocol to this tab.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Result<Value> {
        let engine = self.engine;
        ensure!(engine == Engine::Chromium, "{engine:?} has no DevTools protocol, for {command}");
        let body = json!({ "cmd": command, "params": parameters });
        self.vendor("goog/cdp/execute", body)
            .await
            .with_context(|| format!("DevTools command {command}"))
    }

    /// Returns the log entries since the last call.
    pub async fn log(&self) -> Result<Vec<Value>> {
        match self.vendor("se/log", json!({ "type": "browser" })).await? {
            Value::Array(entries) => Ok(entries),
            other => anyhow::bail!("the log is no list: {other}"),
        }
    }

    async fn vendor(&self, path: &'static str, body: Value) -> Result<Value> {
        Ok(self.client().await?.issue_cmd(VendorCommand { path, body }).await?)
    }
}

/// A command specific to chromedriver.
#[derive(Debug)]
struct VendorCommand {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for VendorCommand {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> std::result::Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
