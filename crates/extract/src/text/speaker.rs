//! Messages whose speaker stands on a line of their own, with the time: `Ana  9:15 AM`,
//! `ana [3:58 PM]`, `Ana — Today at 9:15`.

use std::collections::HashMap;

use super::line::{Line, Shape};
use crate::lexicon;

/// The speakers that stand on lines of their own, by the index of the line.
pub(super) fn headers(text: &str, lines: &[Line]) -> HashMap<usize, String> {
    let mut found = HashMap::new();
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
    if found.len() < 2 {
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
    let half = |word: &str| matches!(word.to_lowercase().as_str(), "am" | "pm");
    if words.last().is_some_and(|word| half(word)) {
        words.pop();
    }
    if !is_clock(words.pop()?) {
        return None;
    }
    while words.last().is_some_and(|word| {
        matches!(
            word.to_lowercase().as_str(),
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
    let lower = word.to_lowercase();
    let digits = lower.trim_end_matches(['a', 'p', 'm']);
    digits.split_once(':').is_some_and(|(hour, minute)| {
        let number =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        hour.len() <= 2 && number(hour) && minute.len() == 2 && number(minute)
    })
}

/// A word of a time stamp: `14:20`, `2026-05-11`, `May`, `Tue`, `pm`.
fn stamps(word: &str) -> bool {
    const WORDS: &[&str] = &[
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
    let lower = word.trim_matches([',', '.']).to_lowercase();
    let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let figures = !digits.is_empty()
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'/' | b'-' | b'T' | b't'))
        && lower.len() - digits.len() <= 2;
    figures || WORDS.contains(&lower.as_str())
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

/// A name with the time of its message in front of it.
pub(super) fn message(words: &str) -> Option<(String, usize)> {
    dated(words).or_else(|| clocked(words))
}

/// `Tobias, 11 May 14:20: …`, `Anouk (11 May, 15:50): …`, `Lindiwe 12:30: …`: a name with the time
/// of its message; the name and the length of the label.
fn dated(words: &str) -> Option<(String, usize)> {
    let stripped = words.trim_start_matches(['*', '_', '@', '<']);
    let offset = words.len() - stripped.len();
    let limit = stripped
        .char_indices()
        .nth(60)
        .map_or(stripped.len(), |(at, _)| at);
    let head = &stripped[..limit];
    let digit = head.find(|c: char| c.is_ascii_digit() || matches!(c, '(' | '['))?;
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
    let number = usize::from(
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
    let behind = &stripped[end + 1..];
    let space = behind.len() - behind.trim_start_matches([' ', '*', '_']).len();
    Some((name, offset + end + 1 + space))
}

/// `Fatima 10:12  the delivery moved`: the time and a gap, or a dash.
fn clocked(words: &str) -> Option<(String, usize)> {
    let gap = ["  ", " – ", " — ", " - "]
        .iter()
        .filter_map(|gap| words.find(gap))
        .min()?;
    let (name, clock) = words[..gap].rsplit_once(' ')?;
    let name = name.trim_end_matches([',', ' ']);
    let shaped = name.split(' ').count() <= 2
        && name.starts_with(char::is_uppercase)
        && name
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-'))
        && !crate::area::knows(&name.to_lowercase())
        && lexicon::verb(&name.to_lowercase()).is_none();
    let rest = words[gap..].trim_start_matches([' ', '-', '–', '—']);
    (shaped && is_clock(clock) && !rest.is_empty())
        .then(|| (name.to_owned(), words.len() - rest.len()))
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

/// Who wrote a note in which somebody says `I`: the name behind its last sentence (`I'll hang them
/// then. Iñigo`, `xx Bron`), on a line of its own above what is quoted (`Jo Tully`), or in front of
/// what was quoted (`> Hi Drew,`).
pub(super) fn signed(text: &str) -> Option<String> {
    let speaks = text
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| matches!(word, "I" | "i" | "my" | "me" | "My"));
    if !speaks {
        return None;
    }
    let own: Vec<&str> = text[..quoted_from(text)]
        .lines()
        .filter(|line| !line.starts_with('>'))
        .collect();
    let own = own.join("\n");
    behind(&own)
        .or_else(|| introduced(&own))
        .or_else(|| own_line(&own))
        .or_else(|| answered(text))
}

/// `I'll hang them then. Iñigo`, `… Thanking you, Lakshmi Narayanan`
fn behind(own: &str) -> Option<String> {
    let body = own.trim_end().trim_end_matches(['.', ',', '!']);
    // `I'll do the cake. Fi x`
    let kissed = body.trim_end_matches(['x', 'X', 'o', 'O']);
    let kissed = kissed
        .strip_suffix(' ')
        .filter(|rest| rest.len() < body.len());
    let body = kissed.unwrap_or(body);
    let cut = body.rfind(['.', '!', '?', '\n', '–', '—', ',', ')'])?;
    let mark = body[cut..].chars().next()?;
    let mut name = body[cut + mark.len_utf8()..].trim_matches([' ', '-', '–', '—', '~', '*']);
    let mut closes = mark != ',' || ends_with_closing(&body[..cut]);
    while let Some((word, rest)) = name.split_once(' ')
        && is_closing(word)
    {
        name = rest.trim_start();
        closes = true;
    }
    if !closes {
        return None;
    }
    let mut words = name.split(' ');
    let first = words.next()?;
    let last = words.next();
    let known = lexicon::is_first_name(&first.to_lowercase());
    let alone = last.is_none() || (known && last.is_some_and(shaped) && words.next().is_none());
    let signs = kissed.is_some() && shaped(first);
    (alone && (signs || person(first))).then(|| first.to_owned())
}

/// `good evening pastor this is sister bukola`: who speaks in a text without capitals.
fn introduced(own: &str) -> Option<String> {
    if own.contains(char::is_uppercase) {
        return None;
    }
    let words: Vec<&str> = own.split_whitespace().take(14).collect();
    let at = words
        .windows(2)
        .position(|pair| matches!(pair, ["this", "is"] | ["its" | "it's", _]))?;
    let skip = if words[at] == "this" { 2 } else { 1 };
    let mut names = words[at + skip..]
        .iter()
        .filter(|word| !crate::person::is_title(word));
    let name = names.next()?.trim_matches([',', '.', '!']);
    lexicon::is_first_name(name).then(|| name.to_owned())
}

/// Words before the name of a writer.
fn is_closing(word: &str) -> bool {
    matches!(
        word.to_lowercase().trim_matches([',', '.']),
        "x" | "xx"
            | "xxx"
            | "xo"
            | "xoxo"
            | "love"
            | "cheers"
            | "thanks"
            | "thx"
            | "best"
            | "regards"
            | "rgds"
            | "ta"
            | "sincerely"
            | "cordially"
            | "yours"
            | "greetings"
            | "hugs"
            | "grz"
            | "danke"
            | "saluti"
            | "merci"
            | "grazie"
            | "gracias"
            | "tack"
            | "hilsen"
            | "lg"
            | "vg"
            | "mfg"
            | "gruß"
            | "grüße"
            | "abs"
            | "bises"
            | "besos"
    )
}

fn ends_with_closing(text: &str) -> bool {
    let last = text.rsplit([' ', '\n']).next().unwrap_or_default();
    let lower = text.to_lowercase();
    is_closing(last) || lower.ends_with("thanking you") || lower.ends_with("thank you")
}

/// A line near the end that is nothing but a name, with at most a line of title below it.
fn own_line(own: &str) -> Option<String> {
    let lines: Vec<&str> = own
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let from = lines.len().saturating_sub(3).max(2);
    lines.get(from..)?.iter().find_map(|line| {
        let mut words = line
            .split(' ')
            .filter(|word| !crate::person::is_title(word));
        let first = words.next()?;
        let rest: Vec<&str> = words.collect();
        let known = lexicon::is_first_name(&first.to_lowercase());
        (known && shaped(first) && rest.len() <= 2 && rest.iter().all(|word| shaped(word)))
            .then(|| first.to_owned())
    })
}

/// Where what is quoted below a mail begins.
fn quoted_from(text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let lower = line.trim().to_lowercase();
        let below = at > 0
            && (lower.starts_with("-----")
                || lower.starts_with("_____")
                || lower.starts_with("from:")
                || lower.ends_with("wrote:"));
        if below {
            return at;
        }
        at += line.len();
    }
    text.len()
}

/// `> Hi Drew,`: the one greeted in what is quoted writes the answer.
fn answered(quoted: &str) -> Option<String> {
    quoted
        .lines()
        .skip(1)
        .map(|line| line.trim_start_matches(['>', ' ']))
        .filter(|line| line.split(' ').count() <= 4 || line.contains(','))
        .find_map(|line| hello(line).filter(|(_, greets)| *greets))
        .map(|(name, _)| name)
}

/// To whom a mail or message is written, by one of its first lines: `morning Inez!`, `Dear Auntie
/// Bev,`.
pub(super) fn greeted(text: &str) -> Option<String> {
    let mut lines = text.lines().map(str::trim).filter(|line| {
        let lower = line.to_lowercase();
        let header = ["subject:", "to:", "from:", "re:", "date:", "cc:", "sent:"];
        !line.is_empty()
            && !header.iter().any(|key| lower.starts_with(key))
            && !lower.contains("subject:")
    });
    let first = lines.next()?;
    if let Some(name) = noted_for(first) {
        return Some(name);
    }
    // `lab partner msg: hey Yusra!`
    let first = first
        .split_once(": ")
        .filter(|(label, rest)| {
            let greets = rest.to_lowercase();
            label.split(' ').count() <= 4
                && ["hi ", "hey ", "hello ", "hiya "]
                    .iter()
                    .any(|word| greets.starts_with(word))
        })
        .map_or(first, |(_, rest)| rest);
    let lower = first.to_lowercase();
    // `Hi Marguerite, hi Joss,` is to none of them alone.
    let several = [", hi ", ", hello ", ", dear ", " and ", " & ", ", hey "]
        .iter()
        .any(|more| lower.chars().take(40).collect::<String>().contains(more));
    if several {
        return None;
    }
    hello(first)
        .or_else(|| {
            lines
                .take(2)
                .find_map(|line| hello(line).filter(|(_, greets)| *greets))
        })
        .map(|(name, _)| name)
}

/// `Memo for Lupe`, `a message for Jorge Salinas`, `For Gwen at front desk`: who a note is for.
fn noted_for(line: &str) -> Option<String> {
    let words: Vec<&str> = line.split_whitespace().take(14).collect();
    let known = |word: &str| {
        let name = word.trim_end_matches([',', '.', '!', ':', '-']);
        person(name).then(|| name.to_owned())
    };
    if words
        .first()
        .is_some_and(|word| word.eq_ignore_ascii_case("for"))
    {
        let name = known(words.get(1)?)?;
        let apart = words
            .get(2)
            .is_some_and(|next| matches!(*next, "-" | "–" | "—" | "at" | "in"));
        return apart.then_some(name);
    }
    words.windows(3).find_map(|row| {
        let note = matches!(
            row[0].to_lowercase().as_str(),
            "memo" | "note" | "message" | "msg" | "voicemail" | "instructions"
        );
        (note && matches!(row[1], "for" | "to")).then(|| known(row[2]))?
    })
}

/// Words that can follow a greeted name without a comma.
const AFTER_NAME: &[&str] = &[
    "it's", "its", "it’s", "this", "can", "could", "would", "when", "if", "pls", "please", "just",
    "i'm", "i’m", "i", "we", "you", "thanks", "are", "do", "have", "here", "how", "ji", "mate",
    "love", "hon", "bro", "dear", "hope",
];

/// Words of greeting before a name.
const GREETINGS: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "dear",
    "hallo",
    "morning",
    "afternoon",
    "evening",
    "good",
    "hiya",
    "yo",
    "howya",
    "heya",
    "bonjour",
    "hola",
    "ciao",
    "salut",
    "ola",
    "olá",
    "namaste",
    "hei",
    "hej",
    "salaam",
    "salam",
    "guten",
    "buongiorno",
    "greetings",
    "aloha",
    "sup",
    "howdy",
    "my",
    "ahoj",
    "cześć",
    "merhaba",
    "jambo",
    "dearest",
    "well",
    "sorry",
    "howzit",
    "hoi",
    "moin",
    "servus",
    "morgen",
    "tag",
    "liebe",
    "lieber",
    "oi",
    "g'day",
    "buenas",
    "bom",
    "dia",
    "selam",
    "ay",
    "oh",
];

/// The name in a greeting, and whether a word of greeting stands before it.
fn hello(line: &str) -> Option<(String, bool)> {
    let end = line
        .char_indices()
        .take(40)
        .find(|(_, c)| matches!(c, ',' | '!' | ':' | '–' | '—' | '.'))
        .map(|(at, _)| at);
    // `Dr. Osei` goes on behind its dot.
    let head = match end {
        Some(at) if line[at..].starts_with('.') => line.split(',').next().unwrap_or_default(),
        Some(at) => &line[..at],
        None => line,
    };
    let words: Vec<&str> = head.split_whitespace().collect();
    let greetings = words
        .iter()
        .take_while(|word| GREETINGS.contains(&word.to_lowercase().as_str()))
        .count();
    let titles = words[greetings..]
        .iter()
        .take_while(|word| crate::person::is_title(word))
        .count();
    let name = words.get(greetings + titles)?;
    let lower = name.to_lowercase();
    let surname = words.get(greetings + titles + 1);
    let goes_on = greetings > 0
        && surname.is_some_and(|word| AFTER_NAME.contains(&word.to_lowercase().as_str()));
    let alone = goes_on
        || (end.is_some() || words.len() <= 4)
            && words.len() <= greetings + titles + 2
            && surname.is_none_or(|word| shaped(word) && !matches!(*word, "and" | "&"));
    let known = lexicon::is_first_name(&lower);
    let hailed =
        surname.is_some_and(|word| matches!(*word, "mate" | "love" | "bro" | "ji" | "hon"));
    if greetings == 0 && hailed && words.len() == 2 && shaped(name) && end.is_some() {
        return Some(((*name).to_owned(), true));
    }
    let named = if greetings == 0 {
        // `Agnieszka,` alone on its line.
        known && shaped(name) && end.is_some_and(|at| line[at..].trim_end() == ",")
    } else {
        known || titles > 0 && lower.chars().all(char::is_alphabetic) || shaped(name)
    };
    let common = crate::person::is_no_name(&lower) || crate::area::knows(&lower) && !known;
    (named && alone && !common).then(|| ((*name).to_owned(), greetings > 0))
}

/// A capital letter and small ones.
fn shaped(name: &str) -> bool {
    (2..=14).contains(&name.chars().count())
        && name.chars().next().is_some_and(char::is_uppercase)
        && name.chars().skip(1).all(|c| c.is_alphabetic() || c == '-')
        && name.chars().skip(1).any(char::is_lowercase)
}

/// Whether a word can be a name that stands alone.
fn person(name: &str) -> bool {
    let lower = name.to_lowercase();
    shaped(name)
        && (lexicon::is_first_name(&lower)
            || (name.chars().count() > 2
                && !crate::area::knows(&lower)
                && lexicon::verb(&lower).is_none()
                && !crate::person::is_no_name(&lower)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greetings_name_the_one_written_to() {
        for (text, name) in [
            ("morning Inez! two favors", "Inez"),
            ("Dear Auntie Bev,\n\nThank you", "Bev"),
            ("hi miss pargeter\n\nits ethan", "pargeter"),
            ("Subject: x\n\nAgnieszka,\n\nOK", "Agnieszka"),
            ("Dear Dr. Osei,\nplease", "Osei"),
        ] {
            assert_eq!(greeted(text).as_deref(), Some(name), "{text}");
        }
        for text in [
            "Dear orchestra,\nnext week",
            "Hi all,",
            "Milk, eggs",
            "Hello dear,",
            "Good evening",
        ] {
            assert_eq!(greeted(text), None, "{text}");
        }
    }

    #[test]
    fn writers_sign_behind_their_words() {
        for (text, name) in [
            ("hey Soph!! I'll sort the cake\n\nxx Bron", "Bron"),
            (
                "Sir I will share the draft.\nThanking you, Lakshmi Narayanan",
                "Lakshmi",
            ),
            (
                "Hi Abbie,\nI'll book the room.\n\nJo Tully\nPA to Gerald Finch\n\n-----Original Message-----\nFrom: x",
                "Jo",
            ),
            ("Yes, I'll move it.\n\n> Hi Drew,\n> Could we", "Drew"),
        ] {
            assert_eq!(signed(text).as_deref(), Some(name), "{text}");
        }
        for text in [
            "I bought milk, eggs, Cheddar",
            "I'll meet you in the Garden. Kitchen",
        ] {
            assert_eq!(signed(text), None, "{text}");
        }
    }

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
}
