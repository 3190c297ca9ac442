//! Text to tokens: words with their meaning, numbers, ordinals, complete time stamps, and marks.
//!
//! One pass, every character looked at a bounded number of times. Digits and letters that touch are
//! split only where the letters are known to the grammar (`3pm`, `2h`, `3rd`, `Q3`); `sw1tch` and
//! `v2` stay whole and mean nothing.

use super::foreign;
use super::stamp::{self, Stamp};
use super::words::{self, Word};

/// What kind of thing a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// Digits alone.
    Number { value: u32, digits: u8 },
    /// `3rd`.
    Ordinal(i8),
    /// A complete ISO 8601 date or date and time, by its place in [`Lexed::stamps`].
    Stamp(usize),
    /// Letters and digits that mean nothing together.
    Mixed,
    /// One character that is none of these.
    Mark(char),
    /// The end of a line that also ends the sentence or item.
    Break,
}

/// A token and where it stands.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four facts about a token that do not exclude each other"
)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) word: Word,
    /// In bytes.
    pub(super) start: usize,
    /// In bytes, exclusive.
    pub(super) end: usize,
    /// In Unicode scalar values.
    pub(super) char_start: usize,
    /// In Unicode scalar values, exclusive.
    pub(super) char_end: usize,
    low: (usize, usize),
    /// White space (or the start of the text) stands before it.
    pub(super) spaced: bool,
    /// A hyphen joins it to the word before.
    pub(super) hyphen: bool,
    /// Begins with a capital letter.
    pub(super) capital: bool,
    /// Had an `'s`.
    pub(super) possessive: bool,
}

/// A text cut into tokens.
#[derive(Debug)]
pub(super) struct Lexed<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: Vec<Token>,
    pub(super) stamps: Vec<Stamp>,
    /// Another date of the text can only be read with its day in front: `18/1`.
    pub(super) day_first: bool,
    folded: String,
}

impl<'t> Lexed<'t> {
    /// Cuts `text` into tokens.
    pub(super) fn new(text: &'t str) -> Self {
        let mut lexer = Lexer {
            out: Self {
                text,
                tokens: Vec::with_capacity(text.len() / 5 + 4),
                stamps: Vec::new(),
                day_first: false,
                folded: String::with_capacity(text.len()),
            },
            at: 0,
            chars: 0,
            line: 0,
            spaced: true,
            hyphen: false,
            foreign: false,
            low: String::with_capacity(16),
        };
        lexer.run();
        if lexer.foreign {
            let Lexed { tokens, folded, .. } = &mut lexer.out;
            foreign::settle(tokens, |token| {
                folded.get(token.low.0..token.low.1).unwrap_or("")
            });
        }
        lexer.out.day_first = lexer.out.has_day_first();
        lexer.out
    }

    fn has_day_first(&self) -> bool {
        let mut pairs = self.tokens.windows(3).filter_map(|row| {
            let slash = row[1].kind == Kind::Mark('/') && !row[1].spaced && !row[2].spaced;
            match (row[0].kind, row[2].kind) {
                (Kind::Number { value: a, .. }, Kind::Number { value: b, .. }) if slash => {
                    Some((a, b))
                }
                _ => None,
            }
        });
        let days = 13..=31;
        let mut told = false;
        pairs.all(|(a, b)| {
            told |= days.contains(&a) && (1..=12).contains(&b) && (a, b) != (24, 7);
            !(days.contains(&b) && (1..=12).contains(&a))
        }) && told
    }

    /// The token's text in lower case, without a final `'s`.
    pub(super) fn low(&self, token: &Token) -> &str {
        self.folded.get(token.low.0..token.low.1).unwrap_or("")
    }
}

struct Lexer<'t> {
    out: Lexed<'t>,
    at: usize,
    chars: usize,
    /// Characters before the line.
    line: usize,
    spaced: bool,
    hyphen: bool,
    /// A word perhaps of another language was met.
    foreign: bool,
    /// Holds one run of letters after the other.
    low: String,
}

