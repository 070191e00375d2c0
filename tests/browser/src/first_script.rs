//! A script before all others of a page, for browsers whose driver can't run one there.

/// The path at which the server serves the script.
pub const PATH: &str = "/harness.js";

/// Returns a page with the script before anything else in its head. The source of the page needs no
/// change, and a policy that allows scripts of the page's own origin allows this one.
pub fn put_into(page: &[u8]) -> Vec<u8> {
    let tag = format!("<script src=\"{PATH}\"></script>");
    let place = ["<head", "<html", "<!doctype"].iter().find_map(|tag| end_of(page, tag));
    let (before, after) = page.split_at_checked(place.unwrap_or(0)).unwrap_or((page, &[]));
    [before, tag.as_bytes(), after].concat()
}

/// Returns the end of the first tag of this name.
fn end_of(page: &[u8], tag: &str) -> Option<usize> {
    let begins = |here: &[u8]| {
        let rest = here.split_at_checked(tag.len());
        rest.is_some_and(|(name, rest)| {
            let ends = rest.first().is_none_or(|next| *next == b'>' || next.is_ascii_whitespace());
            ends && name.eq_ignore_ascii_case(tag.as_bytes())
        })
    };
    let start = (0..page.len()).find(|start| page.get(*start..).is_some_and(begins))?;
    let length = page.get(start..)?.iter().position(|byte| *byte == b'>')?;
    Some(start + length + 1)
}

#[test]
fn it_stands_before_everything_else() {
    for (before, after) in [
        (r#"<!doctype html><HTML lang="vi"><Head>"#, "<title>Cổng</title></head><header>"),
        (r#"<!doctype html><html lang="vi">"#, "<title>Trống</title><header></header>"),
        ("<!doctype html>", "<p>Trống"),
        ("", "<p>Trống"),
    ] {
        let page = format!("{before}{after}");
        let expected = format!("{before}<script src=\"/harness.js\"></script>{after}");
        assert_eq!(String::from_utf8_lossy(&put_into(page.as_bytes())), expected);
    }
}
