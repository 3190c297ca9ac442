//! What trained weights have in common: features, and how a weight is found by one.
//!
//! A feature has a name and values; a file of weights has one to a line, its parts parted by tabs and
//! its weight last (`words\tcall\tback\t0.41`).

use std::hash::Hasher;

use crate::hash::Short;

/// Takes the features of what is weighed.
pub(crate) trait Sink {
    /// A feature by its name and its values.
    fn give(&mut self, name: &'static str, values: &[&str]);
}

/// Keeps the features as the files of weights write them.
#[derive(Debug, Default)]
pub(crate) struct Names(pub(crate) Vec<String>);

impl Sink for Names {
    fn give(&mut self, name: &'static str, values: &[&str]) {
        let mut feature = name.to_owned();
        for value in values {
            feature.push('\t');
            feature.push_str(value);
        }
        self.0.push(feature);
    }
}

/// The number of a feature.
pub(crate) fn key(name: &str, values: &[&str]) -> u64 {
    let mut hash = Short::default();
    hash.write(name.as_bytes());
    for value in values {
        hash.write_u8(0);
        hash.write(value.as_bytes());
    }
    hash.finish()
}

/// The parts of each line of a file of weights: the feature's name, its values, its weight.
pub(crate) fn lines(file: &str) -> impl Iterator<Item = (&str, Vec<&str>, f32)> {
    file.lines().filter_map(|line| {
        let (feature, weight) = line.rsplit_once('\t')?;
        let mut parts = feature.split('\t');
        let name = parts.next()?;
        Some((name, parts.collect(), weight.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_apart() {
        assert_ne!(key("a", &["bc"]), key("ab", &["c"]));
        assert_ne!(key("a", &["b", "c"]), key("a", &["bc"]));
        assert_ne!(key("a", &["b"]), key("a", &["b", ""]));
    }

    #[test]
    fn what_is_written_of_a_feature_is_read_again() {
        let mut names = Names::default();
        names.give("words", &["call", ""]);
        let file = format!("bias\t-1.5\n{}\t0.25\nno weight\n", names.0[0]);
        let read: Vec<_> = lines(&file).collect();
        assert_eq!(
            read,
            [("bias", vec![], -1.5), ("words", vec!["call", ""], 0.25)]
        );
    }
}
