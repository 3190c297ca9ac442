//! From what was read to moments: day and time put together in the reference's zone.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};

use super::grammar::{Clock, Expression, Parser, Repeat};
use super::recurrence::Until;
use super::resolve::{self, Calendar, Period};
use super::words::{Part, Word};
use super::{Due, FoundDate, Grain, Role};
use crate::Span;

/// What an expression comes to; `None` when it lies outside the calendar.
pub(super) fn found(parser: &Parser<'_>, e: &Expression) -> Option<FoundDate> {
    let bytes = parser.token(e.first)?.start..parser.token(e.end.checked_sub(1)?)?.end;
    let span = Span {
        start: parser.token(e.first)?.char_start,
        end: parser.token(e.end - 1)?.char_end,
    };
    let meaning = if e.length.is_some() {
        length(parser, e)?
    } else {
        Resolver {
            calendar: &parser.calendar,
            e,
        }
        .resolve()?
    };
    Some(FoundDate {
        span,
        bytes,
        start: meaning.start,
        end: meaning.end,
        grain: meaning.grain,
        role: meaning.role,
        certainty: meaning.certainty,
        time_alone: e
            .clock
            .filter(|_| e.day.is_none() && e.repeat.is_none())
            .and_then(|clock| alone(clock, e.part)),
        recurrence: meaning.recurrence,
        due: meaning.due,
        why: meaning.why,
    })
}

/// A clock time as it is beside a day.
fn alone(mut clock: Clock, part: Option<Part>) -> Option<Time> {
    match part {
        Some(part) => clock.settle_by(part),
        None => clock.settle((1..7).contains(&clock.hour) || clock.hour == 12),
    }
    Time::new(clock.hour % 24, clock.minute, clock.second, 0).ok()
}

struct Meaning {
    start: Zoned,
    end: Zoned,
    grain: Grain,
    role: Role,
    certainty: f32,
    due: Due,
    recurrence: Option<String>,
    why: &'static str,
}

/// A duration, as the stretch from now on.
fn length(parser: &Parser<'_>, e: &Expression) -> Option<Meaning> {
    let calendar = &parser.calendar;
    let amount = e.length?;
    let until = amount.counted_from_now(calendar, "how long, not when")?;
    let end = match until.moment {
        Some(moment) => moment,
        None => calendar.now.with().date(until.due).build().ok()?,
    };
    Some(Meaning {
        start: calendar.now.clone(),
        end,
        grain: until.grain,
        role: Role::Duration,
        certainty: 0.5,
        due: Due::Day(until.due),
        recurrence: None,
        why: "how long, not when",
    })
}

struct Resolver<'a> {
    calendar: &'a Calendar<'a>,
    e: &'a Expression,
}

