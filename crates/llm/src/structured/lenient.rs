//! Reads the JSON in what a model wrote.
//!
//! Models put fences, thoughts and sentences around it, leave commas too many or too few, quote in
//! the style of Python, and are cut off at their token limit. Each is understood; what was cut in
//! the middle is dropped rather than guessed. The reader keeps its own stack: no depth of nesting
//! can exhaust the thread's.

use serde_json::{Map, Number, Value};

/// Longer texts are not read.
const MOST_BYTES: usize = 4 << 20;
/// Deeper values are not read.
const DEEPEST: usize = 64;
/// Places in the text where a value is looked for.
const MOST_STARTS: usize = 64;

/// The JSON object or array in a text, the longest if there are several; `None` where there is none,
/// where it is broken in its middle (a piece of it would be mistaken for the whole), where it is
/// nested deeper than 64 levels, or the text longer than 4 MiB.
pub fn parse_lenient(text: &str) -> Option<Value> {
    if text.len() > MOST_BYTES {
        return None;
    }
    let text = without_thoughts(text);
    let mut best = None;
    let mut longest = 0;
    let mut from = 0;
    for _ in 0..MOST_STARTS {
        let Some(start) = text[from..].find(['{', '[']).map(|found| from + found) else {
            break;
        };
        let mut reader = Reader {
            text,
            at: start,
            stack: Vec::new(),
        };
        let value = reader.read();
        // What could not be read counts too: prose in brackets is short, broken JSON is long.
        if reader.at - start > longest {
            longest = reader.at - start;
            best = value;
        }
        from = reader.at;
    }
    best
}

/// What comes after the model's thinking.
fn without_thoughts(text: &str) -> &str {
    match (text.rsplit_once("</think>"), text.split_once("<think>")) {
        (Some((_, after)), _) => after,
        (None, Some((before, _))) => before,
        (None, None) => text,
    }
}

enum Frame {
    Array(Vec<Value>),
    Object(Map<String, Value>, Option<String>),
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    stack: Vec<Frame>,
}

/// What was read of a string, number or word.
enum Scalar {
    Whole(Value),
    /// The text ended inside.
    Cut,
}

impl<'a> Reader<'a> {
    fn read(&mut self) -> Option<Value> {
        loop {
            self.skip_space();
            let Some(next) = self.peek() else {
                return self.close_all();
            };
            match (self.stack.last_mut(), next) {
                (None | Some(Frame::Array(_) | Frame::Object(_, Some(_))), '{' | '[') => {
                    self.open(next)?;
                }
                (Some(Frame::Array(_)), ']') | (Some(Frame::Object(..)), '}') => {
                    self.at += 1;
                    if let Some(root) = self.close() {
                        return Some(root);
                    }
                }
                (Some(Frame::Array(_)), ',') => self.at += 1,
                (Some(Frame::Object(_, key)), ',') => {
                    *key = None;
                    self.at += 1;
                }
                (Some(Frame::Object(_, None)), _) => self.key(next)?,
                (Some(Frame::Array(_) | Frame::Object(_, Some(_))), _) => {
                    match self.scalar(next)? {
                        Scalar::Whole(value) => {
                            self.put(value);
                        }
                        Scalar::Cut => return self.close_all(),
                    }
                }
                (None, _) => return None,
            }
        }
    }

    fn open(&mut self, bracket: char) -> Option<()> {
        if self.stack.len() >= DEEPEST {
            return None;
        }
        self.at += 1;
        self.stack.push(match bracket {
            '{' => Frame::Object(Map::new(), None),
            _ => Frame::Array(Vec::new()),
        });
        Some(())
    }

    /// Closes the innermost value; returns it when it is the outermost.
    fn close(&mut self) -> Option<Value> {
        let value = match self.stack.pop()? {
            Frame::Array(items) => Value::Array(items),
            Frame::Object(fields, _) => Value::Object(fields),
        };
        self.put(value)
    }

    /// The text has ended inside: closes what is open.
    fn close_all(&mut self) -> Option<Value> {
        while !self.stack.is_empty() {
            if let Some(root) = self.close() {
                return Some(root);
            }
        }
        None
    }

    /// Puts a value where it belongs; gives it back when it belongs nowhere.
    fn put(&mut self, value: Value) -> Option<Value> {
        match self.stack.last_mut() {
            Some(Frame::Array(items)) => items.push(value),
            Some(Frame::Object(fields, key)) => {
                if let Some(key) = key.take() {
                    fields.insert(key, value);
                }
            }
            None => return Some(value),
        }
        None
    }

