//! The compared pages, laid out in one folder, and their sizes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use core_bench::definition;

use crate::ITEMS;

/// The page that all others are compared with.
pub const FLOOR: &str = "floor";

/// The element.
pub const OURS: &str = "tu-kiem-tra";

/// A folder with all pages.
pub struct Site {
    folder: PathBuf,
    names: Vec<String>,
}

impl Site {
    /// Lays it out anew in `target/bench/`. The release and the peers must be built already; peers
    /// that are not built are left out.
    pub fn lay_out() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let folder = root.join("target/bench");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        copy(&root.join("bench/floor"), &folder.join(FLOOR))?;
        copy(&root.join("dist"), &folder.join(OURS)).context("there is no release")?;
        copy(&root.join("bench/ours"), &folder.join(OURS))?;
        for items in ITEMS {
            fs::write(
                folder.join(format!("checklist-{items}.json")),
                definition(items).to_string(),
            )?;
        }
        let mut names = vec![FLOOR.to_owned(), OURS.to_owned()];
        let peers = root.join("bench/peers/dist");
        if peers.is_dir() {
            let mut built = Vec::new();
            for peer in fs::read_dir(peers)? {
                let peer = peer?;
                let name = peer.file_name().to_string_lossy().into_owned();
                if peer.path().join("index.html").is_file() {
                    copy(&peer.path(), &folder.join(&name))?;
                    built.push(name);
                }
            }
            built.sort();
            names.extend(built);
        }
        Ok(Self { folder, names })
    }

    /// Returns the folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the names of the pages, which are those of their folders: the floor, ours, and the
    /// peers.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Returns the path of a page. Ours lies beside the release's own page, which the release
    /// caches for offline use, and caches only unchanged.
    pub fn page(name: &str) -> String {
        let file = if name == OURS { "bench.html" } else { "index.html" };
        format!("/{name}/{file}")
    }

    /// Returns the bytes that a server sends for some paths, with Brotli at its best.
    pub fn sent(&self, paths: &[String]) -> Result<u64> {
        let script = "
            const { readFileSync } = require('node:fs'), { brotliCompressSync } = require('node:zlib');
            const sizes = process.argv.slice(1).map((file) => brotliCompressSync(readFileSync(file)).length);
            console.log(sizes.reduce((sum, size) => sum + size, 0));
        ";
        let files = paths.iter().map(|path| self.file(path));
        let output = Command::new("node").args(["--eval", script]).args(files).output()?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?.trim().parse()?)
    }

    fn file(&self, path: &str) -> PathBuf {
        let path = path.trim_start_matches('/');
        let path = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        self.folder.join(path)
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}
