//! The change of the day while the page is open.

use std::rc::Rc;

use super::App;
use crate::browser::clock;
use crate::browser::timer::Timer;

/// How often the clock is read, in milliseconds. A single timer for midnight would not do: timers
/// stand still while a device sleeps.
const INTERVAL: i32 = 60_000;

impl App {
    /// Judges the open inspection anew once another day has begun, also on a page that nobody
    /// touches.
    pub(super) fn follow_days(&self) {
        let weak = Rc::downgrade(&self.0);
        let days = Timer::new(move || {
            let Some(app) = weak.upgrade().map(Self) else { return };
            if let Some(open) = app.open() {
                open.judge_anew(clock::today());
            }
            _ = app.0.days.borrow().as_ref().map(|days| days.start(INTERVAL));
        });
        days.start(INTERVAL);
        *self.0.days.borrow_mut() = Some(days);
    }
}
