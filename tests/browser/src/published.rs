//! Releases that are published one after the other in a folder of a server.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};
use tempfile::TempDir;

use crate::setup::dist;

/// A script that makes the program open databases of a higher version.
const NEWER_DATABASE: &str = "
    {
      const { open } = IDBFactory.prototype;
      IDBFactory.prototype.open = function (name, version) {
        const request = version ? open.call(this, name, version + 95) : open.call(this, name);
        request.addEventListener('upgradeneeded', () => {
          request.result.createObjectStore('newer').put('Của bản mới', 'x');
        });
        return request;
      };
    }
";

/// A release like the one in `dist/`, in which every part has the number of its release.
#[derive(Clone)]
pub struct Release(BTreeMap<String, Vec<u8>>);

impl Release {
    /// Returns the release of this number, from 1 to 9.
    pub fn numbered(number: u8) -> Result<Self> {
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(dist())? {
            let entry = entry?;
            files.insert(entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?);
        }
        let mut release = Self(files);
        // A section that the program ignores.
        let wasm = release.program()?;
        release.change(&wasm, |wasm| [wasm.as_slice(), &[0, 2, 1, b'0' + number]].concat())?;
        let said = |name: &str| format!("\nglobalThis.{name} = {number};\n").into_bytes();
        let glue = release.user_of(&release.program()?)?;
        release.change(&glue, |script| [script, said("releaseOfGlue")].concat())?;
        release.change("tu-kiem-tra.js", |script| [script, said("releaseOfShell")].concat())?;
        for page in ["index.html", "embed.html"] {
            release.change(page, |html| {
                let html = String::from_utf8_lossy(&html).into_owned();
                html.replacen("<html", &format!("<html data-release=\"{number}\""), 1).into_bytes()
            })?;
        }
        release.change("sw.js", |worker| {
            // Not the worker's own version, by which others know it.
            let version = short_hash(&[&worker, "version".as_bytes()].concat());
            let worker = String::from_utf8_lossy(&worker).into_owned();
            let (before, rest) = worker.split_once("VERSION = \"").unwrap_or_default();
            let (_, after) = rest.split_once('"').unwrap_or_default();
            format!("{before}VERSION = \"{version}\"{after}").into_bytes()
        })?;
        Ok(release)
    }

    /// Adds a script that raises the version of the databases and adds an object store, `newer`.
    pub fn with_newer_database(self) -> Result<Self> {
        self.with_in_glue(NEWER_DATABASE)
    }

    /// Appends a script to the one between the shell and the WebAssembly.
    pub fn with_in_glue(mut self, script: &str) -> Result<Self> {
        let glue = self.user_of(&self.program()?)?;
        self.change(&glue, |glue| [&glue, script.as_bytes()].concat())?;
        Ok(self)
    }

    /// Replaces a part of a file.
    pub fn with_in(mut self, name: &str, old: &str, new: &str) -> Result<Self> {
        let text = self.0.get(name).map(|text| String::from_utf8_lossy(text).into_owned());
        let text = text.filter(|text| text.contains(old));
        let text = text.with_context(|| format!("there is no {old} in {name}"))?;
        self.put(name, text.replace(old, new).into_bytes());
        Ok(self)
    }

    /// Returns the name of the WebAssembly.
    pub fn program(&self) -> Result<String> {
        self.name("tu-kiem-tra-", "_bg.wasm")
    }

    fn name(&self, part: &str, end: &str) -> Result<String> {
        let name = self.0.keys().find(|name| name.contains(part) && name.ends_with(end));
        name.cloned().with_context(|| format!("the release has no …{end}"))
    }

    /// Returns the script that names a file and is itself named by its content.
    fn user_of(&self, file: &str) -> Result<String> {
        let uses = |text: &[u8]| String::from_utf8_lossy(text).contains(file);
        let is_hashed = |name: &str| name.starts_with("tu-kiem-tra-") && name.ends_with(".js");
        let mut users = self.0.iter().filter(|(name, text)| is_hashed(name) && uses(text));
        users.next().map(|(name, _)| name.clone()).context("nobody names the WebAssembly")
    }

    /// Changes a file, and then each file that has its digest.
    fn change(&mut self, end: &str, change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Result<()> {
        let name = self.name("", end)?;
        let content = self.0.get(&name).cloned().unwrap_or_default();
        self.put(&name, change(content));
        Ok(())
    }

    fn put(&mut self, name: &str, content: Vec<u8>) {
        let old = self.0.remove(name).unwrap_or_default();
        let (before, after) = (short_hash(&old), short_hash(&content));
        let hashes = [(before.clone(), after.clone()), (integrity(&old), integrity(&content))];
        self.0.insert(name.replace(&before, &after), content);
        let users: Vec<String> = self.0.keys().cloned().collect();
        for user in users {
            let text = self.0.get(&user).map(|text| String::from_utf8(text.clone()));
            let Some(Ok(text)) = text else { continue };
            let mut changed = text.clone();
            for (old, new) in &hashes {
                changed = changed.replace(old, new);
            }
            if changed != text {
                self.put(&user, changed.into_bytes());
            }
        }
    }
}

/// Returns the digest as in `integrity.json`.
pub fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

/// Returns the digest as in the names of files.
fn short_hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().take(8).fold(String::new(), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    })
}

/// A folder into which releases are copied.
pub struct Place(TempDir);

impl Place {
    /// Returns a folder with a release in it.
    pub fn with(release: &Release) -> Result<Self> {
        let place = Self(tempfile::tempdir()?);
        place.publish(release)?;
        Ok(place)
    }

    /// Returns the path.
    pub fn path(&self) -> PathBuf {
        self.0.path().to_owned()
    }

    /// Replaces the contents with a release.
    pub fn publish(&self, release: &Release) -> Result<()> {
        for entry in fs::read_dir(self.0.path())? {
            fs::remove_file(entry?.path())?;
        }
        self.add(release, |_| true)
    }

    /// Adds some files of a release to the present ones.
    pub fn add(&self, release: &Release, which: impl Fn(&str) -> bool) -> Result<()> {
        for (name, content) in release.0.iter().filter(|(name, _)| which(name)) {
            fs::write(self.file(name), content)?;
        }
        Ok(())
    }

    /// Cuts a file off in its middle, like an interrupted copy.
    pub fn truncate(&self, name: &str) -> Result<()> {
        let content = fs::read(self.file(name))?;
        let (half, _) = content.split_at(content.len() / 2);
        ensure!(!half.is_empty(), "{name} is empty");
        Ok(fs::write(self.file(name), half)?)
    }

    fn file(&self, name: &str) -> PathBuf {
        Path::new(self.0.path()).join(name)
    }
}
