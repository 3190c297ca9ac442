//! How transcripts are judged: recordings from plain files, and words compared with what was said.

/// Words that differ from those that were said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordErrors {
    /// Words to replace, insert or remove, at least.
    pub errors: usize,
    /// Words that were said.
    pub words: usize,
}

impl WordErrors {
    /// Compares what was heard with what was said, letters and digits only.
    pub fn of(said: &str, heard: &str) -> Self {
        let (said, heard) = (plain_words(said), plain_words(heard));
        // Levenshtein's distance, one row at a time.
        let mut row: Vec<usize> = (0..=heard.len()).collect();
        for (place, word) in said.iter().enumerate() {
            let mut diagonal = std::mem::replace(&mut row[0], place + 1);
            for (column, other) in heard.iter().enumerate() {
                let replaced = diagonal + usize::from(word != other);
                diagonal = row[column + 1];
                row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
            }
        }
        Self {
            errors: row.last().copied().unwrap_or_default(),
            words: said.len(),
        }
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            errors: self.errors + other.errors,
            words: self.words + other.words,
        }
    }

    /// Errors per word; 0 when nothing was said and nothing heard.
    pub fn rate(self) -> f64 {
        self.errors as f64 / self.words.max(1) as f64
    }
}

fn plain_words(text: &str) -> Vec<String> {
    text.split(|sign: char| !sign.is_alphanumeric() && sign != '\'')
        .map(|word| word.trim_matches('\'').to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

/// The rate and the samples of a WAV file of 16 bits and one channel; `None` for any other.
pub fn read_wav(bytes: &[u8]) -> Option<(usize, Vec<f32>)> {
    let mut rest = bytes
        .strip_prefix(b"RIFF")?
        .get(4..)?
        .strip_prefix(b"WAVE")?;
    let mut rate = None;
    loop {
        let (name, after) = rest.split_at_checked(4)?;
        let (size, after) = after.split_first_chunk::<4>()?;
        // A program that writes to a pipe does not know the size.
        let size = usize::try_from(u32::from_le_bytes(*size))
            .ok()?
            .min(after.len());
        let (chunk, after) = after.split_at_checked(size)?;
        match (name, rate) {
            (b"fmt ", _) => {
                let (form, _) = chunk.split_first_chunk::<16>()?;
                let [1, 0, 1, 0, a, b, c, d, _, _, _, _, _, _, 16, 0] = *form else {
                    return None;
                };
                rate = usize::try_from(u32::from_le_bytes([a, b, c, d])).ok();
            }
            (b"data", Some(rate)) => {
                let (pairs, _) = chunk.as_chunks::<2>();
                let sample = |pair: &[u8; 2]| f32::from(i16::from_le_bytes(*pair)) / 32768.0;
                return Some((rate, pairs.iter().map(sample).collect()));
            }
            _ => {}
        }
        rest = after.get(size % 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(said: &str, heard: &str) -> (usize, usize) {
        let WordErrors { errors, words } = WordErrors::of(said, heard);
        (errors, words)
    }

    #[test]
    fn case_and_signs_do_not_count() {
        assert_eq!(errors("Call Anna, please!", "call anna please"), (0, 3));
        assert_eq!(errors("It's 'fine'", "it's fine"), (0, 2));
    }

    #[test]
    fn every_wrong_missing_or_invented_word_counts() {
        assert_eq!(errors("a b c d", "a x c d"), (1, 4));
        assert_eq!(errors("a b c d", "b c d"), (1, 4));
        assert_eq!(errors("a b", "a b c d"), (2, 2));
        assert_eq!(errors("", "you"), (1, 0));
        assert_eq!(errors("a b", ""), (2, 2));
        let both = WordErrors::of("a b", "a").and(WordErrors::of("c d", "c d"));
        assert!((both.rate() - 0.25).abs() < 1e-9);
    }

    #[test]
    fn plain_recordings_are_read() {
        let mut wav = b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0".to_vec();
        wav.extend([1, 0, 1, 0, 0x80, 0x3e, 0, 0, 0, 0x7d, 0, 0, 2, 0, 16, 0]);
        wav.extend(b"LIST\x03\0\0\0abc\0data\xff\xff\xff\x7f");
        wav.extend([0, 0x40, 0, 0x80]);
        assert_eq!(read_wav(&wav), Some((16_000, vec![0.5, -1.0])));
        assert_eq!(read_wav(&wav[..40]), None);
        wav[22] = 2;
        assert_eq!(read_wav(&wav), None, "two channels");
    }
}
