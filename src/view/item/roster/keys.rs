//! The rows of a roster in the page, each under a key of its own: rows keep their place, their
//! focus and their caret when others come and go.

use std::collections::BTreeSet;

use leptos::prelude::*;

/// How many rows are made before the page is drawn again: few enough that nobody waits for it.
const AT_ONCE: usize = 40;

/// The keys of the rows, in the order of the rows.
#[derive(Clone, Copy)]
pub struct Keys {
    pub rows: RwSignal<Vec<u32>>,
    /// The rows that are left out because only those that fall short are wanted. They are chosen
    /// when that is said: a row must not go away while it is being filled in.
    pub hidden: RwSignal<BTreeSet<u32>>,
    /// Whether only those that fall short are wanted.
    pub only_failing: RwSignal<bool>,
    next: StoredValue<u32>,
}

impl Keys {
    pub fn new(count: usize) -> Self {
        let keys = Self {
            rows: RwSignal::new(Vec::new()),
            hidden: RwSignal::new(BTreeSet::new()),
            only_failing: RwSignal::new(false),
            next: StoredValue::new(0),
        };
        keys.fit(count.min(AT_ONCE));
        keys
    }

    /// Adds or drops keys at the end until there are as many as rows.
    pub fn fit(self, count: usize) {
        self.rows.update(|rows| {
            rows.truncate(count);
            while rows.len() < count {
                rows.push(self.next.get_value());
                self.next.update_value(|next| *next = next.wrapping_add(1));
            }
        });
    }

    /// Adds some keys, until there are as many as rows; says whether more are wanted. `None` when
    /// the roster is gone from the page.
    pub fn grow(self, count: usize) -> Option<bool> {
        let next = self.rows.try_with_untracked(Vec::len)? + AT_ONCE;
        self.fit(count.min(next));
        Some(next < count)
    }

    /// Shows every row again: the rows are others now than when some were left out.
    pub fn show_all(self) {
        self.only_failing.set(false);
        self.hidden.set(BTreeSet::new());
    }

    /// Puts the keys into another order, as their rows; those of rows that are named no more go.
    pub fn order(self, places: &[usize]) {
        self.rows.update(|rows| {
            *rows = places.iter().filter_map(|place| rows.get(*place).copied()).collect();
        });
    }

    /// The place of a row, for now.
    pub fn position(self, key: u32) -> Option<usize> {
        self.rows.with_untracked(|rows| rows.iter().position(|row| *row == key))
    }
}
