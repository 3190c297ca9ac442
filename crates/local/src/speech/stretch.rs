//! From words with time stamps to stretches of speech.

use std::ops::Range;

use super::vocabulary::Ids;

/// Words between two time stamps.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stretch {
    /// When it begins, in seconds from the beginning of the window.
    pub start: f32,
    /// When it ends; none when the words broke off.
    pub end: Option<f32>,
    /// Which words.
    pub words: Range<usize>,
}

/// The stretches in what was said.
pub(super) fn stretches(said: &[u32], ids: &Ids) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let (mut start, mut first) = (0.0, 0);
    for (place, word) in said.iter().enumerate() {
        if !ids.is_stamp(*word) {
            continue;
        }
        let time = ids.seconds(*word);
        if first < place {
            stretches.push(Stretch {
                start,
                end: Some(time),
                words: first..place,
            });
        }
        (start, first) = (time, place + 1);
    }
    if first < said.len() {
        stretches.push(Stretch {
            start,
            end: None,
            words: first..said.len(),
        });
    }
    stretches
}

/// How far a window was heard that cuts words at its end, in seconds: to the end of the last whole
/// stretch. `None`: to its end, because the last word ended before it, or nothing in it ended.
pub(super) fn heard_until(said: &[u32], stretches: &[Stretch], ids: &Ids) -> Option<f32> {
    let ended = match said {
        [.., before, last] => ids.is_stamp(*last) && !ids.is_stamp(*before),
        _ => true,
    };
    if ended {
        return None;
    }
    stretches
        .iter()
        .filter_map(|stretch| stretch.end)
        .next_back()
}

/// Appends text, with a space where two words of a spaced script would meet.
pub(super) fn append(all: &mut String, text: &str) {
    let meet = all.chars().next_back().zip(text.chars().next());
    if meet.is_some_and(|(before, after)| is_spaced(before) && is_spaced(after)) {
        all.push(' ');
    }
    all.push_str(text);
}

/// Whether a letter or sign belongs to a script that puts spaces between words; spaces do not.
fn is_spaced(sign: char) -> bool {
    let unspaced = matches!(sign,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..);
    !sign.is_whitespace() && !unspaced
}

#[cfg(test)]
mod tests;
