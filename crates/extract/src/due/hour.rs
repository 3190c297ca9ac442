//! Clock times that stand apart from their day: put together with it, or left to another deed.

use super::{Candidate, Chosen, context, names_event, place_of, verb_token};
use crate::clause::Head;
use crate::date::{Due, FoundDate, Grain, Role};
use crate::detect::Source;
use crate::sentence::Sentence;
use crate::token::{List, list};
use crate::words::MOVED;

/// Whether a clock time is that of another deed (`add the index and pair with Dmitri at 2pm`), or of what is
/// dealt with (`car from the airport 07:40, confirm on the 18th`).
pub(super) fn is_hour_of_other(
    sentence: &Sentence,
    clause: usize,
    best: &Candidate,
    hour: &Candidate,
) -> bool {
    if hour.token == usize::MAX {
        return false;
    }
    let place = place_of(sentence, hour.token, hour.date);
    if place > clause && matches!(sentence.clauses[place].head, Head::Action(_)) {
        return true;
    }
    // `tomorrow: swap the window, school meeting at 18:30`
    let led = sentence
        .words(place)
        .find(|token| token.is_word())
        .is_some_and(|first| {
            !first.any(list![
                "at",
                "in",
                "on",
                "around",
                "say",
                "maybe",
                "from",
                "by",
                "before",
                "not",
                "so",
                "no",
                "the",
                "or",
                "then",
                "ideally",
                "preferably",
                "latest",
                "and",
            ])
        });
    let content = sentence
        .words(place)
        .take_while(|token| token.mask == crate::token::Mask::None)
        .filter(|token| token.is_word())
        .count();
    let acts = matches!(sentence.clauses[clause].head, Head::Action(_));
    let phrase = sentence.clauses[place].head == Head::Phrase;
    if place > clause && acts && phrase && led && content >= 2 {
        return true;
    }
    let own_day = best.token != usize::MAX
        && best.token > verb_token(sentence, clause)
        && place_of(sentence, best.token, best.date) == clause;
    let named = sentence
        .words(place)
        .filter(|token| token.is_word())
        .count();
    let own_day = own_day
        // `at eleven I meet Ida, in the evening I host the club`
        || place_of(sentence, best.token, best.date) == clause && best.token != usize::MAX;
    let other = match &sentence.clauses[place].head {
        Head::Phrase => named >= 2 && best.token > verb_token(sentence, clause),
        Head::Action(_) => true,
        _ => false,
    };
    own_day && place < clause && other
}

/// `18:05 handset to be swapped` in a log: when the line was written. The lines of a log open with the hours up to now.
pub(super) fn is_stamp(source: &Source<'_>, token: usize, found: &FoundDate) -> bool {
    // Hours back to which the last line of a log was written.
    const FRESH: i32 = 2 * 60;
    // Dates that are looked at.
    const MOST: usize = 100;
    let opens = |date: &FoundDate| {
        let before = source.text[..date.bytes.start].trim_end_matches([' ', '-', '*', '\t']);
        before.is_empty() || before.ends_with(['\n', '.', '!'])
    };
    if token != 0 || found.time_alone.is_none() || found.role != Role::On || !opens(found) {
        return false;
    }
    let minutes = |time: jiff::civil::Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
    let now = minutes(source.now.time());
    let mut last = None;
    let mut count = 0;
    for date in source.dates.iter().take(MOST).filter(|date| opens(date)) {
        let Some(time) = date.time_alone.map(minutes) else {
            return false;
        };
        if time > now || last.is_some_and(|last| time < last) {
            return false;
        }
        last = Some(time);
        count += 1;
    }
    count >= 3 && last.is_some_and(|last| now - last <= FRESH)
}

/// `2. mow the lawn (after 1)`: the number of another item.
pub(super) fn is_number(text: &str, sentence: &Sentence, found: &FoundDate) -> bool {
    let words = crate::words::lower(&text[found.bytes.clone()]);
    let number = words.strip_prefix("after ").map(str::trim);
    sentence.unit.place.item.is_some()
        && found.time_alone.is_some()
        && number.is_some_and(|number| {
            number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit())
        })
}

/// `The last game is on Saturday, 9:30. Have the kids there at 9.`: the half of the day is that of the event.
fn at_event(source: &Source<'_>, event: &FoundDate, time: &FoundDate) -> Option<(Due, Grain)> {
    let (Due::Moment(starts), Some(clock)) = (&event.due, time.time_alone) else {
        return None;
    };
    if event.bytes.end > time.bytes.start {
        return None;
    }
    let told = source.text[time.bytes.clone()].to_ascii_lowercase();
    let half =
        told.contains("am") || told.contains("pm") || told.contains("a.m") || told.contains("p.m");
    let morning = clock.with().hour(clock.hour() % 12).build().ok()?;
    let evening = clock.with().hour(clock.hour() % 12 + 12).build().ok()?;
    let clock = match () {
        () if half || clock.hour() > 12 => clock,
        () if evening <= starts.time() => evening,
        () if morning <= starts.time() => morning,
        () => clock,
    };
    let joined = starts
        .date()
        .to_datetime(clock)
        .to_zoned(source.now.time_zone().clone());
    Some((Due::Moment(joined.ok()?), time.grain))
}