impl Resolver<'_> {
    fn resolve(&self) -> Option<Meaning> {
        if let Some(repeat) = &self.e.repeat {
            return self.repeated(repeat);
        }
        if let Some(day) = &self.e.day
            && let Some(moment) = &day.moment
        {
            return self.exact(day, moment);
        }
        match self.e.clock {
            Some(clock) => self.timed(clock),
            None => self.dated(),
        }
    }

    /// The first occurrence on or after the reference day, and the rule.
    fn repeated(&self, repeat: &Repeat) -> Option<Meaning> {
        let from = repeat
            .from
            .map_or(self.calendar.today, |day| day.max(self.calendar.today));
        let mut rule = repeat.rule.clone();
        let first = rule.first_from(from.at(0, 0, 0, 0))?.date();
        if let Some(amount) = repeat.lasts {
            let end = amount.counted_from(first)?.yesterday().ok()?;
            rule.until = Some(Until::Day(end));
        }
        let mut clock = self.e.clock;
        if let Some(clock) = &mut clock {
            match self.e.part {
                Some(part) => clock.settle_by(part),
                None => clock.settle((1..7).contains(&clock.hour) || clock.hour == 12),
            }
        }
        let once = Expression {
            clock,
            day: Some(Period::day(
                first,
                "repeats: the first time on or after the reference day",
            )?),
            repeat: None,
            role: Role::On,
            ..self.e.clone()
        };
        let meaning = Resolver {
            calendar: self.calendar,
            e: &once,
        }
        .resolve()?;
        Some(Meaning {
            recurrence: Some(rule.to_string()),
            why: "repeats: the first time on or after the reference day",
            ..meaning
        })
    }

    /// “in two hours”.
    fn exact(&self, day: &Period, moment: &Zoned) -> Option<Meaning> {
        let step = if day.grain == Grain::Second {
            1.second()
        } else {
            1.minute()
        };
        Some(Meaning {
            start: moment.clone(),
            end: moment.checked_add(step).ok()?,
            grain: day.grain,
            role: self.role(day),
            certainty: day.certainty,
            due: Due::Moment(moment.clone()),
            recurrence: None,
            why: day.why,
        })
    }

    fn role(&self, day: &Period) -> Role {
        // “Friday after lunch” is on Friday.
        let meal = self.e.part == Some(Part::Midday) && self.e.role == Role::After;
        if meal {
            Role::On
        } else if day.bound && self.e.role == Role::On {
            Role::By
        } else {
            self.e.role
        }
    }

    /// A day or period without a clock time.
    fn dated(&self) -> Option<Meaning> {
        let mut day = match &self.e.day {
            Some(day) => day.clone(),
            None => self.day_of_part(self.e.part?)?,
        };
        if let Some(part) = self.e.part
            && day.is_day()
        {
            day = day.with_part(part);
        }
        if self.e.lead.is_some_and(|l| l.word == Word::Since)
            && day.first_day() > self.calendar.today
        {
            day = self.last_time(&day)?;
        }
        let role = self.role(&day);
        let last = self.e.last_day.as_ref();
        let between = self.e.lead.is_some_and(|l| l.word == Word::Between);
        let due = match (role, last) {
            (_, Some(last)) if between || role == Role::By => last.due,
            (_, Some(_)) => day.first_day(),
            (Role::Before, None) => before(&day)?,
            _ => day.due,
        };
        let end = last.map_or(day.end, |last| last.end);
        let mut certainty = day.certainty;
        if self.e.lead.is_some() {
            certainty = (certainty + 0.1).min(1.0);
        }
        Some(Meaning {
            start: self.zoned(day.start, None)?,
            end: self.zoned(end.max(day.start), None)?,
            grain: day.grain,
            role: if last.is_some() && role == Role::After {
                Role::On
            } else {
                role
            },
            certainty,
            due: Due::Day(due),
            recurrence: None,
            why: day.why,
        })
    }

    /// “since Monday”, “since March”: the last one, where the next was read.
    fn last_time(&self, day: &Period) -> Option<Period> {
        let back = if day.why.starts_with("weekday alone") {
            7.days()
        } else {
            1.year()
        };
        let mut last = day.clone();
        last.start = day.start.checked_sub(back).ok()?;
        last.end = day.end.checked_sub(back).ok()?;
        last.due = day.due.checked_sub(back).ok()?;
        (last.first_day() <= self.calendar.today)
            .then_some(last)
            .or_else(|| Some(day.clone()))
    }

    /// “in the morning” alone: the next one; “before lunch”: today's.
    fn day_of_part(&self, part: Part) -> Option<Period> {
        let hour = self.calendar.now.hour();
        let (from, until) = resolve::hours(part);
        let passed = hour >= until || part == Part::Morning && hour >= from.min(5);
        let days = i64::from(passed && self.calendar.policy.forward);
        let day = self
            .calendar
            .day_in(days, "part of the day alone: the next one")?;
        Some(day.with_part(part).sure(0.6))
    }

    fn timed(&self, mut clock: Clock) -> Option<Meaning> {
        let zone = self.e.zone.as_ref();
        let part = self
            .e
            .part
            .or_else(|| self.e.day.as_ref().and_then(|d| d.part));
        if let Some(part) = part {
            clock.settle_by(part);
        }
        let date = match &self.e.day {
            Some(day) if day.is_day() || day.part.is_some() => {
                self.on_day(day, &mut clock, part)?
            }
            Some(day) => day.due,
            None => self.without_day(&mut clock)?,
        };
        let start = self.zoned(wall(date, &clock)?, zone)?;
        let end = match self.e.last_clock {
            Some(last) => self.range_end(date, &clock, last)?,
            None => start
                .checked_add(match clock.grain {
                    Grain::Hour => 1.hour(),
                    Grain::Minute => 1.minute(),
                    _ => 1.second(),
                })
                .ok()?,
        };
        let day_why = self.e.day.as_ref().map(|d| d.why);
        let certainty = match &self.e.day {
            Some(day) => day.certainty.max(clock.certainty),
            None => clock.certainty,
        };
        let between = self.e.lead.is_some_and(|l| l.word == Word::Between);
        let range = self.e.last_clock.is_some();
        let role = match self.e.role {
            Role::After if range => Role::On,
            role => role,
        };
        let due = if range && between {
            end.clone()
        } else {
            start.clone()
        };
        Some(Meaning {
            start,
            end,
            grain: clock.grain,
            role,
            certainty,
            due: Due::Moment(due),
            recurrence: None,
            why: day_why.unwrap_or("time of day: the next such time"),
        })
    }

    /// The date the clock time falls on when a day is named.
    fn on_day(&self, day: &Period, clock: &mut Clock, part: Option<Part>) -> Option<Date> {
        let date = day.first_day();
        if clock.midnight {
            // Midnight as a deadline, or of a night, ends the day; otherwise it begins it.
            let ends = matches!(self.e.role, Role::By | Role::Before)
                || part.is_some()
                || date == self.calendar.today;
            return if ends {
                date.tomorrow().ok()
            } else {
                Some(date)
            };
        }
        if clock.open {
            let passed = date == self.calendar.today
                && self.calendar.policy.forward
                && wall(date, clock)? <= self.calendar.now.datetime();
            clock.settle((1..7).contains(&clock.hour) || clock.hour == 12 || passed);
        }
        let small_hours = clock.hour < 6 && matches!(part, Some(Part::Night | Part::Evening));
        if small_hours {
            date.tomorrow().ok()
        } else {
            Some(date)
        }
    }

    /// The date of a time alone: today, or tomorrow when it has passed.
    fn without_day(&self, clock: &mut Clock) -> Option<Date> {
        let here = match &self.e.zone {
            Some(zone) => self.calendar.now.with_time_zone(zone.clone()),
            None => self.calendar.now.clone(),
        };
        let today = here.date();
        let forward = self.calendar.policy.forward;
        if clock.midnight {
            return if forward || here.hour() > 2 {
                today.tomorrow().ok()
            } else {
                Some(today)
            };
        }
        if clock.open {
            let morning = (7..12).contains(&clock.hour);
            let passed = wall(today, clock)? <= here.datetime();
            // “at 9”, written in the afternoon, is this evening; “at 9:30” is read as it stands.
            let bare = clock.grain == Grain::Hour && clock.hour < 10 && here.hour() >= 12;
            let evening = morning && forward && passed && bare;
            clock.settle(!morning || evening);
        }
        if forward && wall(today, clock)? <= here.datetime() {
            return today.tomorrow().ok();
        }
        Some(today)
    }

    fn range_end(&self, date: Date, first: &Clock, mut last: Clock) -> Option<Zoned> {
        if last.open {
            let pm = i32::from(last.hour % 12) * 60 + i32::from(last.minute) <= first.minutes();
            last.settle(pm || first.hour >= 12);
        }
        let date = if last.minutes() <= first.minutes() || last.midnight {
            date.tomorrow().ok()?
        } else {
            date
        };
        self.zoned(wall(date, &last)?, self.e.zone.as_ref())
    }

    /// A wall clock time as a moment, told in the reference's zone. In a gap the clock goes on, in
    /// an overlap the first of the two is meant (RFC 5545 §3.3.5).
    fn zoned(&self, at: DateTime, zone: Option<&TimeZone>) -> Option<Zoned> {
        let own = self.calendar.now.time_zone();
        let moment = at.to_zoned(zone.unwrap_or(own).clone()).ok()?;
        Some(moment.with_time_zone(own.clone()))
    }
}

/// The day before what was named; an edge or an afternoon is a bound of its own.
fn before(day: &Period) -> Option<Date> {
    let own = day.edge
        || matches!(
            day.part,
            Some(Part::Midday | Part::Afternoon | Part::Evening | Part::Night)
        );
    if own {
        return Some(day.due);
    }
    day.first_day().yesterday().ok()
}

fn wall(date: Date, clock: &Clock) -> Option<DateTime> {
    if clock.hour == 24 {
        return Some(date.tomorrow().ok()?.at(0, clock.minute, clock.second, 0));
    }
    let time = Time::new(clock.hour, clock.minute, clock.second, 0).ok()?;
    Some(date.to_datetime(time))
}
