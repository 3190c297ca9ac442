//! From one class per step to words.
//!
//! A reader looks at a line in steps and says for each how likely every character is, or none at all
//! (“blank”). Connectionist temporal classification (Graves et al., 2006): take the likeliest class of
//! each step, drop repeats, then blanks.

/// The character of each class.
pub(super) struct Alphabet(Vec<Box<str>>);

/// What stands on a line.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Reading {
    pub text: String,
    /// Mean probability of the characters, from 0 to 1.
    pub confidence: f32,
}

impl Alphabet {
    /// Takes the list that comes with a model: one character a line. Class 0 is blank, and a space
    /// follows the last one.
    pub(super) fn parse(list: &str) -> Self {
        let listed = list.strip_suffix('\n').unwrap_or(list).split('\n');
        let classes = std::iter::once("")
            .chain(listed)
            .chain(std::iter::once(" "));
        Self(classes.map(Box::from).collect())
    }

    /// Number of classes.
    pub(super) fn classes(&self) -> usize {
        self.0.len()
    }

    /// Reads a line: the probabilities of all classes, step by step.
    pub(super) fn read(&self, probabilities: &[f32]) -> Reading {
        let mut text = String::new();
        let mut sum = 0.0;
        let mut kept = 0_u16;
        let mut before = 0;
        for step in probabilities.chunks_exact(self.classes()) {
            let (class, probability) = likeliest(step);
            if class != 0 && class != before {
                text.push_str(&self.0[class]);
                sum += probability;
                kept = kept.saturating_add(1);
            }
            before = class;
        }
        Reading {
            text: text.trim().to_owned(),
            confidence: if kept == 0 {
                0.0
            } else {
                sum / f32::from(kept)
            },
        }
    }
}

/// The first class with the highest probability; what is no number is never likeliest.
fn likeliest(step: &[f32]) -> (usize, f32) {
    let classes = step.iter().copied().enumerate();
    classes
        .filter(|(_, probability)| !probability.is_nan())
        .fold(
            (0, 0.0),
            |best, next| if next.1 > best.1 { next } else { best },
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A step that is that sure of one class of five.
    fn steps(classes: &[(usize, f32)]) -> Vec<f32> {
        let step = |(class, sure): &(usize, f32)| {
            let mut step = [(1.0 - sure) / 4.0; 5];
            step[*class] = *sure;
            step
        };
        classes.iter().flat_map(step).collect()
    }

    #[test]
    fn repeats_and_blanks_collapse() {
        let alphabet = Alphabet::parse("a\nb\n€\n");
        assert_eq!(alphabet.classes(), 5);
        let classes = [1, 1, 0, 1, 2, 2, 4, 4, 3, 0].map(|class| (class, 0.9));
        let reading = alphabet.read(&steps(&classes));
        assert_eq!(reading.text, "aab €");
        assert!((reading.confidence - 0.9).abs() < 1e-6);
    }

    #[test]
    fn blanks_have_no_say_in_the_confidence() {
        let alphabet = Alphabet::parse("a\nb\nc");
        let reading = alphabet.read(&steps(&[(0, 1.0), (1, 0.5), (0, 1.0), (2, 0.7)]));
        assert!((reading.confidence - 0.6).abs() < 1e-6, "{reading:?}");
        assert_eq!(alphabet.read(&steps(&[(0, 1.0)])), Reading::default());
        assert_eq!(alphabet.read(&[]), Reading::default());
    }

    #[test]
    fn spaces_at_the_ends_are_no_words() {
        let alphabet = Alphabet::parse("a\nb\nc");
        let reading = alphabet.read(&steps(&[(4, 0.9), (1, 0.9), (4, 0.9)]));
        assert_eq!(reading.text, "a");
    }

    proptest! {
        #[test]
        fn any_numbers_are_some_text(
            list in ".{0,20}",
            numbers in proptest::collection::vec(proptest::num::f32::ANY, 0..200),
        ) {
            let reading = Alphabet::parse(&list).read(&numbers);
            prop_assert!(reading.text.chars().count() <= 200 * 20);
        }
    }
}
