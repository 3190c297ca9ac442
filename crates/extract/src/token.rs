//! Words and punctuation of a text, each with the bytes it stands in.
//!
//! Contractions are cut (`I'll` is `I` and `'ll`), digits that a scan put in place of letters are
//! read as letters, and everything is lower-cased once. Quotes are always taken from the text itself.

mod contraction;
mod extent;
mod list;
mod quotes;
mod repair;
mod slip;

use std::ops::Range;

use crate::lexicon::{self, Class, Classes, Known, Verb};
use crate::quiet::Kinds;
use extent::{is_word_start, mark_end, word_end};
pub(crate) use list::{Entries, List, bit, bit_of, key, list, slots, table};
use slip::Typed;
pub(crate) use slip::forms as typed_forms;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, perhaps with digits, hyphens or dots inside.
    Word,
    /// Digits.
    Number,
    /// A mark that separates.
    Punctuation,
    /// Anything else: emoji, currency signs.
    Symbol,
}

/// Why a token is not part of the action's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mask {
    /// It is.
    None,
    /// Part of the date with this index.
    Date(usize),
    /// A sound of hesitation or a word that carries nothing.
    Filler,
    /// Says how urgent it is.
    Priority,
    /// Says who does it.
    Person,
}

/// One word or mark.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four facts about a token that do not exclude each other"
)]
pub(crate) struct Token {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// As compared: lower case, plain apostrophes, repaired.
    pub lower: String,
    /// As written in a summary, where a scan had it wrong.
    pub repaired: Option<String>,
    /// What it is made of.
    pub kind: Kind,
    /// Read as a verb.
    pub verb: Option<Verb>,
    /// Starts with a capital letter.
    pub capital: bool,
    /// Has more than one letter, all of them capitals.
    pub upper: bool,
    /// Whether it counts among the action's words.
    pub mask: Mask,
    /// Stands between quotation marks.
    pub quoted: bool,
    /// Spelt as one does in a hurry.
    pub(crate) hurried: bool,
    /// The lists of the lexicon that it is on.
    pub(crate) classes: Classes,
    /// The kinds of text that it tells of.
    pub(crate) kinds: Kinds,
    /// The bit of `lower` in a [`List`].
    bit: u64,
    /// The key of `lower` in a [`List`].
    key: u32,
}

impl Token {
    pub(crate) fn is(&self, word: &str) -> bool {
        self.lower == word
    }

    #[inline]
    pub(crate) fn any(&self, words: List<'_>) -> bool {
        self.bit & words.bits() != 0 && self.among(words.entries())
    }

    /// Whether it is one of the words of a list, which its bit did not rule out.
    pub(crate) fn among(&self, entries: &Entries<'_>) -> bool {
        entries.have(&self.lower, self.key)
    }

    /// Its bit in the lists of words.
    pub(crate) fn bit(&self) -> u64 {
        self.bit
    }

    /// Whether it belongs to a day or an hour that was found.
    pub(crate) fn is_dated(&self) -> bool {
        matches!(self.mask, Mask::Date(_))
    }

    /// Whether the word is a first name on the list.
    pub(crate) fn is_first_name(&self) -> bool {
        self.classes.has(Class::FirstName)
    }

    /// Whether the word is a role or a group.
    pub(crate) fn is_role(&self) -> bool {
        self.classes.has(Class::Role)
    }

    /// A word of small letters.
    fn new(bytes: Range<usize>, lower: String, known: Known) -> Self {
        Self {
            start: bytes.start,
            end: bytes.end,
            bit: list::bit(&lower),
            key: list::key(&lower),
            lower,
            repaired: None,
            kind: Kind::Word,
            verb: known.verb,
            capital: false,
            upper: false,
            mask: Mask::None,
            quoted: false,
            hurried: false,
            classes: known.classes,
            kinds: known.kinds,
        }
    }

    /// Reads the token as another word.
    fn reword(&mut self, word: &str) {
        let known = lexicon::known(word);
        word.clone_into(&mut self.lower);
        self.bit = list::bit(word);
        self.key = list::key(word);
        self.verb = known.verb;
        self.classes = known.classes;
        self.kinds = known.kinds;
    }

