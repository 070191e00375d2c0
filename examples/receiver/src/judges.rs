//! The checks of reports, separate from the requests that wait for the network: a few at a time,
//! each with a time limit.
//!
//! A thread can't be ended from outside. A report that takes too long is answered, and its thread
//! continues beside those that take its place, as long as there are not too many late ones.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::timeout;

/// The number of reports checked at a time. Checking takes a processor, and storing is sequential
/// anyway; a second one continues beside a large report.
const PLACES: usize = 2;

/// The number of reports that may continue after their time limit.
const LATE: usize = 2;

/// The number of bytes from which a report is large. Reading takes some twenty times its size, so
/// there is one at a time, including late ones.
const LARGE: usize = 1024 * 1024;

/// The maximum number of threads for checking.
pub const THREADS: usize = PLACES + LATE;

/// The places for checking.
pub struct Judges {
    places: Arc<Semaphore>,
    late: Arc<Semaphore>,
    large: Arc<Semaphore>,
    time: Duration,
}

/// The reason why there is no result.
pub enum Undone<T> {
    /// Its turn did not come in time.
    Busy,
    /// It took too long. It continues and may still finish.
    Late(JoinHandle<T>),
    /// The work panicked.
    Broken,
}

impl Judges {
    /// Creates judges that give each report this much time.
    pub fn new(time: Duration) -> Self {
        let [places, late, large] =
            [PLACES, LATE, 1].map(|number| Arc::new(Semaphore::new(number)));
        Self { places, late, large, time }
    }

    /// Does the work on this many bytes when its turn comes.
    ///
    /// # Errors
    /// Fails with the reason why it is not done yet.
    pub async fn judge<T: Send + 'static>(
        &self,
        bytes: usize,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Undone<T>> {
        let Ok((place, large)) = timeout(self.time, self.places_for(bytes)).await else {
            return Err(Undone::Busy);
        };
        // The thread holds both: the caller may go away before it ends.
        let place = Arc::new(Mutex::new(place));
        let held = (Arc::clone(&place), large);
        let mut judging = spawn_blocking(move || {
            let done = work();
            drop(held);
            done
        });
        match timeout(self.time, &mut judging).await {
            Ok(done) => done.map_err(|_| Undone::Broken),
            Err(_) => {
                // If there are too many late ones, it keeps its regular place.
                if let Ok(late) = Arc::clone(&self.late).try_acquire_owned() {
                    *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(late);
                }
                Err(Undone::Late(judging))
            }
        }
    }

    /// Waits for a place, and for a large report also for the one for these.
    async fn places_for(&self, bytes: usize) -> (Place, Place) {
        // First, so that a waiting large report holds no place of others.
        let large = if bytes > LARGE { place(&self.large).await } else { None };
        (place(&self.places).await, large)
    }
}

type Place = Option<OwnedSemaphorePermit>;

/// Waits for a place. The semaphores are never closed, so there always is one.
async fn place(places: &Arc<Semaphore>) -> Place {
    Arc::clone(places).acquire_owned().await.ok()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use super::{Judges, LARGE, LATE, PLACES, Undone};

    /// Returns work that ends when it is told to, or when its sender is dropped.
    fn stuck() -> (Sender<()>, impl FnOnce() + Send + 'static) {
        let (end, ended): (Sender<()>, Receiver<()>) = channel();
        let ended = Mutex::new(ended);
        (end, move || _ = ended.lock().map(|ended| ended.recv()))
    }

    #[tokio::test]
    async fn what_is_late_keeps_no_place_until_there_is_too_much_of_it() {
        let judges = Arc::new(Judges::new(Duration::from_millis(200)));
        let mut ends = Vec::new();
        for number in 0..LATE + PLACES {
            let done = judges.judge(1, || "done").await;
            assert!(matches!(done, Ok("done")), "{number} are in its way");
            let (end, work) = stuck();
            ends.push(end);
            assert!(matches!(judges.judge(1, work).await, Err(Undone::Late(_))));
        }
        assert!(matches!(judges.judge(1, || ()).await, Err(Undone::Busy)));
        ends.pop();
        // The place is free as soon as the thread releases it.
        while !matches!(judges.judge(1, || "done").await, Ok("done")) {}
        drop(ends);
    }

    #[tokio::test]
    async fn a_sender_that_goes_away_frees_no_place() {
        let judges = Arc::new(Judges::new(Duration::from_secs(60)));
        let mut ends = Vec::new();
        for _ in 0..PLACES {
            let (end, work) = stuck();
            let (began, has_begun) = tokio::sync::oneshot::channel();
            let asked = Arc::clone(&judges);
            let waiting = tokio::spawn(async move {
                let begun = move || (_ = began.send(()), work());
                asked.judge(1, begun).await.is_ok()
            });
            assert!(has_begun.await.is_ok());
            waiting.abort();
            assert!(waiting.await.is_err());
            ends.push(end);
        }
        let hurried = judges.judge(1, || ());
        let waited = tokio::time::timeout(Duration::from_millis(100), hurried).await;
        assert!(waited.is_err(), "more are judged at a time than there are places");
        drop(ends);
    }

    #[tokio::test]
    async fn large_reports_go_one_by_one_and_the_others_beside_them() {
        let judges = Arc::new(Judges::new(Duration::from_millis(200)));
        let (end, work) = stuck();
        assert!(matches!(judges.judge(LARGE + 1, work).await, Err(Undone::Late(_))));
        let other = judges.judge(LARGE + 1, || ()).await;
        assert!(matches!(other, Err(Undone::Busy)), "the first is late, and still takes memory");
        assert!(judges.judge(LARGE, || ()).await.is_ok());
        drop(end);
        while judges.judge(LARGE + 1, || ()).await.is_err() {}
    }
}
