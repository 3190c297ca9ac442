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
        let Some([before, mark, next]) = index
            .checked_sub(1)
            .and_then(|from| self.tokens.get(from..index + 2))
        else {
            return false;
        };
        let plural = mark.any(list!["'", "’"]) && before.lower.ends_with('s');
        let short = mark.is(".") && next.capital;
        (plural || short) && before.end == mark.start && next.start > mark.end && next.is_word()
    }
}
