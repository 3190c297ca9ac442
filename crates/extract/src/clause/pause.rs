//! Marks that end nothing: those that belong to the word before them.

use super::View;
use crate::token::list;

impl View<'_> {
    /// [`View::next_mark`], but for marks that belong to the word before them.
    pub(crate) fn next_pause(&self, index: usize, limit: usize) -> usize {
        let end = self.len().min(index + limit);
        (index..end)
            .find(|at| self.is_mark(*at) && !self.is_spelt(*at))
            .unwrap_or(end)
    }

    /// Whether a mark belongs to the word before it: `the parents' signature`, `St. Ursula`.
    fn is_spelt(&self, index: usize) -> bool {
        let before = index.checked_sub(1).and_then(|at| self.get(at));
        let (Some(before), Some(mark), Some(next)) = (before, self.get(index), self.get(index + 1))
        else {
            return false;
        };
        let plural = mark.any(list!["'", "’"]) && before.lower.ends_with('s');
        let short = mark.is(".") && next.capital;
        (plural || short) && before.end == mark.start && next.start > mark.end && next.is_word()
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn marks_belong_to_their_words_behind_a_day_too() {
        assert_eq!(
            found("By 5 May the school needs the parents' signature."),
            ["Send the parents' signature"]
        );
        assert_eq!(
            found("- 5 May: camping gear to St. Ursula"),
            ["Send camping gear to St. Ursula"]
        );
    }
}
