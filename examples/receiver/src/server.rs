//! The running receiver. It has a thread of its own, so that it answers while its starter waits.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};
use tokio::time::timeout;
use tokio_util::task::TaskTracker;

use crate::budget::Budget;
use crate::check::Checker;
use crate::connections::serve;
use crate::failure::Failure;
use crate::judges::{self, Judges};
use crate::options::Options;
use crate::routes::{READERS, Shared, routes};
use crate::store::Store;

/// The time limit for checking and storing the remaining reports when the receiver stops.
const PATIENCE: Duration = Duration::from_secs(10);

/// A receiver that runs until it is stopped or dropped.
pub struct Receiver {
    address: SocketAddr,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl Receiver {
    /// Opens the database and listens.
    ///
    /// # Errors
    /// Fails with a sentence that says what is wrong with the database or the port.
    pub fn start(options: Options) -> Result<Self, Failure> {
        if options.guard.has_one_secret_for_both() {
            return Err(Failure::new(
                "Mã gửi và mã xem phải khác nhau: ai gửi được báo cáo thì chưa chắc được xem.",
            ));
        }
        let (listener, address) = listen(options.listen)?;
        let limits = options.limits.clone();
        let mut hosts = options.hosts.clone();
        hosts.allow_address(address);
        let connections = Arc::new(Semaphore::new(limits.connections));
        let tasks = TaskTracker::new();
        let shared = Shared {
            guard: options.guard.clone(),
            hosts,
            checker: Checker::new()?,
            store: Store::open(&options.database)?,
            connections: Arc::clone(&connections),
            uploads: Budget::new(limits.memory),
            answers: Budget::new(limits.memory),
            judges: Judges::new(limits.judging),
            tasks: tasks.clone(),
            readers: Arc::new(Semaphore::new(READERS)),
            limits: limits.clone(),
            log: options.log,
        };
        let router = routes(shared, &options);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(judges::THREADS + READERS)
            .build()
            .map_err(|error| {
                Failure::new(format!("Hệ điều hành không cho chạy máy chủ: {error}."))
            })?;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            runtime.block_on(async {
                serve(listener, router, connections, limits, stopped).await;
                tasks.close();
                let _ = timeout(PATIENCE, tasks.wait()).await;
            });
            runtime.shutdown_timeout(PATIENCE);
        });
        Ok(Self { address, running: Some((stop, thread)) })
    }

    /// Returns the address of a path on it.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Stops accepting connections, answers pending requests, and ends.
    pub fn stop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            let _ = stop.send(());
            let _ = thread.join();
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.stop();
    }
}

fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), Failure> {
    let failed = |error| {
        Failure::new(format!(
            "Không nhận được kết nối tại {address}: hãy dừng chương trình đang dùng cổng này, hoặc \
             chọn địa chỉ, cổng khác bằng `--listen` ({error})."
        ))
    };
    let listener = TcpListener::bind(address).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}
