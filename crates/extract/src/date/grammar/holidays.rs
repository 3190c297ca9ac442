//! Days with a name of their own, fixed or computed.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{Parser, Step};
use crate::date::lexer::Kind;
use crate::date::resolve::{self, Period};
use crate::date::words::{Part, Unit, Word};
use crate::hash::HashMap;

/// How a day with a name is found in a year.
#[derive(Debug, Clone, Copy)]
enum Rule {
    /// Month and day.
    Fixed(i8, i8),
    /// Month, weekday, which one (negative from the end).
    Nth(i8, Weekday, i8),
    /// Days after Easter Sunday.
    Easter(i64),
    /// Days after another rule of the kind “nth weekday”.
    AfterNth(i8, Weekday, i8, i64),
}

/// Names in lower case and how the day is found; longer names before their beginnings.
#[rustfmt::skip]
const HOLIDAYS: &[(&[&str], Rule)] = &[
    (&["new", "year", "eve"], Rule::Fixed(12, 31)), (&["new", "years", "eve"], Rule::Fixed(12, 31)), (&["new", "year", "day"], Rule::Fixed(1, 1)), (&["new", "years", "day"], Rule::Fixed(1, 1)), (&["new", "years"], Rule::Fixed(1, 1)), (&["new", "year"], Rule::Fixed(1, 1)), (&["nye"], Rule::Fixed(12, 31)), (&["silvester"], Rule::Fixed(12, 31)),
    (&["christmas", "eve"], Rule::Fixed(12, 24)), (&["xmas", "eve"], Rule::Fixed(12, 24)), (&["christmas", "day"], Rule::Fixed(12, 25)), (&["christmas"], Rule::Fixed(12, 25)), (&["xmas", "day"], Rule::Fixed(12, 25)), (&["xmas"], Rule::Fixed(12, 25)), (&["boxing", "day"], Rule::Fixed(12, 26)),
    (&["valentine", "day"], Rule::Fixed(2, 14)), (&["valentines", "day"], Rule::Fixed(2, 14)), (&["valentines"], Rule::Fixed(2, 14)), (&["st", "patrick", "day"], Rule::Fixed(3, 17)), (&["saint", "patrick", "day"], Rule::Fixed(3, 17)), (&["st", "patricks", "day"], Rule::Fixed(3, 17)),
    (&["april", "fools", "day"], Rule::Fixed(4, 1)), (&["april", "fool", "day"], Rule::Fixed(4, 1)), (&["april", "fools"], Rule::Fixed(4, 1)), (&["earth", "day"], Rule::Fixed(4, 22)), (&["may", "day"], Rule::Fixed(5, 1)), (&["labour", "day"], Rule::Fixed(5, 1)),
    (&["halloween"], Rule::Fixed(10, 31)), (&["all", "saints", "day"], Rule::Fixed(11, 1)), (&["all", "saints"], Rule::Fixed(11, 1)), (&["all", "souls", "day"], Rule::Fixed(11, 2)), (&["all", "souls"], Rule::Fixed(11, 2)), (&["all", "hallows"], Rule::Fixed(11, 1)), (&["martinmas"], Rule::Fixed(11, 11)), (&["candlemas"], Rule::Fixed(2, 2)), (&["michaelmas"], Rule::Fixed(9, 29)), (&["lady", "day"], Rule::Fixed(3, 25)), (&["twelfth", "night"], Rule::Fixed(1, 5)), (&["burns", "night"], Rule::Fixed(1, 25)), (&["anzac", "day"], Rule::Fixed(4, 25)), (&["australia", "day"], Rule::Fixed(1, 26)), (&["waitangi", "day"], Rule::Fixed(2, 6)), (&["canada", "day"], Rule::Fixed(7, 1)), (&["republic", "day"], Rule::Fixed(1, 26)), (&["gandhi", "jayanti"], Rule::Fixed(10, 2)), (&["armistice", "day"], Rule::Fixed(11, 11)), (&["st", "nicholas", "day"], Rule::Fixed(12, 6)), (&["cinco", "de", "mayo"], Rule::Fixed(5, 5)), (&["walpurgis", "night"], Rule::Fixed(4, 30)), (&["midsummer", "day"], Rule::Fixed(6, 24)), (&["assumption", "day"], Rule::Fixed(8, 15)), (&["guy", "fawkes", "night"], Rule::Fixed(11, 5)), (&["bonfire", "night"], Rule::Fixed(11, 5)), (&["veterans", "day"], Rule::Fixed(11, 11)), (&["veteran", "day"], Rule::Fixed(11, 11)), (&["remembrance", "day"], Rule::Fixed(11, 11)), (&["independence", "day"], Rule::Fixed(7, 4)), (&["bastille", "day"], Rule::Fixed(7, 14)), (&["groundhog", "day"], Rule::Fixed(2, 2)), (&["juneteenth"], Rule::Fixed(6, 19)), (&["international", "women", "day"], Rule::Fixed(3, 8)), (&["pi", "day"], Rule::Fixed(3, 14)), (&["epiphany"], Rule::Fixed(1, 6)),
    (&["thanksgiving", "day"], Rule::Nth(11, Weekday::Thursday, 4)), (&["thanksgiving"], Rule::Nth(11, Weekday::Thursday, 4)), (&["turkey", "day"], Rule::Nth(11, Weekday::Thursday, 4)), (&["black", "friday"], Rule::AfterNth(11, Weekday::Thursday, 4, 1)), (&["cyber", "monday"], Rule::AfterNth(11, Weekday::Thursday, 4, 4)), (&["giving", "tuesday"], Rule::AfterNth(11, Weekday::Thursday, 4, 5)),
    (&["labor", "day"], Rule::Nth(9, Weekday::Monday, 1)), (&["memorial", "day"], Rule::Nth(5, Weekday::Monday, -1)), (&["columbus", "day"], Rule::Nth(10, Weekday::Monday, 2)), (&["mlk", "day"], Rule::Nth(1, Weekday::Monday, 3)), (&["martin", "luther", "king", "day"], Rule::Nth(1, Weekday::Monday, 3)), (&["presidents", "day"], Rule::Nth(2, Weekday::Monday, 3)), (&["president", "day"], Rule::Nth(2, Weekday::Monday, 3)), (&["mother", "day"], Rule::Nth(5, Weekday::Sunday, 2)), (&["mothers", "day"], Rule::Nth(5, Weekday::Sunday, 2)), (&["father", "day"], Rule::Nth(6, Weekday::Sunday, 3)), (&["fathers", "day"], Rule::Nth(6, Weekday::Sunday, 3)),
    (&["good", "friday"], Rule::Easter(-2)), (&["easter", "sunday"], Rule::Easter(0)), (&["easter", "monday"], Rule::Easter(1)), (&["easter", "saturday"], Rule::Easter(-1)), (&["holy", "saturday"], Rule::Easter(-1)), (&["whit", "sunday"], Rule::Easter(49)), (&["easter"], Rule::Easter(0)), (&["palm", "sunday"], Rule::Easter(-7)), (&["maundy", "thursday"], Rule::Easter(-3)), (&["ash", "wednesday"], Rule::Easter(-46)), (&["shrove", "tuesday"], Rule::Easter(-47)), (&["pancake", "day"], Rule::Easter(-47)), (&["mardi", "gras"], Rule::Easter(-47)), (&["ascension", "day"], Rule::Easter(39)), (&["pentecost"], Rule::Easter(49)), (&["whit", "monday"], Rule::Easter(50)), (&["corpus", "christi"], Rule::Easter(60)),
];

