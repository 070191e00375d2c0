//! Waiting for a condition instead of for a fixed time.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::time::{Instant, sleep};

/// The time limit of each wait, unless [`crate::Setup::patience`] says otherwise. It is long,
/// because it costs time only when a test fails, and the tests run on busy machines.
pub const TIMEOUT: Duration = Duration::from_secs(15);

tokio::task_local! {
    /// The time limit of waits in the running test.
    pub(crate) static PATIENCE: Duration;
}

const INTERVAL: Duration = Duration::from_millis(20);

/// Waits until `condition` returns a value, and returns it. `what` completes the message: "waited
/// 15 s for WHAT". An error of the condition counts as 'not yet', and is reported if the time runs
/// out.
pub async fn wait_until<T>(
    what: &str,
    mut condition: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let patience = PATIENCE.try_with(|patience| *patience).unwrap_or(TIMEOUT);
    let start = Instant::now();
    loop {
        let outcome = condition().await;
        if let Ok(Some(value)) = outcome {
            return Ok(value);
        }
        if start.elapsed() >= patience {
            let message = format!("waited {} s for {what}", patience.as_secs_f32());
            match outcome {
                Err(error) => return Err(error).context(message),
                Ok(_) => bail!(message),
            }
        }
        sleep(INTERVAL).await;
    }
}