/// Puts a day and a clock time that stand apart together, by reading them side by side.
pub(super) fn join(source: &Source<'_>, day: &FoundDate, time: &FoundDate) -> Option<(Due, Grain)> {
    let Source {
        text, now, policy, ..
    } = *source;
    if day.grain > Grain::Day {
        return None;
    }
    let Due::Moment(moment) = &time.due else {
        return None;
    };
    if time.time_alone == Some(jiff::civil::Time::midnight()) {
        return Some((Due::Day(day.due.date()), Grain::Day));
    }
    // `before Saturday's class at ten`: the hour is that of the class.
    let owns = text[day.bytes.clone()].ends_with(['s', 'S'])
        && text[day.bytes.clone()].contains(['\'', '’']);
    if owns && day.role == Role::Before && day.start.date() != day.due.date() {
        let clock = time.time_alone.unwrap_or(moment.time());
        let joined = day
            .start
            .date()
            .to_datetime(clock)
            .to_zoned(now.time_zone().clone());
        return Some((Due::Moment(joined.ok()?), time.grain));
    }
    if let Some(joined) = at_event(source, day, time) {
        return Some(joined);
    }
    let trim = |range: std::ops::Range<usize>| {
        let words = text[range].trim();
        ["on ", "by ", "before ", "until "]
            .iter()
            .find_map(|word| words.strip_prefix(word))
            .unwrap_or(words)
            .to_owned()
    };
    let clock = trim(time.bytes.clone());
    let at = if clock.starts_with("at ") { "" } else { "at " };
    let mut words = trim(day.bytes.clone());
    // `on Monday morning drop it off, and collect it at 5`: the half of the day is of the other deed.
    let between = text
        .get(day.bytes.end..time.bytes.start)
        .unwrap_or_default();
    if between.contains([',', ';', '.']) || between.contains(" and ") {
        words = ["morning", "afternoon", "evening", "night"]
            .iter()
            .find_map(|part| words.strip_suffix(part))
            .map_or(words.clone(), |words| words.trim_end().to_owned());
    }
    let phrase = format!("{words} {at}{clock}");
    let joined = crate::date::find(&phrase, now, policy);
    // `stack them before the truck comes at 6:30`: the words around it told the half of the day.
    let alone = crate::date::find(&format!("{at}{clock}"), now, policy);
    let told_around = alone
        .first()
        .is_some_and(|alone| alone.time_alone != time.time_alone);
    match joined.as_slice() {
        [found]
            if day.grain == Grain::Day
                && !told_around
                && matches!(found.due, Due::Moment(_))
                && found.due.date() == day.due.date() =>
        {
            Some((found.due.clone(), found.grain))
        }
        _ => {
            let joined = day.due.date().to_datetime(moment.time());
            let joined = joined.to_zoned(now.time_zone().clone()).ok()?;
            Some((Due::Moment(joined), time.grain))
        }
    }
}

/// `Sunday: mop the hall, finish the form in the evening`: the day that the sentence names before an hour or a
/// part of the day.
pub(super) fn own_day(source: &Source<'_>, sentence: &Sentence, hour: usize) -> Option<usize> {
    let mut dates = sentence.date_tokens().into_iter();
    let own = dates.find(|(token, date)| {
        *date < hour
            && tells_day(source, &source.dates[*date])
            && !names_event(sentence, *token, *date)
    });
    own.map(|(_, day)| day)
}

