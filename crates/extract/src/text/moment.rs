//! Days and hours by their form alone, before a text is read for dates.

use super::layout::opens_with_day;

/// `7/7`, `3 May`, `Thursday`, `before 7/10`: a cell with a day in it.
pub(super) fn names_day(cell: &str) -> bool {
    let mut words = cell.split_whitespace();
    let pair = |word: &str| {
        // `4.50` is a price.
        let mut parts = word.split('/');
        let number = |part: Option<&str>| {
            part.is_some_and(|part| part.parse::<u8>().is_ok_and(|n| (1..=31).contains(&n)))
        };
        number(parts.next()) && number(parts.next())
    };
    opens_with_day(cell) || words.any(pair)
}

/// `11:45`, `9h`: an hour as it stands behind what is planned; `8h` is as likely how long it takes.
pub(super) fn is_hour(word: &str) -> bool {
    let hours = |word: &str| word.parse::<u8>().is_ok_and(|hour| (9..24).contains(&hour));
    match word.split_once(':') {
        Some((hour, minute)) => hour.parse::<u8>().is_ok_and(|hour| hour < 24) && minute.len() == 2,
        None => word.strip_suffix('h').is_some_and(hours),
    }
}

/// `march`, `sept`: the name of a month, in lower case, or its beginning.
pub(super) fn names_a_month(word: &str) -> bool {
    const MONTHS: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "sept",
        "october",
        "november",
        "december",
    ];
    word.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(word))
}
