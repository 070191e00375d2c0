//! Files of the browser's profile are deleted or truncated while it is closed: everything that can
//! still be read by key is in the list, opens, and is backed up.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use browser_tests::{Engine, Page, Stage, TestResult};
use serde_json::{Value, json};

use crate::support::figures::Figures;
use crate::support::form::form;
use crate::support::site::{self, BLANK};

/// The length of a text that Chromium keeps in a file beside the database, however it compresses
/// it.
const LONG: usize = 400_000;

/// The damage to a file.
#[derive(Clone, Copy, Debug)]
enum Damage {
    Deleted,
    Cut,
}

impl Damage {
    fn be_done(self, file: &Path, bytes: &[u8]) -> Result<()> {
        match self {
            Self::Deleted => fs::remove_file(file)?,
            Self::Cut => fs::write(file, bytes.get(..bytes.len() / 2).unwrap_or_default())?,
        }
        Ok(())
    }
}

/// The contents of a profile's files, for restoring them.
struct Files(BTreeMap<PathBuf, Vec<u8>>);

impl Files {
    fn of(stage: &Stage) -> Result<Self> {
        let read = |file: PathBuf| Ok((file.clone(), fs::read(file)?));
        Ok(Self(stage.browser.stored_files()?.into_iter().map(read).collect::<Result<_>>()?))
    }

    fn put_back(&self, stage: &Stage) -> Result<()> {
        for file in stage.browser.stored_files()? {
            fs::remove_file(file)?;
        }
        for (file, bytes) in &self.0 {
            fs::create_dir_all(file.parent().context("a folder")?)?;
            fs::write(file, bytes)?;
        }
        Ok(())
    }

    /// Returns the files worth damaging: the large values first, then the logs and tables of the
    /// databases.
    fn worth_it(&self) -> Vec<&PathBuf> {
        let is_value = |file: &Path| {
            file.components().any(|part| part.as_os_str().to_string_lossy().ends_with(".blob"))
        };
        let is_data = |file: &Path| {
            file.extension().is_some_and(|kind| kind == "log" || kind == "ldb") || is_value(file)
        };
        let mut all: Vec<_> = self.0.keys().filter(|file| is_data(file)).collect();
        all.sort_by_key(|file| !is_value(file));
        all
    }
}

/// Reads each value by its key, like the simplest reader, and returns the readable records.
const READ: &str = "
    const result = (request) => new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = (event) => { event.preventDefault(); failed(request.error); };
    });
    return (async () => {
      const texts = [];
      const names = (await indexedDB.databases()).map(({ name }) => name);
      if (names.includes('tkt:default')) {
        const database = await result(indexedDB.open('tkt:default')).catch(() => null);
        for (const name of database ? [...database.objectStoreNames] : []) {
          const keys = await result(database.transaction(name).objectStore(name).getAllKeys()).catch(() => []);
          for (const key of keys) {
            const value = await result(database.transaction(name).objectStore(name).get(key)).catch(() => null);
            if (typeof value === 'string') texts.push([name, key, value]);
          }
        }
        database?.close();
      }
      return texts;
    })();
";

/// The contents of the database that can be read by key.
struct Readable {
    /// The parts of each inspection, with their bodies.
    inspections: BTreeMap<String, BTreeMap<String, Value>>,
    checklists: Vec<String>,
}

impl Readable {
    async fn in_page(page: &Page) -> Result<Self> {
        let read = page.evaluate(READ, json!(null)).await?;
        let mut readable = Self { inspections: BTreeMap::new(), checklists: Vec::new() };
        for entry in read.as_array().context("texts")? {
            let (store, key, text): (String, String, String) =
                serde_json::from_value(entry.clone())?;
            match store.as_str() {
                "checklists" => readable.checklists.push(key),
                "overviews" | "items" => {
                    let record: Value = serde_json::from_str(&text)?;
                    let (id, part) = key.split_once('/').context("a key")?;
                    let parts = readable.inspections.entry(id.to_owned()).or_default();
                    parts.insert(part.to_owned(), at(&record, "/body").clone());
                }
                _ => {}
            }
        }
        Ok(readable)
    }