/// `Fire danger is high tomorrow. Col shuts the mill at ten.`: the day that a sentence just before only tells of.
pub(super) fn day_before(source: &Source<'_>, sentence: &Sentence, hour: usize) -> Option<usize> {
    let index = context::place_of(source, sentence)?;
    let block = sentence.unit.place.block;
    // A day of the same sentence stands above it.
    if let Some(day) = own_day(source, sentence, hour) {
        return Some(day);
    }
    for before in source.sentences[..index].iter().rev().take(3) {
        let near = source.document.chat || before.unit.place.block == block;
        if !near || sentence.unit.place.item.is_some() {
            return None;
        }
        let days: Vec<usize> = before
            .date_tokens()
            .into_iter()
            .map(|(_, date)| date)
            .filter(|date| source.dates[*date].time_alone.is_none())
            .collect();
        let asks = before
            .actions()
            .any(|clause| match &before.clauses[clause].head {
                Head::Action(opener) => !opener.weak,
                _ => false,
            });
        let brief = before.question || before.plain_words().len() <= 4;
        if days.is_empty() && !asks && brief {
            continue;
        }
        let [date] = days[..] else { return None };
        // `Wed. Drop off the pen before nine.`: an entry of today.
        let label = before.plain_words().is_empty();
        if label && source.dates[date].due.date().weekday() == source.now.weekday() {
            return None;
        }
        // `crew change slips to Thursday`
        let moved = before
            .tokens
            .iter()
            .any(|token| token.any(MOVED) || token.any(list!["slips", "until", "till"]));
        if moved {
            return None;
        }
        let found = &source.dates[date];
        let there = || {
            matches!(found.due, Due::Moment(_))
                && found.role == Role::On
                && found.recurrence.is_none()
                && found.due.date() > source.now.date()
                && sentence.tokens.iter().any(|token| token.is("there"))
        };
        return ((tells_day(source, found) || there()) && !asks).then_some(date);
    }
    None
}

/// A day to come, and nothing but a day.
fn tells_day(source: &Source<'_>, found: &FoundDate) -> bool {
    found.role == Role::On
        && found.grain == Grain::Day
        && found.recurrence.is_none()
        && found.due.date() > source.now.date()
        && matches!(found.due, Due::Day(_))
}

/// `submit it by noon` under `Friday:`: an hour without a day is one of the day above it.
pub(crate) fn on_day(source: &Source<'_>, hour: &Chosen, day: Option<&Chosen>) -> Option<Chosen> {
    let time = source.dates.get(hour.date?)?.time_alone?;
    let Due::Day(day) = &day?.due else {
        return None;
    };
    if time == jiff::civil::Time::midnight() {
        return Some(Chosen {
            due: Due::Day(*day),
            grain: Grain::Day,
            ..hour.clone()
        });
    }
    let joined = day
        .to_datetime(time)
        .to_zoned(source.now.time_zone().clone());
    Some(Chosen {
        due: Due::Moment(joined.ok()?),
        ..hour.clone()
    })
}

/// `pay it before midnight`, `entries close on Sunday at midnight`: midnight ends the day it is said of, which is
/// the day by which a thing has to be done.
pub(super) fn midnight_ends(source: &Source<'_>, chosen: &mut Chosen) {
    let Some(found) = chosen.date.map(|date| &source.dates[date]) else {
        return;
    };
    let Due::Moment(moment) = &chosen.due else {
        return;
    };
    let own = source.text[found.bytes.clone()].to_lowercase();
    let said = |word: &str| {
        own.split(|c: char| !c.is_alphabetic())
            .any(|own| own == word)
    };
    if moment.time() != jiff::civil::Time::midnight()
        || !(said("midnight") || said("midnite"))
        || chosen.recurrence.is_some()
    {
        return;
    }
    let today = moment.date().yesterday().ok() == Some(source.now.date()) && !said("tomorrow");
    let next = matches!(found.role, Role::By | Role::Before)
        || found.time_alone.is_some()
        || said("night")
        || said("evening")
        || today;
    let day = if next {
        moment.date().yesterday().unwrap_or(moment.date())
    } else {
        moment.date()
    };
    (chosen.due, chosen.grain) = (Due::Day(day), Grain::Day);
}

/// Whether the words of a date name only a clock time.
pub(crate) fn is_time_only(text: &str, date: &FoundDate) -> bool {
    const WORDS: List<'static> = list![
        "at", "by", "until", "till", "before", "around", "about", "from", "o'clock", "oclock",
        "am", "pm", "a", "m", "p", "noon", "midnight", "sharp", "h", "half", "past", "quarter",
        "to", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "midday", "o",
    ];
    if !matches!(date.due, Due::Moment(_)) {
        return false;
    }
    if date.time_alone.is_some() && date.recurrence.is_none() {
        return true;
    }
    let words = text[date.bytes.clone()].to_lowercase();
    words
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .all(|word| WORDS.holds(word))
        && !words.contains(['/', '-'])
}

#[cfg(test)]
mod tests {
    use crate::testing::dues;

    #[test]
    fn an_hour_at_an_event_is_one_of_its_day() {
        for (text, due) in [
            (
                "The final is Saturday, 9:30 at the park. Please drop the kids there at 9.",
                "2026-03-14T09:00:00+01:00",
            ),
            (
                "The concert is on Saturday at 7pm. Please drop the choir there at 6.",
                "2026-03-14T18:00:00+01:00",
            ),
        ] {
            assert_eq!(dues(text).last(), Some(&Some(due.to_owned())), "{text}");
        }
    }
}
