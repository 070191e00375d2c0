//! A budget of memory. Bytes count against it until they are dropped.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The number of bytes that may be held at a time.
pub struct Budget {
    free: Arc<Semaphore>,
    size: usize,
}

/// The budget has no room left.
pub struct Exhausted;

impl Budget {
    /// Creates a budget of this many bytes.
    pub fn new(size: usize) -> Self {
        let size = size.min(Semaphore::MAX_PERMITS);
        Self { free: Arc::new(Semaphore::new(size)), size }
    }

    /// Returns bytes that grow within the budget.
    pub fn empty(&self) -> Held {
        Held { bytes: Vec::new(), room: None, free: Arc::clone(&self.free) }
    }

    /// Counts existing bytes. More than the whole budget count as all of it, so that they can be
    /// held alone.
    ///
    /// # Errors
    /// Fails if too much else is held.
    pub fn hold(&self, bytes: Vec<u8>) -> Result<Held, Exhausted> {
        let room = room(&self.free, bytes.len().min(self.size))?;
        Ok(Held { bytes, room: Some(room), free: Arc::clone(&self.free) })
    }
}

/// Bytes that count against a budget.
pub struct Held {
    bytes: Vec<u8>,
    room: Option<OwnedSemaphorePermit>,
    free: Arc<Semaphore>,
}

impl Held {
    /// Appends bytes.
    ///
    /// # Errors
    /// Fails if the budget has no room for them. Then nothing is appended.
    pub fn push(&mut self, part: &[u8]) -> Result<(), Exhausted> {
        let more = room(&self.free, part.len())?;
        match &mut self.room {
            Some(room) => room.merge(more),
            None => self.room = Some(more),
        }
        self.bytes.extend_from_slice(part);
        Ok(())
    }
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

fn room(free: &Arc<Semaphore>, bytes: usize) -> Result<OwnedSemaphorePermit, Exhausted> {
    let bytes = u32::try_from(bytes).map_err(|_| Exhausted)?;
    Arc::clone(free).try_acquire_many_owned(bytes).map_err(|_| Exhausted)
}

#[cfg(test)]
mod tests {
    use super::Budget;

    #[test]
    fn what_is_dropped_leaves_its_room() {
        let budget = Budget::new(10);
        let mut first = budget.empty();
        assert!(first.push(b"123456").is_ok() && first.push(b"7").is_ok());
        assert!(first.push(b"890a").is_err());
        assert_eq!(first.as_ref(), b"1234567");
        assert!(budget.hold(vec![0; 4]).is_err());
        drop(first);
        let whole = budget.hold(vec![0; 50]);
        assert!(whole.is_ok() && budget.empty().push(b"1").is_err());
        drop(whole);
        assert!(budget.empty().push(b"1").is_ok());
    }
}
