//! Where one sentence ends and the next begins.

use std::ops::Range;

use crate::token::{List, list};

/// Words before a full stop that does not end a sentence.
const ABBREVIATIONS: List<'static> = list![
    "mr", "mrs", "ms", "dr", "prof", "st", "no", "nr", "vs", "etc", "e.g", "i.e", "eg", "ie",
    "approx", "ca", "cf", "fig", "inc", "ltd", "co", "jr", "sr", "dept", "est", "tel", "ext",
    "min", "max", "re", "jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct", "nov", "dec",
    "a.m", "p.m", "pp", "p", "ch", "chap", "vol", "sec", "ref", "incl", "bro", "sis", "rs", "mt",
    "ave", "rd", "blvd", "apt",
];

/// Words that open a sentence, and are no name: `compile section C. The rest can wait.`
const OPENERS: List<'static> = list![
    "i", "we", "you", "he", "she", "it", "they", "the", "this", "that", "these", "those", "there",
    "my", "our", "your", "his", "her", "their", "a", "an", "and", "but", "so", "then", "please",
    "could", "can", "would", "will", "once", "if", "when", "after", "before", "all", "both", "no",
    "not", "also", "as", "until", "in", "on", "at", "by", "for", "from", "who", "what", "where",
    "thanks",
];

/// Longest piece read as one sentence, in bytes.
const LONGEST: usize = 2000;

/// Cuts a block into sentences, without the white space around them.
pub(super) fn split(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    for part in parts(text, range) {
        cut(text, part, &mut sentences);
    }
    sentences
}

/// The parts of a row that is counted within its line: `Actions: (a) Jo prints them (b) Kim folds
/// them`, `1. strip the wall 2. sand it`; without such a row, the whole.
fn parts(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let body = &text[range.clone()];
    let cuts = if bracketed(body) {
        bracket_cuts(body)
    } else if counted(text, range.start) {
        number_cuts(body, 0)
    } else if let Some(at) = led(body) {
        // `Plan: 1. strip the wall 2. sand it`
        let first = at + LED.len();
        std::iter::once(at + 1..first)
            .chain(number_cuts(body, first))
            .collect()
    } else {
        Vec::new()
    };
    let mut start = range.start;
    let mut parts: Vec<Range<usize>> = cuts
        .into_iter()
        .map(|cut| std::mem::replace(&mut start, range.start + cut.end)..range.start + cut.start)
        .collect();
    parts.push(start..range.end);
    parts
}

/// Where the letters or numbers in brackets stand.
fn bracket_cuts(body: &str) -> Vec<Range<usize>> {
    body.match_indices('(')
        .filter(|(at, _)| marker(body, *at))
        .map(|(at, _)| at..at + body[at..].find(')').map_or(1, |close| close + 1))
        .collect()
}

/// Where the numbers of a row stand, from the 2 behind its first entry on.
fn number_cuts(body: &str, first: usize) -> Vec<Range<usize>> {
    let mut cuts: Vec<Range<usize>> = Vec::new();
    let mut number = b'2';
    for (at, _) in body.match_indices('.').filter(|(at, _)| *at >= first) {
        let start = cuts.last().map_or(first, |cut| cut.end);
        // `a bigger room 2. Print them 3. …`: where the row goes on, no word makes the number its own.
        let goes_on = || {
            let near = &body[at..body.floor_char_boundary(at + NEXT)];
            near.contains(&format!(" {}. ", char::from(number + 1)))
        };
        if counts(&body[start..at], number, goes_on) && body[at + 1..].starts_with(' ') {
            cuts.push(at - 1..at + 1);
            number += 1;
        }
    }
    cuts
}