/// Places of the names in the list, by their first word.
static BY_FIRST: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut places: HashMap<&'static str, Vec<usize>> = HashMap::default();
    for (at, (name, _)) in HOLIDAYS.iter().enumerate() {
        places.entry(name[0]).or_default().push(at);
    }
    places
});

/// The first words of the names.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    HOLIDAYS.iter().map(|(name, _)| name[0])
}

impl Parser<'_> {
    /// A named day: the next one, or that of the year behind it.
    pub(super) fn holiday(&self, i: usize) -> Step<Period> {
        self.holiday_at(self.skip(i, Word::The), 0)
    }

    /// A named day; `n` is -1 for the last one, otherwise the next.
    pub(super) fn holiday_at(&self, i: usize, n: i64) -> Step<Period> {
        if self.kind(i) != Kind::Word || !matches!(self.word(i), Word::Plain | Word::Month(_)) {
            return None;
        }
        let (rule, mut end) = self.holiday_rule(i)?;
        let of = self.skip(if self.mark(end, ',') { end + 1 } else { end }, Word::Of);
        let year = self.year_at(of);
        let today = self.calendar.today;
        let here = today.year();
        let date = if let Some((year, behind)) = year {
            end = behind;
            date_of(rule, year)?
        } else if self.is(of, Word::Next) && self.is(of + 1, Word::Unit(Unit::Year)) {
            end = of + 2;
            date_of(rule, here + 1)?
        } else {
            let mut dates = (here - 1..=here + 2).filter_map(|year| date_of(rule, year));
            if n < 0 {
                dates.take_while(|d| *d < today).last()?
            } else {
                dates.find(|d| *d >= today)?
            }
        };
        let mut period = Period::day(date, "day with a name")?;
        // “Christmas presents”: the name only tells which.
        let names = self.kind(end) == Kind::Word
            && matches!(self.word(end), Word::Plain | Word::Part(Part::Midday))
            && !self.clause_ends(end);
        if names && year.is_none() {
            period = period.weak().sure(0.5);
        }
        Some((period, end))
    }

    /// Month and day of a named day that is the same every year.
    pub(super) fn fixed_holiday(&self, i: usize) -> Step<(i8, i8)> {
        match self.holiday_rule(i)? {
            (Rule::Fixed(month, day), end) => Some(((month, day), end)),
            _ => None,
        }
    }

    fn holiday_rule(&self, i: usize) -> Step<Rule> {
        let names = BY_FIRST.get(self.low(i))?;
        // “St. Patrick's Day”
        let stop = usize::from(self.low(i) == "st" && self.mark(i + 1, '.'));
        let at = |k: usize| i + k + if k > 0 { stop } else { 0 };
        names
            .iter()
            .map(|place| &HOLIDAYS[*place])
            .find(|(name, _)| (name.iter().enumerate()).all(|(k, word)| self.low(at(k)) == *word))
            .map(|(name, rule)| (*rule, at(name.len())))
    }
}

fn date_of(rule: Rule, year: i16) -> Option<Date> {
    match rule {
        Rule::Fixed(month, day) => Date::new(year, month, day).ok(),
        Rule::Nth(month, weekday, n) => Date::new(year, month, 1)
            .ok()?
            .nth_weekday_of_month(n, weekday)
            .ok(),
        Rule::AfterNth(month, weekday, n, days) => {
            let base = Date::new(year, month, 1)
                .ok()?
                .nth_weekday_of_month(n, weekday)
                .ok()?;
            resolve::add(base, days.days())
        }
        Rule::Easter(days) => resolve::add(easter(year)?, days.days()),
    }
}

/// Easter Sunday of the Gregorian calendar (Meeus, *Astronomical Algorithms*, chapter 8).
#[expect(clippy::many_single_char_names, reason = "the letters of the source")]
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    Date::new(
        year,
        i8::try_from(sum / 31).ok()?,
        i8::try_from(sum % 31 + 1).ok()?,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_church_puts_it() {
        for (year, month, day) in [
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
        ] {
            assert_eq!(easter(year), Date::new(year, month, day).ok());
        }
    }
}
