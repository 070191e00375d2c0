//! The running receiver: a thread of its own, which also answers while its starter waits.

use std::net::{SocketAddr, TcpListener};
use std::thread::JoinHandle;
use std::time::Duration;

use axum::Router;
use tokio::sync::oneshot;

use crate::check::Checker;
use crate::failure::Failure;
use crate::options::Options;
use crate::routes::{Shared, routes};
use crate::store::Store;

/// How long an upload may still take when the receiver is to stop.
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
    /// A sentence that says what is wrong with the database or the port.
    pub fn start(options: Options) -> Result<Self, Failure> {
        if options.guard.has_one_secret_for_both() {
            return Err(Failure::new(
                "Mã gửi và mã xem phải khác nhau: ai gửi được báo cáo thì chưa chắc được xem.",
            ));
        }
        let shared = Shared {
            guard: options.guard.clone(),
            checker: Checker::new()?,
            store: Store::open(&options.database)?,
            patience: options.patience,
            log: options.log,
        };
        let (listener, address) = listen(options.listen)?;
        let router = routes(shared, &options);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            // Checking takes a processor, and storing is done one after the other anyway.
            .max_blocking_threads(4)
            .build()
            .map_err(|error| {
                Failure::new(format!("Hệ điều hành không cho chạy máy chủ: {error}."))
            })?;
        let (stop, stopped) = oneshot::channel();
        // Dropping the runtime waits for what is being stored.
        let thread = std::thread::spawn(move || runtime.block_on(serve(listener, router, stopped)));
        Ok(Self { address, running: Some((stop, thread)) })
    }

    /// The address of a path on it.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Takes no new connection, answers what was asked, and ends.
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

async fn serve(listener: TcpListener, router: Router, stopped: oneshot::Receiver<()>) {
    // It was bound without error just now.
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    let (stopping, overdue) = oneshot::channel();
    let stopped = async {
        let _ = stopped.await;
        let _ = stopping.send(());
    };
    let overdue = async {
        let _ = overdue.await;
        tokio::time::sleep(PATIENCE).await;
    };
    tokio::select! {
        _ = axum::serve(listener, router).with_graceful_shutdown(stopped) => {}
        () = overdue => {}
    }
}