/// A line that is broken only because it is full has at least this many characters.
const FULL_LINE: usize = 40;

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.out.text.get(self.at..).unwrap_or("")
    }

    fn run(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            if c == '\n' {
                self.line_end();
            } else if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' {
                self.skip(c);
                self.spaced = true;
            } else if c.is_ascii_digit() && self.stamp() {
            } else if c.is_alphanumeric() {
                self.run_of_letters();
            } else if c == '-' && !self.spaced && self.between_letters() {
                self.skip(c);
                self.hyphen = true;
            } else {
                let end = self.at + c.len_utf8();
                self.push(Kind::Mark(c), Word::Plain, end, 1, "");
            }
        }
    }

    fn skip(&mut self, c: char) {
        self.at += c.len_utf8();
        self.chars += 1;
    }

    /// A line break ends an item unless the line is full and the next one goes on in lower case.
    fn line_end(&mut self) {
        let full = self.chars - self.line >= FULL_LINE;
        let (mut blank, mut next) = (false, None);
        // Bounded: a run of line breaks is looked at from each of them.
        for c in self.rest().chars().skip(1).take(40) {
            blank |= c == '\n';
            if !c.is_whitespace() {
                next = Some(c);
                break;
            }
        }
        let goes_on = full && next.is_some_and(char::is_lowercase) && !self.speaks();
        self.line = self.chars + 1;
        if blank || !goes_on {
            let end = self.at + 1;
            self.push(Kind::Break, Word::Plain, end, 1, "");
        } else {
            self.skip('\n');
        }
        self.spaced = true;
    }

    /// Whether the next line begins with a name and a colon.
    fn speaks(&self) -> bool {
        self.rest()
            .chars()
            .skip(1)
            .take(24)
            .take_while(|c| *c != '\n')
            .any(|c| c == ':')
    }

    fn between_letters(&self) -> bool {
        let next = self.rest().chars().nth(1);
        let previous = self.out.tokens.last().map(|t| t.kind);
        previous == Some(Kind::Word) && next.is_some_and(char::is_alphabetic)
    }

    fn push(&mut self, kind: Kind, word: Word, end: usize, chars: usize, low: &str) {
        let possessive = low.ends_with("'s") && low.len() > 2;
        let stem = if possessive {
            &low[..low.len() - 2]
        } else {
            low
        };
        let from = self.out.folded.len();
        self.out.folded.push_str(stem);
        self.foreign |= matches!(word, Word::Foreign);
        let capital = self.rest().chars().next().is_some_and(char::is_uppercase);
        self.out.tokens.push(Token {
            kind,
            word,
            start: self.at,
            end,
            char_start: self.chars,
            char_end: self.chars + chars,
            low: (from, self.out.folded.len()),
            spaced: self.spaced,
            hyphen: self.hyphen,
            capital,
            possessive,
        });
        self.at = end;
        self.chars += chars;
        self.spaced = false;
        self.hyphen = false;
    }

    /// Takes an ISO 8601 date or time stamp when one begins here.
    fn stamp(&mut self) -> bool {
        let glued = !self.spaced
            && self.out.tokens.last().is_some_and(|t| {
                !matches!(
                    t.kind,
                    Kind::Mark(
                        '(' | '['
                            | ':'
                            | '"'
                            | '\''
                            | '“'
                            | '@'
                            | ','
                            | ';'
                            | '|'
                            | '='
                            | '<'
                            | '~'
                            | '–'
                            | '—'
                    )
                )
            });
        if glued {
            return false;
        }
        let Some((stamp, length)) = stamp::parse(self.rest()) else {
            return false;
        };
        let index = self.out.stamps.len();
        self.out.stamps.push(stamp);
        // A stamp is ASCII: bytes are characters.
        self.push(
            Kind::Stamp(index),
            Word::Plain,
            self.at + length,
            length,
            "",
        );
        true
    }

    /// “over the w/e”, but not `w/e 14 June`, the week that ends then.
    fn short_weekend(&mut self) -> bool {
        const SPELLING: &str = "w/e";
        let rest = self.rest();
        let short = rest
            .get(..SPELLING.len())
            .is_some_and(|run| run.eq_ignore_ascii_case(SPELLING))
            && !rest[SPELLING.len()..].starts_with(char::is_alphanumeric);
        let led = self
            .out
            .tokens
            .last()
            .is_some_and(|token| matches!(token.word, Word::The | Word::This | Word::Next));
        if short && led {
            let word = Word::Unit(words::Unit::Weekend);
            self.push(
                Kind::Word,
                word,
                self.at + SPELLING.len(),
                SPELLING.len(),
                "weekend",
            );
        }
        short && led
    }

    fn run_of_letters(&mut self) {
        if self.rest().starts_with(['w', 'W']) && self.short_weekend() {
            return;
        }
        let mut low = std::mem::take(&mut self.low);
        let (length, chars) = self.measure(&mut low);
        self.take_run(&low, length, chars);
        self.low = low;
    }

    /// Takes a run of letters and digits, `low` in lower case.
    fn take_run(&mut self, low: &str, length: usize, chars: usize) {
        let digits = low.bytes().take_while(u8::is_ascii_digit).count();
        if digits == low.len() {
            self.number(low, length);
        } else if !low.bytes().any(|b| b.is_ascii_digit()) {
            let stem = low.strip_suffix("'s").filter(|s| !s.is_empty());
            let word = match (words::meaning(low), stem) {
                (Word::Plain, Some(stem)) => words::meaning(stem),
                (word, _) => word,
            };
            self.push(Kind::Word, word, self.at + length, chars, low);
        } else if words::meaning(low) != Word::Plain {
            let word = words::meaning(low);
            self.push(Kind::Word, word, self.at + length, chars, low);
        } else if let Some(ordinal) = ordinal(low, digits) {
            self.push(
                Kind::Ordinal(ordinal),
                Word::Plain,
                self.at + length,
                chars,
                low,
            );
        } else if low.is_ascii() && splits(low) {
            self.split(low);
        } else if let Some(word) = misread(low) {
            self.push(Kind::Word, word, self.at + length, chars, low);
        } else {
            self.push(Kind::Mixed, Word::Plain, self.at + length, chars, low);
        }
    }

    /// Bytes and characters of the run of letters and digits that begins here; `low` takes its lower
    /// case.
    fn measure(&self, low: &mut String) -> (usize, usize) {
        let rest = self.rest();
        low.clear();
        // Plain letters and digits, as nearly all runs are.
        let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        low.push_str(&rest[..plain]);
        low.make_ascii_lowercase();
        let (mut length, mut chars) = (plain, plain);
        let mut all = rest[plain..].chars().peekable();
        while let Some(c) = all.next() {
            let apostrophe =
                matches!(c, '\'' | '’') && all.peek().is_some_and(|n| n.is_alphabetic());
            if !(c.is_alphanumeric() || apostrophe || is_joiner(c)) {
                break;
            }
            length += c.len_utf8();
            chars += 1;
            if apostrophe {
                low.push('\'');
            } else {
                low.extend(c.to_lowercase());
            }
        }
        if let Some(dotted) = dotted_meridiem(rest, low, length) {
            length = dotted;
            chars = dotted;
            low.clear();
            low.push_str(&rest[..dotted]);
            low.make_ascii_lowercase();
        }
        (length, chars)
    }

    fn number(&mut self, low: &str, length: usize) {
        let digits = u8::try_from(low.len()).unwrap_or(u8::MAX);
        let kind = match low.parse::<u32>() {
            Ok(value) if digits <= 9 => Kind::Number { value, digits },
            _ => Kind::Mixed,
        };
        self.push(kind, Word::Plain, self.at + length, low.len(), low);
    }

    /// Pushes `2h30m` as its numbers and words.
    fn split(&mut self, low: &str) {
        for piece in pieces(low) {
            if piece.as_bytes().first().is_some_and(u8::is_ascii_digit) {
                self.number(piece, piece.len());
            } else {
                let word = suffix_meaning(piece);
                self.push(Kind::Word, word, self.at + piece.len(), piece.len(), piece);
            }
        }
    }
}

