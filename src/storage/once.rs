//! A value that comes once: given by one hand, awaited by another.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// A value that comes once. Clones share it; one of them may be awaited.
pub struct Once<T>(Rc<RefCell<Slot<T>>>);

enum Slot<T> {
    Empty(Option<Waker>),
    Given(T),
    Taken,
}

impl<T> Once<T> {
    pub fn new() -> Self {
        Self(Rc::new(RefCell::new(Slot::Empty(None))))
    }

    /// Gives the value. What is given after the first is dropped.
    pub fn give(&self, value: T) {
        let mut slot = self.0.borrow_mut();
        if let Slot::Empty(waker) = &mut *slot {
            let waker = waker.take();
            *slot = Slot::Given(value);
            drop(slot);
            waker.into_iter().for_each(Waker::wake);
        }
    }
}

impl<T> Clone for Once<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> Future for Once<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let mut slot = self.0.borrow_mut();
        match std::mem::replace(&mut *slot, Slot::Taken) {
            Slot::Given(value) => Poll::Ready(value),
            Slot::Empty(_) => {
                *slot = Slot::Empty(Some(context.waker().clone()));
                Poll::Pending
            }
            Slot::Taken => Poll::Pending,
        }
    }
}