    pub(crate) fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number)
    }

    pub(crate) fn is_mark(&self) -> bool {
        self.kind == Kind::Punctuation
    }

    /// A dash that stands for a pause.
    pub(crate) fn is_dash(&self) -> bool {
        self.any(list!["-", "–", "—", "--", "=", "·"])
            || self.is_arrow()
            || self.lower.starts_with("....")
    }

    /// A sign that points at what follows it.
    pub(crate) fn is_arrow(&self) -> bool {
        self.any(list![
            "->", "→", "=>", ">>", "➡", "➡️", "➜", "⇒", "▸", "-->"
        ])
    }

    /// The word as a summary writes it.
    pub(crate) fn shown<'a>(&'a self, text: &'a str) -> &'a str {
        match &self.repaired {
            Some(word) => word,
            None => &text[self.start..self.end],
        }
    }
}

/// Cuts `text[range]` into tokens.
pub(crate) fn tokenize(text: &str, range: Range<usize>) -> Vec<Token> {
    // A word and its blank take about five bytes.
    let mut tokens = Vec::with_capacity(range.len() / 5 + 2);
    let mut at = range.start;
    while let Some(byte) = text.as_bytes()[..range.end].get(at) {
        // What parts most words.
        if *byte == b' ' {
            at += 1;
            continue;
        }
        let end = if byte.is_ascii_alphanumeric() {
            word_end(text, at, range.end)
        } else {
            let Some(c) = text[at..range.end].chars().next() else {
                break;
            };
            if c.is_whitespace() {
                at += c.len_utf8();
                continue;
            }
            if is_word_start(text, at, range.end, c) {
                word_end(text, at, range.end)
            } else {
                mark_end(text, at, range.end, c)
            }
        };
        push(&mut tokens, text, at..end);
        at = end;
        // `carryin' it`: the mark is a part of the word.
        if let Some(last) = tokens.last_mut()
            && let Some(word) = &last.repaired
            && word.ends_with("ing")
            && let Some(mark @ ('\'' | '’')) = text[at..range.end].chars().next()
        {
            at += mark.len_utf8();
            last.end = at;
        }
    }
    contraction::in_context(&mut tokens);
    slip::mend(&mut tokens);
    quotes::mark(&mut tokens);
    tokens
}

/// Adds the word or mark in `range`, cut where it is a contraction.
fn push(tokens: &mut Vec<Token>, text: &str, range: Range<usize>) {
    let raw = &text[range.clone()];
    // Small letters alone, as most words are.
    let plain = raw.bytes().all(|byte| byte.is_ascii_lowercase());
    if plain && contraction::cut(raw).is_none() {
        let known = lexicon::known(raw);
        if let (None, hurried) = slip::meant(raw, raw, known) {
            let word = Token::new(range, raw.to_owned(), known);
            tokens.push(Token { hurried, ..word });
            return;
        }
    }
    let first = raw.chars().next().unwrap_or(' ');
    let kind = if plain {
        Kind::Word
    } else {
        kind_of(raw, first)
    };
    let mut lower = if plain { raw.to_owned() } else { lower_of(raw) };
    if kind == Kind::Word
        && let Some((cut, tail)) = contraction::cut(&lower)
        && text.is_char_boundary(range.start + byte_of(raw, cut))
    {
        let middle = range.start + byte_of(raw, cut);
        lower.truncate(cut);
        let word = Token {
            capital: first.is_uppercase(),
            ..uncontracted(range.start..middle, lower)
        };
        tokens.extend([word, tail_of(middle..range.end, tail)]);
        return;
    }
    let mut repaired = if kind == Kind::Word && !plain {
        repair::letters_for_digits(raw)
    } else {
        None
    };
    if let Some(word) = &repaired {
        lower = word.to_lowercase();
    }
    let mut hurried = repaired.is_some();
    let mut known = lexicon::known(&lower);
    let (word, hasty) = slip::meant(&lower, raw, known);
    hurried |= hasty;
    if let Some(word) = word {
        known = lexicon::known(&word);
        lower.clone_from(&word);
        repaired = Some(word);
    }
    tokens.push(Token {
        verb: known.verb.filter(|_| kind == Kind::Word),
        repaired,
        kind,
        capital: first.is_uppercase(),
        upper: !plain
            && raw.chars().all(|c| !c.is_lowercase())
            && raw.chars().filter(|c| c.is_alphabetic()).count() > 1,
        hurried,
        ..Token::new(range, lower, known)
    });
}

