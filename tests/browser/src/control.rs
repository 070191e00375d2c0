//! A control in the shadow root that a person uses or reads: a field, a button, an item.

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result, bail};
use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::engine::Engine;
use crate::page::Page;
use crate::wait::wait_until;

/// Something in a page, described by its place. It is looked up at each use, so it may appear after
/// its description and be rendered again in between.
#[derive(Clone, Debug)]
pub struct Control {
    page: Page,
    in_host_page: bool,
    path: Vec<Step>,
}

/// The `index`th element that a CSS selector matches below the previous one.
#[derive(Clone, Debug)]
struct Step {
    selector: String,
    index: usize,
}

/// Follows the steps from the element's shadow root, or from the document if no element is named.
/// `place` is null if one leads nowhere. The scripts below get `place`, and their arguments in
/// `given`.
const FIND: &str = "
    const [host, path, given] = arguments;
    let place = host === null ? document : (document.querySelector(host)?.shadowRoot ?? null);
    for (const { selector, index } of path) {
      place = place && (place.querySelectorAll(selector)[index] ?? null);
    }
";

/// Finds the target of a click: the label of a checkbox or radio, if it has one. It is scrolled to
/// the middle of the window, where nothing sticky covers it.
const TARGET: &str = "
    const target = place?.matches('[type=checkbox], [type=radio]') ? (place.labels?.[0] ?? place) : place;
    target?.scrollIntoView({ block: 'center', behavior: 'instant' });
    return target;
";

impl Control {
    pub(crate) fn new(page: &Page, selector: String) -> Self {
        Self { page: page.clone(), in_host_page: false, path: vec![Step { selector, index: 0 }] }
    }

    pub(crate) fn in_host_page(page: &Page, selector: String) -> Self {
        Self { in_host_page: true, ..Self::new(page, selector) }
    }

    pub(crate) fn page(&self) -> &Page {
        &self.page
    }

    /// Returns the first element below this one that a selector matches.
    pub fn find(&self, selector: &str) -> Self {
        self.nth(selector, 0)
    }

    /// Returns the `index`th element below this one that a selector matches, counted from 0.
    pub fn nth(&self, selector: &str, index: usize) -> Self {
        let mut path = self.path.clone();
        path.push(Step { selector: selector.to_owned(), index });
        Self { page: self.page.clone(), in_host_page: self.in_host_page, path }
    }

    /// Returns the number of elements below this one that a selector matches now. Does not wait.
    pub async fn count(&self, selector: &str) -> Result<u64> {
        let script = "return place ? place.querySelectorAll(given).length : 0;";
        self.script(script, json!(selector)).await?.as_u64().context("a count is a number")
    }

    /// Clicks it. A checkbox or radio is clicked on its label, if it has one, as people do.
    pub async fn click(&self) -> Result<()> {
        self.act(TARGET, async |element| element.click().await).await
    }

