//! Real texts, cut, joined and spoilt by chance: nothing panics, and every quote stands where it is said to.
//!
//! Chance is a fixed sequence, so that a text that fails once fails each time.

use serde_json::Value;

use super::at;
use super::holds;

/// Spoilt texts.
const ROUNDS: usize = 4000;
const SEED: u64 = 0x9E37_79B9_7F4A_7C15;
/// What is put into them.
const MARKS: &str =
    " \n\t.,;:!?-–—()[]{}<>/\\|*_#@+=~\"'’“”…0123456789aAzZéßñ中👍\u{301}\u{200d}\u{feff}\0%&$€";

/// Numbers by Marsaglia's xorshift (“Xorshift RNGs”, 2003).
struct Chance(u64);

impl Chance {
    /// A number below `bound`; 0 if there is none.
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let bound = u64::try_from(bound.max(1)).unwrap();
        usize::try_from(self.0 % bound).unwrap()
    }

    /// A piece of something of a length.
    fn piece(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        start..start + self.below(length - start + 1)
    }
}

/// Pieces of up to three texts in a row, with up to a dozen faults.
fn spoilt(texts: &[Vec<char>], marks: &[char], chance: &mut Chance) -> String {
    let mut made: Vec<char> = Vec::new();
    for _ in 0..=chance.below(3) {
        let text = &texts[chance.below(texts.len())];
        made.extend(&text[chance.piece(text.len())]);
        if chance.below(3) == 0 {
            made.push('\n');
        }
    }
    for _ in 0..chance.below(12) {
        let at = chance.below(made.len());
        let mark = marks[chance.below(marks.len())];
        let short = at..made.len().min(at + chance.below(25));
        match chance.below(4) {
            0 => made.insert(at, mark),
            1 => {
                made.drain(short);
            }
            2 => {
                let copy = made[short].to_vec();
                made.splice(at..at, copy);
            }
            _ => {
                if let Some(place) = made.get_mut(at) {
                    *place = mark;
                }
            }
        }
    }
    made.into_iter().collect()
}

#[test]
fn spoilt_texts_are_read_without_a_panic_and_quoted_exactly() {
    let lines = include_str!("examples.jsonl").lines();
    let text = |line: &str| -> Vec<char> {
        let example: Value = serde_json::from_str(line).unwrap();
        example["text"].as_str().unwrap().chars().collect()
    };
    let mut texts: Vec<Vec<char>> = lines.map(text).collect();
    for whole in [
        include_str!("standup.md"),
        include_str!("landlord-mail.txt"),
        include_str!("family-chat.txt"),
    ] {
        texts.push(whole.chars().collect());
    }
    let marks: Vec<char> = MARKS.chars().collect();
    let now = at("2026-03-10T11:00:00+01:00");
    let mut chance = Chance(SEED);
    for _ in 0..ROUNDS {
        let text = spoilt(&texts, &marks, &mut chance);
        holds::for_text(&text, &now);
        holds::for_refusing(&text, &now);
    }
}