/// Cuts what holds no counted row.
fn cut(text: &str, range: Range<usize>, sentences: &mut Vec<Range<usize>>) {
    let body = &text[range.clone()];
    let mut start = 0;
    let mut depth = 0_usize;
    let mut opened = 0;
    // Where the last letter or digit stands.
    let mut letter = None;
    let mut chars = body.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let plain = c.is_alphanumeric();
        if plain {
            letter = Some(at);
        }
        match c {
            '(' | '[' => {
                depth += 1;
                opened = at;
            }
            ')' | ']' if depth > 0 => {
                depth -= 1;
                continue;
            }
            _ => {}
        }
        // A bracket that is never closed must not swallow the rest of the text.
        if depth > 0 && at - opened > 200 {
            depth = 0;
        }
        if plain || c == ' ' {
            continue;
        }
        if depth == 0 && (c == ';' || c == ')' && enumerates(&body[start..at])) {
            let end = if c == ';' {
                at
            } else {
                at - marker_length(&body[start..at])
            };
            push(sentences, text, range.start + start..range.start + end);
            start = if c == ';' { at + 1 } else { end };
            continue;
        }
        if depth == 0 && c == ',' && today_follows(&body[end_of(at, c)..]) {
            push(sentences, text, range.start + start..range.start + at);
            start = at + 1;
            continue;
        }
        // `!!! epi-pens: collect`: a mark before any word ends nothing.
        let said = letter.is_some_and(|letter| letter >= start);
        if !matches!(c, '.' | '!' | '?' | '…') || depth > 0 || !said {
            continue;
        }
        // Dots that lead from a thing to its date.
        if body[at..].starts_with("....") {
            while chars.peek().is_some_and(|(_, next)| *next == '.') {
                chars.next();
            }
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((next, mark)) = chars.peek().copied() {
            if !matches!(
                mark,
                '.' | '!' | '?' | '…' | '"' | '”' | '\'' | '’' | ')' | '*'
            ) {
                break;
            }
            end = next + mark.len_utf8();
            chars.next();
        }
        // `Sitemap approval ....... board ....... 10 Feb`: dots that lead to the next column.
        if end - at >= 3 && c == '.' && leads(&body[end..]) {
            continue;
        }
        // `veal stock 8 l ... Marco`: dots with a gap on both sides, and one word behind them.
        if end - at >= 3 && c == '.' && body[..at].ends_with(' ') && names(&body[end..]) {
            continue;
        }
        let spaced = body[end..].chars().next().is_none_or(char::is_whitespace);
        if spaced && !(c == '.' && is_abbreviation(&body[start..at], &body[end..])) {
            push(sentences, text, range.start + start..range.start + end);
            start = end;
        }
    }
    push(sentences, text, range.start + start..range.end);
}

