//! The driver's process. All Chromiums of a test binary share one, which ends with the last of
//! them. Each other browser has its own, as their drivers drive one browser at a time.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::engine::Engine;
use crate::wait::TIMEOUT;

/// A running driver.
#[derive(Debug)]
pub struct Driver {
    guard: Child,
    port: u16,
}

/// The number of attempts to start a driver. A free port is found first and taken later, so another
/// process may take it in between, and then the driver ends.
const STARTS: u32 = 5;

const ADVICE: &str = "`cargo xtask test` installs it, or says how to";

static CURRENT: Mutex<Weak<Driver>> = Mutex::new(Weak::new());

/// Runs a driver and kills the process group with its browsers when its own standard input closes.
/// That happens when the test binary ends, in whatever way: otherwise the driver would stay, and
/// its browsers would even if the driver were killed.
const GUARD: &str = r#"{ "$@"; kill -KILL 0; } & exec > /dev/null; cat; kill -KILL 0"#;

impl Driver {
    /// Returns the running driver, or a new one.
    pub fn get(engine: Engine, home: &Path) -> Result<Arc<Self>> {
        if engine == Engine::Chromium {
            return Self::get_shared();
        }
        for _ in 0..STARTS {
            let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
            let mut driver = Self { guard: run(engine, port, home)?, port };
            let start = Instant::now();
            while driver.guard.try_wait()?.is_none() && start.elapsed() < TIMEOUT {
                if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
                    return Ok(Arc::new(driver));
                }
                sleep(Duration::from_millis(20));
            }
        }
        bail!("the driver of {engine:?} does not start: {ADVICE}")
    }

    fn get_shared() -> Result<Arc<Self>> {
        let mut current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(driver) = current.upgrade() {
            return Ok(driver);
        }
        let driver = Arc::new(Self::start()?);
        *current = Arc::downgrade(&driver);
        Ok(driver)
    }

    fn start() -> Result<Self> {
        let mut starts = (0..STARTS).filter_map(|_| Self::start_once().transpose());
        starts.next().with_context(|| format!("chromedriver does not start: {ADVICE}"))?
    }

    /// Starts a driver. Returns `None` if it ended before it listened.
    fn start_once() -> Result<Option<Self>> {
        let mut guard = run(Engine::Chromium, 0, Path::new(""))?;
        let stdout = guard.stdout.take().context("chromedriver has no output")?;
        let mut lines = BufReader::new(stdout).lines();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim().trim_end_matches('.').parse().ok()
        });
        let Some(port) = port else {
            let _ = guard.kill();
            let _ = guard.wait();
            return Ok(None);
        };
        // Keep reading, or the driver would block when the pipe is full.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Ok(Some(Self { guard, port }))
    }

    /// Kills the driver and its browser with SIGKILL.
    pub fn kill(&self) -> Result<()> {
        let group = format!("-{}", self.guard.id());
        let status = Command::new("kill").args(["-KILL", "--", &group]).status();
        ensure!(status.context("kill cannot be run")?.success(), "the driver has ended by itself");
        Ok(())
    }

    /// Returns the address on which it listens.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Ends a session and its browser without an async runtime, for tests that panicked.
    pub fn end_session(&self, session: &str) {
        let end = || -> std::io::Result<()> {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
            stream.set_read_timeout(Some(Duration::from_secs(5)))?;
            write!(
                stream,
                "DELETE /session/{session} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            )?;
            // The driver answers when the browser has ended.
            stream.read(&mut [0; 16]).map(drop)
        };
        // Nothing more can be done on failure: the group is killed at the end.
        let _ = end();
    }
}

fn run(engine: Engine, port: u16, home: &Path) -> Result<Child> {
    Command::new("sh")
        .args(["-c", GUARD, "sh"])
        .args(engine.driver(port))
        .envs(engine.environment(home)?)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        // A process group of its own, so that it can be killed as a whole.
        .process_group(0)
        .spawn()
        .context("sh cannot be started")
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}
