//! What may be said next: Whisper's rules of time stamps, as changes to the odds.
//!
//! Stamps come in pairs around words, never fall, and are said when all of them together are likelier
//! than any word (`ApplyTimestampRules` in `whisper/decoding.py`).

use super::vocabulary::Ids;

/// The first stamp is at most this far into the window: 50 steps of 20 ms.
const LATEST_BEGIN: u32 = 50;

const NEVER: f32 = f32::NEG_INFINITY;

/// Takes away what may not follow the words so far, the prompt left out.
pub(super) fn restrict(odds: &mut [f32], said: &[u32], ids: &Ids) {
    forbid_all(odds, ids.suppressed.iter().copied());
    // Between the last word and the first stamp there is only what a prompt is made of.
    forbid_all(odds, ids.end + 1..ids.stamps.start);
    let Some(&last) = said.last() else {
        forbid_all(odds, ids.suppressed_first.iter().copied());
        forbid_all(odds, 0..ids.stamps.start);
        let latest = ids.stamps.start.saturating_add(LATEST_BEGIN + 1);
        forbid_all(odds, latest..ids.stamps.end);
        return;
    };
    let before = said.len().checked_sub(2).and_then(|place| said.get(place));
    let pair_is_closed = before.is_none_or(|before| ids.is_stamp(*before));
    match (ids.is_stamp(last), pair_is_closed) {
        // Words must follow a beginning.
        (true, true) => forbid_all(odds, ids.stamps.clone()),
        // After an end come the next beginning or nothing.
        (true, false) => forbid_all(odds, 0..ids.end),
        (false, _) => {}
    }
    if let Some(latest) = said.iter().rev().find(|word| ids.is_stamp(**word)) {
        // A beginning may be where the last stretch ended; an end is later than its beginning.
        let may_repeat = ids.is_stamp(last) && !pair_is_closed;
        let earliest = if may_repeat { *latest } else { latest + 1 };
        forbid_all(odds, ids.stamps.start..earliest.min(ids.stamps.end));
    }
    if stamps_are_likelier(odds, ids) {
        forbid_all(odds, 0..ids.stamps.start);
    }
}

fn forbid_all(odds: &mut [f32], words: impl Iterator<Item = u32>) {
    for word in words {
        if let Some(odds) = usize::try_from(word).ok().and_then(|w| odds.get_mut(w)) {
            *odds = NEVER;
        }
    }
}

/// Whether all time stamps together are likelier than the likeliest word.
fn stamps_are_likelier(odds: &[f32], ids: &Ids) -> bool {
    let start = usize::try_from(ids.stamps.start).unwrap_or(usize::MAX);
    let Some((words, stamps)) = odds.split_at_checked(start) else {
        return false;
    };
    let stamps = log_sum(stamps);
    stamps > NEVER && stamps > words.iter().copied().fold(NEVER, f32::max)
}

/// The logarithm of the sum of what these are logarithms of.
pub(super) fn log_sum(odds: &[f32]) -> f32 {
    let top = odds.iter().copied().fold(NEVER, f32::max);
    if top == NEVER {
        return NEVER;
    }
    top + odds.iter().map(|odd| (odd - top).exp()).sum::<f32>().ln()
}

#[cfg(test)]
mod tests;
