//! Where a word or a mark of a text ends.

/// Whether a word begins with the character at `at`, and no mark.
pub(super) fn is_word_start(text: &str, at: usize, end: usize, c: char) -> bool {
    if c.is_alphanumeric() {
        return true;
    }
    let next = text[at + c.len_utf8()..end].chars().next();
    match c {
        '@' | '#' => next.is_some_and(char::is_alphanumeric),
        _ => false,
    }
}

/// End of the word at `at`: joiners count only between letters or digits.
pub(super) fn word_end(text: &str, at: usize, limit: usize) -> usize {
    let rest = &text[at..limit];
    let addressed = matches!(rest.as_bytes().first(), Some(b'h' | b'w'))
        && ["http://", "https://", "www."]
            .iter()
            .any(|scheme| rest.starts_with(scheme));
    if addressed {
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        return at
            + rest[..length]
                .trim_end_matches(['.', ',', ')', ';', '!', '?'])
                .len()
                .max(1);
    }
    // Plain letters up to a blank or a mark, as nearly all words are.
    let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if plain > 0 && parts(&rest.as_bytes()[plain..]) {
        return at + plain;
    }
    let mut chars = rest.char_indices().peekable();
    let mut end = 0;
    let mut last = ' ';
    while let Some((offset, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let joins = match c {
            '\'' | '’' | '_' | '&' | '@' => next.is_some_and(char::is_alphanumeric),
            '-' | '‑' | '/' => last.is_alphanumeric() && next.is_some_and(char::is_alphanumeric),
            '.' | ':' | ',' => {
                let digits = last.is_ascii_digit() && next.is_some_and(|n| n.is_ascii_digit());
                let dotted = c == '.'
                    && last.is_alphanumeric()
                    && next.is_some_and(|n| n.is_ascii_lowercase() || n.is_ascii_digit());
                digits || dotted
            }
            _ => c.is_alphanumeric() || is_combining(c),
        };
        if !(joins || offset == 0) {
            break;
        }
        end = offset + c.len_utf8();
        last = c;
    }
    at + end
}

/// Whether what stands behind plain letters is no part of their word, as can be told without looking at
/// the letters: no character but those of ASCII, and no mark that joins two words to one.
fn parts(behind: &[u8]) -> bool {
    match behind {
        [] => true,
        [
            b'\'' | b'_' | b'&' | b'@' | b'-' | b'/' | b'.' | b':' | b',',
            next @ ..,
        ] => {
            matches!(next.first(), None | Some(b' ' | b'\n'))
        }
        [mark, ..] => mark.is_ascii(),
    }
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}')
}

/// End of the mark at `at`: dots, dashes and exclamation marks run together.
pub(super) fn mark_end(text: &str, at: usize, limit: usize, c: char) -> usize {
    let rest = &text[at..limit];
    if rest.starts_with("->") || rest.starts_with("=>") || rest.starts_with(">>") {
        return at + 2;
    }
    if matches!(c, '.' | '!' | '?' | '-' | '…' | '~' | '=' | '*') {
        let run = rest.find(|other| other != c).unwrap_or(rest.len());
        return at + run;
    }
    at + c.len_utf8()
}
