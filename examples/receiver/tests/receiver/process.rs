//! The receiver as a separate process, as webmasters run it.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::support::database;

/// Returns the file of its standard error.
pub fn log(folder: &Path) -> PathBuf {
    folder.join("log.txt")
}

/// The command itself, which is killed at the end whatever happens.
pub struct Process(pub Child);

impl Process {
    /// Starts it and returns its address.
    pub fn start(folder: &Path) -> (Self, String) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_receiver"))
            .args(["--listen", "127.0.0.1:0", "--database"])
            .arg(database(folder))
            .stdout(Stdio::piped())
            // To a pipe that nobody reads it could write no more than the pipe holds.
            .stderr(File::create(log(folder)).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.split(' ').find(|word| word.starts_with("http://")).unwrap();
        (Self(child), url.to_owned())
    }
}

impl Process {
    /// Returns its peak memory in bytes, if the system tells it.
    pub fn most_memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