/// A day read from a picture with a digit for a letter: `m0n`, `Fr1`, `t0morrow`.
fn misread(low: &str) -> Option<Word> {
    if !low.is_ascii() || !(3..=10).contains(&low.len()) {
        return None;
    }
    ['i', 'l'].into_iter().find_map(|one| {
        let meant: String = low
            .chars()
            .map(|c| match c {
                '0' => 'o',
                '1' => one,
                '5' => 's',
                c => c,
            })
            .collect();
        let word = words::meaning(&meant);
        let day = matches!(
            word,
            Word::Weekday(_) | Word::Today | Word::Tomorrow | Word::Tonight | Word::Month(_)
        );
        day.then_some(word)
    })
}

fn is_joiner(c: char) -> bool {
    // Combining marks: part of the letter before them.
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Length of `a.m.` or `p.m.` (with digits before it), when the run goes on as one.
fn dotted_meridiem(rest: &str, low: &str, length: usize) -> Option<usize> {
    if !matches!(low, "a" | "p") {
        return None;
    }
    let tail = rest.as_bytes().get(length..)?;
    if tail.len() < 2 || tail[0] != b'.' || !tail[1].eq_ignore_ascii_case(&b'm') {
        return None;
    }
    match tail.get(2) {
        Some(b'.') => Some(length + 3),
        Some(b) if b.is_ascii_alphanumeric() => None,
        _ => Some(length + 2),
    }
}

fn ordinal(low: &str, digits: usize) -> Option<i8> {
    if digits == 0 || digits > 2 || !matches!(&low[digits..], "st" | "nd" | "rd" | "th") {
        return None;
    }
    low[..digits].parse::<i8>().ok()
}

fn suffix_meaning(letters: &str) -> Word {
    match letters {
        "a" => Word::Meridiem(false),
        "p" => Word::Meridiem(true),
        "s" => words::meaning("sec"),
        "m" => words::meaning("min"),
        "q" => words::meaning("quarter"),
        _ => words::meaning(letters),
    }
}

/// Whether every letter piece of a run such as `2h30m` or `q3` is known beside digits.
fn splits(low: &str) -> bool {
    let starts_with_digit = low.as_bytes().first().is_some_and(u8::is_ascii_digit);
    if !starts_with_digit {
        return matches!(pieces(low).next(), Some("q" | "h")) && low.len() == 2;
    }
    pieces(low).take(8).all(|piece| {
        piece.as_bytes().first().is_some_and(u8::is_ascii_digit)
            || matches!(
                suffix_meaning(piece),
                Word::Meridiem(_) | Word::Unit(_) | Word::Month(_) | Word::Ish | Word::Oclock
            )
    }) && pieces(low).count() <= 6
}

fn pieces(low: &str) -> impl Iterator<Item = &str> {
    let mut rest = low;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let digit = first.is_ascii_digit();
        let end = rest
            .find(|c: char| c.is_ascii_digit() != digit)
            .unwrap_or(rest.len());
        let (piece, tail) = rest.split_at(end);
        rest = tail;
        Some(piece)
    })
}