    /// A key and its colon. A key that was cut is dropped.
    fn key(&mut self, next: char) -> Option<()> {
        let name = match next {
            '"' | '\'' => match self.string(next) {
                Scalar::Whole(Value::String(name)) => name,
                Scalar::Whole(_) | Scalar::Cut => return Some(()),
            },
            _ => self.word()?.to_owned(),
        };
        self.skip_space();
        match self.peek() {
            Some(':') => self.at += 1,
            Some(_) => return None,
            None => return Some(()),
        }
        if let Some(Frame::Object(_, key)) = self.stack.last_mut() {
            *key = Some(name);
        }
        Some(())
    }

    fn scalar(&mut self, next: char) -> Option<Scalar> {
        match next {
            '"' | '\'' => Some(self.string(next)),
            '0'..='9' | '-' | '+' | '.' => self.number(),
            _ => {
                let word = self.word()?;
                let value = match word {
                    "true" | "True" => Value::Bool(true),
                    "false" | "False" => Value::Bool(false),
                    "null" | "None" | "undefined" => Value::Null,
                    cut if self.at == self.text.len() && is_begun(cut) => return Some(Scalar::Cut),
                    _ => return None,
                };
                Some(Scalar::Whole(value))
            }
        }
    }

    fn number(&mut self) -> Option<Scalar> {
        let part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
        let rest = &self.text[self.at..];
        let length = rest.find(|c| !part(c)).unwrap_or(rest.len());
        let digits = &rest[..length];
        self.at += length;
        if self.at == self.text.len() {
            return Some(Scalar::Cut);
        }
        let number = match (digits.parse::<i64>(), digits.parse::<u64>()) {
            (Ok(number), _) => Number::from(number),
            (_, Ok(number)) => Number::from(number),
            _ => Number::from_f64(digits.parse().ok()?)?,
        };
        Some(Scalar::Whole(Value::Number(number)))
    }

    fn word(&mut self) -> Option<&'a str> {
        let rest: &'a str = &self.text[self.at..];
        let length = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        self.at += length;
        (length > 0).then(|| &rest[..length])
    }

    /// A string. In single quotes, an apostrophe ends it only before a comma, colon or bracket.
    fn string(&mut self, quote: char) -> Scalar {
        let mut out = String::new();
        self.at += 1;
        while let Some(next) = self.text[self.at..].chars().next() {
            self.at += next.len_utf8();
            match next {
                '\\' => match self.escape() {
                    Some(escaped) => out.push(escaped),
                    None => return Scalar::Cut,
                },
                end if end == quote && (quote == '"' || self.ends_here()) => {
                    return Scalar::Whole(Value::String(out));
                }
                other => out.push(other),
            }
        }
        Scalar::Cut
    }

    fn ends_here(&self) -> bool {
        let rest = self.text[self.at..].trim_start();
        rest.is_empty() || rest.starts_with([',', ':', '}', ']'])
    }

    fn escape(&mut self) -> Option<char> {
        let next = self.text[self.at..].chars().next()?;
        self.at += next.len_utf8();
        Some(match next {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => return self.unicode(),
            other => other,
        })
    }

    /// `\uXXXX`, with the second half of a pair where the first asks for one.
    fn unicode(&mut self) -> Option<char> {
        let first = self.hex()?;
        if !(0xD800..0xDC00).contains(&first) {
            return Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        if !self.text[self.at..].starts_with("\\u") {
            return Some(char::REPLACEMENT_CHARACTER);
        }
        self.at += 2;
        let second = self.hex()?;
        let pair = 0x10000 + ((first - 0xD800) << 10) + second.wrapping_sub(0xDC00) % 0x400;
        Some(char::from_u32(pair).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        Some(u32::from_str_radix(digits, 16).unwrap_or(0xFFFD))
    }

    /// The next character; none at the end, or where a fence ends the value early.
    fn peek(&self) -> Option<char> {
        self.text[self.at..]
            .chars()
            .next()
            .filter(|next| *next != '`')
    }

    /// Blanks, and comments of a line.
    fn skip_space(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if !trimmed.starts_with("//") {
                return;
            }
            self.at += trimmed.find('\n').unwrap_or(trimmed.len());
        }
    }
}

/// Whether the text may have ended inside one of the words of JSON.
fn is_begun(word: &str) -> bool {
    ["true", "false", "null", "True", "False", "None"]
        .iter()
        .any(|whole| whole.starts_with(word))
}
