//! Messages whose speaker stands on a line of their own, with the time: `Ana  9:15 AM`,
//! `ana [3:58 PM]`, `Ana — Today at 9:15`.

use super::front;
use super::line::{Line, Shape};
use crate::hash::HashMap;
use crate::lexicon;
use crate::token::{List, list};

/// The speakers that stand on lines of their own, by the index of the line.
pub(super) fn headers(text: &str, lines: &[Line]) -> HashMap<usize, String> {
    let mut found = HashMap::default();
    for (index, line) in lines.iter().enumerate() {
        let texts = matches!(line.shape, Shape::Text { .. } | Shape::Heading { .. });
        let followed = lines
            .get(index + 1)
            .is_some_and(|next| !matches!(next.shape, Shape::Blank));
        if texts
            && followed
            && let Some(name) = header(&text[line.range.clone()])
        {
            found.insert(index, name);
        }
    }
    // One such line alone is an entry of a diary.
    let spoken = || {
        let mut texts = lines
            .iter()
            .filter(|line| matches!(line.shape, Shape::Text { .. }));
        texts.any(|line| clocked(&text[line.range.clone()]).is_some())
    };
    if found.is_empty() || found.len() < 2 && !spoken() {
        found.clear();
    }
    found
}

/// The name on a line that holds nothing but a name and a time of day.
fn header(line: &str) -> Option<String> {
    if line.chars().nth(60).is_some() {
        return None;
    }
    let mut words: Vec<&str> = line
        .split_whitespace()
        .map(|word| word.trim_matches(['*', '_', '[', ']', '(', ')', ',']))
        .filter(|word| !word.is_empty())
        .collect();
    let half = |word: &str| matches!(&*crate::words::lower(word), "am" | "pm");
    if words.last().is_some_and(|word| half(word)) {
        words.pop();
    }
    if !is_clock(words.pop()?) {
        return None;
    }
    while words.last().is_some_and(|word| {
        matches!(
            &*crate::words::lower(word),
            "today" | "yesterday" | "at" | "-" | "–" | "—" | "|" | "·" | "•"
        )
    }) {
        words.pop();
    }
    let name = words.join(" ");
    let first = words.first()?.to_lowercase();
    let shaped = words.len() <= 3
        && name
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’' | '_'));
    let person = lexicon::is_first_name(&first)
        || (!crate::area::knows(&first)
            && lexicon::verb(&first).is_none()
            && !crate::person::is_no_name(&first));
    (shaped && person).then_some(name)
}

/// `9:15`, `21:40`, `3:10PM`.
pub(super) fn is_clock(word: &str) -> bool {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    word.trim_end_matches(['a', 'p', 'm', 'A', 'P', 'M'])
        .split_once(':')
        .is_some_and(|(hour, minute)| {
            let number =
                |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            hour.len() <= 2 && number(hour) && minute.len() == 2 && number(minute)
        })
}

/// A word of a time stamp: `14:20`, `2026-05-11`, `May`, `Tue`, `pm`.
fn stamps(word: &str) -> bool {
    const WORDS: List<'static> = list![
        "am",
        "pm",
        "at",
        "today",
        "yesterday",
        "on",
        "h",
        "uhr",
        "utc",
        "gmt",
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let lower = crate::words::lower(word.trim_matches([',', '.']));
    let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let figures = !digits.is_empty()
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'/' | b'-' | b'T' | b't'))
        && lower.len() - digits.len() <= 2;
    figures || WORDS.holds(&lower) || crate::date::is_foreign_weekday(&lower)
}

/// `28 Sep 16:40`, `2026-05-11 14:20`: words of a stamp, one of them a clock time or a full date.
pub(super) fn is_stamp(words: &str) -> bool {
    let timed = |word: &str| {
        let word = word.trim_matches([',', 'T']);
        is_clock(word)
            || word.bytes().filter(|b| matches!(b, b'-' | b'/')).count() == 2
            || word.bytes().filter(|b| *b == b':').count() == 2
    };
    words.split_whitespace().count() <= 6
        && words.split_whitespace().all(stamps)
        && words.split_whitespace().any(timed)
}

/// Looks at every byte, many at a time.
pub(super) fn has_digit(words: &str) -> bool {
    words
        .bytes()
        .fold(false, |found, byte| found | byte.is_ascii_digit())
}

/// A name with the time of its message in front of it.
pub(super) fn message(words: &str) -> Option<(String, usize)> {
    // No time is told without a digit.
    if !has_digit(words) {
        return None;
    }
    dated(words).or_else(|| clocked(words))
}

