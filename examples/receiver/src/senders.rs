//! The file of named senders: a line for each, with its name and its own token.

use std::path::Path;

use crate::failure::Failure;

/// Reads the file: the last word of a line is the token, and the name stands before it. Blank
/// lines, and those that begin with `#`, are ignored.
///
/// # Errors
/// Fails with a sentence that names the wrong line. It does not quote the line, which may hold a
/// token.
pub fn read(path: &Path) -> Result<Vec<(String, String)>, Failure> {
    let name = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::new(format!("Không đọc được tệp người gửi {name} của `--senders` ({error})."))
    })?;
    let lines = text.trim_start_matches('\u{feff}').lines().zip(1..);
    let said = lines
        .map(|(line, number): (&str, u32)| (line.trim(), number))
        .filter(|(line, _)| !line.is_empty() && !line.starts_with('#'));
    let senders = said.map(|(line, number)| {
        let parts = line.rsplit_once(char::is_whitespace);
        let parts = parts.map(|(name, token)| (name.trim().to_owned(), token.to_owned()));
        parts.ok_or_else(|| {
            Failure::new(format!(
                "Dòng {number} của {name} cần tên người gửi rồi mã của người đó, cách nhau bằng dấu cách."
            ))
        })
    });
    senders.collect()
}
