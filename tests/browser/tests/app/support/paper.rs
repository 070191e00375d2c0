//! The printed report: the frame that is printed, read at the moment of printing.

use anyhow::{Context, Result};
use browser_tests::Page;
use serde_json::{Value, json};

/// Replaces printing by a counter, and the end of printing is never reported. It has to run before
/// a page's own scripts.
pub const NO_PRINTER: &str = "
    const { get } = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow');
    window.__printed = 0;
    window.print = () => { window.__hostPrinted = true; };
    Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', {
      configurable: true,
      get() {
        const inside = get.call(this);
        if (inside) inside.print = () => { window.__printed += 1; };
        return inside;
      },
    });
";

/// Opens the dialog.
pub async fn ask(page: &Page) -> Result<()> {
    page.action("print").click().await?;
    let dialog = page.find("[data-dialog=print]");
    dialog.wait_for("to be open", async |dialog| dialog.is_visible().await).await
}

/// Prints from the open dialog, and waits until the browser was asked to.
pub async fn print(page: &Page) -> Result<()> {
    let before = printed(page).await?;
    page.action("print-now").click().await?;
    page.wait_for("the paper", async |page| Ok(printed(page).await? == before + 1)).await
}

/// Returns how often a frame was printed.
pub async fn printed(page: &Page) -> Result<u64> {
    let count = page.evaluate("return window.__printed;", json!(null)).await?;
    count.as_u64().context("it is no number")
}

/// Returns the number of frames.
pub async fn frames(page: &Page) -> Result<u64> {
    let count =
        page.evaluate("return root.querySelectorAll('iframe').length;", json!(null)).await?;
    count.as_u64().context("it is no number")
}

/// Reports the end of printing, as the browser does.
pub async fn finish(page: &Page) -> Result<()> {
    let script =
        "root.querySelector('iframe').contentWindow.dispatchEvent(new Event('afterprint'));";
    page.evaluate(script, json!(null)).await?;
    page.wait_for("the paper to be gone", async |page| Ok(frames(page).await? == 0)).await
}

/// Runs a script in which `paper` is the frame's document, and returns its value.
pub async fn on_paper(page: &Page, script: &str, given: Value) -> Result<Value> {
    let script = format!(
        "const paper = root.querySelector('iframe').contentDocument, view = paper.defaultView;
         {script}"
    );
    page.evaluate(&script, given).await
}

/// Returns the text of the first element on paper that a selector matches.
pub async fn text(page: &Page, selector: &str) -> Result<String> {
    let script = "return paper.querySelector(given)?.textContent ?? '';";
    let text = on_paper(page, script, json!(selector)).await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}
