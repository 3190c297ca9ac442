//! Any text is read without a panic, and what holds for every text holds for it.

#![no_main]

use jiff::{Zoned, civil::date, tz};
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/tasks/holds.rs"]
mod holds;

fn now() -> Zoned {
    let moment = date(2026, 3, 10).at(11, 0, 0, 0);
    let zone = tz::TimeZone::fixed(tz::offset(1));
    moment.to_zoned(zone).expect("a moment of a fixed offset")
}

fuzz_target!(|text: &str| {
    let now = now();
    holds::for_text(text, &now);
    holds::for_refusing(text, &now);
});
