//! Runs the committed corpus through the functions that libFuzzer calls.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what went wrong by failing")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use fuzz_targets::{TARGETS, target};

/// The maximum size of the whole corpus, in bytes: people read it.
const LARGEST: u64 = 400_000;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// Returns the files in the folder of a target.
fn files(name: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder().join(name)).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Asserts that every file of a target's folder is read correctly. The name of a failing file is
/// printed last.
fn holds_for_the_corpus(name: &str) {
    let target = target(name).unwrap();
    let files = files(name);
    let mut read = BTreeSet::new();
    for file in files {
        println!("{}", file.display());
        let bytes = fs::read(&file).unwrap();
        assert!(bytes.len() <= target.longest, "{} bytes are never tried", bytes.len());
        read.insert((target.check)(&bytes));
    }
    // The corpus must have files that can be read, and files that can't.
    assert_eq!(read, BTreeSet::from([false, true]));
}

macro_rules! tests {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            holds_for_the_corpus(stringify!($name));
        })*

        #[test]
        fn every_target_has_a_test_and_a_folder() {
            let tests: BTreeSet<_> = [$(stringify!($name)),*].map(str::to_owned).into();
            let targets: BTreeSet<_> = TARGETS.iter().map(|target| target.name.to_owned()).collect();
            assert_eq!(tests, targets);
            let folders = fs::read_dir(folder()).unwrap();
            let folders = folders.map(|entry| entry.unwrap().file_name().into_string().unwrap());
            assert_eq!(folders.collect::<BTreeSet<_>>(), targets);
        }
    };
}

tests!(checklist report backup attachments archive record table typed period);

#[test]
fn the_corpus_is_small() {
    let files = TARGETS.iter().flat_map(|target| files(target.name));
    let all: u64 = files.map(|file| file.metadata().unwrap().len()).sum();
    assert!(all <= LARGEST, "{all} bytes");
}
