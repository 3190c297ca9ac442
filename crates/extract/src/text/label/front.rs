//! What stands in front of the words of a line: a stamp of time, a name with its mark, a handle.

use super::words::{CONTEXTS, stop_label};
use crate::text::section::{self, Section};
use crate::text::{front, speaker};

/// Skips `[09:12]`, `09:12`, `(9:12 pm)`, `[12/03/2026, 09:12]`, with what separates it.
pub(super) fn skip_stamp(words: &str) -> (&str, bool) {
    let open = words.starts_with(['[', '(']);
    // `[28 Sep 16:40] …`
    if open
        && let Some(close) = words
            .char_indices()
            .take(32)
            .find(|(_, c)| matches!(c, ']' | ')'))
        && speaker::is_stamp(&words[1..close.0])
    {
        let after = words[close.0 + 1..].trim_start_matches([' ', '-', '–', '—']);
        return (after, true);
    }
    let body = if open { &words[1..] } else { words };
    let length = body
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '/' | '.' | ',' | ' ' | '-')))
        .unwrap_or(body.len());
    let (stamp, rest) = body.split_at(length);
    let rest = ["AM", "PM", "am", "pm"]
        .iter()
        .find_map(|half| rest.strip_prefix(half))
        .unwrap_or(rest);
    let clock = stamp.split([' ', ',']).any(|part| {
        let mut pieces = part.split(':');
        let hour = pieces
            .next()
            .is_some_and(|piece| (1..=2).contains(&piece.len()));
        hour && pieces.next().is_some_and(|piece| piece.len() == 2)
    });
    let rest = if open {
        match rest.strip_prefix([']', ')']) {
            Some(rest) => rest,
            None => return (words, false),
        }
    } else {
        rest
    };
    if !clock {
        return (words, false);
    }
    let after = rest.trim_start_matches([' ', '-', '–', '—']);
    // "10:30 call with Ben" is an entry of a diary, not a message: a name and its colon must follow.
    if open || name_label(after).is_some_and(|(name, _)| !stop_label(&name)) {
        (after, true)
    } else {
        (words, false)
    }
}

/// Where the first spaced dash or arrow stands, and its length with the blanks.
fn first_dash(words: &str) -> Option<(usize, usize)> {
    const DASHES: &[&str] = &["– ", "— ", "- ", "-> ", "→ ", "➡️ ", "➡ ", "=> "];
    // Most blanks stand in front of a word.
    let apart = |pair: &[u8]| pair[0] == b' ' && !pair[1].is_ascii_alphanumeric();
    let pairs = words.as_bytes().windows(2).enumerate();
    pairs.filter(|(_, pair)| apart(pair)).find_map(|(at, _)| {
        let rest = &words[at + 1..];
        let dash = DASHES.iter().find(|dash| rest.starts_with(**dash))?;
        Some((at, dash.len() + 1))
    })
}

/// A label that names somebody or something; its length includes what follows it.
pub(super) fn name_label(words: &str) -> Option<(String, usize)> {
    speaker::message(words)
        .or_else(|| speaker::bracketed(words))
        .or_else(|| marked(words))
}

/// A label of up to three words before `:` or a spaced dash.
pub(super) fn marked(words: &str) -> Option<(String, usize)> {
    let stripped = words.trim_start_matches(['*', '_', '<', '@', '^', ' ', ',', '↳', '└']);
    let offset = words.len() - stripped.len();
    let head = front(stripped, 40);
    // `Every Wednesday at 16:00: …`: the colon of an hour ends no label.
    let colon = head.match_indices(':').map(|(at, _)| at).find(|at| {
        let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        let bytes = head.as_bytes();
        !(digit(at.checked_sub(1).map(|before| &bytes[before])) && digit(bytes.get(at + 1)))
    });
    let closing = words.starts_with('<').then(|| head.find('>')).flatten();
    let dash = first_dash(head);
    let (name_end, mark) = match (closing, colon, dash) {
        (None, Some(at), Some((dash, length))) if dash < at => (dash, length),
        (Some(at), _, _) | (None, Some(at), _) => (at, 1),
        (None, None, dash) => dash?,
    };
    let mut name = head[..name_end].trim();
    let mut end = offset + name_end + mark;
    // "Lea (09:12): …"
    if let Some(open) = name.find('(') {
        name = name[..open].trim();
    }
    name = name.trim_matches(['*', '_', '@', ' ']);
    let words_in_name = name.split_whitespace().count();
    // `Shopping list for Saturday: …`
    let shops = || words_in_name <= 5 && section::read(name) == Section::Shopping;
    let shaped = ((1..=3).contains(&words_in_name) || shops())
        && name.chars().all(|c| {
            c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '\'' | '’' | '+' | '&' | '/' | '_')
        })
        && name.chars().any(char::is_alphabetic)
        && name.chars().next().is_some_and(char::is_alphabetic);
    if !shaped || (colon == Some(name_end) && head[name_end + 1..].starts_with("//")) {
        return None;
    }
    // A dash needs a single capitalised name before it; a colon also takes lower case and labels.
    let standup = matches!(
        &*crate::words::lower(name),
        "yday" | "tdy" | "today" | "yesterday" | "y'day"
    );
    if mark > 1
        && !standup
        && (words_in_name > 1 || !name.chars().next().is_some_and(char::is_uppercase))
    {
        return None;
    }
    let rest = &words[end..];
    end += rest.len() - rest.trim_start_matches([' ', '*', '_', '\t', ':']).len();
    Some((name.to_owned(), end))
}

/// `@li reviewing PR 482` among lines that open so: whose work it is, as it is told of them.
pub(super) fn handled(words: &str) -> Option<(&str, usize)> {
    let name = words.strip_prefix('@')?.split(' ').next()?;
    let behind = words.get(name.len() + 2..)?;
    let first = behind.split(' ').next()?;
    let verb = crate::lexicon::verb(first).is_some_and(|verb| {
        !verb.forms.base && (verb.forms.ing || verb.forms.third || verb.forms.past)
    });
    let told = verb || matches!(first, "still" | "on" | "today" | "off" | "sick");
    let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    (plain && told && first != "commented" && !CONTEXTS.holds(name))
        .then_some((name, name.len() + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_are_skipped() {
        assert_eq!(skip_stamp("[09:12] Lea: hi"), ("Lea: hi", true));
        assert_eq!(skip_stamp("09:12 – Lea: hi"), ("Lea: hi", true));
        assert_eq!(
            skip_stamp("10:30 call with Ben"),
            ("10:30 call with Ben", false)
        );
        assert_eq!(skip_stamp("[ ] buy milk"), ("[ ] buy milk", false));
    }

    #[test]
    fn names_before_colons() {
        assert_eq!(name_label("Lea: hi"), Some(("Lea".to_owned(), 5)));
        assert_eq!(
            name_label("**Lea Kern**: hi"),
            Some(("Lea Kern".to_owned(), 14))
        );
        assert_eq!(
            name_label("Lea (09:12): hi").map(|(name, _)| name),
            Some("Lea".to_owned())
        );
        assert_eq!(
            name_label("Kim – order pizza").map(|(name, _)| name),
            Some("Kim".to_owned())
        );
        assert_eq!(name_label("see https://x.y"), None);
        assert_eq!(name_label("we meet at 9, right?"), None);
    }
}
