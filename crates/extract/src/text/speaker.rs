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
fn is_clock(word: &str) -> bool {
    let lower = word.to_lowercase();
    let digits = lower.trim_end_matches(['a', 'p', 'm']);
    digits.split_once(':').is_some_and(|(hour, minute)| {
        let number =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        hour.len() <= 2 && number(hour) && minute.len() == 2 && number(minute)
    })
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

/// The name alone at the end of a note in which somebody says `I`: `I'll hang them then. Iñigo`.
pub(super) fn signed(text: &str) -> Option<String> {
    let body = text.trim_end().trim_end_matches(['.', ',']);
    let cut = body.rfind(['.', '!', '?', '\n', '–', '—'])?;
    let mark = body[cut..].chars().next()?;
    let name = body[cut + mark.len_utf8()..].trim_matches([' ', '-', '–', '—', '~', '*']);
    let speaks = body[..cut]
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| matches!(word, "I" | "my" | "me" | "My"));
    let lower = name.to_lowercase();
    let shaped = (3..=14).contains(&name.chars().count())
        && name.chars().next().is_some_and(char::is_uppercase)
        && name.chars().skip(1).all(|c| c.is_lowercase() || c == '-');
    let person = lexicon::is_first_name(&lower)
        || (!crate::area::knows(&lower)
            && lexicon::verb(&lower).is_none()
            && !crate::person::is_no_name(&lower));
    (speaks && shaped && person).then(|| name.to_owned())
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
}
