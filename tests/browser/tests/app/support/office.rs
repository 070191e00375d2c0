//! The files of the second program, which makes office files, and their loading.

use std::fs;

use anyhow::Result;
use browser_tests::{Page, Stage, dist, wait_until};
use serde_json::json;

use super::checklists::text;

/// Removes the form's head start on the network. It has to run before a page's own scripts.
pub const AT_ONCE: &str = "
    const { setTimeout: wait } = window;
    window.setTimeout = (act, time, ...more) => wait(act, time === 10_000 ? 0 : time, ...more);
";

/// Holds the second program back until [`let_come`]. It has to run before a page's own scripts.
pub const HELD: &str = "
    const { fetch: get } = window;
    const held = new Promise((come) => { window.__letCome = come; });
    window.fetch = async (what, ...more) => {
      if (String(what?.url ?? what).includes('/office-')) await held;
      return get(what, ...more);
    };
";

/// Shortens the timeout for a silent server from fifteen seconds to two. It has to run before a
/// page's own scripts.
pub const IMPATIENT: &str = "
    const { setTimeout: wait } = window;
    window.setTimeout = (act, time, ...more) => wait(act, time === 15_000 ? 2_000 : time, ...more);
";

/// Delivers the second program in five pieces, each after 0.6 s. It has to run before a page's own
/// scripts.
pub const TRICKLING: &str = "
    const { fetch: get, setTimeout: later } = window;
    window.fetch = async (what, ...more) => {
      const answer = await get(what, ...more);
      if (!String(what?.url ?? what).includes('/office-')) return answer;
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const size = Math.ceil(bytes.length / 5);
      let sent = 0;
      return new Response(new ReadableStream({
        async pull(to) {
          if (sent >= bytes.length) return to.close();
          await new Promise((done) => later(done, 600));
          to.enqueue(bytes.slice(sent, sent + size));
          sent += size;
        },
      }));
    };
";

/// Returns the message on the reason why the second program can't load.
pub fn told(lang: &str, why: &str, instead: &str) -> Result<String> {
    let instead = text(lang, &["instead.", instead].concat())?;
    Ok(text(lang, &["office.", why].concat())?.replace("{instead}", &instead))
}

/// Releases the second program that [`HELD`] holds back.
pub async fn let_come(page: &Page) -> Result<()> {
    page.evaluate("window.__letCome();", json!(null)).await.map(drop)
}

/// Returns the addresses of its files.
pub fn files() -> Result<Vec<String>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(dist())? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with("office-") {
            paths.push(format!("/{name}"));
        }
    }
    assert_eq!(paths.len(), 2, "{paths:?}");
    Ok(paths)
}

/// Returns the media type of such a file.
pub fn kind_of(path: &str) -> &'static str {
    if path.ends_with(".wasm") { "application/wasm" } else { "text/javascript" }
}

/// Waits until the browser has requested its files in this folder.
pub async fn wait_until_fetched(stage: &Stage, folder: &str) -> Result<()> {
    let files = files()?;
    wait_until("the second program to be fetched", async || {
        let path = |name: &String| format!("{folder}{name}");
        let asked = |name| !stage.server.requests_for(&path(name)).is_empty();
        Ok(files.iter().all(asked).then_some(()))
    })
    .await
}

/// Returns the number of files that the browser has saved.
pub fn downloads(stage: &Stage) -> Result<usize> {
    Ok(fs::read_dir(stage.browser.downloads())?.count())
}