    /// Compares the program's own reading with it.
    async fn check(&self, stage: &Stage, page: &Page) -> Result<()> {
        let list = page.call("listInspections", json!([])).await?;
        let listed = list.as_array().context("a list")?;
        for (id, parts) in &self.inspections {
            let Some(header) = parts.get("@header") else { continue };
            ensure!(listed.iter().any(|one| is_named(one, "/id", id)), "{id} is not in the list");
            let sha256 = at(header, "/checklist/sha256").as_str().unwrap_or_default();
            if !self.checklists.iter().any(|known| known == sha256) {
                continue;
            }
            page.call("openInspection", json!([id])).await?;
            let report = page.call("exportReport", json!([])).await?;
            let items = at(&report, "/items").as_array().context("items")?;
            for (part, body) in parts.iter().filter(|(part, _)| !part.starts_with('@')) {
                let item = items.iter().find(|item| is_named(item, "/id", part));
                let item = item.with_context(|| format!("{part} is not in the report"))?;
                let (shown, stored) = (at(item, "/answer"), at(body, "/answer"));
                ensure!(shown == stored || stored.is_null(), "{part}: {shown} instead of {stored}");
            }
        }
        self.check_backup(stage, page).await
    }

    async fn check_backup(&self, stage: &Stage, page: &Page) -> Result<()> {
        page.find("[data-action=home]").click().await.ok();
        page.find("[aria-labelledby=device-title] [data-action=back-up-all]").click().await?;
        let saved = stage.browser.wait_for_download(".json").await?;
        let backup: Value = serde_json::from_str(&fs::read_to_string(&saved)?)?;
        fs::remove_file(&saved)?;
        let inspections = at(&backup, "/workspaces/0/inspections").as_array();
        let inspections = inspections.context("inspections")?;
        for (id, parts) in &self.inspections {
            let kept = inspections.iter().find(|one| is_named(one, "/id", id));
            let records = kept.and_then(|kept| at(kept, "/records").as_array());
            let records = records.with_context(|| format!("{id} is not in the backup"))?;
            for part in parts.keys() {
                let is_kept = records.iter().any(|record| is_named(record, "/part", part));
                ensure!(is_kept, "{part} of {id} is not in the backup");
            }
        }
        Ok(())
    }
}

/// Returns the value at a place, or null.
fn at<'a>(value: &'a Value, pointer: &str) -> &'a Value {
    value.pointer(pointer).unwrap_or(&Value::Null)
}

fn is_named(value: &Value, pointer: &str, name: &str) -> bool {
    at(value, pointer).as_str() == Some(name)
}

/// Creates two inspections with answers to several items, one of them with a text that is kept in a
/// separate file.
async fn fill(page: &Page) -> Result<()> {
    for _ in 0..2 {
        site::start(page).await?;
        page.call("setAnswer", json!(["share", { "numerator": 24, "denominator": 25 }])).await?;
        page.call("setAnswer", json!(["attested", { "verdict": "met" }])).await?;
    }
    // No two adjacent characters are the same, so compression can't bring it below the limit for a
    // separate file.
    let mut state = 1_u32;
    let letters = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from_u32(0x4e00 + state % 20_000).unwrap_or('x')
    });
    let text: String = letters.take(LONG).collect();
    page.call("setAnswer", json!(["proposals", { "text": text }])).await?;
    page.call("flush", json!([])).await?;
    Ok(())
}

#[tokio::test]
async fn what_can_be_read_by_its_key_is_never_missing() -> TestResult {
    let (setup, _) = site::portal(Engine::Chromium);
    setup
        .allow_problem("IndexedDB")
        .run(async |stage| {
            let page = stage.open("/").await?;
            fill(&page).await?;
            stage.browser.close().await?;
            let files = Files::of(stage)?;
            let mut worth_it = files.worth_it();
            if form().name == "short" {
                worth_it.truncate(2);
            }
            let mut damages = 0;
            let mut damage_all = async || -> TestResult {
                for file in &worth_it {
                    for damage in [Damage::Deleted, Damage::Cut] {
                        files.put_back(stage)?;
                        let bytes = files.0.get(*file).context("its bytes")?;
                        damage.be_done(file, bytes)?;
                        stage.browser.reopen().await?;
                        let readable = Readable::in_page(&stage.goto(BLANK).await?).await?;
                        let page = stage.open("/").await?;
                        let told = || format!("{damage:?}: {}", file.display());
                        readable.check(stage, &page).await.with_context(told)?;
                        stage.browser.close().await?;
                        damages += 1;
                    }
                }
                Ok(())
            };
            let outcome = damage_all().await;
            let figures = Figures {
                test: "Files of the profile damaged, Chromium".to_owned(),
                times: damages,
                remark: format!("{} files", worth_it.len()),
                ..Figures::default()
            };
            figures.conclude(outcome)
        })
        .await
}
