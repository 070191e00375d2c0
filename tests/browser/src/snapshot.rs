//! Snapshots: texts in files that are compared with the page's present ones.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context, Result, bail};

/// The variable that, set to `1`, makes the files be written instead of compared.
const UPDATE: &str = "UPDATE_SNAPSHOTS";

/// The number of lines shown before and after a difference.
const AROUND: usize = 2;

/// Compares a text with the snapshot of this name in `tests/browser/snapshots/`.
pub fn check_snapshot(name: &str, now: &str) -> Result<()> {
    let file = folder().join(format!("{name}.txt"));
    // libtest names the thread after the test.
    let test = std::thread::current().name().unwrap_or_default().to_owned();
    let update = format!("{UPDATE}=1 cargo test --package browser-tests -- {test}");
    if env::var(UPDATE).is_ok_and(|value| value == "1") {
        fs::create_dir_all(folder())?;
        return fs::write(&file, now).with_context(|| file.display().to_string());
    }
    let Ok(kept) = fs::read_to_string(&file) else {
        bail!("tests/browser/snapshots/{name}.txt is not there; this writes it:\n  {update}");
    };
    if kept == now {
        return Ok(());
    }
    let told = difference(&kept, now);
    bail!(
        "{name} is not what it was (- before, + now):\n{told}\n\
         If it is meant so, write it anew, look at what that changes, and commit it:\n  {update}"
    );
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots")
}

/// Returns the lines that differ, with some around them.
fn difference(before: &str, now: &str) -> String {
    let (before, now): (Vec<_>, Vec<_>) = (before.lines().collect(), now.lines().collect());
    let lines = changes(&before, &now);
    let near = |index: usize| {
        let around = index.saturating_sub(AROUND)..(index + AROUND + 1).min(lines.len());
        lines.get(around).is_some_and(|near| near.iter().any(|(sign, _)| *sign != ' '))
    };
    let mut told = String::new();
    let mut skipped = false;
    for (index, (sign, line)) in lines.iter().enumerate() {
        if near(index) {
            told += &format!("{sign} {line}\n");
            skipped = false;
        } else if !skipped {
            told += "  …\n";
            skipped = true;
        }
    }
    told
}

/// Returns all lines, with `-` for removed and `+` for added ones, by the longest common
/// subsequence.
fn changes<'a>(before: &[&'a str], now: &[&'a str]) -> Vec<(char, &'a str)> {
    // `common[i][j]`: the number of lines that the rests from `i` and from `j` have in common.
    let mut common = vec![vec![0_u32; now.len() + 1]; before.len() + 1];
    let at = |common: &[Vec<u32>], i: usize, j: usize| {
        common.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0)
    };
    for (i, gone) in before.iter().enumerate().rev() {
        for (j, came) in now.iter().enumerate().rev() {
            let length = if gone == came {
                at(&common, i + 1, j + 1) + 1
            } else {
                at(&common, i + 1, j).max(at(&common, i, j + 1))
            };
            if let Some(place) = common.get_mut(i).and_then(|row| row.get_mut(j)) {
                *place = length;
            }
        }
    }
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    loop {
        match (before.get(i), now.get(j)) {
            (Some(gone), Some(came)) if gone == came => {
                lines.push((' ', *gone));
                (i, j) = (i + 1, j + 1);
            }
            (Some(gone), came)
                if came.is_none() || at(&common, i + 1, j) >= at(&common, i, j + 1) =>
            {
                lines.push(('-', *gone));
                i += 1;
            }
            (_, Some(came)) => {
                lines.push(('+', *came));
                j += 1;
            }
            (_, None) => return lines,
        }
    }
}

#[test]
fn a_difference_is_told_with_what_is_around_it() {
    let told = difference("a\nb\nc\nd\ne\nf\ng\n", "a\nb\nc\nd\nE\nf\ng\nh\n");
    assert_eq!(told, "  …\n  c\n  d\n- e\n+ E\n  f\n  g\n+ h\n");
    assert_eq!(difference("a\n", ""), "- a\n");
}