/// `Tobias, 11 May 14:20: …`, `Anouk (11 May, 15:50): …`, `Lindiwe 12:30: …`: a name with the time
/// of its message; the name and the length of the label.
fn dated(words: &str) -> Option<(String, usize)> {
    let stripped = words.trim_start_matches(['*', '_', '@', '<']);
    let offset = words.len() - stripped.len();
    let head = front(stripped, 60);
    let digit = head.find(|c: char| c.is_ascii_digit() || matches!(c, '(' | '['))?;
    head[digit..].find(':')?;
    let mut ends = head
        .match_indices(": ")
        .map(|(at, _)| at)
        .collect::<Vec<_>>();
    if head.ends_with(':') {
        ends.push(head.len() - 1);
    }
    let end = ends.into_iter().find(|at| *at > digit)?;
    let words: Vec<&str> = head[..end]
        .split(|c: char| {
            c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '|' | '–' | '—' | '*')
        })
        .filter(|word| !word.is_empty() && *word != "-")
        .collect();
    // `Speaker 2 (14:02)` has a number for a name.
    let number = 2 * usize::from(
        words
            .first()
            .is_some_and(|word| word.eq_ignore_ascii_case("speaker"))
            && words.get(1).is_some_and(|word| word.len() <= 2),
    );
    let named = number
        + words
            .iter()
            .skip(number)
            .take_while(|word| !stamps(word.trim_matches(',')) || is_name(word))
            .count();
    let shaped = (1..=3).contains(&named)
        && head.starts_with(char::is_alphabetic)
        && words[..named].iter().all(|word| {
            word.trim_matches([',', '.'])
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '\'' | '’' | '_'))
        });
    if !shaped || !is_stamp(&words[named..].join(" ")) {
        return None;
    }
    let name = words[..named].join(" ");
    let name = name.trim_matches([',', ' ', '*']).to_owned();
    let first = words[0].trim_matches(',').to_lowercase();
    let thing = crate::area::knows(&first) || lexicon::verb(&first).is_some();
    let headed = matches!(
        first.as_str(),
        "comment" | "note" | "reply" | "update" | "edit"
    );
    // `Every Wednesday at 16:00: …`, `Wednesdays, 16:00: …`
    let leads = matches!(
        first.as_str(),
        "every"
            | "each"
            | "for"
            | "from"
            | "by"
            | "until"
            | "till"
            | "before"
            | "after"
            | "next"
            | "this"
            | "due"
            | "starting"
    ) || first
        .strip_suffix('s')
        .is_some_and(|day| day.ends_with("day") && stamps(day));
    if headed
        || leads
        || thing && number == 0 && !lexicon::is_first_name(&first) && !lexicon::is_role(&first)
    {
        return None;
    }
    let behind = &stripped[end + 1..];
    let space = behind.len() - behind.trim_start_matches([' ', '*', '_']).len();
    Some((name, offset + end + 1 + space))
}

/// `Fatima 10:12  the delivery moved`, `↳ Pax  2:58 PM  when they are up`: the time and a gap, or a
/// dash.
fn clocked(words: &str) -> Option<(String, usize)> {
    let own = words.trim_start_matches(['↳', '└', '>', ' ']);
    let clock = own.split_whitespace().take(4).find(|word| is_clock(word))?;
    let at = own.find(clock)?;
    let name = own[..at].trim_end_matches([',', ' ']);
    let behind = &own[at + clock.len()..];
    let half = ["AM", "PM", "am", "pm"]
        .iter()
        .find_map(|half| behind.trim_start().strip_prefix(half));
    let behind = half.unwrap_or(behind);
    let parted = ["  ", " – ", " — ", " - "]
        .iter()
        .any(|gap| behind.starts_with(gap));
    if !parted {
        return None;
    }
    let shaped = name.split(' ').count() <= 2
        && name.starts_with(char::is_uppercase)
        && name
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-'))
        && !crate::area::knows(&name.to_lowercase())
        && lexicon::verb(&name.to_lowercase()).is_none();
    let rest = behind.trim_start_matches([' ', '-', '–', '—']);
    (shaped && !name.is_empty() && !rest.is_empty())
        .then(|| (name.to_owned(), words.len() - rest.len()))
}

/// `Comment 2 (Emre): …`, `Reply Gwen: …`, `Note from Ola: …`: the name and the length of the label.
pub(super) fn commented(words: &str) -> Option<(String, usize)> {
    let head = front(words, 40);
    let end = head.find(':')?;
    let mut parts = head[..end]
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '#'))
        .filter(|part| !part.is_empty());
    let kind = crate::words::lower(parts.next()?);
    let comments = matches!(
        &*kind,
        "comment" | "reply" | "update" | "note" | "answer" | "message" | "response"
    );
    let mut parts = parts
        .filter(|part| !part.bytes().all(|byte| byte.is_ascii_digit()))
        .filter(|part| !matches!(*part, "by" | "from" | "of"));
    let name = parts.next()?;
    let alone = parts
        .next()
        .is_none_or(|last| last.starts_with(char::is_uppercase));
    let known = lexicon::is_first_name(&name.to_lowercase());
    let behind = &words[end + 1..];
    let space = behind.len() - behind.trim_start_matches(' ').len();
    (comments && alone && known && name.starts_with(char::is_uppercase))
        .then(|| (name.to_owned(), end + 1 + space))
}