    /// Types after the present text.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        self.act("return place;", async |element| element.send_keys(text).await).await
    }

    /// Replaces the present text.
    pub async fn fill(&self, text: &str) -> Result<()> {
        let typed =
            if text.is_empty() { char::from(Key::Backspace).to_string() } else { text.to_owned() };
        let select_all = format!("{}a{}", char::from(Key::Control), char::from(Key::Null));
        match self.page.tab().engine() {
            Engine::Chromium => self.type_text(&(select_all + &typed)).await,
            // Firefox and WebKit ignore keys after the release of a modifier; Chromium would not
            // select the text if sent separately.
            Engine::Firefox | Engine::WebKit => {
                self.type_text(&select_all).await?;
                self.type_text(&typed).await
            }
        }
    }

    /// Presses a key in it, such as `Key::Tab`.
    pub async fn press(&self, key: Key) -> Result<()> {
        self.type_text(&char::from(key).to_string()).await
    }

    /// Removes the focus.
    pub async fn blur(&self) -> Result<()> {
        self.on_element("place.blur();", Value::Null).await.map(drop)
    }

    /// Ticks a checkbox or radio that is not ticked yet.
    pub async fn check(&self) -> Result<()> {
        self.set_checked(true).await
    }

    /// Unticks a checkbox.
    pub async fn uncheck(&self) -> Result<()> {
        self.set_checked(false).await
    }

    async fn set_checked(&self, wanted: bool) -> Result<()> {
        if self.is_checked().await? != wanted {
            self.click().await?;
        }
        self.wait_for(&format!("to be checked: {wanted}"), async |this| {
            Ok(this.is_checked().await? == wanted)
        })
        .await
    }

    /// Selects the option of a `<select>` that has this value.
    pub async fn select(&self, value: &str) -> Result<()> {
        self.find(&format!("option[value={}]", quoted(value)))
            .act("return place;", async |option| option.click().await)
            .await
    }

    /// Selects a file in an `<input type=file>`, hidden or not.
    pub async fn upload(&self, file: &Path) -> Result<()> {
        self.upload_all(&[file]).await
    }

    /// Selects several files at once.
    pub async fn upload_all(&self, files: &[impl AsRef<Path>]) -> Result<()> {
        let paths = files.iter().map(|file| file.as_ref().to_string_lossy().into_owned());
        let paths = paths.collect::<Vec<_>>().join("\n");
        self.act("return place;", async |element| element.send_keys(&paths).await).await
    }

    /// Returns the `value` of an input, select or textarea.
    pub async fn value(&self) -> Result<String> {
        self.string("return place.value;", Value::Null).await
    }

    /// Returns its text as rendered.
    pub async fn text(&self) -> Result<String> {
        self.string("return place.innerText;", Value::Null).await
    }

    /// Returns a computed style, such as `color`.
    pub async fn style(&self, name: &str) -> Result<String> {
        self.string("return getComputedStyle(place).getPropertyValue(given);", json!(name)).await
    }

    /// Returns an attribute, or `None` if it is missing.
    pub async fn attribute(&self, name: &str) -> Result<Option<String>> {
        let value = self.on_element("return place.getAttribute(given);", json!(name)).await?;
        Ok(value.as_str().map(str::to_owned))
    }

    /// Returns a property as JSON.
    pub async fn property(&self, name: &str) -> Result<Value> {
        self.on_element("return place[given];", json!(name)).await
    }

    /// Returns the width and the height in CSS pixels.
    pub async fn size(&self) -> Result<(f64, f64)> {
        let script = "const box = place.getBoundingClientRect(); return [box.width, box.height];";
        let size = self.on_element(script, Value::Null).await?;
        let side =
            |index: usize| size.get(index).and_then(Value::as_f64).context("a size is a number");
        Ok((side(0)?, side(1)?))
    }

    /// Returns whether it is ticked.
    pub async fn is_checked(&self) -> Result<bool> {
        self.is("return place.checked;").await
    }

    /// Returns whether it is enabled.
    pub async fn is_enabled(&self) -> Result<bool> {
        self.is("return !place.matches(':disabled');").await
    }

    /// Returns whether it has the focus.
    pub async fn is_focused(&self) -> Result<bool> {
        // `:focus` would match nothing in a window without the focus.
        self.is("return place.getRootNode().activeElement === place;").await
    }

    /// Returns whether it exists now. Does not wait.
    pub async fn exists(&self) -> Result<bool> {
        Ok(self.script("return place !== null;", Value::Null).await? == json!(true))
    }

    /// Returns whether it exists and is visible now: not `hidden`, not in a closed `<details>` and
    /// so on.
    pub async fn is_visible(&self) -> Result<bool> {
        let script =
            "return place?.checkVisibility({ visibilityProperty: true, opacityProperty: true });";
        Ok(self.script(script, Value::Null).await? == json!(true))
    }

    /// Waits until a condition holds. `what` completes the message: "waited 15 s for … WHAT".
    pub async fn wait_for(
        &self,
        what: &str,
        condition: impl AsyncFn(&Self) -> Result<bool>,
    ) -> Result<()> {
        let what = format!("{} {what}", self);
        wait_until(&what, async || Ok(condition(self).await?.then_some(()))).await
    }

    /// Waits until an attribute has this value.
    pub async fn wait_for_attribute(&self, name: &str, value: &str) -> Result<()> {
        let what = format!("{} to have {name}=\"{value}\"", self);
        wait_until(&what, async || {
            let current = self.attribute(name).await?;
            if current.as_deref() == Some(value) {
                Ok(Some(()))
            } else {
                bail!("it is {current:?}")
            }
        })
        .await
    }

    /// Runs a script in which `place` is the element and `given` is the argument, and returns its
    /// value. Waits until the element exists.
    pub async fn on_element(&self, script: &str, given: Value) -> Result<Value> {
        let script = format!(
            "if (!place) return {{ missing: true }};
             const value = ((place, given) => {{ {script} }})(place, given);
             return {{ value: value ?? null }};"
        );
        wait_until(&self.to_string(), async || {
            let outcome = self.script(&script, given.clone()).await?;
            match outcome.get("value") {
                Some(value) => Ok(Some(value.clone())),
                None => bail!("{}", self.page.outline().await),
            }
        })
        .await
    }

    async fn is(&self, script: &str) -> Result<bool> {
        Ok(self.on_element(script, Value::Null).await? == json!(true))
    }

    async fn string(&self, script: &str, given: Value) -> Result<String> {
        let value = self.on_element(script, given).await?;
        value
            .as_str()
            .map(str::to_owned)
            .with_context(|| format!("{self} has no such text, but {value}"))
    }

    async fn script(&self, script: &str, given: Value) -> Result<Value> {
        self.page.tab().execute(&format!("{FIND} {script}"), self.arguments(given)).await
    }

    /// Acts on the element that a script returns. Retries while the element is rendered again,
    /// covered or missing.
    async fn act(
        &self,
        script: &str,
        action: impl AsyncFn(Element) -> Result<(), CmdError>,
    ) -> Result<()> {
        wait_until(&format!("{self} to be usable"), async || {
            let element = self
                .page
                .tab()
                .element(&format!("{FIND} {script}"), self.arguments(Value::Null))
                .await?;
            let Some(element) = element else { bail!("{}", self.page.outline().await) };
            match action(element).await {
                Ok(()) => Ok(Some(Ok(()))),
                Err(error) if is_passing(&error) => Err(error.into()),
                Err(error) => Ok(Some(Err(error))),
            }
        })
        .await?
        .with_context(|| format!("{self} cannot be used"))
    }

    fn arguments(&self, given: Value) -> Vec<Value> {
        let steps =
            self.path.iter().map(|step| json!({ "selector": step.selector, "index": step.index }));
        let host = (!self.in_host_page).then(|| self.page.host());
        vec![json!(host), steps.collect(), given]
    }
}

/// The place in the form of its selectors.
impl fmt::Display for Control {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.in_host_page { "the host's page" } else { self.page.host() })?;
        for step in &self.path {
            write!(f, " {}", step.selector)?;
            if step.index > 0 {
                write!(f, " ({} before it)", step.index)?;
            }
        }
        Ok(())
    }
}

/// Quotes a string for an attribute selector.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Returns whether a retry of the action may succeed.
fn is_passing(error: &CmdError) -> bool {
    let CmdError::Standard(error) = error else {
        return false;
    };
    matches!(
        error.error,
        ErrorStatus::StaleElementReference
            | ErrorStatus::ElementNotInteractable
            | ErrorStatus::ElementClickIntercepted
    )
}