/// Whether something goes on in the line behind a row of dots.
fn leads(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or_default();
    rest.starts_with(' ') && line.contains("...")
        || line.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// One capitalised word, and at most another one, to the end of the line.
fn names(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or_default();
    let mut words = line.split_whitespace();
    line.starts_with(' ')
        && words
            .next()
            .is_some_and(|word| word.starts_with(char::is_uppercase))
        && words.count() <= 1
}

fn end_of(at: usize, c: char) -> usize {
    at + c.len_utf8()
}

/// `yesterday: …, today: …`
fn today_follows(rest: &str) -> bool {
    let rest = rest.trim_start();
    ["today:", "today -", "today –", "tdy:", "tdy -", "t:"]
        .iter()
        .any(|label| {
            rest.get(..label.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(label))
        })
}

/// Whether a single letter or number in brackets stands at `at`, with its words behind it.
fn marker(body: &str, at: usize) -> bool {
    let inner = &body[at + 1..];
    let length = (inner.bytes().take(3))
        .position(|byte| byte == b')')
        .unwrap_or(usize::MAX);
    let apart = at == 0 || body[..at].ends_with([' ', '\n']);
    (1..=2).contains(&length)
        && apart
        && (inner.as_bytes()[..length].iter().all(u8::is_ascii_digit)
            || length == 1 && matches!(inner.as_bytes()[0], b'a'..=b'h'))
        && inner[length + 1..].starts_with(' ')
}

/// Whether several of what is said are counted so: `(a) … (b) …`.
fn bracketed(body: &str) -> bool {
    // `ask Dr. Lin: (1) … (2) …`: one deed.
    if body
        .get(..4)
        .is_some_and(|first| first.eq_ignore_ascii_case("ask "))
    {
        return false;
    }
    let mut markers = body.match_indices('(').filter(|(at, _)| marker(body, *at));
    let first = markers.next();
    first.is_some_and(|(at, _)| matches!(body.as_bytes()[at + 1], b'1' | b'a'))
        && markers.next().is_some()
}

/// Whether the block is the first of a numbered row: `1. strip the wall 2. …`.
fn counted(text: &str, start: usize) -> bool {
    let one = text[..start].trim_end().strip_suffix("1.");
    one.is_some_and(|one| one.chars().next_back().is_none_or(char::is_whitespace))
}

/// Where a numbered row opens behind a label.
fn led(body: &str) -> Option<usize> {
    // Few have one, which is told sooner than where it is.
    let at = body.contains(LED).then(|| body.find(LED)).flatten();
    at.filter(|at| body[*at..].contains(" 2. "))
}

/// Bytes within which the next number of a row stands.
const NEXT: usize = 300;

/// What opens a numbered row behind a label.
const LED: &str = ": 1. ";

/// Whether the words end in that number, alone.
fn counts(before: &str, number: u8, goes_on: impl Fn() -> bool) -> bool {
    let Some(words) = before
        .strip_suffix(char::from(number))
        .filter(|words| words.ends_with([' ', '\n']))
    else {
        return false;
    };
    let owned = matches!(
        words.split_whitespace().next_back().unwrap_or_default(),
        "at" | "by" | "of" | "no" | "to" | "on" | "page" | "room" | "and" | "step" | "for"
    );
    !owned || goes_on()
}

/// `1) …, 2) …`: a bracket that closes a number or a letter without having been opened.
fn enumerates(before: &str) -> bool {
    let length = marker_length(before);
    length > 0 && before[..before.len() - length].ends_with([' ', '\n'])
}

/// Length of the number or letter at the end, in bytes.
fn marker_length(before: &str) -> usize {
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let letter = before
        .bytes()
        .next_back()
        .is_some_and(|b| matches!(b, b'a'..=b'h'));
    match digits {
        1 | 2 => digits,
        0 => usize::from(letter),
        _ => 0,
    }
}

fn push(sentences: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let words = &text[range.clone()];
    let start = range.start + words.len() - words.trim_start().len();
    let end = range.start + words.trim_end().len();
    // What nobody would call a sentence is read in pieces, so that its length cannot matter.
    let mut from = start;
    while end - from.min(end) > LONGEST {
        let limit = (from..=from + LONGEST)
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(end);
        let cut = text[from..limit]
            .rfind(char::is_whitespace)
            .map_or(limit, |at| from + at);
        let cut = if cut == from { limit } else { cut };
        sentences.push(from..cut);
        let rest = &text[cut..end];
        from = cut + rest.len() - rest.trim_start().len();
    }
    if from < end {
        sentences.push(from..end);
    }
}

fn is_abbreviation(before: &str, after: &str) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()
        .unwrap_or_default();
    let lower = crate::words::lower(word);
    let goes_on = after.trim_start().starts_with(|c: char| !c.is_uppercase());
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
    // `12. Mai`, `No. 5` and list numbers go on; at the end of the text nothing does.
    let title = matches!(
        &*lower,
        "mr" | "mrs"
            | "ms"
            | "dr"
            | "prof"
            | "st"
            | "bro"
            | "sis"
            | "rev"
            | "fr"
            | "sgt"
            | "capt"
            | "cllr"
            | "lt"
            | "sr"
            | "sra"
            | "col"
            | "cpl"
            | "insp"
            | "supt"
    );
    if after.trim().is_empty() {
        return false;
    }
    // `vendor A. Contract to be signed`: no initial of a name.
    let lettered = || {
        before[..before.len() - word.len()]
            .split_whitespace()
            .next_back()
            .is_some_and(|before| {
                before.chars().all(char::is_lowercase)
                    && !matches!(
                        before,
                        "with"
                            | "from"
                            | "to"
                            | "by"
                            | "and"
                            | "for"
                            | "ask"
                            | "call"
                            | "email"
                            | "tell"
                            | "of"
                            | "at"
                            | "about"
                            | "see"
                            | "meet"
                            | "is"
                            | "via"
                    )
            })
            && after.split_whitespace().next().is_some_and(|next| {
                let lower = next.to_lowercase();
                crate::lexicon::verb(&lower).is_some()
                    || crate::area::knows(&lower)
                    || crate::lexicon::is_first_name(&lower)
                    || OPENERS.holds(lower.as_str())
            })
    };
    let initial = initial && !lettered();
    // `by 15.12. which size you want`: a day and a month.
    let dated = word.split_once('.').is_some_and(|(day, month)| {
        [day, month]
            .iter()
            .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
    });
    if dated && after.trim_start().starts_with(char::is_lowercase) {
        return true;
    }
    initial || title || (ABBREVIATIONS.holds(&lower) && goes_on)
}

#[cfg(test)]
mod tests {
    use super::split;

    fn sentences(text: &str) -> Vec<&str> {
        split(text, 0..text.len())
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn what_is_counted_within_a_line_is_cut() {
        assert_eq!(
            sentences("Actions: (a) Jo prints the flyers (b) Kim folds them (both by May)"),
            [
                "Actions:",
                "Jo prints the flyers",
                "Kim folds them (both by May)"
            ]
        );
        let text = "1. strip the wall 2. sand it at 3. Then rest";
        let cut: Vec<&str> = split(text, 3..text.len())
            .into_iter()
            .map(|range| &text[range])
            .collect();
        assert_eq!(cut, ["strip the wall", "sand it at 3.", "Then rest"]);
        assert_eq!(sentences("See (a) below."), ["See (a) below."]);
    }

    #[test]
    fn full_stops_end_sentences_only_where_they_do() {
        assert_eq!(
            sentences("Call Dr. Meyer at 3 p.m. today. Pay 3.50 to Ann! ok? perfect. bye"),
            [
                "Call Dr. Meyer at 3 p.m. today.",
                "Pay 3.50 to Ann!",
                "ok?",
                "perfect.",
                "bye"
            ]
        );
        assert_eq!(
            sentences("Ask J. Smith (he knows. really) now... Then go."),
            ["Ask J. Smith (he knows. really) now...", "Then go."]
        );
    }
}