/// `May`, `April` at the front of a label are people.
fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && lexicon::is_first_name(&word.to_lowercase())
}

/// `[Aoife] …`: the name and the length of the label.
pub(super) fn bracketed(words: &str) -> Option<(String, usize)> {
    let rest = words.strip_prefix('[')?;
    let close = rest.char_indices().take(25).find(|(_, c)| *c == ']')?.0;
    let name = &rest[..close];
    let shaped = name.chars().count() >= 2
        && name.split(' ').count() <= 2
        && name.chars().all(|c| c.is_alphabetic() || c == ' ')
        && !crate::area::knows(&name.to_lowercase())
        && lexicon::verb(&name.to_lowercase()).is_none();
    let behind = &rest[close + 1..];
    let space = behind.len() - behind.trim_start_matches(' ').len();
    (shaped && space > 0).then(|| (name.to_owned(), close + 2 + space))
}

/// `[PLAT-882] …`: the length of the number of a ticket in front of its title.
pub(super) fn coded(words: &str) -> Option<usize> {
    let rest = words.strip_prefix('[')?;
    let close = rest.char_indices().take(16).find(|(_, c)| *c == ']')?.0;
    let shaped = rest[..close]
        .split_once('-')
        .is_some_and(|(letters, digits)| {
            !letters.is_empty()
                && !digits.is_empty()
                && letters.bytes().all(|byte| byte.is_ascii_uppercase())
                && digits.bytes().all(|byte| byte.is_ascii_digit())
        });
    let behind = &rest[close + 1..];
    let space = behind.len() - behind.trim_start_matches([' ', ':']).len();
    (shaped && space > 0 && space < behind.len()).then_some(close + 2 + space)
}

/// `ACTION Achieng: …`: the name behind the word, and whether there was one.
pub(super) fn charged(name: String) -> (String, bool) {
    let found = name.split_once(' ').filter(|(word, rest)| {
        let word = word.to_lowercase();
        matches!(word.as_str(), "action" | "todo" | "task" | "owner" | "ai")
            && rest.chars().next().is_some_and(char::is_uppercase)
            && !crate::person::is_no_name(&rest.to_lowercase())
            && !rest.to_lowercase().starts_with("item")
            && !rest.to_lowercase().starts_with("point")
    });
    match found {
        Some((_, rest)) => (rest.to_owned(), true),
        None => (name, false),
    }
}

/// `LAURA  today: the report`: a first name in large letters, and its column beside it.
pub(super) fn columned(words: &str) -> Option<(String, usize)> {
    let end = words.find("  ").or_else(|| words.find('\t'))?;
    let name = &words[..end];
    let rest = words[end..].trim_start();
    let known = (3..=12).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_uppercase())
        && crate::lexicon::is_first_name(&name.to_ascii_lowercase());
    (known && rest.starts_with(char::is_alphabetic))
        .then(|| (name.to_owned(), words.len() - rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_a_time_alone_head_a_message() {
        for (line, name) in [
            ("Kofi  9:15 AM", "Kofi"),
            ("dana [3:58 PM]", "dana"),
            ("*Blessing A.* 9:12 AM", "Blessing A."),
            ("zed — Today at 9:15", "zed"),
        ] {
            assert_eq!(header(line).as_deref(), Some(name), "{line}");
        }
        for line in [
            "Dentist 9:15",
            "Call Ana at 9:15",
            "9:15",
            "Ana says it is late",
        ] {
            assert_eq!(header(line), None, "{line}");
        }
    }

    #[test]
    fn messages_open_with_a_name_and_their_time() {
        for (line, name, rest) in [
            ("Tobias, 11 May 14:20: it is fixed", "Tobias", "it is fixed"),
            ("Anouk (11 May, 15:50): thanks", "Anouk", "thanks"),
            ("Lindiwe 12:30: window tonight", "Lindiwe", "window tonight"),
            ("Speaker 2 (14:02): yes", "Speaker 2", "yes"),
            ("Fatima 10:12  it moved", "Fatima", "it moved"),
        ] {
            let found = message(line).map(|(name, end)| (name, &line[end..]));
            assert_eq!(found, Some((name.to_owned(), rest)), "{line}");
        }
        for line in [
            "Lunch at 12:30: bring salad",
            "Room 4: tidy",
            "We met in May: fun",
            "Call 12:30  Ben",
        ] {
            assert_eq!(message(line), None, "{line}");
        }
    }
}
