//! The chromedriver process: one for all browsers of a test binary, ended with the last of them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// A running chromedriver.
#[derive(Debug)]
pub struct Driver {
    guard: Child,
    port: u16,
}

static CURRENT: Mutex<Weak<Driver>> = Mutex::new(Weak::new());

/// Runs chromedriver and kills the process group, its browsers too, when its own standard input
/// closes. That happens when the test binary ends, in whatever way: chromedriver by itself would stay,
/// and its browsers would even if it were killed.
const GUARD: &str =
    "{ chromedriver --port=0; kill -KILL 0; } & exec > /dev/null; cat; kill -KILL 0";

impl Driver {
    /// The one that runs, or a new one.
    pub fn get() -> Result<Arc<Self>> {
        let mut current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(driver) = current.upgrade() {
            return Ok(driver);
        }
        let driver = Arc::new(Self::start()?);
        *current = Arc::downgrade(&driver);
        Ok(driver)
    }

    fn start() -> Result<Self> {
        let mut guard = Command::new("sh")
            .args(["-c", GUARD])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // A group of its own, to be killed as a whole.
            .process_group(0)
            .spawn()
            .context("sh cannot be started")?;
        let stdout = guard.stdout.take().context("chromedriver has no output")?;
        let mut lines = BufReader::new(stdout).lines();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim().trim_end_matches('.').parse().ok()
        });
        let Some(port) = port else {
            let _ = guard.kill();
            let _ = guard.wait();
            bail!("chromedriver does not start: `cargo xtask test` installs it, or says how to");
        };
        // Read on, or it would block when the pipe is full.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Ok(Self { guard, port })
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Ends a session and with it the browser, without an async runtime: for tests that panicked.
    pub fn end_session(&self, session: &str) {
        let end = || -> std::io::Result<()> {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
            stream.set_read_timeout(Some(Duration::from_secs(5)))?;
            write!(
                stream,
                "DELETE /session/{session} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            )?;
            // It answers when the browser has gone.
            stream.read(&mut [0; 16]).map(drop)
        };
        // Nothing more can be done then: the group is killed at the end.
        let _ = end();
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}
