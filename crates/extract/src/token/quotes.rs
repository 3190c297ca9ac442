//! Which words of a sentence are quoted.

use super::{Kind, Token, list};

/// Notes which tokens stand between double quotation marks.
pub(super) fn mark(tokens: &mut [Token]) {
    let mut open: Option<usize> = None;
    for index in 0..tokens.len() {
        if !tokens[index].is_mark() {
            continue;
        }
        let opens = tokens[index].any(list!["“", "„", "«"]);
        let closes = tokens[index].any(list!["”", "»"]);
        let either = tokens[index].is("\"");
        match open {
            Some(from) if closes || either || (opens && tokens[from].is("„")) => {
                for token in &mut tokens[from..=index] {
                    token.quoted = true;
                }
                open = None;
            }
            None if opens || either => open = Some(index),
            _ => {}
        }
    }
    mark_single(tokens);
    // What is quoted goes on in the next sentence.
    if let Some(from) = open
        && tokens[from].any(list!["“", "„", "\""])
        && tokens
            .get(from + 1)
            .is_some_and(|next| next.start == tokens[from].end && next.kind == Kind::Word)
    {
        for token in &mut tokens[from..] {
            token.quoted = true;
        }
    }
}

/// Notes which tokens stand between single quotation marks: the mark that opens stands off the word
/// before it, the one that closes hugs it.
fn mark_single(tokens: &mut [Token]) {
    let hugs = |tokens: &[Token], at: usize| at > 0 && tokens[at - 1].end == tokens[at].start;
    let mut at = 0;
    while at < tokens.len() {
        let opens = tokens[at].any(list!["'", "‘"])
            && !hugs(tokens, at)
            && tokens
                .get(at + 1)
                .is_some_and(|next| next.start == tokens[at].end && next.is_word());
        let closes = |end: &usize| {
            tokens[*end].any(list!["'", "’"])
                && hugs(tokens, *end)
                && tokens.get(end + 1).is_none_or(|next| {
                    next.start > tokens[*end].end || next.is_mark() && !next.any(list!["'", "‘"])
                })
        };
        // `'the boys' coats!'`: a plural's own mark closes nothing where a later one does.
        let close = (opens).then(|| {
            let ends = || (at + 2..tokens.len()).filter(closes);
            ends()
                .find(|end| tokens[end - 1].is_mark())
                .or_else(|| ends().next_back())
        });
        let Some(close) = close.flatten() else {
            at += 1;
            continue;
        };
        for token in &mut tokens[at..=close] {
            token.quoted = true;
        }
        at = close + 1;
    }
}
