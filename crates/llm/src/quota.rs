//! How much of its quota an account has used (contract 003-A8, in the units of its README).
//!
//! Requests of a day, or characters of a month, in UTC. What a call may use is reserved before it is
//! made and settled afterwards, so that calls at the same time do not overrun a quota together.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::{Quota, QuotaPeriod, QuotaUnit};

/// How far a quota is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum QuotaLevel {
    /// Less than 80 %.
    Available,
    /// 80 % or more.
    Warning,
    /// 90 % or more.
    Critical,
    /// All of it: the account rests until the period ends.
    Disabled,
}

/// What one call has set aside; to be given back to [`QuotaMeter::settle`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reservation(u64);

/// Counts what an account uses.
#[derive(Debug, Clone)]
pub struct QuotaMeter {
    quota: Option<Quota>,
    /// First day of the period counted.
    period: Date,
    requests: u64,
    characters: u64,
    reserved: u64,
    /// The highest level told of in this period.
    told: QuotaLevel,
}

impl QuotaMeter {
    /// Nothing used yet.
    pub fn new(quota: Option<Quota>, now: Timestamp) -> Self {
        let quota = quota.filter(|quota| quota.limit > 0);
        Self {
            quota,
            period: period_of(quota, now),
            requests: 0,
            characters: 0,
            reserved: 0,
            told: QuotaLevel::Available,
        }
    }

    /// Takes another quota. What was used still counts if the period is the same.
    pub fn configure(&mut self, quota: Option<Quota>, now: Timestamp) {
        let quota = quota.filter(|quota| quota.limit > 0);
        if self.quota.map(|quota| quota.unit) != quota.map(|quota| quota.unit) {
            self.reserved = 0;
        }
        self.quota = quota;
        self.told = QuotaLevel::Available;
        self.roll(now);
    }

    /// Until when the quota is used up, with what is set aside; `None` while a call is allowed.
    pub fn used_up(&self, now: Timestamp) -> Option<Timestamp> {
        let quota = self.quota?;
        let same = period_of(self.quota, now) <= self.period;
        let full = self.used().saturating_add(self.reserved) >= quota.limit;
        (same && full).then(|| self.ends())
    }

    /// Sets aside what an allowed call may use, estimated in characters.
    pub fn reserve(&mut self, characters: u64, now: Timestamp) -> Reservation {
        self.roll(now);
        let amount = match self.quota.map(|quota| quota.unit) {
            Some(QuotaUnit::Requests) => 1,
            Some(QuotaUnit::Characters) => characters,
            None => 0,
        };
        self.reserved = self.reserved.saturating_add(amount);
        Reservation(amount)
    }

    /// Replaces a reservation by what was used. Returns a level that was just reached, to be told.
    pub fn settle(
        &mut self,
        reservation: Reservation,
        requests: u64,
        characters: u64,
        now: Timestamp,
    ) -> Option<QuotaLevel> {
        self.roll(now);
        self.reserved = self.reserved.saturating_sub(reservation.0);
        self.requests = self.requests.saturating_add(requests);
        self.characters = self.characters.saturating_add(characters);
        let level = self.level(now);
        if level > self.told {
            self.told = level;
            return Some(level);
        }
        None
    }

    /// Takes what was used of this period before a restart.
    pub fn restore(&mut self, requests: u64, characters: u64, now: Timestamp) {
        self.roll(now);
        (self.requests, self.characters) = (requests, characters);
        self.told = self.level(now);
    }

    /// Forgets what was used.
    pub fn reset(&mut self) {
        (self.requests, self.characters) = (0, 0);
        self.told = QuotaLevel::Available;
    }

    /// The share that is left, from 0 to 1; 1 without a quota.
    pub fn remaining(&self, now: Timestamp) -> f64 {
        match self.quota {
            Some(quota) if period_of(self.quota, now) <= self.period => {
                (1.0 - self.used() as f64 / quota.limit as f64).max(0.0)
            }
            _ => 1.0,
        }
    }

    /// How far it is used. The bounds belong to the higher level.
    pub fn level(&self, now: Timestamp) -> QuotaLevel {
        let Some(quota) = self.quota else {
            return QuotaLevel::Available;
        };
        if period_of(self.quota, now) > self.period {
            return QuotaLevel::Available;
        }
        let (used, limit) = (u128::from(self.used()) * 100, u128::from(quota.limit));
        match used {
            used if used >= limit * 100 => QuotaLevel::Disabled,
            used if used >= limit * 90 => QuotaLevel::Critical,
            used if used >= limit * 80 => QuotaLevel::Warning,
            _ => QuotaLevel::Available,
        }
    }

    /// How it stands, in the fields of contract 003-A8.
    pub fn status(&self, name: &str, now: Timestamp) -> QuotaStatus {
        let mut current = self.clone();
        current.roll(now);
        QuotaStatus {
            provider_name: name.to_owned(),
            date: current.period,
            request_count: current.requests,
            character_count: current.characters,
            quota_limit: current.quota.map_or(0, |quota| quota.limit),
            unit: current.quota.map(|quota| quota.unit),
            period: current.quota.map(|quota| quota.period),
            remaining_percentage: current.remaining(now),
            status: current.level(now),
        }
    }

    fn used(&self) -> u64 {
        match self.quota.map(|quota| quota.unit) {
            Some(QuotaUnit::Characters) => self.characters,
            Some(QuotaUnit::Requests) | None => self.requests,
        }
    }

    /// Starts a new period when it has begun. A clock that was set back begins none.
    fn roll(&mut self, now: Timestamp) {
        let period = period_of(self.quota, now);
        if period > self.period {
            self.period = period;
            self.reset();
        }
    }

    fn ends(&self) -> Timestamp {
        let next = match self.quota.map(|quota| quota.period) {
            Some(QuotaPeriod::Month) => self.period.last_of_month().tomorrow(),
            Some(QuotaPeriod::Day) | None => self.period.tomorrow(),
        };
        next.and_then(|day| day.to_zoned(TimeZone::UTC))
            .map_or(Timestamp::MAX, |start| start.timestamp())
    }
}

/// First day of the period that `now` is in.
fn period_of(quota: Option<Quota>, now: Timestamp) -> Date {
    let today = now.to_zoned(TimeZone::UTC).date();
    match quota.map(|quota| quota.period) {
        Some(QuotaPeriod::Month) => today.first_of_month(),
        Some(QuotaPeriod::Day) | None => today,
    }
}

/// How a quota stands, in the fields of contract 003-A8.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuotaStatus {
    /// The account.
    pub provider_name: String,
    /// First day of the period.
    pub date: Date,
    /// Calls in the period.
    pub request_count: u64,
    /// Characters of prompts and answers in the period.
    pub character_count: u64,
    /// The limit; 0 is none.
    pub quota_limit: u64,
    /// What is limited.
    pub unit: Option<QuotaUnit>,
    /// For how long.
    pub period: Option<QuotaPeriod>,
    /// The share that is left, from 0 to 1.
    pub remaining_percentage: f64,
    /// How far it is used.
    pub status: QuotaLevel,
}

#[cfg(test)]
mod tests;