/// The word of a contracted form: `ca` of `can't` is `can`.
fn uncontracted(bytes: Range<usize>, lower: String) -> Token {
    let lower = match lower.as_str() {
        "ca" => "can".to_owned(),
        "wo" => "will".to_owned(),
        _ => lower,
    };
    let known = lexicon::known(&lower);
    Token {
        hurried: slip::typed(&lower, known) == Some(Typed::Hurried),
        ..Token::new(bytes, lower, known)
    }
}

/// The end of a contracted form, which is no verb: `n't`, `'ll`.
fn tail_of(bytes: Range<usize>, tail: &str) -> Token {
    let known = lexicon::known(tail);
    Token {
        verb: None,
        hurried: slip::typed(tail, known) == Some(Typed::Hurried),
        ..Token::new(bytes, tail.to_owned(), known)
    }
}

/// As compared: in lower case, with plain apostrophes and without soft hyphens.
fn lower_of(raw: &str) -> String {
    if raw.is_ascii() {
        return raw.to_ascii_lowercase();
    }
    let mut lower = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '\u{ad}' => {}
            '’' => lower.push('\''),
            other => lower.extend(other.to_lowercase()),
        }
    }
    lower
}

/// Byte in `raw` of the byte `cut` in its lower-cased form, from the end: the tails are short and
/// differ only in their apostrophe.
fn byte_of(raw: &str, cut: usize) -> usize {
    let mut lowered = 0;
    for (offset, c) in raw.char_indices() {
        if lowered >= cut {
            return offset;
        }
        lowered += if c == '’' {
            1
        } else {
            c.to_lowercase().map(char::len_utf8).sum()
        };
    }
    raw.len()
}

fn kind_of(raw: &str, first: char) -> Kind {
    if raw.chars().any(char::is_alphabetic) {
        Kind::Word
    } else if raw.chars().any(char::is_numeric) {
        Kind::Number
    } else if matches!(
        first,
        ',' | '.'
            | ';'
            | ':'
            | '!'
            | '?'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '"'
            | '“'
            | '”'
            | '„'
            | '«'
            | '»'
            | '–'
            | '—'
            | '-'
            | '|'
            | '*'
            | '`'
            | '…'
            | '/'
            | '→'
            | '='
            | '~'
            | '>'
            | '<'
            | '\''
            | '‘'
            | '’'
            | '•'
            | '·'
            | '_'
    ) {
        Kind::Punctuation
    } else {
        Kind::Symbol
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokenize(text, 0..text.len())
            .into_iter()
            .map(|token| token.lower)
            .collect()
    }

    #[test]
    fn contractions_are_cut() {
        assert_eq!(
            words("I'll, don’t can't"),
            ["i", "'ll", ",", "do", "n't", "can", "n't"]
        );
    }

    #[test]
    fn numbers_names_and_addresses_stay_whole() {
        assert_eq!(
            words("v1.2 at 12:30 follow-up 13/11 @kim node.js, done."),
            [
                "v1.2",
                "at",
                "12:30",
                "follow-up",
                "13/11",
                "@kim",
                "node.js",
                ",",
                "done",
                "."
            ]
        );
    }

    #[test]
    fn ranges_quote_the_text() {
        let text = "Lukas’ sw1tches — Ümit’s “r00m”";
        for token in tokenize(text, 0..text.len()) {
            assert!(!text[token.start..token.end].is_empty());
        }
    }

    #[test]
    fn quotation_marks_cover_their_words() {
        let tokens = tokenize("say \"send it\" now", 0..17);
        assert_eq!(tokens.iter().filter(|token| token.quoted).count(), 4);
    }

    #[test]
    fn single_quotation_marks_cover_their_words() {
        let quoted = |text: &str| {
            let tokens = tokenize(text, 0..text.len());
            tokens.iter().filter(|token| token.quoted).count()
        };
        assert_eq!(quoted("she said 'take two!' and left"), 5);
        assert_eq!(quoted("the boys' coats and the girls' hats"), 0);
        assert_eq!(quoted("don't forget Jo's keys"), 0);
    }
}
