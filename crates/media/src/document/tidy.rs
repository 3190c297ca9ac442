//! What every kind of document needs done to its text.

/// Cuts a text off at a line end within `most` bytes; whether it did.
pub(super) fn cut(text: &mut String, most: usize) -> bool {
    if text.len() <= most {
        return false;
    }
    let mut end = most;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if let Some(line) = text[..end].rfind('\n').filter(|line| *line > end / 2) {
        end = line;
    }
    text.truncate(end);
    true
}

/// Puts words together again that were divided at the end of a line, and writes ligatures as letters.
pub(super) fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines().map(str::trim_end).peekable();
    while let Some(line) = lines.next() {
        let start = lines.peek().and_then(|next| next.chars().next());
        if let Some(head) = divided(line, start) {
            push(&mut out, head);
        } else {
            push(&mut out, line);
            out.push('\n');
        }
    }
    out
}

/// The line without its dividing hyphen, if the next line goes on with the word.
fn divided(line: &str, next: Option<char>) -> Option<&str> {
    if !next.is_some_and(char::is_lowercase) {
        return None;
    }
    if let Some(head) = line.strip_suffix('\u{ad}') {
        return Some(head);
    }
    let head = line.strip_suffix(['-', '\u{2010}'])?;
    let word = head.rsplit(char::is_whitespace).next().unwrap_or(head);
    // "state-of-the-" has its hyphens for itself, and so has a range of numbers.
    let divides = word.chars().count() > 1 && word.chars().all(char::is_alphabetic);
    divides.then_some(head)
}

fn push(out: &mut String, line: &str) {
    for sign in line.chars() {
        match sign {
            '\u{fb00}' => out.push_str("ff"),
            '\u{fb01}' => out.push_str("fi"),
            '\u{fb02}' => out.push_str("fl"),
            '\u{fb03}' => out.push_str("ffi"),
            '\u{fb04}' => out.push_str("ffl"),
            '\u{ad}' | '\0' => {}
            sign => out.push(sign),
        }
    }
}

/// Trailing blanks taken off, and at most one empty line between lines.
pub(super) fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = true;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() && empty {
            continue;
        }
        empty = line.is_empty();
        for sign in line.chars() {
            match sign {
                // Boxes to be ticked, as lists of tasks are written elsewhere.
                '\u{2610}' => out.push_str("[ ]"),
                '\u{2611}' | '\u{2612}' => out.push_str("[x]"),
                sign => out.push(sign),
            }
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_joined_only_where_they_were_divided() {
        assert_eq!(joined("quar-\nterly report"), "quarterly report\n");
        assert_eq!(joined("state-of-\nthe-art"), "state-of-\nthe-art\n");
        assert_eq!(joined("Meyer-\nSchmidt"), "Meyer-\nSchmidt\n");
        assert_eq!(joined("pages 3-\nto 5"), "pages 3-\nto 5\n");
        assert_eq!(joined("- one\n- two\n-\nthree"), "- one\n- two\n-\nthree\n");
        assert_eq!(joined("soft\u{ad}\nly \u{fb01}ne"), "softly fine\n");
    }

    #[test]
    fn texts_are_cut_within_a_character_never() {
        let mut text = "äöü".to_owned();
        assert!(cut(&mut text, 3));
        assert_eq!(text, "ä");
        assert!(!cut(&mut text, 2));
    }
}
