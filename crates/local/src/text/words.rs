//! From the bytes of tokens to words that can be shown: incomplete characters are held back, and so is
//! what may become a stop text.

/// The end of an answer on its way out.
#[derive(Debug, Default)]
pub(super) struct Words {
    stops: Vec<String>,
    bytes: Vec<u8>,
    held: String,
}

/// What one token brought.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// Words to show now; may be empty.
    pub text: String,
    /// Whether a stop text was met: nothing comes after it.
    pub stopped: bool,
}

impl Words {
    pub(super) fn new(stops: Vec<String>) -> Self {
        Self {
            stops: stops.into_iter().filter(|stop| !stop.is_empty()).collect(),
            ..Self::default()
        }
    }

    /// Takes the bytes of one token.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Shown {
        self.bytes.extend_from_slice(bytes);
        self.decode(false);
        if let Some(at) = self
            .stops
            .iter()
            .filter_map(|stop| self.held.find(stop))
            .min()
        {
            self.held.truncate(at);
            return Shown {
                text: std::mem::take(&mut self.held),
                stopped: true,
            };
        }
        let keep = self
            .stops
            .iter()
            .map(|stop| overlap(&self.held, stop))
            .max();
        let rest = self.held.split_off(self.held.len() - keep.unwrap_or(0));
        Shown {
            text: std::mem::replace(&mut self.held, rest),
            stopped: false,
        }
    }

    /// What was held back, at the end of the answer.
    pub(super) fn finish(&mut self) -> String {
        self.decode(true);
        std::mem::take(&mut self.held)
    }

    /// Moves whole characters from `bytes` to `held`; what can never become a character is shown as
    /// the replacement character.
    fn decode(&mut self, last: bool) {
        let mut done = 0;
        for chunk in self.bytes.utf8_chunks() {
            self.held.push_str(chunk.valid());
            done += chunk.valid().len();
            let invalid = chunk.invalid();
            let incomplete = done + invalid.len() == self.bytes.len() && may_continue(invalid);
            if invalid.is_empty() || (incomplete && !last) {
                break;
            }
            self.held.push(char::REPLACEMENT_CHARACTER);
            done += invalid.len();
        }
        self.bytes.drain(..done);
    }
}

/// Whether these bytes are the beginning of a character.
fn may_continue(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

/// Length of the longest end of `text` that is a beginning of `stop`.
fn overlap(text: &str, stop: &str) -> usize {
    stop.char_indices()
        .map(|(at, _)| at)
        .skip(1)
        .filter(|at| text.ends_with(&stop[..*at]))
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(stops: &[&str], tokens: &[&[u8]]) -> (Vec<String>, bool, String) {
        let mut words = Words::new(stops.iter().map(|stop| (*stop).to_owned()).collect());
        let mut texts = Vec::new();
        for token in tokens {
            let shown = words.push(token);
            texts.push(shown.text);
            if shown.stopped {
                return (texts, true, words.finish());
            }
        }
        let rest = words.finish();
        (texts, false, rest)
    }

    #[test]
    fn characters_come_whole() {
        let (texts, _, rest) = shown(&[], &[b"a\xc3", b"\xa9b", b"\xf0\x9f", b"\x98", b"\x80"]);
        assert_eq!(texts, ["a", "éb", "", "", "😀"]);
        assert_eq!(rest, "");
    }

    #[test]
    fn bytes_that_are_no_character_are_replaced() {
        let (texts, _, rest) = shown(&[], &[b"a\xff", b"b\xc3"]);
        assert_eq!(texts, ["a\u{fffd}", "b"]);
        assert_eq!(rest, "\u{fffd}");
    }

    #[test]
    fn a_stop_text_ends_the_answer_and_is_not_shown() {
        let (texts, stopped, rest) = shown(&["\nUser:"], &[b"Hi", b"\nUs", b"er: more"]);
        assert_eq!(texts, ["Hi", "", ""]);
        assert!(stopped);
        assert_eq!(rest, "");
    }

    #[test]
    fn what_only_looked_like_a_stop_text_is_shown_later() {
        let (texts, stopped, rest) =
            shown(&["END", "é!"], &[b"the E", b"N", b"d \xc3\xa9", b"?EN"]);
        assert_eq!(texts, ["the ", "", "ENd ", "é?"]);
        assert!(!stopped);
        assert_eq!(rest, "EN");
    }

    #[test]
    fn the_first_of_several_stops_counts() {
        let (texts, stopped, _) = shown(&["cd", "b", ""], &[b"abcd"]);
        assert_eq!((texts, stopped), (vec!["a".to_owned()], true));
    }
}
