//! How often one caller may come (contract D8.27): so many requests a minute for each key that opens
//! the door, and for each address without one. A minute begins with the first request of it.
//!
//! Processes that share a Redis count together; without one, or while it does not answer, each counts
//! for itself. Behind a proxy all callers without a key have the proxy's address: limit them there.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use assistant::Visits;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;

use crate::error::ApiError;
use crate::{AppState, layers};

pub(crate) const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
pub(crate) const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
pub(crate) const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

const MINUTE: Duration = Duration::from_mins(1);
/// Callers counted apart; more share one count, so that inventing addresses fills no memory.
const MOST_CALLERS: usize = 50_000;
/// Those who share it.
const OTHERS: &str = "others";

/// The minutes of the callers of this process.
#[derive(Debug, Default)]
pub(crate) struct Minutes {
    by_caller: Mutex<HashMap<String, Minute>>,
}

#[derive(Debug, Clone, Copy)]
struct Minute {
    began: Timestamp,
    count: u64,
}

impl Minute {
    fn left(self, now: Timestamp) -> Duration {
        let passed = now.duration_since(self.began);
        // A clock that was set back must not keep anybody out until it has caught up.
        let passed = Duration::try_from(passed).unwrap_or(MINUTE);
        MINUTE.saturating_sub(passed)
    }
}

impl Minutes {
    fn count(&self, caller: &str, now: Timestamp) -> Visits {
        let minutes = &self.by_caller;
        let mut minutes = minutes.lock().unwrap_or_else(PoisonError::into_inner);
        if minutes.len() >= MOST_CALLERS && !minutes.contains_key(caller) {
            minutes.retain(|_, minute| !minute.left(now).is_zero());
        }
        let is_full = minutes.len() >= MOST_CALLERS && !minutes.contains_key(caller);
        let caller = if is_full { OTHERS } else { caller };
        let new = Minute {
            began: now,
            count: 0,
        };
        let minute = minutes.entry(caller.to_owned()).or_insert(new);
        if minute.left(now).is_zero() {
            *minute = new;
        }
        minute.count += 1;
        Visits {
            count: minute.count,
            left: minute.left(now),
        }
    }
}

/// Lets a caller in who has not come too often. Probes and the files of the page are free.
pub(crate) async fn limit(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let limit = state.live().rate_limit_per_minute;
    let Some(limit) = limit.filter(|limit| *limit > 0) else {
        return next.run(request).await;
    };
    if layers::is_free(&request) {
        return next.run(request).await;
    }
    let caller = caller(&state, &request);
    let now = state.clock.now();
    let visits = match state.assistant.count_visit(&caller, MINUTE).await {
        Some(visits) => visits,
        None => state.minutes.count(&caller, now),
    };
    let mut response = if visits.count > u64::from(limit) {
        too_many(limit, visits.left)
    } else {
        next.run(request).await
    };
    let remaining = u64::from(limit).saturating_sub(visits.count);
    let reset = end_of(now, visits.left);
    let headers = response.headers_mut();
    headers.insert(LIMIT, HeaderValue::from(limit));
    headers.insert(REMAINING, HeaderValue::from(remaining));
    headers.insert(RESET, HeaderValue::from(reset));
    response
}

/// Unix seconds, rounded up: at that second the caller is let in.
fn end_of(now: Timestamp, left: Duration) -> i64 {
    let end = now.checked_add(left).unwrap_or(now);
    end.as_second() + i64::from(end.subsec_nanosecond() > 0)
}

fn too_many(limit: u32, left: Duration) -> Response {
    let seconds = whole_seconds(left);
    let message =
        format!("More than {limit} requests came in a minute. Try again in {seconds} seconds.");
    let refusal = ApiError::new(StatusCode::TOO_MANY_REQUESTS, "Too Many Requests", message);
    let refusal = ApiError {
        retry_after: Some(Duration::from_secs(seconds)),
        ..refusal
    };
    refusal.into_response()
}

/// Rounded up, at least one: who comes then is let in.
fn whole_seconds(left: Duration) -> u64 {
    (left.as_secs() + u64::from(left.subsec_nanos() > 0)).max(1)
}

/// A key that opens the door has a count of its own; a key that does not is no name, or guessing keys
/// would be free.
fn caller(state: &AppState, request: &Request) -> String {
    if let Some(key) = state.live().door.key_of(request.headers()) {
        return format!("key:{key}");
    }
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    match peer.map(|ConnectInfo(peer)| peer.ip().to_canonical()) {
        Some(IpAddr::V4(address)) => format!("address:{address}"),
        // A household, or whoever rents one server, has a whole network of them.
        Some(IpAddr::V6(address)) => {
            let network = Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64));
            format!("address:{network}/64")
        }
        None => "address:unknown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    fn moment(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
    }

    #[test]
    fn a_minute_begins_with_the_first_and_ends_sixty_seconds_later() {
        let minutes = Minutes::default();
        let count = |caller, second| {
            let visits = minutes.count(caller, moment(second));
            (visits.count, visits.left.as_secs())
        };
        assert_eq!(count("anna", 10), (1, 60));
        assert_eq!(count("anna", 69), (2, 1));
        assert_eq!(count("ben", 69), (1, 60));
        assert_eq!(count("anna", 70), (1, 60));
        // The clock was set back.
        assert_eq!(count("anna", 5), (1, 60));
    }

    #[test]
    fn strangers_without_end_share_a_count_and_make_room_after_a_minute() {
        let minutes = Minutes::default();
        for number in 0..MOST_CALLERS {
            minutes.count(&number.to_string(), moment(0));
        }
        assert_eq!(minutes.count("one more", moment(1)).count, 1);
        assert_eq!(minutes.count("and another", moment(1)).count, 2);
        assert_eq!(minutes.count("0", moment(1)).count, 2);
        assert_eq!(minutes.count("one more", moment(60)).count, 1);
        assert!(minutes.by_caller.lock().unwrap().len() < 10);
    }
}
