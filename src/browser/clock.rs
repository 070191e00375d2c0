//! The device's clock, and its randomness: what no two runs have in common.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Utc};

use crate::inspection::Timestamp;

/// Today, as the device's calendar has it.
#[must_use]
pub fn today() -> NaiveDate {
    local().0.date()
}

/// This moment to the millisecond, with the device's zone.
#[must_use]
pub fn now() -> Timestamp {
    let (local, zone) = local();
    Timestamp::new(local, zone)
}

/// Milliseconds that only ever grow while the page is open, whatever the clock is set to.
#[must_use]
pub fn elapsed() -> f64 {
    let performance = web_sys::window().and_then(|window| window.performance());
    performance.map_or(0.0, |performance| performance.now())
}

/// Something from 0 up to 1 that is never the same.
#[must_use]
pub fn chance() -> f64 {
    js_sys::Math::random()
}

/// Returns the time that the device's clock shows, and the seconds that its zone is east of UTC.
fn local() -> (NaiveDateTime, i32) {
    // JavaScript counts minutes, and to the west.
    let zone = -60 * js_sys::Date::new_0().get_timezone_offset() as i32;
    let utc = Utc::now().naive_utc();
    match utc.checked_add_signed(TimeDelta::seconds(zone.into())) {
        Some(local) => (local, zone),
        None => (utc, 0),
    }
}

/// Bytes that nobody can guess and no other device draws.
#[must_use]
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // Unlike `randomUUID` this is there in insecure contexts too.
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let filled = crypto.map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    if !matches!(filled, Some(Ok(_))) {
        // Every browser has it; should one not, ids that could be guessed are better than none.
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    bytes
}
