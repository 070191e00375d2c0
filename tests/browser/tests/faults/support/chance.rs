//! Repeatable random choices: a seed always gives the same ones.

use std::env;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Pseudo-random numbers (SplitMix64).
#[derive(Debug)]
pub struct Chance {
    seed: u64,
    state: u64,
}

impl Chance {
    /// Seeds it by `TKT_FAULTS_SEED`, or else by the clock, and prints the seed.
    pub fn new(test: &str) -> Self {
        let given = env::var("TKT_FAULTS_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = given.unwrap_or_else(|| {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            now.as_secs() * 1000 + u64::from(now.subsec_millis())
        });
        println!("{test}: TKT_FAULTS_SEED={seed}");
        Self { seed, state: seed }
    }

    /// Returns the seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number below the limit.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    /// Returns one of several.
    pub fn one_of<'a, T>(&mut self, several: &'a [T]) -> Option<&'a T> {
        let index = self.below(several.len() as u64);
        several.get(usize::try_from(index).ok()?)
    }

    /// Returns a time from `least` to below `most` milliseconds.
    pub fn millis(&mut self, least: u64, most: u64) -> Duration {
        Duration::from_millis(least + self.below(most - least))
    }

    /// Returns a text of 2 to 12 letters.
    pub fn word(&mut self, letters: &str) -> String {
        let letters: Vec<char> = letters.chars().collect();
        let length = 2 + self.below(11);
        (0..length).filter_map(|_| self.one_of(&letters).copied()).collect()
    }
}
