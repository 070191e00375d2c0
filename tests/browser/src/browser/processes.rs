//! The processes of a browser, identified by the profile in their command lines.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};

/// Makes a browser open a tab, without its driver.
pub fn open_from_outside(profile: &Path) -> Result<()> {
    let port = fs::read_to_string(profile.join("DevToolsActivePort"))?;
    let port = port.lines().next().and_then(|port| port.parse().ok());
    let port: u16 = port.context("the browser tells no port")?;
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    write!(stream, "PUT /json/new?about:blank HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
    Ok(stream.read(&mut [0; 16]).map(drop)?)
}

/// Kills processes. The command fails if one of them has just ended; the caller checks whether all
/// have.
pub fn kill(processes: &[String]) -> Result<()> {
    Command::new("kill")
        .arg("-KILL")
        .args(processes)
        .stderr(Stdio::null())
        .status()
        .context("kill cannot be run")
        .map(drop)
}

/// Returns whether a process exists. It does until its parent has waited for it.
pub fn is_there(process: &str) -> bool {
    Path::new("/proc").join(process).exists()
}

/// Returns the ids of the processes that use this profile and have `word` in their command line.
pub fn of(profile: &Path, word: &str) -> Result<Vec<String>> {
    let profile = profile.display().to_string();
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let entry = entry?;
        // A process may end meanwhile.
        let Ok(line) = fs::read(entry.path().join("cmdline")) else {
            continue;
        };
        let line = String::from_utf8_lossy(&line);
        if line.contains(&profile) && line.contains(word) {
            found.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(found)
}
