//! Pictures like those of cameras: drawn by the browser, with a camera's metadata added by hand.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use browser_tests::{Page, TestResult, wait_until};
use serde_json::json;

/// The location in a camera's metadata, which must not be in any stored file.
pub const PLACE: &[u8] = b"10.2541N,105.9722E";

/// Returns a JPEG with differently coloured halves, left and right.
pub async fn jpeg(page: &Page, width: u32, height: u32, colours: [&str; 2]) -> Result<Vec<u8>> {
    let script = "
        const [width, height, [left, right]] = given;
        const canvas = Object.assign(document.createElement('canvas'), { width, height });
        const context = canvas.getContext('2d');
        context.fillStyle = left;
        context.fillRect(0, 0, width / 2, height);
        context.fillStyle = right;
        context.fillRect(width / 2, 0, width / 2, height);
        return canvas.toDataURL('image/jpeg', 0.9).split(',')[1];
    ";
    let encoded = page.evaluate(script, json!([width, height, colours])).await?;
    Ok(STANDARD.decode(encoded.as_str().context("it is no picture")?)?)
}

/// Returns the JPEG as a camera held upright writes it: turned by a quarter, with metadata on that
/// and on the location.
pub fn by_camera(jpeg: &[u8]) -> Result<Vec<u8>> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        let mut entry = [tag.to_le_bytes(), kind.to_le_bytes()].concat();
        entry.extend(count.to_le_bytes());
        entry.extend(value);
        entry
    };
    let length = u32::try_from(PLACE.len())?;
    let mut note = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    // Orientation 6: the left side belongs at the top. Then a text that lies behind the list.
    note.extend(entry(0x0112, 3, 1, [6, 0, 0, 0]));
    note.extend(entry(0x010e, 2, length, 38_u32.to_le_bytes()));
    note.extend([0; 4]);
    note.extend(PLACE);
    let (start, rest) = jpeg.split_at_checked(2).context("it is no picture")?;
    let size = u16::try_from(note.len() + 2)?.to_be_bytes();
    Ok([start, b"\xff\xe1", &size, &note, rest].concat())
}

/// Returns the start of a PNG of this size, from which a picture's size is read.
pub fn png_head(width: u32, height: u32) -> Vec<u8> {
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &size, &[8, 2, 0, 0, 0, 0, 0, 0, 0]].concat()
}

/// Writes a file into a folder.
pub fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf> {
    let path = folder.join(name);
    fs::write(&path, bytes)?;
    Ok(path)
}

/// Attaches files to an item without any, as a person does by the button, and waits until they are
/// there.
pub async fn attach(page: &Page, id: &str, files: &[PathBuf]) -> TestResult {
    let item = page.item(id);
    item.find("[data-action=attach]").click().await?;
    item.field("evidence").upload_all(files).await?;
    let selector = format!("[data-item={id}] .evidence-piece");
    let all = u64::try_from(files.len())?;
    wait_until(&format!("{all} pieces"), async || {
        Ok((page.find("[part=root]").count(&selector).await? == all).then_some(()))
    })
    .await
}
